"""The state of one evaluation: what its journal folds to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from app.evaluation.stages import LotStage, MemberStage
from app.rules.model import Bid, Lot, MemberKind, Opens, Phase, RuleSet, Tender

M = TypeVar("M")


class SheetKind(StrEnum):
    """What a sealed round is about."""

    BALLOT = "ballot"
    REVIEW = "review"
    MARKS = "marks"


class Drop(StrEnum):
    """Why a supplier is out of a procedure with talks."""

    WITHDREW = "withdrew"
    NO_OFFER = "no_offer"
    """No last offer came in time."""
    OVER_LIMIT = "over_limit"
    """The last offer is above budget or ceiling."""


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
    phase: str = ""
    """The phase of marking that it belongs to; a lot without phases has the nameless one."""
    carried: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Opened sheets of the round before that stand, by alias: of members who stayed when another was replaced."""
    changes: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    """Positions that a member changed after the opening, by alias, bid and item (or factor)."""

    @property
    def opened(self) -> bool:
        """All have ended and the sheets are in the clear."""
        return self.sheets is not None

    @property
    def ended(self) -> frozenset[str]:
        """Who has nothing left to do in it: sealed now, or standing from before."""
        return frozenset(self.sealed) | frozenset(self.carried)

    def sealed_here(self) -> dict[str, dict[str, Any]]:
        """The opened sheets that were sealed in this round, by alias; those that stand from before are not of it."""
        return {alias: opened for alias, opened in (self.sheets or {}).items() if alias in self.sealed}

    def contents(self) -> dict[str, Any]:
        """The opened sheets by alias, without salts, with the positions that were changed since."""
        found = {alias: opened["sheet"] for alias, opened in (self.sheets or {}).items()}
        for (alias, bid, item), value in self.changes.items():
            part = "bids" if self.kind is SheetKind.REVIEW else "marks"
            sheet = found[alias]
            table = sheet[part] | {bid: sheet[part][bid] | {item: value}}
            found[alias] = sheet | {part: table}
        return found


@dataclass(frozen=True)
class Codes:
    """The codes of blind marks: what the room committed to, and the seed (hex) once it is opened."""

    commitment: str
    seed: str | None = None


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
    rejected_late: tuple[str, ...] = ()
    """Bids rejected when marks and benchmark had been opened; `Lot.late_rejection` says what becomes of it."""
    reviewed: bool = False
    """The preliminary review is concluded."""
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
    codes: Codes | None = None
    """The codes of a lot with blind phases, once they are dealt."""
    unsealed: tuple[str, ...] = ()
    """Phases behind which everything due is open. What was opened stays open."""
    not_opened: tuple[str, ...] = ()
    """Bids whose second envelope stays closed."""
    coefficients: dict[str, str] = field(default_factory=dict)
    """Coefficients of the scoring rule, by id, that were drawn here or came with a second opening."""
    ties_drawn: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """The order that a lot gave to tied bids, by these bids in the tender's order; drawn once for the same bids."""
    awaits_export: bool = False
    """It is the platform's turn (伴随模式), and nothing was exported since, or a correction is awaited."""
    talked: bool = False
    """The talks that the procedure wants are over, and prices are final."""
    dropped: dict[str, Drop] = field(default_factory=dict)
    """Suppliers that are out though no review rejects them, by bid."""
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

    def newest_rounds(self, kind: SheetKind) -> tuple[Round, ...]:
        """The newest round of a kind; of marks in phases that of each phase, in their order."""
        if kind is SheetKind.MARKS:
            return tuple(found for phase in self.lot.marking() if (found := self.newest(phase.id)) is not None)
        return self.reviews[-1:]

    def with_round(self, changed: Round) -> LotState:
        """The lot with the round of this number in place of the one that it has."""
        rounds = self.rounds(changed.kind)
        return self.with_rounds(changed.kind, (*rounds[: changed.number - 1], changed, *rounds[changed.number :]))

    def bids_of(self, kind: SheetKind) -> tuple[str, ...]:
        """Ids of the bids that a round of this kind is about now, in the tender's order."""
        if kind is SheetKind.MARKS:
            return self.live_bids()
        return tuple(bid.id for bid in self.lot.bids if bid.id not in self.unqualified)

    def price(self, bid: Bid) -> str:
        """The price of a bid that is in force now, in yuan. LookupError while its second envelope is closed."""
        known = self.known_price(bid)
        if known is None:
            raise LookupError(f"the price of {bid.id} is not opened")
        return known

    def known_price(self, bid: Bid) -> str | None:
        """The same, None while the second envelope is closed."""
        return self.prices.get(bid.id, bid.price)

    # --- phases of marking

    def newest(self, phase: str) -> Round | None:
        """The newest round of a phase."""
        return next((found for found in reversed(self.marks) if found.phase == phase), None)

    def is_done(self, phase: Phase) -> bool:
        """Whether the newest sheets of a phase are open and are about every bid that is still live."""
        found = self.newest(phase.id)
        if found is None:
            return not phase.factors
        return found.opened and set(self.live_bids()) <= set(found.bids)

    @property
    def phase(self) -> Phase:
        """The phase that is marked now or next; when all are done, the last one."""
        phases = self.lot.marking()
        return next((phase for phase in phases if not self.is_done(phase)), phases[-1])

    @property
    def last_phase(self) -> str:
        """The last phase whose sheets are open: the one that is done again where none is named."""
        opened = [p.id for p in self.lot.marking() if (found := self.newest(p.id)) is not None and found.opened]
        return opened[-1] if opened else self.phase.id

    @property
    def marked(self) -> bool:
        """Everything that is marked at all is marked and open."""
        return all(self.is_done(phase) for phase in self.lot.marking())

    @property
    def to_unseal(self) -> Phase | None:
        """The phase that is done, and behind which the chair and the witness have to open something."""
        phases = self.lot.marking()
        for phase in phases:
            envelope = self.lot.second_envelope and phase.opens is Opens.PRICES
            due = phase is not phases[-1] or phase.blind or envelope
            if due and phase.id not in self.unsealed:
                return phase if self.is_done(phase) else None
        return None

    def current(self, kind: SheetKind) -> Round | None:
        """The round of a kind that is at work now, or was last."""
        if kind is SheetKind.MARKS:
            return self.newest(self.phase.id)
        return self.reviews[-1] if self.reviews else None

    @property
    def blind_ahead(self) -> bool:
        """A blind phase has yet to be marked: it comes before the preliminary review."""
        return any(phase.blind and not self.is_done(phase) for phase in self.lot.marking())

    @property
    def masked(self) -> bool:
        """Members may not know whose bid is whose: blind marks are due, or the codes are not opened behind them."""
        closed = any(phase.blind and phase.id not in self.unsealed for phase in self.lot.marking())
        return self.failed is None and (closed or self.blind_ahead)

    @property
    def prices_closed(self) -> bool:
        """Members may not know the prices yet."""
        waits = any(p.opens is Opens.PRICES and p.id not in self.unsealed for p in self.lot.marking())
        return self.masked or (self.failed is None and waits and not self.tallied)

    @property
    def tallied(self) -> bool:
        """The arithmetic was done, and nothing that it came from is done again."""
        return self.result_hash is not None

    @property
    def limit(self) -> Fraction | None:
        """The highest price that a bid may have, in yuan: the lower of ceiling and budget."""
        known = [Fraction(s) for key in ("ceiling", "budget") if (s := self.lot.scoring.get(key)) is not None]
        return min(known, default=None)

    def live_bids(self) -> tuple[str, ...]:
        """Ids of the bids that are neither unqualified nor rejected nor dropped nor left closed, in the tender's
        order."""
        gone = set(self.unqualified) | set(self.rejected) | set(self.dropped) | set(self.not_opened)
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
class HelpAnswer:
    """What a seat that called for help was told in writing, and when; empty where it was answered by voice."""

    at: str
    text: str


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
    help_answers: dict[str, HelpAnswer] = field(default_factory=dict)
    """By alias, what a call of that seat was answered with last, until it calls again."""
    remarks: tuple[dict[str, str], ...] = ()
    refusals: int = 0
    closed: bool = False
    session: int = 1
    """Which session of the committee this is; a re-evaluation after signature is a further one."""
    session_at: str | None = None
    """When a further session is planned; the first one is planned by the tender."""
    chair_lots: int = 0
    """How many chairs the lot has chosen so far."""
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

    @property
    def planned_at(self) -> str:
        """When this session is planned (RFC 3339)."""
        return self.session_at or self.tender.planned_at

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
