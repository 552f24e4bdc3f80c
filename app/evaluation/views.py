"""What one viewer may see of an evaluation, as plain JSON data: every part behind a predicate of `visibility`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app import drawing
from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.decisions.election import eligible
from app.evaluation.decisions.gathering import bidders, pledge_hash
from app.evaluation.gates import is_held
from app.evaluation.masking import Seeds, masked_bids
from app.evaluation.matter import Act
from app.evaluation.matters import MATTERS
from app.evaluation.matters.clarification.masked import addressed
from app.evaluation.model import Evaluation, LotState, Member, Round, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.registry import SECONDS
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.standing import candidates
from app.evaluation.steps import Step, console_steps, member_step
from app.evaluation.tally import failing_bids, opened_marks, result
from app.rules.model import Bid, Factor, Party, Phase

Json = dict[str, Any]


def view(state: Evaluation, viewer: Actor, seeds: Seeds | None = None) -> Json | None:
    """Return the viewer's whole view, or None where the viewer may not even know that the evaluation exists.

    `seeds` are those of the codes that are dealt and not opened: a member sees the own codes, and nobody a seed.
    """
    seeds = seeds or {}
    state = addressed(state, viewer, seeds)
    if viewer.role in {Party.KIOSK, Party.SYSTEM}:
        return None
    if viewer.role is Party.MEMBER:
        member = may.own(state, viewer)
        return None if member is None else _common(state, viewer, seeds) | _member_part(state, member)
    return _common(state, viewer, seeds) | _console_part(state, viewer)


def _common(state: Evaluation, viewer: Actor, seeds: Seeds) -> Json:
    project = may.knows_project(state, viewer)
    return {
        "stream": state.stream,
        "rehearsal": state.rehearsal,
        "role": viewer.role.value,
        "track": state.tender.track.value,
        "words": state.ruleset.words,
        "carries": list(state.ruleset.procedure.carries),
        "closed": state.closed,
        "project": _project(state, viewer) if project else None,
        "rules": _rules(state) if project else None,
        "committee": _committee(state) if may.sees_committee(state, viewer) else [],
        "chair": state.chair if may.sees_committee(state, viewer) else None,
        "lots": [_lot(state, lot, viewer, seeds) for lot in state.lots.values()] if project else [],
        "acts": acts(state, viewer),
        "matters": {m.name: seen for m in MATTERS if (seen := m.view(state, viewer))},
    }


def acts(state: Evaluation, viewer: Actor) -> list[Json]:
    """What this person may do now beside the main way, what somebody waits for first."""
    asked = [matter for matter in MATTERS if matter.after_close] if state.closed else MATTERS
    offered = [act for matter in asked for act in matter.acts(state, viewer) if not is_held(state, act, viewer)]
    masked = {id for id, lot in state.lots.items() if may.is_masked(lot, viewer)}
    offered = [act for act in offered if act.data.get("lot") not in masked or not _names_a_bid(act)]
    offered = [replace(act, second=act.command in SECONDS) for act in offered]
    return [codec.to_json(act) for act in sorted(offered, key=lambda act: not act.urgent)]


def _names_a_bid(act: Act) -> bool:
    """Whether an act is about one bid: nobody is asked for one while bids have codes."""
    return "bid" in act.data or any(field.name == "bid" for field in act.fields)


def _project(state: Evaluation, viewer: Actor) -> Json:
    tender = state.tender
    open_ = all(may.sees_prices(state, lot, viewer) for lot in state.lots.values())
    return {
        "id": tender.id,
        "name": tender.name,
        "tenderee": tender.tenderee,
        "agency": tender.agency,
        "planned_at": tender.planned_at,
        "labels": list(tender.labels),
        "opening": codec.to_json(tender.opening if open_ else replace(tender.opening, remarks="")),
        "ruleset": {"id": state.ruleset.id, "version": state.ruleset.version, "hash": state.ruleset_hash},
    }


def _rules(state: Evaluation) -> Json:
    """What a chair needs of the rule set to state a decision in its words."""
    ruleset = state.ruleset
    return {
        "grounds": dict(ruleset.grounds),
        "min_bids": ruleset.least_after_review,
        "too_few": ruleset.too_few,
        "repeat_grounds": dict(ruleset.procedure.repeat_grounds),
        "basis": ruleset.procedure.basis.value,
    }


def _committee(state: Evaluation) -> list[Json]:
    return [
        {"alias": m.alias, "chair": m.alias == state.chair, "kind": m.kind.value, "state": _working(state, m)}
        for m in state.pledged
    ]


def _working(state: Evaluation, member: Member) -> str:
    """Nothing finer than this leaves the room while members work alone."""
    return "in_progress" if member_step(state, member).act else "ended"


# --- the member's own part


def _member_part(state: Evaluation, member: Member) -> Json:
    seated = member.stage not in {MemberStage.SEAT_DRAWN, MemberStage.SEAT_WIPED}
    briefed = member.stage in {MemberStage.BRIEFED, MemberStage.PLEDGED}
    return {
        "alias": member.alias,
        "seat": member.seat,
        "stage": member.stage.value,
        "next": codec.to_json(_next(state, member)),
        "discipline": list(state.ruleset.discipline) if seated else [],
        "pledge": {"text": state.ruleset.pledge, "hash": pledge_hash(state.ruleset.pledge)} if briefed else None,
        "bidders": list(bidders(state)) if briefed else [],
        "election": _election(state, member) if member.alias in state.committee else None,
        "sealing_key": _sealing_key(state),
        "help_waiting": any(call.alias == member.alias for call in state.helps),
        "release_waiting": any(ref == member.ref for _, ref in state.releases),
        "member": member.ref,
    }


def _next(state: Evaluation, member: Member) -> Step:
    """The one next step: what a matter has the member do first, else that of the main way."""
    first = (step for matter in MATTERS if (step := matter.step(state, member)) is not None)
    return next(first, None) or member_step(state, member)


def _sealing_key(state: Evaluation) -> Json | None:
    newest = next(reversed(state.sealing_keys.items()), None)
    return None if newest is None else {"id": newest[0], "public": newest[1]}


def _election(state: Evaluation, member: Member) -> Json:
    proposal = state.proposal
    return {
        "eligible": list(eligible(state)),
        "proposal": None
        if proposal is None
        else {"candidate": proposal.candidate, "by": proposal.by, "agreed": sorted(proposal.agreed)},
        "ballot": _round(state.ballots[-1], member) if state.ballots else None,
        "votes": [dict(votes) for votes in state.votes],
        "chair": state.chair,
        "means": state.chair_means,
    }


def _round(found: Round, member: Member | None, phase: Phase | None = None) -> Json:
    mine = found.sealed.get(member.alias or "") if member else None
    return {
        "kind": found.kind.value,
        "number": found.number,
        "opened": found.opened,
        "ended": sorted(found.ended),
        "candidates": list(found.candidates),
        "phase": phase and {"id": phase.id, "name": phase.name, "blind": phase.blind},
        "mine": None if mine is None else {"commitment": mine.commitment, "keys": sorted(mine.keys)},
    }


# --- a lot


def _lot(state: Evaluation, lot: LotState, viewer: Actor, seeds: Seeds) -> Json:
    masked = may.is_masked(lot, viewer)
    documents = may.sees_documents(state, viewer)
    prices, reviewed = may.sees_prices(state, lot, viewer), may.sees_review(state, lot, viewer)
    marked = may.sees_result(state, lot, viewer)
    return {
        "id": lot.lot.id,
        "name": lot.lot.name,
        "stage": lot.stage.value,
        "failed": lot.failed,
        "bids": masked_bids(state, lot, viewer.alias or "", seeds)
        if masked
        else [_bid(state, lot, bid, documents, prices) for bid in _bids(state, lot, viewer)],
        "factors": codec.to_json(_factors(lot, viewer)),
        "items": codec.to_json(lot.lot.review_items),
        "scoring": lot.lot.scoring,
        "documents": codec.to_json(state.tender.documents) if documents else [],
        "qualification": None if masked else codec.to_json(lot.lot.qualification),
        "round": _current_round(state, lot, viewer),
        "review": lot.reviews[-1].contents() if reviewed else None,
        "verdict": _verdict(state, lot) if reviewed else None,
        "marks": _marks(state, lot, viewer),
        "result": result(state, lot) if marked else None,
        "candidates": candidates(state, lot, result(state, lot)) if marked else [],
        "finding_note": lot.finding_note if marked else None,
        "check_remarks": lot.check_remarks if marked else None,
        "opinions": dict(lot.opinions) if may.sees_opinions(state, viewer) else {},
        "report": codec.to_json(lot.report) if may.sees_report(state, lot, viewer) else None,
    }


def _factors(lot: LotState, viewer: Actor) -> tuple[Factor, ...]:
    """While members mark a phase they see its factors; everybody else, and they before and after, see all."""
    marking = viewer.role is Party.MEMBER and lot.stage is LotStage.MARKING
    return lot.lot.factors_of(lot.phase.id) if marking else lot.lot.factors


def _bids(state: Evaluation, lot: LotState, viewer: Actor) -> list[Bid]:
    """As the tender has them; each member at work has an order of the own where the document says so."""
    bids = {bid.id: bid for bid in lot.lot.bids}
    at_work = viewer.role is Party.MEMBER and lot.stage in {LotStage.REVIEWING, LotStage.MARKING}
    if not (lot.lot.bids_drawn and at_work):
        return list(bids.values())
    hashes = [state.draws[number] for number in sorted(state.draws)]
    return [bids[id] for id in drawing.ordered_bids(state.stream, lot.lot.id, viewer.alias or "", list(bids), hashes)]


def _bid(state: Evaluation, lot: LotState, bid: Bid, documents: bool, prices: bool) -> Json:
    dropped = lot.dropped.get(bid.id)
    status = "rejected" if bid.id in lot.rejected else "unqualified" if bid.id in lot.unqualified else "live"
    if bid.id in lot.not_opened:
        status = "not_opened"
    return {
        "id": bid.id,
        "bidder": bid.bidder,
        "price": lot.known_price(bid) if prices else None,
        "opened_price": bid.price if prices else None,
        "status": status if dropped is None else dropped.value,
        "ground": state.ruleset.grounds.get(lot.rejected.get(bid.id, "")),
        "files": codec.to_json(bid.files) if documents else [],
    }


def _current_round(state: Evaluation, lot: LotState, viewer: Actor) -> Json | None:
    if not may.sees_committee(state, viewer):
        return None
    kinds = {LotStage.REVIEWING: SheetKind.REVIEW, LotStage.MARKING: SheetKind.MARKS}
    kind = kinds.get(lot.stage)
    found = None if kind is None else lot.current(kind)
    phase = lot.phase if kind is SheetKind.MARKS and lot.lot.phases else None
    return None if found is None else _round(found, may.own(state, viewer), phase)


def _verdict(state: Evaluation, lot: LotState) -> Json:
    try:
        return {"failing": failing_bids(state, lot), "differ": None}
    except Refused as refused:
        return {"failing": {}, "differ": {"where": refused.where, **refused.details}}


def _marks(state: Evaluation, lot: LotState, viewer: Actor) -> Json | None:
    if not lot.marks or not may.sees_sheets(state, lot, lot.marks[-1], viewer):
        return None
    return opened_marks(state, lot)


# --- the consoles' part


def _console_part(state: Evaluation, viewer: Actor) -> Json:
    people = may.knows_people(viewer)
    return {
        "expected": len(state.members),
        "arrived": sum(m.stage is not MemberStage.EXPECTED for m in state.members.values()),
        "members_hash": state.members_hash,
        "slots_allotted": bool(state.slots),
        "members": [_person(state, m) for m in state.members.values()] if people else [],
        "releases": [codec.to_json(r) for r in state.releases.values()] if people else [],
        "helps": [codec.to_json(call) for call in state.helps] if people else [],
        "remarks": [dict(remark) for remark in state.remarks] if people else [],
        "refusals": state.refusals if people else 0,
        "todo": [codec.to_json(step) for step in console_steps(state, viewer.role)],
    }


def _person(state: Evaluation, member: Member) -> Json:
    return {
        "member": member.ref,
        "stage": member.stage.value,
        "alias": member.alias,
        "seat": member.seat,
        "locker": member.locker,
        "means": member.means,
        "state": _working(state, member) if state.committee else None,
        "at": member.at,
    }
