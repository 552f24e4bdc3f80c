"""From marks to points: factor means, group sums and a bid's expert points, with every line told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.scoring.experts import Panel, Summing, panels
from app.scoring.model import Average, Factor, FactorKind, JudgeTrim, ScoringCase, TrimPer
from app.scoring.numbers import divide, exact, shown, write_units
from app.scoring.refusal import Code, Refusal, at


@dataclass(frozen=True, slots=True)
class BidTally:
    """One bid's expert points: `factors` and `groups` as written, `points` after weights, exact.

    `terms` are what `points` is the sum of, as written for the line of the total.
    """

    factors: dict[str, str]
    groups: dict[str, str]
    group_values: dict[str, Fraction]
    points: Fraction
    terms: tuple[str, ...]
    lines: tuple[str, ...]


def tally(case: ScoringCase, live: Sequence[int]) -> dict[int, BidTally]:
    """The expert points of every live bid; refuses a factor or bid that nobody marked (`no_marks`)."""
    found, widest = panels(case, live)
    counter = _Counter(case)
    first = () if widest is None else (f"sheet left out (widest spread): {case.experts[widest]}",)
    return {bid: counter.count(bid, found[bid], first) for bid in live}


_Points = tuple[dict[str, int], Fraction, list[str]]  # group sums in units, points, terms of the total


def weighted(case: ScoringCase, group: str, written: str) -> str:
    """A term of a total as a person writes it: with its weight in front where the case gives one."""
    weight = case.weights.get(group)
    return written if weight is None else f"{exact(weight)} x {written}"


class _Written(dict[int, str]):
    """Each of the few different numbers of a case as text, written once: `write` on the first look."""

    def __init__(self, write: Callable[[int], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, units: int) -> str:
        text = self[units] = self._write(units)
        return text


@dataclass(frozen=True, slots=True)
class _Mean:
    """A mean, rounded, in units of the last decimal; `told` is its line from the equals sign on."""

    units: int
    told: str


class _Counter:
    """Counts bid after bid; keeps what does not change from one to the next."""

    def __init__(self, case: ScoringCase) -> None:
        self._case = case
        self._unit = 10**case.places
        self._names = [factor.id for factor in case.point_factors]
        self._marks = _Written(lambda units: shown(units, self._unit, case.places))
        self._scores = _Written(lambda units: write_units(units, case.places))
        self._means: dict[tuple[int, int], _Mean] = {}
        self._groups: dict[str, list[int]] = {}
        self._alone: list[int] = []  # columns of factors that belong to no group
        for column, factor in enumerate(case.point_factors):
            if factor.group is None:
                self._alone.append(column)
            else:
                self._groups.setdefault(factor.group, []).append(column)
        trim = case.judge_trim
        self._trim: JudgeTrim | None = trim if trim is not None and trim.per is TrimPer.FACTOR else None
        self._total = Summing.of(case.point_factors, case.weights, 1, case.places)
        self._sums = {
            group: Summing.of(case.point_factors, {group: Fraction(1)}, 0, case.places) for group in self._groups
        }

    def count(self, bid: int, panel: Panel, first: tuple[str, ...]) -> BidTally:
        """The points of one bid from the sheets of its `panel`; `first` are lines told before all."""
        case = self._case
        lines = [*first, *self._verdict_lines(bid)]
        if panel.left_out:
            names = ", ".join(case.experts[expert] for expert in panel.left_out)
            lines.append(f"sheets left out (extreme totals): {names}")
        rows = [case.marks[expert][bid] for expert in panel.present]
        columns: Iterable[tuple[int | None, ...]] = zip(*rows, strict=True)
        if not rows:
            columns = [()] * len(case.point_factors)
        units = [
            self._factor_units(factor, column, bid, lines)
            for factor, column in zip(case.point_factors, columns, strict=True)
        ]
        scores = self._scores
        factors = dict(zip(self._names, map(scores.__getitem__, units), strict=True))
        if case.average is Average.EXPERT_TOTALS and case.point_factors:
            groups, points, terms = self._expert_totals(bid, panel, lines)
        else:
            groups, points, terms = self._factor_sums(units, lines)
        return BidTally(
            factors,
            {group: scores[score] for group, score in groups.items()},
            {group: Fraction(score, self._unit) for group, score in groups.items()},
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

    def _factor_units(self, factor: Factor, column: Sequence[int | None], bid: int, lines: list[str]) -> int:
        """The mean of the marks present on a factor, rounded, in units of the last decimal."""
        marks = [mark for mark in column if mark is not None]
        count, left_out = len(marks), ""
        if not count:
            raise Refusal(Code.NO_MARKS, at(at("sheets.*", self._case.bids[bid].id), factor.id))
        trim, written = self._trim, self._marks.__getitem__
        if trim is not None and count >= trim.start and 0 < trim.low + trim.high < count:
            marks.sort()
            end = count - trim.high
            left_out = f"; left out {', '.join(map(written, marks[: trim.low] + marks[end:]))}"
            marks = marks[trim.low : end]
            count = len(marks)
        total = sum(marks)
        numerator, denominator = total, count
        line = f"{factor.id}: "
        if factor.kind is FactorKind.DEDUCTION:
            most = factor.most
            numerator = most.numerator * self._unit * count - total * most.denominator
            denominator = most.denominator * count
            line += f"{exact(most)} - "
        mean = self._means.get((numerator, denominator)) or self._mean_of(numerator, denominator)
        lines.append(f"{line}({' + '.join(map(written, marks))}) / {count}{mean.told}{left_out}")
        return mean.units

    def _mean_of(self, numerator: int, denominator: int) -> _Mean:
        """The quotient (of units of the last decimal) rounded, and how it came out; few differ in a case."""
        units = divide(numerator, denominator, self._case.rounding)
        digits = shown(numerator, denominator * self._unit, self._case.places + 4)
        mean = self._means[numerator, denominator] = _Mean(units, f" = {digits} -> {self._scores[units]}")
        return mean

    def _factor_sums(self, units: Sequence[int], lines: list[str]) -> _Points:
        """Group sums of the rounded factor means, and the bid's points after weights."""
        case = self._case
        groups: dict[str, int] = {}
        points, terms = Fraction(0), []
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
        return groups, points / self._unit, terms

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
        mean = self._mean_of(sum(total for _, total in totals) * self._unit, summing.scale * len(totals))
        digits = self._case.places + 4
        terms = " + ".join(f"{expert} {shown(total, summing.scale, digits)}" for expert, total in totals)
        lines.append(f"{name}: ({terms}) / {len(totals)}{mean.told}")
        return mean.units
