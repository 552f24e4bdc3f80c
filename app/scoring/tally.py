"""From marks to points: factor means, group sums and a bid's expert points, with every line told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from app.scoring.experts import Columns, Panel, Summing, marks_given, panels
from app.scoring.model import Average, FactorKind, ScoringCase, TrimPer
from app.scoring.numbers import divide, exact, shown, write_units
from app.scoring.refusal import Code, Refusal, at


@dataclass(frozen=True, slots=True)
class BidTally:
    """One bid's expert points: `factors` and `groups` as written, `points` after weights, exact.

    `group_units` are the groups' sums in units of the last decimal; `terms` are what `points` is the sum of,
    as written for the line of the total.
    """

    factors: dict[str, str]
    groups: dict[str, str]
    group_units: dict[str, int]
    points: Fraction
    terms: tuple[str, ...]
    lines: tuple[str, ...]


def tally(case: ScoringCase, given: Mapping[int, Columns]) -> dict[int, BidTally]:
    """The expert points of every live bid; refuses a factor or bid that nobody marked (`no_marks`).

    `given` are the marks of all experts on each live bid; where sheets are left out they are gathered anew.
    """
    found, widest = panels(case, list(given))
    counter = _Counter(case)
    first = () if widest is None else (f"sheet left out (widest spread): {case.experts[widest]}",)
    counted = {}
    for bid, columns in given.items():
        panel = found[bid]
        all_present = len(panel.present) == len(case.experts)
        counted[bid] = counter.count(
            bid, panel, columns if all_present else marks_given(case, panel.present, bid), first
        )
    return counted


_Points = tuple[dict[str, int], Fraction, list[str]]  # group sums in units, points, terms of the total


def weighted(case: ScoringCase, group: str, written: str) -> str:
    """A term of a total as a person writes it: with its weight in front where the case gives one."""
    weight = case.weights.get(group)
    return written if weight is None else f"{exact(weight)} x {written}"


Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class _Once(dict[Key, Made]):
    """What a case needs again and again, each made once: by `make`, on the first look."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Made:
        made = self[key] = self._make(key)
        return made


@dataclass(frozen=True, slots=True)
class _Mean:
    """A mean, rounded, in units of the last decimal; `told` is its line from behind the marks on."""

    units: int
    told: str


_Means = _Once[tuple[int, int], _Mean]  # by sum and number of the marks: few differ in a case


@dataclass(frozen=True, slots=True)
class _Column:
    """A factor with what does not change from bid to bid: the start of its line and the means met so far."""

    factor: str
    lead: str
    means: _Means


def _columns(case: ScoringCase) -> list[_Column]:
    """The point factors; those whose means come out alike share them."""

    def means(most: Fraction | None) -> _Means:
        """The means, taken from `most` where marks are deductions (else None)."""

        def mean(marks: tuple[int, int]) -> _Mean:
            total, count = marks
            numerator, denominator = total, count
            if most is not None:
                numerator = most.numerator * 10**case.places * count - total * most.denominator
                denominator = most.denominator * count
            units, told = _divided(case, numerator, denominator)
            return _Mean(units, f") / {count}{told}")

        return _Once(mean)

    alike = _Once(means)
    columns = []
    for factor in case.point_factors:
        most = factor.most if factor.kind is FactorKind.DEDUCTION else None
        taken = "" if most is None else f"{exact(most)} - "
        columns.append(_Column(factor.id, f"{factor.id}: {taken}(", alike[most]))
    return columns


def _divided(case: ScoringCase, numerator: int, denominator: int) -> tuple[int, str]:
    """A quotient of units of the last decimal, rounded to whole ones, and how it came out."""
    units = divide(numerator, denominator, case.rounding)
    digits = shown(numerator, denominator * 10**case.places, case.places + 4)
    return units, f" = {digits} -> {write_units(units, case.places)}"


class _Counter:
    """Counts bid after bid; keeps what does not change from one to the next."""

    def __init__(self, case: ScoringCase) -> None:
        self._case = case
        self._unit = 10**case.places
        self._names = [factor.id for factor in case.point_factors]
        self._marks: _Once[int, str] = _Once(lambda units: shown(units, self._unit, case.places))
        self._scores: _Once[int, str] = _Once(lambda units: write_units(units, case.places))
        self._left_out: _Once[tuple[int, ...], str] = _Once(
            lambda marks: f"; left out {', '.join(map(self._marks.__getitem__, marks))}"
        )
        self._columns = _columns(case)
        self._groups: dict[str, list[int]] = {}
        self._alone: list[int] = []  # columns of factors that belong to no group
        for column, factor in enumerate(case.point_factors):
            if factor.group is None:
                self._alone.append(column)
            else:
                self._groups.setdefault(factor.group, []).append(column)
        trim = case.judge_trim
        self._trim = (0, 0, 0) if trim is None or trim.per is TrimPer.TOTAL else (trim.start, trim.low, trim.high)
        self._total = Summing.of(case.point_factors, case.weights, 1, case.places)
        self._sums = {
            group: Summing.of(case.point_factors, {group: Fraction(1)}, 0, case.places) for group in self._groups
        }

    def count(self, bid: int, panel: Panel, given: Columns, first: tuple[str, ...]) -> BidTally:
        """The points of one bid from the marks `given` by its `panel`; `first` are lines told before all."""
        case = self._case
        lines = [*first, *self._verdict_lines(bid)]
        if panel.left_out:
            names = ", ".join(case.experts[expert] for expert in panel.left_out)
            lines.append(f"sheets left out (extreme totals): {names}")
        units = self._factor_units(bid, given, lines)
        scores = self._scores
        factors = dict(zip(self._names, map(scores.__getitem__, units), strict=True))
        if case.average is Average.EXPERT_TOTALS and case.point_factors:
            groups, points, terms = self._expert_totals(bid, panel, lines)
        else:
            groups, points, terms = self._factor_sums(units, lines)
        return BidTally(
            factors,
            {group: scores[score] for group, score in groups.items()},
            groups,
            points,
            tuple(terms),
            tuple(lines),
        )

    def _verdict_lines(self, bid: int) -> list[str]:
        """The verdicts on pass_fail factors: they give no points, and the committee alone rejects."""
        case = self._case
        lines = []
        for column, factor in enumerate(case.verdict_factors):
            said = [
                f"{expert} {'pass' if verdict else 'fail'}"
                for expert, rows in zip(case.experts, case.verdicts, strict=True)
                if (verdict := rows[bid][column]) is not None
            ]
            if said:
                lines.append(f"{factor.id}: {', '.join(said)}")
        return lines

    def _factor_units(self, bid: int, given: Columns, lines: list[str]) -> list[int]:
        """The mean of the marks given on each factor, rounded, in units of the last decimal."""
        start, low, high = self._trim
        written, found = self._marks.__getitem__, []
        for column, marks in zip(self._columns, given, strict=True):
            kept, count, left_out = marks, len(marks), ""
            if not count:
                raise Refusal(Code.NO_MARKS, at(at("sheets.*", self._case.bids[bid].id), column.factor))
            if start <= count and 0 < low + high < count:
                rising, end = sorted(marks), count - high
                kept = rising[low:end]
                left_out = self._left_out[*rising[:low], *rising[end:]]
            mean = column.means[sum(kept), len(kept)]
            lines.append(f"{column.lead}{' + '.join(map(written, kept))}{mean.told}{left_out}")
            found.append(mean.units)
        return found

    def _factor_sums(self, units: Sequence[int], lines: list[str]) -> _Points:
        """Group sums of the rounded factor means, and the bid's points after weights."""
        case = self._case
        groups: dict[str, int] = {}
        points: Fraction | int = 0  # whole numbers as long as no weight is given
        terms = []
        for group, columns in self._groups.items():
            scores = [units[column] for column in columns]
            groups[group] = sum(scores)
            written = self._scores[groups[group]]
            lines.append(f"{group}: {self._sum(scores)} = {written}")
            points += case.weights.get(group, 1) * groups[group]
            terms.append(weighted(case, group, written))
        alone = [units[column] for column in self._alone]
        if alone:
            points += sum(alone)
            terms.append(self._sum(alone))
        return groups, Fraction(points, self._unit), terms

    def _sum(self, units: Sequence[int]) -> str:
        return " + ".join(map(self._scores.__getitem__, units))

    def _expert_totals(self, bid: int, panel: Panel, lines: list[str]) -> _Points:
        """The mean of the full sheets' totals, rounded once; group sums are means of the same sheets."""
        case = self._case
        if not panel.full:
            raise Refusal(
                Code.NO_MARKS,
                at("sheets.*", case.bids[bid].id),
                (
                    "没有一位专家为该投标打满全部因素, 无法按专家总分平均。",
                    "No expert has marked every factor of this bid, so no total can be averaged.",
                ),
            )
        rows = [(case.experts[expert], case.marks[expert][bid]) for expert in panel.full]
        groups = {group: self._mean(group, self._sums[group], rows, lines) for group in self._groups}
        mean = self._mean("experts", self._total, rows, lines)
        return groups, Fraction(mean, self._unit), [self._scores[mean]]

    def _mean(
        self, name: str, summing: Summing, rows: Sequence[tuple[str, tuple[int | None, ...]]], lines: list[str]
    ) -> int:
        totals = [(expert, summing.total(marks)) for expert, marks in rows]
        units, told = _divided(self._case, sum(total for _, total in totals) * self._unit, summing.scale * len(totals))
        digits = self._case.places + 4
        terms = " + ".join(f"{expert} {shown(total, summing.scale, digits)}" for expert, total in totals)
        lines.append(f"{name}: ({terms}) / {len(totals)}{told}")
        return units
