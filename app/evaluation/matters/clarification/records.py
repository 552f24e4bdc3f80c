"""A question to a bidder: drafted, sent, judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matters.letters.records import Mask, Outcome


@dataclass(frozen=True)
class ClarificationDrafted(Event):
    """A member wants something asked."""

    alias: str
    draft: int
    lot: str
    bid: str
    question: str


@dataclass(frozen=True)
class DraftDeclined(Event):
    """The chair does not send a draft."""

    draft: int
    reason: str


@dataclass(frozen=True)
class ClarificationAsked(Event):
    """The committee asks a bidder; from a draft or not."""

    letter: int
    lot: str
    bid: str
    question: str
    minutes: int
    draft: int | None


@dataclass(frozen=True)
class ClarificationFound(Event):
    """What the committee makes of the answer, or of its absence."""

    letter: int
    lot: str
    bid: str | None
    finding: Outcome
    reason: str


@dataclass(frozen=True)
class DraftClarification(Command):
    """Put a question forward; the chair sends it."""

    lot: str
    bid: str
    question: str


@dataclass(frozen=True)
class DeclineDraft(Command):
    """Do not send a draft, and say why."""

    draft: int
    reason: str


@dataclass(frozen=True)
class AskClarification(Command):
    """Send a question to a bidder, with so many minutes for the answer."""

    lot: str
    bid: str
    question: str
    minutes: int
    draft: int | None = None


@dataclass(frozen=True)
class FindClarification(Command):
    """State what the committee finds."""

    letter: int
    finding: Outcome
    reason: str


@dataclass(frozen=True)
class Draft:
    """A question that a member put forward."""

    number: int
    alias: str
    lot: str
    bid: str | None
    """None while it is known by a code alone."""
    question: str
    mask: Mask | None = None


@dataclass(frozen=True)
class Drafts:
    """Drafts that wait for the chair, by number; `made` counts all there were."""

    waiting: dict[int, Draft] = field(default_factory=dict)
    made: int = 0
