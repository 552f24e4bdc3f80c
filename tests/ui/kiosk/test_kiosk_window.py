"""The kiosk by keys: in and out, every way that is not the plain one, and what may never be seen there."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from kiosk_ground import (
    CODE,
    NUMBER,
    PORTRAIT,
    QUICK,
    Door,
    Make,
    found,
    lay,
    picture,
    press,
    room_view,
    seated,
    shown,
    with_portrait,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ports.card import Card, CardFault, DocumentKind
from app.ports.device import DeviceFault
from devices.ambient import ScriptedClock
from devices.card.keyboard import KeyboardWedgeReader
from ui.kiosk.names import Name
from ui.kiosk.patience import Patience
from ui.kiosk.stopwatch import Served
from ui.theme import Colour


def bridge_question(door: Door) -> tuple[Any, ...]:
    """What the last question shows to the two who decide."""
    method, arguments = door.bridge.last_question()
    assert method == "show_doubt"
    return arguments


def test_the_whole_way_in(qtbot: QtBot, make: Make) -> None:
    door = make()
    window, bridge = door.window, door.bridge
    done: list[Served] = []
    window.served.connect(done.append)
    assert window.page_name == "idle"
    line = window.findChild(QLineEdit, Name.NUMBER)
    assert line is not None
    qtbot.keyClicks(line, NUMBER)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    asked = bridge.last_question()
    assert (asked[0], asked[1][0]) == ("lookup", {"document": NUMBER})
    assert line.text() == ""
    door.camera.show(picture(200))
    bridge.answer(with_portrait())
    assert window.page_name == "face"

    qtbot.waitUntil(lambda: bool(bridge.link.sent))
    checked = bridge.accept()
    assert (checked.stream, checked.kind) == ("kiosk", "CheckIn")
    alive = {"reason": "passed", "challenges": ["left", "mouth"], "figures": {"scripted": "1.0000"}, "cues": []}
    assert checked.data == {"ticket": "t1", "score": "0.9000", "engine": "sface", "liveness": alive}
    assert bridge.last_question()[1][0] == {"ticket": "t1"}
    bridge.answer(found("store_phone", locker="07"))

    assert window.page_name == "store_phone"
    qtbot.waitUntil(lambda: not door.locker.is_closed(7))
    door.locker.close(7)
    press(qtbot, door, Name.PHONE_STORED)
    qtbot.waitUntil(lambda: bridge.link.sent[-1].kind == "StorePhone")
    assert bridge.accept().data == {"ticket": "t1", "locker": "07"}
    bridge.answer(found("take_slot", locker="07"))

    assert window.page_name == "take_slot"
    press(qtbot, door, Name.TAKE_SLOT)
    assert bridge.accept().data == {"ticket": "t1"}
    bridge.answer(seated("visit"))
    assert (window.page_name, window.seat_id) == ("seat", "B01")
    assert bridge.accept().kind == "EnterRoom", "the door opens in the journal first"
    qtbot.waitUntil(lambda: len(door.door.openings) == 1)
    qtbot.waitUntil(lambda: "please go in" in shown(window))
    assert [served.acts for served in done] == [("card", "look", "turn", "locker", "key")]
    assert 0 < done[0].machine_s < done[0].whole_s
    assert "进门直走" in shown(window)
    assert CODE in shown(window)
    qtbot.waitUntil(lambda: len(door.printer.slips) == 1)
    slip = door.printer.slips[0]
    assert (slip.seat, len(slip.digest)) == ("B01", 20)
    assert slip.code == "kawei:draw:" + CODE.replace("-", "")

    press(qtbot, door, Name.SEAT_SEEN)
    assert (window.page_name, window.seat_id) == ("idle", "")
    assert "B01" not in shown(window)


def test_the_seat_fills_the_screen(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.window.resize(1920, 1080)
    lay(door, seated())
    image = door.window.grab().toImage()
    amber = QColor(Colour.BADGE.value).rgb()
    rows = [y for y in range(image.height()) if any(image.pixel(x, y) == amber for x in range(0, image.width(), 8))]
    assert rows[-1] - rows[0] > 0.3 * image.height()


def test_a_seat_that_was_taken_before_is_shown_without_a_new_slip(make: Make) -> None:
    door = make()
    lay(door, seated())
    assert (door.window.page_name, door.window.seat_id) == ("seat", "B01")
    assert not door.printer.slips


def test_a_number_that_cannot_be_right_is_said_in_place(qtbot: QtBot, make: Make) -> None:
    door = make()
    line = door.window.findChild(QLineEdit, Name.NUMBER)
    assert line is not None
    door.reader.lay_unreadable(CardFault.CHECK_FAILED)
    assert "check every digit" in shown(door.window)
    qtbot.keyClicks(line, NUMBER[:-1] + "0")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "check every digit" in shown(door.window)
    assert not door.bridge.link.asked
    assert door.window.page_name == "idle"


def test_another_face_leads_to_two_people(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(90))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    press(qtbot, door, Name.DOUBT_CALL)
    asked = door.bridge.accept()
    assert asked.kind == "RequestRelease"
    assert asked.data == {"ticket": "t1", "what": "admission", "reason": "Face comparison: different (sface 0.10)"}
    shown_to_two = bridge_question(door)
    assert shown_to_two[:2] == ("t1", "admission")
    assert base64.b64decode(shown_to_two[2]).startswith(b"\xff\xd8\xff")
    door.bridge.answer({})
    door.bridge.answer(found("wait_release"))
    assert door.window.page_name == "waiting"

    before = len(door.bridge.link.asked)
    door.bridge.tell(9, "ReleaseApproved")
    assert len(door.bridge.link.asked) == before + 1, "news are a reason to look again at once"
    door.bridge.answer(found("wait_release"))
    assert door.window.page_name == "waiting"
    door.bridge.tell(10, "MemberCheckedIn")
    door.bridge.answer(found("store_phone", locker="01"))
    assert door.window.page_name == "store_phone"


def test_the_way_in_without_the_face_is_always_there(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, with_portrait())
    assert door.window.page_name == "face"
    door.window.activateWindow()
    qtbot.waitUntil(door.window.isActiveWindow)
    qtbot.keyClick(door.window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    press(qtbot, door, Name.DOUBT_AGAIN)
    assert door.window.page_name == "face"
    press(qtbot, door, Name.FACE_CALL)
    press(qtbot, door, Name.DOUBT_CALL)
    assert "instead of the face" in door.bridge.link.sent[-1].data["reason"]


@pytest.mark.parametrize("why", ["no portrait", "no camera", "unusable portrait"])
def test_where_nothing_can_be_compared_people_are_called(qtbot: QtBot, make: Make, why: str) -> None:
    door = make()
    if why == "no camera":
        door.camera.crash()
        qtbot.waitUntil(lambda: door.camera.status.state.value == "failed")
    if why == "unusable portrait":
        door.matcher.knows(PORTRAIT)
    lay(door, found("face") if why == "no portrait" else with_portrait())
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")
    again = door.window.findChild(QPushButton, Name.DOUBT_AGAIN)
    assert again is not None
    assert not again.isVisible()


def test_without_a_face_the_time_runs_out(qtbot: QtBot, make: Make) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    door = make(clock=clock)
    lay(door, with_portrait())
    clock.advance(QUICK.limit_s + 1)
    qtbot.waitUntil(lambda: door.window.page_name == "doubt")


def test_a_call_that_waits_already_is_as_good(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("face"))
    press(qtbot, door, Name.DOUBT_CALL)
    door.bridge.refuse("already_requested", "已经呼叫")
    door.bridge.answer(found("wait_release"))
    assert door.window.page_name == "waiting"


def test_a_call_that_fails_is_said_in_place(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("face"))
    press(qtbot, door, Name.DOUBT_CALL)
    door.bridge.refuse("unknown_member", "名单中没有此人")
    assert door.window.page_name == "doubt"
    assert "名单中没有此人" in shown(door.window)


def test_staff_may_say_no(make: Make) -> None:
    door = make()
    lay(door, found("wait_release"))
    door.bridge.tell(9, "ReleaseRefused")
    door.bridge.answer(found("face"))
    assert door.window.page_name == "ask_staff"
    assert "could not confirm" in shown(door.window)


def test_waiting_outlasts_a_room_that_is_away(qtbot: QtBot, make: Make) -> None:
    door = make(patience=Patience(ask_s=0.01))
    lay(door, found("wait_release"))
    qtbot.waitUntil(lambda: len(door.bridge.link.asked) == 2)
    door.bridge.fail("room_away", "连接不到机房服务器")
    qtbot.waitUntil(lambda: len(door.bridge.link.asked) == 3)
    assert door.window.page_name == "waiting"
    door.bridge.fail("no_ticket", "请重新出示证件")
    assert door.window.page_name == "away"


def test_a_box_that_does_not_open_is_replaced(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.locker.fail(DeviceFault.UNREACHABLE)
    lay(door, found("store_phone", locker="07"))
    qtbot.waitUntil(lambda: "did not open" in shown(door.window))
    stored = door.window.findChild(QPushButton, Name.PHONE_STORED)
    assert stored is not None
    assert not stored.isEnabled(), "nobody stores a phone in a box that never opened"
    door.locker.fail(None)
    press(qtbot, door, Name.PHONE_OTHER)
    qtbot.waitUntil(lambda: not door.locker.is_closed(1))
    assert "01" in shown(door.window)


def test_a_box_that_is_somebodys_is_replaced(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("store_phone", locker="07"))
    qtbot.waitUntil(lambda: not door.locker.is_closed(7))
    door.locker.close(7)
    press(qtbot, door, Name.PHONE_STORED)
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
    door.locker.close(7)
    door.bridge.refuse("locker_in_use", "该储物柜已被占用")
    assert door.window.page_name == "store_phone"
    qtbot.waitUntil(lambda: not door.locker.is_closed(1))


def test_an_open_box_is_asked_to_be_closed_but_a_broken_sensor_stops_nobody(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("store_phone", locker="07"))
    qtbot.waitUntil(lambda: not door.locker.is_closed(7))
    press(qtbot, door, Name.PHONE_STORED)
    qtbot.waitUntil(lambda: "seems to be open" in shown(door.window))
    assert not door.bridge.link.sent
    press(qtbot, door, Name.PHONE_STORED)
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))


def test_no_box_left(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.locker.fail(DeviceFault.UNREACHABLE)
    lay(door, found("store_phone"))
    for _ in door.locker.boxes:
        if door.window.page_name == "store_phone":
            qtbot.waitUntil(lambda: "did not open" in shown(door.window))
            press(qtbot, door, Name.PHONE_OTHER)
    assert door.window.page_name == "ask_staff"


def test_a_refused_slot_is_said_and_may_be_tried_again(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("take_slot"))
    press(qtbot, door, Name.TAKE_SLOT)
    button = door.window.findChild(QPushButton, Name.TAKE_SLOT)
    assert button is not None
    assert not button.isEnabled(), "a second press takes nothing"
    door.bridge.refuse("not_drawn_yet", "席位尚未抽取，请稍候")
    assert "席位尚未抽取" in shown(door.window)
    press(qtbot, door, Name.TAKE_SLOT)
    assert len(door.bridge.link.sent) == 2


def test_a_slip_without_paper_is_said(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.printer.fail(DeviceFault.NO_PAPER)
    lay(door, found("take_slot"))
    press(qtbot, door, Name.TAKE_SLOT)
    door.bridge.accept()
    door.bridge.answer(seated())
    qtbot.waitUntil(lambda: "not printed" in shown(door.window))


def test_the_way_out(qtbot: QtBot, make: Make) -> None:
    door = make(patience=Patience(last_words_s=0.05))
    lay(door, found("take_phone", state="leaving", locker="07"))
    assert door.window.page_name == "take_phone"
    qtbot.waitUntil(lambda: not door.locker.is_closed(7))
    door.locker.close(7)
    press(qtbot, door, Name.PHONE_TAKEN)
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
    returned = door.bridge.accept()
    assert (returned.kind, returned.data["locker"]) == ("ReturnPhone", "07")
    door.bridge.answer(found("leave", state="leaving"))
    press(qtbot, door, Name.LEAVE)
    assert not door.door.openings, "the door opens when the room has it in the journal, not before"
    assert door.bridge.accept().kind == "LeaveRoom"
    with qtbot.waitSignal(door.window.page_changed, check_params_cb=lambda page: page == "goodbye"):
        pass
    assert len(door.door.openings) == 1
    qtbot.waitUntil(lambda: door.window.page_name == "idle")


def test_a_door_that_does_not_answer(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.door.fail(DeviceFault.UNREACHABLE)
    lay(door, found("leave", state="leaving"))
    press(qtbot, door, Name.LEAVE)
    door.bridge.accept()
    qtbot.waitUntil(lambda: door.window.page_name == "goodbye")
    assert "staff will open it" in shown(door.window)


@pytest.mark.parametrize("state", ["unknown", "not_today", "left", "expected"])
def test_whom_the_kiosk_cannot_help(qtbot: QtBot, make: Make, state: str) -> None:
    door = make()
    lay(door, found("ask_staff", state=state, ticket=None if state == "unknown" else "t1"))
    assert door.window.page_name == "ask_staff"
    press(qtbot, door, Name.BACK)
    assert door.window.page_name == "idle"


def test_a_refused_check_in_is_the_rooms_sentence(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.camera.show(picture(200))
    lay(door, with_portrait())
    qtbot.waitUntil(lambda: bool(door.bridge.link.sent))
    door.bridge.refuse("not_drawn_yet", "席位尚未抽取，请稍候")
    assert door.window.page_name == "ask_staff"
    assert "席位尚未抽取" in shown(door.window)


def test_an_answer_for_the_person_before_reaches_nobody(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER))
    question = door.bridge.link.asked[-1]
    assert door.window.page_name == "looking"
    door.window.rest()
    door.bridge.answer(seated())
    assert question.kind == "lookup"
    assert (door.window.page_name, door.window.seat_id) == ("idle", "")


def test_escape_begins_anew_and_cards_are_not_taken_in_the_middle(qtbot: QtBot, make: Make) -> None:
    door = make()
    lay(door, found("take_slot"))
    asked = len(door.bridge.link.asked)
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, "990001197805260027"))
    assert (door.window.page_name, len(door.bridge.link.asked)) == ("take_slot", asked)
    qtbot.keyClick(door.window, Qt.Key.Key_Escape)
    assert door.window.page_name == "idle"


def test_the_next_card_ends_the_last_ones_seat(make: Make) -> None:
    door = make()
    lay(door, seated())
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, "990001197805260027"))
    assert (door.window.page_name, door.window.seat_id) == ("looking", "")


def test_the_screen_goes_back_by_itself(qtbot: QtBot, make: Make) -> None:
    door = make(patience=Patience(seat_s=0.05))
    lay(door, seated())
    qtbot.waitUntil(lambda: door.window.page_name == "idle")
    assert "B01" not in shown(door.window)


def test_a_room_that_is_away(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.bridge.line(False)
    assert "interrupted" in shown(door.window)
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER))
    door.bridge.fail("room_away", "连接不到机房服务器")
    assert door.window.page_name == "away"
    assert "连接不到机房服务器" in shown(door.window)
    door.bridge.line(True)
    assert "interrupted" not in shown(door.window)


def test_an_answer_that_makes_no_sense(make: Make) -> None:
    door = make()
    lay(door, {"ticket": "t1"})
    assert door.window.page_name == "ask_staff"


def test_a_reader_that_types_presses_no_button(qtbot: QtBot, make: Make) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    door = make(clock=clock, reader=KeyboardWedgeReader(monotonic=clock.monotonic))
    line = door.window.findChild(QLineEdit, Name.NUMBER)
    assert line is not None
    qtbot.keyClicks(line, NUMBER)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    door.bridge.answer(found("take_slot"))
    button = door.window.findChild(QPushButton, Name.TAKE_SLOT)
    assert button is not None
    clock.advance(1)
    qtbot.keyClicks(button, "990001197805260027")
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert not door.bridge.link.sent, "the reader's Return is not the person's"
    clock.advance(1)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert [sent.kind for sent in door.bridge.link.sent] == ["TakeSlot"]


def test_no_project_no_bidder_no_other_person(make: Make) -> None:
    """Whatever a broken room might send, the kiosk shows none of it."""
    secrets = {"project": "机密采购项目", "bidder": "秘密投标有限公司", "member": "王大明", "alias": "M3"}
    door = make()
    planted = room_view() | {"evaluations": [{"project": {"name": secrets["project"]}, **secrets}], **secrets}
    planted["room"] |= {"seats": [{"id": "A09", "alias": secrets["alias"], **secrets}], **secrets}
    door.bridge.show(planted)
    door.bridge.tell(3, "MemberCheckedIn", data=secrets, actor={"role": "kiosk", **secrets})
    answers = [
        found("store_phone", locker="01"),
        found("take_slot"),
        seated(),
        found("take_phone", locker="02"),
        found("leave"),
        found("ask_staff", state="left"),
        with_portrait(),
    ]
    for answer in answers:
        lay(door, answer | secrets)
        told = shown(door.window) + json.dumps(door.window.windowTitle())
        assert door.window.page_name != "idle"
        assert not [secret for secret in secrets.values() if secret in told]
        door.window.rest()
