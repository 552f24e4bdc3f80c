"""The way out, help, remarks, recorded refusals, and the end of the stream."""

from __future__ import annotations

from app.evaluation import commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage, MemberStage


def wipe_seat(state: Evaluation, command: commands.WipeSeat, actor: Actor) -> list[Event]:
    """A recused member may go at once, the others when every lot is reported: then also who has not pledged yet."""
    early = (MemberStage.SEATED, MemberStage.BRIEFED) if all_reported(state) else ()
    member = guards.acting(state, actor, MemberStage.PLEDGED, MemberStage.RECUSED, MemberStage.REPLACED, *early)
    if member.stage is MemberStage.PLEDGED and not all_reported(state):
        raise Refused("report_missing", member.alias or "")
    if command.seat != member.seat:
        raise Refused("bad_value", "$.seat")
    return [events.SeatWiped(member.alias or "", command.seat)]


def all_reported(state: Evaluation) -> bool:
    """Nothing is left to be done for anybody: every lot has its report, or the evaluation was ended."""
    return all(lot.stage in (LotStage.REPORTED, LotStage.CLOSED) for lot in state.lots.values())


def return_phone(state: Evaluation, command: commands.ReturnPhone, actor: Actor) -> list[Event]:
    """Out of the same locker; who has not sat down yet when all is over has nothing to wipe."""
    early = (MemberStage.PHONE_STORED, MemberStage.SEAT_DRAWN) if all_reported(state) else ()
    member = guards.member(state, command.member, MemberStage.SEAT_WIPED, *early)
    if command.locker != member.locker:
        raise Refused("bad_value", "$.locker")
    return [events.PhoneReturned(command.member, command.locker)]


def leave_room(state: Evaluation, command: commands.LeaveRoom, actor: Actor) -> list[Event]:
    """The door lets nobody out whose seat is not wiped and whose phone is still in the locker."""
    early = (MemberStage.CHECKED_IN,) if all_reported(state) else ()
    guards.member(state, command.member, MemberStage.PHONE_RETURNED, *early)
    return [events.MemberLeft(command.member)]


def call_help(state: Evaluation, command: commands.CallHelp, actor: Actor) -> list[Event]:
    """One waiting call a seat."""
    member = guards.acting(state, actor)
    if any(call.alias == member.alias for call in state.helps):
        raise Refused("already_requested", member.alias or "")
    return [events.HelpCalled(member.alias or "", member.seat or "", command.text)]


def answer_help(state: Evaluation, command: commands.AnswerHelp, actor: Actor) -> list[Event]:
    """Answer a call that waits."""
    if not any(call.alias == command.alias for call in state.helps):
        raise Refused("nothing_requested", command.alias)
    return [events.HelpAnswered(command.alias, command.text)]


def add_remark(state: Evaluation, command: commands.AddRemark, actor: Actor) -> list[Event]:
    """The witness's own words."""
    return [events.RemarkAdded(guards.text(command.text, "$.text"))]


def record_refusal(state: Evaluation, command: commands.RecordRefusal, actor: Actor) -> list[Event]:
    """Recorded as it was refused."""
    return [events.CommandRefused(**vars(command))]


def close_evaluation(state: Evaluation, command: commands.CloseEvaluation, actor: Actor) -> list[Event]:
    """All lots reported, everyone out; `entries` counts the stream up to and with this entry."""
    if not all_reported(state):
        raise Refused("report_missing", state.stream)
    if any(m.stage is not MemberStage.LEFT for m in state.members.values() if m.stage is not MemberStage.EXPECTED):
        raise Refused("members_inside", state.stream)
    if command.entries != state.size + 1:
        raise Refused("bad_value", "$.entries")
    return [events.EvaluationClosed(command.entries)]
