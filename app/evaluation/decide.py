"""The one door: a command, asked by an actor of a state, becomes events, or is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.decisions import election, gathering, leaving, releasing, result, rounds
from app.evaluation.events import Event
from app.evaluation.gates import pass_gates
from app.evaluation.matter import InPlace
from app.evaluation.matters import MATTERS
from app.evaluation.model import Evaluation
from app.evaluation.permits import permit
from app.evaluation.refusal import Refused

_RELEASABLE = {**releasing.RELEASABLE, **{what: one for matter in MATTERS for what, one in matter.releases.items()}}

_DECISIONS: dict[type[c.Command], Callable[[Any, Any, Actor], list[Event]]] = {
    c.OfferSealingKey: gathering.offer_sealing_key,
    c.AllotSlots: gathering.allot_slots,
    c.RequestRelease: partial(releasing.request_release, _RELEASABLE),
    c.ApproveRelease: partial(releasing.approve_release, _RELEASABLE),
    c.RefuseRelease: partial(releasing.refuse_release, _RELEASABLE),
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


_TIMED: dict[type[c.Command], Callable[[Any, Any, Actor, str], list[Event]]] = {c.CheckIn: gathering.check_in}
"""Decisions for which the hour counts."""

_MATTERS = {kind: decision for matter in MATTERS for kind, decision in matter.decisions.items()}
_AFTER_CLOSE = frozenset[type[c.Command]]().union(*(matter.after_close for matter in MATTERS))


def decide(state: Evaluation | None, command: c.Command, actor: Actor, at: str) -> list[Event]:
    """Return the events of `command` asked at server time `at`, at least one, or raise `Refused`. Pure."""
    permit(command, actor)
    if isinstance(command, c.OpenEvaluation):
        return gathering.open_evaluation(state, command, actor)
    if state is None:
        raise Refused("not_open", "")
    if state.closed and type(command) not in _AFTER_CLOSE:
        raise Refused("closed", state.stream)
    pass_gates(state, command, actor)
    if type(command) in _MATTERS:
        made = _MATTERS[type(command)](state, command, actor, at)
        return [event for item in made for event in _resolved(state, item, at)]
    if type(command) in _TIMED:
        return _TIMED[type(command)](state, command, actor, at)
    return _DECISIONS[type(command)](state, command, actor)


def _resolved(state: Evaluation, item: Event | InPlace, at: str) -> list[Event]:
    if not isinstance(item, InPlace):
        return [item]
    made = decide(state, item.command, item.actor, at)
    return [] if item.ahead else made
