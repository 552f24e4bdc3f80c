"""The room's time: the machine's clock, told at the offset from UTC where the room stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from app.ports.ambient import Clock


@dataclass(frozen=True)
class WallClock:
    """A clock that tells every moment at one offset, so that no paper mixes two."""

    clock: Clock
    utc_offset_min: int

    def now(self) -> datetime:
        """The time of day in the room."""
        return self.clock.now().astimezone(timezone(timedelta(minutes=self.utc_offset_min)))

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self.clock.monotonic()
