"""What locks a seat whose member is not seen before it, what opens it again, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event


class LockKind(StrEnum):
    """What the seat's machine saw when it locked the screen."""

    ABSENT = "absent"
    """Neither a face nor anybody at all before the seat."""
    SECOND_FACE = "second_face"
    """More than one person before it."""
    OTHER_FACE = "other_face"
    """A face that is not the member's."""
    COVERED = "covered"
    """The camera sees nothing: covered, black, or one picture that never changes."""
    CAMERA_LOST = "camera_lost"
    """The camera gives no picture."""
    RESTARTED = "restarted"
    """The seat's program was started anew: who sits there now it cannot know. Locks at once."""
    MOVED = "moved"
    """The member was moved to this seat (`spare_seat`), and has not shown the face here yet. The room locks it."""


class LockEnd(StrEnum):
    """What ended a lock."""

    FACE = "face"
    TWO_PERSON = "two_person"
    LEAVE = "leave"
    """A leave began: the seat stays locked, and the member comes back from the leave."""
    PAUSE = "pause"
    """The evaluation paused: the seat stays locked, and every face is looked for before it goes on."""


OPENING = frozenset({LockEnd.FACE, LockEnd.TWO_PERSON})
"""Ends after which the seat is open."""


@dataclass(frozen=True)
class SeatLocked(Event):
    """The seat locked itself: what it saw, and for how many seconds it had seen that."""

    alias: str
    kind: str
    seconds: int


@dataclass(frozen=True)
class SeatUnlocked(Event):
    """The lock is over, by `means` of `LockEnd`."""

    alias: str
    means: str
    score: str | None
    engine: str | None


@dataclass(frozen=True)
class LockSeat(Command):
    """The own seat saw one `kind` of `LockKind` for `seconds`, at least as long as the rule set says."""

    kind: str
    seconds: int


@dataclass(frozen=True)
class UnlockSeat(Command):
    """The seat knew its member's face again."""

    score: str
    engine: str


@dataclass(frozen=True)
class Lock:
    """A lock: whose seat, why, since when; when and how it ended, once it has."""

    alias: str
    kind: LockKind
    at: str
    seconds: int
    ended_at: str | None = None
    means: LockEnd | None = None


@dataclass(frozen=True)
class Locks:
    """Locks that hold, by alias, and those that are over."""

    now: dict[str, Lock] = field(default_factory=dict)
    past: tuple[Lock, ...] = ()
