"""What a view tells of an evaluation, as the OpenAPI document describes it; `app.evaluation.views` makes it.

Nothing is built from these classes: a test holds every view of a whole evaluation against their schemas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation.matter import Act
from app.evaluation.model import HelpCall, Release, Report, SheetKind
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.steps import Step
from app.rules.model import Basis, BidFile, Factor, MemberKind, OpeningRecord, Party, Qualification, ReviewItem, Track


@dataclass(frozen=True)
class RuleSetName:
    """Which rule set was frozen at import, with its SHA-256."""

    id: str
    version: str
    hash: str


@dataclass(frozen=True)
class ProjectView:
    """What is tendered; null to a member who has not read the discipline."""

    id: str
    name: str
    tenderee: str
    agency: str
    planned_at: str
    labels: tuple[str, ...]
    opening: OpeningRecord
    ruleset: RuleSetName


@dataclass(frozen=True)
class RulesView:
    """What members need of the rule set: grounds of rejection by code, the least number of bids, what then; which
    verdicts and marks need the page on which they rest (`none`, `failing`, `all`)."""

    grounds: dict[str, str]
    min_bids: int
    too_few: str
    repeat_grounds: dict[str, str]
    basis: Basis


@dataclass(frozen=True)
class ColleagueView:
    """A member of the committee by alias; `state` is `in_progress` or `ended`, nothing finer."""

    alias: str
    chair: bool
    kind: MemberKind
    state: str


@dataclass(frozen=True)
class OwnSheet:
    """The own sealed sheet of a round: its commitment, and the sealing keys for which its key was given."""

    commitment: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class PhaseView:
    """A phase of marking; in a blind one (暗标) members know bids by codes only."""

    id: str
    name: str
    blind: bool


@dataclass(frozen=True)
class RoundView:
    """A round in which everyone works alone: who has ended, and the own sheet; its phase where a lot has phases."""

    kind: SheetKind
    number: int
    opened: bool
    ended: tuple[str, ...]
    candidates: tuple[str, ...]
    phase: PhaseView | None
    mine: OwnSheet | None


@dataclass(frozen=True)
class BidView:
    """A bid; `price` is in force now, `opened_price` that of the opening record; `status` is `live`, `unqualified`,
    `rejected`, or of a supplier that takes part no more `withdrew`, `no_offer`, `over_limit`; `ground` the words of a
    rejection."""

    id: str
    bidder: str
    price: str | None
    opened_price: str | None
    status: str
    ground: str | None
    files: tuple[BidFile, ...]


@dataclass(frozen=True)
class VerdictView:
    """What the opened review says: failing bids with their ground, or the first place where members differ."""

    failing: dict[str, str]
    differ: dict[str, Any] | None


@dataclass(frozen=True)
class LotView:
    """A lot. Sheets by alias (`review`, `marks`), `result` and `candidates` (as the scoring core writes them) are
    null or empty until the viewer may see them. In `opinions` null is a confirmation, text a dissent's reasons."""

    id: str
    name: str
    stage: LotStage
    failed: str | None
    bids: tuple[BidView, ...]
    factors: tuple[Factor, ...]
    items: tuple[ReviewItem, ...]
    scoring: dict[str, Any]
    documents: tuple[BidFile, ...]
    qualification: Qualification | None
    round: RoundView | None
    review: dict[str, Any] | None
    verdict: VerdictView | None
    marks: dict[str, Any] | None
    result: dict[str, Any] | None
    candidates: tuple[dict[str, Any], ...]
    finding_note: str | None
    check_remarks: str | None
    opinions: dict[str, str | None]
    report: Report | None


@dataclass(frozen=True)
class EvaluationPart:
    """What a member's and a console's view have in common."""

    stream: str
    rehearsal: bool
    role: Party
    track: Track
    words: dict[str, str]
    carries: tuple[str, ...]
    closed: bool
    project: ProjectView | None
    rules: RulesView | None
    committee: tuple[ColleagueView, ...]
    chair: str | None
    lots: tuple[LotView, ...]
    acts: tuple[Act, ...]
    matters: dict[str, Any]


@dataclass(frozen=True)
class PledgeView:
    """The text to be pledged, and its SHA-256."""

    text: str
    hash: str


@dataclass(frozen=True)
class ProposalView:
    """Who is put forward as chair, by whom, and who has agreed."""

    candidate: str
    by: str
    agreed: tuple[str, ...]


@dataclass(frozen=True)
class ElectionView:
    """How the chair is being found; `votes` counts each opened ballot by candidate."""

    eligible: tuple[str, ...]
    proposal: ProposalView | None
    ballot: RoundView | None
    votes: tuple[dict[str, int], ...]
    chair: str | None
    means: str | None


@dataclass(frozen=True)
class SealingKey:
    """The newest key on offer: its id, and the raw X25519 public key in hex."""

    id: str
    public: str


@dataclass(frozen=True)
class MemberView(EvaluationPart):
    """An evaluation as the member at a seat sees it."""

    alias: str
    seat: str
    stage: MemberStage
    next: Step
    discipline: tuple[str, ...]
    pledge: PledgeView | None
    bidders: tuple[str, ...]
    election: ElectionView | None
    sealing_key: SealingKey | None
    help_waiting: bool
    release_waiting: bool
    member: str


@dataclass(frozen=True)
class PersonView:
    """An opaque member and where that member stands; `at` holds the times of the steps by type of entry."""

    member: str
    stage: MemberStage
    alias: str | None
    seat: str | None
    locker: str | None
    means: str | None
    state: str | None
    at: dict[str, str]


@dataclass(frozen=True)
class ConsoleView(EvaluationPart):
    """An evaluation as a console sees it; persons, requests and calls only for those who watch over the room."""

    expected: int
    arrived: int
    members_hash: str
    slots_allotted: bool
    members: tuple[PersonView, ...]
    releases: tuple[Release, ...]
    helps: tuple[HelpCall, ...]
    remarks: tuple[dict[str, str], ...]
    refusals: int
    todo: tuple[Step, ...]
