"""Pictures that carry their number and sounds that carry their kind, so that who decodes them knows when they began.

A picture has two rows of large squares: the bits of its number, and their opposites, by which a smeared one is known.
Behind them something moves, as a camera's picture does. A burst is a short tone; its pitch says which one it is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.ports.call import SOUND_RATE
from app.ports.camera import Frame

BITS = 12
NUMBERS = 1 << BITS
PITCHES_HZ = (600, 900, 1300, 1900, 2700, 3800)
BURST_EVERY_S = 0.4
"""Bursts of one pitch come again after six times this, so that late ones are told from early ones."""
BLOCK = SOUND_RATE // 50
LOUD = 2500
_BURST_BLOCKS = 3
_BLOCKS_EVERY = int(BURST_EVERY_S * 50)
_FILMS = 50


class Film:
    """Numbered pictures of one size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        dice = np.random.default_rng(5)
        across, down = np.meshgrid(np.arange(width), np.arange(height))
        wall = 90 + 60 * across / width + 30 * np.sin(down / 17)
        grain = dice.normal(0, 2, (height, width))
        self._scenes: list[NDArray[np.uint8]] = []
        for step in range(_FILMS):
            turn = 2 * np.pi * step / _FILMS
            x, y = width * (0.5 + 0.2 * np.sin(turn)), height * (0.68 + 0.06 * np.cos(2 * turn))
            head = ((across - x) / (width * 0.12)) ** 2 + ((down - y) / (height * 0.25)) ** 2 < 1
            scene = np.where(head, 190 - 40 * np.cos((across - x) / 9), wall) + np.roll(grain, step, 1)
            colours = np.stack([scene, scene * 0.92, scene * 0.8], axis=2)
            self._scenes.append(np.clip(colours, 0, 255).astype(np.uint8))

    def picture(self, number: int) -> Frame:
        """The picture with this number."""
        picture = self._scenes[number % _FILMS].copy()
        tall = self.height // 6
        for bit in range(BITS):
            left, right = bit * self.width // BITS, (bit + 1) * self.width // BITS
            value = 255 if number >> bit & 1 else 0
            picture[:tall, left:right] = value
            picture[tall : 2 * tall, left:right] = 255 - value
        return Frame(self.width, self.height, picture.tobytes())


def number_of(frame: Frame) -> int | None:
    """The number of a picture of any size; None for one that cannot be read."""
    picture = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    tall, number = frame.height // 6, 0
    for bit in range(BITS):
        x = (2 * bit + 1) * frame.width // (2 * BITS)
        above, below = int(picture[tall // 2, x, 1]), int(picture[tall + tall // 2, x, 1])
        if abs(above - below) < 80:
            return None
        number |= (above > below) << bit
    return number


class Bursts:
    """Blocks of 20 ms, one after another: hushed, and every so often a burst."""

    def __init__(self) -> None:
        dice = np.random.default_rng(6)
        hush = [dice.normal(0, 60, BLOCK).astype("<i2").tobytes() for _ in range(16)]
        times = np.arange(BLOCK * _BURST_BLOCKS) / SOUND_RATE
        fade = np.minimum(1, np.minimum(times, times[::-1]) / 0.002)
        self._hush = hush
        self._tones = [
            (fade * 12000 * np.sin(2 * np.pi * pitch * times)).astype("<i2").tobytes() for pitch in PITCHES_HZ
        ]

    def block(self, count: int) -> tuple[bytes, int | None]:
        """The next block, and the number of the burst that begins with it."""
        burst, within = divmod(count, _BLOCKS_EVERY)
        if within >= _BURST_BLOCKS:
            return self._hush[count % len(self._hush)], None
        tone = self._tones[burst % len(self._tones)]
        return tone[within * BLOCK * 2 : (within + 1) * BLOCK * 2], burst if within == 0 else None


class BurstEar:
    """Finds the beginnings of bursts in what is heard."""

    def __init__(self) -> None:
        self._tail = np.zeros(0, np.int16)
        self._began: float | None = None
        self._quiet = 10

    def take(self, pcm: bytes, at: float) -> tuple[int, float] | None:
        """One block that came out at `at`: the pitch's number and when its first loud sample is played."""
        heard = np.frombuffer(pcm, "<i2")
        loud = np.flatnonzero(np.abs(heard.astype(np.int32)) > LOUD)
        if self._began is None:
            if len(loud) and self._quiet >= 5:
                self._began = at + int(loud[0]) / SOUND_RATE
                self._tail = heard[loud[0] :]
            self._quiet = 0 if len(loud) else self._quiet + 1
            return None
        self._tail = np.concatenate((self._tail, heard))
        if len(self._tail) < SOUND_RATE // 40:
            return None
        began, self._began, self._quiet = self._began, None, 0
        spectrum = np.abs(np.fft.rfft(self._tail, 4800))
        pitch = float(np.argmax(spectrum[20:])) * 10 + 200
        nearest = int(np.argmin([abs(pitch - known) for known in PITCHES_HZ]))
        return (nearest, began) if abs(pitch - PITCHES_HZ[nearest]) < 80 else None
