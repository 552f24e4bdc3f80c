"""Rejecting a bid after the review: what is proposed, how everyone votes, what is decided and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event


class Decided(StrEnum):
    """How a proposal ended."""

    REJECTED = "rejected"
    DECLINED = "declined"


@dataclass(frozen=True)
class Vote:
    """One member's open vote, with the reason where it is against."""

    agree: bool
    reason: str


@dataclass(frozen=True)
class Case:
    """Why a bid is to be rejected: statutory ground, clause of the document, pages of the bid, facts."""

    lot: str
    bid: str
    ground: str
    clause: str
    page: str
    facts: str


@dataclass(frozen=True)
class Proposal:
    """A case before the committee, its votes by alias, and its end."""

    case: Case
    at: str
    votes: dict[str, Vote] = field(default_factory=dict)
    decided: Decided | None = None
    decided_at: str | None = None


@dataclass(frozen=True)
class Rejections:
    """All proposals, oldest first, and the lots whose competition has to be stated again."""

    proposals: tuple[Proposal, ...] = ()
    competition_due: frozenset[str] = frozenset()

    def open_for(self, lot: str, bid: str) -> Proposal | None:
        """The proposal about a bid that is not decided."""
        return next((one for one in self.open_in(lot) if one.case.bid == bid), None)

    def open_in(self, lot: str) -> list[Proposal]:
        """A lot's proposals that are not decided."""
        return [one for one in self.proposals if one.case.lot == lot and one.decided is None]

    def decided_for(self, lot: str, bid: str) -> Proposal | None:
        """The proposal that rejected a bid, the newest."""
        return next(
            (
                one
                for one in reversed(self.proposals)
                if (one.case.lot, one.case.bid, one.decided) == (lot, bid, Decided.REJECTED)
            ),
            None,
        )


@dataclass(frozen=True)
class ProposeRejection(Command):
    """Put a rejection to the vote."""

    lot: str
    bid: str
    ground: str
    clause: str
    page: str
    facts: str


@dataclass(frozen=True)
class VoteRejection(Command):
    """Vote openly; against with a reason."""

    lot: str
    bid: str
    agree: bool
    reason: str = ""


@dataclass(frozen=True)
class StateCompetition(Command):
    """With too few bids left, say whether there is still competition (12号令 27); if not, the lot ends."""

    lot: str
    competition: bool
    reason: str


@dataclass(frozen=True)
class RejectionProposed(Event):
    """A rejection is put to the vote of all members."""

    lot: str
    bid: str
    ground: str
    clause: str
    page: str
    facts: str


@dataclass(frozen=True)
class RejectionVoted(Event):
    """A member voted."""

    alias: str
    lot: str
    bid: str
    agree: bool
    reason: str


@dataclass(frozen=True)
class BidRejected(Event):
    """The majority rejected the bid."""

    lot: str
    bid: str
    ground: str
    clause: str
    page: str
    facts: str
    agreed: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class RejectionDeclined(Event):
    """There is no majority for rejecting: the bid stays."""

    lot: str
    bid: str
    agreed: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class CompetitionStated(Event):
    """What the committee says of the competition that is left."""

    lot: str
    competition: bool
    reason: str
