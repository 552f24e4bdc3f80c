"""The state of one evaluation: what its journal folds to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from app.evaluation.stages import LotStage, MemberStage
from app.rules.model import Bid, Lot, MemberKind, RuleSet, Tender

M = TypeVar("M")


class SheetKind(StrEnum):
    """What a sealed round is about."""

    BALLOT = "ballot"
    REVIEW = "review"
    MARKS = "marks"


@dataclass(frozen=True)
class Member:
    """A member of the sealed list; `alias`, `slot` and `seat` exist once the slot is taken."""

    ref: str
    kind: MemberKind
    authorised: bool
    stage: MemberStage = MemberStage.EXPECTED
    means: str | None = None
    locker: str | None = None
    slot: str | None = None
    seat: str | None = None
    alias: str | None = None
    recused: str | None = None
    replaced: str | None = None
    """The ground on which the member was replaced (条例 48; 87号令 49); what the member concluded is void."""
    at: dict[str, str] = field(default_factory=dict)
    """Server times of the member's steps, by event type."""


@dataclass(frozen=True)
class Sealed:
    """A member's sealed sheet in a round; `keys` are the keys given so far, by offered key id."""

    sealed: dict[str, Any]
    keys: dict[str, dict[str, Any]]
    at: str

    @property
    def commitment(self) -> str:
        """The commitment (hex) that the sheet cannot leave any more."""
        return str(self.sealed["commitment"])


@dataclass(frozen=True)
class Round:
    """One round in which members work alone until all have ended; `sheets` are there once opened."""

    kind: SheetKind
    number: int
    sealed: dict[str, Sealed] = field(default_factory=dict)
    sheets: dict[str, dict[str, Any]] | None = None
    candidates: tuple[str, ...] = ()
    """A ballot's candidates."""
    bids: tuple[str, ...] = ()
    """The bids that the round is about, as they stood when it began."""
    carried: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Opened sheets of the round before that stand, by alias: of members who stayed when another was replaced."""

    @property
    def opened(self) -> bool:
        """All have ended and the sheets are in the clear."""
        return self.sheets is not None

    @property
    def ended(self) -> frozenset[str]:
        """Who has nothing left to do in it: sealed now, or standing from before."""
        return frozenset(self.sealed) | frozenset(self.carried)

    def contents(self) -> dict[str, Any]:
        """The opened sheets by alias, without salts."""
        return {alias: opened["sheet"] for alias, opened in (self.sheets or {}).items()}


@dataclass(frozen=True)
class Report:
    """The report as issued."""

    sha256: str
    bytes: int
    pages: int


@dataclass(frozen=True)
class LotState:
    """One lot on its way."""

    lot: Lot
    stage: LotStage = LotStage.GATHERING
    reviews: tuple[Round, ...] = ()
    marks: tuple[Round, ...] = ()
    unqualified: tuple[str, ...] = ()
    rejected: dict[str, str] = field(default_factory=dict)
    competition: str | None = None
    failed: str | None = None
    case_hash: str | None = None
    result_hash: str | None = None
    finding_note: str | None = None
    check_remarks: str | None = None
    repeats: tuple[dict[str, str], ...] = ()
    prices: dict[str, str] = field(default_factory=dict)
    """Prices in force by bid (yuan) where they are no longer those of the opening: corrected, offered anew, opened
    from a second envelope. What is not here stands as the bid has it."""
    opinions: dict[str, str | None] = field(default_factory=dict)
    """By alias: None = confirmed, else the reasons of a dissent."""
    report: Report | None = None
    at: dict[str, str] = field(default_factory=dict)
    """Server times of the newest step of each kind, by event type."""

    def rounds(self, kind: SheetKind) -> tuple[Round, ...]:
        """The rounds of one kind, oldest first."""
        return self.reviews if kind is SheetKind.REVIEW else self.marks

    def with_rounds(self, kind: SheetKind, rounds: tuple[Round, ...]) -> LotState:
        """The lot with these rounds of one kind."""
        return replace(self, reviews=rounds) if kind is SheetKind.REVIEW else replace(self, marks=rounds)

    def bids_of(self, kind: SheetKind) -> tuple[str, ...]:
        """Ids of the bids that a round of this kind is about now, in the tender's order."""
        if kind is SheetKind.MARKS:
            return self.live_bids()
        return tuple(bid.id for bid in self.lot.bids if bid.id not in self.unqualified)

    def price(self, bid: Bid) -> str:
        """The price of a bid that is in force now, in yuan."""
        return self.prices.get(bid.id, bid.price)

    def live_bids(self) -> tuple[str, ...]:
        """Ids of the bids that are neither unqualified nor rejected, in the tender's order."""
        gone = set(self.unqualified) | set(self.rejected)
        return tuple(bid.id for bid in self.lot.bids if bid.id not in gone)


@dataclass(frozen=True)
class Release:
    """A request that two people of different roles decide."""

    what: str
    member: str
    reason: str
    at: str
    approvals: dict[str, str] = field(default_factory=dict)
    """Reason by role."""


@dataclass(frozen=True)
class HelpCall:
    """A call of a seat that waits for an answer."""

    alias: str
    seat: str
    text: str
    at: str


@dataclass(frozen=True)
class Proposal:
    """Who was put forward as chair, by whom, and who has agreed."""

    candidate: str
    by: str
    agreed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Evaluation:
    """One committee and its lots."""

    stream: str
    rehearsal: bool
    opened_at: str
    package: str
    ruleset_hash: str
    ruleset: RuleSet
    tender: Tender
    members_hash: str
    entitled: tuple[dict[str, str], ...]
    members: dict[str, Member]
    lots: dict[str, LotState]
    sealing_keys: dict[str, str] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    draws: dict[int, str] = field(default_factory=dict)
    """Transcript hash by draw number."""
    releases: dict[tuple[str, str], Release] = field(default_factory=dict)
    committee: tuple[str, ...] = ()
    proposal: Proposal | None = None
    vacant: bool = False
    """A member was replaced, and the committee is not composed again yet."""
    ballots: tuple[Round, ...] = ()
    """The ballots of the present election."""
    ballots_before: int = 0
    """How many ballots earlier elections had: numbers are never used twice."""
    votes: tuple[dict[str, int], ...] = ()
    chair: str | None = None
    chair_means: str | None = None
    locked: frozenset[str] = frozenset()
    """Aliases whose seats are locked for the time being: on leave, or all of them while the evaluation is paused."""
    helps: tuple[HelpCall, ...] = ()
    remarks: tuple[dict[str, str], ...] = ()
    refusals: int = 0
    closed: bool = False
    size: int = 0
    """Entries folded so far."""
    matters: dict[type[Any], Any] = field(default_factory=dict)
    """What each matter beside the main way remembers, by the type of its memory."""

    def memory(self, kind: type[M]) -> M:
        """What a matter remembers; at first an empty memory of its kind."""
        found: M | None = self.matters.get(kind)
        return kind() if found is None else found

    def remembering(self, memory: object) -> Evaluation:
        """The state in which a matter remembers this."""
        return replace(self, matters=self.matters | {type(memory): memory})

    def by_alias(self, alias: str) -> Member | None:
        """The member with this alias."""
        return next((m for m in self.members.values() if m.alias == alias), None)

    @property
    def pledged(self) -> tuple[Member, ...]:
        """Members who have given the pledge and stay, by alias."""
        here = (
            (m for m in self.members.values() if m.alias in self.committee)
            if self.committee
            else (m for m in self.members.values() if m.stage is MemberStage.PLEDGED)
        )
        return tuple(sorted(here, key=lambda m: m.alias or ""))
