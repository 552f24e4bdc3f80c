"""Lines in memory whose microphone hears what the loudspeaker was given, and the waiting around them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np

from app.ports.call import SOUND_RATE
from app.ports.device import DeviceError, DeviceFault
from app.ports.sound import BLOCK_BYTES, SoundChoice, SoundDevices

WHOLE = 3
"""Blocks that the loudspeaker holds, as PortAudio's does here."""
WAIT_S = 10.0


def tone(count: int, *, hz: float = 1000.0, peak: int = 8000, start: int = 0) -> bytes:
    """So many samples of a tone."""
    at = np.arange(start, start + count) / SOUND_RATE
    return (peak * np.sin(2 * np.pi * hz * at)).astype("<i2").tobytes()


def share_of(hz: float, samples: np.ndarray) -> float:
    """How much of the energy lies within 20 Hz of a tone."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    at = np.fft.rfftfreq(len(samples), 1 / SOUND_RATE)
    return float(power[np.abs(at - hz) < 20].sum() / max(power.sum(), 1e-9))


class Ear:
    """Keeps what a microphone heard; `until` waits for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.blocks: list[bytes] = []

    def take(self, block: bytes) -> None:
        with self._changed:
            self.blocks.append(block)
            self._changed.notify_all()

    def until(self, holds: Callable[[], bool], limit_s: float = WAIT_S) -> bool:
        with self._changed:
            return self._changed.wait_for(holds, limit_s)

    @property
    def samples(self) -> np.ndarray:
        return np.frombuffer(b"".join(self.blocks), "<i2").astype(float)


class Plugs:
    """What is plugged into a machine of the tests; `open` is what `PyAudioSound` opens."""

    def __init__(self, microphones: tuple[str, ...] = ("a",), speakers: tuple[str, ...] = ("a",)) -> None:
        self.there = SoundDevices(microphones, speakers)
        self.opened = 0
        self.most_at_once = 0
        self._open: list[Loop] = []
        self.stalled = False

    def pull(self, name: str) -> None:
        self.there = SoundDevices(
            tuple(each for each in self.there.microphones if each != name),
            tuple(each for each in self.there.speakers if each != name),
        )

    def plug(self, name: str) -> None:
        self.there = SoundDevices((*self.there.microphones, name), (*self.there.speakers, name))

    def open(self, choice: SoundChoice) -> Loop:
        ear = _pick(choice.microphone, self.there.microphones) if choice.listens else None
        mouth = _pick(choice.speaker, self.there.speakers)
        if ear is None and mouth is None:
            raise DeviceError(DeviceFault.NOT_FOUND)
        self.opened += 1
        made = Loop(self, ear, mouth)
        self._open.append(made)
        self.most_at_once = max(self.most_at_once, len(self._open))
        return made

    def close(self, lines: Loop) -> None:
        self._open.remove(lines)


class Loop:
    """Both lines of one opening: each block written is heard, one at each look."""

    def __init__(self, plugs: Plugs, ear: str | None, mouth: str | None) -> None:
        self._plugs, self.devices = plugs, plugs.there
        self._waiting: list[bytes] = []
        self.microphone = None if ear is None else _Microphone(self, ear)
        self.speaker = None if mouth is None else _Speaker(self, mouth)

    def wait(self, seconds: float) -> None:
        threading.Event().wait(min(seconds, 0.002))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._plugs.close(self)

    def check(self, name: str, there: tuple[str, ...]) -> None:
        if name not in there:
            raise DeviceError(DeviceFault.LOST, name)


class _Microphone:
    delay_s = 0.02

    def __init__(self, lines: Loop, name: str) -> None:
        self._lines, self._name, self._silent = lines, name, False

    def read(self) -> bytes | None:
        self._lines.check(self._name, self._lines._plugs.there.microphones)
        if self._lines._plugs.stalled:
            return None
        if self._lines.speaker is None:
            self._silent = not self._silent
            return bytes(BLOCK_BYTES) if self._silent else None
        return self._lines._waiting.pop(0) if len(self._lines._waiting) > WHOLE - 1 else None


class _Speaker:
    delay_s = 0.06
    whole = WHOLE

    def __init__(self, lines: Loop, name: str) -> None:
        self._lines, self._name, self._room = lines, name, WHOLE

    @property
    def room(self) -> int:
        self._lines.check(self._name, self._lines._plugs.there.speakers)
        room, self._room = self._room, 1
        return room

    def write(self, block: bytes) -> None:
        assert len(block) == BLOCK_BYTES
        self._lines._waiting.append(block)


def _pick(wanted: str | None, there: tuple[str, ...]) -> str | None:
    if wanted is None:
        return there[0] if there else None
    return wanted if wanted in there else None
