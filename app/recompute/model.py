"""What a platform states, each figure with the place where it stands, and what a check of it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.rules.model import CommitteeRule
from app.scoring import ScoringCase


class Severity(StrEnum):
    """A fault must be put right or explained before anyone signs; a hint is for the committee to look at."""

    FAULT = "fault"
    HINT = "hint"


class Topic(StrEnum):
    """What a remark rests on; the rule data cite the article for each, by track."""

    ARITHMETIC = "arithmetic"
    PRICE = "price"
    MARK_RANGE = "mark_range"
    OBJECTIVE = "objective"
    DEVIATION = "deviation"
    REASON = "reason"
    COMPLETENESS = "completeness"
    INDEPENDENCE = "independence"
    RANKING = "ranking"
    CANDIDATES = "candidates"
    REJECTION = "rejection"
    COMMITTEE = "committee"
    LOW_PRICE = "low_price"
    COMPETITION = "competition"


class Kind(StrEnum):
    """The kinds of remarks; their values are the stable codes."""

    SHEET_MISSING = "sheet_missing"
    MARK_MISSING = "mark_missing"
    MARK_OUT_OF_RANGE = "mark_out_of_range"
    MARK_TOO_FINE = "mark_too_fine"
    OBJECTIVE_DIFFERS = "objective_differs"
    REASON_MISSING_BELOW = "reason_missing_below"
    REASON_MISSING_DEVIATION = "reason_missing_deviation"
    REASON_MISSING_DEDUCTION = "reason_missing_deduction"
    EXPERT_TOTAL_WRONG = "expert_total_wrong"
    SUM_WRONG = "sum_wrong"
    FACTOR_MEAN_WRONG = "factor_mean_wrong"
    GROUP_SCORE_WRONG = "group_score_wrong"
    EVALUATED_PRICE_WRONG = "evaluated_price_wrong"
    BENCHMARK_WRONG = "benchmark_wrong"
    PRICE_SCORE_WRONG = "price_score_wrong"
    TOTAL_WRONG = "total_wrong"
    FIGURE_MISSING = "figure_missing"
    RANK_WRONG = "rank_wrong"
    RANK_NOT_DUE = "rank_not_due"
    CANDIDATE_WRONG = "candidate_wrong"
    CANDIDATE_COUNT_WRONG = "candidate_count_wrong"
    REJECTION_WITHOUT_REASON = "rejection_without_reason"
    COMMITTEE_TOO_SMALL = "committee_too_small"
    COMMITTEE_EVEN = "committee_even"
    COMMITTEE_TOO_FEW_EXPERTS = "committee_too_few_experts"
    COMMITTEE_SHEETS_DIFFER = "committee_sheets_differ"
    DEVIATION = "deviation"
    IDENTICAL_SHEETS = "identical_sheets"
    ABNORMALLY_LOW = "abnormally_low"
    TOO_FEW_BIDS = "too_few_bids"
    TIE = "tie"
    TIE_RESOLVED = "tie_resolved"

    @property
    def severity(self) -> Severity:
        """Whether it must be put right, or only looked at."""
        return Severity.HINT if self in _HINTS else Severity.FAULT

    @property
    def topic(self) -> Topic:
        """What it rests on."""
        return _TOPICS[self]


_HINTS: Final = frozenset(
    {
        Kind.DEVIATION,
        Kind.IDENTICAL_SHEETS,
        Kind.ABNORMALLY_LOW,
        Kind.TOO_FEW_BIDS,
        Kind.TIE,
        Kind.TIE_RESOLVED,
    }
)
_TOPICS: Final[Mapping[Kind, Topic]] = {
    Kind.SHEET_MISSING: Topic.COMPLETENESS,
    Kind.MARK_MISSING: Topic.COMPLETENESS,
    Kind.MARK_OUT_OF_RANGE: Topic.MARK_RANGE,
    Kind.MARK_TOO_FINE: Topic.MARK_RANGE,
    Kind.OBJECTIVE_DIFFERS: Topic.OBJECTIVE,
    Kind.REASON_MISSING_BELOW: Topic.REASON,
    Kind.REASON_MISSING_DEVIATION: Topic.REASON,
    Kind.REASON_MISSING_DEDUCTION: Topic.REASON,
    Kind.EXPERT_TOTAL_WRONG: Topic.ARITHMETIC,
    Kind.SUM_WRONG: Topic.ARITHMETIC,
    Kind.FACTOR_MEAN_WRONG: Topic.ARITHMETIC,
    Kind.GROUP_SCORE_WRONG: Topic.ARITHMETIC,
    Kind.EVALUATED_PRICE_WRONG: Topic.PRICE,
    Kind.BENCHMARK_WRONG: Topic.PRICE,
    Kind.PRICE_SCORE_WRONG: Topic.PRICE,
    Kind.TOTAL_WRONG: Topic.ARITHMETIC,
    Kind.FIGURE_MISSING: Topic.COMPLETENESS,
    Kind.RANK_WRONG: Topic.RANKING,
    Kind.RANK_NOT_DUE: Topic.RANKING,
    Kind.CANDIDATE_WRONG: Topic.CANDIDATES,
    Kind.CANDIDATE_COUNT_WRONG: Topic.CANDIDATES,
    Kind.REJECTION_WITHOUT_REASON: Topic.REJECTION,
    Kind.COMMITTEE_TOO_SMALL: Topic.COMMITTEE,
    Kind.COMMITTEE_EVEN: Topic.COMMITTEE,
    Kind.COMMITTEE_TOO_FEW_EXPERTS: Topic.COMMITTEE,
    Kind.COMMITTEE_SHEETS_DIFFER: Topic.COMMITTEE,
    Kind.DEVIATION: Topic.DEVIATION,
    Kind.IDENTICAL_SHEETS: Topic.INDEPENDENCE,
    Kind.ABNORMALLY_LOW: Topic.LOW_PRICE,
    Kind.TOO_FEW_BIDS: Topic.COMPETITION,
    Kind.TIE: Topic.RANKING,
    Kind.TIE_RESOLVED: Topic.RANKING,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line and column of a table, a cell of a sheet, or a path in a JSON document."""

    file: str
    sheet: str | None = None
    row: int | None = None
    """Counted from 1, as a person counts lines."""
    column: str | None = None
    """The column's heading."""
    cell: str | None = None
    """The cell of a spreadsheet, `D5`."""
    path: str | None = None

    def to_json(self) -> dict[str, str | int | None]:
        """All parts, null where there are none."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number: its exact value, as it is written, and where."""

    value: Fraction
    text: str
    place: Place

    @property
    def decimals(self) -> int:
        """How many decimals are written."""
        return len(self.text.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as stated; a verdict on a pass or fail factor is a bool. It may be an impossible one."""

    value: Fraction | bool
    text: str
    place: Place
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bid put forward for the award, in the order stated."""

    bid: str
    place: Place


@dataclass(frozen=True, slots=True)
class Committee:
    """How many of each kind sit on the committee, as stated."""

    experts: int
    delegates: int
    place: Place

    @property
    def members(self) -> int:
        """All who mark."""
        return self.experts + self.delegates


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, with its SHA-256 (hex)."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Standard:
    """What the rules ask beyond the arithmetic: rule data of the track, with what the document asks on top."""

    citations: Mapping[Topic, str]
    committee: CommitteeRule
    most_candidates: int
    candidates_ranked: bool
    deviation_points: Fraction
    """A mark is far from the mean from the larger of these on: points,"""
    deviation_share: Fraction
    """and this share of the mean."""
    candidates: int | None = None
    """How many candidates the document asks for; None = at most `most_candidates`."""
    reason_below: Fraction | None = None
    """Marks on subjective factors below this share of the factor's points need a reason; None = not asked."""
    reason_for_deviation: bool = False
    reason_for_deduction: bool = False
    totals_with_price: bool = False
    """Whether experts' totals hold the price score."""


Slot = tuple[str, str, str]
"""Expert, bid, factor."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An evaluation as a platform states it. `case` holds rules, bids and experts, but no marks.

    A mapping that is empty says that the platform states no such figure at all: then it is not asked for.
    """

    case: ScoringCase
    standard: Standard
    marks: Mapping[Slot, Mark]
    marks_at: Place
    """Where marks stand that are not there."""
    bids_at: Mapping[str, Place]
    figures_at: Mapping[str, Place]
    """Where the figures of each bid stand."""
    expert_totals: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    factor_means: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    group_scores: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    sums: Mapping[str, Figure] = field(default_factory=dict)
    """Sums of the experts' totals."""
    evaluated_prices: Mapping[str, Figure] = field(default_factory=dict)
    price_scores: Mapping[str, Figure] = field(default_factory=dict)
    totals: Mapping[str, Figure] = field(default_factory=dict)
    ranks: Mapping[str, Figure] = field(default_factory=dict)
    benchmark: Figure | None = None
    candidates: tuple[Candidate, ...] | None = None
    rejections: Mapping[str, str] = field(default_factory=dict)
    """Why each rejected bid was rejected."""
    committee: Committee | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of bids by id."""
    factor_names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found: where, what is stated, what is right, and the rule it rests on."""

    kind: Kind
    place: Place
    rule: str
    stated: str | None = None
    right: str | None = None
    expert: str | None = None
    bid: str | None = None
    factor: str | None = None
    group: str | None = None
    bid_name: str = ""
    factor_name: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """What fills the note of its kind."""

    @property
    def severity(self) -> Severity:
        """Fault or hint."""
        return self.kind.severity


_WEIGHTS: Final[Mapping[Kind, int]] = {
    **dict.fromkeys((Kind.RANK_WRONG, Kind.RANK_NOT_DUE, Kind.CANDIDATE_WRONG, Kind.CANDIDATE_COUNT_WRONG), 0),
    **dict.fromkeys((Kind.TOTAL_WRONG, Kind.PRICE_SCORE_WRONG, Kind.BENCHMARK_WRONG, Kind.EVALUATED_PRICE_WRONG), 1),
    **dict.fromkeys((Kind.EXPERT_TOTAL_WRONG, Kind.FACTOR_MEAN_WRONG, Kind.GROUP_SCORE_WRONG, Kind.SUM_WRONG), 3),
}
_OTHER_FAULTS, _HINTS_LAST = 2, 4


def weight(remark: Remark) -> int:
    """What may change who wins comes first; where there is no room for all, the least of it is left out."""
    return _HINTS_LAST if remark.severity is Severity.HINT else _WEIGHTS.get(remark.kind, _OTHER_FAULTS)
