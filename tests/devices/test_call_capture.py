"""What leaves a machine while it speaks, is muted or is out of the call, as a stranger sees it on the wire."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from app.ports.call import LinkState, Signal
from devices.call.process import EngineCall
from tests.devices.call_ground import Ear, Post, Table, Talker, meet
from tests.line.capture import Capture, Packet, captured, sources, why_not

SETTLE_S = 0.3
MOST_BESIDE = 1_200
"""Bytes a second that say how the line is (STUN, RTCP, a heartbeat): no speech, even at Opus' least, fits in."""


class Told(Post):
    """Keeps the descriptions that go by."""

    def __init__(self, me: str, table: Table, kept: list[str]) -> None:
        super().__init__(me, table)
        self._kept = kept

    def send(self, to: str, message: Signal) -> None:
        if "sdp" in message:
            self._kept.append(message["sdp"])
        super().send(to, message)


@pytest.fixture
def talk() -> Iterator[tuple[EngineCall, EngineCall, Ear, Ear, list[str]]]:
    table: Table = {}
    said: list[str] = []
    one = EngineCall(Told("one", table, said), loopback=True)
    other = EngineCall(Post("other", table), loopback=True)
    ears = Ear(), Ear()
    for call, ear in zip((one, other), ears, strict=True):
        call.subscribe(ear.take)
        call.start()
    meet(one, other, *ears)
    yield one, other, *ears, said
    for call in (one, other):
        call.stop()
    assert all(call.join(10) for call in (one, other))


class Look:
    """What leaves from now on, when what was on its way has left."""

    def __init__(self, capture: Capture) -> None:
        self._capture, self._begun = capture, time.monotonic() + SETTLE_S

    def packets(self) -> list[Packet]:
        """Until now."""
        return self._capture.since(self._begun)

    def rtp(self, source: int | None = None) -> int:
        """How many packets of this source, or of all."""
        return sum(p.source == source if source else p.source is not None for p in self.packets())

    def sources(self) -> set[int]:
        """Whose packets."""
        return {packet.source for packet in self.packets() if packet.source is not None}

    def beats(self) -> int:
        """How many heartbeats."""
        return sum(packet.kind == "dtls" for packet in self.packets())

    def until(self, holds: Callable[[], bool], limit_s: float = 10.0) -> bool:
        """Wait for it, packet by packet."""
        return self._capture.until(holds, limit_s)

    def beside(self) -> float:
        """Bytes a second of all that is no sound and no picture."""
        passed = max(p.at for p in self.packets()) - self._begun
        return sum(p.size for p in self.packets() if p.source is None) / passed


def test_a_muted_machine_sends_no_packet_of_sound(talk: tuple[EngineCall, EngineCall, Ear, Ear, list[str]]) -> None:
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    one, _, _, other_ear, said = talk
    assert one.engine_pid is not None
    talker = Talker(one, (0, 200, 0))
    try:
        with captured([one.engine_pid]) as capture:
            assert other_ear.until(lambda: len(other_ear.pictures) >= 5)
            named = sources(said[-1])
            assert len(named["audio"]) == 1
            assert not named["audio"] & named["video"]
            (sound,) = named["audio"]

            look = Look(capture)
            assert look.until(lambda: look.rtp(sound) >= 40)
            assert look.sources() <= named["audio"] | named["video"]

            one.mute(sound=True, picture=False)
            look = Look(capture)
            assert look.until(lambda: look.rtp() >= 10 and look.beats() >= 2)  # the picture goes on
            assert look.sources() <= named["video"]
            assert look.beside() < MOST_BESIDE

            one.mute(sound=True, picture=True)
            look = Look(capture)
            assert look.until(lambda: look.beats() >= 3)
            assert look.sources() == set()
            assert look.beside() < MOST_BESIDE

            one.mute(sound=False, picture=True)
            look = Look(capture)
            assert look.until(lambda: look.rtp(sound) >= 20)
            assert look.sources() == {sound}

            one.drop("other")
            assert other_ear.until(lambda: other_ear.state() is LinkState.GONE)
            look = Look(capture)
            assert not look.until(lambda: bool(look.packets()), 1.5)
    finally:
        talker.end()
