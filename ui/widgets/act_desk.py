"""What a person may do beside the main way: the list of it, and the form of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.models.acts import Offer
from ui.models.language import in_words
from ui.theme import Space, Tone
from ui.widgets.act_form import ActForm
from ui.widgets.boxes import Column, Scroll
from ui.widgets.buttons import Button
from ui.widgets.incident import IncidentList
from ui.widgets.incident_card import Incident, IncidentAnswered
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.symbols import Symbol

OPEN = "act.open"
"""objectName of the button that opens a form; `.COMMAND` behind it."""


@dataclass(frozen=True)
class Filled:
    """A form that a person sent: towards which stream, which command, with which data; of a second person the
    password."""

    stream: str
    command: str
    data: dict[str, Any]
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Listed:
    """An offer with the words that tell it from the same one of another evaluation ('' where there is one only)."""

    offer: Offer
    about: str = ""


class ActDesk(Column):
    """`sent` carries a Filled, `upload` an Upload, `printed` the Offer whose form is wanted on paper,
    `looked` the Offer whose scan is to be shown.

    Whoever sends calls `accepted` or `refused`, and shows the offers of every view that comes.
    """

    sent = Signal(object)
    upload = Signal(object)
    printed = Signal(object)
    looked = Signal(object)

    def __init__(self, folder: Path, *, printable: bool = False) -> None:
        super().__init__(gap=Space.GAP)
        self._folder, self._printable = folder, printable
        self._now: datetime | None = None
        self._offers: dict[str, Listed] = {}
        self._begun: dict[str, dict[str, Any]] = {}
        """What was filled in before the person went back to the list, by offer."""
        self._notice = self.add(NoticeLine())
        self._notice.hide()
        self._stack = self.add(QStackedWidget(), 1)
        self._list = IncidentList(quiet=self.tr("There is nothing to do here now."))
        self._list.answered.connect(self._choose)
        holder = Column(self._list, gap=0)
        holder.fill()
        self._stack.addWidget(Scroll(holder))
        self.form: ActForm | None = None

    def tell_time(self, now: datetime | None) -> None:
        """The room's time: moments begin with it, and get its offset."""
        self._now = now

    def show_offers(self, listed: Sequence[Listed]) -> None:
        """Show what is offered now; a form that is open keeps what was filled in."""
        self._offers = {one.offer.key: one for one in listed}
        self._list.set_incidents([self._row(key, one) for key, one in self._offers.items()])
        for card in self._list.cards():
            button = card.findChild(Button)
            if button is not None:
                button.setObjectName(f"{OPEN}.{self._offers[card.incident().key].offer.act.command}")
        if self.form is not None:
            self._renew(self.form)
        self.setFocusProxy(self.focused() or self._stack)

    def open(self, key: str) -> bool:
        """Open the form of an offer; False where it is offered no more."""
        found = self._offers.get(key)
        if found is None:
            return False
        if self.form is None or self.form.offer != found.offer:
            self._say(None)
            self._show_form(found.offer, self._begun.pop(key, None))
        return True

    def back(self) -> None:
        """From the form to the list; what was filled in is there again when the form is opened next."""
        if self.form is not None:
            self._begun[self.form.offer.key] = self.form.typed()
        self._drop_form()
        self._stack.setCurrentIndex(0)
        self._go_on()

    def forget(self) -> None:
        """Someone else is here: nothing filled in stays."""
        self._drop_form()
        self._begun.clear()
        self._say(None)
        self.show_offers(())

    def focused(self) -> QWidget | None:
        """Where the keyboard belongs now: the form's first field, or the first button of the list."""
        if self.form is not None:
            return self.form.first_focus()
        cards = self._list.cards()
        return cards[0].findChild(Button) if cards else None

    # --- what the room says

    def accepted(self) -> None:
        """It is done, and entered in the journal."""
        if self.form is None:
            return
        title = in_words(self.form.offer.act.title)
        key = self.form.offer.key
        self.back()
        self._begun.pop(key, None)
        self._say(Notice(Tone.OK, self.tr("Done, and entered in the journal: {title}").format(title=title)))

    def refused(self, where: str, sentence: str) -> None:
        """The room said no."""
        if self.form is not None:
            self.form.refused(where, sentence)
        else:
            self._say(Notice(Tone.ERROR, sentence))

    # --- inside

    def _row(self, key: str, one: Listed) -> Incident:
        act = one.offer.act
        urgent = act.urgent
        detail = "\n".join(words for words in (in_words(act.help), one.about) if words)
        return Incident(
            key,
            Tone.ATTENTION if urgent else Tone.QUIET,
            self.tr("Someone waits for you") if urgent else self.tr("You may"),
            in_words(act.title),
            detail,
            "",
            self.tr("Answer") if urgent else self.tr("Open"),
            Symbol.CALL if urgent else Symbol.INFO,
            primary=urgent,
        )

    def _choose(self, answer: IncidentAnswered) -> None:
        self.open(answer.key)

    def _show_form(self, offer: Offer, typed: dict[str, Any] | None = None) -> None:
        self._drop_form()
        form = self.form = ActForm(offer, self._folder, self._now, printable=self._printable)
        if typed is not None:
            form.put(typed)
        form.sent.connect(
            lambda data: self.sent.emit(Filled(offer.stream, offer.act.command, data, form.take_password()))
        )
        form.upload.connect(self.upload)
        form.closed.connect(self.back)
        form.printed.connect(lambda: self.printed.emit(offer))
        form.looked.connect(lambda: self.looked.emit(offer))
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        self._go_on()

    def _renew(self, form: ActForm) -> None:
        """A view has come while a form is open: ask anew what is asked otherwise now, keep what was filled in."""
        found = self._offers.get(form.offer.key)
        if found is None:
            form.withdraw()
        elif found.offer != form.offer:
            self._show_form(found.offer, form.typed())

    def _drop_form(self) -> None:
        if self.form is not None:
            self._stack.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _go_on(self) -> None:
        target = self.focused()
        self.setFocusProxy(target or self._stack)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, notice: Notice | None) -> None:
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)
