"""The chair notes what the committee says to the opened result, or has marks given again on a lawful ground."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.link import Failed
from ui.seat.findings_words import differences
from ui.seat.names import Name
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.repeat import RepeatPanel
from ui.seat.result_board import ResultBoard
from ui.seat.steps import Place
from ui.seat.words import lot_title
from ui.theme import Space
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import QuietButton, StepButton
from ui.widgets.card import Card
from ui.widgets.writing import Writing


class FindingsPage(SeatPage):
    """Result and findings above; below the note, or the repetition where objective marks differ."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        lot = self.sight.lot(place.lot)
        self.add(
            headline(
                self.tr("Look at the result with the committee"),
                lot_title(lot, self.words),
            )
        )
        self.board = self.add(ResultBoard(place.lot), 1)
        card = self.add(Card())
        self.noting = card.add(self._build_note())
        self.repeat = card.add(
            RepeatPanel(
                self.tr("Have marks given again"),
                dict((self.sight.present.get("rules") or {}).get("repeat_grounds") or {}),
                self.tr("Open marking again"),
            )
        )
        self.repeat.asked.connect(self._repeat)
        self.add(self.notice)
        self._must_repeat = False
        self._show_repeat(False)

    def _build_note(self) -> Row:
        row = Row(gap=Space.WIDE)
        self.note = row.add(
            Writing(self.tr("What the committee says to the findings"), "", Name.FINDINGS_NOTE),
            1,
        )
        self.note.changed.connect(self._look)
        side = row.add(Column(gap=Space.SMALL))
        self.step = side.add(StepButton(self.tr("Note and go on")))
        self.step.button.setObjectName(Name.FINDINGS_DONE)
        self.step.pressed.connect(self._note)
        self.again = side.add(QuietButton(self.tr("Marks must be given again")))
        self.again.setCheckable(True)
        self.again.toggled.connect(self._show_repeat)
        side.fill()
        return row

    def show_view(self) -> None:
        """The result; where objective marks differ, nothing but repeating is lawful."""
        self.board.show_view(self.sight)
        lot = self.sight.lot(self.place.lot)
        found = differences(lot)
        self._must_repeat = bool(found)
        self.noting.setVisible(not found)
        if found:
            named = self.tr("Marks on '{factor}' of {bid} differ.")
            self.repeat.choose("objective")
            self.repeat.propose(named.format(factor=found[0].factor, bid=found[0].bid))
            self.again.setChecked(True)
        self._look()

    def first_focus(self) -> QWidget | None:
        """The note, or the reason for repeating."""
        return self.repeat.reason.line if self._must_repeat else self.note.area

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self._look()

    def _look(self) -> None:
        if self._must_repeat:
            self.step.block(self.tr("Objective marks differ: they have to be given again first."))
        elif not self.note.text():
            self.step.block(self.tr("Write what the committee says first."))
        else:
            self.step.allow()

    def _show_repeat(self, shown: bool) -> None:
        self.repeat.setVisible(shown)

    def _note(self) -> None:
        self.step.block(self.tr("Sent; waiting for the room."))
        self.send("NoteFindings", {"lot": self.place.lot, "note": self.note.text()})

    def _repeat(self) -> None:
        self.send("RepeatStage", {"lot": self.place.lot, "kind": "marks"} | self.repeat.data())
