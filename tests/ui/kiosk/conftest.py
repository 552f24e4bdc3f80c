"""Kiosks that are shown, and closed in the end; the house watches that no thread and no timer outlives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kiosk_ground import Door, Make, make_door, room_view
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from devices.ambient import SystemClock


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    """Doors, shown, closed in the end."""
    made: list[Door] = []

    def one(**more: Any) -> Door:
        door = make_door(more.pop("clock", SystemClock()), **more)
        door.window.resize(1280, 720)
        door.window.show()
        door.bridge.show(room_view())
        made.append(door)
        return door

    yield one
    for door in made:
        door.window.close()
        door.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
