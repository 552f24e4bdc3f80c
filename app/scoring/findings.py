"""What the committee should look at: clues with their figures, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, compress
from operator import eq
from typing import Any, Final

from app.scoring.experts import Columns
from app.scoring.model import FactorKind, Marks, ScoringCase
from app.scoring.numbers import exact, shown

Finding = dict[str, Any]

# A mark further than 30 % of the mean from the mean is shown to the committee.
FAR: Final = Fraction(3, 10)
# Fewer marks than this agree by chance too often to be a clue.
LEAST_ALIKE: Final = 6


def mark_findings(case: ScoringCase, given: Mapping[int, Columns]) -> list[Finding]:
    """Objective factors marked differently, marks far from the mean, and sheets that agree throughout.

    `given` are the marks of all experts on each live bid. The case must have been tallied: then every live
    bid has a mark on every factor.
    """
    mismatches: list[Finding] = []
    deviations: list[Finding] = []
    over, under = FAR.numerator, FAR.denominator
    subjective, objective = FactorKind.SUBJECTIVE, FactorKind.OBJECTIVE
    kinds = [factor.kind for factor in case.point_factors]
    for bid, columns in given.items():
        extremes = zip(kinds, columns, map(min, columns), map(max, columns), strict=True)
        for column, (kind, marks, least, most) in enumerate(extremes):
            if least == most:
                continue
            if kind is subjective:
                # |mark - mean| > 3/10 |mean|, both sides times 10 x count
                total, count = sum(marks), len(marks)
                limit = over * abs(total)
                if under * (most * count - total) > limit or under * (total - least * count) > limit:
                    deviations.extend(_deviations(case, bid, column))
            elif kind is objective:
                mismatches.append(_mismatch(case, bid, column))
    return [*mismatches, *deviations, *_identical(case, list(given))]


def _mismatch(case: ScoringCase, bid: int, column: int) -> Finding:
    experts = [expert for expert, _ in _marked(case, bid, column)]
    return {
        "code": "objective_mismatch",
        "factor": case.point_factors[column].id,
        "bid": case.bids[bid].id,
        "experts": experts,
    }


def _deviations(case: ScoringCase, bid: int, column: int) -> Iterator[Finding]:
    given = _marked(case, bid, column)
    unit = 10**case.places
    mean = Fraction(sum(mark for _, mark in given), len(given))
    for expert, mark in given:
        if abs(mark - mean) > FAR * abs(mean):
            yield {
                "code": "deviation",
                "expert": expert,
                "bid": case.bids[bid].id,
                "factor": case.point_factors[column].id,
                "mark": shown(mark, unit, case.places),
                "mean": exact(mean / unit),
            }


def _marked(case: ScoringCase, bid: int, column: int) -> list[tuple[str, int]]:
    """The experts who marked a factor of a bid, each with the mark."""
    marks = ((expert, rows[bid][column]) for expert, rows in zip(case.experts, case.marks, strict=True))
    return [(expert, mark) for expert, mark in marks if mark is not None]


def _identical(case: ScoringCase, live: Sequence[int]) -> Iterator[Finding]:
    subjective = [factor.kind is FactorKind.SUBJECTIVE for factor in case.point_factors]

    def taste(rows: Sequence[Marks]) -> Iterator[int | None]:
        return chain.from_iterable(compress(rows[bid], subjective) for bid in live)

    for (one, its_rows), (other, other_rows) in combinations(zip(case.experts, case.marks, strict=True), 2):
        # Two sheets nearly always part within the first bid, so they are compared as they are read.
        if all(map(eq, taste(its_rows), taste(other_rows))):
            marks = list(taste(its_rows))
            if len(marks) - marks.count(None) >= LEAST_ALIKE:
                yield {"code": "identical_sheets", "experts": [one, other]}


def too_few(case: ScoringCase, live: Sequence[int]) -> list[Finding]:
    """Fewer live bids than the case asks for; bids of one brand count once (87号令 31条)."""
    brands = {case.bids[bid].brand for bid in live} - {None}
    count = len(brands) + sum(case.bids[bid].brand is None for bid in live)
    return [{"code": "too_few_bids"}] if count < case.min_bids else []


def abnormally_low(case: ScoringCase, live: Sequence[int]) -> list[Finding]:
    """Live bids whose bid price lies strictly under a threshold (财库〔2026〕2号); never a rejection."""
    prices = {bid: price for bid in live if (price := case.bids[bid].price) is not None}
    rising = sorted(prices.values())
    rates, limit = case.abnormally_low, case.ceiling or case.budget
    thresholds = []
    if rates.mean is not None:
        thresholds.append(("mean", rates.mean * sum(rising, Fraction(0)) / len(rising)))
    if rates.second_lowest is not None:
        thresholds.append(("second_lowest", rates.second_lowest * rising[min(1, len(rising) - 1)]))
    if rates.ceiling is not None and limit is not None:
        thresholds.append(("ceiling", rates.ceiling * limit))
    return [
        {
            "id": case.bids[bid].id,
            "trigger": trigger,
            "price": exact(price),
            "threshold": exact(threshold),
        }
        for bid, price in prices.items()
        for trigger, threshold in thresholds
        if price < threshold
    ]
