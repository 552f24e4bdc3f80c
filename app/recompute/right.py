"""What is right: the scoring core's figures for the stated marks and prices, as far as the marks suffice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.recompute.model import Statement
from app.scoring import Average, BidResult, Factor, FactorKind, Method, Refusal, Result, ScoringCase, score
from app.scoring.model import TrimPer
from app.scoring.numbers import round_units, write_units
from app.scoring.reading_case import PRICE_GROUP

Column = tuple[str, str]
"""Bid, factor."""


@dataclass(frozen=True, slots=True)
class Right:
    """The right figures. None where the stated marks do not tell them; marks out of range count as they stand."""

    prices: Result
    """Scored by price alone: what no mark can change."""
    whole: Result | None
    """The whole result, where every live bid has marks on every factor."""
    by_price: bool
    rows: Mapping[str, BidResult]
    price_rows: Mapping[str, BidResult]
    unsure: frozenset[Column]
    """Factors of bids whose marks do not tell their mean."""
    unsure_bids: frozenset[str]

    def factor_mean(self, bid: str, factor: str) -> str | None:
        """The mean of the marks on a factor, as the rule rounds it."""
        if (bid, factor) in self.unsure or bid not in self.rows:
            return None
        return (self.rows[bid].factor_scores or {}).get(factor)

    def group_score(self, bid: str, group: str) -> str | None:
        """The points of a group, before weights."""
        if bid in self.unsure_bids or bid not in self.rows:
            return None
        return (self.rows[bid].group_scores or {}).get(group)

    def total(self, bid: str) -> str | None:
        """The total."""
        return None if bid in self.unsure_bids or bid not in self.rows else self.rows[bid].total

    def price_score(self, bid: str) -> str | None:
        """The price score."""
        return self.price_rows[bid].price_score

    def evaluated_price(self, bid: str) -> str | None:
        """The evaluated price, exact."""
        return self.price_rows[bid].evaluated_price

    @property
    def ranks(self) -> dict[str, int]:
        """The ranks of all ranked bids, in rank order; nothing where marks are lacking that decide them."""
        ranked = self.prices if self.by_price else self.whole
        return {} if ranked is None else {bid.id: bid.rank for bid in ranked.bids if bid.rank is not None}


def work_out(statement: Statement) -> Right:
    """Compute all that can be computed. Raises `app.scoring.Refusal` where the prices allow no benchmark."""
    case = statement.case
    prices = by_prices(case)
    gaps = _gaps(statement)
    filled = _scored(with_marks(statement, gaps), bool(gaps))
    unsure_bids = frozenset(bid for bid, _ in gaps)
    unsure = set(gaps)
    if case.judge_trim is not None and case.judge_trim.per is TrimPer.TOTAL:
        # Whose sheet is left out hangs on the marks that are lacking.
        unsure |= {(bid, factor.id) for bid in unsure_bids for factor in case.point_factors}
    return Right(
        prices=prices,
        whole=None if gaps else filled,
        by_price=case.method is Method.LOWEST_EVALUATED_PRICE,
        rows={} if filled is None else {bid.id: bid for bid in filled.bids},
        price_rows={bid.id: bid for bid in prices.bids},
        unsure=frozenset(unsure),
        unsure_bids=unsure_bids,
    )


def by_prices(case: ScoringCase) -> Result:
    """The result of what prices alone decide. Raises `app.scoring.Refusal` where they allow no benchmark."""
    alone = replace(
        case,
        factors=(),
        point_factors=(),
        verdict_factors=(),
        experts=(),
        marks=(),
        verdicts=(),
        judge_trim=None,
        average=Average.FACTOR_MEANS,
        weights={group: weight for group, weight in case.weights.items() if group == PRICE_GROUP},
    )
    return score(alone)


def with_marks(statement: Statement, gaps: Collection[Column] = ()) -> ScoringCase:
    """The case with the stated marks, as they stand; factors in `gaps` get a zero where a mark is lacking.

    What comes out for a gap means nothing; it only lets the figures around it be computed.
    """
    case = statement.case
    unit = 10**case.places

    def units(expert: str, bid: str, factor: Factor) -> int | None:
        mark = statement.marks.get((expert, bid, factor.id))
        if mark is None or (mark.value * unit).denominator != 1:
            return 0 if (bid, factor.id) in gaps else None
        return int(mark.value * unit)

    def verdict(expert: str, bid: str, factor: Factor) -> bool | None:
        mark = statement.marks.get((expert, bid, factor.id))
        return None if mark is None else bool(mark.value)

    return replace(
        case,
        marks=tuple(
            tuple(tuple(units(expert, bid.id, factor) for factor in case.point_factors) for bid in case.bids)
            for expert in case.experts
        ),
        verdicts=tuple(
            tuple(tuple(verdict(expert, bid.id, factor) for factor in case.verdict_factors) for bid in case.bids)
            for expert in case.experts
        ),
    )


def _gaps(statement: Statement) -> set[Column]:
    """Factors of live bids that nobody marked, or marked in finer steps than the rule knows."""
    case = statement.case
    unit = 10**case.places
    found = set()
    for bid in case.bids:
        for factor in case.point_factors if bid.live else ():
            marks = [statement.marks.get((expert, bid.id, factor.id)) for expert in case.experts]
            given = [mark for mark in marks if mark is not None]
            if not given or any((mark.value * unit).denominator != 1 for mark in given):
                found.add((bid.id, factor.id))
    return found


def _scored(case: ScoringCase, gaps: bool) -> Result | None:
    if gaps and case.judge_trim is not None and case.judge_trim.widest_first:
        return None  # which judge is left out everywhere hangs on the marks that are lacking
    try:
        return score(case)
    except Refusal:  # the prices were scored before: no expert's sheet is full where whole sheets are averaged
        return None


def expert_total(statement: Statement, right: Right, expert: str, bid: str) -> str | None:
    """The total of one expert's sheet on one bid: weighted points, with the price score where the rules say so.

    Rounded as totals are; None where a mark is lacking, or finer than the rule knows.
    """
    case = statement.case
    total = Fraction(0)
    for factor in case.point_factors:
        mark = statement.marks.get((expert, bid, factor.id))
        if mark is None or (mark.value * 10**case.places).denominator != 1:
            return None
        total += case.weights.get(factor.group or "", 1) * points(factor, Fraction(mark.value))
    if statement.standard.totals_with_price:
        total += case.weights.get(PRICE_GROUP, 1) * Fraction(right.price_score(bid) or 0)
    return write_units(round_units(total, case.places, case.rounding), case.places)


def points(factor: Factor, mark: Fraction) -> Fraction:
    """What a mark gives: itself, or what it leaves of the factor's points."""
    return factor.most - mark if factor.kind is FactorKind.DEDUCTION else mark


def sum_of_totals(statement: Statement, right: Right, bid: str) -> str | None:
    """The sum of all experts' totals of a bid; None where one is not told."""
    totals = [expert_total(statement, right, expert, bid) for expert in statement.case.experts]
    if not totals or None in totals:
        return None
    places = statement.case.places
    total = sum((Fraction(total) for total in totals if total is not None), Fraction(0))
    return write_units(round_units(total, places, statement.case.rounding), places)
