"""The result: the contract's own example, ranks and ties, findings, abnormally low prices, hash and bytes."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from scoring_cases import base, marked, priced

from app.scoring import dumps, parse, price_scores, read_case, read_price_rule, score, score_document

TWO = [{"id": "T1", "group": "technical", "max": "50"}, {"id": "C1", "group": "commercial", "max": "50"}]


def codes(case, code):
    return [finding for finding in score_document(case)["findings"] if finding["code"] == code]


def test_the_contract_s_example_comes_out_as_printed():
    case = {
        "track": "ZC",
        "method": "comprehensive",
        "ceiling": "1200000",
        "budget": None,
        "bids": [
            {"id": "A", "price": "980000", "adjustments": []},
            {"id": "B", "price": "1000000", "adjustments": [{"kind": "small_enterprise", "rate": "0.15"}]},
            {"id": "C", "price": "900000", "rejected": True, "not_opened": False, "brand": None},
        ],
        "factors": [{"id": "T1", "group": "technical", "kind": "subjective", "min": "0", "max": "10"}],
        "experts": ["E1"],
        "sheets": {"E1": {"A": {"T1": "8.5"}, "B": {"T1": "7"}}},
        "judge_trim": None,
        "price": {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
        "average": "factor_means",
        "weights": None,
        "check_sum": False,
        "min_bids": 3,
        "places": 2,
        "rounding": "half_up",
        "tie_breakers": ["price_asc"],
        "abnormally_low": {"mean": "0.50", "second_lowest": "0.50", "ceiling": "0.45"},
    }
    result = score_document(case)
    first = result["bids"][0]
    assert result["benchmark"] == {
        "value": "850000",
        "working": [{"step": "trim", "dropped": []}, {"step": "value", "kind": "lowest", "result": "850000"}],
    }
    assert {key: value for key, value in first.items() if key != "working"} == {
        "id": "B",
        "price": "1000000",
        "evaluated_price": "850000",
        "price_score": "30.00",
        "factor_scores": {"T1": "7.00"},
        "group_scores": {"technical": "7.00"},
        "total": "37.00",
        "rank": 1,
        "rejected": False,
    }
    assert result["bids"][2] == {
        "id": "C",
        "price": "900000",
        "evaluated_price": "900000",
        "price_score": None,
        "factor_scores": None,
        "group_scores": None,
        "total": None,
        "rank": None,
        "rejected": True,
        "working": [],
    }
    rules = {key: value for key, value in case.items() if key not in ("bids", "sheets")}
    assert result["input_rules"] == "sha256:" + hashlib.sha256(rfc8785.dumps(rules)).hexdigest()
    assert result["findings"] == [{"code": "too_few_bids"}]


def test_keys_left_out_equal_null_and_the_defaults():
    short = {"track": "GC", "method": "comprehensive", "bids": [{"id": "A", "price": "5"}]}
    nulls = dict.fromkeys(
        [
            "ceiling", "budget", "factors", "experts", "sheets", "judge_trim", "price", "average", "weights",
            "check_sum", "min_bids", "places", "rounding", "tie_breakers", "abnormally_low",
        ]
    )  # fmt: skip
    first, second = score_document(short), score_document({**short, **nulls})
    first.pop("input_rules")
    second.pop("input_rules")
    assert first == second
    assert first["bids"][0]["total"] == "0.00"
    assert first["bids"][0]["working"] == ["total: 0 = 0 -> 0.00"]
    nulled_rule = {"full": "30", "benchmark": None, "score": None, "places": None, "rounding": None}
    assert read_price_rule(nulled_rule) == read_price_rule({"full": "30"})


def ranked(marks, breakers=(), bids=None, factors=None):
    case = marked({"E1": marks}, factors or TWO, tie_breakers=list(breakers))
    if bids:
        case["bids"] = bids
    result = score_document(case)
    return [(bid["id"], bid["rank"]) for bid in result["bids"]], [
        (finding["rank"], finding["bids"]) for finding in result["findings"] if finding["code"] == "tie"
    ]


def test_ranks_are_1_2_2_4_in_input_order():
    order, ties = ranked({"D": ["5", "5"], "C": ["9", "9"], "B": ["8", "8"], "A": ["9", "7"]})
    assert order == [("C", 1), ("B", 2), ("A", 2), ("D", 4)]
    assert ties == [(2, ["B", "A"])]


@pytest.mark.parametrize(
    ("breakers", "first", "ties"),
    [
        (["technical_desc"], "A", 0),
        (["commercial_desc"], "B", 0),
        (["price_asc"], "B", 0),
        (["price_score_desc"], "A", 1),
        (["price_score_desc", "commercial_desc"], "B", 0),
        ([], "A", 1),
    ],
)
def test_only_the_named_tie_breakers_speak(breakers, first, ties):
    bids = [{"id": "A", "price": "101"}, {"id": "B", "price": "100"}]
    order, tied = ranked({"A": ["9", "7"], "B": ["7", "9"]}, breakers, bids)
    assert order[0] == (first, 1)
    assert len(tied) == ties


def test_the_price_score_breaks_a_tie_of_totals():
    rule = {"full": "10", "benchmark": {"value": "lowest"}}
    case = marked({"E1": {"A": ["9"], "B": ["8"]}}, price=rule, tie_breakers=["price_score_desc"])
    case["bids"] = [{"id": "A", "price": "10"}, {"id": "B", "price": "9"}]
    assert [bid["id"] for bid in score_document(case)["bids"]] == ["B", "A"]
    case["tie_breakers"] = ["technical_desc"]
    assert [bid["id"] for bid in score_document(case)["bids"]] == ["A", "B"]


def test_a_group_that_is_not_there_breaks_no_tie():
    order, ties = ranked(
        {"A": ["9"], "B": ["9"]}, ["technical_desc", "commercial_desc"], factors=[{"id": "T", "max": "9"}]
    )
    assert order == [("A", 1), ("B", 1)]
    assert ties == [(1, ["A", "B"])]


def test_lowest_evaluated_price_ranks_by_price_and_says_no_total():
    case = priced(None, ["100", "90", "100", "95"], method="lowest_evaluated_price", track="ZC")
    case["bids"][2]["adjustments"] = [{"rate": "0.2"}]
    case["bids"].append({"id": "U", "not_opened": True})
    result = score_document(case)
    assert [(bid["id"], bid["rank"], bid["total"], bid["price_score"]) for bid in result["bids"]] == [
        ("B2", 1, None, None),
        ("B1", 2, None, None),
        ("B3", 3, None, None),
        ("B0", 4, None, None),
        ("U", None, None, None),
    ]
    assert result["benchmark"] is None
    case["bids"] = [{"id": "A", "price": "90.5"}, {"id": "B", "price": "90.50"}]
    assert score_document(case)["findings"][0] == {"code": "tie", "rank": 1, "bids": ["A", "B"]}


def test_unopened_bids_are_listed_with_nought_and_rejected_ones_with_nothing():
    case = priced({"full": "30"}, ["100"])
    case["bids"] = [
        {"id": "R", "price": "90", "rejected": True},
        {"id": "U", "not_opened": True, "price": "1"},
        {"id": "X", "not_opened": True, "rejected": True},
        *case["bids"],
    ]
    found = score_document(case)["bids"]
    assert [(bid["id"], bid["price"], bid["price_score"], bid["rank"]) for bid in found] == [
        ("B0", "100", "30.00", 1),
        ("R", "90", None, None),
        ("U", None, "0", None),
        ("X", None, None, None),
    ]


def test_objective_marks_that_differ_are_a_finding_for_all_who_marked():
    factors = [{"id": "T2", "kind": "objective", "max": "10"}]
    case = marked({"E1": {"A": ["5"]}, "E2": {"A": [None]}, "E3": {"A": ["5.5"]}, "E4": {"A": ["5.0"]}}, factors)
    assert score_document(case)["findings"] == [
        {"code": "objective_mismatch", "factor": "T2", "bid": "A", "experts": ["E1", "E3", "E4"]}
    ]
    case["sheets"]["E3"]["A"]["T2"] = "5.00"
    assert score_document(case)["findings"] == []


def test_a_mark_exactly_thirty_per_cent_off_is_no_finding():
    case = marked({"E1": {"A": ["7"]}, "E2": {"A": ["13"]}, "E3": {"A": ["10"]}})
    assert codes(case, "deviation") == []
    case["sheets"]["E1"]["A"]["T1"] = "6.98"
    far = {"code": "deviation", "bid": "A", "factor": "T1", "mean": "9.993333333333333333333333333"}
    assert codes(case, "deviation") == [
        {**far, "expert": "E1", "mark": "6.98"},
        {**far, "expert": "E2", "mark": "13"},
    ]
    case["sheets"]["E3"]["A"]["T1"] = None
    assert [finding["mark"] for finding in codes(case, "deviation")] == ["6.98", "13"]


def test_a_deviation_is_from_all_marks_trimmed_or_not():
    trim = {"from": 3, "high": 1, "low": 1}
    case = marked({"E1": {"A": ["1"]}, "E2": {"A": ["10"]}, "E3": {"A": ["10"]}}, judge_trim=trim)
    assert [(finding["expert"], finding["mean"]) for finding in codes(case, "deviation")] == [
        ("E1", "7"),
        ("E2", "7"),
        ("E3", "7"),
    ]
    zero = marked({"E1": {"A": ["0"]}, "E2": {"A": ["0"]}})
    assert codes(zero, "deviation") == []


def test_marks_under_zero_deviate_by_magnitude():
    factors = [{"id": "T", "min": "-10", "max": "10"}]
    case = marked({"E1": {"A": ["-5"]}, "E2": {"A": ["-6"]}}, factors)
    assert codes(case, "deviation") == []
    case["sheets"]["E2"]["A"]["T"] = "-10"
    assert len(codes(case, "deviation")) == 2


SIX = [{"id": f"T{number}", "max": "10"} for number in range(3)]


def test_sheets_that_agree_throughout_are_a_finding_from_six_marks_on():
    row = ["1", "2", "3"]
    case = marked({"E1": {"A": row, "B": row}, "E2": {"A": row, "B": ["1.0", "2", "3.00"]}, "E3": {"A": row}}, SIX)
    assert codes(case, "identical_sheets") == [{"code": "identical_sheets", "experts": ["E1", "E2"]}]
    case["sheets"]["E2"]["B"]["T2"] = None
    assert codes(case, "identical_sheets") == []
    case["sheets"]["E1"]["B"]["T2"] = None  # absences agree, but five marks are no clue
    case["sheets"]["E3"]["B"] = {"T2": "1"}
    assert codes(case, "identical_sheets") == []
    case["bids"][1]["rejected"] = True
    assert codes(case, "identical_sheets") == []


def test_identical_sheets_are_told_pair_by_pair_and_ignore_other_kinds():
    row = ["1", "2", "3", "9"]
    factors = [*SIX, {"id": "O", "kind": "objective", "max": "10"}]
    case = marked({name: {"A": row, "B": row} for name in ("E1", "E2", "E3")}, factors)
    case["sheets"]["E3"]["A"]["O"] = "8"
    assert [finding["experts"] for finding in codes(case, "identical_sheets")] == [
        ["E1", "E2"],
        ["E1", "E3"],
        ["E2", "E3"],
    ]


def test_marks_on_bids_that_are_not_live_make_no_finding():
    factors = [{"id": "T", "max": "100"}, {"id": "O", "kind": "objective", "max": "100"}]
    case = marked({"E1": {"A": ["50", "1"], "B": ["1", "1"]}, "E2": {"A": ["50", "1"], "B": ["99", "9"]}}, factors)
    assert {finding["code"] for finding in score_document(case)["findings"]} == {"deviation", "objective_mismatch"}
    case["bids"][1]["rejected"] = True
    assert score_document(case)["findings"] == []


def test_too_few_bids_counts_a_brand_once():
    case = priced(None, ["1", "2", "3"])
    assert codes(case, "too_few_bids") == []
    case["bids"][0]["brand"] = case["bids"][1]["brand"] = "X"
    assert codes(case, "too_few_bids") == [{"code": "too_few_bids"}]
    case["bids"][1]["brand"] = "Y"
    assert codes(case, "too_few_bids") == []
    case["bids"][2]["not_opened"] = True
    assert codes(case, "too_few_bids") == [{"code": "too_few_bids"}]
    case["min_bids"] = 2
    assert codes(case, "too_few_bids") == []


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"ceiling": "1000", "budget": "100"}, [("A", "ceiling", "450")]),
        ({"budget": "1000"}, [("A", "ceiling", "450")]),
        ({}, []),
    ],
)
def test_without_a_ceiling_the_budget_stands_in(limits, expected):
    case = priced(None, ["449.99", "2000"], abnormally_low={"ceiling": "0.45"}, **limits)
    case["bids"][0]["id"] = "A"
    found = score_document(case)["abnormally_low"]
    assert [(entry["id"], entry["trigger"], entry["threshold"]) for entry in found] == expected


def test_every_trigger_is_told_bid_by_bid_and_asks_the_bid_price():
    rates = {"mean": "0.50", "second_lowest": "0.50", "ceiling": "0.45"}
    case = priced(None, ["1000", "400", "1500", "10"], abnormally_low=rates, ceiling="900")
    case["bids"][0]["adjustments"] = [{"rate": "0.9"}]
    case["bids"][3]["rejected"] = True
    found = score_document(case)["abnormally_low"]
    assert [(entry["id"], entry["trigger"], entry["threshold"]) for entry in found] == [
        ("B1", "mean", "483.3333333333333333333333333"),
        ("B1", "second_lowest", "500"),
        ("B1", "ceiling", "405"),
    ]
    alone = priced(None, ["100"], abnormally_low={"second_lowest": "1.5", "mean": "1"})
    assert [entry["trigger"] for entry in score_document(alone)["abnormally_low"]] == ["second_lowest"]


def test_the_hash_is_of_the_rules_as_given_and_of_nothing_else():
    case = base()
    one = score_document(case)["input_rules"]
    case["bids"][0]["price"] = "1"
    case["sheets"]["E1"]["A"]["T1"] = "1"
    assert score_document(case)["input_rules"] == one
    assert score_document(dict(reversed(case.items())))["input_rules"] == one
    assert score_document({**case, "places": 2})["input_rules"] != one


def test_the_bytes_are_lines_that_people_and_diff_can_read():
    case = base()
    case["bids"][0]["id"] = "供应商甲"
    case["sheets"] = {"E1": {"供应商甲" if bid == "A" else bid: row for bid, row in case["sheets"]["E1"].items()}}
    text = dumps(score(read_case(case)))
    lines = text.decode().split("\n")
    assert json.loads(text)["bids"][0]["rank"] == 1
    assert "供应商甲".encode() in text
    assert lines[0] == "{"
    assert lines[-2:] == ["}", ""]
    assert sum(line.startswith('  {"id"') for line in lines) == 3
    assert ' "abnormally_low": [],' in lines
    empty = dumps(score(parse('{"track":"GC","method":"comprehensive","bids":[{"id":"A","price":"1"}]}')))
    assert b' "benchmark": null,\n' in empty


def test_a_read_rule_serves_for_a_list_of_prices_too():
    rule = read_price_rule({"full": "20", "benchmark": {"value": "lowest"}}, places=1)
    assert price_scores(rule, ["9", "10"]).scores == ("20.0", "18.0")
