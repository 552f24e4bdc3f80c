"""Every device of the door pulled, silent, black, broken, in the middle of a check-in: a sentence and a way on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from kiosk_ground import QUICK, Door, Make, found, lay, picture, press, seated, shown, with_portrait
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ports.device import DeviceError, DeviceFault, DeviceState
from ui.kiosk.names import Name
from ui.kiosk.patience import Patience

SOON = replace(QUICK, still_s=0.25)
OF_CAMERAS = [f for f in DeviceFault if f.value not in {"no_paper", "disk", "refused", "bad_answer", "unreachable"}]
OF_GATES = [DeviceFault.UNREACHABLE, DeviceFault.REFUSED, DeviceFault.BAD_ANSWER, DeviceFault.CRASHED]
OF_PRINTERS = [DeviceFault.NO_PAPER, DeviceFault.NOT_FOUND, DeviceFault.DISK, *OF_GATES]
OF_READERS = [DeviceFault.LOST, DeviceFault.NOT_FOUND, DeviceFault.CRASHED]
SILENT = Patience(answer_s=0.1)


def way_on(door: Door) -> bool:
    """There is a button that can be pressed now: nobody stands before a dead screen."""
    return any(b.isVisible() and b.isEnabled() for b in door.window.findChildren(QPushButton))


def in_face(qtbot: QtBot, door: Door) -> None:
    """The comparison runs, and does not come to an end."""
    door.camera.show(picture(1))  # nobody
    lay(door, with_portrait())
    assert door.window.page_name == "face"


def in_turn(qtbot: QtBot, door: Door) -> None:
    """The face is known and turns for ever."""
    door.liveness.frames = 10_000
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "turn")


def pulled(door: Door) -> None:
    door.camera.lose()


def black(door: Door) -> None:
    door.camera.show(picture(0))


def wrong_format(door: Door) -> None:
    door.camera.crash(ValueError("10 bytes are no 640 x 480 picture"))


BREAKS: dict[str, Callable[[Door], None]] = {
    "pulled": pulled,
    "black": black,
    **{fault.value: lambda door, fault=fault: door.camera.crash(DeviceError(fault)) for fault in OF_CAMERAS},  # type: ignore[misc]
}
WHERE = {"face": in_face, "turn": in_turn}


@pytest.mark.parametrize("where", list(WHERE))
@pytest.mark.parametrize("how", list(BREAKS))
def test_a_camera_that_breaks_in_the_middle(qtbot: QtBot, make: Make, how: str, where: str) -> None:
    door = make(rule=SOON)
    WHERE[where](qtbot, door)
    BREAKS[how](door)
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert "camera does not work" in shown(door.window)
    assert way_on(door)
    press(qtbot, door, Name.DOUBT_CALL)
    assert door.bridge.accept().kind == "RequestRelease"


@pytest.mark.parametrize("where", list(WHERE))
def test_frames_of_a_wrong_format_are_a_crash_that_is_told(
    qtbot: QtBot, make: Make, where: str, expects_log: Any
) -> None:
    door = make(rule=SOON)
    WHERE[where](qtbot, door)
    with expects_log("scripted camera crashed", reason="a driver's fault is logged"):
        wrong_format(door)
        qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert way_on(door)


def test_a_camera_that_returns_is_used_again_without_a_restart(qtbot: QtBot, make: Make) -> None:
    door = make(rule=SOON, patience=Patience(retry_s=0.6))
    in_face(qtbot, door)
    door.camera.crash()
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    again = door.window.findChild(QPushButton, Name.DOUBT_AGAIN)
    assert again is not None
    assert not again.isVisible(), "there is nothing to try yet"
    door.camera.show(picture(200))
    qtbot.waitUntil(again.isVisible)
    press(qtbot, door, Name.DOUBT_AGAIN)
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
    assert door.bridge.link.sent[-1].kind == "CheckIn"


def test_a_camera_that_was_pulled_and_comes_back(qtbot: QtBot, make: Make) -> None:
    door = make(rule=SOON)
    in_face(qtbot, door)
    door.camera.lose()
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    door.camera.find()
    door.camera.show(picture(200))
    press(qtbot, door, Name.DOUBT_AGAIN)
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))


def test_a_broken_camera_is_said_before_anyone_comes_and_unsaid_when_it_is_back(qtbot: QtBot, make: Make) -> None:
    door = make(patience=Patience(retry_s=0.05))
    qtbot.waitUntil(lambda: door.camera.status.state is not DeviceState.STOPPED)
    door.camera.show(picture(200))
    door.camera.crash()
    qtbot.waitUntil(lambda: "camera is out of order" in shown(door.window))
    qtbot.waitUntil(lambda: "camera is out of order" not in shown(door.window))
    assert door.camera.status.state is DeviceState.RUNNING


@pytest.mark.parametrize("fault", OF_READERS)
def test_without_the_reader_the_number_is_typed(qtbot: QtBot, make: Make, fault: DeviceFault) -> None:
    door = make()
    door.reader.fail(fault)
    qtbot.waitUntil(lambda: "type your number" in shown(door.window))
    line = door.window.findChild(QLineEdit, Name.NUMBER)
    assert line is not None
    qtbot.keyClicks(line, "99000119720314001X")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert door.window.page_name == "looking"


@pytest.mark.parametrize("fault", OF_READERS)
def test_a_reader_that_breaks_in_the_middle_holds_nobody_who_laid_the_card(
    qtbot: QtBot, make: Make, fault: DeviceFault
) -> None:
    door = make()
    in_face(qtbot, door)
    door.reader.fail(fault)
    door.camera.show(picture(200))
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
    assert door.bridge.link.sent[-1].kind == "CheckIn"
    door.window.rest()
    assert "type your number" in shown(door.window), "the next person is told"


def test_a_reader_that_says_nothing_is_done_without(qtbot: QtBot, make: Make) -> None:
    door = make()
    line = door.window.findChild(QLineEdit, Name.NUMBER)
    assert line is not None
    assert line.isVisible(), "from the first moment: nobody can tell a silent reader from one without a card"
    qtbot.keyClicks(line, "99000119720314001X")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert door.window.page_name == "looking"


def test_a_card_of_an_unknown_form_is_said_and_in_the_middle_of_a_check_disturbs_nobody(
    qtbot: QtBot, make: Make
) -> None:
    door = make()
    door.reader.lay_unreadable()
    assert "could not be read" in shown(door.window)
    in_face(qtbot, door)
    door.reader.lay_unreadable()
    assert door.window.page_name == "face"
    assert "could not be read" not in shown(door.window)


# --- locker, door, printer


@contextmanager
def silence(device: object, method: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The device takes the call and does not come back from it, until the test is over."""
    freed = threading.Event()
    monkeypatch.setattr(device, method, lambda *_a, **_k: freed.wait(20))
    try:
        yield
    finally:
        freed.set()


@pytest.mark.parametrize("fault", OF_GATES)
def test_a_locker_that_refuses(qtbot: QtBot, make: Make, fault: DeviceFault) -> None:
    door = make()
    door.locker.fail(fault)
    lay(door, found("store_phone", locker="07"))
    qtbot.waitUntil(lambda: "did not open" in shown(door.window))
    assert way_on(door)
    lay_out = make()
    lay_out.locker.fail(fault)
    lay(lay_out, found("take_phone", state="leaving", locker="07"))
    qtbot.waitUntil(lambda: "staff will open it" in shown(lay_out.window))
    assert way_on(lay_out)


@pytest.mark.parametrize(("step", "words"), [("store_phone", "did not open"), ("take_phone", "staff will open it")])
def test_a_locker_that_never_answers(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch, step: str, words: str
) -> None:
    door = make(patience=SILENT)
    with silence(door.locker, "open", monkeypatch):
        lay(door, found(step, locker="07"))
        qtbot.waitUntil(lambda: words in shown(door.window))
        assert way_on(door)


def test_a_sensor_that_never_answers_stops_nobody(qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    door = make(patience=SILENT)
    with silence(door.locker, "is_closed", monkeypatch):
        lay(door, found("store_phone", locker="07"))
        press(qtbot, door, Name.PHONE_STORED)
        qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
        assert door.bridge.link.sent[-1].kind == "StorePhone"


def inwards(door: Door) -> None:
    lay(door, seated("visit"))
    door.bridge.accept()


def outwards(door: Door) -> None:
    lay(door, found("leave", state="leaving"))
    door.window.leave.done.emit()
    door.bridge.accept()


WAYS = {"in": (inwards, "Staff will open the door"), "out": (outwards, "staff will open it")}


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("fault", OF_GATES)
def test_a_door_that_refuses(qtbot: QtBot, make: Make, fault: DeviceFault, way: str) -> None:
    door = make()
    door.door.fail(fault)
    go, words = WAYS[way]
    go(door)
    qtbot.waitUntil(lambda: words in shown(door.window))
    assert way_on(door)


@pytest.mark.parametrize("way", list(WAYS))
def test_a_door_that_never_answers(qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    door = make(patience=SILENT)
    go, words = WAYS[way]
    with silence(door.door, "open", monkeypatch):
        go(door)
        qtbot.waitUntil(lambda: words in shown(door.window))
        assert way_on(door)


def fresh_seat(qtbot: QtBot, door: Door) -> None:
    lay(door, found("take_slot"))
    press(qtbot, door, Name.TAKE_SLOT)
    door.bridge.accept()
    door.bridge.answer(seated("visit"))
    door.bridge.accept()


@pytest.mark.parametrize("fault", OF_PRINTERS)
def test_a_printer_that_refuses_neither_hides_the_seat_nor_holds_the_door(
    qtbot: QtBot, make: Make, fault: DeviceFault
) -> None:
    door = make()
    door.printer.fail(fault)
    fresh_seat(qtbot, door)
    qtbot.waitUntil(lambda: "slip was not printed" in shown(door.window))
    qtbot.waitUntil(lambda: "please go in" in shown(door.window))
    assert door.window.seat_id == "B01"


def test_a_printer_that_never_answers_holds_neither_door_nor_locker(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = make(patience=SILENT)
    with silence(door.printer, "print", monkeypatch):
        fresh_seat(qtbot, door)
        qtbot.waitUntil(lambda: "please go in" in shown(door.window))
        qtbot.waitUntil(lambda: "slip was not printed" in shown(door.window))
        door.window.rest()
        lay(door, found("store_phone", locker="07"))
        qtbot.waitUntil(lambda: not door.locker.is_closed(7))


def test_an_answer_that_comes_too_late_reaches_nobody(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = make(patience=SILENT)
    with silence(door.door, "open", monkeypatch):
        inwards(door)
        qtbot.waitUntil(lambda: "Staff will open the door" in shown(door.window))
    qtbot.wait(60)
    assert "please go in" not in shown(door.window)


# --- models and the room


def test_a_liveness_model_that_fails_leaves_nobody_standing(qtbot: QtBot, make: Make, expects_log: Any) -> None:
    door = make()
    door.liveness.breaks(RuntimeError("the model is broken"))
    with expects_log("the face check failed", reason="a fault of the models is logged"):
        door.camera.show(picture(200))
        lay(door, with_portrait())
        qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert way_on(door)


AWAY = ("room_away", "连接不到机房服务器")


def leaving(door: Door) -> None:
    lay(door, found("leave", state="leaving"))
    door.window.leave.done.emit()


def pressing(door: Door) -> None:
    lay(door, found("take_slot"))
    door.window.take.taken.emit()


def entering(door: Door) -> None:
    lay(door, seated("visit"))


def calling(door: Door) -> None:
    lay(door, found("face"))
    door.window.doubt.called.emit()


@pytest.mark.parametrize("begin", [leaving, pressing, entering, calling])
def test_a_room_that_is_away_is_a_sentence_and_a_way_on(
    qtbot: QtBot, make: Make, begin: Callable[[Door], None]
) -> None:
    door = make()
    begin(door)
    door.bridge.line(False)
    door.bridge.refuse(*AWAY)
    assert "interrupted" in shown(door.window)
    assert "连接不到机房服务器" in shown(door.window)
    assert way_on(door)


def test_a_room_that_is_away_in_the_look_up(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("take_slot"))
    door.window.take.taken.emit()
    door.bridge.accept()
    door.bridge.fail(*AWAY)
    assert door.window.page_name == "away"
    assert way_on(door)


def test_pictures_that_do_not_get_through_do_not_hold_the_call(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(90))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    press(qtbot, door, Name.DOUBT_CALL)
    door.bridge.accept()
    assert door.bridge.last_question()[0] == "show_doubt"
    door.bridge.fail(*AWAY)
    assert door.bridge.last_question()[0] == "lookup"
    door.bridge.answer(found("wait_release"))
    assert door.window.page_name == "waiting"
