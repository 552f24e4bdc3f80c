"""How things stand because of matters beside the main way: notices read from a view, and their time. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.evaluation import codec
from app.evaluation.matter import Notice

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Countdown:
    """What is left of a limit, or by how much it is past; whole seconds."""

    over: bool
    span: timedelta

    def __str__(self) -> str:
        """`04:09`, from an hour on `1:04:09`."""
        minutes, seconds = divmod(int(self.span.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def notices(evaluation: Json) -> tuple[Notice, ...]:
    """Everything that the matters of an evaluation's view want told, warnings first."""
    matters = evaluation.get("matters") or {}
    found = [codec.from_json(Notice, one) for matter in matters.values() for one in matter.get("notices") or ()]
    return tuple(sorted(found, key=lambda notice: not notice.urgent))


def countdown(notice: Notice, now: datetime | None) -> Countdown | None:
    """The time up to the notice's `until`; None where it has none, or the room's time is not known yet."""
    if notice.until is None or now is None:
        return None
    left = datetime.fromisoformat(notice.until) - now
    whole = timedelta(seconds=int(abs(left).total_seconds()))
    return Countdown(left < timedelta(), whole)
