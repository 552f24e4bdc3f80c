"""Remarks on stated figures: each compared with the one right figure; a figure that others have and one lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.recompute.marks import remark
from app.recompute.model import Figure, Kind, Remark, Statement
from app.recompute.right import Right, expert_total, sum_of_totals
from app.scoring import Bid, Factor, Rounding
from app.scoring.numbers import round_value


@dataclass(frozen=True, slots=True)
class Pair:
    """A stated figure beside the right one (None = the marks do not tell it), and what it is about."""

    kind: Kind
    stated: Figure
    right: str | None
    expert: str | None = None
    bid: Bid | None = None
    factor: Factor | None = None
    group: str | None = None
    unrounded: Rounding | None = None
    """Set where no rule rounds the right figure: then the stated one may be it, rounded this way."""

    @property
    def agrees(self) -> bool:
        """Whether the stated figure is right, or nothing can be said."""
        if self.right is None:
            return True
        value = Fraction(self.right)
        if self.unrounded is not None:
            value = round_value(value, self.stated.decimals, self.unrounded)
        return self.stated.value == value


def pairs(statement: Statement, right: Right) -> Iterator[Pair]:
    """Every stated figure of a live bid with its right one: sheets, means, sections, prices, totals."""
    case = statement.case
    live = [bid for bid in case.bids if bid.live]
    for bid in live:
        for expert in case.experts:
            figure = statement.expert_totals.get((expert, bid.id))
            if figure is not None:
                told = expert_total(statement, right, expert, bid.id)
                yield Pair(Kind.EXPERT_TOTAL_WRONG, figure, told, expert=expert, bid=bid)
        for factor in case.point_factors:
            figure = statement.factor_means.get((bid.id, factor.id))
            if figure is not None:
                told = right.factor_mean(bid.id, factor.id)
                yield Pair(Kind.FACTOR_MEAN_WRONG, figure, told, bid=bid, factor=factor)
        for group in groups(statement):
            figure = statement.group_scores.get((bid.id, group))
            if figure is not None:
                yield Pair(Kind.GROUP_SCORE_WRONG, figure, right.group_score(bid.id, group), bid=bid, group=group)
    rule = case.price
    rounding = case.rounding if rule is None else rule.rounding
    if statement.benchmark is not None:
        free = rounding if rule is None or rule.benchmark.places is None else None
        yield Pair(Kind.BENCHMARK_WRONG, statement.benchmark, right.prices.benchmark, unrounded=free)
    for bid in live:
        yield from _bid_pairs(statement, right, bid, rounding)


def _bid_pairs(statement: Statement, right: Right, bid: Bid, rounding: Rounding) -> Iterator[Pair]:
    found: tuple[tuple[Kind, Mapping[str, Figure], Callable[[], str | None], Rounding | None], ...] = (
        (Kind.EVALUATED_PRICE_WRONG, statement.evaluated_prices, lambda: right.evaluated_price(bid.id), rounding),
        (Kind.PRICE_SCORE_WRONG, statement.price_scores, lambda: right.price_score(bid.id), None),
        (Kind.SUM_WRONG, statement.sums, lambda: sum_of_totals(statement, right, bid.id), None),
        (Kind.TOTAL_WRONG, statement.totals, lambda: right.total(bid.id), None),
    )
    for kind, figures, told, unrounded in found:
        figure = figures.get(bid.id)
        if figure is not None:
            yield Pair(kind, figure, told(), bid=bid, unrounded=unrounded)


def groups(statement: Statement) -> list[str]:
    """The groups of the case in the factors' order."""
    return list(dict.fromkeys(factor.group for factor in statement.case.point_factors if factor.group is not None))


def figure_remarks(statement: Statement, right: Right) -> Iterator[Remark]:
    """Wrong figures, then figures that are not there."""
    for pair in pairs(statement, right):
        if not pair.agrees:
            yield remark(
                statement,
                pair.kind,
                pair.stated.place,
                stated=pair.stated.text,
                right=pair.right,
                expert=pair.expert,
                bid=pair.bid,
                factor=pair.factor,
                group=pair.group,
            )
    yield from _missing(statement)


def _missing(statement: Statement) -> Iterator[Remark]:
    """Figures of live bids that are stated for other bids."""
    means = {factor for _, factor in statement.factor_means}
    sections = {group for _, group in statement.group_scores}
    whole = (("price_score", statement.price_scores), ("total", statement.totals), ("rank", statement.ranks))
    for bid in statement.case.bids:
        if not bid.live:
            continue
        at = statement.figures_at.get(bid.id, statement.bids_at[bid.id])
        for factor in statement.case.point_factors:
            if factor.id in means and (bid.id, factor.id) not in statement.factor_means:
                yield remark(statement, Kind.FIGURE_MISSING, at, bid=bid, factor=factor, part="factor_mean")
        for group in groups(statement):
            if group in sections and (bid.id, group) not in statement.group_scores:
                yield remark(statement, Kind.FIGURE_MISSING, at, bid=bid, group=group, part="group_score")
        for part, figures in whole:
            if figures and bid.id not in figures:
                yield remark(statement, Kind.FIGURE_MISSING, at, bid=bid, part=part)
