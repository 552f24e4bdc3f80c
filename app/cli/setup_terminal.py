"""The questions of `kawei setup` in a terminal: Enter takes what is usual, a device is tried before going on."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from app.cli.errors import Fault
from app.cli.finding import Finding, Level
from app.cli.setup_answers import KINDS, QUESTIONS, STATE, Answers, Question, answers, misfit

Try = Callable[[dict[str, str]], Finding]


def asked(lang: str, source: TextIO, sink: TextIO, tries: dict[str, Try] | None = None) -> Answers:
    """Ask until every answer fits. `tries` look at a device by its question's key. `Fault` `no_answer` at the end of
    the input."""
    terminal = _Terminal(lang, source, sink)
    kind = terminal.ask(
        Question("kind", ("这台机器是什么", "what is this machine"), "seat", needed=True, choices=KINDS)
    )
    state = terminal.ask(Question("state", ("数据目录", "its folder"), f"{STATE}/{kind}", needed=True))
    given: dict[str, str] = {}
    found = TRIES if tries is None else tries
    for question in QUESTIONS[kind]:
        given[question.key] = terminal.ask(question)
        while question.key in found and not terminal.content(found[question.key](given)):
            given[question.key] = terminal.ask(question)
    return answers(kind, given, Path(state), lambda key: key)


class _Terminal:
    def __init__(self, lang: str, source: TextIO, sink: TextIO) -> None:
        self._en, self._source, self._sink = lang == "en", source, sink

    def ask(self, question: Question) -> str:
        usual = f" [{question.usual}]" if question.usual else ""
        listed = f" ({' '.join(question.choices)})" if question.choices else ""
        while True:
            answer = self._line(f"{question.title[self._en]}{listed}{usual}: ", question.secret) or question.usual
            wrong = misfit(question, answer)
            if wrong is None:
                return answer
            self._say(f"  ✕ {wrong[self._en]}")

    def content(self, finding: Finding) -> bool:
        """Say what was found of a device; True where it serves, or a person goes on without."""
        self._say(f"  {finding.level.value}: {finding.en if self._en else finding.zh}")
        if finding.level is Level.OK:
            return True
        again = self._line("  again? [Y/n] " if self._en else "  再试一次？[Y/n] ", secret=False)
        return again.lower() in ("n", "no", "否")

    def _line(self, prompt: str, secret: bool) -> str:
        if secret and self._source is sys.stdin and sys.stdin.isatty():
            return getpass.getpass(prompt).strip()
        self._sink.write(prompt)
        self._sink.flush()
        line = self._source.readline()
        if not line:
            raise Fault("no_answer", prompt, "输入中断，没有改动任何内容。", "The input ended; nothing was changed.")
        return line.strip()

    def _say(self, text: str) -> None:
        self._sink.write(text + "\n")


def _camera(given: dict[str, str]) -> Finding:
    from app.cli.doctor_devices import camera
    from app.cli.machine import Machine, with_options

    return camera(with_options(Machine(), camera=given["camera"]))


def _sound(given: dict[str, str]) -> Finding:
    from app.cli.doctor_sound import heard_itself
    from app.ports.sound import SoundChoice

    return heard_itself(SoundChoice(given["microphone"] or None, given["speaker"] or None))


def _printer(given: dict[str, str]) -> Finding:
    from app.cli.doctor_devices import printer
    from app.cli.machine import Machine, with_options

    return printer(with_options(Machine(), printer=given["printer"] or None))


TRIES: dict[str, Try] = {"camera": _camera, "speaker": _sound, "printer": _printer}
"""By the question after whose answer a device is tried; sound once both its ends are known."""
