"""The frozen data that an evaluation starts from: its rule set, its tender, its lots and their bids."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.rules.mark_form import MarkForm


class Track(StrEnum):
    """The two legal tracks, never mixed: 政府采购 and 工程招投标."""

    ZC = "ZC"
    GC = "GC"


class Party(StrEnum):
    """Who acts in a room; the role that a journal entry names."""

    SYSTEM = "system"
    CENTRE = "centre"
    WITNESS = "witness"
    REGULATOR = "regulator"
    TENDEREE = "tenderee"
    AGENCY = "agency"
    KIOSK = "kiosk"
    MEMBER = "member"


class MemberKind(StrEnum):
    """An expert from the pool, or the delegate of tenderee or purchaser."""

    EXPERT = "expert"
    DELEGATE = "delegate"


@dataclass(frozen=True)
class CommitteeRule:
    """How a committee must be composed (招标投标法 37; 87号令 47).

    `minimum` members, an odd number; experts at least two thirds (3 x experts >= 2 x members);
    `large_minimum` applies when the lot's budget reaches `large_from` (yuan, decimal string; None = never).
    """

    minimum: int
    large_minimum: int | None
    large_from: str | None
    delegate_may_chair: bool
    delegate_needs_authorisation: bool


@dataclass(frozen=True)
class ReviewItem:
    """One line of 初步评审 / 符合性审查: passed or failed, a failure with reason and page."""

    id: str
    group: str
    name: str
    clause: str
    ground: str
    """The rejection ground that a failure leads to, a key of `RuleSet.grounds`."""


class Basis(StrEnum):
    """What needs the page on which it rests: nothing, failing verdicts and marks, or all of them."""

    NONE = "none"
    FAILING = "failing"
    ALL = "all"


class ProcedureKind(StrEnum):
    """How the bids are asked for (采购方式)."""

    OPEN_TENDER = "open_tender"
    """公开招标、邀请招标."""
    CONSULTATION = "consultation"
    """竞争性磋商 (财库〔2014〕214号)."""
    NEGOTIATION = "negotiation"
    """竞争性谈判 (74号令)."""
    INQUIRY = "inquiry"
    """询价 (74号令)."""
    SINGLE_SOURCE = "single_source"
    """单一来源 (74号令)."""

    @property
    def talks(self) -> bool:
        """Whether the whole group talks with each supplier before prices are final (74号令 31, 41; 214号 19)."""
        return self in {ProcedureKind.CONSULTATION, ProcedureKind.NEGOTIATION, ProcedureKind.SINGLE_SOURCE}


class Correction(StrEnum):
    """What settles figures of a bid that differ from each other."""

    OPENING_LIST = "opening_list"
    """The opening list (开标一览表) stands against the rest of the bid."""
    CAPITAL_WORDS = "capital_words"
    """The amount in capital characters (大写) stands against the figures."""
    MISPLACED_POINT = "misplaced_point"
    """A decimal point or percentage of a unit price is plainly misplaced: the total stands, the unit price is set."""
    UNIT_PRICES = "unit_prices"
    """What the unit prices add up to stands against the total."""
    CHINESE_TEXT = "chinese_text"
    """The Chinese text stands against another language."""


class LateRejection(StrEnum):
    """What becomes of the benchmark when a bid is rejected after it was computed; the document says which."""

    RECOMPUTE = "recompute"
    KEEP = "keep"
    """The benchmark stays as it was, the rejected price in it (GC only)."""


class Ties(StrEnum):
    """What becomes of candidates whom no tie breaker of the document parts; the document says which."""

    SHARED = "shared"
    """They share the rank (87号令 57: 并列)."""
    LOT = "lot"
    """A lot drawn in the room puts them in order."""


class VoiceMask(StrEnum):
    """How members of a call hear each other's voice."""

    CHANGED = "changed"
    """Pitch and colour are moved: a weak disguise."""
    PLAIN = "plain"


class PictureMask(StrEnum):
    """How members of a call see each other."""

    NONE = "none"
    """No picture leaves the seat."""
    DRAWN = "drawn"
    """A drawn face that moves as the person does."""
    BLURRED = "blurred"


@dataclass(frozen=True)
class CallMask:
    """What members of the committee's call learn of each other beside the alias; `reason` names what demands it."""

    voice: VoiceMask
    picture: PictureMask
    reason: str


class Watch(StrEnum):
    """When a role may watch the cameras of seats."""

    ALWAYS = "always"
    OPEN = "open"
    """Never while members work alone."""


@dataclass(frozen=True)
class AgencyLine:
    """Whether the whole committee may ask somebody outside over a recorded line (询问代理机构), and by which article.

    `parties` are whom it may ask; empty = nobody, the line does not exist.
    """

    parties: tuple[Party, ...]
    reason: str


@dataclass(frozen=True)
class ProcedureRule:
    """Limits in minutes; grounds and codes with their words; parties that must agree. Field by field as in JSON."""

    kind: ProcedureKind
    carries: tuple[str, ...]
    """What is done here of `review`, `marks`, `report`, from the review on without a gap (评审模式); what is not is
    done on the platform, and its figures are checked here (伴随模式)."""
    chair_by: tuple[str, ...]
    """`committee` elects; `tenderee` may also name the chair (GC: 12号令 9)."""
    leave_min: int
    """A short leave (如厕) may last so long."""
    meal_min: int
    """A meal may last so long; it is not counted for pay."""
    entry_min: int
    """After the seat was drawn, the door opens by face for so long (东台: 5 minutes); later two people open it."""
    reentry: tuple[str, ...]
    """After which leaves (`washroom`, `meal`, `other`) the face opens the room's door again; empty = never (东台)."""
    walk_out_min: int
    """Past the end of a leave by so much, a member counts as having left the post (擅离职守)."""
    fault_before_min: int
    """A fault before the start may last so long; then the tenderee decides whether to go on."""
    fault_during_min: int
    """A fault during the evaluation may last so long; longer, and a new committee is due."""
    clarification_min: int
    """Time that a bidder has at least for an answer."""
    low_price_min: int
    """Time that a bidder has at least to explain an abnormally low price (财库〔2026〕2号: 30)."""
    sign_min: int
    """A member who says nothing for so long after the result is due may be recorded as refusing to sign."""
    off_duty: tuple[str, ...]
    """What does not count as time on duty: leaves `washroom`, `meal`, `other`; pauses `fault`, `night`, `order`."""
    back_step: tuple[Party, ...]
    """Who may approve a back-step that the chair asks for; empty = going back is forbidden."""
    replacement_grounds: dict[str, str]
    """Why a member may be replaced, by code (条例 48; 87号令 49)."""
    repeat_grounds: dict[str, str]
    """Why marks may be changed after the tally, by code (ZC: the closed list of 87号令 64)."""
    reevaluation_grounds: dict[str, str]
    """Why the original committee may evaluate again after signature, by code."""
    termination_codes: dict[str, str]
    """Why an evaluation may be ended without result, by code."""
    two_bids: dict[str, str]
    """The lawful reasons to go on with two suppliers in a procedure with talks, by code; empty = none."""
    opinion_form: bool
    """With too few bids every member states whether the documents are at fault (87号令 43)."""
    low_price_rates: dict[str, str]
    """Shares below which the law calls a price abnormally low, as `abnormally_low` of scoring (财库〔2026〕2号); a
    document may name its own. Empty = no such law; where there is one, every hit is treated before the result."""
    low_price_ground: str
    """The rejection ground where a bidder cannot show an abnormally low price to be sound (12号令 21; 87号令 60)."""
    unconfirmed_price_ground: str
    """The rejection ground where a bidder does not confirm a corrected price (12号令 19; 87号令 59)."""
    correction_order: tuple[Correction, ...]
    """In which order figures that differ are corrected, and which kinds there are (12号令 19; 87号令 59)."""
    offer_rounds: int
    """Rounds of offers in a procedure with talks, the last one final; 0 = offers are not asked for."""
    call_mask: CallMask
    """How members are masked from each other in the committee's call."""
    agency_line: AgencyLine
    """Whom the whole committee may ask outside, over a recorded line."""
    help_by: tuple[Party, ...]
    """To whom the centre may hand a seat's call over, beside its own consoles: `witness`, `regulator`."""
    watching: dict[Party, Watch]
    """Which staff may watch the cameras of seats, and when; whom it does not name never."""
    basis: Basis = field(default=Basis.NONE, metadata={"spoken": True})
    """Which verdicts and marks are not complete without file and page of the bid on which they rest (依据)."""
    recording_years: int = field(default=0, metadata={"spoken": True})
    """For how many years recordings are kept where a place's rule is longer than the law's term; 0 = that term."""
    electronic_signatures: bool = field(default=False, metadata={"spoken": True})
    """Members sign the issued report with certificates of their own (电子签名法 13, 14); else on paper alone."""

    @property
    def carries_review(self) -> bool:
        """The review is done here; else on the platform, with everything behind it."""
        return "review" in self.carries

    @property
    def carries_marks(self) -> bool:
        """Marks are given here; else on the platform, and the report with them."""
        return "marks" in self.carries

    @property
    def carries_report(self) -> bool:
        """The report is made here; else what is issued here is a record of checks and course beside it."""
        return "report" in self.carries


@dataclass(frozen=True)
class RuleSet:
    """Procedure, words and limits of one track, with version and source; frozen with its hash at import."""

    id: str
    version: str
    name: str
    track: Track
    source: str
    """Where the rules come from: laws and document, as printed in the report."""
    words: dict[str, str]
    """The track's own words by stable key: preliminary, marking, chair, reject, evaluation, bidder, ..."""
    committee: CommitteeRule
    qualification_by: str
    """`committee` (GC, part of 初步评审) or `tenderee` (ZC: signed result is imported)."""
    preliminary_rule: str
    """`unanimous` or `majority`: how a failing item is decided."""
    grounds: dict[str, str]
    """Rejection grounds by code, e.g. R1..R7 of 条例 51 or Z1..Z6 of 87号令 63, in words."""
    min_bids: int
    too_few: str
    """`fail` (ZC: 废标) or `committee_decides` (GC: 12号令 27)."""
    check_by: tuple[Party, ...]
    """Who checks the alias tables after the tally (ZC: 87号令 45, 64); empty = nobody."""
    draw_parties: tuple[Party, ...]
    election_rounds: int
    candidates: int
    """How many award candidates at most (3)."""
    candidates_ranked: bool
    discipline: tuple[str, ...]
    """Paragraphs of the discipline that every member reads."""
    pledge: str
    """The pledge text that a member gives, including the statement of no interest."""
    report_sections: tuple[str, ...]
    """Keys of the report's sections in the order that the law lists them."""
    late_after_min: int
    seat_timeout_s: int
    procedure: ProcedureRule

    @property
    def least_after_review(self) -> int:
        """With how many live bids a lot goes on after the review: two suppliers may be lawful where talks follow."""
        return min(self.min_bids, 2) if self.procedure.kind.talks and self.procedure.two_bids else self.min_bids


@dataclass(frozen=True)
class BidFile:
    """One file of a bid or tender: its path in the package, size, SHA-256 (hex) and title."""

    path: str
    sha256: str
    bytes: int
    title: str
    blind: bool = field(default=False, metadata={"spoken": True})
    """A bid's file that names nobody: the only kind that members see while they mark blind (暗标)."""


@dataclass(frozen=True)
class Bid:
    """One bid: `id` is its code in the lot, `bidder` its name, `price` a decimal string in yuan; None while it lies
    in a second envelope that is not opened."""

    id: str
    bidder: str
    uscc: str
    price: str | None
    adjustments: tuple[dict[str, str], ...]
    brand: str | None
    files: tuple[BidFile, ...]


@dataclass(frozen=True)
class Factor:
    """One scored line as in the scoring contract, with its name and rule text for people."""

    id: str
    group: str
    kind: str
    name: str
    rule: str
    min: str | None
    max: str | None
    form: MarkForm | None = field(default=None, metadata={"spoken": True})
    """How a mark may be made and when it needs a reason; None = any mark between the limits, without one."""


class Opens(StrEnum):
    """What may be opened when a phase of marking has ended."""

    NOTHING = "nothing"
    PRICES = "prices"


class Held(StrEnum):
    """What the organising staff holds for a phase, bid by bid, before its marks can be sealed."""

    DEMONSTRATION = "demonstration"
    SAMPLES = "samples"


@dataclass(frozen=True)
class Phase:
    """One sealed round of marks of its own: which factors, whether by codes (暗标), what is opened behind it."""

    id: str
    name: str
    factors: tuple[str, ...]
    blind: bool = False
    opens: Opens = Opens.NOTHING
    held: Held | None = None
    order_drawn: bool = False
    """The bidders come in an order that is drawn in the room, not as they happen to."""


class DrawnWhen(StrEnum):
    """When a coefficient of the price rule is drawn."""

    OPENING = "opening"
    """At the opening of the bids: it comes with the opening record and is never drawn again."""
    AFTER_REVIEW = "after_review"
    AFTER_MARKS = "after_marks"


@dataclass(frozen=True)
class CoefficientDraw:
    """A number of the scoring rule that is drawn among `values`; `into` is its place, `price.benchmark.factor`."""

    id: str
    values: tuple[str, ...]
    into: str
    when: DrawnWhen


@dataclass(frozen=True)
class QualificationResult:
    """One bid's 资格审查 as signed by the purchaser's side (87号令 44)."""

    bid: str
    passed: bool
    reason: str | None


@dataclass(frozen=True)
class Qualification:
    """The purchaser's signed qualification review: who signed by role, when, the paper, the results."""

    signed_by: str
    signed_at: str
    paper: BidFile
    results: tuple[QualificationResult, ...]


@dataclass(frozen=True)
class Lot:
    """标段/包: what one result is found for. `scoring` holds the scoring contract's keys that are neither
    bids, sheets, experts nor factors (method, ceiling, budget, price, judge_trim, average, places, ...)."""

    id: str
    name: str
    bids: tuple[Bid, ...]
    factors: tuple[Factor, ...]
    review_items: tuple[ReviewItem, ...]
    scoring: dict[str, Any]
    qualification: Qualification | None
    late_rejection: LateRejection = LateRejection.RECOMPUTE
    ties: Ties = Ties.SHARED
    phases: tuple[Phase, ...] = ()
    """Marking in parts, in their order; none = everything is marked in one round."""
    second_envelope: bool = False
    """双信封: prices lie in a second envelope that is opened once the first one is evaluated."""
    pass_line: str | None = None
    """Points that a bid needs in the first envelope for its second one to be opened; None = no such line."""
    draws: tuple[CoefficientDraw, ...] = ()
    bids_drawn: bool = False
    """Every member reviews and marks the bids in an order of their own, drawn with the aliases; else as they stand."""

    def marking(self) -> tuple[Phase, ...]:
        """The phases of marking; a lot without phases has one, nameless, of all factors."""
        opens = Opens.PRICES if self.second_envelope else Opens.NOTHING
        return self.phases or (Phase("", "", tuple(factor.id for factor in self.factors), opens=opens),)

    def factors_of(self, phase: str) -> tuple[Factor, ...]:
        """The factors of a phase, in the lot's order."""
        named = {factor for one in self.marking() if one.id == phase for factor in one.factors}
        return tuple(factor for factor in self.factors if factor.id in named)


@dataclass(frozen=True)
class OpeningRecord:
    """开标记录: when and where the bids were opened, coefficients drawn there, remarks."""

    opened_at: str
    place: str
    coefficients: dict[str, str]
    remarks: str


@dataclass(frozen=True)
class AwardLimit:
    """Of how many lots one bidder may be the first candidate (兼投不兼中); lots are settled in `order`."""

    most: int
    order: tuple[str, ...]


@dataclass(frozen=True)
class Tender:
    """招标项目 / 采购项目: the procedure whose bids are judged; one committee, one or more lots."""

    id: str
    name: str
    track: Track
    tenderee: str
    agency: str
    planned_at: str
    documents: tuple[BidFile, ...]
    opening: OpeningRecord
    lots: tuple[Lot, ...]
    labels: tuple[str, ...]
    """Remarks that report and screens repeat, e.g. that a price rule is invented."""
    announced_in: tuple[str, ...] = ()
    """The media in which the announcement appeared (87号令 58(一) wants them in the report)."""
    awards: AwardLimit | None = None
    """The document's limit on awards to one bidder; None = no limit."""


@dataclass(frozen=True)
class SealedMember:
    """What the evaluation may know of a member before arrival: an opaque reference and the kind."""

    ref: str
    kind: MemberKind
    authorised: bool
    """A delegate's authorisation letter lies in the package."""
