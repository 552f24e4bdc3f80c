"""A seat that is watched, with both halves of the call: its picture goes to who watches, and nothing comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from app.ports.call import Call, LinkState, Part, Signal
from devices.call.process import EngineCall
from devices.call.scripted import ScriptedCall
from tests.devices.call_ground import Ear, Post, Table, Talker, eventually


@dataclass
class Written(Post):
    """Signalling that keeps what was sent."""

    me: str
    table: Table
    sent: list[Signal] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.me, self.table)

    def send(self, to: str, message: Signal) -> None:
        self.sent.append(message)
        super().send(to, message)


@dataclass
class Machine:
    """A call's part of one machine, and what it heard."""

    call: Call
    post: Written
    ear: Ear


@pytest.fixture(params=["scripted", "engine"])
def three(request: pytest.FixtureRequest) -> Iterator[tuple[Machine, Machine, Machine]]:
    """A seat and two consoles."""
    table: Table = {}
    made = []
    for name, part in (("seat", Part.SHOW), ("eye", Part.WATCH), ("other", Part.WATCH)):
        post = Written(name, table)
        scripted = request.param == "scripted"
        call: Call = ScriptedCall(post, part) if scripted else EngineCall(post, loopback=True, part=part)
        made.append(Machine(call, post, Ear()))
        call.subscribe(made[-1].ear.take)
        call.start()
    seat, eye, other = made
    yield seat, eye, other
    for one in made:
        one.call.stop()
    assert all(one.call.join(10) for one in made)


def test_the_picture_goes_out_and_nothing_else_does(three: tuple[Machine, Machine, Machine]) -> None:
    seat, eye, other = three
    for console in (eye, other):
        seat.call.connect(console.post.me, offers=True)
        console.call.connect("seat", offers=False)
    assert all(eventually(lambda one=one: one.ear.state() is LinkState.LIVE) for one in (eye, other))
    talkers = [Talker(one.call, (200, 40, 40)) for one in three]
    try:
        assert all(one.ear.until(lambda one=one: len(one.ear.pictures) >= 10) for one in (eye, other))
        seat.call.drop("other")
        other.call.drop("seat")
        shown = len(eye.ear.pictures)
        assert eye.ear.until(lambda: len(eye.ear.pictures) >= shown + 10)
    finally:
        for talker in talkers:
            talker.end()
    assert not seat.ear.pictures
    assert all(not one.ear.sounds for one in three)
    assert all(figures.sound_bytes_sent == 0 for one in three for figures in one.call.figures())
    described = [message["sdp"] for message in seat.post.sent if message["kind"] == "offer"]
    if described:  # the real engine: no sound is even on offer, and the console takes without giving
        assert all("m=audio" not in sdp and "a=sendonly" in sdp for sdp in described)
        answers = [message["sdp"] for message in eye.post.sent if message["kind"] == "answer"]
        assert answers
        assert all("a=recvonly" in sdp and "a=sendonly" not in sdp for sdp in answers)


def test_a_console_may_also_ask_first(three: tuple[Machine, Machine, Machine]) -> None:
    seat, eye, _ = three
    eye.call.connect("seat", offers=True)
    seat.call.connect("eye", offers=False)
    talker = Talker(seat.call, (40, 200, 40))
    try:
        assert eye.ear.until(lambda: len(eye.ear.pictures) >= 5)
    finally:
        talker.end()
    assert not seat.ear.pictures
