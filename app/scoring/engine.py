"""Scoring a case from end to end: benchmark, price points, expert points, totals, ranks, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.scoring.benchmark import Benchmark, Offer, find_benchmark
from app.scoring.experts import marks_given
from app.scoring.findings import abnormally_low, mark_findings, too_few
from app.scoring.model import Bid, Method, PriceRule, ScoringCase
from app.scoring.numbers import exact, round_units, write_units
from app.scoring.prices import PricePoints, price_points
from app.scoring.ranking import Standing, rank
from app.scoring.reading_case import PRICE_GROUP, read_case
from app.scoring.result import BidResult, Result
from app.scoring.tally import BidTally, tally, weighted


def score_document(value: Mapping[str, Any]) -> dict[str, Any]:
    """The contract's output for a decoded JSON object; raises `Refusal` for a case that is not scored."""
    return score(read_case(value)).to_json()


def score(case: ScoringCase) -> Result:
    """The result of `case`: pure, exact, the same every time.

    Raises `Refusal` where a live bid lacks all marks on a factor (`no_marks`) or a benchmark is not above
    zero (`bad_price`).
    """
    live = [position for position, bid in enumerate(case.bids) if bid.live]
    given = {bid: marks_given(case, range(len(case.experts)), bid) for bid in live}
    counted = tally(case, given)
    benchmark = None if case.price is None else _benchmark(case, case.price)
    scored = {
        case.bids[position].id: _score_bid(case, case.bids[position], benchmark, counted[position]) for position in live
    }
    places = rank([found.standing for found in scored.values()], case.tie_breakers)
    ranked = [_ranked(case, scored[standing.bid.id], place.rank) for place in places for standing in place.standings]
    ties = [
        {"code": "tie", "rank": place.rank, "bids": [standing.bid.id for standing in place.standings]}
        for place in places
        if len(place.standings) > 1
    ]
    return Result(
        benchmark=None if benchmark is None else benchmark.text,
        benchmark_working=() if benchmark is None else benchmark.working,
        bids=(*ranked, *(_unranked(case, bid) for bid in case.bids if not bid.live)),
        abnormally_low=tuple(abnormally_low(case, live)),
        findings=(*mark_findings(case, given), *ties, *too_few(case, live)),
        input_rules=case.input_rules,
    )


def _benchmark(case: ScoringCase, rule: PriceRule) -> Benchmark:
    offers = [
        Offer(bid.id, bid.evaluated)
        for bid in case.bids
        if bid.evaluated is not None and (bid.live or bid.kept_in_benchmark)
    ]
    unopened = sum(bid.not_opened and not bid.rejected for bid in case.bids)
    n = len(offers) + (unopened if rule.count_not_opened else 0)
    return find_benchmark(rule, offers, n, case.ceiling, case.budget)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A live bid's points: expert points, price points (None without a price rule) and the total in units."""

    bid: Bid
    counted: BidTally
    price: PricePoints | None
    price_score: str | None
    units: int
    total_line: str
    standing: Standing


def _score_bid(case: ScoringCase, bid: Bid, benchmark: Benchmark | None, counted: BidTally) -> _Scored:
    evaluated = bid.evaluated or Fraction(0)  # a live bid has one
    points, price_score, total, terms = None, None, counted.points, list(counted.terms)
    if case.price is not None and benchmark is not None:
        points = price_points(case.price, benchmark, evaluated, bid.bonus)
        price_score = write_units(points.units, case.price.places)
        total += case.weights.get(PRICE_GROUP, 1) * Fraction(points.units, 10**case.price.places)
        terms.append(weighted(case, PRICE_GROUP, price_score))
    units = round_units(total, case.places, case.rounding)
    by_price = case.method is Method.LOWEST_EVALUATED_PRICE
    written = f"{' + '.join(terms) or 0} = {exact(total)} -> {write_units(units, case.places)}"
    return _Scored(
        bid,
        counted,
        points,
        price_score,
        units,
        written,
        Standing(bid, -evaluated if by_price else units, counted.group_units, points.units if points else 0),
    )


def _ranked(case: ScoringCase, scored: _Scored, place: int) -> BidResult:
    """A live bid's figures as written, with its rank."""
    by_price = case.method is Method.LOWEST_EVALUATED_PRICE
    lines = [f"evaluated price: {scored.bid.adjustment_line}"] if scored.bid.adjustment_line else []
    if scored.price is not None:
        lines.append(f"price: {scored.price.line}")
    lines.extend(scored.counted.lines)
    if not by_price:
        lines.append(f"total: {scored.total_line}")
    return BidResult(
        id=scored.bid.id,
        price=_written(scored.bid.price),
        evaluated_price=_written(scored.bid.evaluated),
        price_score=scored.price_score,
        factor_scores=scored.counted.factors,
        group_scores=scored.counted.groups,
        total=None if by_price else write_units(scored.units, case.places),
        rank=place,
        rejected=False,
        working=tuple(lines),
    )


def _written(price: Fraction | None) -> str | None:
    return None if price is None else exact(price)


def _unranked(case: ScoringCase, bid: Bid) -> BidResult:
    """A bid that is listed and nothing more; one not opened scores nothing for its price."""
    unopened = bid.not_opened and not bid.rejected
    return BidResult(
        id=bid.id,
        price=_written(bid.price),
        evaluated_price=_written(bid.evaluated),
        price_score="0" if unopened and case.price is not None else None,
        factor_scores=None,
        group_scores=None,
        total=None,
        rank=None,
        rejected=bid.rejected,
        working=(),
    )
