"""What a face did not decide, two people release: asked for by the machine, approved by two roles, refused by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.evaluation import commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, Member, Release
from app.evaluation.refusal import Refused
from app.evaluation.stages import MemberStage
from app.rules.model import Party

RELEASERS = frozenset({Party.CENTRE, Party.WITNESS})
"""Two people of different duties, both without an interest in the result."""


@dataclass(frozen=True)
class Releasable:
    """Something that two people may release for a member."""

    asked_by: Party
    due: Callable[[Evaluation, Member], None]
    """Refuses where the member does not need it now."""
    event: Callable[[Member], Event]
    """What the second approval makes: by means `two_person`, or `found` for who was found by face alone."""


Table = Mapping[str, Releasable]
"""By the `what` of the commands."""


def _at(stage: MemberStage) -> Callable[[Evaluation, Member], None]:
    def due(state: Evaluation, member: Member) -> None:
        guards.in_stage(member, stage)

    return due


RELEASABLE: Table = {
    "admission": Releasable(
        Party.KIOSK,
        _at(MemberStage.EXPECTED),
        lambda member: events.MemberCheckedIn(member.ref, "two_person", None, None),
    ),
    "found": Releasable(
        Party.KIOSK,
        _at(MemberStage.EXPECTED),
        lambda member: events.MemberCheckedIn(member.ref, "found", None, None),
    ),
    "seat": Releasable(
        Party.MEMBER,
        _at(MemberStage.SEAT_DRAWN),
        lambda member: events.SeatOpened(member.alias or "", "two_person", None, None),
    ),
}
"""On the main way; the matters bring theirs. `found`: no document named the member, the room found a face among those
expected; no kiosk asks for it by itself."""


def request_release(table: Table, state: Evaluation, command: commands.RequestRelease, actor: Actor) -> list[Event]:
    """The kiosk asks for an admission; the member's own seat asks for what opens it."""
    released = _releasable(table, command.what)
    member = guards.member(state, command.member)
    released.due(state, member)
    if actor.role is not released.asked_by or (actor.role is Party.MEMBER and actor.alias != member.alias):
        raise Refused("not_permitted", actor.role.value)
    if (command.what, command.member) in state.releases:
        raise Refused("already_requested", command.member)
    guards.text(command.reason, "$.reason")
    return [events.ReleaseRequested(**vars(command))]


def approve_release(table: Table, state: Evaluation, command: commands.ApproveRelease, actor: Actor) -> list[Event]:
    """The second of the two approvals releases."""
    release = _pending(state, command.what, command.member)
    if actor.role.value in release.approvals:
        raise Refused("already_approved", actor.role.value)
    guards.text(command.reason, "$.reason")
    made: list[Event] = [events.ReleaseApproved(**vars(command))]
    if {Party(role) for role in release.approvals} | {actor.role} >= RELEASERS:
        released, member = _releasable(table, command.what), guards.member(state, command.member)
        released.due(state, member)
        made.append(released.event(member))
    return made


def refuse_release(table: Table, state: Evaluation, command: commands.RefuseRelease, actor: Actor) -> list[Event]:
    """One no is enough."""
    _pending(state, command.what, command.member)
    guards.text(command.reason, "$.reason")
    return [events.ReleaseRefused(**vars(command))]


def _releasable(table: Table, what: str) -> Releasable:
    if what not in table:
        raise Refused("bad_value", "$.what")
    return table[what]


def _pending(state: Evaluation, what: str, member: str) -> Release:
    if (what, member) not in state.releases:
        raise Refused("nothing_requested", member)
    return state.releases[what, member]
