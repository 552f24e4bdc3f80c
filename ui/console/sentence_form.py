"""A line of words and the acts that need it: send, wait, then say in place how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.link import Failed
from ui.console.desk import Desk, sentence_of
from ui.console.names import Name, part
from ui.theme import Scale, Space, Tone, look
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.flow import Flow
from ui.widgets.forms import Field
from ui.widgets.notice import Notice, NoticeLine

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Ready:
    """A command ready to be sent; `second`: the word of a second person, who types the own password afresh."""

    stream: str
    kind: str
    data: dict[str, Any]
    second: bool = False


Make = Callable[[str], Ready | None]
"""From the words typed to the command; None where there is nothing to do (any more)."""


class SentenceForm(Column):
    """A field (`caption`, `hint`), ready sentences that fill it, and buttons. `done` when an act was accepted."""

    done = Signal()

    def __init__(self, desk: Desk, caption: str, hint: str, name: Name, ready: Sequence[str] = ()) -> None:
        super().__init__(gap=Space.GAP)
        self._desk = desk
        self._acts: list[Button] = []
        self.field = self.add(Field(caption, hint))
        self.field.line.setObjectName(name)
        hint = translate(
            "Console", "You are the second of two people: type your own password afresh. It is kept nowhere."
        )
        self.password = self.add(Field(translate("Console", "Your password"), hint, secret=True))
        self.password.line.setObjectName(part(name, "password"))
        self.password.hide()
        self._row = self.add(Flow(gap=Space.GAP))
        self._ready: list[Button] = []
        for number, sentence in enumerate(ready):
            button = self._row.add(QuietButton(sentence))
            button.setObjectName(part(Name.RELEASE_READY, str(number)))
            button.clicked.connect(lambda _on=False, text=sentence: self.fill_in(text))
            self._ready.append(button)
        self._notice = self.add(NoticeLine())
        self._notice.hide()
        self.setFocusProxy(self.field)

    def add_act(self, button: Button, name: Name, make: Make, *, needs_words: bool = True) -> Button:
        """A button that sends what `make` makes of the words."""
        button.setObjectName(name)
        self._acts.append(button)
        self._row.insert(len(self._acts) - 1, button)
        # What is put before others on the screen comes before them at the Tab key too.
        for one, after in pairwise((self.field.line, self.password.line, *self._acts, *self._ready)):
            QWidget.setTabOrder(one, after)
        button.clicked.connect(lambda: self._act(make, needs_words))
        self._widen()
        return button

    def restyle(self) -> None:
        """Another type, another width."""
        super().restyle()
        if hasattr(self, "_row"):
            self._widen()

    def _widen(self) -> None:
        """In the usual type all buttons stand in one line, so that what is looked at above them keeps its height."""
        usual = look().scale is Scale.NORMAL
        self._row.setMinimumWidth(self._row.sizeHint().width() if usual else 0)

    def fill_in(self, text: str) -> None:
        """Put a sentence into the field; it can still be changed."""
        self.field.line.setText(text)
        self.field.mend()

    def clear(self) -> None:
        """As before anybody typed."""
        self.field.clear()
        self.password.clear()
        self.tell(None)

    def tell(self, notice: Notice | None) -> None:
        """Say something below the buttons."""
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)

    def _act(self, make: Make, needs_words: bool) -> None:
        words = self.field.text()
        if needs_words and not words:
            self.field.fault(translate("Console", "Please write why; it stands in the journal."))
            self.field.setFocus()
            return
        act = make(words)
        if act is None:
            return
        password = self.password.line.text()
        if act.second and not password:
            self._ask_password(translate("Console", "Please type your password."))
            return
        self._let(able=False)
        self.tell(Notice(Tone.INFO, translate("Console", "Sending …")))
        self.password.clear()
        if act.second:
            self._desk.confirm(act.stream, act.kind, act.data, password, self._accepted, self._refused)
        else:
            self._desk.send(act.stream, act.kind, act.data, self._accepted, self._refused)

    def _ask_password(self, sentence: str) -> None:
        self.password.fault(sentence)
        self.password.line.setFocus()

    def _accepted(self, _answer: object) -> None:
        self._let(able=True)
        self.field.clear()
        self.tell(Notice(Tone.OK, translate("Console", "Done; it stands in the journal.")))
        self.done.emit()

    def _refused(self, failure: Failed) -> None:
        self._let(able=True)
        if failure.where == "$.password":
            self.tell(None)
            self._ask_password(failure.sentence)
        else:
            self.tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _let(self, *, able: bool) -> None:
        for button in self._acts:
            button.setEnabled(able)
