"""What the member may do beside the next step: leave, ask, answer; the page of the step waits below, untouched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.link import Answered, Failed
from ui.seat.names import Name
from ui.seat.page import Fittings, Narrow, SeatPage, headline
from ui.seat.steps import Place
from ui.theme import Space
from ui.widgets.act_desk import ActDesk, Filled, Listed
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_card import KeyHelp


class ActsPage(SeatPage):
    """`left` says that the person goes back to the next step."""

    left = Signal()

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        row = Row(gap=Space.GAP)
        told = self.tr("Beside the evaluation: only what is possible now is offered here.")
        row.add(headline(self.tr("Matters"), told), 1)
        back = row.add(Button(self.tr("Back to the evaluation")))
        back.setObjectName(Name.ACTS_BACK)
        back.clicked.connect(self.left)
        card = Card(margin=(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE))
        self.acts = card.add(ActDesk(Path.home()), 1)
        self.acts.sent.connect(self._send)
        body = Column(row, gap=Space.GAP)
        body.add(card, 1)
        self.add(Narrow(body, 1280), 1)

    def show_view(self) -> None:
        """What is offered now."""
        self.acts.tell_time(self.fit.time.now())
        self.acts.show_offers([Listed(offer) for offer in self.sight.offers])

    def first_focus(self) -> QWidget | None:
        """Where the list or the form wants it."""
        return self.acts.focused()

    def discard(self) -> None:
        """Nothing filled in stays."""
        self.acts.forget()
        super().discard()

    def keys(self) -> tuple[KeyHelp, ...]:
        """Back."""
        return (KeyHelp(("Esc",), self.tr("back to the list")),)

    def open_urgent(self) -> None:
        """Open what somebody waits for."""
        urgent = next((offer for offer in self.sight.offers if offer.act.urgent), None)
        if urgent is not None:
            self.acts.open(urgent.key)

    def answered(self, answer: Answered) -> None:
        """Done."""
        self.acts.accepted()

    def refused(self, failure: Failed) -> None:
        """Refused, said where it belongs."""
        self.acts.refused(failure.where, failure.sentence)

    def _send(self, filled: Filled) -> None:
        self.fit.desk.send(self, filled.command, filled.data)
