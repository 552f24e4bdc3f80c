"""Seats for tests: made, shown at 1366x768, and closed again with their threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from seat_ground import Seat

MakeSeat = Callable[..., Seat]


@pytest.fixture
def make_seat(qtbot: Any) -> Iterator[MakeSeat]:
    made: list[Seat] = []

    def make(*arguments: Any, **options: Any) -> Seat:
        seat = Seat(*arguments, **options)
        seat.window.resize(QSize(1366, 768))
        seat.window.show()
        # Shortcuts are an active window's.
        seat.window.activateWindow()
        qtbot.waitUntil(seat.window.isActiveWindow)
        made.append(seat)
        return seat

    yield make
    for seat in made:
        seat.window.close()
        seat.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def seat(make_seat: MakeSeat) -> Seat:
    """A seat of a government procurement, before anyone has it."""
    return make_seat()
