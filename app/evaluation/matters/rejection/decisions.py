"""Who proposes and votes, when a vote is over, and what a rejection brings with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from app.evaluation.actor import Actor
from app.evaluation.commands import CheckTables, Command, ConcludeReview, NoteFindings
from app.evaluation.decisions import guards, rounds
from app.evaluation.events import Event, LotFailed
from app.evaluation.matters.letters.decisions import live_bid
from app.evaluation.matters.letters.records import LetterKind, Letters
from app.evaluation.matters.rejection.records import (
    BidRejected,
    Case,
    CompetitionStated,
    ProposeRejection,
    RejectionDeclined,
    RejectionProposed,
    Rejections,
    RejectionVoted,
    StateCompetition,
    Vote,
    VoteRejection,
)
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.tally import competing

STAGES = (LotStage.REVIEWED, LotStage.TALKING, LotStage.MARKING, LotStage.OPENED, LotStage.CHECKING)
"""From the opened review to the settled result."""

COUNTED_LATER = (LotStage.REVIEWED, LotStage.TALKING)
"""Stages whose conclusion counts what is left."""

AFTER_REVIEW = STAGES[2:]


def propose(state: Evaluation, command: ProposeRejection, actor: Actor, at: str) -> list[Event]:
    """The chair, with code, clause, page and facts: nothing is rejected for what no document says."""
    guards.chair(state, actor)
    live_bid(guards.lot(state, command.lot, *STAGES), command.bid)
    if command.ground not in state.ruleset.grounds:
        raise Refused("unknown_ground", "$.ground")
    for name in ("clause", "page", "facts"):
        guards.text(getattr(command, name), f"$.{name}")
    if state.memory(Rejections).open_for(command.lot, command.bid) is not None:
        raise Refused("rejection_waiting", "$.bid", bid=command.bid)
    if state.memory(Letters).open_for(command.lot, command.bid, LetterKind.LOW_PRICE) is not None:
        raise Refused("low_price_first", "$.bid", bid=command.bid)
    return [RejectionProposed(**vars(command))]


def vote(state: Evaluation, command: VoteRejection, actor: Actor, at: str) -> list[Event]:
    """Everyone votes once, openly; the last vote decides."""
    alias = guards.sitting(state, actor).alias or ""
    lot = guards.lot(state, command.lot, *STAGES)
    proposal = state.memory(Rejections).open_for(command.lot, command.bid)
    if proposal is None:
        raise Refused("nothing_to_vote", "$.bid")
    check_vote(state, proposal.votes, alias)
    if not command.agree:
        guards.text(command.reason, "$.reason")
    made: list[Event] = [RejectionVoted(alias=alias, **vars(command))]
    votes = dict(proposal.votes) | {alias: Vote(command.agree, command.reason)}
    if missing(state, votes):
        return made
    agreed, against = sides(state, votes)
    if len(agreed) <= len(against):
        return [*made, RejectionDeclined(lot.lot.id, command.bid, agreed, against)]
    return [*made, *rejected(state, lot, proposal.case, agreed, against)]


def rejected(
    state: Evaluation, lot: LotState, case: Case, agreed: tuple[str, ...], against: tuple[str, ...]
) -> list[Event]:
    """The rejection and what follows: too few bids end the lot where the track says so, opened marks are tallied
    again without the bid."""
    made: list[Event] = [BidRejected(agreed=agreed, against=against, **vars(case))]
    if lot.stage in COUNTED_LATER:
        return made
    ahead = out(lot, case.bid, case.ground)
    left = competing(state, ahead)
    # Behind talks two may be lawfully enough: the office states why, or the chair ends it (`talks`).
    if left == 0 or (left < state.ruleset.least_after_review and state.ruleset.too_few == "fail"):
        return [*made, LotFailed(case.lot, "too_few_bids")]
    return made if lot.stage is LotStage.MARKING else [*made, *rounds.tally(state, ahead)]


def out(lot: LotState, bid: str, ground: str) -> LotState:
    """The lot without a bid; what had been said of its result is void."""
    late = lot.stage in (LotStage.OPENED, LotStage.CHECKING)
    return replace(
        lot,
        rejected=lot.rejected | {bid: ground},
        rejected_late=(*lot.rejected_late, bid) if late else lot.rejected_late,
        finding_note=None,
        check_remarks=None,
    )


def state_competition(state: Evaluation, command: StateCompetition, actor: Actor, at: str) -> list[Event]:
    """The chair, where a rejection has left too few bids and the track lets the committee decide."""
    guards.chair(state, actor)
    guards.lot(state, command.lot, *AFTER_REVIEW)
    if command.lot not in state.memory(Rejections).competition_due:
        raise Refused("competition_not_due", command.lot)
    guards.text(command.reason, "$.reason")
    made: list[Event] = [CompetitionStated(**vars(command))]
    return made if command.competition else [*made, LotFailed(command.lot, "no_competition")]


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Neither review nor result is concluded while a vote is open; no result while the competition is unsaid."""
    settles = isinstance(command, NoteFindings) or (isinstance(command, CheckTables) and command.in_order)
    if not isinstance(command, ConcludeReview | NoteFindings | CheckTables):
        return
    if not settles and not isinstance(command, ConcludeReview):
        return
    memory = state.memory(Rejections)
    waiting = memory.open_in(command.lot)
    if waiting:
        raise Refused("rejection_open", command.lot, bid=waiting[0].case.bid)
    if settles and command.lot in memory.competition_due:
        raise Refused("competition_unsaid", command.lot)


# --- votes, also for those who build upon it


class Voted(Protocol):
    """Any vote: for or against."""

    @property
    def agree(self) -> bool:
        """For what was put to the vote."""


def missing(state: Evaluation, votes: Mapping[str, Voted]) -> list[str]:
    """Members of the present committee who have not voted."""
    return [alias for alias in state.committee if alias not in votes]


def check_vote(state: Evaluation, votes: Mapping[str, Voted], alias: str) -> None:
    """One vote each; where a replacement left nobody to vote, any vote again closes the poll."""
    if alias in votes and missing(state, votes):
        raise Refused("already_answered", alias)


def sides(state: Evaluation, votes: Mapping[str, Voted]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who of the present committee is for and who against; votes of replaced members do not count."""
    agreed = tuple(alias for alias in state.committee if votes[alias].agree)
    return agreed, tuple(alias for alias in state.committee if alias not in agreed)
