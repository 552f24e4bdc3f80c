"""Who may stop an evaluation, what still moves while it is stopped, and what must be so before it goes on."""

from __future__ import annotations

import re

from app.evaluation.actor import Actor
from app.evaluation.commands import CallHelp, Command, GiveSheetKey, RecordRefusal, RequestRelease
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.call import JoinCall, LeaveCall, WriteInCall
from app.evaluation.matters.leave.decisions import away
from app.evaluation.matters.leave.records import LeaveEnded
from app.evaluation.matters.pause.records import (
    CallPresence,
    DecideOnFault,
    EvaluationPaused,
    EvaluationResumed,
    FaultDecided,
    NightSealed,
    Pause,
    PauseEvaluation,
    PauseKind,
    Pauses,
    PresenceCalled,
    PresenceVerified,
    ResumeEvaluation,
    SealNight,
    VerifyPresence,
)
from app.evaluation.matters.presence.decisions import ended_by
from app.evaluation.matters.presence.records import LockEnd
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import after, clock, moment, reached
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_WORK, LotStage, MemberStage
from app.rules.model import Party

STOPPED = frozenset({MemberStage.SEAT_DRAWN, *AT_WORK})
"""Stages of members who stop; who was recused or replaced may go home."""
_PASSING = (VerifyPresence, RequestRelease, CallHelp, JoinCall, LeaveCall, WriteInCall, GiveSheetKey, RecordRefusal)
"""What a locked seat may still send: its member's face, calls to the centre, and what its machine owes the room."""
_HELD = frozenset({"ConstituteCommittee", "RecomposeCommittee", "CheckTables", "GrantLeave", "CallMeal"})
"""What consoles may not do either; what only ends or answers something goes on."""
_ROOT = re.compile(r"[0-9a-f]{64}")


# --- what is so


def over(state: Evaluation) -> bool:
    """Whether every lot has come to its report, so that nothing is left to be stopped."""
    return all(lot.stage in {LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED} for lot in state.lots.values())


def current(state: Evaluation) -> Pause | None:
    """The pause that holds now. One that was ended by terminating the evaluation holds nobody back from going home."""
    return None if over(state) else state.memory(Pauses).now


def running(state: Evaluation) -> Pause:
    """The pause that holds now, or a refusal."""
    pause = current(state)
    if pause is None:
        raise Refused("not_paused", state.stream)
    return pause


def begun(state: Evaluation) -> bool:
    """Whether the committee has begun to evaluate: a round of review or marks was there."""
    return any(lot.reviews or lot.marks or lot.failed for lot in state.lots.values())


def limit(state: Evaluation, pause: Pause) -> str | None:
    """Until when a fault may last; before the start it is counted from the planned time, if that came later."""
    rule = state.ruleset.procedure
    if pause.kind is not PauseKind.FAULT:
        return None
    if not pause.before_start:
        return after(pause.at, rule.fault_during_min)
    return after(max(pause.at, state.planned_at, key=moment), rule.fault_before_min)


def expected(state: Evaluation) -> list[Member]:
    """Who has to be here again before it goes on: every member at work, by alias."""
    return sorted((m for m in state.members.values() if m.stage in AT_WORK), key=lambda m: m.alias or "")


def awaited(state: Evaluation) -> list[Member]:
    """Those of them who are not verified yet: all of them until presence is called."""
    pause = current(state)
    return [m for m in expected(state) if pause is not None and m.alias not in pause.verified]


# --- what may be done


def _may_stop(state: Evaluation, reason: str) -> list[Event]:
    """Refuse what cannot stop; leaves and locks end: every seat is locked, and every face looked for afterwards."""
    if state.memory(Pauses).now is not None:
        raise Refused("already_paused", state.stream)
    if over(state):
        raise Refused("nothing_to_pause", state.stream)
    guards.text(reason, "$.reason")
    left = [LeaveEnded(leave.alias, "pause", None, None) for leave in away(state)]
    return [*left, *ended_by(state, LockEnd.PAUSE)]


def pause(state: Evaluation, command: PauseEvaluation, actor: Actor, at: str) -> list[Event]:
    """One person may stop it: that is the safe direction."""
    ended = _may_stop(state, command.reason)
    if command.kind not in {PauseKind.FAULT.value, PauseKind.ORDER.value}:
        raise Refused("bad_value", "$.kind")
    return [EvaluationPaused(**vars(command)), *ended]


def seal_night(state: Evaluation, command: SealNight, actor: Actor, at: str) -> list[Event]:
    """The journal as it stands is named by its root."""
    ended = _may_stop(state, command.reason)
    if command.size != state.size:
        raise Refused("bad_value", "$.size")
    if not _ROOT.fullmatch(command.root):
        raise Refused("bad_value", "$.root")
    return [NightSealed(**vars(command)), *ended]


def decide_on_fault(state: Evaluation, command: DecideOnFault, actor: Actor, at: str) -> list[Event]:
    """Nobody but the tenderee (purchaser), and only once the fault has lasted too long."""
    found = running(state)
    until = limit(state, found)
    if until is None or not found.before_start:
        raise Refused("nothing_to_decide", state.stream)
    if found.go_on is not None:
        raise Refused("already_decided", state.stream)
    if not reached(at, until):
        raise Refused("fault_not_over", state.stream, until=clock(until))
    guards.text(command.reason, "$.reason")
    return [FaultDecided(**vars(command))]


def call_presence(state: Evaluation, command: CallPresence, actor: Actor, at: str) -> list[Event]:
    """Again after a first call as well: then everybody shows the face once more."""
    running(state)
    return [PresenceCalled()]


def verify(state: Evaluation, command: VerifyPresence, actor: Actor, at: str) -> list[Event]:
    """The face that the seat took for its member's."""
    member = guards.acting(state, actor)
    verifiable(state, member)
    return [PresenceVerified(member.alias or "", "face", command.score, command.engine)]


def verifiable(state: Evaluation, member: Member) -> None:
    """Refuse where this member's face is not asked for."""
    found = running(state)
    guards.in_stage(member, *AT_WORK)
    if found.called_at is None:
        raise Refused("presence_not_called", member.alias or "")
    if member.alias in found.verified:
        raise Refused("already_verified", member.alias or "")


def resume(state: Evaluation, command: ResumeEvaluation, actor: Actor, at: str) -> list[Event]:
    """Not after a fault that lasted too long, not without everybody, not with another journal."""
    found = running(state)
    _fault_allows(state, found, at)
    missing = awaited(state)
    if missing:
        raise Refused("presence_missing", state.stream, who="、".join(m.alias or "" for m in missing))
    guards.text(command.note, "$.note")
    if (command.size, command.root) != (found.size, found.root):
        raise Refused("night_changed", "$.root")
    return [EvaluationResumed(**vars(command))]


def _fault_allows(state: Evaluation, found: Pause, at: str) -> None:
    """丽江 20, 21: before the start the tenderee decides, during the evaluation a new committee is due."""
    until = limit(state, found)
    if until is None or found.go_on is True:
        return
    if found.go_on is False:
        raise Refused("postponed", state.stream)
    if reached(at, until):
        raise Refused("tenderee_decides" if found.before_start else "fault_too_long", state.stream)


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """While it is paused nobody seals, marks, concludes, checks or signs. What the room itself finishes goes on, and
    so does the way in and out of the door."""
    if current(state) is None or isinstance(command, _PASSING):
        return
    member = state.by_alias(actor.alias) if actor.role is Party.MEMBER and actor.alias else None
    if type(command).__name__ in _HELD or (member is not None and member.stage in STOPPED):
        raise Refused("paused", state.stream)
