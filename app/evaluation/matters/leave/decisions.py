"""Who may leave the seat and come back, and what a leave does to the state."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.commands import CallHelp, Command, GiveSheetKey, RecordRefusal, RequestRelease
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.call import LeaveCall
from app.evaluation.matters.leave.records import (
    AskedLeave,
    AskLeave,
    CallMeal,
    DenyLeave,
    GrantLeave,
    Leave,
    LeaveAsked,
    LeaveBegun,
    LeaveDenied,
    LeaveEnded,
    LeaveKind,
    Leaves,
    LeaveWithdrawn,
    MealCalled,
    ReturnFromLeave,
    WithdrawLeave,
)
from app.evaluation.matters.presence.decisions import ended_by
from app.evaluation.matters.presence.records import LockEnd
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import after
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_WORK
from app.rules.model import Party

_PASSING = (ReturnFromLeave, RequestRelease, CallHelp, LeaveCall, GiveSheetKey, RecordRefusal)
"""What a locked seat may still send: the way back, a call, and what its machine owes the room."""


# --- what is so


def on_leave(state: Evaluation, alias: str | None) -> Leave | None:
    """The leave that this member is on; a member who was replaced meanwhile is on none."""
    leave = state.memory(Leaves).away.get(alias or "")
    member = state.by_alias(leave.alias) if leave else None
    return leave if member is not None and member.stage in AT_WORK else None


def away(state: Evaluation) -> list[Leave]:
    """Every leave that runs, in the order in which they began."""
    return [leave for alias in state.memory(Leaves).away if (leave := on_leave(state, alias)) is not None]


def due(state: Evaluation, leave: Leave) -> str:
    """When the member has to be back, by the rule set's limit of the kind."""
    rule = state.ruleset.procedure
    return after(leave.at, rule.meal_min if leave.kind is LeaveKind.MEAL else rule.leave_min)


def at_seats(state: Evaluation) -> list[Member]:
    """Members who are at work and not away, by alias."""
    here = [m for m in state.members.values() if m.stage in AT_WORK and on_leave(state, m.alias) is None]
    return sorted(here, key=lambda m: m.alias or "")


# --- what may be done


def leave_kind(value: str) -> LeaveKind:
    """The kind, or a refusal."""
    try:
        return LeaveKind(value)
    except ValueError:
        raise Refused("bad_value", "$.kind") from None


def ask(state: Evaluation, command: AskLeave, actor: Actor, at: str) -> list[Event]:
    """The washroom needs nobody's yes; a meal and anything else does, the latter with a reason."""
    alias = guards.acting(state, actor, *AT_WORK).alias or ""
    kind = leave_kind(command.kind)
    if alias in state.memory(Leaves).asked:
        raise Refused("already_requested", alias)
    if kind is LeaveKind.OTHER:
        guards.text(command.reason, "$.reason")
    asked = LeaveAsked(alias, command.kind, command.reason)
    return [asked, LeaveBegun(alias, command.kind)] if kind is LeaveKind.WASHROOM else [asked]


def _asked(state: Evaluation, alias: str) -> AskedLeave:
    asked = state.memory(Leaves).asked.get(alias)
    if asked is None:
        raise Refused("nothing_requested", alias)
    return asked


def withdraw(state: Evaluation, command: WithdrawLeave, actor: Actor, at: str) -> list[Event]:
    """Only the own request."""
    alias = guards.acting(state, actor).alias or ""
    return [LeaveWithdrawn(_asked(state, alias).alias)]


def grant(state: Evaluation, command: GrantLeave, actor: Actor, at: str) -> list[Event]:
    """One yes is enough: a leave changes no result."""
    asked = _asked(state, command.alias)
    guards.in_stage(_member(state, command.alias), *AT_WORK)
    return [LeaveBegun(command.alias, asked.kind.value), *ended_by(state, LockEnd.LEAVE, command.alias)]


def _member(state: Evaluation, alias: str) -> Member:
    member = state.by_alias(alias)
    if member is None:
        raise Refused("unknown_member", "$.alias")
    return member


def deny(state: Evaluation, command: DenyLeave, actor: Actor, at: str) -> list[Event]:
    """With a reason; it may be asked for again."""
    _asked(state, command.alias)
    guards.text(command.reason, "$.reason")
    return [LeaveDenied(**vars(command))]


def come_back(state: Evaluation, command: ReturnFromLeave, actor: Actor, at: str) -> list[Event]:
    """The face that the seat took for its member's."""
    member = guards.acting(state, actor)
    returnable(state, member)
    return [LeaveEnded(member.alias or "", "face", command.score, command.engine)]


def returnable(state: Evaluation, member: Member) -> None:
    """Refuse where the member is not away."""
    if on_leave(state, member.alias) is None:
        raise Refused("not_on_leave", member.alias or member.ref)


def call_meal(state: Evaluation, command: CallMeal, actor: Actor, at: str) -> list[Event]:
    """A meal for all who are at their seats; each comes back by the own face."""
    here = at_seats(state)
    if not here:
        raise Refused("nobody_at_seats", state.stream)
    begun = [LeaveBegun(m.alias or "", LeaveKind.MEAL.value) for m in here]
    return [MealCalled(), *begun, *(one for m in here for one in ended_by(state, LockEnd.LEAVE, m.alias or ""))]


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """While a member is away, nobody does anything in that member's name."""
    if actor.role is Party.MEMBER and not isinstance(command, _PASSING) and on_leave(state, actor.alias) is not None:
        raise Refused("on_leave", actor.alias or "")


# --- what becomes of it


def asked_folded(state: Evaluation, event: LeaveAsked, actor: Actor, at: str) -> Evaluation:
    """It waits, if only for the entry that follows."""
    memory = state.memory(Leaves)
    asked = AskedLeave(event.alias, LeaveKind(event.kind), event.reason, at)
    return state.remembering(replace(memory, asked=memory.asked | {event.alias: asked}))


def begun_folded(state: Evaluation, event: LeaveBegun, actor: Actor, at: str) -> Evaluation:
    """Away, and locked."""
    asked = state.memory(Leaves).asked.get(event.alias)
    state = _settled(state, event.alias)
    memory = state.memory(Leaves)
    leave = Leave(event.alias, LeaveKind(event.kind), asked.reason if asked else "", at)
    state = state.remembering(replace(memory, away=memory.away | {event.alias: leave}))
    return replace(state, locked=state.locked | {event.alias})


def settled_folded(state: Evaluation, event: LeaveDenied | LeaveWithdrawn, actor: Actor, at: str) -> Evaluation:
    """Nothing waits any more."""
    return _settled(state, event.alias)


def _settled(state: Evaluation, alias: str) -> Evaluation:
    memory = state.memory(Leaves)
    return state.remembering(replace(memory, asked={key: one for key, one in memory.asked.items() if key != alias}))


def ended_folded(state: Evaluation, event: LeaveEnded, actor: Actor, at: str) -> Evaluation:
    """Back: the seat is open again, unless a pause ended the leave; and nobody is asked to open it."""
    memory, member = state.memory(Leaves), state.by_alias(event.alias)
    leave = memory.away.get(event.alias)
    if leave is None or member is None:
        return state
    left = {key: one for key, one in memory.away.items() if key != event.alias}
    past = (*memory.past, replace(leave, ended_at=at, means=event.means))
    releases = {key: one for key, one in state.releases.items() if key != ("return", member.ref)}
    state = state.remembering(replace(memory, away=left, past=past))
    opened = frozenset() if event.means == "pause" else {event.alias}
    return replace(state, locked=state.locked - opened, releases=releases)
