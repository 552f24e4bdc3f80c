"""A locked seat: on leave it looks for its member's face, in a pause it waits, at night it shows the root."""

from __future__ import annotations

import base64

import pytest
from evaluation_factory import CENTRE, WITNESS, member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from seat_ground import FACE, PORTRAIT

from app.evaluation import commands as c
from app.evaluation.matters.leave.records import AskLeave, ReturnFromLeave
from app.evaluation.matters.pause.records import (
    CallPresence,
    PauseEvaluation,
    ResumeEvaluation,
    SealNight,
    VerifyPresence,
)
from ui.seat.names import Name

REFERENCE = {"member": "p1", "kind": "portrait", "image": base64.b64encode(PORTRAIT).decode()}
HERE = VerifyPresence("0.66", "sface")


def known(seat, qtbot):
    """The face before the camera is this seat's; returns what was sent."""
    before = len(seat.bridge.link.sent)
    seat.camera.show(FACE)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: len(seat.bridge.link.sent) > before, timeout=5_000)
    return seat.bridge.link.sent[-1]


def nothing_of_the_work(seat):
    """Neither project nor bidder nor mark can be read."""
    shown = seat.shown_text()
    lot = seat.play.it.lots["1"].lot
    told = [seat.play.it.tender.name, *(bid.bidder for bid in lot.bids), *(factor.name for factor in lot.factors)]
    return [text for text in told if text in shown] == []


def test_on_leave_the_seat_is_locked_until_it_knows_the_face_again(seat, qtbot):
    seat.to_marks()
    seat.show()
    assert seat.window.page_name == "marks"
    seat.play.do(AskLeave("washroom", ""), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "return"
    assert nothing_of_the_work(seat)
    assert "away (washroom)" in seat.shown_text()
    assert not seat.find(Name.ACTS).isEnabled() or not seat.find(Name.ACTS).isVisible()
    seat.camera.show(FACE)  # who has just asked to leave still sits there
    qtbot.wait(30)
    assert seat.bridge.link.sent == []
    assert seat.window.focusWidget() is seat.find(Name.OPEN_BACK)
    QTest.keyClick(seat.find(Name.OPEN_BACK), Qt.Key.Key_Return)
    sent = known(seat, qtbot)
    assert (sent.kind, sent.data) == ("ReturnFromLeave", {"score": "0.9000", "engine": "sface"})
    seat.play.do(ReturnFromLeave(**sent.data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "marks"


@pytest.mark.parametrize("way", ["return", "presence"])
def test_in_doubt_two_people_open_it(seat, way):
    seat.to_marks()
    if way == "return":
        seat.play.do(AskLeave("washroom", ""), member(seat.alias))
    else:
        seat.play.do(PauseEvaluation("fault", "断电"), CENTRE)
        seat.play.do(CallPresence(), CENTRE)
    seat.show()
    if way == "return":
        seat.press(Name.OPEN_BACK)
    seat.bridge.answer(REFERENCE | {"image": None})
    seat.press(Name.OPEN_CALL)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data["what"], sent.data["member"]) == ("RequestRelease", way, seat.ref)
    seat.play.do(c.RequestRelease(**sent.data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "wait_release"
    seat.play.do(c.ApproveRelease(way, seat.ref, "核对证件"), CENTRE)
    seat.play.do(c.ApproveRelease(way, seat.ref, "一致"), WITNESS)
    seat.show()
    assert seat.window.page_name == ("marks" if way == "return" else "wait_pause")


def test_while_it_is_paused_the_seat_waits_and_then_asks_for_the_face(seat, qtbot):
    seat.to_marks()
    seat.play.do(PauseEvaluation("fault", "三号机柜断电"), CENTRE)
    seat.show()
    assert seat.window.page_name == "wait_pause"
    assert nothing_of_the_work(seat)
    assert "What you typed is kept" in seat.shown_text()
    seat.play.do(CallPresence(), CENTRE)
    seat.show()
    assert seat.window.page_name == "verify_presence"
    sent = known(seat, qtbot)
    assert sent.kind == "VerifyPresence"
    for alias in seat.play.it.committee:
        seat.play.do(HERE, member(alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "wait_pause"
    seat.play.do(ResumeEvaluation("来电", None, None), CENTRE)
    seat.show()
    assert seat.window.page_name == "marks"


def test_at_night_the_root_stands_at_the_seat(seat):
    seat.to_marks()
    root = seat.play.log.root().hex()
    size = seat.play.it.size
    seat.play.do(SealNight("隔夜继续", size, root), CENTRE)
    seat.show()
    shown = seat.shown_text()
    assert seat.window.page_name == "wait_pause"
    assert f"{size} entries" in shown
    assert " ".join(root[at : at + 8] for at in range(0, 64, 8)) in shown


def test_before_the_discipline_is_read_a_pause_does_not_say_why(seat):
    seat.sit("seated")
    seat.play.do(PauseEvaluation("fault", "甲设备有限公司的文件打不开"), CENTRE)
    seat.show()
    assert seat.window.page_name == "wait_pause"
    assert "甲设备有限公司" not in seat.shown_text()
