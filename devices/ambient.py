"""This machine's clock and chance, and the scripted ones that make a test or a replay come out the same."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

MOST_AHEAD_S = 366 * 24 * 3600
"""How far ahead of itself a clock of practice may be."""


class SystemClock:
    """The machine's Clock."""

    def now(self) -> datetime:
        """The time of day with the machine's offset from UTC."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()


class ScriptedClock:
    """A Clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a time of day needs its offset from UTC")
        self._lock = threading.Lock()
        self._start = start
        self._elapsed_s = 0.0

    def advance(self, seconds: float) -> None:
        """Let time pass; ValueError for the past."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        with self._lock:
            self._elapsed_s += seconds

    def now(self) -> datetime:
        """The start and what was let pass."""
        return self._start + timedelta(seconds=self._elapsed_s)

    def monotonic(self) -> float:
        """The seconds let pass."""
        return self._elapsed_s


class PracticeClock:
    """The machine's Clock, ahead of itself by the seconds in a file: deadlines are practised without waiting.

    The file is read at each use. What cannot be read then, or would turn time back, leaves the clock as far ahead
    as it was, so that a file in mid-writing does no harm.
    """

    def __init__(self, file: Path) -> None:
        """Read the file a first time; raises OSError or ValueError where it holds no number of seconds."""
        self._lock = threading.Lock()
        self._file = file
        self._ahead = self._read()

    def now(self) -> datetime:
        """The time of day in practice."""
        return datetime.now().astimezone() + timedelta(seconds=self._ahead_s())

    def monotonic(self) -> float:
        """Seconds that only grow, by those in the file too."""
        return time.monotonic() + self._ahead_s()

    def _ahead_s(self) -> int:
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._ahead = max(self._ahead, self._read())
        return self._ahead

    def _read(self) -> int:
        ahead = int(self._file.read_text("ascii"))
        if not 0 <= ahead <= MOST_AHEAD_S:
            raise ValueError("seconds from now to a year ahead")
        return ahead


class SystemRandomness:
    """The operating system's Randomness."""

    def token_bytes(self, count: int) -> bytes:
        """Bytes that nobody can foresee."""
        return secrets.token_bytes(count)


class ScriptedRandomness:
    """A Randomness that a seed decides: SHA-256 of the seed and a counter. Never for a real evaluation."""

    def __init__(self, seed: bytes) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._counter = 0

    def token_bytes(self, count: int) -> bytes:
        """The next `count` bytes; each call begins a fresh block."""
        out = b""
        with self._lock:
            while len(out) < count:
                out += hashlib.sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
                self._counter += 1
        return out[:count]
