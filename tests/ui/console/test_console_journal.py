"""The journal at a console: filtered by keys, and proved; a forged entry is said in red words on every page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
from fake_room import FakeBridge

from app.link import JournalProved, StreamProof
from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.journal_filter import time_of
from ui.console.names import Name, PageName, part
from ui.console.sight import Target
from ui.console.window import ConsoleWindow
from ui.theme import Tone
from ui.widgets.notice import NoticeLine

AT = "2026-03-02T09:31:02.000000+08:00"


@pytest.fixture
def journal(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[tuple[ConsoleWindow, FakeBridge]]:
    """The witness's console with a whole evaluation told, its journal shown."""
    window, bridge = ground.make_console(Party.WITNESS, SystemClock(), tmp_path)
    window.resize(1366, 768)
    window.show()
    ground.entries(ground.closed, bridge)
    bridge.show(ground.seen(ground.closed, Party.WITNESS))
    window._work.go(Target(PageName.JOURNAL))
    yield window, bridge
    window.close()
    window.deleteLater()


def find(window: QWidget, name: str) -> QWidget:
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    button = find(window, name)
    assert isinstance(button, QAbstractButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def write(qtbot: QtBot, window: QWidget, name: str, text: str) -> None:
    line = find(window, name)
    assert isinstance(line, QLineEdit)
    line.clear()
    qtbot.keyClicks(line, text)


def lines(window: ConsoleWindow) -> list[str]:
    model = window._work._journal_page._model
    return [f"{model.line(row).time} {model.line(row).text}" for row in range(model.rowCount())]


def test_by_kind_by_whom_and_by_time(qtbot: QtBot, journal: tuple[ConsoleWindow, FakeBridge]) -> None:
    window, _ = journal
    every = lines(window)
    press(qtbot, window, Name.JOURNAL_MORE)
    assert lines(window) == every
    press(qtbot, window, part(Name.JOURNAL_KIND, "draw"))
    drawn = lines(window)
    assert 0 < len(drawn) < len(every)
    assert all("raw" in line or "committed" in line or "revealed" in line for line in drawn), drawn
    press(qtbot, window, part(Name.JOURNAL_KIND, "draw"))
    found = []
    for typed in ("m1", "1", "Member 1"):
        write(qtbot, window, Name.JOURNAL_ABOUT, typed)
        found.append(lines(window))
    assert 0 < len(found[0]) < len(every)
    assert found[0] == found[1] == found[2]
    write(qtbot, window, Name.JOURNAL_ABOUT, "M")
    assert lines(window) == [], "a number is meant exactly"
    write(qtbot, window, Name.JOURNAL_ABOUT, "")
    write(qtbot, window, Name.JOURNAL_SINCE, "23:59")
    assert lines(window) == []
    press(qtbot, window, Name.JOURNAL_MORE)
    assert lines(window) == every, "a filter out of sight hides nothing"


def test_a_time_that_is_none_is_said_in_place(qtbot: QtBot, journal: tuple[ConsoleWindow, FakeBridge]) -> None:
    window, _ = journal
    press(qtbot, window, Name.JOURNAL_MORE)
    every = lines(window)
    write(qtbot, window, Name.JOURNAL_UNTIL, "half past")
    assert "as 09:30" in told(window)
    assert lines(window) == every
    write(qtbot, window, Name.JOURNAL_UNTIL, "0900")
    assert "as 09:30" not in told(window)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("", ""),
        ("9", "09:00"),
        ("9:05", "09:05"),
        ("２３：５９", "23:59"),
        ("0930", "09:30"),
        ("24:00", None),
        ("x", None),
    ],
)
def test_times_as_people_type_them(typed: str, time: str | None) -> None:
    assert time_of(typed) == time


def told(window: QWidget) -> str:
    labels = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*labels, *(one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible())])


def notice(window: ConsoleWindow) -> tuple[Tone, str]:
    line = find(window, Name.JOURNAL_PROOF)
    assert isinstance(line, NoticeLine)
    found = line.notice()
    assert found is not None
    return found.tone, found.text


def test_how_far_it_is_proved(journal: tuple[ConsoleWindow, FakeBridge]) -> None:
    window, bridge = journal
    assert notice(window)[0] is Tone.INFO
    room = StreamProof("room", 214, AT, 1, AT, 214, 214)
    bridge.proved.emit(JournalProved((room, StreamProof(ground.STREAM, 96, AT, 12, AT, 0, 96))))
    assert notice(window)[0] is Tone.OK
    words = told(window)
    assert "every entry computed again, 1 to 214" in words
    assert "96 entries; each state extends the one before, since entry 12 at 09:31:02" in words
    assert "last checkpoint signed by room and console: 214 at 09:31:02" in words
    restored = StreamProof("room", 9, AT, 9, AT, 9, 9, AT)
    bridge.proved.emit(JournalProved((restored,)))
    assert notice(window)[0] is Tone.ATTENTION


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("hash_mismatch", "entry 97 of the room was changed"),
        ("not_extended", "have been changed"),
        ("shorter", "become shorter"),
        ("other_content", "not those that were signed"),
        ("other_head", "another state"),
        ("not_signed", "not signed by this room"),
        ("bad_note", "cannot be read"),
    ],
)
def test_what_does_not_fit_is_said_everywhere(
    qtbot: QtBot, journal: tuple[ConsoleWindow, FakeBridge], fault: str, word: str
) -> None:
    window, bridge = journal
    window._work.go(Target(PageName.ROOM))
    bridge.proved.emit(JournalProved((StreamProof("room", 9, AT, 1, AT, fault=fault, place=97),)))
    assert word in told(window), "on whatever page"
    press(qtbot, window, part(Name.INCIDENT, "journal_broken"))
    assert window.page_name == "journal"
    assert notice(window)[0] is Tone.ERROR
    assert word in notice(window)[1]
    bridge.proved.emit(JournalProved((StreamProof("room", 9, AT, 1, AT, 9),)))
    assert notice(window)[0] is Tone.OK
