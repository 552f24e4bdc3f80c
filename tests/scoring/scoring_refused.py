"""Cases that are refused, each with its code and its place (a long file because it is one table)."""

from __future__ import annotations

from typing import Any

from scoring_cases import base

DEVIATION = {"kind": "deviation", "above": "1", "below": "1"}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The base case with the value at a dotted path set; numbers are places in a list."""
    case = base()
    target: Any = case
    *way, last = path.split(".")
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    if isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    return case


def without(path: str) -> dict[str, Any]:
    case = base()
    target: Any = case
    *way, last = path.split(".")
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    del target[last]
    return case


def zc(**changes: Any) -> dict[str, Any]:
    return base(track="ZC", **changes)


CASES: list[tuple[dict[str, Any] | Any, str, str]] = [
    # unknown keys, at every level
    (base(extra=1), "unknown_key", "extra"),
    (changed("bids.1.colour", "red"), "unknown_key", "bids[1].colour"),
    (changed("bids.0.adjustments", [{"rate": "0.1", "why": "x"}]), "unknown_key", "bids[0].adjustments[0].why"),
    (changed("factors.0.name", "x"), "unknown_key", "factors[0].name"),
    (changed("price.currency", "CNY"), "unknown_key", "price.currency"),
    (changed("price.benchmark.trims", []), "unknown_key", "price.benchmark.trims"),
    (changed("price.benchmark.trim", [{"form": 1}]), "unknown_key", "price.benchmark.trim[0].form"),
    (changed("price.benchmark.band", {"lo": "0"}), "unknown_key", "price.benchmark.band.lo"),
    (
        changed("price.benchmark.mix", [{"of": "value", "weight": "1", "x": 1}]),
        "unknown_key",
        "price.benchmark.mix[0].x",
    ),
    (changed("price.score.kinds", "ratio"), "unknown_key", "price.score.kinds"),
    (
        changed("price.score", {"kind": "table", "rows": [{"up_to": None, "score": "1", "x": 1}]}),
        "unknown_key",
        "price.score.rows[0].x",
    ),
    (base(judge_trim={"form": 7}), "unknown_key", "judge_trim.form"),
    (base(weights={"tech": "1"}), "unknown_key", "weights.tech"),
    (base(abnormally_low={"median": "0.5"}), "unknown_key", "abnormally_low.median"),
    # numbers that are none
    *[
        (changed("bids.0.price", bad), "bad_number", "bids[0].price")
        for bad in (
            980000, 980000.0, True, [], {}, "", "NaN", "Infinity", "1e5", "1_000", "+1", " 1", "1 ", "1.", ".5",
            "１２", "1,000", "0x1", "--1", "1\n", "9" * 101, "٣",
        )
    ],
    (changed("sheets.E1.A.T1", 8.5), "bad_number", "sheets.E1.A.T1"),
    (changed("sheets.E1.A.T1", ["8.5"]), "bad_number", "sheets.E1.A.T1"),
    (changed("factors.0.max", 10), "bad_number", "factors[0].max"),
    (changed("factors.0.min", "a"), "bad_number", "factors[0].min"),
    (base(ceiling="x"), "bad_number", "ceiling"),
    (base(places=2.0), "bad_number", "places"),
    (base(weights={"price": 1}), "bad_number", "weights.price"),
    (changed("price.full", "30 points"), "bad_number", "price.full"),
    (changed("price.benchmark.float", 0.1), "bad_number", "price.benchmark.float"),
    (changed("bids.0.adjustments", [{"rate": "10%"}]), "bad_number", "bids[0].adjustments[0].rate"),
    # prices
    (changed("bids.2.price", "0"), "bad_price", "bids[2].price"),
    (changed("bids.2.price", "-0.00"), "bad_price", "bids[2].price"),
    (changed("bids.2.price", "-5"), "bad_price", "bids[2].price"),
    (changed("bids.2.adjustments", [{"rate": "1"}]), "bad_price", "bids[2].adjustments"),
    (changed("bids.2.adjustments", [{"amount": "-900000"}]), "bad_price", "bids[2].adjustments"),
    (base(ceiling="0"), "bad_price", "ceiling"),
    (base(budget="-1"), "bad_price", "budget"),
    (changed("price.benchmark.float", "-1"), "bad_price", "price.benchmark"),
    (changed("price.benchmark", {"places": 0, "factor": "0.0000001"}), "bad_price", "price.benchmark"),
    # ranges
    (changed("sheets.E1.A.T1", "10.01"), "out_of_range", "sheets.E1.A.T1"),
    (changed("sheets.E2.B.T1", "-0.01"), "out_of_range", "sheets.E2.B.T1"),
    (changed("sheets.E2.B.T1", "11.000"), "out_of_range", "sheets.E2.B.T1"),
    (changed("factors.0.max", "-1"), "out_of_range", "factors[0].max"),
    (changed("price.full", "-1"), "out_of_range", "price.full"),
    (changed("price.benchmark.trim", [{"share": "1.01"}]), "out_of_range", "price.benchmark.trim[0].share"),
    (changed("price.benchmark.trim", [{"share": "-0.1"}]), "out_of_range", "price.benchmark.trim[0].share"),
    (
        changed("price.score", {"kind": "power", "above": "101", "below": "1"}),
        "out_of_range",
        "price.score.above",
    ),
    (changed("price.score", {**DEVIATION, "max_loss_above": "-1"}), "out_of_range", "price.score.max_loss_above"),
    (changed("price.score", {**DEVIATION, "max_loss_below": "-1"}), "out_of_range", "price.score.max_loss_below"),
    (base(weights={"technical": "-1"}), "out_of_range", "weights.technical"),
    (base(abnormally_low={"mean": "-0.5"}), "out_of_range", "abnormally_low.mean"),
    (changed("bids.0.adjustments", [{"rate": "-0.1"}]), "out_of_range", "bids[0].adjustments[0].rate"),
    (
        changed("bids.0.adjustments", [{"score_bonus": "-0.1"}]),
        "out_of_range",
        "bids[0].adjustments[0].score_bonus",
    ),
    # decimals: 8.500 has three
    (changed("sheets.E1.A.T1", "8.500"), "too_many_decimals", "sheets.E1.A.T1"),
    (changed("sheets.E1.A.T1", "8.555"), "too_many_decimals", "sheets.E1.A.T1"),
    (base(places=0), "too_many_decimals", "sheets.E1.A.T1"),
    # unknown and repeated ids
    (changed("sheets.E3", {}), "unknown_expert", "sheets.E3"),
    (changed("sheets.E1.D", {}), "unknown_bid", "sheets.E1.D"),
    (changed("sheets.E1.A.T9", "1"), "unknown_factor", "sheets.E1.A.T9"),
    (changed("sheets.E1.A.T9", None), "unknown_factor", "sheets.E1.A.T9"),
    (changed("bids.1.id", "A"), "duplicate_id", "bids[1].id"),
    (changed("factors.1.id", "T1"), "duplicate_id", "factors[1].id"),
    (base(experts=["E1", "E2", "E1"]), "duplicate_id", "experts[2]"),
    # nothing to score
    (base(bids=[]), "no_bids", "bids"),
    (
        base(bids=[{"id": "A", "price": "1", "rejected": True}, {"id": "B", "not_opened": True}], sheets={}),
        "no_bids",
        "bids",
    ),
    (without("sheets.E1.A.T1") | {"experts": ["E1"], "sheets": {"E1": {}}}, "no_marks", "sheets.*.A.T1"),
    (base(sheets={}), "no_marks", "sheets.*.A.T1"),
    (base(sheets={}, experts=[]), "no_marks", "sheets.*.A.T1"),
    (base(sheets=None, experts=None), "no_marks", "sheets.*.A.T1"),
    (base(sheets={"E1": None, "E2": {"A": None}}), "no_marks", "sheets.*.A.T1"),
    # the sum of the maxima
    (base(check_sum=True), "sum_not_100", "factors"),
    # the law of 政府采购
    (
        zc(price={"full": "30", "benchmark": {"value": "lowest", "trim": [{"from": 5, "high": 1}]}}),
        "trim_forbidden",
        "price.benchmark.trim",
    ),
    (zc(price={"full": "30", "benchmark": {"value": "lowest", "band": {}}}), "trim_forbidden", "price.benchmark.band"),
    (zc(judge_trim={"from": 7, "high": 1, "low": 1}), "judge_trim_forbidden", "judge_trim"),
    (zc(price={"full": "30"}), "zc_low_price_only", "price.benchmark.value"),
    *[
        (
            zc(price={"full": "30", "benchmark": {"value": "lowest", **more}}),
            "zc_low_price_only",
            f"price.benchmark.{key}",
        )
        for key, more in {
            "value": {"value": "second_lowest"},
            "mix": {"mix": [{"of": "value", "weight": "1"}]},
            "float": {"float": "-0.01"},
            "factor": {"factor": "0.99"},
            "places": {"places": 2},
        }.items()
    ],
    *[
        (
            zc(price={"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": kind, **more}}),
            "zc_low_price_only",
            "price.score.kind",
        )
        for kind, more in {
            "ratio_high": {},
            "deviation": {"above": "1", "below": "1"},
            "power": {"above": "1", "below": "1"},
            "table": {"rows": [{"up_to": None, "score": "1"}]},
        }.items()
    ],
    # keys that must be there
    *[(without(key), "missing_key", key) for key in ("track", "method", "bids")],
    (base(bids=None), "missing_key", "bids"),
    (without("bids.1.id"), "missing_key", "bids[1].id"),
    (without("bids.1.price"), "missing_key", "bids[1].price"),
    (changed("bids.1.price", None), "missing_key", "bids[1].price"),
    (without("factors.0.id"), "missing_key", "factors[0].id"),
    (without("factors.0.max"), "missing_key", "factors[0].max"),
    (base(price={}), "missing_key", "price.full"),
    (changed("price.score", {"kind": "deviation", "below": "1"}), "missing_key", "price.score.above"),
    (changed("price.score", {"kind": "power", "above": "1"}), "missing_key", "price.score.below"),
    (changed("price.score", {"kind": "table"}), "missing_key", "price.score.rows"),
    (changed("price.benchmark.mix", [{"weight": "1"}]), "missing_key", "price.benchmark.mix[0].of"),
    (changed("price.benchmark.mix", [{"of": "value"}]), "missing_key", "price.benchmark.mix[0].weight"),
    (changed("bids.0.adjustments", [{"kind": "x"}]), "missing_key", "bids[0].adjustments[0].rate"),
    (changed("price.benchmark.value", "budget"), "missing_key", "budget"),
    (
        base(ceiling=None, price={"full": "30", "benchmark": {"band": {"around": "ceiling"}}}),
        "missing_key",
        "ceiling",
    ),
    (changed("price.benchmark.mix", [{"of": "budget", "weight": "1"}]), "missing_key", "budget"),
    (
        changed("price.benchmark.band", {"mix_if_empty": [{"of": "budget", "weight": "1"}]}),
        "missing_key",
        "budget",
    ),
    # values that are none of those allowed
    *[(bad, "bad_value", "$") for bad in ([], "x", 1, None)],
    (base(track="XX"), "bad_value", "track"),
    (base(method=["comprehensive"]), "bad_value", "method"),
    (base(average="median"), "bad_value", "average"),
    (base(rounding="bankers"), "bad_value", "rounding"),
    (base(tie_breakers=["lot"]), "bad_value", "tie_breakers[0]"),
    (base(bids={}), "bad_value", "bids"),
    (base(bids=["A"]), "bad_value", "bids[0]"),
    (base(sheets=[]), "bad_value", "sheets"),
    (changed("sheets.E1", "x"), "bad_value", "sheets.E1"),
    (changed("sheets.E1.A", ["8"]), "bad_value", "sheets.E1.A"),
    (changed("bids.0.id", 7), "bad_value", "bids[0].id"),
    (changed("bids.0.id", ""), "bad_value", "bids[0].id"),
    (changed("bids.0.id", "\ud800"), "bad_value", "bids[0].id"),
    (changed("bids.0.brand", 1), "bad_value", "bids[0].brand"),
    (changed("bids.0.rejected", "yes"), "bad_value", "bids[0].rejected"),
    (changed("bids.0.kept_in_benchmark", True), "bad_value", "bids[0].kept_in_benchmark"),
    (
        zc(bids=[{"id": "A", "price": "1"}, {"id": "B", "price": "1", "rejected": True, "kept_in_benchmark": True}]),
        "bad_value",
        "bids[1].kept_in_benchmark",
    ),
    (
        changed("bids.0.adjustments", [{"rate": "0.1", "score_bonus": "0.1"}]),
        "bad_value",
        "bids[0].adjustments[0].score_bonus",
    ),
    (changed("factors.0.kind", "taste"), "bad_value", "factors[0].kind"),
    (changed("factors.0.min", "11"), "bad_value", "factors[0].min"),
    (base(factors=[{"id": "Q", "kind": "pass_fail", "max": "5"}], sheets={}), "bad_value", "factors[0].max"),
    (base(factors=[{"id": "Q", "kind": "pass_fail", "min": "0"}], sheets={}), "bad_value", "factors[0].min"),
    (
        base(factors=[{"id": "Q", "kind": "pass_fail"}], sheets={"E1": {"A": {"Q": "yes"}}}),
        "bad_value",
        "sheets.E1.A.Q",
    ),
    (base(places=-1), "bad_value", "places"),
    (base(places=29), "bad_value", "places"),
    (base(places="2"), "bad_value", "places"),
    (base(places=True), "bad_value", "places"),
    (base(min_bids=-1), "bad_value", "min_bids"),
    (base(min_bids=2**60), "bad_value", "$"),
    (base(experts=[""]), "bad_value", "experts[0]"),
    (base(judge_trim=[]), "bad_value", "judge_trim"),
    (base(judge_trim={"high": -1}), "bad_value", "judge_trim.high"),
    (base(judge_trim={"from": 3, "high": 1}, average="expert_totals"), "bad_value", "judge_trim.per"),
    (base(method="lowest_evaluated_price"), "bad_value", "price"),
    (changed("price.score", {"kind": "best"}), "bad_value", "price.score.kind"),
    (changed("price.benchmark.value", "mean_all"), "bad_value", "price.benchmark.value"),
    (changed("price.benchmark.band", {"around": "lowest"}), "bad_value", "price.benchmark.band.around"),
    (changed("price.benchmark.band", {"low": "0.1", "high": "-0.1"}), "bad_value", "price.benchmark.band.high"),
    (changed("price.benchmark.trim", [{"share": "0.2", "low": 1}]), "bad_value", "price.benchmark.trim[0].low"),
    (
        changed("price.benchmark.mix", [{"of": "mean", "weight": "1"}]),
        "bad_value",
        "price.benchmark.mix[0].of",
    ),
    (changed("price.score", {"kind": "table", "rows": []}), "bad_value", "price.score.rows"),
    (
        changed("price.score", {"kind": "table", "rows": [{"up_to": "1", "score": "1"}]}),
        "bad_value",
        "price.score.rows",
    ),
    (
        changed(
            "price.score",
            {
                "kind": "table",
                "rows": [{"up_to": "1", "score": "1"}, {"up_to": "1", "score": "1"}, {"up_to": None, "score": "0"}],
            },
        ),
        "bad_value",
        "price.score.rows[1].up_to",
    ),
    (
        changed(
            "price.score",
            {"kind": "table", "rows": [{"up_to": None, "score": "1"}, {"up_to": None, "score": "1"}]},
        ),
        "bad_value",
        "price.score.rows[1].up_to",
    ),
]  # fmt: skip
