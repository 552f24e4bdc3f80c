"""Small scoring cases for the tests, and random ones in the whole width of the contract."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.scoring import score_document

Doc = dict[str, Any]

PUBLISHED = Path(__file__).parents[1] / "data" / "published"

BASE: Doc = {
    "track": "GC",
    "method": "comprehensive",
    "ceiling": "1200000",
    "bids": [
        {"id": "A", "price": "980000"},
        {"id": "B", "price": "1000000"},
        {"id": "C", "price": "900000"},
    ],
    "factors": [
        {"id": "T1", "group": "technical", "kind": "subjective", "min": "0", "max": "10"},
        {"id": "T2", "group": "commercial", "kind": "objective", "min": "0", "max": "5"},
    ],
    "experts": ["E1", "E2"],
    "sheets": {
        "E1": {"A": {"T1": "8.5", "T2": "5"}, "B": {"T1": "7", "T2": "4"}, "C": {"T1": "9", "T2": "3"}},
        "E2": {"A": {"T1": "8", "T2": "5"}, "B": {"T1": "7.5", "T2": "4"}, "C": {"T1": "8", "T2": "3"}},
    },
    "price": {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
}


def base(**changes: Any) -> Doc:
    """The base case with top-level keys changed."""
    return {**copy.deepcopy(BASE), **changes}


def priced(rule: Doc, prices: list[str], **changes: Any) -> Doc:
    """A case of prices alone, `B0`, `B1` ... in the GC track."""
    bids = [{"id": f"B{number}", "price": price} for number, price in enumerate(prices)]
    return {"track": "GC", "method": "comprehensive", "bids": bids, "price": rule, **changes}


def marked(marks: Doc, factors: list[Doc] | None = None, **changes: Any) -> Doc:
    """A GC case without a price rule; `marks[expert][bid]` lists marks in the factors' order."""
    factors = factors or [{"id": "T1", "group": "technical", "max": "100"}]
    ids = [factor["id"] for factor in factors]
    bids = list(dict.fromkeys(bid for sheet in marks.values() for bid in sheet))
    return {
        "track": "GC",
        "method": "comprehensive",
        "bids": [{"id": bid, "price": "100"} for bid in bids],
        "factors": factors,
        "experts": list(marks),
        "sheets": {
            expert: {bid: dict(zip(ids, row, strict=True)) for bid, row in sheet.items()}
            for expert, sheet in marks.items()
        },
        "min_bids": 1,
        **changes,
    }


def bids_of(case: Doc) -> dict[str, Doc]:
    """The scored bids by id, in rank order."""
    return {bid["id"]: bid for bid in score_document(case)["bids"]}


def published(name: str) -> Doc:
    """A published case by the start of its file's name."""
    (path,) = PUBLISHED.glob(f"{name}*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def decimals(low: int, high: int, places: int = 2) -> st.SearchStrategy[str]:
    """Decimal strings between `low` and `high` units of 10^-places, with or without trailing zeros."""

    def write(units: int, short: bool) -> str:
        sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(places + 1, "0")
        text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
        return sign + (text.rstrip("0").rstrip(".") if short and places else text)

    return st.builds(write, st.integers(low, high), st.booleans())


RATES = decimals(-300, 300, 2)
TRIM_ROWS = st.one_of(
    st.fixed_dictionaries({"from": st.integers(1, 8), "high": st.integers(0, 4), "low": st.integers(0, 4)}),
    st.fixed_dictionaries({"from": st.integers(1, 8), "share": decimals(0, 50)}),
)
MIX = st.lists(
    st.fixed_dictionaries(
        {
            "of": st.sampled_from(
                [
                    "value",
                    "mean_all",
                    "median",
                    "lowest",
                    "second_lowest",
                    "highest",
                    "ceiling",
                    "budget",
                ]
            ),
            "weight": decimals(10, 90),
        }
    ),
    max_size=3,
)
BANDS = st.fixed_dictionaries(
    {},
    optional={
        "from": st.integers(1, 7),
        "around": st.sampled_from(["mean", "median", "mean_all", "ceiling", "budget"]),
        "low": decimals(-30, 0),
        "high": decimals(0, 30),
        "inclusive": st.booleans(),
        "if_empty": st.sampled_from(["trimmed", "all"]),
        "mix_if_empty": st.one_of(st.none(), MIX),
    },
)
BENCHMARKS = st.fixed_dictionaries(
    {},
    optional={
        "trim": st.lists(TRIM_ROWS, max_size=3),
        "trim_ties": st.sampled_from(["position", "value", "keep"]),
        "band": st.one_of(st.none(), BANDS),
        "value": st.sampled_from(
            ["mean", "median", "lowest", "second_lowest", "highest", "ceiling", "budget"],
        ),
        "mix": MIX,
        "float": decimals(-10, 10),
        "factor": decimals(80, 110),
        "places": st.integers(0, 3),
    },
)


@st.composite
def score_rules(draw: st.DrawFn) -> Doc:
    """A score rule of any kind."""
    kind = draw(st.sampled_from(["ratio", "ratio_high", "deviation", "power", "table"]))
    rule: Doc = {"kind": kind, "above": draw(decimals(0, 300)), "below": draw(decimals(-50, 300))}
    optional = {
        "step": st.sampled_from(["linear", "ceil", "floor"]),
        "deviation_places": st.integers(0, 3),
        "max_loss_above": decimals(0, 2000),
        "max_loss_below": decimals(0, 2000),
        "floor": decimals(-100, 1000),
    }
    rule |= draw(st.fixed_dictionaries({}, optional=optional))
    if kind == "table":
        limits = sorted(draw(st.sets(st.integers(-30, 30), max_size=4)))
        rows = [{"up_to": str(limit), "score": draw(decimals(0, 4000))} for limit in limits]
        rule["rows"] = [*rows, {"up_to": None, "score": draw(decimals(0, 4000))}]
    return rule


@st.composite
def cases(draw: st.DrawFn, experts: int = 5, bids: int = 6) -> Doc:
    """A valid case of any shape in the GC track; a benchmark not above zero may still be refused."""
    places = draw(st.sampled_from([None, 1, 2, 3]))
    mark_places = 2 if places is None else places
    listed = []
    for number in range(draw(st.integers(1, bids))):
        bid: Doc = {"id": f"B{number}", "price": draw(decimals(8000, 12000))}
        fate = draw(st.sampled_from(["live"] * 6 + ["rejected", "kept", "not_opened", "both"])) if number else "live"
        if fate in ("rejected", "kept", "both"):
            bid["rejected"] = True
        if fate == "kept":
            bid["kept_in_benchmark"] = True
        if fate in ("not_opened", "both"):
            bid["not_opened"] = True
            bid["price"] = None
        if fate == "live" and draw(st.booleans()):
            bid["brand"] = draw(st.sampled_from([None, "X", "Y"]))
        steps = draw(
            st.lists(
                st.one_of(
                    st.fixed_dictionaries({"kind": st.just("policy"), "rate": decimals(0, 20)}),
                    st.fixed_dictionaries({"amount": decimals(-500, 500)}),
                    st.fixed_dictionaries({"score_bonus": decimals(0, 10)}),
                ),
                max_size=2,
            )
        )
        if steps:
            bid["adjustments"] = steps
        listed.append(bid)
    factors = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["subjective", "objective", "deduction", "subjective", "pass_fail"]))
        factor: Doc = {"id": f"F{number}", "kind": kind}
        group = draw(st.sampled_from(["technical", "commercial", "service", None]))
        if group:
            factor["group"] = group
        if kind != "pass_fail":
            factor |= {"min": "0", "max": draw(st.sampled_from(["10", "7.5", "3"]))}
        factors.append(factor)
    names = [f"E{number}" for number in range(draw(st.integers(1, experts)), 0, -1)]
    average = draw(st.sampled_from([None, "factor_means", "expert_totals"]))
    marks = decimals(0, 3 * 10**mark_places, mark_places)
    sheets: Doc = {}
    for position, name in enumerate(names):
        sheet: Doc = {}
        for bid in listed:
            entry: Doc = {}
            for factor in factors:
                if factor["kind"] == "pass_fail":
                    entry[factor["id"]] = draw(st.sampled_from(["pass", "fail", None]))
                elif position == 0 or draw(st.integers(0, 9)):  # the first expert always marks: no `no_marks`
                    entry[factor["id"]] = draw(marks)
            sheet[bid["id"]] = entry
        sheets[name] = sheet
    case: Doc = {
        "track": "GC",
        "method": draw(st.sampled_from(["comprehensive"] * 4 + ["lowest_evaluated_price"])),
        "ceiling": draw(decimals(11000, 13000)),
        "budget": draw(decimals(11000, 13000)),
        "bids": listed,
        "factors": factors,
        "sheets": sheets,
        "average": average,
        "places": places,
        "rounding": draw(st.sampled_from([None, "half_up", "half_even", "down", "up"])),
        "tie_breakers": draw(
            st.lists(
                st.sampled_from(["price_asc", "technical_desc", "commercial_desc", "price_score_desc"]),
                max_size=2,
                unique=True,
            )
        ),
        "abnormally_low": draw(
            st.fixed_dictionaries(
                {}, optional={"mean": decimals(80, 99), "second_lowest": decimals(80, 99), "ceiling": decimals(60, 90)}
            )
        ),
        "min_bids": draw(st.sampled_from([None, 1, 3])),
    }
    if draw(st.booleans()):
        case["experts"] = names
    groups = [factor["group"] for factor in factors if factor.get("group")]
    if draw(st.booleans()):
        case["weights"] = {group: draw(decimals(10, 100)) for group in dict.fromkeys([*groups[:1], "price"])}
    if draw(st.booleans()):
        case["judge_trim"] = {
            "from": draw(st.integers(1, 5)),
            "high": draw(st.integers(0, 2)),
            "low": draw(st.integers(0, 2)),
            "per": "total" if average == "expert_totals" else draw(st.sampled_from(["factor", "total"])),
            "widest_first": draw(st.booleans()),
        }
    if case["method"] == "comprehensive" and draw(st.integers(0, 4)):
        case["price"] = {
            "full": draw(decimals(1000, 6000)),
            "benchmark": draw(BENCHMARKS),
            "score": draw(score_rules()),
            **draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "places": st.integers(0, 4),
                        "rounding": st.sampled_from(["half_up", "half_even", "down", "up"]),
                        "count_not_opened": st.booleans(),
                    },
                )
            ),
        }
    return case
