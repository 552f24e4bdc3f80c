"""How fast the scoring core is: a big tally beside parsing and writing its own JSON, and a long price list."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any

from app.scoring import dumps, parse, price_scores, score

BIDS, EXPERTS, FACTORS, PRICES = 161, 9, 40, 1528
ROUNDS = 9


def case() -> dict[str, Any]:
    """A case in the GC track as large as they come: 161 bids, 9 experts, 40 factors, 57,960 marks."""
    dice = random.Random(20261124)  # noqa: S311 - reproducible sample data
    factors = [
        {
            "id": f"T{number}",
            "group": "technical" if number < FACTORS // 2 else "commercial",
            "kind": "objective" if number % 5 == 0 else "subjective",
            "min": "0",
            "max": "10",
        }
        for number in range(FACTORS)
    ]
    bids = [{"id": f"B{number}", "price": str(dice.randint(900_000, 1_200_000))} for number in range(BIDS)]
    level = {bid["id"]: dice.randint(40, 90) for bid in bids}
    agreed = {(bid["id"], factor["id"]): dice.randint(0, 20) for bid in bids for factor in factors}

    def mark(bid: str, factor: dict[str, str]) -> str:
        if factor["kind"] == "objective":
            return str(agreed[bid, factor["id"]] / 2)
        return str((level[bid] + dice.randint(-10, 10)) / 10)

    return {
        "track": "GC",
        "method": "comprehensive",
        "ceiling": "1300000",
        "bids": bids,
        "factors": factors,
        "experts": [f"E{number}" for number in range(EXPERTS)],
        "sheets": {
            f"E{number}": {bid["id"]: {factor["id"]: mark(bid["id"], factor) for factor in factors} for bid in bids}
            for number in range(EXPERTS)
        },
        "judge_trim": {"from": 7, "high": 1, "low": 1, "per": "factor"},
        "price": {
            "full": "30",
            "benchmark": {"trim": [{"from": 5, "high": 1, "low": 1}], "value": "mean", "float": "-0.01"},
            "score": {"kind": "deviation", "above": "1", "below": "0.5", "floor": "0"},
        },
        "tie_breakers": ["price_asc"],
        "abnormally_low": {"mean": "0.50", "second_lowest": "0.50", "ceiling": "0.45"},
    }


def _best_s(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)  # what the machine can do when nobody else asks


def tally() -> dict[str, Any]:
    """Seconds from the case's bytes to the result's bytes, checks, findings and working lines included.

    `parse_and_serialise_s` is what the standard library takes to parse and write the same JSON, the case
    going in and the result coming out; `ratio` is `seconds` over it.
    """
    text = json.dumps(case()).encode()
    result = dumps(score(parse(text)))
    whole = _best_s(lambda: dumps(score(parse(text))))
    read = parse(text)
    marks_s = _best_s(lambda: score(read))
    plain = _best_s(lambda: (json.dumps(json.loads(text)), json.dumps(json.loads(result))))
    return {
        "bids": BIDS,
        "experts": EXPERTS,
        "factors": FACTORS,
        "marks": BIDS * EXPERTS * FACTORS,
        "seconds": round(whole, 4),
        "of_which_scoring_s": round(marks_s, 4),
        "parse_and_serialise_s": round(plain, 4),
        "ratio": round(whole / plain, 2),
    }


def prices() -> dict[str, Any]:
    """Seconds for benchmark and price points of 1,528 bids."""
    dice = random.Random(1528)  # noqa: S311 - reproducible sample data
    quotes = [f"{dice.randint(18_000_000, 18_400_000) / 10_000:.4f}" for _ in range(PRICES)]
    rule = case()["price"]
    return {"bids": PRICES, "seconds": round(_best_s(lambda: price_scores(rule, quotes)), 4)}


def run() -> dict[str, Any]:
    """All of it, as `kawei bench scoring` prints it."""
    return {"tally": tally(), "prices": prices()}
