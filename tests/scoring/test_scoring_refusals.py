"""Every refusal: its code, its place, its sentence in two languages, and never a mark in its words."""

from __future__ import annotations

import copy
import json

import pytest
from scoring_cases import base, priced
from scoring_refused import CASES, changed

from app.scoring import Code, Refusal, check_mark, parse, price_scores, read_factor, score, score_document
from app.scoring.refusal import at


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
