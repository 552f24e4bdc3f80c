"""Neither card nor number: one clear look, and nothing on the screen before two people have decided."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from kiosk_ground import QUICK, Door, Make, Name, found, picture, press, room_view, shown
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ports.face import FaceAdvice
from devices.ambient import ScriptedClock

TICKET = {"ticket": "s1"}


def sought(next_: str = "wait_release") -> dict[str, object]:
    return found(next_, ticket="s1", state="sought", greeting=None)


def begin(qtbot: QtBot, door: Door) -> None:
    """The room seeks people, and somebody asks for it."""
    door.bridge.show(room_view(search=True))
    press(qtbot, door, Name.NO_CARD)


def asked(qtbot: QtBot, door: Door) -> tuple[object, ...]:
    """The face was seen and the room was asked."""
    qtbot.waitUntil(lambda: door.window.page_name == "looking")
    method, told = door.bridge.last_question()
    assert method == "search_expected"
    return told


def test_it_is_offered_only_where_the_room_seeks_people(make: Make) -> None:
    door = make()
    button = door.window.findChild(QPushButton, Name.NO_CARD)
    assert button is not None
    for offered in (False, True, False):
        door.bridge.show(room_view(search=offered))
        assert button.isVisible() is offered


def test_what_is_shown_is_the_same_whether_anyone_was_found_until_two_have_admitted(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(200))
    begin(qtbot, door)
    live, reason, late = asked(qtbot, door)
    assert base64.b64decode(str(live)).startswith(b"\xff\xd8\xff")
    assert (reason, late) == ("No readable document: sought by face among those expected", "Late")
    door.bridge.answer(TICKET)
    assert door.window.page_name == "waiting"
    words = shown(door.window)
    assert "Please wait here" in words
    assert "Staff are coming" not in words, "nobody may be coming: it was not said that anyone was found"
    door.bridge.tell(9, "ReleaseApproved", at=str(room_view()["at"]))
    door.bridge.answer(sought())
    assert shown(door.window) == words

    door.bridge.tell(10, "MemberCheckedIn")
    door.bridge.answer(found("store_phone", ticket="s1", locker="01"))
    assert door.window.page_name == "store_phone"
    assert "01" in shown(door.window)


def test_who_is_not_admitted_is_sent_to_the_desk(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(200))
    begin(qtbot, door)
    asked(qtbot, door)
    door.bridge.answer(TICKET)
    door.bridge.tell(9, "PhoneStored")
    door.bridge.answer(sought("ask_staff"))
    assert door.window.page_name == "ask_staff"
    assert "could not confirm who you are" in shown(door.window)
    press(qtbot, door, Name.BACK)
    assert door.window.page_name == "idle"


def test_a_room_that_will_not_seek_any_more_says_so(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(200))
    begin(qtbot, door)
    asked(qtbot, door)
    door.bridge.fail("too_many_attempts", "尝试次数过多，请一分钟后再试")
    assert door.window.page_name == "ask_staff"
    assert "尝试次数过多" in shown(door.window)


@pytest.mark.parametrize("why", ["no camera", "no clear face", "own wish"])
def test_without_a_clear_look_nobody_is_sought(qtbot: QtBot, make: Make, why: str) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    door = make(clock=clock)
    door.camera.show(picture(200))
    door.matcher.advises(FaceAdvice.CLOSER)
    if why == "no camera":
        door.camera.crash()
        qtbot.waitUntil(lambda: door.camera.status.state.value == "failed")
    begin(qtbot, door)
    if why == "no clear face":
        assert door.window.page_name == "face"
        clock.advance(QUICK.limit_s + 1)
    if why == "own wish":
        press(qtbot, door, Name.FACE_CALL)
    qtbot.waitUntil(lambda: door.window.page_name == "ask_staff")
    assert not door.bridge.link.asked
    assert "staff desk" in shown(door.window)
