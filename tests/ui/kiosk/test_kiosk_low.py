"""The largest type on the lowest screen: every word whole, every button in sight, on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kiosk_ground import Door, Make, found, lay, picture, room_view, seated, shown, with_portrait
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ports.device import DeviceFault
from app.ports.liveness import Challenge, LivenessStep
from ui.kiosk.face_tally import Doubt
from ui.kiosk.names import PageName
from ui.theme import Scale, apply
from ui.widgets.forms import Field
from ui.widgets.notice import NoticeLine
from ui.widgets.text import Text

LOW = (1366, 768)


def turning(door: Door) -> None:
    lay(door, with_portrait())
    door.window._admission._check.end()
    door.window.turn_to(PageName.TURN)
    door.window.turn.tell(LivenessStep(Challenge.MOUTH, 1, 3))


def stuck(door: Door) -> None:
    door.locker.fail(DeviceFault.UNREACHABLE)
    lay(door, found("store_phone", locker="07"))


def both_stuck(door: Door) -> None:
    door.printer.fail(DeviceFault.NO_PAPER)
    door.door.fail(DeviceFault.UNREACHABLE)
    lay(door, found("take_slot"))
    door.window.take.taken.emit()
    door.bridge.accept()
    door.bridge.answer(seated("visit"))
    door.bridge.accept()


def doubtful(door: Door) -> None:
    door.camera.show(picture(200))
    lay(door, with_portrait())
    door.window._admission._doubt(Doubt.FLAT)


PAGES: dict[str, tuple[Callable[[Door], None], str]] = {
    "idle": (lambda door: door.bridge.show(room_view(search=True)), "identity card"),
    "face": (lambda door: lay(door, with_portrait()), "Take off mask"),
    "turn": (turning, "Open your mouth"),
    "doubt": (doubtful, "Try the camera once more"),
    "locker": (stuck, "did not open"),
    "key": (lambda door: lay(door, found("take_slot")), "take your seat"),
    "seat": (both_stuck, "slip was not printed"),
    "leave": (lambda door: lay(door, found("leave", state="leaving")), "opens"),
}


@pytest.fixture
def largest(qapp: QApplication) -> Iterator[None]:
    apply(qapp, Scale.LARGEST)
    yield
    apply(qapp, Scale.NORMAL)


@pytest.mark.usefixtures("largest")
@pytest.mark.parametrize("page", list(PAGES))
def test_nothing_is_cut_off(qtbot: QtBot, make: Make, page: str) -> None:
    door = make()
    door.window.resize(*LOW)
    go, words = PAGES[page]
    go(door)
    qtbot.waitUntil(lambda: words in shown(door.window))
    QApplication.processEvents()
    assert (door.window.width(), door.window.height()) == LOW
    assert [cut for widget in parts(door.window) if (cut := cut_off(widget, door.window))] == []


def parts(window: QWidget) -> list[QWidget]:
    kinds = (Text, QPushButton, NoticeLine, Field)
    return [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]


def cut_off(widget: QWidget, window: QWidget) -> str:
    """What of a widget is not in sight; empty where all of it is."""
    told = widget.accessibleName() or widget.objectName() or type(widget).__name__
    needs = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.minimumSizeHint().height()
    if widget.height() < needs:
        return f"{told}: {widget.height()} of {needs} px"
    bottom = widget.mapTo(window, QPoint(0, widget.height())).y()
    return f"{told}: ends at {bottom}" if bottom > window.height() else ""
