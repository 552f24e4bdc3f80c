"""A spare seat (换席): a member whose machine failed goes on at another one, under the same alias and at the same work.

Law: the centre consents (`MoveSeat`), and the new seat stays locked until its member's face, or two people, open it;
so whoever moves a member to a seat of theirs still needs that member there. The room shuts the old machine out in the
same entry's wake. What the member typed is sealed with a key of the old machine: each seat gives that key to the
room's memory (`GiveDraftKey`), never to its disk, and the room hands it to the new seat once that is open
(`SeatTakenOver`). The alias, the drawn slot and everything that was sealed stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.matters.presence.records import LockKind, SeatLocked
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_THE_SEAT, AT_WORK
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class SeatMoved(Event):
    """The centre let a member go on at another seat; `left` is the one that does not work."""

    alias: str
    left: str
    seat: str
    reason: str


@dataclass(frozen=True)
class DraftKeyGiven(Event):
    """A seat gave the key of its drafts to the room's memory, sealed to the key `key_id` that lives there alone."""

    alias: str
    device: str
    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class SeatTakenOver(Event):
    """The room handed what it kept in memory of the old machine to the new one: `device`."""

    alias: str
    device: str


@dataclass(frozen=True)
class MoveSeat(Command):
    """Let the member `alias` go on at `seat`; the machine of the old seat is shut out."""

    alias: str
    seat: str
    reason: str


@dataclass(frozen=True)
class GiveDraftKey(Command):
    """Seal the key of the own drafts to the room's newest offered key."""

    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class TakeOverSeat(Command):
    """Note that the new seat has got what the old one left; only the room itself issues it."""


@dataclass(frozen=True)
class Move:
    """One move: from where to where, when, why."""

    left: str
    seat: str
    at: str
    reason: str


@dataclass(frozen=True)
class Spares:
    """By alias: the moves in their order, the machine that took over since the last one, and which machine gave the
    key of its drafts to which of the room's keys."""

    moves: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    given: dict[str, tuple[str, str]] = field(default_factory=dict)


# --- what may be done


def move(state: Evaluation, command: MoveSeat, actor: Actor, at: str) -> list[Event]:
    """Whether the seat is there, free and connected is for the room to say."""
    member = state.by_alias(command.alias)
    if member is None or member.seat is None:
        raise Refused("not_seated", command.alias)
    guards.in_stage(member, *AT_THE_SEAT)
    others = (one for one in state.members.values() if one.stage in AT_THE_SEAT)
    if command.seat in {one.seat for one in others}:
        raise Refused("seat_taken", command.seat)
    guards.text(command.reason, "$.reason")
    made: list[Event] = [SeatMoved(command.alias, member.seat, command.seat, command.reason)]
    if member.stage in AT_WORK and command.alias not in state.locked:
        made.append(SeatLocked(command.alias, LockKind.MOVED.value, 0))
    return made


def give_key(state: Evaluation, command: GiveDraftKey, actor: Actor, at: str) -> list[Event]:
    """Once a machine and a key of the room."""
    alias, device = guards.sitting(state, actor).alias or "", actor.device or ""
    if command.key_id != next(reversed(state.sealing_keys), None):
        raise Refused("old_key", "$.key_id")
    if state.memory(Spares).given.get(alias) == (device, command.key_id):
        raise Refused("already_answered", alias)
    return [DraftKeyGiven(alias, device, command.key_id, command.key)]


def take_over(state: Evaluation, command: TakeOverSeat, actor: Actor, at: str) -> list[Event]:
    """A seat to which a member was moved, and which is open; again if the answer was lost on its way."""
    alias = guards.sitting(state, actor).alias or ""
    if alias not in state.memory(Spares).moves:
        raise Refused("nothing_requested", alias)
    return [SeatTakenOver(alias, actor.device or "")]


# --- what becomes of it


def _moved(state: Evaluation, event: SeatMoved, actor: Actor, at: str) -> Evaluation:
    """Nobody is asked any more to open the old seat."""
    member = state.by_alias(event.alias)
    if member is None:
        return state
    memory = state.memory(Spares)
    moves = (*memory.moves.get(event.alias, ()), Move(event.left, event.seat, at, event.reason))
    taken = {alias: device for alias, device in memory.taken.items() if alias != event.alias}
    state = state.remembering(replace(memory, moves=memory.moves | {event.alias: moves}, taken=taken))
    members = state.members | {member.ref: replace(member, seat=event.seat)}
    releases = {key: one for key, one in state.releases.items() if key[1] != member.ref}
    return replace(state, members=members, releases=releases)


def _given(state: Evaluation, event: DraftKeyGiven, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Spares)
    return state.remembering(replace(memory, given=memory.given | {event.alias: (event.device, event.key_id)}))


def _taken(state: Evaluation, event: SeatTakenOver, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Spares)
    return state.remembering(replace(memory, taken=memory.taken | {event.alias: event.device}))


# --- what is seen


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To an open seat: whether its machine owes the room the key of its drafts, and whether it has to take over."""
    if not may.works(state, viewer):
        return {}
    memory, alias, device = state.memory(Spares), viewer.alias or "", viewer.device or ""
    newest = next(reversed(state.sealing_keys), "")
    take_over = alias in memory.moves and memory.taken.get(alias) != device
    owes = bool(newest) and memory.given.get(alias) != (device, newest)
    return {"owes_key": owes and not take_over, "take_over": take_over}


def report(state: Evaluation, lot: str) -> list[Line]:
    """Every move; facts only, they concern every lot."""
    return [
        Line(one.at, "更换席位", f"{alias}由 {one.left} 席位换至 {one.seat} 席位（{one.reason}），评委编号不变。")
        for alias, moves in state.memory(Spares).moves.items()
        for one in moves
    ]


_STAFF_AND_OWN = by_role(staff=Told.WHOLE, own=Told.WHOLE)
_HAPPENED = by_role(staff=Told.HAPPENED, own=Told.HAPPENED)

SPARE_SEAT = Matter(
    name="spare_seat",
    decisions={MoveSeat: move, GiveDraftKey: give_key, TakeOverSeat: take_over},
    permits={
        MoveSeat: frozenset({Party.CENTRE}),
        GiveDraftKey: frozenset({Party.MEMBER}),
        TakeOverSeat: frozenset({Party.MEMBER}),
    },
    starts={SeatMoved: MoveSeat, DraftKeyGiven: GiveDraftKey, SeatTakenOver: TakeOverSeat},
    folds={SeatMoved: _moved, DraftKeyGiven: _given, SeatTakenOver: _taken},
    told={SeatMoved: _STAFF_AND_OWN, DraftKeyGiven: _HAPPENED, SeatTakenOver: _STAFF_AND_OWN},
    entries={
        SeatMoved: Words("{alias}由 {left} 换至{seat}：{reason}", "{alias} moves from {left} to {seat}: {reason}"),
        DraftKeyGiven: Words("席位交存草稿密钥（仅在内存）", "A seat gave the key of its drafts, for memory only"),
        SeatTakenOver: Words("{alias}在新席位接续未提交的内容", "{alias} goes on at the new seat"),
    },
    view=view,
    report=report,
)
