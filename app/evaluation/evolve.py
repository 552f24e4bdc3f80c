"""Folding: a state and the next event make the next state. Never refuses what the journal holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.evaluation import codec
from app.evaluation import events as e
from app.evaluation.actor import Actor
from app.evaluation.matter import Fold
from app.evaluation.matters import MATTERS
from app.evaluation.model import (
    Evaluation,
    HelpAnswer,
    HelpCall,
    LotState,
    Member,
    Proposal,
    Release,
    Report,
    Round,
    Sealed,
    SheetKind,
)
from app.evaluation.stages import LOT_STEPS, MEMBER_STEPS, LotStage
from app.rules import read_ruleset, read_tender
from app.rules.model import SealedMember


def evolve(state: Evaluation | None, event: e.Event, actor: Actor, at: str, stream: str) -> Evaluation:
    """Return the state after `event`, which `actor` caused at server time `at` (RFC 3339) in `stream`."""
    if isinstance(event, e.EvaluationOpened):
        return _opened(event, at, stream)
    if state is None:
        raise ValueError("the first entry of an evaluation is EvaluationOpened")
    fold = _FOLDS.get(type(event))
    after = fold(state, event, actor, at) if fold else state
    return replace(_move_lots(_move_member(after, event, at), event, at), size=state.size + 1)


def _opened(event: e.EvaluationOpened, at: str, stream: str) -> Evaluation:
    tender = read_tender(event.tender)
    sealed = [codec.from_json(SealedMember, member) for member in event.members]
    return Evaluation(
        stream=stream,
        rehearsal=event.rehearsal,
        opened_at=at,
        package=event.package,
        ruleset_hash=event.ruleset_hash,
        ruleset=read_ruleset(event.ruleset),
        tender=tender,
        members_hash=event.members_hash,
        entitled=event.entitled,
        members={m.ref: Member(m.ref, m.kind, m.authorised) for m in sealed},
        lots={lot.id: LotState(lot) for lot in tender.lots},
        size=1,
    )


def _move_member(state: Evaluation, event: e.Event, at: str) -> Evaluation:
    ref = getattr(event, "member", None)
    member = state.members.get(ref) if ref else state.by_alias(getattr(event, "alias", None) or "?")
    name = type(event).__name__
    if member is None or (member.stage, name) not in MEMBER_STEPS:
        return state
    moved = replace(member, stage=MEMBER_STEPS[member.stage, name], at=member.at | {name: at})
    return _with_member(state, moved)


def _move_lots(state: Evaluation, event: e.Event, at: str) -> Evaluation:
    name = type(event).__name__
    only = getattr(event, "lot", None)
    if only == "":  # a ballot belongs to the committee, not to a lot
        return state
    lots = {
        lot_id: replace(_entering(lot, LOT_STEPS[lot.stage, name]), at=lot.at | {name: at})
        if only in (None, lot_id) and (lot.stage, name) in LOT_STEPS
        else lot
        for lot_id, lot in state.lots.items()
    }
    return _begin_rounds(replace(state, lots=lots), name)


def _entering(lot: LotState, stage: LotStage) -> LotState:
    """The lot in a stage. Blind marks that are due come before the review, whatever leads to it: nobody may know
    whose bid it is until they are sealed and open."""
    if stage is not LotStage.REVIEWING:
        return replace(lot, stage=stage)
    return replace(lot, stage=LotStage.MARKING if lot.blind_ahead else stage, reviewed=False)


def _begin_rounds(state: Evaluation, name: str) -> Evaluation:
    """A lot that enters a sealed stage gets its round."""
    kinds = {"reviewing": SheetKind.REVIEW, "marking": SheetKind.MARKS}
    if name not in _BEGINNING:
        return state
    lots = {}
    for lot_id, lot in state.lots.items():
        kind = kinds.get(lot.stage.value)
        carried = kind is not None and kind.value in state.ruleset.procedure.carries
        due = carried and (kind is SheetKind.REVIEW or _marks_due(state, lot, name))
        lots[lot_id] = _with_round(lot, kind) if kind is not None and due else lot
    return replace(state, lots=lots)


_BEGINNING = frozenset(
    {
        *("ChairChosen", "ReviewConcluded", "TalksConcluded", "StageRepeated", "CommitteeRecomposed"),
        *("SteppedBackToReview", "SteppedBackToMarking", "MarkingDue", "ReviewDue"),
    }
)
"""Events with which members may begin to work alone."""


def _marks_due(state: Evaluation, lot: LotState, name: str) -> bool:
    """Whether anything is marked, and the talks before it are over; of blind phases all may be done by then."""
    if name in {"ReviewConcluded", "TalksConcluded"} and lot.lot.phases and lot.marked:
        return False
    return bool(lot.lot.factors) and (lot.talked or not state.ruleset.procedure.kind.talks)


def _with_round(lot: LotState, kind: SheetKind) -> LotState:
    """A round that is not opened goes on, unless the bids that it is about are others now."""
    bids, current = lot.bids_of(kind), lot.current(kind)
    if current is not None and not current.opened and current.bids == bids:
        return lot
    return _with_new_round(lot, kind, lot.phase.id if kind is SheetKind.MARKS else "")


def _with_new_round(lot: LotState, kind: SheetKind, phase: str) -> LotState:
    rounds = lot.rounds(kind)
    return lot.with_rounds(kind, (*rounds, Round(kind, len(rounds) + 1, bids=lot.bids_of(kind), phase=phase)))


def _with_member(state: Evaluation, member: Member) -> Evaluation:
    return replace(state, members=state.members | {member.ref: member})


def _with_lot(state: Evaluation, lot_id: str, **changes: Any) -> Evaluation:
    return replace(state, lots=state.lots | {lot_id: replace(state.lots[lot_id], **changes)})


def _with_round_of(
    state: Evaluation, event: e.SheetSealed | e.SheetKeyGiven | e.SheetsOpened, change: Callable[[Round], Round]
) -> Evaluation:
    """The state with the round that the event names changed; of ballots it is always the last one."""
    lot_id, kind = event.lot, SheetKind(event.kind)
    if kind is SheetKind.BALLOT:
        return replace(state, ballots=(*state.ballots[:-1], change(state.ballots[-1])))
    lot = state.lots[lot_id]
    changed = lot.with_round(change(lot.rounds(kind)[event.round - 1]))
    return replace(state, lots=state.lots | {lot_id: changed})


def _sealing_key_offered(state: Evaluation, event: e.SealingKeyOffered, actor: Actor, at: str) -> Evaluation:
    return replace(state, sealing_keys=state.sealing_keys | {event.key_id: event.public})


def _slots_allotted(state: Evaluation, event: e.SlotsAllotted, actor: Actor, at: str) -> Evaluation:
    draws = {event.draw_no: event.transcript_hash, event.alias_draw_no: event.alias_transcript_hash}
    return replace(state, slots=event.slots, draws=state.draws | draws)


def _release_requested(state: Evaluation, event: e.ReleaseRequested, actor: Actor, at: str) -> Evaluation:
    release = Release(event.what, event.member, event.reason, at)
    return replace(state, releases=state.releases | {(event.what, event.member): release})


def _release_approved(state: Evaluation, event: e.ReleaseApproved, actor: Actor, at: str) -> Evaluation:
    key = (event.what, event.member)
    old = state.releases[key]
    new = replace(old, approvals=old.approvals | {actor.role.value: event.reason})
    return replace(state, releases=state.releases | {key: new})


def _release_over(state: Evaluation, what: str, member: str) -> Evaluation:
    left = {key: release for key, release in state.releases.items() if key != (what, member)}
    return replace(state, releases=left)


def _release_refused(state: Evaluation, event: e.ReleaseRefused, actor: Actor, at: str) -> Evaluation:
    return _release_over(state, event.what, event.member)


def _checked_in(state: Evaluation, event: e.MemberCheckedIn, actor: Actor, at: str) -> Evaluation:
    member = replace(state.members[event.member], means=event.means)
    here = _with_member(state, member)
    return _release_over(_release_over(here, "admission", event.member), "found", event.member)


def _phone_stored(state: Evaluation, event: e.PhoneStored, actor: Actor, at: str) -> Evaluation:
    return _with_member(state, replace(state.members[event.member], locker=event.locker))


def _slot_taken(state: Evaluation, event: e.SlotTaken, actor: Actor, at: str) -> Evaluation:
    member = replace(state.members[event.member], slot=event.slot, seat=event.seat, alias=event.alias)
    return _with_member(state, member)


def _seat_opened(state: Evaluation, event: e.SeatOpened, actor: Actor, at: str) -> Evaluation:
    member = state.by_alias(event.alias)
    return _release_over(state, "seat", member.ref) if member else state


def _recused(state: Evaluation, event: e.MemberRecused, actor: Actor, at: str) -> Evaluation:
    member = state.by_alias(event.alias)
    return _with_member(state, replace(member, recused=event.bidder)) if member else state


def _constituted(state: Evaluation, event: e.CommitteeConstituted, actor: Actor, at: str) -> Evaluation:
    return replace(state, committee=event.aliases)


def _proposed(state: Evaluation, event: e.ChairProposed, actor: Actor, at: str) -> Evaluation:
    return replace(state, proposal=Proposal(event.candidate, event.alias, frozenset({event.alias})))


def _agreed(state: Evaluation, event: e.ChairAgreed, actor: Actor, at: str) -> Evaluation:
    if state.proposal is None:
        return state
    agreed = state.proposal.agreed | {event.alias}
    return replace(state, proposal=replace(state.proposal, agreed=agreed))


def _ballot_called(state: Evaluation, event: e.BallotCalled, actor: Actor, at: str) -> Evaluation:
    ballot = Round(SheetKind.BALLOT, event.round, candidates=event.candidates)
    return replace(state, ballots=(*state.ballots, ballot))


def _ballot_counted(state: Evaluation, event: e.BallotCounted, actor: Actor, at: str) -> Evaluation:
    return replace(state, votes=(*state.votes, event.votes))


def _chair_chosen(state: Evaluation, event: e.ChairChosen, actor: Actor, at: str) -> Evaluation:
    return replace(state, chair=event.alias, chair_means=event.means)


def _lot_drawn(state: Evaluation, event: e.LotDrawn, actor: Actor, at: str) -> Evaluation:
    return replace(state, chair_lots=state.chair_lots + 1)


def _qualification(state: Evaluation, event: e.QualificationImported, actor: Actor, at: str) -> Evaluation:
    lot = replace(state.lots[event.lot], unqualified=event.failed)
    for kind in (SheetKind.REVIEW, SheetKind.MARKS):  # what has just begun is about the bids that are left
        rounds = lot.rounds(kind)
        if rounds and not rounds[-1].opened:
            lot = lot.with_rounds(kind, (*rounds[:-1], replace(rounds[-1], bids=lot.bids_of(kind))))
    return replace(state, lots=state.lots | {event.lot: lot})


def _sheet_sealed(state: Evaluation, event: e.SheetSealed, actor: Actor, at: str) -> Evaluation:
    sealed = Sealed(event.sealed, {event.key_id: event.key}, at)
    return _with_round_of(state, event, lambda last: replace(last, sealed=last.sealed | {event.alias: sealed}))


def _sheet_key_given(state: Evaluation, event: e.SheetKeyGiven, actor: Actor, at: str) -> Evaluation:
    def add(last: Round) -> Round:
        old = last.sealed[event.alias]
        new = replace(old, keys=old.keys | {event.key_id: event.key})
        return replace(last, sealed=last.sealed | {event.alias: new})

    return _with_round_of(state, event, add)


def _sheets_opened(state: Evaluation, event: e.SheetsOpened, actor: Actor, at: str) -> Evaluation:
    return _with_round_of(state, event, lambda last: replace(last, sheets=event.sheets | last.carried))


def _stage_repeated(state: Evaluation, event: e.StageRepeated, actor: Actor, at: str) -> Evaluation:
    lot = state.lots[event.lot]
    repeats = (*lot.repeats, {"kind": event.kind, "ground": event.ground, "reason": event.reason})
    if lot.lot.phases and event.kind == SheetKind.MARKS.value:
        lot = _with_new_round(lot, SheetKind.MARKS, event.phase or lot.last_phase)
        state = _with_lot(state, event.lot, marks=lot.marks)
    return _with_lot(
        state, event.lot, repeats=repeats, case_hash=None, result_hash=None, finding_note=None, opinions={}
    )


def _review_concluded(state: Evaluation, event: e.ReviewConcluded, actor: Actor, at: str) -> Evaluation:
    lot = state.lots[event.lot]
    rejected = lot.rejected | event.rejections
    return _with_lot(state, event.lot, rejected=rejected, competition=event.competition, reviewed=True)


def _lot_failed(state: Evaluation, event: e.LotFailed, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, failed=event.reason, case_hash=None, result_hash=None)


def _tallied(state: Evaluation, event: e.LotTallied, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, case_hash=event.case_hash, result_hash=event.result_hash)


def _findings_noted(state: Evaluation, event: e.FindingsNoted, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, finding_note=event.note)


def _tables_checked(state: Evaluation, event: e.TablesChecked, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, check_remarks=event.remarks)


def _confirmed(state: Evaluation, event: e.ResultConfirmed, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, opinions=state.lots[event.lot].opinions | {event.alias: None})


def _dissented(state: Evaluation, event: e.ResultDissented, actor: Actor, at: str) -> Evaluation:
    opinions = state.lots[event.lot].opinions | {event.alias: event.reasons}
    return _with_lot(state, event.lot, opinions=opinions)


def _report_issued(state: Evaluation, event: e.ReportIssued, actor: Actor, at: str) -> Evaluation:
    return _with_lot(state, event.lot, report=Report(event.sha256, event.bytes, event.pages))


def _help_called(state: Evaluation, event: e.HelpCalled, actor: Actor, at: str) -> Evaluation:
    answers = {alias: answer for alias, answer in state.help_answers.items() if alias != event.alias}
    helps = (*state.helps, HelpCall(event.alias, event.seat, event.text, at))
    return replace(state, helps=helps, help_answers=answers)


def _help_answered(state: Evaluation, event: e.HelpAnswered, actor: Actor, at: str) -> Evaluation:
    answers = state.help_answers | {event.alias: HelpAnswer(at, event.text)}
    return replace(state, helps=tuple(call for call in state.helps if call.alias != event.alias), help_answers=answers)


def _remark(state: Evaluation, event: e.RemarkAdded, actor: Actor, at: str) -> Evaluation:
    return replace(state, remarks=(*state.remarks, {"at": at, "text": event.text}))


def _refused(state: Evaluation, event: e.CommandRefused, actor: Actor, at: str) -> Evaluation:
    return replace(state, refusals=state.refusals + 1)


def _closed(state: Evaluation, event: e.EvaluationClosed, actor: Actor, at: str) -> Evaluation:
    return replace(state, closed=True)


_FOLDS: dict[type[e.Event], Fold] = {
    e.SealingKeyOffered: _sealing_key_offered,
    e.SlotsAllotted: _slots_allotted,
    e.ReleaseRequested: _release_requested,
    e.ReleaseApproved: _release_approved,
    e.ReleaseRefused: _release_refused,
    e.MemberCheckedIn: _checked_in,
    e.PhoneStored: _phone_stored,
    e.SlotTaken: _slot_taken,
    e.SeatOpened: _seat_opened,
    e.MemberRecused: _recused,
    e.CommitteeConstituted: _constituted,
    e.ChairProposed: _proposed,
    e.ChairAgreed: _agreed,
    e.BallotCalled: _ballot_called,
    e.BallotCounted: _ballot_counted,
    e.ChairChosen: _chair_chosen,
    e.LotDrawn: _lot_drawn,
    e.QualificationImported: _qualification,
    e.SheetSealed: _sheet_sealed,
    e.SheetKeyGiven: _sheet_key_given,
    e.SheetsOpened: _sheets_opened,
    e.StageRepeated: _stage_repeated,
    e.ReviewConcluded: _review_concluded,
    e.LotFailed: _lot_failed,
    e.LotTallied: _tallied,
    e.FindingsNoted: _findings_noted,
    e.TablesChecked: _tables_checked,
    e.ResultConfirmed: _confirmed,
    e.ResultDissented: _dissented,
    e.ReportIssued: _report_issued,
    e.HelpCalled: _help_called,
    e.HelpAnswered: _help_answered,
    e.RemarkAdded: _remark,
    e.CommandRefused: _refused,
    e.EvaluationClosed: _closed,
    **{kind: fold for matter in MATTERS for kind, fold in matter.folds.items()},
}
"""Events that are not here only move a stage."""
