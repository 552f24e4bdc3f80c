"""The centre speaks to every seat: heard by itself, one way only, without a microphone, and said where it fails."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import CENTRE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from seat_ground import Seat

from app.evaluation.actor import Actor
from app.evaluation.matters.call import Broadcast, EndBroadcast, JoinCall
from app.link import Signalled
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.call.scripted import ScriptedCall
from devices.sound.scripted import ScriptedSound
from ui.call.desk import Equipment
from ui.seat.names import Name
from ui.widgets.notice import NoticeLine

HERE = replace(CENTRE, device="console-1")
TONE = b"\x00\x20" * 480


class Hearing:
    """A seat with sound before an evaluation to which the centre speaks."""

    def __init__(self, make_seat: Any) -> None:
        self.made: list[ScriptedCall] = []
        self.sound = ScriptedSound()
        self.seat: Seat = make_seat(calls=Equipment(self._make, self.sound, voice=lambda: bytes))
        self.seat.gather()

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling))
        return self.made[-1]

    def begin(self) -> None:
        self.seat.play.do(Broadcast("", spoken=True), HERE)
        self.seat.show()

    def join(self) -> None:
        self.seat.play.do(JoinCall("broadcast"), Actor(Party.MEMBER, alias=self.seat.alias, device="seat-here"))
        self.seat.show()
        self.signal({"kind": "hello"})

    def signal(self, message: dict[str, str]) -> None:
        self.seat.bridge.signalled.emit(Signalled(self.seat.play.it.stream, "broadcast", "centre", message))

    @property
    def line(self) -> QWidget:
        found = self.seat.window.findChild(QWidget, Name.BROADCAST)
        assert found is not None
        return found

    def said(self) -> str:
        found = self.line.findChild(NoticeLine)
        assert found is not None
        return found.accessibleName()

    def sent(self) -> list[tuple[str, Any]]:
        return [(one.kind, one.data) for one in self.seat.bridge.link.sent]


@pytest.fixture
def it(make_seat: Any) -> Hearing:
    return Hearing(make_seat)


def test_a_seat_hears_it_by_itself_and_nothing_comes_back(it: Hearing, qtbot: Any) -> None:
    it.seat.show()
    assert it.line.isHidden()
    it.begin()
    assert it.sent() == [("JoinCall", {"call": "broadcast"})]
    it.seat.show()
    assert len(it.sent()) == 1  # asked once
    it.join()
    qtbot.waitUntil(lambda: "nothing of this seat is heard" in it.said())
    assert it.line.isVisible()
    it.signal({"kind": "sound", "pcm": base64.b64encode(TONE).decode()})
    for _ in range(4):
        it.sound.beat()
    assert any(any(block) for block in it.sound.played)
    # one way: no microphone is open, and the key to speak opens none
    assert it.sound.levels.microphone is None
    QTest.keyClick(it.seat.window, Qt.Key.Key_F8)
    it.sound.beat(TONE * 2)
    assert it.made[-1].figures()[0].sound_bytes_sent == 0
    assert all("pcm" not in message for *_, message in it.seat.bridge.link.signals)
    it.seat.play.do(EndBroadcast(), HERE)
    it.seat.show()
    assert it.line.isHidden()
    assert (it.made[-1].status.state, it.sound.status.state) == (DeviceState.STOPPED, DeviceState.STOPPED)


def test_a_microphone_that_is_open_beside_it_does_not_speak_into_it(it: Hearing, qtbot: Any) -> None:
    it.begin()
    it.join()
    leave = it.seat.window._calls._call._equipment.uses.take(it.sound)
    it.sound.beat(TONE * 2)
    assert it.sound.levels.microphone
    assert it.made[-1].figures()[0].sound_bytes_sent == 0
    leave()


def test_what_is_refused_is_asked_again_while_it_lasts(it: Hearing) -> None:
    it.begin()
    it.seat.bridge.refuse("no_such_call", "")
    it.seat.show()
    assert it.sent() == [("JoinCall", {"call": "broadcast"})] * 2


def test_a_written_one_opens_no_call(it: Hearing) -> None:
    it.seat.play.do(Broadcast("lunch is here", spoken=False), HERE)
    it.seat.show()
    assert it.line.isHidden()
    assert it.sent() == []


def test_without_a_loudspeaker_it_says_so(it: Hearing, qtbot: Any) -> None:
    it.sound.plug(replace(it.sound.devices, speakers=()))
    it.begin()
    it.join()
    assert "No loudspeaker" in it.said()


def test_a_poor_line_is_said(it: Hearing, qtbot: Any) -> None:
    it.begin()
    it.join()
    it.signal({"kind": "bye"})
    qtbot.waitUntil(lambda: "Nothing is heard just now" in it.said())
