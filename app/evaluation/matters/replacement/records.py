"""What happens when a member is replaced, who may ask for what, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line


@dataclass(frozen=True)
class ReplacementAsked(Event):
    """Someone asks that a member be replaced, on a lawful ground."""

    alias: str
    ground: str
    reason: str


@dataclass(frozen=True)
class ReplacementApproved(Event):
    """Another role agreed."""

    alias: str
    reason: str


@dataclass(frozen=True)
class ReplacementRefused(Event):
    """Another role said no."""

    alias: str
    reason: str


@dataclass(frozen=True)
class MemberReplaced(Event):
    """The member is out: the conclusions are void from here on, and stay in the journal."""

    alias: str
    ground: str


@dataclass(frozen=True)
class ChairVacated(Event):
    """The chair was replaced: a chair is chosen again."""

    alias: str


@dataclass(frozen=True)
class MembersAdded(Event):
    """Supplementary members (补抽), sealed like those of the package."""

    members: tuple[dict[str, Any], ...]
    members_hash: str
    reason: str


@dataclass(frozen=True)
class CommitteeRecomposed(Event):
    """The composition was checked again and holds; group results reopen."""

    aliases: tuple[str, ...]
    experts: int
    delegates: int


@dataclass(frozen=True)
class MemberDeparted(Event):
    """The staff saw that a member who works no more is gone; the seat was wiped and the locker emptied by them."""

    member: str
    reason: str


@dataclass(frozen=True)
class AskReplacement(Command):
    """Ask for the replacement of a member; a member may only ask for the own."""

    alias: str
    ground: str
    reason: str


@dataclass(frozen=True)
class ApproveReplacement(Command):
    """Agree, as another role."""

    alias: str
    reason: str


@dataclass(frozen=True)
class RefuseReplacement(Command):
    """Say no, as another role."""

    alias: str
    reason: str


@dataclass(frozen=True)
class AddMembers(Command):
    """Take in supplementary members. Only the room issues it, from a checked list."""

    members: tuple[dict[str, Any], ...]
    members_hash: str
    reason: str


@dataclass(frozen=True)
class RecomposeCommittee(Command):
    """Check the composition again and go on."""


@dataclass(frozen=True)
class RecordDeparture(Command):
    """Record that a member who works no more is gone."""

    member: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """A replacement that waits for another role."""

    alias: str
    ground: str
    reason: str
    by: Actor
    at: str


@dataclass(frozen=True)
class Replacements:
    """What is asked for now, and what has happened."""

    asked: dict[str, Asked] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
