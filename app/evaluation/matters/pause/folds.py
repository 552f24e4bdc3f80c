"""What a pause does to the state, and the lines that the report gets of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.matters.pause.decisions import begun
from app.evaluation.matters.pause.records import (
    EvaluationPaused,
    EvaluationResumed,
    FaultDecided,
    NightSealed,
    Pause,
    PauseKind,
    Pauses,
    PresenceCalled,
    PresenceVerified,
    Said,
)
from app.evaluation.model import Evaluation
from app.evaluation.moments import clock, moment, whole_minutes

KIND_WORDS = {PauseKind.FAULT: "系统故障", PauseKind.NIGHT: "隔夜", PauseKind.ORDER: "依指令"}


def _say(state: Evaluation, at: str, text: str) -> Evaluation:
    memory = state.memory(Pauses)
    return state.remembering(replace(memory, said=(*memory.said, Said(at, text))))


def _changed(state: Evaluation, **changes: Any) -> Evaluation:
    memory = state.memory(Pauses)
    return state if memory.now is None else state.remembering(replace(memory, now=replace(memory.now, **changes)))


def _stopped(state: Evaluation, pause: Pause) -> Evaluation:
    """Every seat is locked; who comes through the door meanwhile opens none."""
    aliases = frozenset(m.alias for m in state.members.values() if m.alias)
    state = state.remembering(replace(state.memory(Pauses), now=pause))
    return replace(state, locked=aliases)


def paused_folded(state: Evaluation, event: EvaluationPaused, actor: Actor, at: str) -> Evaluation:
    """Stopped."""
    kind = PauseKind(event.kind)
    state = _stopped(state, Pause(kind, event.reason, at, not begun(state)))
    return _say(state, at, f"暂停（{KIND_WORDS[kind]}）：{event.reason}")


def night_folded(state: Evaluation, event: NightSealed, actor: Actor, at: str) -> Evaluation:
    """Stopped, and the journal named by its root."""
    state = _stopped(state, Pause(PauseKind.NIGHT, event.reason, at, not begun(state), event.size, event.root))
    return _say(state, at, f"隔夜封存：{event.reason}；留痕 {event.size} 条，默克尔根 {event.root}")


def decided_folded(state: Evaluation, event: FaultDecided, actor: Actor, at: str) -> Evaluation:
    """The tenderee's word."""
    word = "继续进行" if event.go_on else "延期，另行组织"
    tenderee = state.ruleset.words["tenderee"]
    return _say(_changed(state, go_on=event.go_on), at, f"{tenderee}决定{word}：{event.reason}")


def called_folded(state: Evaluation, event: PresenceCalled, actor: Actor, at: str) -> Evaluation:
    """Everybody anew."""
    return _changed(state, called_at=at, verified={})


def verified_folded(state: Evaluation, event: PresenceVerified, actor: Actor, at: str) -> Evaluation:
    """Here again; nobody is asked to vouch any more."""
    now, member = state.memory(Pauses).now, state.by_alias(event.alias)
    if now is None or member is None:
        return state
    releases = {key: one for key, one in state.releases.items() if key != ("presence", member.ref)}
    return replace(_changed(state, verified=now.verified | {event.alias: event.means}), releases=releases)


def resumed_folded(state: Evaluation, event: EvaluationResumed, actor: Actor, at: str) -> Evaluation:
    """Seats are open again; what was asked for during the pause has lost its ground."""
    memory = state.memory(Pauses)
    if memory.now is None:
        return state
    lasted = whole_minutes(moment(at) - moment(memory.now.at))
    two = sum(means == "two_person" for means in memory.now.verified.values())
    who = f"{len(memory.now.verified)} 名成员全部重新核验" + (f"（其中 {two} 人经两人核验）" if two else "")
    proof = f"；与封存时的 {event.size} 条留痕核对，默克尔根一致" if event.root else ""
    text = f"{clock(at)} 恢复，暂停 {lasted} 分钟，{who}{proof}：{event.note}"
    past = (*memory.past, replace(memory.now, resumed_at=at))
    releases = {key: one for key, one in state.releases.items() if key[0] != "presence"}
    state = state.remembering(replace(memory, now=None, past=past))
    return _say(replace(state, locked=frozenset(), releases=releases), at, text)


def left_behind(state: Evaluation) -> Evaluation:
    """The state of a further session, in which a pause of the one before holds nobody any more."""
    memory = state.memory(Pauses)
    if memory.now is None:
        return state
    state = state.remembering(replace(memory, now=None, past=(*memory.past, memory.now)))
    return replace(state, locked=frozenset())
