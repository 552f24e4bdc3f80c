"""The wall display: numbers, free or in use, the room's name and time, and nothing else whatever a view holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "console"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from console_ground import empty_room, marking, seen
from fake_room import FakeBridge

from app.rules.model import Party
from devices.ambient import ScriptedClock
from ui.board.window import BoardWindow

AT = "2026-03-02T09:41:30.000000+08:00"


@pytest.fixture
def board(qtbot: QtBot, qapp: QApplication) -> Iterator[tuple[BoardWindow, FakeBridge, ScriptedClock]]:
    bridge, clock = FakeBridge(), ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    window = BoardWindow(bridge, clock)  # type: ignore[arg-type]
    window.resize(1366, 768)
    window.show()
    yield window, bridge, clock
    window.close()
    window.deleteLater()


def told(window: QWidget) -> str:
    words = [one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible()]
    return "\n".join([*words, *(label.text() for label in window.findChildren(QLabel) if label.isVisible())])


def test_free_and_in_use_by_number(board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    window, bridge, _ = board
    bridge.show(empty_room(None) | {"at": AT})
    assert "8 of 8 seats are free" in told(window)
    view = seen(marking, None) | {"at": AT}
    used = [seat["id"] for seat in view["room"]["seats"] if seat["in_use"]]
    bridge.show(view)
    words = told(window).splitlines()
    assert len(used) == 5
    assert all(f"{number} In use" in words for number in used)
    assert sum(word.endswith(" Free") for word in words) == 3
    assert "岷乐评标三室" in told(window)
    assert "REHEARSAL" in told(window)


def test_the_time_is_the_rooms(board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    window, bridge, clock = board
    assert "09:4" not in told(window)
    bridge.show(empty_room(None) | {"at": AT})
    assert "09:41" in told(window)
    clock.advance(60)
    bridge.tell(1, "DeviceConnected", at="2026-03-02T09:40:00.000000+08:00")
    window._tick()
    assert "09:42" in told(window), "an older moment does not set the clock back"


def test_it_looks_by_itself(qtbot: QtBot, board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    window, bridge, _ = board
    window._again.setInterval(5)
    qtbot.waitUntil(lambda: bridge.link.refreshed > 1)


def test_seats_come_and_go_with_the_plan(board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    window, bridge, _ = board
    view = empty_room(None)
    bridge.show(view)
    view["room"]["seats"] = view["room"]["seats"][:2]
    bridge.show(view)
    assert "2 of 2 seats are free" in told(window)
    assert "A08" not in told(window)


def test_a_line_that_is_away_is_said(board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    window, bridge, _ = board
    bridge.line(False)
    assert "may be old" in told(window)
    bridge.line(True)
    assert "may be old" not in told(window)


def test_nothing_else_is_shown(board: tuple[BoardWindow, FakeBridge, ScriptedClock]) -> None:
    """Even a view made for staff, with aliases, projects and bidders in it, leaves nothing on the wall."""
    window, bridge, _ = board
    view = seen(marking, Party.WITNESS)
    secrets = [view["evaluations"][0]["project"]["name"], view["evaluations"][0]["lots"][0]["bids"][0]["bidder"], "M1"]
    assert all(secret in repr(view) for secret in secrets)
    bridge.show(view)
    assert not [secret for secret in secrets if secret in told(window)]
