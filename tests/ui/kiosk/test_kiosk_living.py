"""A living face, the hour, the chip's photo, the door: what the kiosk shows, says aloud, sends, and never sends."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from kiosk_ground import (
    NUMBER,
    PORTRAIT,
    QUICK,
    Door,
    Make,
    found,
    lay,
    picture,
    press,
    seated,
    shown,
    with_portrait,
)
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ports.card import Card, DocumentKind
from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge, LivenessReason
from app.ports.voice import Prompt
from devices.ambient import ScriptedClock
from devices.face.scripted import MODEL, VERSION
from ui.kiosk.names import Name
from ui.kiosk.speech import PAGE_PROMPTS

CHIP = b"\xff\xd8\xff the photo of the chip"


def known(qtbot: QtBot, door: Door, answer: dict[str, Any] | None = None) -> None:
    """p1 stands before the camera with a document, until the kiosk has made up its mind."""
    door.camera.show(picture(200))
    lay(door, answer or with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name in {"doubt", "looking", "seat"})


def called(qtbot: QtBot, door: Door) -> str:
    """Staff are called; returns the reason for the journal."""
    press(qtbot, door, Name.DOUBT_CALL)
    return str(door.bridge.accept().data["reason"])


def offered(door: Door, name: Name) -> bool:
    button = door.window.findChild(QPushButton, name)
    return button is not None and button.isVisible()


def door_of(what: str) -> dict[str, Any]:
    """Someone with a seat, a reference and a door."""
    return seated(what) | {"image": base64.b64encode(PORTRAIT).decode()}


# --- alive


def test_each_challenge_is_shown_large_and_said_aloud(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.frames = 30
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "turn")
    assert "Turn your head to your left" in shown(door.window)
    qtbot.waitUntil(lambda: "Open your mouth" in shown(door.window))
    assert "Done: 1 of 2" in shown(door.window)
    qtbot.waitUntil(lambda: door.window.page_name == "looking")
    assert door.liveness.asked == [(Challenge.LEFT, Challenge.MOUTH)]
    order = [p for p in door.voice.said if p in {Prompt.LOOK_AT_CAMERA, Prompt.TURN_LEFT, Prompt.OPEN_MOUTH}]
    assert order == [Prompt.LOOK_AT_CAMERA, Prompt.TURN_LEFT, Prompt.OPEN_MOUTH]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (LivenessReason.TIMEOUT, "not seen in time"),
        (LivenessReason.NO_FACE, "not seen in time"),
        (LivenessReason.FLAT, "like a flat picture"),
        (LivenessReason.FACE_CHANGED, "not the same face"),
        (LivenessReason.MANY_FACES, "not the same face"),
        (LivenessReason.UNREADABLE, "cannot be checked"),
    ],
)
def test_whatever_does_not_pass_is_for_two_people_with_both_pictures(
    qtbot: QtBot, make: Make, reason: LivenessReason, said: str
) -> None:
    door = make()
    door.liveness.ends(reason)
    known(qtbot, door)
    assert door.window.page_name == "doubt"
    assert not door.bridge.link.sent, "nobody is checked in"
    told = called(qtbot, door)
    assert said in told
    assert f"sface 0.90, {reason.value}" in told
    assert door.bridge.last_question()[0] == "show_doubt"


def test_a_cue_never_decides_but_a_person_looks(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.ends(LivenessReason.PASSED, "moire", "replay")
    known(qtbot, door)
    assert door.window.page_name == "doubt"
    assert "passed moire replay" in called(qtbot, door)


def test_without_a_model_people_decide(qtbot: QtBot, make: Make) -> None:
    door = make(living=False)
    known(qtbot, door)
    assert (door.window.page_name, offered(door, Name.DOUBT_AGAIN)) == ("doubt", False)
    assert "cannot check" in shown(door.window)


def test_three_tries_and_then_people(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.ends(LivenessReason.TIMEOUT)
    known(qtbot, door)
    for _ in range(QUICK.tries - 1):
        press(qtbot, door, Name.DOUBT_AGAIN)
        qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert not offered(door, Name.DOUBT_AGAIN)
    door.window.rest()
    known(qtbot, door, with_portrait() | {"ticket": "t2"})
    assert offered(door, Name.DOUBT_AGAIN), "another person has tries of their own"


def test_who_never_does_what_is_asked_does_not_stand_there_for_ever(qtbot: QtBot, make: Make) -> None:
    from datetime import UTC, datetime

    clock = ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    door = make(clock=clock)
    door.liveness.frames = 10_000
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "turn")
    for _ in range(round(QUICK.alive_s / 2) + 1):  # in steps, so that the camera does not seem to stand still
        clock.advance(2)
        qtbot.wait(25)
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")


def test_the_camera_may_be_declined_and_then_nothing_of_the_face_is_sent(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.frames = 10_000
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "turn")
    press(qtbot, door, Name.TURN_CALL)
    assert "instead of the face" in called(qtbot, door)
    assert door.bridge.last_question()[0] == "lookup", "no picture goes to anybody"


def test_advice_is_given_while_it_helps(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.frames = 10_000
    door.liveness.advises(FaceAdvice.MASK)
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "turn")
    qtbot.waitUntil(lambda: "take off the mask" in door.window.turn.camera.accessibleDescription())


# --- references


def test_an_enrolled_template_comes_before_every_picture(qtbot: QtBot, make: Make) -> None:
    door = make()
    data = base64.b64encode(b"p1").decode()
    known(qtbot, door, found("face", template={"model": MODEL, "version": VERSION, "data": data}))
    assert door.bridge.accept().kind == "CheckIn"


def test_the_chips_photo_is_always_confirmed_by_people(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.matcher.knows(CHIP, "p1")
    door.camera.show(picture(200))
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER, chip_photo=CHIP))
    door.bridge.answer(found("face"))
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert not offered(door, Name.DOUBT_AGAIN)
    assert "to be confirmed (sface 0.90, passed)" in called(qtbot, door)
    method, shown_to_two = door.bridge.last_question()
    assert (method, shown_to_two[:2]) == ("show_doubt", ("t1", "admission"))
    assert base64.b64decode(shown_to_two[3]) == CHIP
    assert base64.b64decode(shown_to_two[2]).startswith(b"\xff\xd8\xff")


def test_another_chip_photo_is_unlike(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.matcher.knows(CHIP, "p2")
    door.camera.show(picture(200))
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER, chip_photo=CHIP))
    door.bridge.answer(found("face"))
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    assert "different" in called(qtbot, door)


def test_the_chips_photo_is_forgotten_with_the_visit(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.matcher.knows(CHIP, "p1")
    door.camera.show(picture(200))
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER, chip_photo=CHIP))
    door.window.rest()
    lay(door, found("face"))
    assert "no picture of you" in shown(door.window)


# --- the hour


def test_who_is_late_shows_the_face_first_and_people_decide(qtbot: QtBot, make: Make) -> None:
    door = make()
    known(qtbot, door, with_portrait() | {"state": "late"})
    assert door.window.page_name == "doubt"
    assert "past the time" in shown(door.window)
    assert called(qtbot, door) == "Late (sface 0.90, passed)"


def test_a_late_doubt_names_both(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.liveness.ends(LivenessReason.FLAT)
    known(qtbot, door, with_portrait() | {"state": "late"})
    assert called(qtbot, door).startswith("Late; Living face")


@pytest.mark.parametrize("state", ["early", "late", "expected"])
def test_before_the_draw_one_waits(make: Make, state: str) -> None:
    door = make()
    lay(door, found("ask_staff", state=state))
    assert "not been drawn yet" in shown(door.window)
    assert ("You are early" in shown(door.window)) == (state == "early")


# --- the door


def test_another_visit_opens_the_door_by_face(qtbot: QtBot, make: Make) -> None:
    door = make()
    known(qtbot, door, door_of("face"))
    qtbot.waitUntil(lambda: door.window.page_name == "seat")
    sent = door.bridge.link.sent[-1]
    assert (sent.kind, sent.data["score"], sent.data["liveness"]["reason"]) == ("EnterRoom", "0.9000", "passed")
    assert not door.door.openings, "in the journal first"
    door.bridge.accept()
    qtbot.waitUntil(lambda: len(door.door.openings) == 1)
    assert not door.printer.slips, "the slip was printed when the seat was drawn"


def test_a_doubt_at_the_door_asks_for_the_entry(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(90))
    lay(door, door_of("face"))
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    press(qtbot, door, Name.DOUBT_CALL)
    assert door.bridge.accept().data["what"] == "entry"


def test_when_the_time_is_over_two_people_open_the_door(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, seated("staff"))
    assert (door.window.page_name, door.window.seat_id) == ("doubt", "")
    assert "no longer opens" in called(qtbot, door)
    door.bridge.answer(found("wait_release", state="inside"))
    assert door.window.page_name == "waiting"
    door.bridge.tell(9, "DoorOpened")
    door.bridge.answer(seated("opened"))
    assert door.window.page_name == "seat"
    qtbot.waitUntil(lambda: len(door.door.openings) == 1)
    assert [sent.kind for sent in door.bridge.link.sent] == ["RequestRelease"], "the two have opened it in the journal"


def test_two_people_may_keep_the_door_shut(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, seated("staff"))
    called(qtbot, door)
    door.bridge.answer(found("wait_release", state="inside"))
    door.bridge.tell(9, "ReleaseRefused")
    door.bridge.answer(seated("staff"))
    assert door.window.page_name == "ask_staff"
    assert not door.door.openings


def test_the_door_of_another_room_stays_shut_and_the_way_is_said(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, seated("other"))
    assert "东厅" in shown(door.window)
    assert not offered(door, Name.SEAT_CALL), "two people do not open it either"
    assert not door.bridge.link.sent
    assert not door.door.openings


def test_who_is_inside_by_the_record_and_stands_outside_calls_people(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, seated("inside"))
    press(qtbot, door, Name.SEAT_CALL)
    assert (door.window.page_name, door.window.seat_id) == ("doubt", "")
    press(qtbot, door, Name.DOUBT_CALL)
    assert door.bridge.accept().data["what"] == "entry"


def test_a_refused_entry_is_the_rooms_sentence_with_a_way_to_staff(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, seated("visit"))
    door.bridge.refuse("entry_over", "刷脸开门时限已过")
    assert "刷脸开门时限已过" in shown(door.window)
    assert offered(door, Name.SEAT_CALL)
    assert not door.door.openings


# --- aloud


def test_the_number_is_never_said_and_every_sentence_is_of_the_list(qtbot: QtBot, make: Make) -> None:
    door = make()
    known(qtbot, door)
    for answer in (found("store_phone", locker="07"), found("take_slot"), seated("visit")):
        door.window.rest()
        lay(door, answer)
    assert Prompt.GO_TO_SEAT in door.voice.said
    assert set(door.voice.said) <= set(Prompt)
    assert set(PAGE_PROMPTS.values()) <= set(Prompt)
    door.window.close()
    assert door.voice.stopped
