"""Microphone and loudspeaker of one machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.ports.call import SOUND_RATE
from app.ports.device import Device, Unsubscribe

BLOCK_MS = 20
BLOCK_BYTES = 2 * SOUND_RATE * BLOCK_MS // 1000
"""Of one block of the microphone: `app.ports.call.SOUND_RATE`, 16 bits, one channel, little endian."""


class Sound(Device, Protocol):
    """One owner starts it, any number listen. Without a device it stays STARTING with a fault and plays nothing."""

    def subscribe(self, on_block: Callable[[bytes], None]) -> Unsubscribe:
        """Hear every block of the microphone, echo and noise taken off, in the device's thread: be quick."""
        ...

    def play(self, source: str, pcm: bytes) -> None:
        """Play what a source says next, mixed with the others; what comes too late is dropped. Never waits."""
        ...

    def forget(self, source: str) -> None:
        """What this source said and is not played yet is not played any more."""
        ...
