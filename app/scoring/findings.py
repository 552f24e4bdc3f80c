"""What the committee should look at: clues with their figures, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, compress
from typing import Any, Final

from app.scoring.model import Factor, FactorKind, Marks, ScoringCase
from app.scoring.numbers import exact, shown

Finding = dict[str, Any]

# A mark further than 30 % of the mean from the mean is shown to the committee.
FAR: Final = Fraction(3, 10)
# Fewer marks than this agree by chance too often to be a clue.
LEAST_ALIKE: Final = 6


def mark_findings(case: ScoringCase, live: Sequence[int]) -> list[Finding]:
    """Objective factors marked differently, marks far from the mean, and sheets that agree throughout.

    The case must have been tallied: then every live bid has a mark on every factor.
    """
    mismatches: list[Finding] = []
    deviations: list[Finding] = []
    over, under = FAR.numerator, FAR.denominator
    subjective, objective = FactorKind.SUBJECTIVE, FactorKind.OBJECTIVE
    for bid in live if case.experts else ():
        columns = list(zip(*[rows[bid] for rows in case.marks], strict=True))
        given = columns
        try:
            totals = list(map(sum, columns))
        except TypeError:  # an absent mark; most bids have none, so none is looked for
            given = [tuple([mark for mark in marks if mark is not None]) for marks in columns]
            totals = list(map(sum, given))
        figures = zip(totals, map(len, given), map(min, given), map(max, given), strict=True)
        for factor, marks, (total, count, least, most) in zip(case.point_factors, columns, figures, strict=True):
            if least == most:
                continue
            if factor.kind is subjective:
                # |mark - mean| > 3/10 |mean|, both sides times 10 x count
                limit = over * abs(total)
                if under * (most * count - total) > limit or under * (total - least * count) > limit:
                    deviations.extend(_deviations(case, bid, factor, marks))
            elif factor.kind is objective:
                mismatches.append(_mismatch(case, bid, factor, marks))
    return [*mismatches, *deviations, *_identical(case, live)]


def _mismatch(case: ScoringCase, bid: int, factor: Factor, marks: Marks) -> Finding:
    experts = [expert for expert, mark in zip(case.experts, marks, strict=True) if mark is not None]
    return {"code": "objective_mismatch", "factor": factor.id, "bid": case.bids[bid].id, "experts": experts}


def _deviations(case: ScoringCase, bid: int, factor: Factor, marks: Marks) -> Iterator[Finding]:
    given = [mark for mark in marks if mark is not None]
    unit = 10**case.places
    mean = Fraction(sum(given), len(given))
    for expert, mark in zip(case.experts, marks, strict=True):
        if mark is not None and abs(mark - mean) > FAR * abs(mean):
            yield {
                "code": "deviation",
                "expert": expert,
                "bid": case.bids[bid].id,
                "factor": factor.id,
                "mark": shown(mark, unit, case.places),
                "mean": exact(mean / unit),
            }


def _identical(case: ScoringCase, live: Sequence[int]) -> Iterator[Finding]:
    subjective = [factor.kind is FactorKind.SUBJECTIVE for factor in case.point_factors]
    sheets = []
    for expert, rows in zip(case.experts, case.marks, strict=True):
        sheet = list(chain.from_iterable([compress(rows[bid], subjective) for bid in live]))
        if len(sheet) - sheet.count(None) >= LEAST_ALIKE:
            sheets.append((expert, sheet))
    for (one, its_sheet), (other, other_sheet) in combinations(sheets, 2):
        if its_sheet == other_sheet:
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
