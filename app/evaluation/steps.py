"""What is next: for a member at the seat, and for the people at the consoles."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.decisions.election import tied_candidates
from app.evaluation.decisions.gathering import members_missing
from app.evaluation.decisions.leaving import all_reported
from app.evaluation.model import Evaluation, LotState, Member, SheetKind
from app.evaluation.stages import LotStage, MemberStage
from app.rules.model import Party


@dataclass(frozen=True)
class Step:
    """A step by its stable code, the lot it concerns (or None), and whether the person must act now."""

    code: str
    lot: str | None
    act: bool


_GATHERING = {
    MemberStage.EXPECTED: Step("arrive", None, act=True),
    MemberStage.CHECKED_IN: Step("store_phone", None, act=True),
    MemberStage.PHONE_STORED: Step("take_slot", None, act=True),
    MemberStage.SEAT_DRAWN: Step("open_seat", None, act=True),
    MemberStage.SEATED: Step("read_discipline", None, act=True),
    MemberStage.BRIEFED: Step("give_pledge", None, act=True),
    MemberStage.RECUSED: Step("wipe_seat", None, act=True),
    MemberStage.REPLACED: Step("wipe_seat", None, act=True),
    MemberStage.SEAT_WIPED: Step("take_phone", None, act=True),
    MemberStage.PHONE_RETURNED: Step("leave", None, act=True),
    MemberStage.LEFT: Step("left", None, act=False),
}


_GOING = {
    MemberStage.CHECKED_IN: Step("leave", None, act=True),
    MemberStage.PHONE_STORED: Step("take_phone", None, act=True),
    MemberStage.SEAT_DRAWN: Step("take_phone", None, act=True),
    MemberStage.SEATED: Step("wipe_seat", None, act=True),
    MemberStage.BRIEFED: Step("wipe_seat", None, act=True),
}
"""Of who had not pledged yet when everything was over."""


def member_step(state: Evaluation, member: Member) -> Step:
    """Return the one next step of a member."""
    if member.stage in _GOING and all_reported(state):
        return _GOING[member.stage]
    if member.stage in _GATHERING:
        return _GATHERING[member.stage]
    if not state.committee:
        return Step("wait_committee", None, act=False)
    if state.chair is None:
        return _electing(state, member)
    steps = [_lot_step(state, lot, member) for lot in state.lots.values()]
    acting = [step for step in steps if step.act and step.code != "wipe_seat"]
    if acting:
        return acting[0]
    waiting = [step for step in steps if not step.act]
    return waiting[0] if waiting else Step("wipe_seat", None, act=True)


def _electing(state: Evaluation, member: Member) -> Step:
    if state.ballots and not state.ballots[-1].opened:
        sealed = member.alias in state.ballots[-1].sealed
        return Step("wait_ballot", None, act=False) if sealed else Step("ballot", None, act=True)
    if tied_candidates(state):
        return Step("wait_lot", None, act=False)
    if state.proposal is None:
        return Step("propose_chair", None, act=True)
    agreed = member.alias in state.proposal.agreed
    return Step("wait_chair", None, act=False) if agreed else Step("answer_proposal", None, act=True)


def _lot_step(state: Evaluation, lot: LotState, member: Member) -> Step:
    lot_id = lot.lot.id
    chairs = member.alias == state.chair
    if lot.stage in {LotStage.REVIEWING, LotStage.MARKING}:
        kind = SheetKind.REVIEW if lot.stage is LotStage.REVIEWING else SheetKind.MARKS
        current = lot.current(kind)
        sealed = current is not None and member.alias in current.ended
        return Step(f"wait_{kind.value}", lot_id, act=False) if sealed else Step(kind.value, lot_id, act=True)
    if lot.stage is LotStage.ACCOMPANYING:
        return Step("wait_platform", lot_id, act=False)  # what the chair does there, the matter offers
    if lot.stage is LotStage.UNSEALING:
        return Step("wait_unsealing", lot_id, act=False)
    if lot.stage is LotStage.TALKING:
        return Step("wait_talk", lot_id, act=chairs)  # what is done there, the matter offers
    if lot.stage is LotStage.REVIEWED:
        return Step("conclude_review" if chairs else "wait_conclusion", lot_id, act=chairs)
    if lot.stage is LotStage.OPENED:
        return Step("note_findings" if chairs else "wait_findings", lot_id, act=chairs)
    if lot.stage is LotStage.CONFIRMING:
        answered = member.alias in lot.opinions
        return Step("wait_opinions", lot_id, act=False) if answered else Step("confirm", lot_id, act=True)
    if lot.stage in {LotStage.CHECKING, LotStage.REPORTING}:
        return Step("wait_check" if lot.stage is LotStage.CHECKING else "wait_report", lot_id, act=False)
    return Step("wipe_seat", lot_id, act=True)


def console_steps(state: Evaluation, role: Party) -> list[Step]:
    """Return what a console of this role can do now, the most urgent first; releases and calls come apart."""
    steps: list[Step] = []
    inside = [m for m in state.members.values() if m.stage is not MemberStage.LEFT]
    if role is Party.CENTRE:
        gathering = any(lot.stage is LotStage.GATHERING for lot in state.lots.values())
        if not state.slots:
            steps.append(Step("call_draw", None, act=True))
        elif gathering and not members_missing(state):
            steps.append(Step("constitute_committee", None, act=True))
        elif not inside and not state.closed:
            steps.append(Step("close_evaluation", None, act=True))
    if role in state.ruleset.check_by:
        due = [lot.lot.id for lot in state.lots.values() if lot.stage is LotStage.CHECKING]
        steps += [Step("check_tables", lot_id, act=True) for lot_id in due]
    if role in {Party.AGENCY if state.tender.agency.strip() else Party.TENDEREE, Party.CENTRE}:
        due = [lot.lot.id for lot in state.lots.values() if lot.stage is LotStage.ACCOMPANYING and lot.awaits_export]
        steps += [Step("send_platform", lot_id, act=True) for lot_id in due]
    return steps
