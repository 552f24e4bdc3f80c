"""The room's time: the machine's clock, told at the offset from UTC where the room stands."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from app.ports.ambient import Clock


class WallClock:
    """A clock that tells every moment at one offset, so that no paper mixes two."""

    def __init__(self, clock: Clock, utc_offset_min: int) -> None:
        self._clock = clock
        self._zone = timezone(timedelta(minutes=utc_offset_min))

    def now(self) -> datetime:
        """The time of day in the room."""
        return self._clock.now().astimezone(self._zone)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return self._clock.monotonic()
