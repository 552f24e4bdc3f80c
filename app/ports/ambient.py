"""Time and chance, which the program only takes from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of this machine; an event's time is the server's."""

    def now(self) -> datetime:
        """The time of day, with its offset from UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow, for measuring how long something took."""
        ...


class Randomness(Protocol):
    """Unpredictable bytes, for keys, nonces and salts."""

    def token_bytes(self, count: int) -> bytes:
        """`count` bytes that nobody can foresee."""
        ...
