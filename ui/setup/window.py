"""The assistant: what is this machine, where is its room, which are its devices; then it is done and tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from ui.bridge.errands import Errands
from ui.setup.model import Asked, Setup, Told
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Page, Row, Scroll
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text


class _Stage(Enum):
    """Where the person is."""

    KIND = auto()
    QUESTIONS = auto()
    WORK = auto()
    FAULT = auto()
    """The work broke off, and can be tried again."""


class _One(Column):
    """One question with its answer, and what came of trying it."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(gap=Space.HAIR)
        self.asked = asked
        self.attempt: Button | None = None
        if asked.choices:
            self.add(Text(asked.caption, Role.BODY_STRONG))
            self._choices: ChoiceList | None = self.add(
                ChoiceList(asked.caption, [Choice(one, one) for one in asked.choices])
            )
            self._choices.choose(asked.usual or asked.choices[0])
            self.setFocusProxy(self._choices.button(asked.usual or asked.choices[0]))
        else:
            self._choices = None
            self._field = self.add(Field(asked.caption, secret=asked.secret))
            self._field.line.setText(asked.usual)
            self.setFocusProxy(self._field.line)
        if asked.tried:
            self.attempt = self.add(Button(self.tr("Try it")), align=Qt.AlignmentFlag.AlignLeft)
            self.found = self.add(NoticeLine(lines=0))

    def answer(self) -> str:
        return self._choices.chosen()[0] if self._choices is not None else self._field.text()

    def fault(self, sentence: str) -> None:
        if self._choices is None:
            self._field.fault(sentence)


class SetupWindow(Page):
    """Two pages of questions, one of work. `ended` says whether the machine is fit: closed before, it is not."""

    ended = Signal(bool)
    _line = Signal(object)

    def __init__(self, setup: Setup) -> None:
        header = HeaderBar()
        super().__init__(header)
        header.set_title(self.tr("Set this machine up"))
        self._setup, self._errands = setup, Errands("setup", self)
        self._stage, self._ones, self._fit, self._busy = _Stage.KIND, list[_One](), False, False
        self._kind = next(iter(setup.kinds))
        body = self.add(Column(gap=Space.GAP, margin=Space.PAGE), 1)
        self._title = body.add(Text("", Role.PAGE))
        self._ground = body.add(Scroll(Column()), 1)
        self._told = body.add(NoticeLine(lines=2))
        row = body.add(Row(gap=Space.GAP))
        self.back = row.add(Button(self.tr("Back")))
        row.fill()
        self.onward = row.add(PrimaryButton(self.tr("Continue")))
        self.back.clicked.connect(self._go_back)
        self.onward.clicked.connect(self._go_on)
        self._line.connect(self._show_line)
        self._ask_kind()

    # --- what is this machine

    def _ask_kind(self) -> None:
        self._title.setText(self.tr("What is this machine?"))
        kinds = [Choice(kind, caption) for kind, (caption, _) in self._setup.kinds.items()]
        self._kinds = ChoiceList(self._title.text(), kinds)
        self._kinds.choose(self._kind)
        self._turn(_Stage.KIND, Column(self._kinds), self._kinds.button(self._kind))

    # --- its questions

    def _ask(self, given: Mapping[str, str]) -> None:
        caption, questions = self._setup.kinds[self._kind]
        self._title.setText(caption)
        self._ones = [_One(replace(asked, usual=given.get(asked.key, asked.usual))) for asked in questions]
        column = Column(*self._ones, gap=Space.WIDE)
        for one in self._ones:
            if one.attempt is not None:
                one.attempt.clicked.connect(lambda _checked=False, one=one: self._attempt(one))
        self._turn(_Stage.QUESTIONS, column, self._ones[0])

    def _answers(self) -> dict[str, str]:
        return {one.asked.key: one.answer() for one in self._ones}

    def _attempt(self, one: _One) -> None:
        answers = self._answers()
        one.found.tell(Notice(Tone.INFO, self.tr("One moment")))
        self._errands.run(
            lambda: self._setup.attempt(one.asked.key, answers),
            lambda told: one.found.tell(Notice(told.tone, told.text)),
            lambda error: one.found.tell(Notice(Tone.ERROR, self._setup.sentence(error))),
        )

    def _all_fit(self) -> bool:
        wrong = [
            (one, sentence)
            for one in self._ones
            if (sentence := self._setup.misfit(self._kind, one.asked.key, one.answer()))
        ]
        for one, sentence in wrong:
            one.fault(sentence)
        if wrong:
            wrong[0][0].setFocus()
        return not wrong

    # --- the work

    def _work(self) -> None:
        kind, answers = self._kind, self._given
        self._title.setText(self.tr("Setting up and testing"))
        self._lines, self._count = Column(gap=Space.HAIR), 0
        self._turn(_Stage.WORK, self._lines, self.onward)
        self._busy = True
        self.back.setEnabled(False)
        self.onward.setEnabled(False)
        self._told.tell(Notice(Tone.INFO, self.tr("This takes about ten seconds.")))
        self._errands.run(lambda: self._setup.carry_out(kind, answers, self._line.emit), self._done, self._broken)

    @Slot(object)
    def _show_line(self, told: Told) -> None:
        self._count += 1
        self._lines.insert(self._count - 1, NoticeLine(Notice(told.tone, f"{told.name}　{told.text}")))

    def _done(self, fit: Any) -> None:
        self._rest(_Stage.WORK, self.tr("Close"))
        self._fit = bool(fit)
        self._told.tell(
            Notice(Tone.OK, self.tr("This machine is ready."))
            if fit
            else Notice(Tone.ATTENTION, self.tr("Set up, but not all is in order: see above what to do."))
        )

    def _broken(self, error: Exception) -> None:
        self._rest(_Stage.FAULT, self.tr("Try again"))
        self._told.tell(Notice(Tone.ERROR, self._setup.sentence(error)))

    def _rest(self, stage: _Stage, caption: str) -> None:
        self._stage, self._busy = stage, False
        self.back.setEnabled(True)
        self.onward.setEnabled(True)
        self.onward.set_caption(caption)
        self.onward.setFocus()

    # --- from page to page

    def _turn(self, stage: _Stage, page: Column, first: QWidget) -> None:
        self._stage = stage
        page.fill()
        self._ground.hold(page)
        self._told.tell(None)
        self.back.setEnabled(stage is not _Stage.KIND)
        self.onward.set_caption(self.tr("Continue"))
        first.setFocus()

    def _go_on(self) -> None:
        if self._stage is _Stage.KIND:
            self._kind = self._kinds.chosen()[0]
            self._ask({})
        elif self._stage is _Stage.QUESTIONS:
            if self._all_fit():
                self._given = self._answers()
                self._work()
        elif self._stage is _Stage.FAULT:
            self._work()
        else:
            self.close()

    def _go_back(self) -> None:
        if self._stage is _Stage.QUESTIONS:
            self._ask_kind()
        else:
            self._ask(self._given)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is in hand is finished first."""
        if self._busy:
            event.ignore()
            return
        self._errands.stop()
        self.ended.emit(self._fit)
        super().closeEvent(event)
