"""Counting attempts: how often something may go wrong within a time before it has to wait."""

from __future__ import annotations

from collections import deque

from app.ports.ambient import Clock
from app.room.refusal import RoomRefusal


class Attempts:
    """At most `most` attempts a key within `within_s` seconds; old keys are forgotten."""

    def __init__(self, clock: Clock, most: int, within_s: float) -> None:
        self._clock = clock
        self._most = most
        self._within_s = within_s
        self._times: dict[str, deque[float]] = {}

    def may(self, key: str) -> bool:
        """Whether another attempt is allowed now."""
        self._forget()
        return len(self._times.get(key, ())) < self._most

    def check(self, *keys: str) -> None:
        """Raise `RoomRefusal` `too_many_attempts` where one of the keys has to wait."""
        if not all(self.may(key) for key in keys):
            raise RoomRefusal("too_many_attempts")

    def count(self, *keys: str) -> None:
        """Note an attempt under each key."""
        for key in keys:
            self._times.setdefault(key, deque()).append(self._clock.monotonic())

    def _forget(self) -> None:
        limit = self._clock.monotonic() - self._within_s
        for key in list(self._times):
            times = self._times[key]
            while times and times[0] <= limit:
                times.popleft()
            if not times:
                del self._times[key]
