"""Rejecting a bid after the review (否决投标、认定投标无效): proposed with code, clause, page and facts, voted by all.

条例 51; 12号令 25, 27; 87号令 61, 63. The majority decides, openly; reasons against are kept. A bid that is out leaves
the ranking, and opened marks are tallied again; with too few bids left the track says how the lot ends.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters.rejection import decisions, folds
from app.evaluation.matters.rejection.acts import acts, report, view
from app.evaluation.matters.rejection.records import (
    BidRejected,
    CompetitionStated,
    ProposeRejection,
    RejectionDeclined,
    RejectionProposed,
    RejectionVoted,
    StateCompetition,
    VoteRejection,
)
from app.evaluation.telling import in_committee
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})
_INSIDE = in_committee()

REJECTION = Matter(
    name="rejection",
    decisions={
        ProposeRejection: decisions.propose,
        VoteRejection: decisions.vote,
        StateCompetition: decisions.state_competition,
    },
    permits=dict.fromkeys((ProposeRejection, VoteRejection, StateCompetition), _MEMBER),
    starts={
        RejectionProposed: ProposeRejection,
        RejectionVoted: VoteRejection,
        CompetitionStated: StateCompetition,
    },
    folds={
        RejectionProposed: folds.proposed,
        RejectionVoted: folds.voted,
        BidRejected: folds.rejected,
        RejectionDeclined: folds.declined,
        CompetitionStated: folds.competition_stated,
    },
    told=dict.fromkeys((RejectionProposed, RejectionVoted, BidRejected, RejectionDeclined, CompetitionStated), _INSIDE),
    entries={
        RejectionProposed: Words("提请表决否决 {bid}：{facts}", "Rejection of {bid} proposed: {facts}"),
        RejectionVoted: Words("{alias}已就 {bid} 表决", "{alias} voted on {bid}"),
        BidRejected: Words("{bid} 经表决被否决（{ground}）", "{bid} was rejected by vote ({ground})"),
        RejectionDeclined: Words("否决 {bid} 未获过半数同意", "No majority for rejecting {bid}"),
        CompetitionStated: Words("已认定竞争性：{reason}", "The competition was stated: {reason}"),
    },
    gate=decisions.gate,
    acts=acts,
    view=view,
    report=report,
)
