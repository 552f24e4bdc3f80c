"""The one door: a command, asked by an actor of a state, becomes events, or is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.decisions import election, gathering, leaving, result, rounds
from app.evaluation.events import Event
from app.evaluation.model import Evaluation
from app.evaluation.permits import permit
from app.evaluation.refusal import Refused

_DECISIONS: dict[type[c.Command], Callable[[Any, Any, Actor], list[Event]]] = {
    c.OpenEvaluation: gathering.open_evaluation,
    c.OfferSealingKey: gathering.offer_sealing_key,
    c.AllotSlots: gathering.allot_slots,
    c.RequestRelease: gathering.request_release,
    c.ApproveRelease: gathering.approve_release,
    c.RefuseRelease: gathering.refuse_release,
    c.CheckIn: gathering.check_in,
    c.StorePhone: gathering.store_phone,
    c.TakeSlot: gathering.take_slot,
    c.OpenSeat: gathering.open_seat,
    c.ReadDiscipline: gathering.read_discipline,
    c.GivePledge: gathering.give_pledge,
    c.Recuse: gathering.recuse,
    c.ConstituteCommittee: gathering.constitute_committee,
    c.ProposeChair: election.propose_chair,
    c.AgreeToChair: election.agree_to_chair,
    c.ObjectToChair: election.object_to_chair,
    c.DrawChair: election.draw_chair,
    c.SealSheet: rounds.seal_sheet,
    c.GiveSheetKey: rounds.give_sheet_key,
    c.OpenSheets: rounds.open_sheets,
    c.RepeatStage: result.repeat_stage,
    c.ConcludeReview: result.conclude_review,
    c.FailLot: result.fail_lot,
    c.NoteFindings: result.note_findings,
    c.CheckTables: result.check_tables,
    c.ConfirmResult: result.confirm_result,
    c.DissentFromResult: result.dissent_from_result,
    c.IssueReport: result.issue_report,
    c.WipeSeat: leaving.wipe_seat,
    c.ReturnPhone: leaving.return_phone,
    c.LeaveRoom: leaving.leave_room,
    c.CallHelp: leaving.call_help,
    c.AnswerHelp: leaving.answer_help,
    c.AddRemark: leaving.add_remark,
    c.RecordRefusal: leaving.record_refusal,
    c.CloseEvaluation: leaving.close_evaluation,
}


def decide(state: Evaluation | None, command: c.Command, actor: Actor) -> list[Event]:
    """Return the events of `command`, at least one, or raise `Refused`. Pure: time is put on by the journal."""
    permit(command, actor)
    if state is None and not isinstance(command, c.OpenEvaluation):
        raise Refused("not_open", "")
    if state is not None and state.closed:
        raise Refused("closed", state.stream)
    return _DECISIONS[type(command)](state, command, actor)
