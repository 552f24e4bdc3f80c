"""Another voice for the ears of the others: McAdams' coefficient moves the formants, block by block, in numpy.

It hides a voice from a person who half knows it and little more: in the VoicePrivacy challenge of 2022 this method
moved a machine's equal error rate from 3.8 to 7.8 % only. The interface says so wherever the mask is on. What leaves
the seat is the changed voice alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.ports.call import SOUND_RATE

Samples = NDArray[np.float64]

FACTOR = 3
"""Speech is changed at 16 kHz, a third of the rate on the line."""
FRAME = SOUND_RATE // FACTOR // 50
HOP = FRAME // 2
ORDER = 16
SPECTRUM = 1024
"""Points of the transform: three frames' length, so that what rings on behind a frame hardly wraps around."""
LOWEST, HIGHEST = 0.75, 0.90
"""Of the coefficient: below, speech is hard to follow; above, the voice is hardly another."""
_QUIET = 1e-7
_LOWPASS = np.sinc(np.arange(-24, 25) / FACTOR) * np.hamming(49) / FACTOR


def coefficient(chance: bytes) -> float:
    """A coefficient between `LOWEST` and `HIGHEST` out of unpredictable bytes, one for each stay in a call."""
    return LOWEST + (HIGHEST - LOWEST) * int.from_bytes(chance[:4], "big") / 2**32


class VoiceMask:
    """Changes one voice; blocks come in order and are of any whole number of thirds of a sample's rate."""

    def __init__(self, alpha: float) -> None:
        """ValueError where `alpha` is no coefficient that changes a voice and leaves it speech."""
        if not LOWEST <= alpha <= HIGHEST:
            raise ValueError(f"McAdams' coefficient lies between {LOWEST} and {HIGHEST}")
        self._alpha = alpha
        self._window = np.sin(np.pi * (np.arange(FRAME) + 0.5) / FRAME) ** 2
        self._before = np.zeros(len(_LOWPASS) - 1)
        self._behind = np.zeros((len(_LOWPASS) - 1) // FACTOR + 1)
        self._kept = np.zeros(0)
        self._phase = 0
        self._ringing = np.zeros(SPECTRUM)
        self._ready = np.zeros(0)

    def change(self, pcm: bytes) -> bytes:
        """The next block in the other voice, as long as the one that came; late by 20 ms."""
        low = self._lower(np.frombuffer(pcm, "<i2").astype(np.float64) / 32768)
        self._kept = np.concatenate((self._kept, low))
        made: list[Samples] = []
        while len(self._kept) >= FRAME:
            made.append(self._next_frame(self._kept[:FRAME]))
            self._kept = self._kept[HOP:]
        self._ready = np.concatenate((self._ready, *made))
        wanted = len(low)
        # Until the first frame is whole nothing is ready: silence goes out, never the voice as it is.
        missing = max(0, wanted - len(self._ready))
        out = np.concatenate((np.zeros(missing), self._ready[: wanted - missing]))
        self._ready = self._ready[wanted - missing :]
        high = self._raise(out)
        return (np.clip(high, -1, 1) * 32767).astype("<i2").tobytes()

    def _next_frame(self, frame: Samples) -> Samples:
        """One frame changed, laid over the one before; returns the half that is finished."""
        spectrum = np.fft.rfft(frame * self._window, SPECTRUM)
        old = _envelope(frame)
        if old is not None:
            new = _moved(old, self._alpha)
            before = np.abs(spectrum).mean()
            spectrum = spectrum * np.fft.rfft(old, SPECTRUM) / np.fft.rfft(new, SPECTRUM)
            spectrum *= before / max(np.abs(spectrum).mean(), _QUIET)
        self._ringing += np.fft.irfft(spectrum, SPECTRUM)
        done = self._ringing[:HOP].copy()
        self._ringing = np.concatenate((self._ringing[HOP:], np.zeros(HOP)))
        return done

    def _lower(self, block: Samples) -> Samples:
        """A third of the samples, without what would fold back."""
        long = np.concatenate((self._before, block))
        self._before = long[len(long) - (len(_LOWPASS) - 1) :]
        smooth = np.convolve(long, _LOWPASS, "valid")
        low = smooth[self._phase :: FACTOR]
        self._phase = (self._phase - len(smooth)) % FACTOR
        return low

    def _raise(self, block: Samples) -> Samples:
        """Three times the samples, smoothed."""
        long = np.concatenate((self._behind, block))
        self._behind = long[len(block) :]
        wide = np.zeros(len(long) * FACTOR)
        wide[::FACTOR] = long * FACTOR
        return np.convolve(wide, _LOWPASS, "full")[len(self._behind) * FACTOR :][: len(block) * FACTOR]


def _envelope(frame: Samples) -> Samples | None:
    """The frame's all-pole filter (autocorrelation method, so that it is stable), or None for silence."""
    shaped = frame * np.hamming(len(frame))
    found = np.correlate(shaped, shaped, "full")[len(shaped) - 1 :][: ORDER + 1]
    if found[0] < _QUIET:
        return None
    found[0] *= 1.0001
    filter_, error = np.ones(1), float(found[0])
    for order in range(1, ORDER + 1):
        reflection = -float(np.dot(filter_, found[order:0:-1])) / error
        longer = np.concatenate((filter_, [0.0]))
        filter_ = longer + reflection * longer[::-1]
        error *= 1 - reflection * reflection
    return filter_


def _moved(filter_: Samples, alpha: float) -> Samples:
    """The same filter with the angle of every resonance raised to the power of the coefficient."""
    poles = np.roots(filter_)
    angle, size = np.angle(poles), np.abs(poles)
    resonant = np.abs(poles.imag) > 1e-6
    turned = np.where(resonant, np.sign(angle) * np.minimum(np.abs(angle) ** alpha, np.pi), angle)
    return np.real(np.poly(np.minimum(size, 0.995) * np.exp(1j * turned)))
