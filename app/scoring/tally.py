"""From marks to points: factor means, group sums and a bid's expert points, with every line told."""

from __future__ import annotations

from collections.abc import Sequence
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
    reader = _Counter(case)
    first = () if widest is None else (f"sheet left out (widest spread): {case.experts[widest]}",)
    return {bid: reader.count(bid, found[bid], first) for bid in live}


_Points = tuple[dict[str, int], Fraction, list[str]]  # group sums in units, points, terms of the total


def weighted(case: ScoringCase, group: str, written: str) -> str:
    """A term of a total as a person writes it: with its weight in front where the case gives one."""
    weight = case.weights.get(group)
    return written if weight is None else f"{exact(weight)} x {written}"


class _Counter:
    """Counts bid after bid; keeps what does not change from one to the next."""

    def __init__(self, case: ScoringCase) -> None:
        self._case = case
        self._unit = 10**case.places
        self._texts: dict[int, str] = {}
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
        columns: list[tuple[int | None, ...]] = list(zip(*rows, strict=True))
        if not rows:
            columns = [()] * len(case.point_factors)
        units = [
            self._factor_units(factor, column, bid, lines)
            for factor, column in zip(case.point_factors, columns, strict=True)
        ]
        factors = {
            factor.id: write_units(score, case.places) for factor, score in zip(case.point_factors, units, strict=True)
        }
        if case.average is Average.EXPERT_TOTALS and case.point_factors:
            groups, points, terms = self._expert_totals(bid, panel, lines)
        else:
            groups, points, terms = self._factor_sums(units, lines)
        return BidTally(
            factors,
            {group: write_units(score, case.places) for group, score in groups.items()},
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
        count = len(marks)
        if not count:
            where = at(at("sheets.*", self._case.bids[bid].id), factor.id)
            raise Refusal(Code.NO_MARKS, where)
        dropped: list[int] = []
        trim = self._trim
        if trim is not None and count >= trim.start and trim.low + trim.high < count:
            rising = sorted(marks)
            end = count - trim.high
            dropped = [*rising[: trim.low], *rising[end:]]
            marks = rising[trim.low : end]
            count = len(marks)
        total = sum(marks)
        numerator, denominator = total, count
        written = f"({' + '.join(map(self._text, marks))}) / {count}"
        if factor.kind is FactorKind.DEDUCTION:
            most = factor.most
            numerator = most.numerator * self._unit * count - total * most.denominator
            denominator = most.denominator * count
            written = f"{exact(most)} - {written}"
        units = divide(numerator, denominator, self._case.rounding)
        mean = shown(numerator, denominator * self._unit, self._case.places + 4)
        left = f"; left out {', '.join(map(self._text, dropped))}" if dropped else ""
        lines.append(f"{factor.id}: {written} = {mean} -> {write_units(units, self._case.places)}{left}")
        return units

    def _text(self, units: int) -> str:
        """A mark as a person writes it; there are few different ones, so each is written once."""
        text = self._texts.get(units)
        if text is None:
            text = self._texts[units] = shown(units, self._unit, self._case.places)
        return text

    def _factor_sums(self, units: Sequence[int], lines: list[str]) -> _Points:
        """Group sums of the rounded factor means, and the bid's points after weights."""
        case = self._case
        groups: dict[str, int] = {}
        points, terms = Fraction(0), []
        for group, columns in self._groups.items():
            groups[group] = sum(units[column] for column in columns)
            written = write_units(groups[group], case.places)
            lines.append(f"{group}: {self._sum([units[column] for column in columns])} = {written}")
            points += case.weights.get(group, 1) * groups[group]
            terms.append(weighted(case, group, written))
        alone = [units[column] for column in self._alone]
        if alone:
            points += sum(alone)
            terms.append(self._sum(alone))
        return groups, points / self._unit, terms

    def _sum(self, units: Sequence[int]) -> str:
        return " + ".join(write_units(score, self._case.places) for score in units)

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
        return groups, Fraction(mean, self._unit), [write_units(mean, case.places)]

    def _mean(
        self, name: str, summing: Summing, rows: Sequence[tuple[str, tuple[int | None, ...]]], lines: list[str]
    ) -> int:
        totals = [(expert, summing.total(marks)) for expert, marks in rows]
        numerator, denominator = sum(total for _, total in totals), summing.scale * len(totals)
        units = divide(numerator * self._unit, denominator, self._case.rounding)
        digits = self._case.places + 4
        terms = " + ".join(f"{expert} {shown(total, summing.scale, digits)}" for expert, total in totals)
        mean = shown(numerator, denominator, digits)
        lines.append(f"{name}: ({terms}) / {len(totals)} = {mean} -> {write_units(units, self._case.places)}")
        return units
