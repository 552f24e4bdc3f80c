"""From the empty chair to a pledged member, by keyboard; a face that is known, one that is not, none at all."""

from __future__ import annotations

import base64
import threading

import pytest
from evaluation_factory import member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from seat_ground import FACE, PORTRAIT, STRANGER

from app.evaluation import commands as c
from app.ports.device import DeviceError, DeviceFault
from app.ports.face import FaceAdvice
from ui.seat.names import Name, part

REFERENCE = {"member": "p1", "kind": "portrait", "image": base64.b64encode(PORTRAIT).decode()}


def test_the_empty_chair_shows_its_number_and_no_more(seat):
    seat.show()
    assert seat.window.page_name == "waiting"
    shown = seat.shown_text()
    assert "A01" in shown
    assert "REHEARSAL" in shown
    assert seat.play.it.tender.name not in shown
    assert not seat.find(Name.HELP).isEnabled()


def test_a_known_face_opens_the_seat(seat, qtbot):
    seat.sit("drawn")
    with qtbot.waitSignal(seat.window.page_changed) as changed:
        seat.show()
    assert changed.args == ["open_seat"]
    assert seat.bridge.last_question()[0] == "seat_reference"
    seat.camera.show(FACE)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: bool(seat.bridge.link.sent), timeout=5_000)
    sent = seat.bridge.link.sent[0]
    assert (sent.kind, sent.stream) == ("OpenSeat", "evaluation/ev1")
    assert sent.data == {"score": "0.9000", "engine": "sface"}
    qtbot.wait(30)
    assert len(seat.bridge.link.sent) == 1


def test_another_face_never_opens_it_and_time_ends_the_wait(seat, qtbot):
    seat.sit("drawn")
    seat.camera.show(STRANGER)
    seat.matcher.advises(FaceAdvice.CLOSER)
    seat.show()
    seat.bridge.answer(REFERENCE)
    page = seat.window.page
    qtbot.waitUntil(lambda: "closer" in page.view.accessibleDescription(), timeout=5_000)
    seat.clock.advance(19)
    page.tick()
    assert "not recognised" not in seat.shown_text()
    seat.clock.advance(2)
    page.tick()
    assert "not recognised" in seat.shown_text()
    assert seat.window.focusWidget() is seat.find(Name.OPEN_CALL)
    QTest.keyClick(seat.find(Name.OPEN_CALL), Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    assert sent.kind == "RequestRelease"
    assert sent.data["what"] == "seat"
    assert sent.data["member"] == seat.ref
    assert sent.data["reason"].strip()
    seat.play.do(c.RequestRelease(**sent.data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "wait_release"


@pytest.mark.parametrize("reference", [None, "", "no base64!", base64.b64encode(b"no face").decode()])
def test_without_a_usable_portrait_two_people_open_it(seat, qtbot, reference):
    seat.sit("drawn")
    seat.camera.show(FACE)
    seat.show()
    seat.bridge.answer({"member": "p1", "kind": "portrait", "image": reference})
    qtbot.waitUntil(lambda: seat.find(Name.OPEN_AGAIN).isVisible() if _doubts(seat) else False, timeout=5_000)
    seat.press(Name.OPEN_CALL)
    assert seat.bridge.link.sent[-1].kind == "RequestRelease"


def _doubts(seat):
    return any(w.isVisible() for w in seat.window.findChildren(type(seat.window.page.again), Name.OPEN_AGAIN))


def test_one_may_try_once_more(seat, qtbot):
    seat.sit("drawn")
    seat.show()
    seat.bridge.answer({"member": "p1", "kind": "portrait", "image": None})
    seat.camera.show(FACE)
    seat.press(Name.OPEN_AGAIN)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: bool(seat.bridge.link.sent), timeout=5_000)
    assert seat.bridge.link.sent[-1].kind == "OpenSeat"


@pytest.mark.parametrize("fault", [DeviceFault.NOT_ENROLLED, DeviceFault.VIRTUAL])
def test_another_camera_than_the_enrolled_one_is_named_and_people_open_the_seat(seat, qtbot, fault):
    seat.sit("drawn")
    seat.show()
    seat.bridge.answer(REFERENCE)
    seat.camera.crash(DeviceError(fault, "usb-1"))
    qtbot.waitUntil(lambda: "not the one that is enrolled" in seat.shown_text(), timeout=5_000)
    assert "two people will open the seat" in seat.shown_text()


def test_a_camera_that_fails_is_told_and_does_not_lock_anyone_out(seat, qtbot):
    seat.sit("drawn")
    seat.show()
    seat.bridge.answer(REFERENCE)
    seat.camera.crash()
    qtbot.waitUntil(lambda: "gives no picture" in seat.shown_text(), timeout=5_000)
    assert seat.find(Name.OPEN_CALL).isEnabled()


def test_a_face_engine_that_fails_is_told(seat, qtbot, expects_log, monkeypatch):
    seat.sit("drawn")
    monkeypatch.setattr(seat.matcher, "enrol", lambda _picture: 1 / 0)
    seat.show()
    with expects_log("the face engine failed", reason="it is the subject"):
        seat.bridge.answer(REFERENCE)
        qtbot.waitUntil(lambda: "not possible" in seat.shown_text(), timeout=5_000)


def test_a_reference_that_could_not_be_had_is_asked_for_again(seat):
    seat.sit("drawn")
    seat.show()
    asked = len(seat.bridge.link.asked)
    seat.bridge.fail("room_away", "the room cannot be reached")
    assert "the room cannot be reached" in seat.shown_text()
    seat.bridge.line(False)
    seat.bridge.line(True)
    assert len(seat.bridge.link.asked) == asked + 1


def test_no_face_is_compared_once_the_seat_is_open(seat):
    seat.sit("drawn")
    seat.show()
    seat.bridge.answer(REFERENCE)
    seat.play.do(c.OpenSeat("0.7", "sface"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "read_discipline"
    assert not any(thread.name == "kawei-face" for thread in threading.enumerate())


def test_the_discipline_is_read_to_its_end_by_keyboard(seat):
    seat.sit("seated")
    seat.show()
    text = seat.find(Name.DISCIPLINE_TEXT)
    assert seat.window.focusWidget() is text
    done = seat.find(Name.DISCIPLINE_DONE)
    assert not done.isEnabled()
    seat.clock.advance(75)
    for _ in range(20):
        QTest.keyClick(text, Qt.Key.Key_Space)
    assert done.isEnabled()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Return)
    assert seat.bridge.link.sent[-1].kind == "ReadDiscipline"
    assert seat.bridge.link.sent[-1].data == {"read_s": 75}


def test_statements_walk_by_enter_and_the_pledge_is_signed(seat):
    seat.sit("briefed")
    seat.show()
    sign = seat.find(Name.PLEDGE_SIGN)
    bidders = seat.view()["evaluations"][0]["bidders"]
    assert not sign.isEnabled()
    for number in range(len(bidders)):
        row = seat.window.focusWidget()
        assert row is seat.find(part(Name.PLEDGE_NONE, number))
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert seat.window.focusWidget() is sign
    QTest.keyClick(sign, Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    assert sent.kind == "GivePledge"
    assert sent.data["no_interest"] == bidders
    seat.play.do(c.GivePledge(sent.data["pledge_hash"], tuple(sent.data["no_interest"])), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wait_committee"


def test_an_interest_turns_to_withdrawing_and_asks_for_a_reason(seat):
    seat.sit("briefed")
    seat.show()
    seat.press(part(Name.PLEDGE_INTEREST, 1))
    assert not any(b.isVisible() for b in seat.window.findChildren(type(seat.find(Name.HELP)), Name.PLEDGE_SIGN))
    seat.press(Name.PLEDGE_RECUSE)
    assert not seat.bridge.link.sent
    assert "Write in one sentence" in seat.shown_text()
    QTest.keyClicks(seat.find(Name.PLEDGE_REASON), "worked there until 2025")
    QTest.keyClick(seat.find(Name.PLEDGE_REASON), Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    bidder = seat.view()["evaluations"][0]["bidders"][1]
    assert (sent.kind, sent.data) == ("Recuse", {"bidder": bidder, "reason": "worked there until 2025"})


def test_a_slip_of_the_finger_is_taken_back(seat):
    seat.sit("briefed")
    seat.show()
    seat.press(part(Name.PLEDGE_INTEREST, 0))
    seat.press(part(Name.PLEDGE_NONE, 0))
    assert not seat.find(Name.PLEDGE_SIGN).isEnabled()
    assert "2 statements" in seat.shown_text()


def test_a_refused_pledge_can_be_signed_again(seat):
    seat.sit("briefed")
    seat.show()
    for number in range(3):
        seat.press(part(Name.PLEDGE_NONE, number))
    seat.press(Name.PLEDGE_SIGN)
    assert not seat.find(Name.PLEDGE_SIGN).isEnabled()
    seat.bridge.refuse("wrong_hash", "import it again")
    assert "import it again" in seat.shown_text()
    assert seat.find(Name.PLEDGE_SIGN).isEnabled()


def test_a_withdrawn_member_wipes_the_seat_without_a_project(seat):
    seat.sit("briefed")
    seat.play.do(c.Recuse(seat.view()["evaluations"][0]["bidders"][0], "a reason"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wipe_seat"
    assert "withdrawn" in seat.shown_text()
    assert seat.play.it.tender.name not in seat.shown_text()
    seat.press(Name.WIPE)
    assert seat.bridge.link.wipes == 1
    assert seat.bridge.link.sent[-1].kind == "WipeSeat"
