"""Which experts' sheets count for which bid: full sheets, totals, and what a judge trim leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm
from operator import mul
from typing import cast

from app.scoring.model import Average, Factor, FactorKind, JudgeTrim, Marks, ScoringCase, TrimPer


@dataclass(frozen=True, slots=True)
class Summing:
    """Adds one expert's marks on a bid up, exactly: (sum of marks x coefficients + constant) / scale points.

    Marks come in units of 10^-places points, so that only whole numbers are added.
    """

    coefficients: tuple[int, ...]
    constant: int
    scale: int

    @classmethod
    def of(cls, factors: Sequence[Factor], weights: Mapping[str, Fraction], others: int, places: int) -> Summing:
        """The weighted sum over `factors`; a group not in `weights` counts `others` times."""
        shares = [weights.get(factor.group or "", Fraction(others)) for factor in factors]
        given = [
            share * factor.most if factor.kind is FactorKind.DEDUCTION else Fraction(0)
            for factor, share in zip(factors, shares, strict=True)
        ]
        whole = lcm(*(number.denominator for number in (*shares, *given)))
        return cls(
            tuple(
                int(share * whole) * (-1 if factor.kind is FactorKind.DEDUCTION else 1)
                for factor, share in zip(factors, shares, strict=True)
            ),
            int(sum(given) * whole) * 10**places,
            whole * 10**places,
        )

    def total(self, marks: Marks) -> int:
        """The total of full `marks`, in units of 1/`scale` points."""
        total: int = sum(map(mul, self.coefficients, marks), self.constant)
        return total


@dataclass(frozen=True, slots=True)
class Panel:
    """The experts that count for one bid, by position: all, those left out, those with a full sheet.

    `full` is filled only where whole sheets matter: for experts' totals and a trim per total.
    """

    present: tuple[int, ...]
    full: tuple[int, ...]
    left_out: tuple[int, ...]


Columns = Sequence[Sequence[int]]  # for each point factor the marks present, in the experts' order


def marks_given(case: ScoringCase, experts: Sequence[int], bid: int) -> Columns:
    """The marks that `experts` gave on one bid, factor by factor."""
    rows = [case.marks[expert][bid] for expert in experts]
    if not rows:
        return [()] * len(case.point_factors)
    if None in chain.from_iterable(rows):
        return [[mark for mark in column if mark is not None] for column in zip(*rows, strict=True)]
    return list(cast("Iterable[tuple[int, ...]]", zip(*rows, strict=True)))  # full sheets, as most are


def full_sheets(case: ScoringCase, experts: Sequence[int], bid: int) -> Sequence[int]:
    """Those of `experts` whose sheet lacks no mark on `bid`."""
    return [expert for expert in experts if None not in case.marks[expert][bid]]


def panels(case: ScoringCase, live: Sequence[int]) -> tuple[dict[int, Panel], int | None]:
    """For each live bid the experts that count, and the whole judge left out first (GC), if any."""
    everyone: Sequence[int] = range(len(case.experts))
    summing = Summing.of(case.point_factors, case.weights, 1, case.places)
    trim, widest = case.judge_trim, None
    by_total = trim is not None and trim.per is TrimPer.TOTAL
    asked = by_total or case.average is Average.EXPERT_TOTALS  # whole sheets are looked at only then
    if trim is not None and trim.widest_first:
        widest = _widest(case, trim, summing, live)
        everyone = [expert for expert in everyone if expert != widest]
    found = {}
    for bid in live:
        full = full_sheets(case, everyone, bid) if asked else ()
        out: set[int] = set()
        if trim is not None and by_total:
            out = _extremes(case, trim, summing, full, bid)
        found[bid] = Panel(
            tuple(expert for expert in everyone if expert not in out),
            tuple(expert for expert in full if expert not in out),
            tuple(sorted(out)),
        )
    return found, widest


def _extremes(case: ScoringCase, trim: JudgeTrim, summing: Summing, full: Sequence[int], bid: int) -> set[int]:
    """The experts with the lowest and the highest totals on one bid; ties in the experts' order."""
    if len(full) < trim.start or trim.low + trim.high >= len(full):
        return set()
    rising = sorted(full, key=lambda expert: summing.total(case.marks[expert][bid]))
    return {*rising[: trim.low], *rising[len(rising) - trim.high :]}


def _widest(case: ScoringCase, trim: JudgeTrim, summing: Summing, live: Sequence[int]) -> int | None:
    """The expert whose totals spread most over the live bids; among equals the larger max - second lowest.

    Asked only among full sheets, from `start` of them on, and never where no full sheet would be left.
    """
    full: Sequence[int] = range(len(case.experts))
    for bid in live:
        full = full_sheets(case, full, bid)
    if len(full) < max(trim.start, 2):
        return None

    def spread(expert: int) -> tuple[int, int]:
        totals = sorted(summing.total(case.marks[expert][bid]) for bid in live)
        return totals[-1] - totals[0], totals[-1] - totals[min(1, len(totals) - 1)]

    return max(full, key=spread)
