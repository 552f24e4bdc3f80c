"""Whatever waits at a console is answered with two clicks at most; words are typed where the keyboard already is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
from fake_room import FakeBridge

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, part
from ui.console.sight import Kind
from ui.console.window import ConsoleWindow
from ui.console.writing_words import writing_words

View = dict[str, Any]
MOST_TABS = 30


class _Clicks(QObject):
    """Counts what a mouse does."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A press that a label does not want goes on to what holds it: only the window's own event is a click.
        self.count += event.type() is QEvent.Type.MouseButtonRelease and isinstance(watched, QAbstractButton)
        return False


def release() -> View:
    return ground.seen(ground.gathering, Party.WITNESS)


def help_called() -> View:
    return ground.seen(ground.gathering, Party.CENTRE)


def _machine(view: View, seat: str, state: str) -> View:
    machine = {"id": f"seat-{seat}", "kind": "seat", "seat": seat, "state": state, "revoked": False}
    view["room"]["devices"].append(machine | {"since": "2026-03-02T09:00:00+08:00"})
    return view


def seat_lost() -> View:
    view = ground.seen(ground.marking, Party.CENTRE)
    held = next(seat for seat in view["room"]["seats"] if seat["alias"])
    held["device_state"] = "lost"
    return _machine(view, held["id"], "lost")


def seat_locked() -> View:
    view = ground.seen(ground.unseen, Party.CENTRE)
    return _machine(view, view["evaluations"][0]["matters"]["presence"]["locked"][0]["seat"], "connected")


def draw_relaxed() -> View:
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["room"]["draws"] = view["room"]["draws"][:1]
    view["room"]["draws"][0] |= {"stage": "sealed", "relaxed": 1, "accepted": False, "revealed": ["kiosk"]}
    return view


def draw_cancel() -> View:
    view = draw_relaxed()
    view["room"]["draws"][0] |= {"accepted": True, "cancel_asked_by": "centre"}
    return view


CASES: dict[Kind, tuple[Party, Callable[[], View], Name, Name, str]] = {
    Kind.RELEASE: (Party.WITNESS, release, Name.RELEASE_REASON, Name.RELEASE_APPROVE, "ApproveRelease"),
    Kind.HELP: (Party.CENTRE, help_called, Name.HELP_ANSWER, Name.HELP_SEND, "AnswerHelp"),
    Kind.SEAT_LOST: (Party.CENTRE, seat_lost, Name.REVOKE_REASON, Name.REVOKE, "RevokeDevice"),
    Kind.SEAT_LOCKED: (Party.CENTRE, seat_locked, Name.REVOKE_REASON, Name.REVOKE, "RevokeDevice"),
    Kind.DRAW_RELAXED: (Party.WITNESS, draw_relaxed, Name.DRAW_REASON, Name.DRAW_ACCEPT, "AcceptDraw"),
    Kind.DRAW_CANCEL: (Party.WITNESS, draw_cancel, Name.DRAW_REASON, Name.DRAW_CANCEL, "CancelDraw"),
}
"""What waits, who sees it, where words are typed, what is pressed in the end, and what is sent by that."""


@pytest.fixture
def clicks(qapp: QApplication) -> Iterator[_Clicks]:
    counted = _Clicks()
    qapp.installEventFilter(counted)
    yield counted
    qapp.removeEventFilter(counted)


def click(window: QWidget, name: str) -> None:
    found = [one for one in window.findChildren(QAbstractButton, name) if one.isVisible()]
    assert found, f"{name} is not in sight"
    assert found[0].isEnabled(), f"{name} cannot be pressed"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def write(name: str, words: str) -> None:
    """Type words into a line that Tab reaches from where the keyboard is."""
    for _ in range(MOST_TABS):
        at = QApplication.focusWidget()
        assert at is not None
        if at.objectName() == name:
            QTest.keyClicks(at, words)
            return
        QTest.keyClick(at, Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by {MOST_TABS} tabs")


@pytest.mark.parametrize(
    "kind", [kind if kind is Kind.RELEASE else pytest.param(kind, marks=pytest.mark.slow) for kind in CASES], ids=str
)
def test_an_incident_is_answered_with_two_clicks(qtbot: QtBot, tmp_path: Path, clicks: _Clicks, kind: Kind) -> None:
    role, view, words, button, command = CASES[kind]
    bridge: FakeBridge
    window: ConsoleWindow
    window, bridge = ground.make_console(role, SystemClock(), tmp_path)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bridge.show(view())
    click(window, part(Name.INCIDENT, kind.value))
    write(words, "seen and asked")
    if kind is Kind.DRAW_CANCEL:  # the second of two people
        write(part(words, "password"), "typed afresh")
    click(window, button)
    assert bridge.link.sent[-1].kind == command
    assert bridge.link.sent[-1].password == ("typed afresh" if kind is Kind.DRAW_CANCEL else None)
    assert clicks.count == 2


def test_the_room_that_is_away_is_asked_again_with_one_click(qtbot: QtBot, tmp_path: Path, clicks: _Clicks) -> None:
    window, bridge = ground.make_console(Party.CENTRE, SystemClock(), tmp_path)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    bridge.show(ground.seen(ground.marking, Party.CENTRE))
    bridge.line(False)
    click(window, part(Name.INCIDENT, Kind.ROOM_AWAY.value))
    assert bridge.link.refreshed == 1
    assert clicks.count == 1


def test_what_keeps_the_room_from_its_disk_stands_until_it_is_over(qtbot: QtBot, tmp_path: Path) -> None:
    window, bridge = ground.make_console(Party.CENTRE, SystemClock(), tmp_path)
    qtbot.addWidget(window)
    bridge.write("disk_full")  # also before anyone is logged in
    bridge.show(ground.seen(ground.marking, Party.CENTRE))
    full, slow = part(Name.INCIDENT, Kind.ROOM_UNWRITTEN.value), part(Name.INCIDENT, Kind.ROOM_SLOW.value)
    assert window.findChild(QWidget, full) is not None
    bridge.write("disk_slow")
    qtbot.waitUntil(lambda: window.findChild(QWidget, full) is None)
    assert window.findChild(QWidget, slow) is not None
    bridge.write("ok")
    qtbot.waitUntil(lambda: window.findChild(QWidget, slow) is None)


@pytest.mark.parametrize("state", ["disk_full", "database_read_only", "database_damaged", "disk_slow", "anything_else"])
def test_every_trouble_of_the_disk_has_its_words_and_a_way_out(state: str) -> None:
    title, told = writing_words(state)
    assert title != told
    assert told.strip().endswith((".", "。"))
