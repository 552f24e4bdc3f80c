"""Calls through a room of its own, over real links and engines: the committee's, and the centre's with one seat."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from room_play import STREAM, Play, ready
from room_world import Machine, a_room

from app.link import RoomLink, Signalled, ViewChanged
from app.link.messages import LinkMessage
from app.ports.call import SOUND_RATE, LinkState, Signalling
from app.ports.device import DeviceState
from devices.call.process import EngineCall
from tests.line import capture
from tests.link.link_ground import QUICK, KnownMachine
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import CallDesk, Equipment
from ui.call.seen import CallSeen, committee_call, held_calls, help_call

Seen = Callable[[Any], CallSeen | None]
TONE = (12000 * np.sin(2 * np.pi * 1000 * np.arange(SOUND_RATE // 50) / SOUND_RATE)).astype("<i2").tobytes()


def committee_seen(view: Any) -> CallSeen | None:
    """The committee's call in a view of a seat."""
    return committee_call(STREAM, _told(view))


def help_seen(view: Any) -> CallSeen | None:
    """The call with the centre in a view of a seat."""
    return help_call(STREAM, _told(view))


def held_seen(view: Any) -> CallSeen | None:
    """The call that a console of the centre holds."""
    return next(iter(held_calls(STREAM, _told(view))), None)


def _told(view: Any) -> Any:
    found = view["evaluations"]
    return found[0]["matters"].get("call", {}) if found else {}


class Seat(QObject):
    """What a machine's program is without its windows: link, desk of the call that `seen` reads, engine."""

    viewed = Signal(object)
    signalled = Signal(object)

    def __init__(self, play: Play, machine: Machine, folder: Path, seen: Seen = committee_seen) -> None:
        super().__init__()
        self._seen = seen
        stream = play.streams.pop(machine.device, None)
        if stream is not None:
            stream.close()
        place = folder / machine.device
        secret = hashlib.sha256(place.name.encode()).digest()
        seat = getattr(machine, "seat", None)
        identity = KnownMachine(machine.device, "seat" if seat else "console", seat, machine.url, "", secret)
        self.link = RoomLink(identity, place, self._told, "en", QUICK)
        self.sound = ScriptedSound()
        self.engines: list[EngineCall] = []
        self.desk = CallDesk(
            self.link,
            self.signalled,  # type: ignore[arg-type]
            Equipment(self._engine, self.sound, voice=lambda: bytes),
        )
        self.viewed.connect(self._follow)
        self.link.start()
        machine.token = self.link.client.token()  # the play goes on acting in this machine's session

    def _engine(self, signalling: Signalling) -> EngineCall:
        self.engines.append(EngineCall(signalling, loopback=True))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)
        elif isinstance(message, Signalled):
            self.signalled.emit(message)

    def _follow(self, view: Any) -> None:
        self.desk.follow(self._seen(view))

    def join(self, call: str = "committee") -> None:
        self.link.send(STREAM, "JoinCall", {"call": call})

    def states(self) -> list[LinkState]:
        return [partner.state for partner in self.desk.partners]

    def end(self) -> None:
        self.desk.close()
        self.link.stop()


@pytest.fixture
def table(tmp_path: Path, qapp: Any) -> Iterator[tuple[Play, Seat, Seat]]:
    """A room whose committee is gathered, and the programs of two of its seats."""
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        seats = [Seat(play, machine, tmp_path) for machine in play.sitting[:2]]
        yield play, seats[0], seats[1]
        for seat in seats:
            seat.end()
        play.disconnect()


def hears(seat: Seat) -> bool:
    """Whether the last tenth of a second that the seat was given to play holds the tone."""
    blocks = [pcm for _, pcm in seat.sound.played if pcm][-10:]
    heard = np.frombuffer(b"".join(blocks), "<i2").astype(float)
    if len(heard) < SOUND_RATE // 10 or np.abs(heard).max() < 2000:
        return False
    peak = np.argmax(np.abs(np.fft.rfft(heard))) * SOUND_RATE / len(heard)
    return bool(abs(peak - 1000) < 30)


class Speaker:
    """Says the tone into a microphone until it is stopped."""

    def __init__(self, sound: ScriptedSound) -> None:
        self._sound, self._over = sound, threading.Event()
        self._thread = threading.Thread(target=self._speak, name="speaker")
        self._thread.start()

    def _speak(self) -> None:
        begun, block = time.monotonic(), 0
        while not self._over.wait(max(0.0, begun + block / 50 - time.monotonic())):
            self._sound.say(TONE)
            block += 1

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def test_members_hear_each_other_until_they_work_alone(table: tuple[Play, Seat, Seat], qtbot: QtBot) -> None:
    play, one, other = table
    one.join()
    other.join()
    qtbot.waitUntil(lambda: one.states() == other.states() == [LinkState.LIVE], timeout=30_000)
    one.desk.open_mouth(speaking=True)
    speaker = Speaker(one.sound)
    try:
        qtbot.waitUntil(lambda: hears(other), timeout=20_000)
        killed_at = time.monotonic()
        pid = one.engines[-1].engine_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: LinkState.LIVE not in other.states(), timeout=10_000)
        other.sound.played.clear()
        qtbot.waitUntil(lambda: hears(other), timeout=10_000)
        assert time.monotonic() - killed_at < 10
        play.choose_chair()
        qtbot.waitUntil(
            lambda: all(engine.status.state is DeviceState.STOPPED for engine in (*one.engines, *other.engines)),
            timeout=20_000,
        )
    finally:
        speaker.end()
    assert one.desk.partners == other.desk.partners == ()
    assert all(seat.desk.seen is not None and seat.desk.seen.obstacle == "call_closed" for seat in (one, other))
    assert all(engine.join(10) for engine in (*one.engines, *other.engines))


@pytest.mark.slow
def test_no_sound_leaves_a_seat_whose_mouth_is_shut_nor_one_that_works_alone(
    table: tuple[Play, Seat, Seat], qtbot: QtBot
) -> None:
    if (reason := capture.why_not()) is not None:
        pytest.skip(reason)
    play, one, other = table
    one.join()
    other.join()
    qtbot.waitUntil(lambda: one.states() == other.states() == [LinkState.LIVE], timeout=30_000)
    pid = one.engines[-1].engine_pid
    assert pid is not None
    speaker = Speaker(one.sound)
    try:
        with capture.captured([pid]) as wire:

            def kinds(since: float) -> list[str]:
                return [packet.kind for packet in wire.since(since)]

            one.desk.open_mouth(speaking=True)
            begun = time.monotonic()
            qtbot.waitUntil(lambda: kinds(begun).count("rtp") >= 40, timeout=10_000)
            one.desk.open_mouth(speaking=False)
            shut = time.monotonic() + 0.3
            qtbot.waitUntil(lambda: kinds(shut).count("dtls") >= 3, timeout=10_000)  # the link lives
            assert "rtp" not in kinds(shut)
            one.desk.open_mouth(speaking=True)
            begun = time.monotonic()
            qtbot.waitUntil(lambda: kinds(begun).count("rtp") >= 10, timeout=10_000)
            play.choose_chair()
            qtbot.waitUntil(lambda: one.engines[-1].status.state is DeviceState.STOPPED, timeout=20_000)
            closed = time.monotonic() + 0.3
            assert one.engines[-1].join(10)
            ended = time.monotonic()
            assert not wire.until(lambda: bool(kinds(ended)), 1.0)
            assert "rtp" not in kinds(closed)
            assert one.sound.status.state is DeviceState.STOPPED
    finally:
        speaker.end()


def test_the_centre_and_one_seat_hear_each_other_while_all_mark(tmp_path: Path, qtbot: QtBot) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        play.choose_chair()
        play.review("1")
        alias = play.sitting[0].mine()["alias"]
        seat = Seat(play, play.sitting[0], tmp_path, help_seen)
        neighbour = Seat(play, play.sitting[1], tmp_path, help_seen)
        centre = Seat(play, play.centre, tmp_path, held_seen)
        play.centre.login("centre-a")  # in the session of the console's own link
        centre.link.begin_again()
        machines = (seat, neighbour, centre)
        speakers = []
        try:
            centre.join(f"help/{alias}")
            qtbot.waitUntil(lambda: centre.desk.seen is not None and centre.desk.seen.inside, timeout=10_000)
            seat.join(f"help/{alias}")
            qtbot.waitUntil(lambda: seat.states() == centre.states() == [LinkState.LIVE], timeout=30_000)
            for one, other in ((seat, centre), (centre, seat)):
                one.desk.open_mouth(speaking=True)
                speakers.append(Speaker(one.sound))
                qtbot.waitUntil(lambda other=other: hears(other), timeout=20_000)
            seat.link.send(STREAM, "LeaveCall", {"call": f"help/{alias}"})
            qtbot.waitUntil(lambda: seat.desk.partners == centre.desk.partners == (), timeout=20_000)
            qtbot.waitUntil(
                lambda: all(one.engines[-1].status.state is DeviceState.STOPPED for one in (seat, centre)),
                timeout=20_000,
            )
            assert neighbour.engines == []
            assert neighbour.sound.played == []
        finally:
            for speaker in speakers:
                speaker.end()
            for machine in machines:
                machine.end()
            play.disconnect()
