"""The rule files that come with the program: each computes what its wording says, worked out here in words.

The functions below are written from the wordings, not from the rule files: benchmark, then score.
"""

from __future__ import annotations

import json
import math
import random
from fractions import Fraction as F

import pytest
from scoring_reference import fixed, half, plain, powered

import resources
from app.scoring import Refusal, price_scores, read_case, score_document

FOLDER = resources.path("rules", "price")
FILES = sorted(path.stem for path in FOLDER.glob("*.json"))
CEILING = F(130)
TABLE = FOLDER.parents[2] / "docs" / "price-rules.md"


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def mean(prices):
    return sum(prices, F(0)) / len(prices)


def without(prices, highest, lowest):
    ordered = sorted(prices)
    return ordered[lowest : len(ordered) - highest] if highest + lowest < len(ordered) else ordered


def slopes(full, above, below, least=None, most=None, step=lambda size: size):
    def points(price, base):
        size = step(abs(price - base) / base * 100)
        loss = size * F(above if price >= base else below)
        loss = min(loss, F(most)) if most is not None else loss
        result = F(full) - loss
        return result if least is None else max(result, F(least))

    return points


def over(full):
    return lambda price, base: min(F(full), F(full) * base / price)


def interval_mean_float(prices):
    n = len(prices)
    highest, lowest = (0, 0) if n <= 5 else (1, 1) if n <= 10 else (2, 1) if n <= 20 else (3, 2) if n <= 30 else (4, 3)
    rest = without(prices, highest, lowest)
    first = mean(rest)
    valid = [price for price in rest if first * F("0.85") < price < first * F("1.10")] or rest
    return mean(valid) * F("0.99")


def composite_float(prices):
    first = mean(prices)
    if len(prices) <= 5:
        return first * F("0.99")
    inside = [price for price in prices if first * F("0.85") < price < first * F("1.10")]
    return mean(inside or prices) * F("0.99")


def composite_lowest(prices):
    n = len(prices)
    highest, lowest = (0, 0) if n < 10 else (1, 1) if n < 20 else (2, 1) if n < 30 else (3, 2)
    rest = without(prices, highest, lowest)
    first = mean(rest)
    inside = [price for price in rest if first * F("0.80") <= price <= first * F("1.10")]
    return (mean(inside) + min(inside)) / 2 if inside else mean(prices)


def within(low, high):
    def base(prices):
        first = mean(prices)
        return mean([price for price in prices if first * F(low) <= price <= first * F(high)] or prices)

    return base


def half_ceiling(prices):
    inside = [price for price in prices if CEILING * F("0.95") <= price <= CEILING]
    return (mean(inside) + CEILING) / 2 if inside else CEILING * F("0.98")


def turning(price, base):
    percent = (price - base) / base * 100
    whole = math.floor(abs(percent))
    if percent < 0:
        return F(max(0, 25 + whole if whole <= 5 else 30 - (whole - 5)))
    return F(max(0, 25 - whole))


def three_averages(prices):
    ordered = sorted(prices)
    n = len(ordered)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    second = ordered[1] if n > 1 else ordered[0]
    return half(mean(prices) * F("0.4") + (median + second) * F("0.3"), 0, "half_up")


def twenty_per_cent(prices):
    n = len(prices)
    if n < 7:
        return mean(prices)
    each = math.floor(F(n, 5) + F(1, 2))
    ordered = sorted(prices)
    gone_low, gone_high, stay = ordered[:each], ordered[n - each :], ordered[each : n - each]
    stay += [price for price in gone_low if gone_low[-1] in stay and price == gone_low[-1]]
    stay += [price for price in gone_high if gone_high[0] in stay and price == gone_high[0]]
    return mean(stay)


def curve(price, base):
    if price >= base:
        return 100 * powered(base / price, F("1.5"))
    return 100 * powered(price / base, F("0.5"))


WORDED = {
    "sgcc-interval-mean-float": (interval_mean_float, slopes("100", "1.5", "0.3")),
    "sgcc-mean-float": (lambda p: mean(p) * F("0.99"), slopes("100", "1.5", "0.3", "0")),
    "sgcc-interval-composite-float": (composite_float, slopes("100", "1.5", "0.3", "0")),
    "sgcc-interval-composite-lowest": (composite_lowest, slopes("100", "1", "0.6", "0")),
    "sgcc-lowest": (min, over("100")),
    "sgcc-simple-mean": (mean, slopes("100", "1", "0.8", "0")),
    "sgcc-interval-power": (lambda p: within("0.80", "1.10")(p) * F("0.98"), curve),
    "sgcc-interval-composite-mean": (within("0.80", "1.15"), slopes("100", "1", "0.5", "0")),
    "trimmed-mean-from-five": (
        lambda p: mean(without(p, 1, 1) if len(p) >= 5 else p),
        slopes("60", "0.2", "0.1", "0"),
    ),
    "trimmed-mean-less-five-percent": (
        lambda p: mean(p if len(p) <= 5 else without(p, 1, 0) if len(p) == 6 else without(p, 1, 1)) * F("0.95"),
        slopes("100", "1.2", "0.8"),
    ),
    "slopes-five-and-half": (mean, slopes("40", "5", "2.5")),
    "loss-at-most-five": (mean, slopes("30", "0.2", "0.1", most="5")),
    "discount-converted": (min, over("30")),
    "discount-ratio": (max, lambda price, base: F(30) * price / base),
    "lowest-after-correction": (min, over("10")),
    "mean-started-percent": (lambda p: mean(p) * F("0.95"), slopes("30", "1", "0.5", step=math.ceil)),
    "trimmed-mean-whole-percent": (
        lambda p: mean(without(p, 1, 1) if len(p) > 4 else p),
        slopes("30", "0.1", "0.1", "0", step=math.floor),
    ),
    "half-ceiling-then-turn": (half_ceiling, turning),
    "three-averages": (three_averages, slopes("30", "1", "0.5", "0")),
    "trim-twenty-percent": (twenty_per_cent, slopes("60", "1", "0.5", "0")),
    "floor-at-ten": (mean, slopes("15", "0.2", "0.1", "10")),
}


def test_every_file_has_its_wording_and_every_wording_its_file():
    assert sorted(WORDED) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_rule_computes_what_the_wording_says(name):
    base_of, points_of = WORDED[name]
    rule = load(name)["rule"]
    dice = random.Random(name)
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 20, 21, 29, 30, 31, 40):
        width = dice.choice([3, 15, 40])
        quotes = [F(dice.randint(10000 - 100 * width, 10000 + 100 * width), 100) for _ in range(n)]
        quotes += [dice.choice(quotes)] * (n % 3)  # equal prices too
        found = price_scores(rule, [plain(price) for price in quotes], ceiling=plain(CEILING))
        base = base_of(quotes)
        assert found.benchmark == plain(base)
        rounding = rule.get("rounding", "half_up")
        assert list(found.scores) == [fixed(half(points_of(price, base), 2, rounding), 2) for price in quotes]


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_where_it_comes_from_and_which_parameters_were_chosen(name):
    document = load(name)
    assert set(document) == {"id", "wording", "name", "source", "parameters", "rule"}
    assert document["id"] == name
    assert set(document["name"]) == {"zh", "en"}
    assert document["name"]["en"].isascii()
    assert document["source"]
    assert all(isinstance(value, str) for value in document["parameters"].values())


def lawful_in_zc(case):
    try:
        read_case(case)
    except Refusal as refusal:
        return refusal.code not in ("trim_forbidden", "zc_low_price_only")
    return True


def test_only_the_lowest_price_rules_serve_government_procurement():
    bids = [{"id": "A", "price": "90"}, {"id": "B", "price": "100"}]
    lawful = []
    for name in FILES:
        case = {"track": "GC", "method": "comprehensive", "bids": bids, "ceiling": "130", "price": load(name)["rule"]}
        assert score_document(case)["benchmark"] is not None
        if lawful_in_zc({**case, "track": "ZC"}):
            lawful.append(name)
    assert lawful == ["discount-converted", "lowest-after-correction", "sgcc-lowest"]


def test_a_discount_converted_at_import_scores_as_its_wording():
    """(1 - best discount) / (1 - discount) x full."""
    discounts = [F("0.05"), F("0.08"), F("0.10")]
    found = price_scores(load("discount-converted")["rule"], [plain(1 - discount) for discount in discounts])
    assert list(found.scores) == [
        fixed(half(30 * (1 - max(discounts)) / (1 - discount), 2, "half_up"), 2) for discount in discounts
    ]


def test_the_table_names_every_wording_and_links_every_file():
    text = TABLE.read_text(encoding="utf-8")
    for name in FILES:
        document = load(name)
        assert f"| {document['wording']} |" in text
        assert f"rules/price/{name}.json" in text
    for wording in ("chinamae", "pg-cny-853", "xuchang-70096"):
        assert f"| {wording} |" in text
    assert len([line for line in text.splitlines() if line.startswith("| ") and "---" not in line]) == 24 + 2
