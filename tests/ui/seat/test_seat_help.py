"""The centre calls a seat: it rings, is answered by the key that calls for help, and the committee hears nothing."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from evaluation_factory import CENTRE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from seat_ground import Seat

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.call import JoinCall, LeaveCall
from app.link import Signalled
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.call.scripted import ScriptedCall
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import Equipment
from ui.call.strip import CallStrip
from ui.seat.help import HelpLine
from ui.seat.names import Name


@pytest.fixture
def sound() -> ScriptedSound:
    return ScriptedSound()


@pytest.fixture
def made() -> list[ScriptedCall]:
    return []


@pytest.fixture
def seat(make_seat: Any, made: list[ScriptedCall], sound: ScriptedSound) -> Seat:
    def make(signalling: Signalling) -> ScriptedCall:
        made.append(ScriptedCall(signalling))
        return made[-1]

    found: Seat = make_seat(calls=Equipment(make, sound, voice=lambda: lambda pcm: bytes(len(pcm))))
    found.gather()
    return found


def line(seat: Seat) -> HelpLine:
    found = seat.window.findChild(HelpLine)
    assert found is not None
    return found


def call(seat: Seat) -> str:
    return f"help/{seat.alias}"


def me(seat: Seat) -> Actor:
    return Actor(Party.MEMBER, alias=seat.alias, device="seat-here")


def answered(seat: Seat) -> None:
    """The centre has rung, the seat has answered, the centre's engine is there."""
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.play.do(JoinCall(call(seat)), me(seat))
    seat.show()
    seat.bridge.signalled.emit(Signalled(seat.play.it.stream, call(seat), "centre", {"kind": "hello"}))


def test_nothing_is_there_until_the_centre_calls(seat: Seat) -> None:
    seat.show()
    assert line(seat).isHidden()
    assert seat.find(Name.HELP).isEnabled()


def test_the_key_for_help_answers(seat: Seat, made: list[ScriptedCall], sound: ScriptedSound, qtbot: Any) -> None:
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    assert "The centre calls this seat" in line(seat).line.accessibleName()
    assert not seat.find(Name.HELP).isEnabled()
    assert made == []
    QTest.keyClick(seat.window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(seat.bridge.link.sent))
    assert [(sent.kind, sent.data) for sent in seat.bridge.link.sent] == [("JoinCall", {"call": call(seat)})]
    assert not line(seat).answer.isEnabled()
    answered_line = line(seat)
    seat.play.do(JoinCall(call(seat)), me(seat))
    seat.show()
    assert made[-1].status.state is DeviceState.RUNNING
    assert "Connecting" in answered_line.line.accessibleName()
    seat.bridge.signalled.emit(Signalled(seat.play.it.stream, call(seat), "centre", {"kind": "hello"}))
    qtbot.waitUntil(lambda: "own voice" in answered_line.line.accessibleName())
    said = b"\x00\x40" * 480
    sound.say(said)
    assert seat.bridge.link.signals[-1][2] == "centre"
    assert base64.b64decode(seat.bridge.link.signals[-1][3]["pcm"]) == said  # as it was spoken, not changed
    assert made[-1].figures()[0].sound_bytes_sent == len(said)
    QTest.keyClick(seat.window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "press F8" in answered_line.line.accessibleName())


def test_the_seat_rings_until_it_is_answered_or_declined(seat: Seat, sound: ScriptedSound, qtbot: Any) -> None:
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    qtbot.waitUntil(lambda: any(source == "ring" and any(pcm) for source, pcm in sound.played))
    assert sound.listens is False  # no microphone is opened for it
    seat.play.do(LeaveCall(call(seat)), me(seat))
    seat.show()
    assert sound.status.state is DeviceState.STOPPED
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    assert sound.status.state is DeviceState.RUNNING
    seat.play.do(JoinCall(call(seat)), me(seat))
    seat.show()
    assert sound.listens is True
    assert not seat.window._help.ringing.ringing


def test_it_does_not_ring_into_the_open_microphone_of_the_committees_call(seat: Seat, sound: ScriptedSound) -> None:
    seat.play.do(JoinCall("committee"), me(seat))
    seat.show()
    assert sound.listens is True
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    assert not seat.window._help.ringing.ringing
    assert "The centre calls this seat" in line(seat).line.accessibleName()


def test_a_closed_call_of_the_committee_gives_its_room_to_the_one_that_is_held(seat: Seat) -> None:
    strip = seat.window.findChild(CallStrip)
    assert strip is not None
    seat.show()
    assert not strip.isHidden()
    answered(seat)
    assert strip.isHidden()
    seat.play.do(LeaveCall(call(seat)), CENTRE)
    seat.show()
    assert not strip.isHidden()


def test_it_is_declined_or_hung_up(seat: Seat, made: list[ScriptedCall], qtbot: Any) -> None:
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    assert line(seat).hang_up.accessibleName() == "Decline"
    seat.press(Name.CENTRE_HANG_UP)
    assert seat.bridge.link.sent[-1].kind == "LeaveCall"
    seat.play.do(LeaveCall(call(seat)), me(seat))
    seat.show()
    assert line(seat).isHidden()
    answered(seat)
    assert line(seat).hang_up.accessibleName() == "Hang up"
    QTest.keyClick(seat.window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(seat.bridge.link.sent) == 2)
    assert seat.bridge.link.sent[-1].kind == "LeaveCall"
    seat.play.do(LeaveCall(call(seat)), CENTRE)
    seat.show()
    assert (made[-1].status.state, line(seat).isHidden()) == (DeviceState.STOPPED, True)
    assert seat.find(Name.HELP).isEnabled()


def test_meanwhile_the_committee_hears_nothing(
    seat: Seat, made: list[ScriptedCall], sound: ScriptedSound, qtbot: Any
) -> None:
    strip = seat.window.findChild(CallStrip)
    assert strip is not None
    seat.play.do(JoinCall("committee"), me(seat))
    seat.show()
    strip.speak.click()
    assert seat.window._calls._call.speaking
    answered(seat)
    assert len(made) == 2
    assert not seat.window._calls._call.speaking
    assert not strip.speak.isEnabled()
    assert "talk with the centre" in strip.line.accessibleName()
    qtbot.waitUntil(lambda: "press F8" in line(seat).line.accessibleName())
    seat.play.do(LeaveCall(call(seat)), me(seat))
    seat.show()
    assert strip.speak.isEnabled()
    assert not seat.window._calls._call.speaking
    assert sound.status.state is DeviceState.RUNNING
    seat.play.do(LeaveCall("committee"), me(seat))
    seat.show()
    assert sound.status.state is DeviceState.STOPPED


def test_a_poor_line_points_to_writing(seat: Seat, made: list[ScriptedCall], qtbot: Any) -> None:
    answered(seat)
    qtbot.waitUntil(lambda: "press F8" in line(seat).line.accessibleName())
    seat.bridge.signalled.emit(Signalled(seat.play.it.stream, call(seat), "centre", {"kind": "bye"}))
    qtbot.waitUntil(lambda: "Press F7 to write" in line(seat).line.accessibleName())


def test_a_refusal_is_said_in_the_line_and_can_be_tried_again(seat: Seat) -> None:
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    seat.press(Name.CENTRE_ANSWER)
    seat.bridge.refuse("on_leave", "On leave now.")
    assert "On leave now." in line(seat).line.accessibleName()
    assert line(seat).answer.isEnabled()


def test_a_window_that_starts_again_waits_before_it_lets_the_voice_out(seat: Seat, made: list[ScriptedCall]) -> None:
    answered(seat)
    assert made[-1].status.state is DeviceState.RUNNING
    assert not seat.window._help._call.speaking
    seat.window.close()
    assert made[-1].status.state is DeviceState.STOPPED


def test_a_call_for_help_and_the_answer_by_voice(seat: Seat) -> None:
    seat.play.do(c.CallHelp(""), me(seat))
    seat.show()
    assert seat.find(Name.HELP).accessibleName() == "Help is coming"
    seat.play.do(JoinCall(call(seat)), CENTRE)
    seat.show()
    assert seat.find(Name.HELP).accessibleName() == "The centre calls"
    seat.play.do(JoinCall(call(seat)), me(seat))
    seat.show()
    assert seat.find(Name.HELP).accessibleName() == "With the centre"


def test_a_written_answer_stands_above_the_page_until_it_is_read(seat: Seat) -> None:
    seat.play.do(c.CallHelp("看不清第 37 页"), me(seat))
    seat.play.do(c.AnswerHelp(seat.alias, "已送去放大的图纸。"), CENTRE)
    seat.show()
    shown = seat.find(Name.HELP_ANSWER)
    assert shown.isVisible()
    assert "已送去放大的图纸。" in shown.accessibleName()
    seat.press(Name.HELP_ANSWER_READ)
    seat.show()
    assert not shown.isVisible()
    seat.play.do(c.CallHelp("还是看不清"), me(seat))
    seat.play.do(c.AnswerHelp(seat.alias, "马上到。"), CENTRE)
    seat.show()
    assert shown.isVisible()
    assert "马上到。" in shown.accessibleName()
