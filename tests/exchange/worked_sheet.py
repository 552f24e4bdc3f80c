"""The worked sheet of the case gc, computed on its own: plain fractions, a page of code, no scoring core.

`python tests/exchange/worked_sheet.py` prints what stands in resources/cases/gc/worked.json.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

CASE = Path(__file__).resolve().parents[2] / "resources" / "cases" / "gc"


def rounded(value: Fraction, places: int = 2) -> Fraction:
    """Round half up on the magnitude."""
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(units if value >= 0 else -units, 10**places)


def two(value: Fraction) -> str:
    """Write a value that has at most two decimals with exactly two."""
    units = value * 100
    assert units.denominator == 1
    sign, digits = "-" if units < 0 else "", f"{abs(units.numerator):03d}"
    return f"{sign}{digits[:-2]}.{digits[-2:]}"


def exact(value: Fraction) -> str:
    """Write a fraction as it is: 5312600/6 becomes 2656300/3."""
    return str(value)


def lot_1_benchmark(prices: dict[str, Fraction]) -> tuple[Fraction, dict[str, str]]:
    """The mean of all live prices, none left out, not rounded."""
    total = sum(prices.values(), Fraction(0))
    benchmark = total / len(prices)
    return benchmark, {"sum": exact(total), "n": str(len(prices)), "benchmark": exact(benchmark)}


def lot_2_benchmark(prices: dict[str, Fraction]) -> tuple[Fraction, dict[str, str]]:
    """Drop the highest and the lowest, take the mean, 1 % off, round to two places."""
    order = sorted(prices, key=lambda bid: prices[bid])
    kept = order[1:-1]
    total = sum((prices[bid] for bid in kept), Fraction(0))
    mean = total / len(kept)
    benchmark = rounded(mean * Fraction(99, 100))
    return benchmark, {
        "dropped_low": order[0],
        "dropped_high": order[-1],
        "sum": exact(total),
        "n": str(len(kept)),
        "mean": exact(mean),
        "less_1_per_cent": exact(mean * Fraction(99, 100)),
        "benchmark": two(benchmark),
    }


def price_points(lot: str, price: Fraction, benchmark: Fraction) -> dict[str, str]:
    """Lot 1: 40 points, 1 off for each % above, 0.5 below; lot 2: 60, 1.2 and 0.6, deviation to two places."""
    deviation = (price - benchmark) * 100 / benchmark
    if lot == "1":
        full, above, below = Fraction(40), Fraction(1), Fraction(1, 2)
    else:
        full, above, below = Fraction(60), Fraction(6, 5), Fraction(3, 5)
        deviation = rounded(deviation)
    loss = abs(deviation) * (above if deviation >= 0 else below)
    points = rounded(max(Fraction(0), full - loss))
    return {"deviation_per_cent": exact(deviation), "loss": exact(loss), "price_score": two(points)}


def sheet(lot: dict[str, Any], play: dict[str, Any]) -> dict[str, Any]:
    """Everything about one lot, step by step."""
    number, marks = lot["id"], play["marks"]
    experts = list(marks)
    live = [bid for bid in lot["bids"] if bid["id"] in marks[experts[0]]]
    prices = {bid["id"]: Fraction(bid["price"]) for bid in live}
    find = lot_1_benchmark if number == "1" else lot_2_benchmark
    benchmark, working = find(prices)
    bids: dict[str, dict[str, Any]] = {}
    totals: dict[str, Fraction] = {}
    for bid, price in prices.items():
        by_expert = {e: sum((Fraction(m) for m in marks[e][bid].values()), Fraction(0)) for e in experts}
        kept = experts
        if number == "1":  # the sheets with the highest and the lowest total are left out
            order = sorted(experts, key=lambda e: by_expert[e])
            kept = [e for e in experts if e not in (order[0], order[-1])]
        means = {
            factor["id"]: rounded(sum((Fraction(marks[e][bid][factor["id"]]) for e in kept), Fraction(0)) / len(kept))
            for factor in lot["factors"]
        }
        points = price_points(number, price, benchmark)
        totals[bid] = sum(means.values(), Fraction(0)) + Fraction(points["price_score"])
        bids[bid] = {
            "price": exact(price),
            "expert_totals": {e: two(by_expert[e]) for e in experts},
            "left_out": [e for e in experts if e not in kept],
            "factor_means": {name: two(mean) for name, mean in means.items()},
            "marked_points": two(sum(means.values(), Fraction(0))),
            **points,
            "total": two(totals[bid]),
        }
    ranking = sorted(totals, key=lambda bid: -totals[bid])
    for rank, bid in enumerate(ranking, 1):
        bids[bid]["rank"] = rank
    return {
        "lot": number,
        "rejected": [bid["id"] for bid in lot["bids"] if bid["id"] not in prices],
        "benchmark": working,
        "bids": bids,
        "ranking": ranking,
    }


def worked() -> dict[str, Any]:
    """The whole sheet."""
    tender = json.loads((CASE / "tender.json").read_text("utf-8"))
    play = json.loads((CASE / "play.json").read_text("utf-8"))
    lots = zip(tender["lots"], play["lots"], strict=True)
    return {"case": "gc", "lots": [sheet(lot, played) for lot, played in lots]}


if __name__ == "__main__":
    print(json.dumps(worked(), ensure_ascii=False, indent=2))
