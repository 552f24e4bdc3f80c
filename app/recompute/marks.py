"""Remarks on the marks themselves: missing, impossible, differing where they must agree, far off, unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from app.recompute.model import Kind, Mark, Place, Remark, Statement
from app.scoring import Bid, Factor, FactorKind
from app.scoring.numbers import exact, shown

Given = dict[str, Mark]
"""The marks on one factor of one bid, by expert."""


def mark_remarks(statement: Statement) -> Iterator[Remark]:
    """All remarks on marks of live bids, bid by bid and factor by factor."""
    case = statement.case
    if not case.factors:
        return
    marked = {expert for expert, _, _ in statement.marks}
    absent = [expert for expert in case.experts if expert not in marked]
    for expert in absent:
        yield remark(statement, Kind.SHEET_MISSING, statement.marks_at, expert=expert)
    experts = [expert for expert in case.experts if expert in marked]
    for bid in case.bids:
        for factor in case.factors if bid.live else ():
            given: Given = {}
            for expert in experts:
                mark = statement.marks.get((expert, bid.id, factor.id))
                if mark is None:
                    at = _beside(statement, expert, bid.id)
                    yield remark(statement, Kind.MARK_MISSING, at, expert=expert, bid=bid, factor=factor)
                else:
                    given[expert] = mark
            if factor.kind is not FactorKind.PASS_FAIL:
                yield from _impossible(statement, bid, factor, given)
                yield from _differing(statement, bid, factor, given)
                yield from _unexplained(statement, bid, factor, given)


def remark(
    statement: Statement,
    kind: Kind,
    place: Place,
    *,
    stated: str | None = None,
    right: str | None = None,
    expert: str | None = None,
    bid: Bid | None = None,
    factor: Factor | None = None,
    group: str | None = None,
    **details: str,
) -> Remark:
    """A remark with the names and the article that the statement knows."""
    return Remark(
        kind=kind,
        place=place,
        rule=statement.standard.citations[kind.topic],
        stated=stated,
        right=right,
        expert=expert,
        bid=None if bid is None else bid.id,
        factor=None if factor is None else factor.id,
        group=group,
        bid_name="" if bid is None else statement.names.get(bid.id, ""),
        factor_name="" if factor is None else statement.factor_names.get(factor.id, ""),
        details=tuple(details.items()),
    )


def _beside(statement: Statement, expert: str, bid: str) -> Place:
    """Where a missing mark would stand: beside the expert's other marks on the bid, where there are any."""
    for factor in statement.case.factors:
        mark = statement.marks.get((expert, bid, factor.id))
        if mark is not None and mark.place.path is None:
            return Place(mark.place.file, mark.place.sheet, mark.place.row)
    return statement.marks_at


def _impossible(statement: Statement, bid: Bid, factor: Factor, given: Given) -> Iterator[Remark]:
    places = statement.case.places
    limits = f"{exact(factor.least)}–{exact(factor.most)}"
    for expert, mark in given.items():
        if not factor.least <= mark.value <= factor.most:
            kind, told = Kind.MARK_OUT_OF_RANGE, mark
        elif (mark.value * 10**places).denominator != 1:
            kind, told = Kind.MARK_TOO_FINE, mark
        else:
            continue
        yield remark(
            statement,
            kind,
            told.place,
            stated=told.text,
            right=limits if kind is Kind.MARK_OUT_OF_RANGE else None,
            expert=expert,
            bid=bid,
            factor=factor,
            places=str(places),
        )


def _differing(statement: Statement, bid: Bid, factor: Factor, given: Given) -> Iterator[Remark]:
    """One remark for a factor that must agree and does not, at the first mark that differs from the first."""
    if factor.kind is not FactorKind.OBJECTIVE or len({mark.value for mark in given.values()}) < 2:
        return
    first, *others = given.values()
    odd = next(mark for mark in others if mark.value != first.value)
    told = "、".join(f"{expert} {mark.text}" for expert, mark in given.items())
    yield remark(statement, Kind.OBJECTIVE_DIFFERS, odd.place, stated=told, bid=bid, factor=factor)


def _unexplained(statement: Statement, bid: Bid, factor: Factor, given: Given) -> Iterator[Remark]:
    """Marks far from the mean, and marks that need a reason and have none."""
    standard = statement.standard
    mean = sum((Fraction(mark.value) for mark in given.values()), Fraction(0)) / max(len(given), 1)
    limit = max(standard.deviation_points, standard.deviation_share * abs(mean))
    least = None if standard.reason_below is None else standard.reason_below * factor.most
    subjective = factor.kind is FactorKind.SUBJECTIVE
    for expert, mark in given.items():
        found: list[tuple[Kind, dict[str, str]]] = []
        if subjective and abs(mark.value - mean) > limit:
            asked = standard.reason_for_deviation and not mark.reason
            kind = Kind.REASON_MISSING_DEVIATION if asked else Kind.DEVIATION
            found.append((kind, {"mean": cut(mean), "limit": cut(limit)}))
        if subjective and least is not None and mark.value < least and not mark.reason:
            share = cut((standard.reason_below or Fraction(0)) * 100)
            found.append((Kind.REASON_MISSING_BELOW, {"limit": cut(least), "share": share}))
        if standard.reason_for_deduction and factor.kind is FactorKind.DEDUCTION and mark.value > 0 and not mark.reason:
            found.append((Kind.REASON_MISSING_DEDUCTION, {}))
        for kind, details in found:
            yield remark(
                statement, kind, mark.place, stated=mark.text, expert=expert, bid=bid, factor=factor, **details
            )


def cut(value: Fraction) -> str:
    """A number for a sentence: exact where it ends within four decimals, else cut with `...`."""
    return shown(value.numerator, value.denominator, 4)
