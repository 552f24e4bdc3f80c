"""What happens when an evaluation pauses, who may do what, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event


class PauseKind(StrEnum):
    """Why an evaluation pauses."""

    FAULT = "fault"
    """系统故障: its clock runs."""
    NIGHT = "night"
    """隔夜: the journal is sealed by its root."""
    ORDER = "order"
    """By order of the regulator or the tenderee."""


@dataclass(frozen=True)
class EvaluationPaused(Event):
    """Everything stops, every seat is locked: `kind` is `fault` or `order`."""

    kind: str
    reason: str


@dataclass(frozen=True)
class NightSealed(Event):
    """Everything stops for the night: the journal before this entry has `size` entries and this Merkle root."""

    reason: str
    size: int
    root: str


@dataclass(frozen=True)
class FaultDecided(Event):
    """The tenderee decided about a fault before the start that lasted too long: to go on, or to postpone."""

    go_on: bool
    reason: str


@dataclass(frozen=True)
class PresenceCalled(Event):
    """Every member is asked to show the own face again."""


@dataclass(frozen=True)
class PresenceVerified(Event):
    """A member is here again, by `face` at the seat or by `two_person`."""

    alias: str
    means: str
    score: str | None
    engine: str | None


@dataclass(frozen=True)
class EvaluationResumed(Event):
    """It goes on. After a night: the tree over the first `size` entries still has the evening's `root`."""

    note: str
    size: int | None
    root: str | None


@dataclass(frozen=True)
class PauseEvaluation(Command):
    """Stop everything because of a `fault` or an `order`."""

    kind: str
    reason: str


@dataclass(frozen=True)
class SealNight(Command):
    """Stop everything until the morning. The room fills in size and root of the journal."""

    reason: str
    size: int
    root: str


@dataclass(frozen=True)
class DecideOnFault(Command):
    """Decide, as tenderee, whether to go on after a fault before the start that lasted too long."""

    go_on: bool
    reason: str


@dataclass(frozen=True)
class CallPresence(Command):
    """Ask every member for the own face, so that the evaluation can go on."""


@dataclass(frozen=True)
class VerifyPresence(Command):
    """The seat knew its member's face again."""

    score: str
    engine: str


@dataclass(frozen=True)
class ResumeEvaluation(Command):
    """Go on, saying what was done. After a night the room fills in the evening's size and the root found now."""

    note: str
    size: int | None
    root: str | None


@dataclass(frozen=True)
class Pause:
    """A pause, running or over."""

    kind: PauseKind
    reason: str
    at: str
    before_start: bool
    """It began before the committee had begun to evaluate."""
    size: int | None = None
    root: str | None = None
    go_on: bool | None = None
    """What the tenderee decided, if it had to."""
    called_at: str | None = None
    verified: dict[str, str] = field(default_factory=dict)
    """Means by alias, since presence was called."""
    resumed_at: str | None = None


@dataclass(frozen=True)
class Said:
    """A line for the report: when, what."""

    at: str
    text: str


@dataclass(frozen=True)
class Pauses:
    """The pause that runs now, those that are over, and what the report says of them."""

    now: Pause | None = None
    past: tuple[Pause, ...] = ()
    said: tuple[Said, ...] = ()
