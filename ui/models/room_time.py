"""The room's time, as far as a machine can know it from the moments that the room names; and moments in short."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.ports.ambient import Clock


class RoomTime:
    """This machine's steady clock, set by the room's moments; the machine's own time of day is never trusted.

    A moment arrives after it was named, never before: so the latest start that any of them implies is the truest.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._start: datetime | None = None

    @property
    def clock(self) -> Clock:
        """The machine's own clock: for what is only measured here."""
        return self._clock

    def hear(self, at: str) -> None:
        """The room named this moment (RFC 3339) just now or earlier; ValueError where it is none."""
        start = datetime.fromisoformat(at) - timedelta(seconds=self._clock.monotonic())
        if self._start is None or start > self._start:
            self._start = start

    def now(self) -> datetime | None:
        """The room's time of day; None before the room named a moment."""
        return None if self._start is None else self._start + timedelta(seconds=self._clock.monotonic())


def hour_minute(at: str | None) -> str:
    """`09:41` of an RFC 3339 moment in the room's own offset; empty for none."""
    return datetime.fromisoformat(at).strftime("%H:%M") if at else ""


def day_minute(at: str | None) -> str:
    """`2026-03-02 09:41` of an RFC 3339 moment in the room's own offset; empty for none."""
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M") if at else ""


def to_the_second(at: str | None) -> str:
    """`09:41:07` of an RFC 3339 moment; empty for none."""
    return datetime.fromisoformat(at).strftime("%H:%M:%S") if at else ""
