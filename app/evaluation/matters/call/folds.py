"""What becomes of the evaluation by what is written of calls."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.matters.call import records as r
from app.evaluation.matters.call.records import BROADCAST, COMMITTEE, HELP, Calls
from app.evaluation.model import Evaluation
from app.rules.model import Party


def joined(state: Evaluation, event: r.CallJoined, actor: Actor, at: str) -> Evaluation:
    """Inside; when one of the staff comes into a seat's call, it waits no more."""
    memory = state.memory(Calls)
    found = memory.inside.get(event.call, {})
    talks = memory.talks if event.party in found else (*memory.talks, r.Talk(event.call, event.party, at))
    inside = memory.inside | {event.call: found | {event.party: event.device}}
    memory = replace(memory, inside=inside, talks=talks)
    taken = event.call.startswith(HELP) and event.party != event.call.removeprefix(HELP)
    return state.remembering(_not_held(memory, event.call) if taken else memory)


def left(state: Evaluation, event: r.CallLeft, actor: Actor, at: str) -> Evaluation:
    """Outside; of a call that nobody is in any more, nothing waits."""
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
    memory = replace(
        memory, inside=inside | ({event.call: found} if found else {}), talks=ended, asked=asked, word=word
    )
    if found:
        return state.remembering(memory)
    said = {call: lines for call, lines in memory.written.items() if call != event.call}
    return state.remembering(replace(_not_held(memory, event.call), written=said))


def written(state: Evaluation, event: r.CallWritten, actor: Actor, at: str) -> Evaluation:
    """Both sides read it."""
    memory = state.memory(Calls)
    said = (*memory.written.get(event.call, ()), r.Written(at, event.party, event.text))
    return state.remembering(replace(memory, written=memory.written | {event.call: said}))


def _not_held(memory: Calls, call: str) -> Calls:
    offered = {one: to for one, to in memory.offered.items() if one != call}
    return replace(memory, held=memory.held - {call}, offered=offered)


def held(state: Evaluation, event: r.CallHeld, actor: Actor, at: str) -> Evaluation:
    """It waits."""
    memory = state.memory(Calls)
    return state.remembering(replace(memory, held=memory.held | {event.call}))


def resumed(state: Evaluation, event: r.CallResumed, actor: Actor, at: str) -> Evaluation:
    """It goes on."""
    return state.remembering(_not_held(state.memory(Calls), event.call))


def handed(state: Evaluation, event: r.CallHandedOver, actor: Actor, at: str) -> Evaluation:
    """It waits for another."""
    memory = state.memory(Calls)
    offered = memory.offered | {event.call: event.to}
    return state.remembering(replace(memory, held=memory.held | {event.call}, offered=offered))


def word_asked(state: Evaluation, event: r.WordAsked, actor: Actor, at: str) -> Evaluation:
    """One more asks."""
    memory = state.memory(Calls)
    return state.remembering(replace(memory, asked=(*memory.asked, event.alias)))


def word_given(state: Evaluation, event: r.WordGiven, actor: Actor, at: str) -> Evaluation:
    """One has it, and asks no more."""
    memory = state.memory(Calls)
    return state.remembering(
        replace(memory, word=event.alias, asked=tuple(one for one in memory.asked if one != event.alias))
    )


def broadcast_begun(state: Evaluation, event: r.BroadcastBegun, actor: Actor, at: str) -> Evaluation:
    """It is on; with the voice, the centre's machine is in a call that every seat may hear."""
    memory = state.memory(Calls)
    told = r.Announcement(at, event.text, event.spoken)
    inside = memory.inside | ({BROADCAST: {Party.CENTRE.value: event.device}} if event.spoken else {})
    return state.remembering(replace(memory, announced=(*memory.announced, told), inside=inside))


def broadcast_ended(state: Evaluation, event: r.BroadcastEnded, actor: Actor, at: str) -> Evaluation:
    """It is over for everybody; whoever heard it did so to the end."""
    memory = state.memory(Calls)
    *before, last = memory.announced
    inside = {call: there for call, there in memory.inside.items() if call != BROADCAST}
    talks = tuple(
        replace(talk, ended_at=at, why="ended") if (talk.call, talk.ended_at) == (BROADCAST, None) else talk
        for talk in memory.talks
    )
    announced = (*before, replace(last, ended_at=at))
    return state.remembering(replace(memory, announced=announced, inside=inside, talks=talks))
