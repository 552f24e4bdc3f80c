"""`kawei setup` in a window: the same questions, checks and steps as in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Refusal
from app.cli.finding import Finding, Level
from app.cli.setup_answers import QUESTIONS, Word, answers, misfit
from app.cli.setup_terminal import TRIES
from app.cli.setup_work import looked_at, steps

if TYPE_CHECKING:
    from ui.setup import Setup, Told

KINDS: Mapping[str, Word] = {
    "seat": ("专家席位", "an expert's seat"),
    "kiosk": ("门口签到机", "the kiosk at the door"),
    "board": ("公共显示屏", "the wall display"),
    "console": ("管理与见证台", "a console"),
    "room": ("机房服务器", "the room's server"),
}


def show(config: Path, lang: str) -> int:
    """Open the assistant; 0 where the machine is fit when it is closed, else 1."""
    from app.cli.seat import application
    from ui.setup import SetupWindow

    app = application(lang, 1.0)
    fit: list[bool] = []
    window = SetupWindow(setup(config, lang))
    window.ended.connect(fit.append)
    window.resize(1000, 720)
    window.show()
    app.exec()
    return 0 if fit and fit[-1] else 1


def setup(config: Path, lang: str) -> Setup:
    """What the window asks and does, in one language."""
    from ui.setup import Asked, Setup

    en = lang == "en"
    asked = {
        kind: (
            _begun(title[en]),
            tuple(
                Asked(one.key, _begun(one.title[en]), one.usual, one.choices, secret=one.secret, tried=one.key in TRIES)
                for one in QUESTIONS[kind]
            ),
        )
        for kind, title in KINDS.items()
    }

    def wrong(kind: str, key: str, text: str) -> str:
        question = next(one for one in QUESTIONS[kind] if one.key == key)
        found = misfit(question, text)
        return "" if found is None else found[en]

    def attempt(key: str, given: Mapping[str, str]) -> Told:
        return _told(key, TRIES[key](dict(given)), en)

    def carry_out(kind: str, given: Mapping[str, str], tell: Callable[[Told], None]) -> bool:
        return _carry_out(kind, given, config, lang, tell)

    return Setup(asked, wrong, attempt, carry_out, lambda error: _sentence(error, lang))


def _carry_out(kind: str, given: Mapping[str, str], config: Path, lang: str, tell: Callable[[Told], None]) -> bool:
    from app.cli import doctor
    from ui.setup import Told
    from ui.theme import Tone

    en = lang == "en"
    machine = answers(kind, given, None, lambda key: key)
    for step in steps(machine, config, lang):
        tell(Told(Tone.OK, step.title[en], step.do()[en]))
    failed = False
    for name, finding in doctor.found([*looked_at(machine), "--lang", lang]):
        tell(_told(name, finding, en))
        failed |= finding.level is Level.FAILED
    return not failed


def _told(name: str, finding: Finding, en: bool) -> Told:
    from ui.setup import Told
    from ui.theme import Tone

    tone = {Level.OK: Tone.OK, Level.WARNING: Tone.ATTENTION, Level.FAILED: Tone.ERROR}[finding.level]
    return Told(tone, name, finding.en if en else finding.zh)


def _begun(words: str) -> str:
    """As a heading begins."""
    return words[0].upper() + words[1:]


def _sentence(error: Exception, lang: str) -> str:
    if isinstance(error, Refusal):
        return error.message(lang)
    if isinstance(error, OSError):
        return f"{error.strerror}: {error.filename}"
    return "程序自身出错，请查看日志。" if lang != "en" else "The program made a mistake of its own; see its log."
