"""A scripted member at a seat: reads, pledges, votes, reviews, marks, confirms or dissents, and leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.demo.pictures import frame_of
from app.demo.players.player import Player
from app.demo.wires import Message, Wire
from devices.camera.scripted import ScriptedCamera
from ui.models.marking import CellState, MarkingModel
from ui.models.review import ReviewModel
from ui.seat.names import Name, part
from ui.seat.window import SeatWindow
from ui.widgets.document_view import DocumentView
from ui.widgets.marking_table import MarkingTable
from ui.widgets.review import ReviewMatrix, ReviewTable

LAST_LOOKS = 4
"""How long a person still looks at the last page."""
CELLS_A_LOOK = 6
"""Marks typed before the player looks up again: a room that is killed meanwhile meets work in progress."""


class SeatPlayer(Player):
    """Plays whoever sits down at this seat; who that is it is told when the person has been shown the number."""

    def __init__(
        self, window: SeatWindow, camera: ScriptedCamera, wire: Wire, pictures: Path, name: str, *, acts: bool
    ) -> None:
        super().__init__(window, wire, pictures, name, acts=acts)
        self._camera = camera
        self._part: dict[str, Any] | None = None
        self._ballots = 0
        self._aliases: dict[str, str] = {}

    def hear(self, message: Message) -> None:
        """Somebody sits down; or the people in the room have seen who has which alias."""
        if message["say"] == "person":
            self._part = message["part"]
            self._camera.show(frame_of(message["part"]["picture"]))
        elif message["say"] == "aliases":
            self._aliases = message["aliases"]

    def watch(self) -> None:
        """Colleagues see who got which alias, and when the person stands up."""
        if self._part is None:
            return
        if self._page == "read_discipline" and self.once("alias"):
            self.wire.say("alias", member=self._part["member"], alias=self.window.alias)
        elif self._page == "goodbye" and self._seen["goodbye"] >= LAST_LOOKS:
            self.wire.say("wiped", member=self._part["member"])
            self._part = None
            self._camera.show(frame_of(None))

    def settled(self) -> bool:
        """The documents in sight have come and are painted: nobody reads a blank page."""
        areas = [view.area for view in self.window.findChildren(DocumentView) if view.isVisible()]
        return all(area.count() and area.sharp() for area in areas)

    @property
    def _lot(self) -> dict[str, Any]:
        assert self._part is not None  # noqa: S101 - a lot's page is only shown to someone who sat down
        return dict(self._part["lots"][self.window.lot_id])

    # --- sitting down

    def on_open_seat(self) -> None:
        if self._part is not None and self._seen["open_seat"] > 20:
            self.press(Name.OPEN_CALL)

    def on_read_discipline(self) -> None:
        pane = self.find(Name.DISCIPLINE_TEXT)
        if pane is not None:
            text = pane if isinstance(pane, QAbstractScrollArea) else pane.findChild(QAbstractScrollArea)
            if isinstance(text, QWidget):
                QTest.keyClick(text, Qt.Key.Key_PageDown)
        self.press(Name.DISCIPLINE_DONE)

    def on_give_pledge(self) -> None:
        if self._part is None:
            return
        index = 0
        while self.press(part(Name.PLEDGE_NONE, index)):
            index += 1
        self._read_on(Name.PLEDGE_TEXT)
        self.press(Name.PLEDGE_SIGN)

    def _read_on(self, name: Name) -> None:
        pane = self.find(name)
        area = pane if isinstance(pane, QAbstractScrollArea) else pane and pane.findChild(QAbstractScrollArea)
        if isinstance(area, QWidget):
            QTest.keyClick(area, Qt.Key.Key_PageDown)

    # --- the chair

    def on_propose_chair(self) -> None:
        if self._part is None or self._part["proposes"] is None:
            return
        alias = self._alias_of(self._part["proposes"])
        if alias is not None and self.press(part(Name.CHAIR_CHOICE, alias)):
            self.press(Name.CHAIR_PROPOSE)

    def on_answer_proposal(self) -> None:
        if self._part is None:
            return
        self.press(Name.CHAIR_OBJECT if self._part["objects"] else Name.CHAIR_AGREE)

    def on_ballot(self) -> None:
        if self._part is None:
            return
        votes = self._part["votes"]
        alias = self._alias_of(votes[min(self._ballots, len(votes) - 1)]) if votes else None
        if alias is not None and self.press(part(Name.BALLOT_CHOICE, alias)) and self.press(Name.BALLOT_SEAL):
            self._ballots += 1

    def _alias_of(self, member: str) -> str | None:
        """People know each other by sight: the play tells which alias a colleague has, the window does not."""
        return self._aliases.get(member)

    # --- working alone

    def on_review(self) -> None:
        matrix, table = self.shown(ReviewMatrix), self.shown(ReviewTable)
        if self._part is None or matrix is None or table is None:
            self.press(Name.REVIEW_SEAL)
            return
        model = table.model()
        assert isinstance(model, ReviewModel)  # noqa: S101 - narrowing
        self._turn_page()
        if not model.waiting():
            self.press(Name.REVIEW_CHECK)
            self.press(Name.REVIEW_SEAL)
            return
        for row, column in model.waiting()[:CELLS_A_LOOK]:
            self._judge(matrix, table, model, row, column)

    def _judge(self, matrix: ReviewMatrix, table: ReviewTable, model: ReviewModel, row: int, column: int) -> None:
        table.setFocus()
        matrix.go_to(model.item(row).id, model.bid(column).id)
        failure = self._lot["failures"].get(model.bid(column).id, {}).get(model.item(row).id)
        QTest.keyClick(table, Qt.Key.Key_1 if failure is None else Qt.Key.Key_0)
        if failure is not None:
            self.write(Name.REVIEW_REASON, failure["reason"])
            self.write(Name.REVIEW_PAGE, failure["page"])

    def on_marks(self) -> None:
        table = self.shown(MarkingTable)
        if self._part is None or table is None:
            self.press(Name.MARKS_SEAL)
            return
        model = table.model()
        assert isinstance(model, MarkingModel)  # noqa: S101 - narrowing
        todo = model.cells(CellState.EMPTY)
        if not todo:
            if self.settled():
                self.picture(f"marks_full_{self.window.lot_id}")
            self.press(Name.MARKS_CHECK)
            self.press(Name.MARKS_SEAL)
            return
        self._turn_page()
        self._first_slip(table, model, todo[0])
        for row, column in todo[:CELLS_A_LOOK]:
            table.setFocus()
            table.go(row, column)
            text = self._lot["marks"][model.bid(column).id][model.factor(row).id]
            QTest.keyClicks(table, model.factor(row).entry.typed(text))
            QTest.keyClick(table, Qt.Key.Key_Return)
        if self.once(f"half/{self.window.lot_id}"):
            self.wire.say("half_marked", lot=self.window.lot_id)

    def _turn_page(self) -> None:
        """Nobody marks without the bid before the eyes: it is open already, the player reads on."""
        pages = self.find(part(Name.DOCUMENT_PAGES, "left"))
        if pages is not None and self.once(f"document/{self.window.page_name}/{self.window.lot_id}"):
            QTest.keyClick(pages, Qt.Key.Key_PageDown)

    def _first_slip(self, table: MarkingTable, model: MarkingModel, cell: tuple[int, int]) -> None:
        """Once, a mark far too high: the window has to say so in place, and a picture shows it."""
        if not self.once("slip"):
            return
        table.setFocus()
        table.go(*cell)
        QTest.keyClicks(table, "999")
        self.picture("marks_impossible")
        for _ in range(3):
            QTest.keyClick(table, Qt.Key.Key_Backspace)

    # --- together

    def on_conclude_review(self) -> None:
        self.press(Name.CONCLUDE_DONE)

    def on_note_findings(self) -> None:
        if self._part is not None and self.write(Name.FINDINGS_NOTE, self._lot["note"]):
            self.press(Name.FINDINGS_DONE)

    def on_confirm(self) -> None:
        if self._part is None:
            return
        reasons = self._lot["dissent"]
        if reasons is None:
            self.press(Name.CONFIRM_AGREE)
        elif self.write(Name.CONFIRM_REASONS, reasons):
            self.press(Name.CONFIRM_DISSENT)

    # --- leaving

    def on_wipe_seat(self) -> None:
        if self._seen["wipe_seat"] > 6:
            self.press(Name.WIPE)
