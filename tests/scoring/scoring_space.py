"""Random cases over the whole rule space: both tracks, both methods, every step, kind, trim, mix and absence."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import strategies as st
from scoring_cases import BENCHMARKS, Doc, decimals, score_rules

DICE = st.integers(0, 2**32 - 1).map(random.Random)
TRACKS = st.sampled_from(["GC", "GC", "GC", "GC", "ZC"])
METHODS = st.sampled_from(["comprehensive"] * 6 + ["lowest_evaluated_price"])
PLACES = st.sampled_from([None, 0, 1, 2, 3])
ROUNDINGS = st.sampled_from([None, "half_up", "half_even", "down", "up"])
FATES = st.sampled_from(["live"] * 5 + ["rejected", "kept", "not_opened", "both"])
KINDS = st.sampled_from(["subjective", "objective", "deduction", "below zero", "pass_fail"])
GROUPS = st.sampled_from(["technical", "commercial", "service", None])
BREAKERS = st.lists(
    st.sampled_from(["price_asc", "technical_desc", "commercial_desc", "price_score_desc"]), max_size=2, unique=True
)
LOW_RATES = st.fixed_dictionaries(
    {}, optional={"mean": decimals(80, 99), "second_lowest": decimals(80, 99), "ceiling": decimals(60, 90)}
)
SUBTRACTED = st.fixed_dictionaries({"of": st.sampled_from(["mean_all", "lowest"]), "weight": decimals(-20, -1)})
PRICE_OPTIONS = st.fixed_dictionaries(
    {}, optional={"places": st.integers(0, 4), "rounding": ROUNDINGS, "count_not_opened": st.booleans()}
)
JUDGE_TRIMS = st.fixed_dictionaries(
    {
        "from": st.integers(1, 5),
        "high": st.integers(0, 2),
        "low": st.integers(0, 2),
        "per": st.sampled_from(["factor", "total"]),
        "widest_first": st.booleans(),
    }
)


def number(dice: random.Random, low: int, high: int, places: int = 2) -> str:
    """A decimal string between `low` and `high` units of 10^-places, with or without trailing zeros."""
    units = dice.randint(low, high)
    digits = str(abs(units)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    text = text.rstrip("0").rstrip(".") if places and dice.random() < 0.5 else text
    return f"-{text}" if units < 0 else text


@st.composite
def whole_space(draw: st.DrawFn) -> Doc:
    """A valid case; only a benchmark not above zero may still be refused.

    Shapes are drawn one by one, so that a failing case shrinks; prices and marks come from seeded dice.
    """
    dice = draw(DICE)
    track, method, places = draw(TRACKS), draw(METHODS), draw(PLACES)
    names = [f"E{position}" for position in range(draw(st.integers(1, 9)), 0, -1)]
    bids = [_bid(draw, dice, f"B{position}", track, always=not position) for position in range(draw(st.integers(1, 7)))]
    factors = [_factor(draw, dice, f"F{position}") for position in range(draw(st.integers(0, 4)))]
    case: Doc = {
        "track": track,
        "method": method,
        "ceiling": number(dice, 11000, 13000),
        "budget": number(dice, 11000, 13000),
        "bids": bids,
        "factors": factors,
        "sheets": _sheets(dice, names, bids, factors, 2 if places is None else places, draw(st.booleans())),
        "average": draw(st.sampled_from([None, "factor_means", "expert_totals"])),
        "places": places,
        "rounding": draw(ROUNDINGS),
        "tie_breakers": draw(BREAKERS),
        "abnormally_low": draw(LOW_RATES),
        "min_bids": draw(st.sampled_from([None, 1, 3])),
    }
    if draw(st.booleans()):
        case["experts"] = names
    if draw(st.booleans()):
        groups = {factor["group"]: None for factor in factors if factor.get("group")}
        case["weights"] = {group: number(dice, 0, 120) for group in [*list(groups)[:2], "price"]}
    if track == "GC" and draw(st.booleans()):
        case["judge_trim"] = draw(JUDGE_TRIMS)
        if case["average"] == "expert_totals":
            case["judge_trim"]["per"] = "total"
    if method == "comprehensive" and draw(st.integers(0, 5)):
        case["price"] = {"full": number(dice, 1000, 6000), **_rule(draw, track), **draw(PRICE_OPTIONS)}
    return case


def _bid(draw: st.DrawFn, dice: random.Random, name: str, track: str, always: bool) -> Doc:
    bid: Doc = {"id": name, "price": dice.choice(["100", number(dice, 8000, 12000)])}
    fate = "live" if always else draw(FATES)
    if fate in ("rejected", "kept", "both"):
        bid["rejected"] = True
    if fate == "kept" and track == "GC":
        bid["kept_in_benchmark"] = True
    if fate in ("not_opened", "both"):
        bid |= {"not_opened": True, "price": None}
    if dice.random() < 0.3:
        bid["brand"] = dice.choice([None, "X", "Y"])
    if draw(st.booleans()):
        kinds = [
            {"kind": "policy", "rate": number(dice, 0, 20)},
            {"amount": number(dice, -500, 500)},
            {"rate": number(dice, 0, 20), "amount": number(dice, -500, 500)},
            {"score_bonus": number(dice, 0, 10)},
        ]
        bid["adjustments"] = dice.sample(kinds, dice.randint(1, 2))
    return bid


def _factor(draw: st.DrawFn, dice: random.Random, name: str) -> Doc:
    kind, group = draw(KINDS), draw(GROUPS)
    factor: Doc = {"id": name, "kind": "subjective" if kind == "below zero" else kind}
    if group:
        factor["group"] = group
    if kind == "below zero":
        factor |= {"min": "-3", "max": "0"}  # points taken off from nothing
    elif kind != "pass_fail":
        factor |= {"min": dice.choice(["0", "0", "1"]), "max": dice.choice(["10", "7.5", "3"])}
    return factor


def _sheets(dice: random.Random, names: list[str], bids: list[Doc], factors: list[Doc], places: int, gaps: bool) -> Doc:
    """Marks close together and far apart; with `gaps` all experts but the first may leave some out."""
    unit, sheets = 10**places, {}
    for name in names:
        sheets[name] = {bid["id"]: {} for bid in bids}
        for entry in sheets[name].values():
            for factor in factors:
                absent = gaps and name != names[0] and dice.random() < 0.15
                if factor["kind"] == "pass_fail":
                    entry[factor["id"]] = dice.choice(["pass", "fail", None])
                elif not absent:
                    sign = -1 if factor["max"] == "0" else 1
                    least, most = (1 if factor["min"] == "1" else 0) * unit, 3 * unit
                    low, high = (least, most) if dice.random() < 0.5 else (most - 1, most)
                    entry[factor["id"]] = number(dice, *sorted((sign * low, sign * high)), places)
                elif dice.random() < 0.5:
                    entry[factor["id"]] = None
    return sheets


def _rule(draw: st.DrawFn, track: str) -> Doc:
    if track == "ZC":  # the one rule of 87号令 55条
        return {"benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}}
    benchmark, score = draw(BENCHMARKS), draw(score_rules())
    if not draw(st.integers(0, 5)):  # a source may be taken off again
        benchmark["mix"] = [{"of": "value", "weight": "1"}, *(benchmark.get("mix") or [])[:1], draw(SUBTRACTED)]
    return {"benchmark": benchmark, "score": score}


def without(case: Doc, gone: set[str]) -> Doc:
    """The case as though the bids `gone` had never come."""
    fewer = copy.deepcopy(case)
    fewer["bids"] = [bid for bid in fewer["bids"] if bid["id"] not in gone]
    for sheet in fewer["sheets"].values():
        for name in gone:
            sheet.pop(name, None)
    return fewer


def written(value: Fraction) -> str:
    """A terminating value as a decimal string, without trailing zeros."""
    places = next(places for places in range(60) if 10**places % value.denominator == 0)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


def sum_of(terms: str) -> Fraction:
    """The value of `1.5 + 0.4 x 12.00 - 3`, as a person reads it."""
    total, sign = Fraction(0), 1
    for word in re.split(r" ([+-]) ", terms):
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            first, *others = map(Fraction, word.split(" x "))
            for other in others:
                first *= other
            total += sign * first
    return total


SHAPES = 77  # how many `shapes` there are: every one is met in a long run


def shapes(case: Doc) -> Iterator[str]:
    """What a case has in it, as `key value`: to see that random cases reach every corner."""
    rule, trim = case.get("price"), case.get("judge_trim")
    yield f"track {case['track']}"
    yield f"method {case['method']}"
    yield f"average {case.get('average') or 'factor_means'}"
    yield f"rounding {case.get('rounding') or 'half_up'}"
    if case.get("weights"):
        yield "weights"
    for breaker in case.get("tie_breakers") or []:
        yield f"tie breaker {breaker}"
    for kind in sorted({factor["kind"] for factor in case["factors"]}):
        yield f"factor {kind}"
    if any(factor.get("max") == "0" for factor in case["factors"]):
        yield "factor below zero"
    points = [factor["id"] for factor in case["factors"] if factor["kind"] != "pass_fail"]
    if any(entry.get(name) is None for sheet in case["sheets"].values() for entry in sheet.values() for name in points):
        yield "absent mark"
    if trim:
        yield f"judge trim per {trim['per']}"
        if trim["widest_first"]:
            yield "judge trim widest first"
    for fate in ("rejected", "kept_in_benchmark", "not_opened", "brand"):
        if any(bid.get(fate) for bid in case["bids"]):
            yield f"bid {fate}"
    for kind in ("rate", "amount", "score_bonus"):
        if any(kind in step for bid in case["bids"] for step in bid.get("adjustments") or []):
            yield f"adjustment {kind}"
    if rule:
        yield from _rule_shapes(rule)


def _rule_shapes(rule: Doc) -> Iterator[str]:
    benchmark, score = rule["benchmark"], rule["score"]
    yield f"value {benchmark.get('value') or 'mean'}"
    yield f"score {score['kind']}"
    if score["kind"] == "deviation":
        yield f"step {score.get('step') or 'linear'}"
        for key in ("deviation_places", "max_loss_above", "max_loss_below", "floor"):
            if score.get(key) is not None:
                yield f"deviation {key}"
    if benchmark.get("trim"):
        yield f"trim ties {benchmark.get('trim_ties') or 'position'}"
        yield from sorted({"trim share" if "share" in row else "trim counts" for row in benchmark["trim"]})
    band = benchmark.get("band")
    if band is not None:
        yield f"band around {band.get('around') or 'mean'}"
        yield f"band if empty {band.get('if_empty') or 'trimmed'}"
        yield f"band {'inclusive' if band.get('inclusive') else 'exclusive'}"
        if band.get("mix_if_empty"):
            yield "band mix if empty"
    for part in benchmark.get("mix") or []:
        yield f"mix {part['of']}"
    for key in ("float", "factor", "places"):
        if benchmark.get(key) is not None:
            yield f"benchmark {key}"
    if rule.get("count_not_opened"):
        yield "count not opened"
