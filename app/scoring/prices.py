"""Price points: one evaluated price against the benchmark, and a whole list of prices at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.scoring.benchmark import Benchmark, Offer, find_benchmark, in_short
from app.scoring.model import PriceRule, ScoreKind, ScoreRule, Step
from app.scoring.numbers import Rounding, divide, exact, power, round_units, round_value, write_units
from app.scoring.reading import as_number
from app.scoring.reading_rule import read_price_rule
from app.scoring.refusal import Code, Refusal, at


@dataclass(frozen=True, slots=True)
class PricePoints:
    """A price score in units of the rule's last decimal, and the line that a person can recompute."""

    units: int
    line: str


@dataclass(frozen=True, slots=True)
class PriceScores:
    """The benchmark and the score of each price, as written, with the working of all of it."""

    benchmark: str
    scores: tuple[str, ...]
    benchmark_working: tuple[dict[str, Any], ...]
    working: tuple[str, ...]


def price_scores(
    rule: PriceRule | Mapping[str, Any],
    prices: Sequence[str],
    *,
    ceiling: str | None = None,
    budget: str | None = None,
    places: int = 2,
    rounding: Rounding = Rounding.HALF_UP,
) -> PriceScores:
    """Benchmark and price scores of evaluated `prices` (decimal strings), in their order.

    `rule` is a price rule, read or as JSON; `places` and `rounding` hold where its JSON names none. Refuses
    like a case: `bad_number`, `bad_price`, `no_bids`, `missing_key` for a ceiling or budget that it needs.
    """
    read = rule if isinstance(rule, PriceRule) else read_price_rule(rule, "price", places, rounding)
    offers = []
    for position, text in enumerate(prices):
        price = as_number(text, at("prices", position))
        if price <= 0:
            raise Refusal(Code.BAD_PRICE, at("prices", position))
        offers.append(Offer(str(position), price))
    if not offers:
        raise Refusal(Code.NO_BIDS, "prices")
    found = find_benchmark(
        read,
        offers,
        len(offers),
        None if ceiling is None else as_number(ceiling, "ceiling"),
        None if budget is None else as_number(budget, "budget"),
    )
    points = [price_points(read, found, offer.price) for offer in offers]
    return PriceScores(
        found.text,
        tuple(write_units(point.units, read.places) for point in points),
        found.working,
        tuple(point.line for point in points),
    )


def price_points(rule: PriceRule, benchmark: Benchmark, price: Fraction, bonus: Fraction = Fraction(0)) -> PricePoints:
    """The score of an evaluated `price`, raised by the share `bonus` within full, rounded by the rule."""
    raw, line = _SCORE[rule.score.kind](rule, benchmark, price)
    if bonus and 0 <= raw <= rule.full:  # a score beyond either end stays as it is
        raised = raw * (1 + bonus)
        line += f"; x (1 + {exact(bonus)}) = {in_short(raised)}"
        raw, line = _at_most(rule.full, raised, line)
    units = round_units(raw, rule.places, rule.rounding)
    return PricePoints(units, f"{line} -> {write_units(units, rule.places)}")


def _at_most(full: Fraction, score: Fraction, line: str) -> tuple[Fraction, str]:
    return (score, line) if score <= full else (full, f"{line}, at most {exact(full)}")


def _ratio(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    score = rule.full * benchmark.value / price
    line = f"{exact(rule.full)} x {benchmark.short} / {in_short(price)} = {in_short(score)}"
    return _at_most(rule.full, score, line)


def _ratio_high(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    score = rule.full * price / benchmark.value
    line = f"{exact(rule.full)} x {in_short(price)} / {benchmark.short} = {in_short(score)}"
    return _at_most(rule.full, score, line)


def _deviation_percent(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    """d% = (price - benchmark) / benchmark x 100, rounded where the rule says so."""
    percent = (price / benchmark.value - 1) * 100
    line = f"d = ({in_short(price)} - {benchmark.short}) / {benchmark.short} x 100 = {in_short(percent)}"
    places = rule.score.deviation_places
    if places is not None:
        percent = round_value(percent, places, rule.rounding)
        line += f" -> {write_units(int(percent * 10**places), places)}"
    return percent, line


def _stepped(score: ScoreRule, percent: Fraction) -> Fraction:
    """|d%| as it counts."""
    size = abs(percent)
    if score.step is Step.LINEAR:
        return size
    whole = Rounding.UP if score.step is Step.CEIL else Rounding.DOWN
    return Fraction(divide(size.numerator, size.denominator, whole))


def _deviation(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    score = rule.score
    percent, line = _deviation_percent(rule, benchmark, price)
    rate, most = (score.above, score.max_loss_above) if percent >= 0 else (score.below, score.max_loss_below)
    size = _stepped(score, percent)
    loss = size * rate
    line += f"; {in_short(size)} x {exact(rate)} = {in_short(loss)}"
    if most is not None and abs(loss) > most:
        loss = most if loss > 0 else -most
        line += f", at most {exact(most)}"
    points = rule.full - loss
    line += f"; {exact(rule.full)} {'-' if loss >= 0 else '+'} {in_short(abs(loss))} = {in_short(points)}"
    if score.floor is not None and points < score.floor:
        points = score.floor
        line += f", at least {exact(score.floor)}"
    return points, line


def _power(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    over, under, exponent = benchmark.short, in_short(price), rule.score.above
    base = benchmark.value / price
    if base > 1:
        over, under, exponent = under, over, rule.score.below
        base = 1 / base
    points = rule.full * power(base, exponent)
    return points, f"{exact(rule.full)} x ({over} / {under}) ^ {exact(exponent)} = {in_short(points)}"


def _table(rule: PriceRule, benchmark: Benchmark, price: Fraction) -> tuple[Fraction, str]:
    percent, line = _deviation_percent(rule, benchmark, price)
    row = next(row for row in rule.score.rows if row.up_to is None or percent <= row.up_to)
    limit = "all others" if row.up_to is None else f"up to {exact(row.up_to)}"
    return row.score, f"{line}; {limit}: {exact(row.score)}"


_SCORE: Final[dict[ScoreKind, Callable[[PriceRule, Benchmark, Fraction], tuple[Fraction, str]]]] = {
    ScoreKind.RATIO: _ratio,
    ScoreKind.RATIO_HIGH: _ratio_high,
    ScoreKind.DEVIATION: _deviation,
    ScoreKind.POWER: _power,
    ScoreKind.TABLE: _table,
}
