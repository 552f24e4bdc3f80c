"""What was recorded of one member by one machine: when, where it has holes and why; nothing of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.recordings.manifest import place_of

JOINT_S = 1.0
"""Seconds between two segments up to which nobody misses anything."""


@dataclass(frozen=True)
class Segment:
    """One segment; `held`: the room has it."""

    seq: int
    start: str
    end: str
    held: bool

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return datetime.fromisoformat(self.start)

    @property
    def last(self) -> datetime:
        """Its last moment."""
        return datetime.fromisoformat(self.end)


@dataclass(frozen=True)
class Hole:
    """A stretch without any recording, and its reason as the list names it; empty where it names none."""

    begin: datetime
    end: datetime
    why: str


@dataclass(frozen=True)
class Recorded:
    """A recording; `open`: whoever is at this console may look now."""

    stream: str
    party: str
    device: str
    open: bool
    segments: tuple[Segment, ...]
    holes: tuple[Hole, ...]

    @property
    def begin(self) -> datetime:
        """The first moment."""
        return self.segments[0].begin

    @property
    def end(self) -> datetime:
        """The last moment."""
        return self.segments[-1].last

    def at(self, moment: datetime) -> tuple[Segment, float] | None:
        """The segment that holds a moment and the second in it; None in a hole and outside."""
        return place_of(self.segments[::-1], moment.isoformat())  # where two meet it is the later one's

    def hole_at(self, moment: datetime) -> Hole | None:
        """The hole in which a moment lies."""
        return next((hole for hole in self.holes if hole.begin <= moment < hole.end), None)

    def after(self, moment: datetime) -> Segment | None:
        """The first segment that begins behind a moment."""
        return next((one for one in self.segments if one.begin > moment), None)

    def before(self, moment: datetime) -> Segment | None:
        """The last segment that begins before a moment."""
        return next((one for one in reversed(self.segments) if one.begin < moment), None)


def recorded(stream: str, told: Sequence[dict[str, Any]]) -> tuple[Recorded, ...]:
    """What the room lists of an evaluation; a recording without segments is none."""
    return tuple(_one(stream, one) for one in told if one["segments"])


def _one(stream: str, told: dict[str, Any]) -> Recorded:
    segments = tuple(Segment(int(s["seq"]), str(s["start"]), str(s["end"]), bool(s["held"])) for s in told["segments"])
    named = [gap for s in told["segments"] for gap in s["gaps"] if gap["track"] == "all"]
    holes = []
    for one, following in pairwise(segments):
        if (following.begin - one.last).total_seconds() > JOINT_S:
            holes.append(Hole(one.last, following.begin, _why(named, one.last, following.begin)))
    return Recorded(stream, str(told["party"]), str(told["device"]), bool(told["open"]), segments, tuple(holes))


def _why(named: Sequence[dict[str, Any]], begin: datetime, end: datetime) -> str:
    for gap in named:
        if datetime.fromisoformat(gap["start"]) < end and datetime.fromisoformat(gap["end"]) > begin:
            return str(gap["why"])
    return ""


def hole_word(why: str) -> str:
    """Why nothing was recorded."""
    translate = QCoreApplication.translate
    return {
        "paused": translate("Replay", "Nobody sat there: nothing was to be recorded"),
        "interrupted": translate("Replay", "The recording was interrupted"),
        "disk": translate("Replay", "The disk had no room or failed"),
        "silent": translate("Replay", "Nothing came from camera and microphone"),
    }.get(why, translate("Replay", "Nothing was recorded, and the list does not say why"))
