"""When a seat may lock itself, what a locked one still does, and what a lock does to the state."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.commands import CallHelp, Command, GiveSheetKey, RecordRefusal, RequestRelease
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.call import JoinCall, LeaveCall, WriteInCall
from app.evaluation.matters.focus import NoteFocusLoss
from app.evaluation.matters.presence.records import (
    OPENING,
    Lock,
    LockEnd,
    LockKind,
    Locks,
    LockSeat,
    SeatLocked,
    SeatUnlocked,
    UnlockSeat,
)
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_WORK
from app.rules.model import Party

_PASSING = (
    UnlockSeat,
    RequestRelease,
    CallHelp,
    JoinCall,
    LeaveCall,
    WriteInCall,
    GiveSheetKey,
    RecordRefusal,
    NoteFocusLoss,
)
"""What a locked seat may still send: the way back, a call, and what its machine owes the room."""


# --- what is so


def lock_of(state: Evaluation, alias: str | None) -> Lock | None:
    """The lock that holds at this member's seat; of a member who was replaced meanwhile, none."""
    lock = state.memory(Locks).now.get(alias or "")
    member = state.by_alias(lock.alias) if lock else None
    return lock if member is not None and member.stage in AT_WORK else None


def locks(state: Evaluation) -> list[Lock]:
    """Every lock that holds, in the order in which they began."""
    return [lock for alias in state.memory(Locks).now if (lock := lock_of(state, alias)) is not None]


def is_watched(state: Evaluation, member: Member) -> bool:
    """Whether the seat looks after its member now: from opening to wiping it, while nothing else has locked it."""
    return member.stage in AT_WORK and member.alias not in state.locked


def ended_by(state: Evaluation, means: LockEnd, alias: str | None = None) -> list[Event]:
    """What ends the locks (of `alias`, or all) where another matter takes the seats over."""
    return [SeatUnlocked(one.alias, means.value, None, None) for one in locks(state) if alias in (None, one.alias)]


# --- what may be done


def lock(state: Evaluation, command: LockSeat, actor: Actor, at: str) -> list[Event]:
    """The seat's word is taken: it is an enrolled machine, and locking does no harm that a face does not undo."""
    member = guards.acting(state, actor, *AT_WORK)
    try:
        kind = LockKind(command.kind)
    except ValueError:
        raise Refused("bad_value", "$.kind") from None
    if kind is LockKind.MOVED:
        raise Refused("bad_value", "$.kind")
    least = 0 if kind is LockKind.RESTARTED else state.ruleset.seat_timeout_s
    if command.seconds < least:
        raise Refused("lock_too_soon", "$.seconds", seconds=str(least))
    return [SeatLocked(member.alias or "", kind.value, command.seconds)]


def unlock(state: Evaluation, command: UnlockSeat, actor: Actor, at: str) -> list[Event]:
    """The face that the seat took for its member's."""
    member = guards.acting(state, actor)
    unlockable(state, member)
    return [SeatUnlocked(member.alias or "", LockEnd.FACE.value, command.score, command.engine)]


def unlockable(state: Evaluation, member: Member) -> None:
    """Refuse where no lock holds."""
    if lock_of(state, member.alias) is None:
        raise Refused("not_locked", member.alias or member.ref)


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """While a seat is locked, nobody does anything in its member's name."""
    if actor.role is Party.MEMBER and not isinstance(command, _PASSING) and lock_of(state, actor.alias) is not None:
        raise Refused("presence_locked", actor.alias or "")


# --- what becomes of it


def locked_folded(state: Evaluation, event: SeatLocked, actor: Actor, at: str) -> Evaluation:
    """Locked."""
    memory = state.memory(Locks)
    made = Lock(event.alias, LockKind(event.kind), at, event.seconds)
    state = state.remembering(replace(memory, now=memory.now | {event.alias: made}))
    return replace(state, locked=state.locked | {event.alias})


def unlocked_folded(state: Evaluation, event: SeatUnlocked, actor: Actor, at: str) -> Evaluation:
    """Over: the seat is open again unless another matter took it over; and nobody is asked to open it."""
    memory, member = state.memory(Locks), state.by_alias(event.alias)
    found = memory.now.get(event.alias)
    if found is None or member is None:
        return state
    means = LockEnd(event.means)
    left = {alias: one for alias, one in memory.now.items() if alias != event.alias}
    past = (*memory.past, replace(found, ended_at=at, means=means))
    releases = {key: one for key, one in state.releases.items() if key != ("unlock", member.ref)}
    state = state.remembering(replace(memory, now=left, past=past))
    opened = frozenset({event.alias}) if means in OPENING else frozenset()
    return replace(state, locked=state.locked - opened, releases=releases)
