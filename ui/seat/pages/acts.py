"""What the member may do beside the next step: leave, ask, answer; the page of the step waits below, untouched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.link import Answered, Failed
from ui.models.acts import Offer
from ui.seat.names import Name
from ui.seat.page import Fittings, Narrow, SeatPage, headline
from ui.seat.steps import Place
from ui.theme import Space, Tone
from ui.widgets.act_desk import ActDesk, Filled, Listed
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_card import KeyHelp
from ui.widgets.notice import Notice
from ui.widgets.scan_view import ScanView


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
        self._stack = card.add(QStackedWidget(), 1)
        self.acts = ActDesk(Path.home())
        self.acts.sent.connect(self._send)
        self.acts.looked.connect(self._look)
        self._stack.addWidget(self.acts)
        self._over = self._build_scan()
        self._stack.addWidget(self._over)
        body = Column(row, gap=Space.GAP)
        body.add(card, 1)
        self.add(Narrow(body, 1280), 1)

    def _build_scan(self) -> Column:
        """The scan that an act is about, over the list and the form."""
        box = Column(gap=Space.GAP)
        row = box.add(Row(gap=Space.GAP))
        row.add(self.notice, 1)
        back = row.add(Button(self.tr("Back to the matter (Esc)")))
        back.setObjectName(Name.ACTS_SCAN_BACK)
        back.clicked.connect(self._close_scan)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), box)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._close_scan)
        self._scan = box.add(ScanView(self.fit.renderer), 1)
        box.setFocusProxy(back)
        return box

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
        self._scan.forget()
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
        """Done; or the scan that was asked for is there."""
        if answer.kind != "paper":
            self.acts.accepted()
        elif self._scan.show_scan("scan", self.tr("Scan"), answer.value):
            self.say(None)
        else:
            self.say(Notice(Tone.ERROR, self.tr("This scan cannot be shown; call staff.")))

    def refused(self, failure: Failed) -> None:
        """Refused, said where it belongs."""
        if failure.kind == "paper":
            super().refused(failure)
        else:
            self.acts.refused(failure.where, failure.sentence)

    def _look(self, offer: Offer) -> None:
        digest = str((offer.act.paper or {}).get("sha256", ""))
        self._stack.setCurrentWidget(self._over)
        self._over.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(Notice(Tone.INFO, self.tr("Fetching the scan …")))
        self.fit.desk.ask(self, "paper", lambda client: client.paper(digest))

    def _close_scan(self) -> None:
        self._scan.forget()
        self._stack.setCurrentIndex(0)
        target = self.acts.focused()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self, filled: Filled) -> None:
        self.fit.desk.send(self, filled.command, filled.data)
