"""A machine hears itself: it plays a tone and looks for it in its own microphone."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ports.call import SOUND_RATE
from app.ports.device import DeviceStatus
from app.ports.sound import BLOCK_BYTES, Sound
from devices.sound.cleaning import loudness

TONE_HZ = 1000
PEAK = 0.25
BLOCK = BLOCK_BYTES // 2
QUIET, SAID, AFTER = 25, 60, 25
"""Blocks of 20 ms: the room alone, the tone, and the wait for its end."""
LEAST_DB = 10.0
"""By so much the tone stands over what the room alone has at its pitch, else it was not heard."""
BEGIN_S = 8.0
"""A sound server may need 1.5 s to begin; a machine that gives no block in all this time has no microphone."""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What came of it: where the sound stood, how loud the microphone was (of 1), by how much the tone stood out.

    `over_db` is None where there was nothing to listen to or nothing to play on; then `status` says why.
    """

    status: DeviceStatus
    level: float = 0.0
    over_db: float | None = None

    @property
    def heard(self) -> bool:
        """Whether the machine heard itself."""
        return self.over_db is not None and self.over_db >= LEAST_DB


def hear_oneself(sound: Sound) -> SelfTest:
    """Start a sound that takes no echo off, play, listen, stop; lasts about 3 s."""
    blocks: list[bytes] = []
    begun, whole = threading.Event(), threading.Event()
    tone = _tone(SAID * BLOCK)

    def hear(block: bytes) -> None:
        # The microphone's own beat paces the tone: as many blocks go out as come in.
        step = len(blocks) - QUIET
        if 0 <= step < SAID:
            sound.play("self-test", tone[step * BLOCK_BYTES : (step + 1) * BLOCK_BYTES])
        blocks.append(block)
        begun.set()
        if len(blocks) == QUIET + SAID + AFTER:
            whole.set()

    leave = sound.subscribe(hear)
    sound.start()
    try:
        if begun.wait(BEGIN_S):
            whole.wait(BEGIN_S)
        status, levels = sound.status, sound.levels
    finally:
        leave()
        sound.stop()
        sound.join(BEGIN_S)
    if not whole.is_set() or levels.speaker is None:
        return SelfTest(status)
    heard = np.frombuffer(b"".join(blocks), "<i2").astype(np.float64)
    room = _at_pitch(heard[: QUIET * BLOCK])
    sounding = max(_at_pitch(heard[at : at + QUIET * BLOCK]) for at in range(QUIET * BLOCK, len(heard), 5 * BLOCK))
    over_db = float(10 * np.log10(sounding / room))
    return SelfTest(status, max(loudness(block) for block in blocks[QUIET:]), over_db)


def _tone(count: int) -> bytes:
    at = np.arange(count) / SOUND_RATE
    out: bytes = (PEAK * 32767 * np.sin(2 * np.pi * TONE_HZ * at)).astype("<i2").tobytes()
    return out


def _at_pitch(samples: NDArray[np.float64]) -> float:
    """Mean power within 20 Hz of the tone; never nothing, so that silence can be compared with."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2 / len(samples)
    pitch = np.fft.rfftfreq(len(samples), 1 / SOUND_RATE)
    return float(power[np.abs(pitch - TONE_HZ) <= 20].mean()) + 1.0
