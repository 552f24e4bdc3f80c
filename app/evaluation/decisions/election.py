"""The chair: put forward and agreed, or a ballot, or the lot among those still tied."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from app.evaluation import commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.tally import competing
from app.rules.model import MemberKind


def eligible(state: Evaluation) -> tuple[str, ...]:
    """Aliases that may chair: never the purchaser's delegate in ZC (87号令 45(四))."""
    return tuple(
        m.alias or ""
        for m in state.pledged
        if state.ruleset.committee.delegate_may_chair or m.kind is MemberKind.EXPERT
    )


def _electing(state: Evaluation, actor: Actor) -> str:
    member = guards.sitting(state, actor)
    if state.chair is not None:
        raise Refused("chair_chosen", state.chair)
    return member.alias or ""


def propose_chair(state: Evaluation, command: commands.ProposeChair, actor: Actor) -> list[Event]:
    """One proposal at a time."""
    alias = _electing(state, actor)
    if state.proposal is not None or state.ballots:
        raise Refused("already_proposed", alias)
    if command.candidate not in eligible(state):
        raise Refused("not_eligible", "$.candidate")
    return [events.ChairProposed(alias, command.candidate)]


def agree_to_chair(state: Evaluation, command: commands.AgreeToChair, actor: Actor) -> list[Event]:
    """The last agreement makes the chair; who proposed has agreed."""
    alias = _electing(state, actor)
    if state.proposal is None or state.ballots:
        raise Refused("nothing_proposed", alias)
    if alias in state.proposal.agreed:
        raise Refused("already_agreed", alias)
    made: list[Event] = [events.ChairAgreed(alias)]
    if state.proposal.agreed | {alias} == set(state.committee):
        made += chosen(state, state.proposal.candidate, "agreement")
    return made


def object_to_chair(state: Evaluation, command: commands.ObjectToChair, actor: Actor) -> list[Event]:
    """One objection calls a secret ballot among all who may chair."""
    alias = _electing(state, actor)
    if state.proposal is None or state.ballots:
        raise Refused("nothing_proposed", alias)
    return [events.BallotCalled(state.ballots_before + 1, eligible(state))]


def count_ballot(state: Evaluation, sheets: dict[str, dict[str, Any]]) -> list[Event]:
    """Most votes chair; a tie goes to a further ballot among the tied, after the last one to the lot."""
    ballot = state.ballots[-1]
    votes = Counter(opened["sheet"]["candidate"] for opened in sheets.values())
    made: list[Event] = [events.BallotCounted(ballot.number, dict(sorted(votes.items())))]
    best = max(votes.values())
    tied = tuple(c for c in ballot.candidates if votes[c] == best)
    if len(tied) == 1:
        return made + chosen(state, tied[0], "ballot")
    if len(state.ballots) < state.ruleset.election_rounds:
        made.append(events.BallotCalled(ballot.number + 1, tied))
    return made


def tied_candidates(state: Evaluation) -> tuple[str, ...]:
    """Who is tied after the last ballot, where only the lot is left; else nobody."""
    if state.chair is not None or not state.votes or len(state.votes) < state.ruleset.election_rounds:
        return ()
    votes = state.votes[-1]
    return tuple(c for c in state.ballots[-1].candidates if votes.get(c, 0) == max(votes.values()))


def draw_chair(state: Evaluation, command: commands.DrawChair, actor: Actor) -> list[Event]:
    """The lot, from a transcript that anyone can verify."""
    tied = tied_candidates(state)
    if not tied:
        raise Refused("nothing_to_draw", state.stream)
    guards.transcript(command.transcript, tied)
    return [events.LotDrawn(command.transcript), *chosen(state, command.transcript["order"][0], "lot")]


def chosen(state: Evaluation, alias: str, means: str) -> list[Event]:
    """The chair, and what follows at once: a signed qualification review takes effect on each lot (87号令 44)."""
    made: list[Event] = [events.ChairChosen(alias, means)]
    for lot in state.lots.values():
        made += _begun(state, lot)
    return made


def _begun(state: Evaluation, lot: LotState) -> list[Event]:
    """What follows the chair on one lot: the signed qualification, and the platform's turn where the review is not
    carried here."""
    made: list[Event] = []
    platform: list[Event] = [] if state.ruleset.procedure.carries_review else [events.PlatformDue(lot.lot.id)]
    signed = lot.lot.qualification
    if state.ruleset.qualification_by != "tenderee" or signed is None:
        return platform
    failed = tuple(result.bid for result in signed.results if not result.passed)
    made.append(events.QualificationImported(lot.lot.id, signed.signed_by, signed.paper.sha256, failed))
    if competing(state, replace(lot, unqualified=failed)) < state.ruleset.least_after_review:
        return [*made, events.LotFailed(lot.lot.id, "too_few_bids")]
    return made + platform
