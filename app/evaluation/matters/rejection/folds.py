"""What a proposal, a vote and a rejection leave behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.matters.rejection.decisions import COUNTED_LATER, out
from app.evaluation.matters.rejection.records import (
    BidRejected,
    Case,
    CompetitionStated,
    Decided,
    Proposal,
    RejectionDeclined,
    RejectionProposed,
    Rejections,
    RejectionVoted,
    Vote,
)
from app.evaluation.model import Evaluation


def proposed(state: Evaluation, event: RejectionProposed, actor: Actor, at: str) -> Evaluation:
    """One proposal more."""
    memory = state.memory(Rejections)
    return state.remembering(replace(memory, proposals=(*memory.proposals, Proposal(Case(**vars(event)), at))))


def voted(state: Evaluation, event: RejectionVoted, actor: Actor, at: str) -> Evaluation:
    """One vote more."""
    vote = Vote(event.agree, event.reason)
    return _changed(state, event.lot, event.bid, lambda one: {"votes": one.votes | {event.alias: vote}})


def rejected(state: Evaluation, event: BidRejected, actor: Actor, at: str) -> Evaluation:
    """The bid is out; with too few left, the competition has to be stated where that is the committee's to say."""
    if state.memory(Rejections).open_for(event.lot, event.bid) is None:  # decided with the vote on a low price
        state = _decided_elsewhere(state, event, at)
    else:
        state = _changed(state, event.lot, event.bid, lambda one: {"decided": Decided.REJECTED, "decided_at": at})
    before = state.lots[event.lot]
    after = out(before, event.bid, event.ground)
    says = state.ruleset.too_few == "committee_decides"
    if says and before.stage not in COUNTED_LATER and len(after.live_bids()) < state.ruleset.min_bids:
        memory = state.memory(Rejections)
        state = state.remembering(replace(memory, competition_due=memory.competition_due | {event.lot}))
    return replace(state, lots=state.lots | {event.lot: after})


def _decided_elsewhere(state: Evaluation, event: BidRejected, at: str) -> Evaluation:
    case = Case(event.lot, event.bid, event.ground, event.clause, event.page, event.facts)
    votes = {alias: Vote(alias in event.agreed, "") for alias in (*event.agreed, *event.against)}
    memory = state.memory(Rejections)
    made = Proposal(case, at, votes, Decided.REJECTED, at)
    return state.remembering(replace(memory, proposals=(*memory.proposals, made)))


def declined(state: Evaluation, event: RejectionDeclined, actor: Actor, at: str) -> Evaluation:
    """The bid stays."""
    return _changed(state, event.lot, event.bid, lambda one: {"decided": Decided.DECLINED, "decided_at": at})


def competition_stated(state: Evaluation, event: CompetitionStated, actor: Actor, at: str) -> Evaluation:
    """The lot goes on with what the committee says; without competition it fails with the next event."""
    memory = state.memory(Rejections)
    state = state.remembering(replace(memory, competition_due=memory.competition_due - {event.lot}))
    lot = state.lots[event.lot]
    return replace(state, lots=state.lots | {event.lot: replace(lot, competition=event.reason)})


def _changed(state: Evaluation, lot: str, bid: str, change: Any) -> Evaluation:
    memory = state.memory(Rejections)
    found = memory.open_for(lot, bid)
    made = tuple(replace(one, **change(one)) if one is found else one for one in memory.proposals)
    return state.remembering(replace(memory, proposals=made))
