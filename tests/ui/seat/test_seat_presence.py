"""The seat and its member: the camera runs, what it notices is said, what lasts locks, the face opens again."""

from __future__ import annotations

import base64
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation_factory import CENTRE, WITNESS, member
from seat_ground import FACE, NOBODY, PORTRAIT, STRANGER, Seat

from app.evaluation import commands as c
from app.evaluation.matters.leave.records import AskLeave
from app.evaluation.matters.presence.records import LockKind, LockSeat, UnlockSeat
from app.ports.camera import Frame
from app.ports.device import DeviceState
from devices.face.presence import SFacePresence
from devices.face.scripted_presence import ScriptedPresence
from devices.pictures import read_picture
from ui.seat.names import Name

FACES = Path(__file__).parents[2] / "data" / "faces"
REFERENCE = {"member": "p1", "kind": "portrait", "image": base64.b64encode(PORTRAIT).decode()}
SAID = {
    LockKind.ABSENT: "does not see you",
    LockKind.SECOND_FACE: "Someone else",
    LockKind.OTHER_FACE: "does not recognise you",
    LockKind.COVERED: "covered",
    LockKind.CAMERA_LOST: "gives no picture",
}


@pytest.fixture
def presence() -> ScriptedPresence:
    return ScriptedPresence()


@pytest.fixture
def seat(make_seat: Any, presence: ScriptedPresence) -> Seat:
    made: Seat = make_seat(presence=presence)
    return made


def let_pass(seat: Seat, seconds: float) -> None:
    """Time passes, and the window's second comes."""
    seat.clock.advance(seconds)
    seat.window._second.timeout.emit()


def open_by_face(seat: Seat, qtbot: Any) -> None:
    """The member draws the seat, and the seat knows the face."""
    seat.sit("drawn")
    seat.show()
    seat.camera.show(FACE)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: bool(seat.bridge.link.sent), timeout=5_000)
    seat.play.do(c.OpenSeat("0.7", "sface"), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "read_discipline"


def open_by_two(seat: Seat) -> None:
    """Two people open it."""
    seat.sit("drawn")
    seat.show()
    seat.play.do(c.RequestRelease("seat", seat.ref, "不同意人脸比对"), member(seat.alias))
    seat.show()
    seat.play.do(c.ApproveRelease("seat", seat.ref, "核对证件"), CENTRE)
    seat.play.do(c.ApproveRelease("seat", seat.ref, "一致"), WITNESS)
    seat.show()


def noticed(seat: Seat, qtbot: Any, kind: LockKind) -> None:
    """The watch notices it, and the person reads it."""
    qtbot.waitUntil(lambda: SAID[kind] in seat.shown_text(), timeout=5_000)


def locked(seat: Seat, kind: LockKind, late: float = 0) -> None:
    """Sixty seconds later the seat has locked itself and has told the room; `late`: what a real watch took."""
    let_pass(seat, 61)
    assert seat.window.page_name == "unlock"
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data["kind"]) == ("LockSeat", kind.value)
    assert 60 <= sent.data["seconds"] <= 62 + late


def test_the_camera_runs_from_the_first_sitting_to_the_wiping(seat: Seat, qtbot: Any) -> None:
    seat.show()
    assert seat.camera.status.state is DeviceState.STOPPED
    assert not seat.window.findChild(object, Name.OWN_PICTURE).isVisible()
    open_by_face(seat, qtbot)
    own: Any = seat.find(Name.OWN_PICTURE)
    qtbot.waitUntil(lambda: own.is_on, timeout=5_000)
    assert own.accessibleName() == "Camera on"
    seat.play.do(c.ReadDiscipline(60), member(seat.alias))
    seat.show()
    assert seat.camera.status.state is DeviceState.RUNNING
    seat.play.do(c.Recuse(seat.play.it.lots["1"].lot.bids[0].bidder, "亲属"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wipe_seat"
    assert seat.camera.status.state is DeviceState.RUNNING
    seat.play.do(c.WipeSeat(seat.view()["seat"]), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "goodbye"
    assert seat.camera.status.state is DeviceState.STOPPED


@pytest.mark.parametrize("kind", list(SAID), ids=lambda kind: kind.value)
def test_what_is_noticed_is_said_and_what_lasts_locks(
    seat: Seat, qtbot: Any, presence: ScriptedPresence, kind: LockKind
) -> None:
    open_by_face(seat, qtbot)
    let_pass(seat, 10)
    presence.sees(kind)
    noticed(seat, qtbot, kind)
    assert "In 60 s the seat locks." in seat.shown_text()
    let_pass(seat, 45)
    assert "In 15 s the seat locks." in seat.shown_text()
    assert seat.window.page_name == "read_discipline"
    let_pass(seat, 15)
    assert seat.window.page_name == "unlock"
    assert seat.bridge.link.sent[-1].data == {"kind": kind.value, "seconds": 60}
    assert "This seat is locked" in seat.shown_text()


def test_what_is_over_in_time_locks_nothing(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_face(seat, qtbot)
    presence.sees(LockKind.ABSENT)
    noticed(seat, qtbot, LockKind.ABSENT)
    let_pass(seat, 55)
    presence.sees(None)
    qtbot.waitUntil(lambda: SAID[LockKind.ABSENT] not in seat.shown_text(), timeout=5_000)
    let_pass(seat, 30)
    assert seat.window.page_name == "read_discipline"
    assert [sent.kind for sent in seat.bridge.link.sent] == ["OpenSeat"]


def test_a_locked_seat_opens_for_its_face_again(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_face(seat, qtbot)
    presence.sees(LockKind.ABSENT)
    noticed(seat, qtbot, LockKind.ABSENT)
    seat.camera.show(NOBODY)
    asked = len(seat.bridge.link.asked)
    locked(seat, LockKind.ABSENT)
    assert len(seat.bridge.link.asked) == asked  # the room gives no reference before it knows of the lock
    seat.play.do(LockSeat(**seat.bridge.link.sent[-1].data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert "did not see you for a while" in seat.shown_text()
    assert len(seat.bridge.link.asked) == asked + 1
    seat.bridge.answer(REFERENCE)
    let_pass(seat, 600)  # nobody is there, so nobody is in doubt
    qtbot.wait(300)
    let_pass(seat, 1)
    assert seat.window.page_name == "unlock"
    presence.sees(None)
    seat.camera.show(FACE)
    qtbot.waitUntil(lambda: seat.bridge.link.sent[-1].kind == "UnlockSeat", timeout=5_000)
    sent = seat.bridge.link.sent[-1]
    assert sent.data == {"score": "0.9000", "engine": "sface"}
    seat.play.do(UnlockSeat(**sent.data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "read_discipline"
    qtbot.waitUntil(lambda: len(presence.begun) == 2, timeout=5_000)
    assert [template and template.data for template in presence.begun] == [b"me", b"me"]


def test_another_face_does_not_open_it(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_face(seat, qtbot)
    presence.sees(LockKind.OTHER_FACE)
    noticed(seat, qtbot, LockKind.OTHER_FACE)
    seat.camera.show(STRANGER)
    locked(seat, LockKind.OTHER_FACE)
    seat.play.do(LockSeat(**seat.bridge.link.sent[-1].data), member(seat.alias))
    seat.show()
    seat.bridge.answer(REFERENCE)
    qtbot.wait(300)
    let_pass(seat, 21)
    assert "not recognised with certainty" in seat.shown_text()
    seat.press(Name.OPEN_CALL)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data["what"]) == ("RequestRelease", "unlock")


def test_the_seat_locks_also_while_the_line_is_away(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    """No view comes: the lock stands here, and the command waits with what else the seat owes."""
    open_by_face(seat, qtbot)
    seat.bridge.line(False)
    presence.sees(LockKind.ABSENT)
    noticed(seat, qtbot, LockKind.ABSENT)
    locked(seat, LockKind.ABSENT)
    assert seat.play.it.tender.name not in seat.shown_text()


def test_a_lock_that_the_room_refuses_is_none(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_face(seat, qtbot)
    presence.sees(LockKind.ABSENT)
    noticed(seat, qtbot, LockKind.ABSENT)
    locked(seat, LockKind.ABSENT)
    seat.bridge.refuse("paused", "paused")
    assert seat.window.page_name == "read_discipline"


def test_on_leave_nobody_is_watched(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_face(seat, qtbot)
    presence.sees(LockKind.ABSENT)
    noticed(seat, qtbot, LockKind.ABSENT)
    seat.play.do(AskLeave("washroom", ""), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "return"
    let_pass(seat, 300)
    assert seat.window.page_name == "return"
    assert SAID[LockKind.ABSENT] not in seat.shown_text()
    assert "LockSeat" not in [sent.kind for sent in seat.bridge.link.sent]


def test_a_program_that_was_started_anew_asks_for_the_face(seat: Seat, presence: ScriptedPresence) -> None:
    seat.to_marks()
    seat.show()
    assert seat.window.page_name == "unlock"
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("LockSeat", {"kind": "restarted", "seconds": 0})
    assert "started anew" in seat.shown_text()
    assert seat.play.it.tender.name not in seat.shown_text()
    assert presence.begun == []
    seat.show()
    assert [sent.kind for sent in seat.bridge.link.sent] == ["LockSeat"]


def test_whom_people_let_in_is_not_compared(seat: Seat, qtbot: Any, presence: ScriptedPresence) -> None:
    open_by_two(seat)
    qtbot.waitUntil(lambda: presence.begun == [None], timeout=5_000)
    assert seat.window.page_name == "read_discipline"


def test_what_two_people_saw_themselves_locks_nothing_until_it_has_been_over(
    seat: Seat, qtbot: Any, presence: ScriptedPresence
) -> None:
    """A broken camera does not ask for two people every minute; one that came back and breaks again does."""
    presence.sees(LockKind.CAMERA_LOST)
    open_by_two(seat)
    qtbot.waitUntil(lambda: presence.begun == [None], timeout=5_000)
    qtbot.wait(100)
    let_pass(seat, 90)
    assert SAID[LockKind.CAMERA_LOST] not in seat.shown_text()
    assert seat.window.page_name == "read_discipline"
    presence.sees(LockKind.SECOND_FACE)  # something else is not excused, and counts from now on
    noticed(seat, qtbot, LockKind.SECOND_FACE)
    assert "In 60 s the seat locks." in seat.shown_text()
    presence.sees(None)
    qtbot.waitUntil(lambda: SAID[LockKind.SECOND_FACE] not in seat.shown_text(), timeout=5_000)
    presence.sees(LockKind.CAMERA_LOST)
    noticed(seat, qtbot, LockKind.CAMERA_LOST)
    locked(seat, LockKind.CAMERA_LOST)


def test_a_camera_that_gave_up_is_started_again(seat: Seat, qtbot: Any) -> None:
    open_by_face(seat, qtbot)
    own: Any = seat.find(Name.OWN_PICTURE)
    qtbot.waitUntil(lambda: own.is_on, timeout=5_000)
    seat.camera.crash()
    qtbot.waitUntil(lambda: seat.camera.status.state is DeviceState.FAILED, timeout=5_000)
    qtbot.waitUntil(lambda: not own.is_on, timeout=5_000)
    assert own.accessibleName() == "No picture"
    for _ in range(5):
        let_pass(seat, 1)
    qtbot.waitUntil(lambda: own.is_on, timeout=5_000)


def test_a_camera_that_comes_back_is_looked_into_again(seat: Seat, qtbot: Any) -> None:
    seat.sit("drawn")
    seat.show()
    seat.bridge.answer(REFERENCE)
    seat.camera.crash()
    qtbot.waitUntil(lambda: "camera gives no picture" in seat.shown_text(), timeout=5_000)
    for _ in range(5):
        let_pass(seat, 1)
    qtbot.waitUntil(lambda: "camera gives no picture" not in seat.shown_text(), timeout=5_000)
    seat.camera.show(FACE)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: seat.bridge.link.sent != [], timeout=5_000)
    assert seat.bridge.link.sent[-1].kind == "OpenSeat"


def test_a_watch_that_breaks_down_is_told(
    seat: Seat, qtbot: Any, presence: ScriptedPresence, expects_log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "kind_of", lambda _frame: 1 / 0)
    with expects_log("the watch over the seat broke down", reason="it is the subject"):
        open_by_face(seat, qtbot)
        qtbot.waitUntil(lambda: "does not work" in seat.shown_text(), timeout=5_000)
    let_pass(seat, 120)
    assert seat.window.page_name == "read_discipline"


def test_nothing_looks_any_more_when_the_window_is_closed(seat: Seat, qtbot: Any) -> None:
    open_by_face(seat, qtbot)
    assert any(thread.name == "kawei-presence" for thread in threading.enumerate())
    seat.window.close()
    assert not any(thread.name in {"kawei-presence", "scripted camera"} for thread in threading.enumerate())
    assert seat.camera.status.state is DeviceState.STOPPED


def test_no_picture_goes_to_the_room_the_log_or_the_disk(
    seat: Seat, qtbot: Any, presence: ScriptedPresence, caplog: pytest.LogCaptureFixture
) -> None:
    """Every file that this process opens for writing between notice and lock is caught; none there is."""
    written: list[str] = []
    on = [True]

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if on[0] and event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            written.append(str(arguments[0]))

    sys.addaudithook(audit)
    try:
        open_by_face(seat, qtbot)
        presence.sees(LockKind.SECOND_FACE)
        noticed(seat, qtbot, LockKind.SECOND_FACE)
        locked(seat, LockKind.SECOND_FACE)
    finally:
        on[0] = False
    assert written == []
    assert [sent.data for sent in seat.bridge.link.sent if sent.kind == "LockSeat"] == [
        {"kind": "second_face", "seconds": 61}
    ]
    assert FACE.rgb[:64].hex() not in caplog.text
    assert "Frame(" not in caplog.text or "rgb=" not in caplog.text


def test_the_real_watch_sees_a_member_go_and_come_back(make_seat: Any, qtbot: Any) -> None:
    """YuNet and the net for bodies behind the window; without a comparison, since two people opened this seat."""
    seat = make_seat(presence=SFacePresence())
    portrait = read_picture(next(FACES.glob("person_b_1.*")), 480)
    chair = np.full((480, 640, 3), 150, np.uint8)
    chair[200:, 200:440] = 60
    chair[240:460, 240:400:20] = 120
    seat.camera.show(portrait)
    open_by_two(seat)
    let_pass(seat, 6)
    own: Any = seat.find(Name.OWN_PICTURE)
    qtbot.waitUntil(lambda: own.is_on, timeout=5_000)
    seat.camera.show(Frame(640, 480, chair.tobytes()))

    def told() -> bool:
        let_pass(seat, 0.05)
        return SAID[LockKind.ABSENT] in seat.shown_text()

    # At 0.05 s a look every 10 ms, fifty seconds of the seat's clock at most: it is told before the seat locks itself.
    qtbot.waitUntil(told, timeout=10_000)
    seat.camera.show(portrait)
    qtbot.waitUntil(lambda: SAID[LockKind.ABSENT] not in seat.shown_text(), timeout=20_000)
    assert seat.window.page_name == "read_discipline"
    seat.camera.show(Frame(640, 480, chair.tobytes()))
    qtbot.waitUntil(told, timeout=10_000)
    locked(seat, LockKind.ABSENT, late=50)
