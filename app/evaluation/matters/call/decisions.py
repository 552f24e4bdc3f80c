"""Who may be in which call, and what may be done there."""

from __future__ import annotations

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event, HelpAnswered
from app.evaluation.matters.call import records as r
from app.evaluation.matters.call.records import BROADCAST, COMMITTEE, HELP, OUTSIDE, Calls
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_THE_SEAT, SEALED_STAGES
from app.rules.model import Party

TALKERS = frozenset({Party.CENTRE, Party.WITNESS, Party.REGULATOR})
"""Roles of which one may talk with a seat: the centre, and those to whom it hands a call over."""

# --- what is so


def parties(state: Evaluation, call: str) -> dict[str, str]:
    """Device by party of those who are in a call now."""
    return state.memory(Calls).inside.get(call, {})


def announcement(state: Evaluation) -> r.Announcement | None:
    """What the centre tells every seat now."""
    last = next(reversed(state.memory(Calls).announced), None)
    return last if last is not None and last.ended_at is None else None


def missing(state: Evaluation) -> list[str]:
    """Sitting members who are not in the committee's call now, so that not all hear what is said there."""
    inside = parties(state, COMMITTEE)
    sitting = (alias for alias in state.committee if may.sits(state, Actor(Party.MEMBER, alias=alias)))
    return [alias for alias in sitting if alias not in inside]


def line_is_heard(state: Evaluation) -> bool:
    """Whether who is outside and the committee hear each other: open, not held, and nobody of the committee missing."""
    line = state.memory(Calls).line
    return line is not None and line.open and not line.held and not missing(state)


def linked(state: Evaluation, call: str, party: str) -> list[str]:
    """Whose engines a party's engine may talk with now."""
    inside = parties(state, call)
    if party not in inside or call in state.memory(Calls).held:
        return []
    others = [other for other in sorted(inside) if other != party]
    if call == BROADCAST:
        return [other for other in others if Party.CENTRE.value in (party, other)]
    if call == COMMITTEE and not line_is_heard(state):
        return [] if party in OUTSIDE else [other for other in others if other not in OUTSIDE]
    return others


def rings(state: Evaluation, call: str, party: str) -> bool:
    """Whether the other side of a help call waits for this one, the seat or the centre, to answer."""
    there = parties(state, call)
    called = party in (Party.CENTRE.value, call.removeprefix(HELP))
    return called and call.startswith(HELP) and bool(there) and party not in there and not obstacle(state, call, party)


def party_of(actor: Actor) -> str:
    """What the others of a call know someone by."""
    return actor.alias if actor.role is Party.MEMBER and actor.alias else actor.role.value


def obstacle(state: Evaluation, call: str, party: str) -> str | None:
    """The code of what keeps a party out of a call now, or None; asked of those inside as well."""
    if call == COMMITTEE:
        return _committee_obstacle(state, party)
    alias = party if call == BROADCAST else call.removeprefix(HELP)
    if call == BROADCAST:
        told = announcement(state)
        if told is None or not told.spoken:
            return "no_such_call"
        if party == Party.CENTRE.value:
            return None if party in parties(state, call) else "no_such_call"
    elif not call.startswith(HELP):
        return "no_such_call"
    seated = state.by_alias(alias)
    if seated is None or seated.stage not in AT_THE_SEAT:
        return "no_such_call"
    if party in (seated.alias, Party.CENTRE.value):
        return None
    taken = state.memory(Calls).offered.get(call) == party or party in parties(state, call)
    return None if taken else "no_such_call"


def _committee_obstacle(state: Evaluation, party: str) -> str | None:
    line = state.memory(Calls).line
    if party in OUTSIDE:
        if line is None or line.party != party or not line.open:
            return "line_not_open"
    elif state.by_alias(party) is None or not may.sits(state, Actor(Party.MEMBER, alias=party)):
        return "not_in_committee"
    elif party in state.locked:
        return "seat_locked"
    return "call_closed" if any(lot.stage in SEALED_STAGES for lot in state.lots.values()) else None


def over(state: Evaluation) -> list[tuple[str, str]]:
    """Call and party of everyone who must leave by now."""
    inside = state.memory(Calls).inside
    return [(call, party) for call, found in inside.items() for party in found if obstacle(state, call, party)]


# --- what may be done


def join(state: Evaluation, command: r.JoinCall, actor: Actor, at: str) -> list[Event]:
    """Where nothing stands in the way; the machine is the one that asks.

    Of the staff one at a time talks with a seat: who comes takes the call over. Who talks has been answered.
    """
    party, there = party_of(actor), parties(state, command.call)
    found = obstacle(state, command.call, party)
    if found is not None:
        raise Refused(found, command.call)
    if there.get(party) == (actor.device or ""):
        raise Refused("already_in_call", command.call)
    made: list[Event] = [r.CallJoined(command.call, party, actor.device or "")]
    if not command.call.startswith(HELP):
        return made
    alias = command.call.removeprefix(HELP)
    if party != alias:
        made += [r.CallLeft(command.call, one, "handed") for one in there if one not in (alias, party)]
    now = {*there, party}
    if alias in now and len(now) > 1 and any(call.alias == alias for call in state.helps):
        made.append(HelpAnswered(alias, ""))
    return made


def leave(state: Evaluation, command: r.LeaveCall, actor: Actor, at: str) -> list[Event]:
    """Whoever is inside, and who is rung up; a call of two is over when one hangs up."""
    party, there = party_of(actor), parties(state, command.call)
    if party not in there and not rings(state, command.call, party):
        raise Refused("not_in_call", command.call)
    going = sorted(there, key=lambda one: one != party) if command.call.startswith(HELP) else [party]
    return [r.CallLeft(command.call, one, "left" if one == party else "ended") for one in going]


def close(state: Evaluation, command: r.CloseCalls, actor: Actor, at: str) -> list[Event]:
    """Everyone who must leave."""
    due = over(state)
    if not due:
        raise Refused("no_call_to_close", state.stream)
    return [r.CallsClosed(), *(r.CallLeft(call, party, "closed") for call, party in due)]


def hold(state: Evaluation, command: r.HoldCall, actor: Actor, at: str) -> list[Event]:
    """Once, from the machine that talks."""
    _holds(state, command.call, actor)
    if command.call in state.memory(Calls).held:
        raise Refused("call_held", command.call)
    return [r.CallHeld(command.call)]


def resume(state: Evaluation, command: r.ResumeCall, actor: Actor, at: str) -> list[Event]:
    """What waits, also what was offered to somebody who has not come."""
    _holds(state, command.call, actor)
    if command.call not in state.memory(Calls).held:
        raise Refused("call_not_held", command.call)
    return [r.CallResumed(command.call)]


def hand_over(state: Evaluation, command: r.HandOver, actor: Actor, at: str) -> list[Event]:
    """To another console of the centre, or to whom the rule set names."""
    _holds(state, command.call, actor)
    allowed = {Party.CENTRE, *state.ruleset.procedure.help_by}
    if command.to not in {party.value for party in allowed} or (command.to == actor.role and command.to != "centre"):
        raise Refused("no_such_taker", "$.to")
    return [r.CallHandedOver(command.call, command.to)]


def write(state: Evaluation, command: r.WriteInCall, actor: Actor, at: str) -> list[Event]:
    """From inside, also while the call is on hold."""
    party = party_of(actor)
    if not command.call.startswith(HELP) or parties(state, command.call).get(party) != (actor.device or ""):
        raise Refused("not_in_call", command.call)
    return [r.CallWritten(command.call, party, guards.text(command.text, "$.text"))]


def _holds(state: Evaluation, call: str, actor: Actor) -> None:
    """The machine of the staff that is in a seat's call."""
    if not call.startswith(HELP) or parties(state, call).get(actor.role.value) != (actor.device or ""):
        raise Refused("not_in_call", call)


def ask_word(state: Evaluation, command: r.AskWord, actor: Actor, at: str) -> list[Event]:
    """Once, from inside."""
    alias = _inside(state, actor.alias or "")
    memory = state.memory(Calls)
    if alias in memory.asked or alias == memory.word:
        raise Refused("word_asked", alias)
    return [r.WordAsked(alias)]


def give_word(state: Evaluation, command: r.GiveWord, actor: Actor, at: str) -> list[Event]:
    """The chair alone, to someone inside or to all."""
    _inside(state, actor.alias or "")
    guards.chair(state, actor)
    return [r.WordGiven(_inside(state, command.alias) if command.alias else "")]


def _inside(state: Evaluation, alias: str) -> str:
    if alias not in parties(state, COMMITTEE):
        raise Refused("not_in_call", COMMITTEE)
    return alias


def broadcast(state: Evaluation, command: r.Broadcast, actor: Actor, at: str) -> list[Event]:
    """One at a time; in writing it says something."""
    if announcement(state) is not None:
        raise Refused("broadcast_on", state.stream)
    text = command.text if command.spoken else guards.text(command.text, "$.text")
    return [r.BroadcastBegun(text, command.spoken, actor.device or "")]


def end_broadcast(state: Evaluation, command: r.EndBroadcast, actor: Actor, at: str) -> list[Event]:
    """What is on."""
    if announcement(state) is None:
        raise Refused("no_broadcast", state.stream)
    return [r.BroadcastEnded()]
