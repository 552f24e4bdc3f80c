"""What reviewing and marking share: documents beside a matrix, a draft with every key, a last look, the seal."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.evaluation.model import Drop, SheetKind
from app.link import Answered, Failed
from ui.seat.document_desk import DocumentDesk
from ui.seat.drafts import Draft
from ui.seat.last_look import Gap, LastLook, LookNames
from ui.seat.names import Name
from ui.seat.page import Fittings, SeatPage
from ui.seat.page_notes import PageNotes
from ui.seat.steps import Json, Place, cell_named
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice


class SheetPage(SeatPage):
    """Documents at the left; at the right the matrix, or in its place the last look.

    A subclass gives matrix, content and gaps. The sheet stays at this seat until it is sealed: only its draft,
    locked with this seat's own key, leaves it before.
    """

    kind: SheetKind

    def __init__(self, fittings: Fittings, place: Place, names: LookNames, check: Name, warning: str) -> None:
        super().__init__(fittings, place, margin=Space.GAP)
        self.lot: Json = self.sight.lot(place.lot)
        self.draft = Draft(fittings.desk, (place.lot, self.kind, place.round), self._brought, self._missed)
        split = self.add(QSplitter(Qt.Orientation.Horizontal), 1)
        split.setChildrenCollapsible(False)
        self._split = split
        left = Card(margin=Space.SMALL)
        notes = PageNotes(fittings.desk.notes(place.lot), partial(fittings.desk.keep_notes, place.lot))
        self.documents = left.add(
            DocumentDesk(self.lot, self.words.get("documents", ""), fittings.shelf, fittings.renderer, notes), 1
        )
        split.addWidget(left)
        right = Card(margin=Space.SMALL)
        self.stack = right.add(QStackedWidget(), 1)
        split.addWidget(right)
        self._two = False
        self._width = 0
        self._work = Column(gap=Space.HAIR)
        self.matrix = self.make_matrix()
        self._work.add(self.matrix, 1)
        self._work.add(self.notice)
        foot = self._work.add(Folding(gap=Space.SMALL))
        self.fill_foot(foot.add(Row(gap=Space.SMALL), 1))
        ending = foot.add(Row(gap=Space.SMALL))
        ending.add(self.documents.two)
        self.check = ending.add(PrimaryButton(self.tr("Last look and seal")))
        self.check.setObjectName(check)
        self.look = LastLook(names, self.tr("Seal and end"), warning)
        self.stack.addWidget(self._work)
        self.stack.addWidget(self.look)
        self.check.clicked.connect(self._open_look)
        self.look.back.connect(self._close_look)
        self.look.chosen.connect(self._go_to_gap)
        self.look.seal.connect(self._seal)
        self.documents.two.toggled.connect(self._share)
        self.set_read_only(True)

    # --- what a subclass gives

    @abstractmethod
    def make_matrix(self) -> QWidget:
        """The matrix."""

    def fill_foot(self, foot: Row) -> None:
        """What stands at the left of the foot."""
        foot.fill()

    @abstractmethod
    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or let it again."""

    @abstractmethod
    def content(self) -> dict[str, Any]:
        """What stands there: the draft, and when nothing is missing the sheet."""

    @abstractmethod
    def restore(self, content: dict[str, Any]) -> None:
        """Show what was kept; what no longer fits is left out."""

    @abstractmethod
    def gaps(self) -> tuple[Gap, ...]:
        """What is empty or impossible."""

    @abstractmethod
    def go_to(self, row: str, bid: str) -> None:
        """Make a cell the current one; LookupError where there is none."""

    @abstractmethod
    def cell_here(self) -> tuple[str, str] | None:
        """Row and bid of the current cell."""

    @abstractmethod
    def line_name(self, row: str) -> str:
        """What a row is called: what a bid's own contents may name."""

    def sheet(self) -> dict[str, Any]:
        """What is sealed."""
        return self.content()

    # --- for the window

    def enter(self) -> None:
        """Bring the draft back, open the documents."""
        self.draft.load()
        if not self.draft.ready:
            self.say(Notice(Tone.INFO, self.tr("What you filled in before is being fetched.")))
        self.documents.load()

    def leave(self) -> None:
        """The documents are closed; what was typed stays."""
        self.documents.release()

    def discard(self) -> None:
        """The same for good."""
        self.documents.release()
        self.fit.desk.forget(self.draft)
        super().discard()

    def line_back(self) -> None:
        """Ask again for what could not be had."""
        self.draft.load()
        self.documents.load()

    def first_focus(self) -> QWidget | None:
        """The matrix: digits count at once."""
        return self.look.first_focus() if self.stack.currentWidget() is self.look else self.matrix

    # --- the draft

    def keep(self) -> None:
        """Keep what stands there now."""
        self.draft.keep(self.content())

    def _brought(self, content: dict[str, Any] | None) -> None:
        if content:
            self.restore(content)
        self.say(None)
        self.set_read_only(False)
        self._follow()

    def _missed(self, sentence: str) -> None:
        self.say(Notice(Tone.ATTENTION, sentence))

    def _follow(self) -> None:
        """Let the documents show what the current cell is about."""
        cell = self.cell_here()
        if cell is not None:
            self.documents.follow(cell[1], self.line_name(cell[0]))

    # --- the last look and the seal

    def _open_look(self) -> None:
        self.look.show_gaps(self.gaps())
        self.stack.setCurrentWidget(self.look)
        self.look.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_look(self) -> None:
        self.stack.setCurrentWidget(self._work)
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_gap(self, gap: Gap) -> None:
        self.go_to(gap.row, gap.bid)
        self._close_look()

    def _seal(self) -> None:
        if self.gaps():
            self._open_look()
            return
        if not self.fit.desk.seal(self, self.place.lot, self.kind, self.place.round, self.sheet()):
            self._close_look()
            waits = self.tr("The room is not ready to take sealed sheets; try again in a moment.")
            self.say(Notice(Tone.ATTENTION, waits))
            return
        self.set_read_only(True)
        self.look.busy()

    def answered(self, answer: Answered) -> None:
        """Sealed; the view that follows moves on."""
        self.say(None)

    def refused(self, failure: Failed) -> None:
        """Go to the cell that the room names, and show its sentence there."""
        self.set_read_only(False)
        self._close_look()
        self.say(Notice(Tone.ERROR, failure.sentence))
        named = cell_named(failure.where, [bid["id"] for bid in self.lot["bids"]])
        if named is not None:
            bid, row = named
            try:
                self.go_to(row, bid)
            except LookupError:
                return

    def _share(self, two: bool) -> None:
        """Two documents need more room than one; what a person pulled the border to stays until then."""
        self._two = two
        whole = max(2, self.width())
        left = round(whole * (0.56 if two else 0.42))
        self._split.setSizes([left, whole - left])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is shared anew."""
        super().resizeEvent(event)
        if event.size().width() != self._width:
            self._width = event.size().width()
            self._share(self._two)


def closed_word(bid: Json, words: dict[str, str]) -> str:
    """Why a bid gets no verdicts or marks, '' where it does."""
    if bid["status"] == "rejected":
        return words.get("rejected", "")
    if bid["status"] == "unqualified":
        return f"{words.get('qualification', '')}{words.get('failed', '')}"
    if bid["status"] == "not_opened":
        return QCoreApplication.translate("SeatWords", "second envelope not opened")
    if bid["status"] in {drop.value for drop in Drop}:
        return QCoreApplication.translate("SeatWords", "takes part no more")
    return ""
