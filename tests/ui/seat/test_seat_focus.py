"""A seat that fills the screen tells the room when something else has the keyboard; one in a window does not."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_factory import member
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from seat_ground import Seat

from app.evaluation.matters.focus import NoteFocusLoss


@pytest.fixture
def seat(make_seat: Any) -> Seat:
    made: Seat = make_seat()
    return made


def lose(times: int = 1) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    for _ in range(times):
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)


def told(seat: Seat) -> list[dict[str, Any]]:
    return [sent.data for sent in seat.bridge.link.sent if sent.kind == "NoteFocusLoss"]


def pass_by(seat: Seat, seconds: float) -> None:
    seat.clock.advance(seconds)
    seat.window._second.timeout.emit()


def test_losses_are_told_at_once_and_then_once_a_minute(seat: Seat) -> None:
    seat.sit("pledged")
    seat.show()
    seat.window.showFullScreen()
    lose()
    assert told(seat) == [{"times": 1}]
    lose(3)
    pass_by(seat, 30)
    assert told(seat) == [{"times": 1}]
    pass_by(seat, 31)
    assert told(seat) == [{"times": 1}, {"times": 3}]
    pass_by(seat, 300)
    assert len(told(seat)) == 2
    assert seat.play.do(NoteFocusLoss(**told(seat)[1]), member(seat.alias)) == ["FocusLost"]


def test_a_window_among_others_tells_nothing(seat: Seat) -> None:
    seat.sit("pledged")
    seat.show()
    seat.window.showNormal()
    lose(5)
    pass_by(seat, 61)
    assert told(seat) == []


def test_a_seat_without_a_member_tells_nothing_nor_later(seat: Seat) -> None:
    seat.show()
    seat.window.showFullScreen()
    lose()
    seat.sit("pledged")
    seat.show()
    pass_by(seat, 61)
    assert told(seat) == []
