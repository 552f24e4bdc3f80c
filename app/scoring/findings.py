"""What the committee should look at: clues with their figures, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

from app.scoring.model import FactorKind, ScoringCase
from app.scoring.numbers import exact, shown

Finding = dict[str, Any]

# A mark further than 30 % of the mean from the mean is shown to the committee.
FAR: Final = Fraction(3, 10)
# Fewer marks than this agree by chance too often to be a clue.
LEAST_ALIKE: Final = 6


def mark_findings(case: ScoringCase, live: Sequence[int]) -> list[Finding]:
    """Objective factors marked differently, marks far from the mean, and sheets that agree throughout."""
    found = [*_mismatches(case, live), *_deviations(case, live)]
    found.extend(_identical(case, live))
    return found


def _columns(case: ScoringCase, kind: FactorKind) -> list[int]:
    return [column for column, factor in enumerate(case.point_factors) if factor.kind is kind]


def _mismatches(case: ScoringCase, live: Sequence[int]) -> Iterator[Finding]:
    for bid in live:
        for column in _columns(case, FactorKind.OBJECTIVE):
            marks = [rows[bid][column] for rows in case.marks]
            present = [mark for mark in marks if mark is not None]
            if present and min(present) != max(present):
                yield {
                    "code": "objective_mismatch",
                    "factor": case.point_factors[column].id,
                    "bid": case.bids[bid].id,
                    "experts": [expert for expert, mark in zip(case.experts, marks, strict=True) if mark is not None],
                }


def _deviations(case: ScoringCase, live: Sequence[int]) -> Iterator[Finding]:
    unit = 10**case.places
    subjective = _columns(case, FactorKind.SUBJECTIVE)
    for bid in live:
        rows = [expert_rows[bid] for expert_rows in case.marks]
        for column in subjective:
            marks = [row[column] for row in rows]
            present = [mark for mark in marks if mark is not None]
            if not present:
                continue
            total, count = sum(present), len(present)
            # |mark - mean| > 3/10 |mean|, both sides times 10 x count
            limit = FAR.numerator * abs(total)
            widest = max(max(present) * count - total, total - min(present) * count)
            if FAR.denominator * widest <= limit:
                continue
            mean = exact(Fraction(total, count * unit))
            for expert, mark in zip(case.experts, marks, strict=True):
                if mark is not None and FAR.denominator * abs(mark * count - total) > limit:
                    yield {
                        "code": "deviation",
                        "expert": expert,
                        "bid": case.bids[bid].id,
                        "factor": case.point_factors[column].id,
                        "mark": shown(mark, unit, case.places),
                        "mean": mean,
                    }


def _identical(case: ScoringCase, live: Sequence[int]) -> Iterator[Finding]:
    subjective = _columns(case, FactorKind.SUBJECTIVE)
    sheets = []
    for expert, rows in zip(case.experts, case.marks, strict=True):
        sheet = [rows[bid][column] for bid in live for column in subjective]
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
