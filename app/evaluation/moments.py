"""Server times as entries carry them (RFC 3339 with offset): limits, distances, and how a report writes them."""

from __future__ import annotations

from datetime import datetime, timedelta


def moment(at: str) -> datetime:
    """The time that an entry or a package names."""
    return datetime.fromisoformat(at)


def after(at: str, minutes: int) -> str:
    """So many minutes later, written as entries write times."""
    return (moment(at) + timedelta(minutes=minutes)).isoformat(timespec="microseconds")


def reached(at: str, limit: str) -> bool:
    """Whether it is so late already; the very moment counts as reached."""
    return moment(at) >= moment(limit)


def clock(at: str) -> str:
    """Hour and minute, as a line of the report says it."""
    return moment(at).strftime("%H:%M")


def whole_minutes(span: timedelta) -> int:
    """Whole minutes; begun ones are not counted."""
    return span // timedelta(minutes=1)
