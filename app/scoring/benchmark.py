"""The benchmark price: trim, band, value, mix, float, factor, rounding, each step told as it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.scoring.model import Band, BenchmarkRule, IfEmpty, MixPart, PriceRule, Source, TrimRow, TrimTies
from app.scoring.numbers import Rounding, divide, exact, round_value, shown, write_units
from app.scoring.refusal import Code, Refusal

StepTold = dict[str, Any]

SHORT_PLACES: Final = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """An evaluated price that counts for the benchmark, with the bid that it belongs to."""

    bid: str
    price: Fraction


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The benchmark price, as written, in short for a line of working, and the steps that led to it."""

    value: Fraction
    text: str
    short: str
    working: tuple[StepTold, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a benchmark may refer to: all offers by rising price, `n` of the contract, ceiling and budget."""

    offers: tuple[Offer, ...]
    n: int
    ceiling: Fraction | None
    budget: Fraction | None

    def limit(self, source: Source) -> Fraction:
        """The ceiling or the budget; refuses its absence."""
        limit = self.ceiling if source is Source.CEILING else self.budget
        if limit is None:
            raise Refusal(Code.MISSING_KEY, source.value)
        return limit


def find_benchmark(
    rule: PriceRule, offers: Sequence[Offer], n: int, ceiling: Fraction | None, budget: Fraction | None
) -> Benchmark:
    """The benchmark of `offers` (one at least) under `rule`; refuses one that is not above zero.

    `n` is the number that trim and band ask: the offers, and the unopened bids where the rule counts them.
    """
    steps = rule.benchmark
    setting = Setting(tuple(sorted(offers, key=lambda offer: offer.price)), n, ceiling, budget)
    told: list[StepTold] = []
    trimmed = _trim(steps, setting, told)
    kept, emptied = _band(steps.band, trimmed, setting, told)
    value = _source(steps.value, kept, setting)
    told.append({"step": "value", "kind": steps.value.value, "result": exact(value)})
    mix = steps.mix
    if emptied and steps.band is not None and steps.band.mix_if_empty is not None:
        mix = steps.band.mix_if_empty
    if mix:
        value = _mix(mix, value, kept, setting, told)
    if steps.float_share:
        value *= 1 + steps.float_share
        told.append({"step": "float", "by": exact(steps.float_share), "result": exact(value)})
    if steps.factor != 1:
        value *= steps.factor
        told.append({"step": "factor", "by": exact(steps.factor), "result": exact(value)})
    text = exact(value)
    if steps.places is not None:
        value = round_value(value, steps.places, rule.rounding)
        text = write_units(int(value * 10**steps.places), steps.places)
        told.append({"step": "round", "places": steps.places, "rounding": rule.rounding.value, "result": text})
    if value <= 0:
        raise Refusal(
            Code.BAD_PRICE,
            "price.benchmark",
            ("基准价不大于零, 请核对价格规则。", "The benchmark is not above zero; check the price rule."),
        )
    return Benchmark(value, text, in_short(value), tuple(told))


def in_short(value: Fraction) -> str:
    """`value` for a line that a person recomputes: exact where it ends soon, else cut with `...`."""
    return shown(value.numerator, value.denominator, SHORT_PLACES)


def _trim(rule: BenchmarkRule, setting: Setting, told: list[StepTold]) -> tuple[Offer, ...]:
    offers = setting.offers
    low, high = _trim_counts(rule.trim, setting.n)
    end = len(offers) - high
    kept = offers
    if low < end:  # else nothing would be left, and no trim is done
        stays = offers[low:end]
        if rule.trim_ties is TrimTies.VALUE:
            gone = {offer.price for offer in (*offers[:low], *offers[end:])}
            kept = tuple(offer for offer in stays if offer.price not in gone) or offers
        elif rule.trim_ties is TrimTies.KEEP:
            # Prices are sorted: only those equal to an end of what stays are equal to one that stays.
            ends = {stays[0].price, stays[-1].price}
            kept = tuple(offer for place, offer in enumerate(offers) if low <= place < end or offer.price in ends)
        else:
            kept = stays
    remaining = {offer.bid for offer in kept}
    told.append({"step": "trim", "dropped": [offer.bid for offer in offers if offer.bid not in remaining]})
    return kept


def _trim_counts(rows: Sequence[TrimRow], n: int) -> tuple[int, int]:
    """How many lowest and highest the last row that applies to `n` drops."""
    low = high = 0
    for row in rows:
        if row.start <= n:
            if row.share is None:
                low, high = row.low, row.high
            else:
                low = high = divide(row.share.numerator * n, row.share.denominator, Rounding.HALF_UP)
    return low, high


def _band(
    band: Band | None, trimmed: tuple[Offer, ...], setting: Setting, told: list[StepTold]
) -> tuple[tuple[Offer, ...], bool]:
    """What the band keeps, and whether it kept nothing (then its stand-in is returned)."""
    if band is None or setting.n < band.start:
        return trimmed, False
    reference = _source(band.around, trimmed, setting)
    low = None if band.low is None else reference * (1 + band.low)
    high = None if band.high is None else reference * (1 + band.high)
    kept = tuple(offer for offer in trimmed if _inside(offer.price, low, high, band.inclusive))
    step: StepTold = {
        "step": "band",
        "around": band.around.value,
        "reference": exact(reference),
        "low": None if low is None else exact(low),
        "high": None if high is None else exact(high),
        "inclusive": band.inclusive,
        "kept": [offer.bid for offer in kept],
    }
    told.append(step)
    if kept:
        return kept, False
    step["if_empty"] = band.if_empty.value
    return (trimmed if band.if_empty is IfEmpty.TRIMMED else setting.offers), True


def _inside(price: Fraction, low: Fraction | None, high: Fraction | None, inclusive: bool) -> bool:
    above = low is None or price > low or (inclusive and price == low)
    return above and (high is None or price < high or (inclusive and price == high))


def _mix(
    mix: Sequence[MixPart],
    value: Fraction,
    kept: tuple[Offer, ...],
    setting: Setting,
    told: list[StepTold],
) -> Fraction:
    total = Fraction(0)
    parts = []
    for part in mix:
        amount = value if part.of is Source.VALUE else _source(part.of, kept, setting)
        total += part.weight * amount
        parts.append({"of": part.of.value, "weight": exact(part.weight), "amount": exact(amount)})
    told.append({"step": "mix", "parts": parts, "result": exact(total)})
    return total


def _mean(offers: Sequence[Offer]) -> Fraction:
    return sum((offer.price for offer in offers), Fraction(0)) / len(offers)


def _median(offers: Sequence[Offer]) -> Fraction:
    middle, odd = divmod(len(offers), 2)
    return offers[middle].price if odd else (offers[middle - 1].price + offers[middle].price) / 2


_OF_OFFERS: dict[Source, Callable[[Sequence[Offer]], Fraction]] = {
    Source.MEAN: _mean,
    Source.MEDIAN: _median,
    Source.LOWEST: lambda offers: offers[0].price,
    Source.SECOND_LOWEST: lambda offers: offers[min(1, len(offers) - 1)].price,
    Source.HIGHEST: lambda offers: offers[-1].price,
}


def _source(source: Source, kept: Sequence[Offer], setting: Setting) -> Fraction:
    """A price on the way: of what was `kept` (by rising price), of all offers, or a limit of the case."""
    if source in (Source.CEILING, Source.BUDGET):
        return setting.limit(source)
    if source is Source.MEAN_ALL:
        return _mean(setting.offers)
    return _OF_OFFERS[source](kept)
