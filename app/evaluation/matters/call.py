"""Talking over sound and picture (会商与呼叫): who may be in which call, when it is closed, who has the word.

There are two kinds of call in an evaluation. In the committee's (`committee`) its sitting members talk about facts,
over any number of venues; the chair gives the word, any member may speak. It is closed while any lot is reviewed or
marked (独立评审: 87号令 46, 62; 条例 48), while the evaluation is paused, and for a seat that is locked. A help call
(`help/ALIAS`) joins one seat and the centre; it may be held at any stage, since nobody else of the committee is in it,
and it is told to nobody else of the committee. Whoever of the two hangs up ends it for both; the seat may so decline it
while it rings. A locked seat may talk with the centre too. Who talked with whom, from when to when, stands in the
journal and the report; what was said does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.model import Evaluation
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_THE_SEAT, SEALED_STAGES
from app.evaluation.telling import Told, by_role
from app.rules.calling import call_mask_to_json
from app.rules.model import Party

COMMITTEE = "committee"
HELP = "help/"
"""Followed by the alias of the seat that the centre talks with."""


@dataclass(frozen=True)
class CallJoined(Event):
    """Someone is in a call from now on: an alias, or `centre`; `device` is the machine that may speak for it."""

    call: str
    party: str
    device: str


@dataclass(frozen=True)
class CallLeft(Event):
    """Someone is in the call no more; `why` is `left`, `ended` (the other hung up) or `closed` (by the room)."""

    call: str
    party: str
    why: str


@dataclass(frozen=True)
class CallsClosed(Event):
    """The room ended what may not go on; who had to leave follows."""


@dataclass(frozen=True)
class WordAsked(Event):
    """A member would like to speak."""

    alias: str


@dataclass(frozen=True)
class WordGiven(Event):
    """The chair gave a member the word; with an empty alias everybody may speak again."""

    alias: str


@dataclass(frozen=True)
class JoinCall(Command):
    """Be in a call; again from another machine moves there."""

    call: str


@dataclass(frozen=True)
class LeaveCall(Command):
    """Be in it no more; a help call ends with that, also one that the other side has not answered."""

    call: str


@dataclass(frozen=True)
class CloseCalls(Command):
    """The room ends what may not go on."""


@dataclass(frozen=True)
class AskWord(Command):
    """Ask the chair for the word."""


@dataclass(frozen=True)
class GiveWord(Command):
    """Give the word to a member of the call, or with an empty alias to everybody."""

    alias: str


@dataclass(frozen=True)
class Talk:
    """A stay in a call that is over or still goes on."""

    call: str
    party: str
    at: str
    ended_at: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Calls:
    """Who is in which call with which machine, who asks for the word and has it, and every stay."""

    inside: dict[str, dict[str, str]] = field(default_factory=dict)
    """By call: device by party."""
    asked: tuple[str, ...] = ()
    word: str = ""
    talks: tuple[Talk, ...] = ()


# --- what is so


def parties(state: Evaluation, call: str) -> dict[str, str]:
    """Device by party of those who are in a call now."""
    return state.memory(Calls).inside.get(call, {})


def rings(state: Evaluation, call: str, party: str) -> bool:
    """Whether the other side of a help call waits for this one to answer."""
    there = parties(state, call)
    return call.startswith(HELP) and bool(there) and party not in there and obstacle(state, call, party) is None


def party_of(actor: Actor) -> str:
    """What the others of a call know someone by."""
    return actor.alias if actor.role is Party.MEMBER and actor.alias else actor.role.value


def obstacle(state: Evaluation, call: str, party: str) -> str | None:
    """The code of what keeps a party out of a call now, or None; asked of those inside as well."""
    member = state.by_alias(party)
    if call == COMMITTEE:
        if member is None or not may.sits(state, Actor(Party.MEMBER, alias=party)):
            return "not_in_committee"
        if party in state.locked:
            return "seat_locked"
        if any(lot.stage in SEALED_STAGES for lot in state.lots.values()):
            return "call_closed"
        return None
    seated = state.by_alias(call.removeprefix(HELP))
    if not call.startswith(HELP) or seated is None or seated.stage not in AT_THE_SEAT:
        return "no_such_call"
    return None if party in (Party.CENTRE.value, seated.alias) else "no_such_call"


def over(state: Evaluation) -> list[tuple[str, str]]:
    """Call and party of everyone who must leave by now."""
    inside = state.memory(Calls).inside
    return [(call, party) for call, found in inside.items() for party in found if obstacle(state, call, party)]


# --- what may be done


def join(state: Evaluation, command: JoinCall, actor: Actor, at: str) -> list[Event]:
    """Where nothing stands in the way; the machine is the one that asks."""
    party = party_of(actor)
    found = obstacle(state, command.call, party)
    if found is not None:
        raise Refused(found, command.call)
    if parties(state, command.call).get(party) == (actor.device or ""):
        raise Refused("already_in_call", command.call)
    return [CallJoined(command.call, party, actor.device or "")]


def leave(state: Evaluation, command: LeaveCall, actor: Actor, at: str) -> list[Event]:
    """Whoever is inside, and who is rung up; a call of two is over when one hangs up."""
    party, there = party_of(actor), parties(state, command.call)
    if party not in there and not rings(state, command.call, party):
        raise Refused("not_in_call", command.call)
    going = sorted(there, key=lambda one: one != party) if command.call.startswith(HELP) else [party]
    return [CallLeft(command.call, one, "left" if one == party else "ended") for one in going]


def close(state: Evaluation, command: CloseCalls, actor: Actor, at: str) -> list[Event]:
    """Everyone who must leave."""
    due = over(state)
    if not due:
        raise Refused("no_call_to_close", state.stream)
    return [CallsClosed(), *(CallLeft(call, party, "closed") for call, party in due)]


def ask_word(state: Evaluation, command: AskWord, actor: Actor, at: str) -> list[Event]:
    """Once, from inside."""
    alias = _inside(state, actor.alias or "")
    memory = state.memory(Calls)
    if alias in memory.asked or alias == memory.word:
        raise Refused("word_asked", alias)
    return [WordAsked(alias)]


def give_word(state: Evaluation, command: GiveWord, actor: Actor, at: str) -> list[Event]:
    """The chair alone, to someone inside or to all."""
    _inside(state, actor.alias or "")
    guards.chair(state, actor)
    return [WordGiven(_inside(state, command.alias) if command.alias else "")]


def _inside(state: Evaluation, alias: str) -> str:
    if alias not in parties(state, COMMITTEE):
        raise Refused("not_in_call", COMMITTEE)
    return alias


# --- what becomes of it


def _joined(state: Evaluation, event: CallJoined, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Calls)
    found = memory.inside.get(event.call, {})
    talks = memory.talks if event.party in found else (*memory.talks, Talk(event.call, event.party, at))
    inside = memory.inside | {event.call: found | {event.party: event.device}}
    return state.remembering(replace(memory, inside=inside, talks=talks))


def _left(state: Evaluation, event: CallLeft, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Calls)
    found = {party: device for party, device in memory.inside.get(event.call, {}).items() if party != event.party}
    inside = {call: there for call, there in memory.inside.items() if call != event.call}
    ended = tuple(
        replace(talk, ended_at=at, why=event.why)
        if (talk.call, talk.party, talk.ended_at) == (event.call, event.party, None)
        else talk
        for talk in memory.talks
    )
    asked = tuple(one for one in memory.asked if event.call != COMMITTEE or one != event.party)
    word = "" if event.call == COMMITTEE and memory.word == event.party else memory.word
    return state.remembering(
        replace(memory, inside=inside | ({event.call: found} if found else {}), talks=ended, asked=asked, word=word)
    )


def _asked(state: Evaluation, event: WordAsked, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Calls)
    return state.remembering(replace(memory, asked=(*memory.asked, event.alias)))


def _given(state: Evaluation, event: WordGiven, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Calls)
    return state.remembering(
        replace(memory, word=event.alias, asked=tuple(one for one in memory.asked if one != event.alias))
    )


# --- what is seen


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To a member the own calls, with whom, and whether the committee's is open; to staff who is in which.

    At the centre `mine` are the calls of the viewer's own machine: another console of the centre may hold others.
    """
    inside = state.memory(Calls).inside
    party = party_of(viewer)
    told: dict[str, Any] = {}
    if may.sits(state, viewer):
        found = obstacle(state, COMMITTEE, party)
        mask = call_mask_to_json(state.ruleset.procedure.call_mask)
        told["committee"] = {"open": found is None, "obstacle": found, "mask": mask, **_mine(state, COMMITTEE, party)}
        told["word"], told["asked"] = state.memory(Calls).word, list(state.memory(Calls).asked)
    if viewer.role is Party.MEMBER and may.own(state, viewer) is not None:
        call = HELP + party
        told["help"] = {"rings": rings(state, call, party), **_mine(state, call, party)}
    if viewer.role is Party.CENTRE:
        held = sorted(call for call, there in inside.items() if there.get(party) == (viewer.device or ""))
        told["mine"] = [_mine(state, call, party) for call in held]
    if viewer.role in may.STAFF:
        told["inside"] = {call: sorted(there) for call, there in inside.items()}
    return told


def _mine(state: Evaluation, call: str, party: str) -> dict[str, Any]:
    """Who is in a call, and with which of them this party's engine makes the offer: with those behind it by name."""
    there = parties(state, call)
    peers = [{"party": other, "offers": party < other} for other in sorted(there) if other != party]
    return {"call": call, "inside": party in there, "party": party, "peers": peers if party in there else []}


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line a stay in a call: they concern every lot."""
    return [_line(stay) for stay in state.memory(Calls).talks]


def _line(stay: Talk) -> Line:
    what = "会商" if stay.call == COMMITTEE else "语音呼叫"
    who = "中心" if stay.party == Party.CENTRE.value else stay.party
    if stay.ended_at is None:
        return Line(stay.at, what, f"{who}加入，至记录时未离开。")
    minutes = whole_minutes(moment(stay.ended_at) - moment(stay.at))
    closed = "，因进入独立评审等由系统关闭" if stay.why == "closed" else ""
    return Line(stay.at, what, f"{who}加入，{clock(stay.ended_at)} 离开，历时 {minutes} 分钟{closed}。")


def _told(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """Of the committee's call to those who sit and to staff; of a help call to staff and the one seat."""
    if viewer.role in may.STAFF:
        return Told.WHOLE
    if getattr(event, "call", COMMITTEE) == COMMITTEE:
        return Told.WHOLE if may.sits(state, viewer) else Told.NOTHING
    own = may.own(state, viewer)
    return Told.WHOLE if own is not None and event.call == f"{HELP}{own.alias}" else Told.NOTHING


_MEMBER = frozenset({Party.MEMBER})
_TALKERS = frozenset({Party.MEMBER, Party.CENTRE})

CALL = Matter(
    name="call",
    decisions={JoinCall: join, LeaveCall: leave, CloseCalls: close, AskWord: ask_word, GiveWord: give_word},
    permits={
        JoinCall: _TALKERS,
        LeaveCall: _TALKERS,
        CloseCalls: frozenset({SYSTEM.role}),
        AskWord: _MEMBER,
        GiveWord: _MEMBER,
    },
    starts={
        CallJoined: JoinCall,
        CallLeft: LeaveCall,
        CallsClosed: CloseCalls,
        WordAsked: AskWord,
        WordGiven: GiveWord,
    },
    folds={CallJoined: _joined, CallLeft: _left, WordAsked: _asked, WordGiven: _given},
    told={
        CallJoined: _told,
        CallLeft: _told,
        CallsClosed: by_role(staff=Told.WHOLE),
        WordAsked: _told,
        WordGiven: _told,
    },
    entries={
        CallJoined: Words("{party}加入{call}", "{party} joined {call}"),
        CallLeft: Words("{party}离开{call}", "{party} left {call}"),
        CallsClosed: Words("关闭不得继续的通话", "Calls that may not go on are closed"),
        WordAsked: Words("{alias}请求发言", "{alias} asks for the word"),
        WordGiven: Words("{alias}发言", "{alias} has the word"),
    },
    view=view,
    report=report,
)
