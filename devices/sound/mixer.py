"""What several sources say, laid over each other in blocks, with a small store against uneven arrival."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from app.ports.call import SOUND_RATE
from app.ports.sound import BLOCK_BYTES

BYTES_A_MS = 2 * SOUND_RATE // 1000
STORE_MS = 40
"""A source begins when so much of it is there: two blocks, since the engine evened out its arrival already."""
MOST_MS = 160
"""What waits beyond this comes too late: the oldest is dropped down to `STORE_MS`, so that no talk falls behind."""
PATIENCE = STORE_MS * BYTES_A_MS // BLOCK_BYTES
"""Blocks after which also a short sound begins, which never fills the store."""
SILENCE = bytes(BLOCK_BYTES)


@dataclass(slots=True)
class _Source:
    waiting: bytearray = field(default_factory=bytearray)
    begun: bool = False
    patience: int = PATIENCE


class Mixer:
    """Safe to fill from any thread while another takes blocks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sources: dict[str, _Source] = {}

    def add(self, source: str, pcm: bytes) -> None:
        """What the source says next; half samples are no sound (ValueError)."""
        if len(pcm) % 2:
            raise ValueError("sound comes in whole samples of 16 bits")
        with self._lock:
            found = self._sources.setdefault(source, _Source())
            found.waiting += pcm
            if len(found.waiting) > MOST_MS * BYTES_A_MS:
                del found.waiting[: len(found.waiting) - STORE_MS * BYTES_A_MS]

    def forget(self, source: str) -> None:
        """Drop what of this source waits."""
        with self._lock:
            self._sources.pop(source, None)

    def clear(self) -> None:
        """Drop what of all sources waits."""
        with self._lock:
            self._sources.clear()

    def next(self) -> bytes:
        """The next block to be played; too loud together is cut off at full scale."""
        with self._lock:
            parts = [part for source in list(self._sources) if (part := self._take(source))]
        if len(parts) <= 1:
            return parts[0] if parts else SILENCE
        mixed = np.sum([np.frombuffer(part, "<i2").astype(np.int32) for part in parts], axis=0)
        out: bytes = np.clip(mixed, -32768, 32767).astype("<i2").tobytes()
        return out

    def _take(self, name: str) -> bytes:
        source = self._sources[name]
        if not source.begun and len(source.waiting) < STORE_MS * BYTES_A_MS and source.patience:
            source.patience -= 1
            return b""
        source.begun = True
        part = bytes(source.waiting[:BLOCK_BYTES])
        del source.waiting[:BLOCK_BYTES]
        if not source.waiting and len(part) < BLOCK_BYTES:
            del self._sources[name]  # run dry: what comes next fills the store anew
        return part.ljust(BLOCK_BYTES, b"\0")
