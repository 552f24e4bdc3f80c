"""What the kiosk knows without a window: look-up answers, slip codes, boxes, the tally of comparisons."""

from __future__ import annotations

import base64

import pytest

from app.drawing import slip_code
from app.ports.face import FaceDecision, FaceVerdict
from ui.kiosk.face_tally import Doubt, FaceRule, FaceTally
from ui.kiosk.gate import Boxes
from ui.kiosk.names import PageName
from ui.kiosk.visit import digest_of, qr_content, read_visit
from ui.kiosk.words import staff_words

ANSWER = {
    "ticket": "t1",
    "state": "expected",
    "stage": "expected",
    "greeting": "李**",
    "image": None,
    "seat": None,
    "locker": None,
    "next": "face",
}


@pytest.mark.parametrize(
    ("next_", "page"),
    [
        ("face", PageName.FACE),
        ("wait_release", PageName.WAITING),
        ("store_phone", PageName.STORE_PHONE),
        ("take_slot", PageName.TAKE_SLOT),
        ("go_to_seat", PageName.SEAT),
        ("take_phone", PageName.TAKE_PHONE),
        ("leave", PageName.LEAVE),
        ("ask_staff", PageName.ASK_STAFF),
        ("something_new", PageName.ASK_STAFF),
    ],
)
def test_the_room_says_what_comes_next(next_: str, page: PageName) -> None:
    assert read_visit(ANSWER | {"next": next_}).page is page


def test_the_portrait_outlives_the_second_answer() -> None:
    first = read_visit(ANSWER | {"image": base64.b64encode(b"picture").decode()})
    again = first.again(read_visit(ANSWER | {"next": "wait_release"}))
    assert (again.portrait, again.next) == (b"picture", "wait_release")


@pytest.mark.parametrize(
    "broken",
    [{}, ANSWER | {"image": "not base64!"}, ANSWER | {"seat": {"id": "A1"}}, {**ANSWER, "seat": "A1"}],
)
def test_an_answer_that_is_none_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no look-up"):
        read_visit(broken)


def test_a_slip_code_stands_for_80_bits_of_the_hash() -> None:
    digest = bytes(range(7, 39))
    assert digest_of(slip_code(digest)) == digest[:10].hex()
    assert qr_content(slip_code(digest)) == "kawei:draw:" + slip_code(digest).replace("-", "")
    assert digest_of("8F3A-21C7") == "8f3a21c7"
    assert qr_content("") == ""


def test_boxes_follow_the_room_and_leave_out_what_is_set_aside() -> None:
    boxes = Boxes((1, 2, 3))
    assert boxes.offer("02") == "02"
    assert boxes.offer(None) == "01"
    boxes.set_aside("02")
    boxes.set_aside("01")
    assert boxes.offer("02") == "03"
    boxes.set_aside("03")
    assert boxes.offer(None) is None
    assert boxes.number("03") == 3
    with pytest.raises(ValueError, match="no box 9"):
        boxes.number("9")


def decided(verdict: FaceVerdict) -> FaceDecision:
    return FaceDecision(verdict, 0.6 if verdict is FaceVerdict.SAME else 0.2)


def test_three_in_a_row_know_a_person() -> None:
    tally = FaceTally(FaceRule(needed=3))
    for verdict in (FaceVerdict.SAME, FaceVerdict.SAME, FaceVerdict.NO_FACE, FaceVerdict.SAME, FaceVerdict.SAME):
        tally = tally.with_(decided(verdict))
        assert not tally.known
    assert tally.with_(decided(FaceVerdict.SAME)).known


@pytest.mark.parametrize(
    ("verdict", "doubt"),
    [
        (FaceVerdict.DIFFERENT, Doubt.UNLIKE),
        (FaceVerdict.GREY, Doubt.UNSURE),
    ],
)
def test_patience_ends_in_people(verdict: FaceVerdict, doubt: Doubt) -> None:
    tally = FaceTally(FaceRule(patience=2, limit_s=10)).with_(decided(verdict))
    assert tally.doubt(1) is None
    assert tally.with_(decided(verdict)).doubt(1) is doubt
    assert tally.doubt(10) is Doubt.TIMEOUT


def test_everyone_whom_the_kiosk_cannot_help_is_told_where_to_go() -> None:
    told = {state: staff_words(state) for state in ("unknown", "not_today", "inside", "leaving", "recused", "left")}
    assert len({headline for headline, _ in told.values()}) == len(told)
    assert all(way for _, way in told.values())
    assert staff_words("never heard of")[0]
