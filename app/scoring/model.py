"""A scoring case as read and checked: frozen values, exact numbers, choices as enums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.scoring.numbers import Rounding

__all__ = ["Rounding"]  # defined beside the arithmetic, part of the model all the same


class Track(StrEnum):
    """The legal track: ZC government procurement, GC tendering of works."""

    ZC = "ZC"
    GC = "GC"


class Method(StrEnum):
    """How bids are ranked."""

    COMPREHENSIVE = "comprehensive"
    LOWEST_EVALUATED_PRICE = "lowest_evaluated_price"


class FactorKind(StrEnum):
    """What a mark on a factor means."""

    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"
    DEDUCTION = "deduction"
    PASS_FAIL = "pass_fail"  # noqa: S105 - a verdict, no password


class Average(StrEnum):
    """Which mean makes a bid's points: of marks factor by factor, or of the experts' totals."""

    FACTOR_MEANS = "factor_means"
    EXPERT_TOTALS = "expert_totals"


class TieBreaker(StrEnum):
    """What resolves equal totals, in the order in which the case names them."""

    PRICE_ASC = "price_asc"
    TECHNICAL_DESC = "technical_desc"
    COMMERCIAL_DESC = "commercial_desc"
    PRICE_SCORE_DESC = "price_score_desc"


class TrimTies(StrEnum):
    """What a price trim does with prices equal to those it drops."""

    POSITION = "position"
    VALUE = "value"
    KEEP = "keep"


class Source(StrEnum):
    """Where a price on the way to the benchmark comes from."""

    VALUE = "value"
    MEAN = "mean"
    MEAN_ALL = "mean_all"
    MEDIAN = "median"
    LOWEST = "lowest"
    SECOND_LOWEST = "second_lowest"
    HIGHEST = "highest"
    CEILING = "ceiling"
    BUDGET = "budget"


class IfEmpty(StrEnum):
    """Which prices stand in where a band keeps none."""

    TRIMMED = "trimmed"
    ALL = "all"


class ScoreKind(StrEnum):
    """How a price becomes points."""

    RATIO = "ratio"
    RATIO_HIGH = "ratio_high"
    DEVIATION = "deviation"
    POWER = "power"
    TABLE = "table"


class Step(StrEnum):
    """How a deviation in per cent counts: as it is, each started one whole, or only whole ones."""

    LINEAR = "linear"
    CEIL = "ceil"
    FLOOR = "floor"


class TrimPer(StrEnum):
    """Whether experts' extremes are dropped factor by factor or as whole sheets."""

    FACTOR = "factor"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid; `evaluated` is its price after all adjustments, `bonus` the share added to its price score."""

    id: str
    price: Fraction | None
    evaluated: Fraction | None
    adjustment_line: str
    bonus: Fraction
    rejected: bool
    not_opened: bool
    kept_in_benchmark: bool
    brand: str | None

    @property
    def live(self) -> bool:
        """Neither rejected nor unopened."""
        return not (self.rejected or self.not_opened)


@dataclass(frozen=True, slots=True)
class Factor:
    """One scored line; `least` and `most` are the limits of a mark, `most` its points (0, 0 for pass_fail)."""

    id: str
    group: str | None
    kind: FactorKind
    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class TrimRow:
    """From `start` prices on drop `high` highest and `low` lowest, or a `share` of n at each end."""

    start: int
    high: int
    low: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class MixPart:
    """One weighted source of a mixed benchmark."""

    of: Source
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Band:
    """Only prices within `low`..`high` (shares; None = open) of a reference count for the benchmark."""

    start: int
    around: Source
    low: Fraction | None
    high: Fraction | None
    inclusive: bool
    if_empty: IfEmpty
    mix_if_empty: tuple[MixPart, ...] | None


@dataclass(frozen=True, slots=True)
class BenchmarkRule:
    """How the benchmark price is found."""

    trim: tuple[TrimRow, ...]
    trim_ties: TrimTies
    band: Band | None
    value: Source
    mix: tuple[MixPart, ...]
    float_share: Fraction
    factor: Fraction
    places: int | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """Deviations up to and including `up_to` per cent (None = all others) score `score` points."""

    up_to: Fraction | None
    score: Fraction


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How an evaluated price is scored against the benchmark."""

    kind: ScoreKind
    above: Fraction
    below: Fraction
    step: Step
    deviation_places: int | None
    max_loss_above: Fraction | None
    max_loss_below: Fraction | None
    floor: Fraction | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class PriceRule:
    """The whole price rule; `places` and `rounding` govern score, benchmark and deviation."""

    full: Fraction
    places: int
    rounding: Rounding
    count_not_opened: bool
    benchmark: BenchmarkRule
    score: ScoreRule


@dataclass(frozen=True, slots=True)
class JudgeTrim:
    """From `start` marks on drop the `high` highest and `low` lowest (GC only)."""

    start: int
    high: int
    low: int
    per: TrimPer
    widest_first: bool


@dataclass(frozen=True, slots=True)
class AbnormallyLow:
    """Shares of the mean, of the second lowest price and of the ceiling; None skips that trigger."""

    mean: Fraction | None
    second_lowest: Fraction | None
    ceiling: Fraction | None


Marks = tuple[int | None, ...]  # one expert on one bid, in the order of the point factors; 10^-places points
Verdicts = tuple[bool | None, ...]  # the same for pass_fail factors; True = pass


@dataclass(frozen=True, slots=True)
class ScoringCase:
    """A case that can be scored. `marks[e][b]` and `verdicts[e][b]` follow the orders of experts and bids."""

    track: Track
    method: Method
    ceiling: Fraction | None
    budget: Fraction | None
    bids: tuple[Bid, ...]
    factors: tuple[Factor, ...]
    point_factors: tuple[Factor, ...]
    verdict_factors: tuple[Factor, ...]
    experts: tuple[str, ...]
    marks: tuple[tuple[Marks, ...], ...]
    verdicts: tuple[tuple[Verdicts, ...], ...]
    judge_trim: JudgeTrim | None
    price: PriceRule | None
    average: Average
    weights: Mapping[str, Fraction]
    min_bids: int
    places: int
    rounding: Rounding
    tie_breakers: tuple[TieBreaker, ...]
    abnormally_low: AbnormallyLow
    input_rules: str
