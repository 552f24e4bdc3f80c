"""The one form for every act beside the main way: what is asked, checked where it stands, sent by one clear button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.models.acts import Fault, FieldFault, Offer, data, field_named, read
from ui.models.language import in_words
from ui.theme import Role, Space, Tone
from ui.widgets.act_fields import PaperEditor, editor
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import DangerButton, PrimaryButton, QuietButton
from ui.widgets.forms import Field as LineField
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text

translate = QCoreApplication.translate

SEND, BACK, PRINT, LOOK = "act.send", "act.back", "act.print", "act.look"
"""objectNames of the buttons."""
SECOND = "act.password"
"""objectName of the line for the second person's password."""


@dataclass(frozen=True)
class Upload:
    """A file that a form wants sent to the room, for one of its fields."""

    field: str
    path: Path


def fault_words(fault: Fault) -> str:
    """What is wrong with a field and what to do, in one sentence."""
    return {
        Fault.MISSING: translate("ActForm", "Please fill this in."),
        Fault.NO_NUMBER: translate("ActForm", "Please write a number, as in 1250000.00."),
        Fault.NO_COUNT: translate("ActForm", "Please write a whole number."),
        Fault.NO_MOMENT: translate("ActForm", "Please write date and time, as in 2026-03-02 09:30."),
        Fault.NO_PAPER: translate("ActForm", "Choose the scan first and wait until the room has it."),
    }[fault]


class ActForm(Column):
    """`sent` carries the command's data, `closed` says that the person goes back, `upload` carries an Upload,
    `printed` asks for the same form on paper (`printable` only), `looked` for the scan that the act is about.

    A grave act is sent by the second press only: the first one asks in words. Escape goes back.
    """

    sent = Signal(object)
    closed = Signal()
    upload = Signal(object)
    printed = Signal()
    looked = Signal()

    def __init__(self, offer: Offer, folder: Path, now: datetime | None, *, printable: bool = False) -> None:
        super().__init__(gap=Space.WIDE)
        act = offer.act
        self.offer = offer
        self._zone = now.tzinfo if now is not None else None
        self._asking = False
        self._gone = False
        self.add(Text(in_words(act.title), Role.PAGE))
        self.add(Text(in_words(act.help)))
        self._editors = {field.name: editor(field, folder, now) for field in act.fields}
        body = Column(*self._editors.values(), gap=Space.PAGE, margin=(0, 0, Space.WIDE, 0))
        self._password: LineField | None = None
        if act.second:
            hint = self.tr("You are the second of two people: type your own password afresh. It is kept nowhere.")
            self._password = body.add(LineField(self.tr("Your password"), hint, secret=True))
            self._password.line.setObjectName(SECOND)
            self._password.entered.connect(self._to_button)
        body.fill()
        self._scroll = self.add(Scroll(body), 1)
        for name, one in self._editors.items():
            one.changed.connect(self._change)
            if isinstance(one, PaperEditor):
                one.chosen.connect(lambda path, at=name: self.upload.emit(Upload(at, path)))
        self._notice = self.add(NoticeLine())
        self._notice.hide()
        row = self.add(Row(gap=Space.GAP))
        self._send = row.add((DangerButton if act.grave else PrimaryButton)(self._caption()))
        self._send.setObjectName(SEND)
        self._send.clicked.connect(self._press)
        back = row.add(QuietButton(self.tr("Back (Esc)")))
        back.setObjectName(BACK)
        back.clicked.connect(self.closed)
        row.fill()
        if act.paper is not None:
            look_at = row.add(QuietButton(self.tr("Look at the scan")))
            look_at.setObjectName(LOOK)
            look_at.clicked.connect(self.looked)
        if printable:
            on_paper = row.add(QuietButton(self.tr("Print this form blank")))
            on_paper.setObjectName(PRINT)
            on_paper.clicked.connect(self.printed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def first_focus(self) -> QWidget:
        """The first field, or the button where nothing is asked."""
        return next(iter(self._editors.values()), self._password or self._send)

    # --- what the room says

    def refused(self, where: str, sentence: str) -> None:
        """The room said no: at the field that it means, else above the button."""
        self._able(True)
        if where == "$.password":
            self._say(None)
            self._ask_password(sentence)
            return
        name = field_named(where, self.offer.act)
        if name in self._editors:
            self._say(None)
            self._fault(name, sentence)
        else:
            self._say(Notice(Tone.ERROR, sentence))

    def uploaded(self, field: str, answer: dict[str, Any]) -> None:
        """The room has the file of a field."""
        one = self._editors.get(field)
        if isinstance(one, PaperEditor):
            one.uploaded(answer)

    def not_uploaded(self, field: str, sentence: str) -> None:
        """The room has not taken the file of a field."""
        one = self._editors.get(field)
        if isinstance(one, PaperEditor):
            one.failed(sentence)

    def withdraw(self) -> None:
        """The act is offered no more: what was filled in stays to be read, but cannot be sent."""
        self._gone = True
        self._able(True)
        self._say(Notice(Tone.ATTENTION, self.tr("This cannot be done any more; things have changed meanwhile.")))

    def take_password(self) -> str | None:
        """What the second person typed, once: the line is empty afterwards. None where nobody is asked."""
        if self._password is None:
            return None
        typed = self._password.line.text()
        self._password.clear()
        return typed

    # --- what a person does

    def typed(self) -> dict[str, Any]:
        """What stands in every field."""
        return {name: one.typed() for name, one in self._editors.items()}

    def put(self, typed: dict[str, Any]) -> None:
        """Put back what stood in the fields of a form before, as far as they are still asked."""
        for name, value in typed.items():
            if name in self._editors:
                self._editors[name].put(value)

    def _press(self) -> None:
        values: dict[str, Any] = {}
        wrong: list[tuple[str, Fault]] = []
        for name, one in self._editors.items():
            try:
                values[name] = read(one.asked, one.typed(), self._zone)
            except FieldFault as found:
                wrong.append((name, found.fault))
        for name, fault in reversed(wrong):  # the first one last, so that the keyboard is there
            self._fault(name, fault_words(fault))
        if not wrong and self._password is not None and not self._password.line.text():
            self._ask_password(self.tr("Please fill this in."))
            self._take_back()
        elif wrong:
            self._take_back()
        elif self.offer.act.grave and not self._asking:
            self._ask()
        else:
            self._asking = False
            self._able(False)
            self._say(Notice(Tone.INFO, self.tr("Sent; waiting for the room.")))
            self.sent.emit(data(self.offer.act, values))

    def _to_button(self) -> None:
        self._send.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_password(self, sentence: str) -> None:
        if self._password is not None:
            self._password.fault(sentence)
            self._password.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self._password)

    def _fault(self, name: str, sentence: str) -> None:
        """Say it at the field, and bring that into sight."""
        one = self._editors[name]
        one.fault(sentence)
        self._scroll.ensureWidgetVisible(one)

    def _ask(self) -> None:
        self._asking = True
        title = in_words(self.offer.act.title)
        ask = self.tr("“{title}” cannot be taken back. If you are sure, press the button once more.")
        self._say(Notice(Tone.ATTENTION, ask.format(title=title)))
        self._send.set_caption(self._caption())

    def _take_back(self) -> None:
        self._asking = False
        self._send.set_caption(self._caption())
        self._say(None)

    def _change(self) -> None:
        if self._asking:
            self._take_back()

    def _caption(self) -> str:
        return self.tr("Yes, I am sure") if self._asking else self.tr("Submit")

    def _able(self, able: bool) -> None:
        self._send.setEnabled(able and not self._gone)
        self._send.set_caption(self._caption())

    def _say(self, notice: Notice | None) -> None:
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)
