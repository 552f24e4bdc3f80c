"""What happens when a member leaves the seat for a while, who may ask for what, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event


class LeaveKind(StrEnum):
    """Why a member leaves the seat; each kind has its limit in the rule set."""

    WASHROOM = "washroom"
    MEAL = "meal"
    OTHER = "other"


@dataclass(frozen=True)
class LeaveAsked(Event):
    """A member asks to leave the seat; for the washroom the leave begins at once."""

    alias: str
    kind: str
    reason: str


@dataclass(frozen=True)
class LeaveBegun(Event):
    """The member is away from now on, and the seat is locked."""

    alias: str
    kind: str


@dataclass(frozen=True)
class LeaveDenied(Event):
    """The centre or the witness said no, for now."""

    alias: str
    reason: str


@dataclass(frozen=True)
class LeaveWithdrawn(Event):
    """The member does not want to leave any more."""

    alias: str


@dataclass(frozen=True)
class LeaveEnded(Event):
    """The leave is over: by `face` at the seat, by `two_person`, or because the evaluation paused (`pause`)."""

    alias: str
    means: str
    score: str | None
    engine: str | None


@dataclass(frozen=True)
class MealCalled(Event):
    """Everybody at a seat goes to eat; a leave for each of them follows."""


@dataclass(frozen=True)
class AskLeave(Command):
    """Ask to leave the own seat: `washroom`, `meal`, or `other` with a reason."""

    kind: str
    reason: str


@dataclass(frozen=True)
class WithdrawLeave(Command):
    """Take back what was asked for."""


@dataclass(frozen=True)
class GrantLeave(Command):
    """Let the member go; the leave begins."""

    alias: str


@dataclass(frozen=True)
class DenyLeave(Command):
    """Say no for now, with a reason."""

    alias: str
    reason: str


@dataclass(frozen=True)
class ReturnFromLeave(Command):
    """The seat knew its member's face again."""

    score: str
    engine: str


@dataclass(frozen=True)
class CallMeal(Command):
    """Send everybody at a seat to eat at the same time."""


@dataclass(frozen=True)
class AskedLeave:
    """A leave that waits for a yes."""

    alias: str
    kind: LeaveKind
    reason: str
    at: str


@dataclass(frozen=True)
class Leave:
    """A leave: from when, why; until when and how it ended, once it has."""

    alias: str
    kind: LeaveKind
    reason: str
    at: str
    ended_at: str | None = None
    means: str | None = None


@dataclass(frozen=True)
class Leaves:
    """Who asks, who is away, and the leaves that are over; by alias."""

    asked: dict[str, AskedLeave] = field(default_factory=dict)
    away: dict[str, Leave] = field(default_factory=dict)
    past: tuple[Leave, ...] = ()
