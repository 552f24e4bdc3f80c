"""One contract for both halves of the call: what is shown and said arrives, what is muted or dropped does not."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import numpy as np
import pytest

from app.ports.call import SOUND_RATE, Call, LinkState
from app.ports.device import DeviceState
from devices.call.process import EngineCall
from devices.call.scripted import ScriptedCall
from tests.devices.call_ground import TONE_HZ, Ear, Post, Table, Talker, eventually, meet

Pair = tuple[Call, Call, Ear, Ear]


@pytest.fixture(params=["scripted", "engine"])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    table: Table = {}
    made: list[Call] = []
    for name in ("one", "other"):
        post = Post(name, table)
        made.append(ScriptedCall(post) if request.param == "scripted" else EngineCall(post, loopback=True))
    one, other = made
    ears = Ear(), Ear()
    for call, ear in zip(made, ears, strict=True):
        call.subscribe(ear.take)
        call.start()
    yield one, other, *ears
    for call in made:
        call.stop()
    assert all(call.join(10) for call in made)


def test_what_is_shown_and_said_arrives(pair: Pair) -> None:
    one, other, ear, other_ear = pair
    meet(one, other, ear, other_ear)
    talker = Talker(one, (200, 40, 40))
    try:
        assert other_ear.until(lambda: len(other_ear.pictures) >= 5 and len(other_ear.sounds) >= 200)
    finally:
        talker.end()
    last = other_ear.pictures[-1]
    middle = np.frombuffer(last.rgb, np.uint8).reshape(last.height, last.width, 3)[90, 160].astype(int)
    assert abs(middle - (200, 40, 40)).max() < 30
    heard = np.frombuffer(b"".join(other_ear.sounds[-100:]), "<i2").astype(float)
    spectrum = np.abs(np.fft.rfft(heard))
    assert abs(np.argmax(spectrum) * SOUND_RATE / len(heard) - TONE_HZ) < 5
    assert not ear.pictures
    assert not ear.sounds or max(np.abs(np.frombuffer(b"".join(ear.sounds), "<i2"))) < 50


def test_muted_sound_is_no_packet(pair: Pair) -> None:
    one, other, ear, other_ear = pair
    meet(one, other, ear, other_ear)
    talker = Talker(one, (0, 200, 0))
    try:
        assert eventually(lambda: any(f.sound_bytes_sent > 0 for f in one.figures()))
        one.mute(sound=True, picture=False)
        shown = len(other_ear.pictures)
        assert other_ear.until(lambda: len(other_ear.pictures) >= shown + 25)
        sent = one.figures()[0].sound_bytes_sent
        assert other_ear.until(lambda: len(other_ear.pictures) >= shown + 50)
        assert one.figures()[0].sound_bytes_sent == sent
        one.mute(sound=False, picture=True)
        assert eventually(lambda: one.figures()[0].sound_bytes_sent > sent)
    finally:
        talker.end()


def test_a_dropped_partner_is_gone_and_may_come_again(pair: Pair) -> None:
    one, other, ear, other_ear = pair
    meet(one, other, ear, other_ear)
    one.drop("other")
    assert other_ear.until(lambda: other_ear.state() is LinkState.GONE)
    assert ear.until(lambda: ear.state() is LinkState.GONE)
    other.drop("one")
    meet(one, other, ear, other_ear)


def test_who_is_not_connected_here_is_not_heard(pair: Pair) -> None:
    _, other, ear, other_ear = pair
    other.connect("one", offers=True)
    talker = Talker(other, (0, 0, 200))
    try:
        assert not ear.until(lambda: bool(ear.pictures or ear.links), 2.0)
    finally:
        talker.end()
    assert other_ear.state() is not LinkState.LIVE


def test_a_stopped_call_runs_nothing_and_starts_again(pair: Pair) -> None:
    one, other, ear, other_ear = pair
    meet(one, other, ear, other_ear)
    one.stop()
    assert one.join(10)
    assert one.status.state is DeviceState.STOPPED
    assert other_ear.until(lambda: other_ear.state() is not LinkState.LIVE)
    one.start()
    assert other_ear.until(lambda: other_ear.state() is LinkState.LIVE)


def test_a_killed_engine_is_back_by_itself() -> None:
    table: Table = {}
    one = EngineCall(Post("one", table), loopback=True)
    other = EngineCall(Post("other", table), loopback=True)
    ear, other_ear = Ear(), Ear()
    one.subscribe(ear.take)
    other.subscribe(other_ear.take)
    one.start()
    other.start()
    talker = Talker(one, (90, 90, 90))
    try:
        meet(one, other, ear, other_ear)
        assert other_ear.until(lambda: len(other_ear.pictures) > 3)
        killed_at, seen = time.monotonic(), len(other_ear.pictures)
        assert one.engine_pid is not None
        os.kill(one.engine_pid, signal.SIGKILL)
        assert ear.until(lambda: ear.lost == 1)
        assert other_ear.until(lambda: len(other_ear.pictures) > seen + 3, 10.0)
        assert time.monotonic() - killed_at < 10
    finally:
        talker.end()
        for call in (one, other):
            call.stop()
    assert one.join(10)
    assert other.join(10)
