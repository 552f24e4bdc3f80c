"""Every refusal: its code, its place, its sentence in two languages, and never a mark in its words."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from scoring_cases import base, priced

from app.scoring import Code, Refusal, check_mark, parse, price_scores, read_factor, score, score_document
from app.scoring.refusal import at

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


@pytest.mark.parametrize(("case", "code", "where"), CASES, ids=[f"{c}-{w}-{i}" for i, (_, c, w) in enumerate(CASES)])
def test_it_is_refused_with_code_and_path(case, code, where):
    with pytest.raises(Refusal) as refused:
        score_document(copy.deepcopy(case))
    refusal = refused.value
    assert (refusal.code, refusal.where) == (code, where)
    assert refusal.message("zh") != refusal.message("en")
    assert not refusal.message("zh").isascii()
    assert refusal.message("en").isascii()
    assert refusal.message() == refusal.message("zh")


def test_expert_totals_without_one_full_sheet_are_refused():
    case = base(average="expert_totals")
    del case["sheets"]["E1"]["B"]["T1"]
    del case["sheets"]["E2"]["B"]["T2"]
    with pytest.raises(Refusal) as refused:
        score_document(case)
    assert (refused.value.code, refused.value.where) == ("no_marks", "sheets.*.B")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (b"", "bad_json", "$"),
        (b"{", "bad_json", "$"),
        (b"\xff{}", "bad_json", "$"),
        (b'{"track": NaN}', "bad_json", "$"),
        (b'{"ceiling": Infinity}', "bad_json", "$"),
        (b'{"ceiling": -Infinity}', "bad_json", "$"),
        (b"[" * 100_000, "bad_json", "$"),
        (b'{"places": ' + b"9" * 5000 + b"}", "bad_json", "$"),
        (b'{"track": "GC", "track": "ZC"}', "duplicate_id", "track"),
        ('{"sheets": {"E1": {"供应商甲": {}, "供应商甲": {}}}}', "duplicate_id", "供应商甲"),
    ],
)
def test_a_text_that_is_no_strict_json_is_refused(text, code, where):
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert (refused.value.code, refused.value.where) == (code, where)


def test_a_byte_order_mark_is_no_fault():
    text = json.dumps(base()).encode("utf-8-sig")
    assert score(parse(text)) == score(parse(json.dumps(base())))


def test_every_code_is_refused_somewhere():
    told = {code for _, code, _ in CASES} | {"bad_json"}
    assert told == {code.value for code in Code}


def test_no_refusal_of_a_mark_quotes_it():
    for bad in ("99.125", "-77.5", "8.6253", "8,6253", 8.6253):
        with pytest.raises(Refusal) as refused:
            score_document(changed("sheets.E1.A.T1", bad))
        for lang in ("zh", "en"):
            assert str(bad).lstrip("-") not in refused.value.message(lang)
        assert str(bad) not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", None),
        ("10", None),
        ("9.99", None),
        ("-0", None),
        ("10.01", "out_of_range"),
        ("-1", "out_of_range"),
        ("9.999", "too_many_decimals"),
        ("9.990", "too_many_decimals"),
        ("9,9", "bad_number"),
        ("", "bad_number"),
        (9.5, "bad_number"),
        (None, "bad_number"),
    ],
)
def test_one_mark_is_checked_the_same_way_at_a_seat(text, code):
    factor = read_factor({"id": "T1", "max": "10"})
    refusal = check_mark(factor, text, 2)
    assert (refusal and refusal.code) == code
    if refusal:
        assert refusal.where == "T1"
    named = check_mark(factor, text, 2, "sheet.T1")
    assert (named and named.where) == (refusal and "sheet.T1")


def test_a_limit_with_more_decimals_than_a_mark_still_binds():
    factor = read_factor({"id": "T1", "min": "1.005", "max": "2.125"})
    assert check_mark(factor, "1.01", 2) is None
    assert check_mark(factor, "1.00", 2).code == "out_of_range"
    assert check_mark(factor, "2.13", 2).code == "out_of_range"
    assert "1.005" in check_mark(factor, "2.13", 2).message("en")


def test_a_verdict_is_pass_or_fail():
    factor = read_factor({"id": "Q", "kind": "pass_fail"})
    assert check_mark(factor, "pass") is None
    assert check_mark(factor, "fail") is None
    assert check_mark(factor, "1").code == "bad_value"
    assert check_mark(factor, ["pass"]).code == "bad_value"


@pytest.mark.parametrize(
    ("prices", "more", "code", "where"),
    [
        ([], {}, "no_bids", "prices"),
        (["1", "0"], {}, "bad_price", "prices[1]"),
        (["x"], {}, "bad_number", "prices[0]"),
        (["1"], {"ceiling": "x"}, "bad_number", "ceiling"),
        (["1"], {"budget": "x"}, "bad_number", "budget"),
    ],
)
def test_a_list_of_prices_is_refused_like_a_case(prices, more, code, where):
    with pytest.raises(Refusal) as refused:
        price_scores({"full": "30"}, prices, **more)
    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.parametrize("source", ["ceiling", "budget"])
def test_a_list_of_prices_needs_the_limit_that_its_rule_names(source):
    rule = {"full": "30", "benchmark": {"value": source}}
    with pytest.raises(Refusal) as refused:
        price_scores(rule, ["90"])
    assert (refused.value.code, refused.value.where) == ("missing_key", source)
    assert price_scores(rule, ["90"], **{source: "100"}).benchmark == "100"


def test_paths_stay_readable_whatever_the_ids():
    assert at("", "bids") == "bids"
    assert at("bids", 0) == "bids[0]"
    assert at("sheets", "评委1") == "sheets.评委1"
    assert at("sheets", "E-1") == "sheets.E-1"
    assert at("sheets", 'a "b" \\') == 'sheets["a \\"b\\" \\\\"]'
    assert at("sheets.E1.A", "1.1") == 'sheets.E1.A["1.1"]'
    assert at("sheets", "*") == "sheets.*"


def test_an_amount_that_no_number_limit_forgives_is_priced_exactly():
    found = score_document(priced({"full": "30"}, ["0." + "0" * 97 + "1", "9" * 100]))
    assert found["bids"][0]["total"] == "30.00"
