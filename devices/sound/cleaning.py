"""Echo and noise taken off the microphone by the audio processing of libwebrtc, and whether a voice remains.

The wheel livekit carries that processing without a server or an account: nothing of it reaches any network here.
"""

from __future__ import annotations

import logging

import numpy as np

from app.ports.call import SOUND_RATE
from app.ports.sound import BLOCK_BYTES, BLOCK_MS, Cleaner

log = logging.getLogger(__name__)

HALF = BLOCK_BYTES // 2
"""Bytes of ten milliseconds, which is the step of libwebrtc's processing."""
STRICTNESS = 2
"""Of the voice detector, 0 to 3: a keyboard or a page is no voice, a quiet member still is one."""
LINGER_MS = 300
"""Words have gaps: a voice counts as heard for so long after its last sound."""


class WebrtcCleaner:
    """Echo canceller (AEC3), noise suppression and high pass; one for each opening of the devices."""

    def __init__(self, delay_ms: int = 0) -> None:
        """`delay_ms` is about how long a block takes from `play` back to `clean`; the canceller finds it exactly.

        ImportError where the wheel is not installed.
        """
        from livekit.rtc import AudioFrame, AudioProcessingModule

        self._frame = AudioFrame
        self._module = AudioProcessingModule(
            echo_cancellation=True, noise_suppression=True, high_pass_filter=True, auto_gain_control=False
        )
        self._delay_ms = delay_ms

    def play(self, block: bytes) -> None:
        """What goes to the loudspeaker."""
        for start in (0, HALF):
            half = bytearray(block[start : start + HALF])
            self._module.process_reverse_stream(self._frame(half, SOUND_RATE, 1, HALF // 2))

    def clean(self, block: bytes) -> bytes:
        """The microphone's block, cleaned."""
        out = bytearray()
        for start in (0, HALF):
            frame = self._frame(bytearray(block[start : start + HALF]), SOUND_RATE, 1, HALF // 2)
            self._module.set_stream_delay_ms(self._delay_ms)
            self._module.process_stream(frame)
            out += frame.data.cast("B")
        return bytes(out)


class NoCleaner:
    """Leaves the sound as it is: for machines without the wheel, and for hearing oneself in a self-test."""

    def play(self, block: bytes) -> None:
        """Nothing to remember."""

    def clean(self, block: bytes) -> bytes:
        """The same block."""
        return block


def best_cleaner(delay_ms: int = 0) -> Cleaner:
    """libwebrtc's where it can be loaded; without it the sound goes out as it is, and the log says so."""
    try:
        return WebrtcCleaner(delay_ms)
    except (ImportError, OSError) as error:
        log.warning("no echo is taken off: %s", error)
        return NoCleaner()


class VoiceActivity:
    """Whether a voice is in the blocks, by the detector of webrtcvad; by loudness where that is not installed."""

    def __init__(self) -> None:
        try:
            from webrtcvad import Vad

            self._detector: Vad | None = Vad(STRICTNESS)
        except ImportError:
            self._detector = None
        self._lingering = 0

    def hear(self, block: bytes) -> bool:
        """Take the next block; returns whether somebody speaks or just spoke."""
        found = loudness(block) > 0.05 if self._detector is None else self._detector.is_speech(block, SOUND_RATE)
        self._lingering = LINGER_MS // BLOCK_MS if found else max(0, self._lingering - 1)
        return self._lingering > 0


def loudness(block: bytes) -> float:
    """The loudest sample of 1."""
    samples = np.frombuffer(block, "<i2").astype(np.int32)
    return float(np.abs(samples).max(initial=0)) / 32768
