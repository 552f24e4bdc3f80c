"""Marks to totals: kinds of factors, absent marks, judge trims, averages, weights."""

from __future__ import annotations

import pytest
from scoring_cases import base, bids_of, marked

from app.scoring import score_document

TWO = [{"id": "T1", "group": "technical", "max": "50"}, {"id": "C1", "group": "commercial", "max": "50"}]


def test_an_absent_mark_is_never_a_zero():
    case = marked({"E1": {"A": ["80"]}, "E2": {"A": [None]}, "E3": {"A": ["90"]}})
    assert bids_of(case)["A"]["total"] == "85.00"
    case["sheets"]["E2"] = None
    assert bids_of(case)["A"]["total"] == "85.00"
    case["sheets"]["E2"] = {"A": None}
    assert bids_of(case)["A"]["total"] == "85.00"
    del case["sheets"]["E2"]
    assert bids_of(case)["A"]["total"] == "85.00"


def test_deductions_are_taken_off_the_maximum_and_their_score_is_rounded_not_the_mean():
    factors = [{"id": "D", "group": "safety", "kind": "deduction", "max": "10"}]
    case = marked({"E1": {"A": ["1"]}, "E2": {"A": ["1"]}, "E3": {"A": ["2"]}}, factors, rounding="up")
    found = bids_of(case)["A"]
    assert found["factor_scores"] == {"D": "8.67"}  # 10 - 1.333... = 8.666..., upwards
    assert found["working"][0] == "D: 10 - (1 + 1 + 2) / 3 = 8.666666... -> 8.67"
    fine = marked({"E1": {"A": ["1"]}}, [{"id": "D", "kind": "deduction", "max": "10.005"}])
    assert bids_of(fine)["A"]["total"] == "9.01"
    trimmed = marked(
        {f"E{number}": {"A": [mark]} for number, mark in enumerate(["9", "1", "2"])},
        factors,
        judge_trim={"from": 3, "high": 1},
    )
    assert bids_of(trimmed)["A"]["total"] == "8.50"  # the highest mark, which takes most, is dropped


def test_pass_fail_gives_no_points_and_is_reported():
    factors = [{"id": "Q", "group": "formal", "kind": "pass_fail"}, {"id": "T", "max": "10"}]
    case = marked({"E1": {"A": ["pass", "9"]}, "E2": {"A": ["fail", "9"]}, "E3": {"A": [None, None]}}, factors)
    found = bids_of(case)["A"]
    assert found["factor_scores"] == {"T": "9.00"}
    assert found["group_scores"] == {}
    assert found["total"] == "9.00"
    assert found["working"][0] == "Q: E1 pass, E2 fail"
    assert score_document(case)["findings"] == []
    case["sheets"] = {"E1": {"A": {"T": "9"}}}  # no verdict at all is no `no_marks`
    assert bids_of(case)["A"]["working"][0] == "T: (9) / 1 = 9 -> 9.00"
    only = marked({"E1": {"A": ["pass"]}}, factors[:1])
    assert bids_of(only)["A"]["total"] == "0.00"


SEVEN = {f"E{number}": {"A": [mark]} for number, mark in enumerate(["80", "82", "85", "78", "95", "60", "84"], 1)}


@pytest.mark.parametrize(
    ("trim", "total"),
    [
        ({"from": 7, "high": 1, "low": 1}, "81.80"),
        ({"from": 8, "high": 1, "low": 1}, "80.57"),
        ({"from": 7, "high": 2, "low": 1}, "81.00"),
        ({"from": 7}, "80.57"),
        ({"from": 7, "high": 4, "low": 3}, "80.57"),
        ({"high": 4, "low": 2}, "80.00"),
    ],
)
def test_extremes_are_dropped_by_position(trim, total):
    found = bids_of(marked(SEVEN, judge_trim=trim))["A"]
    assert found["total"] == total


def test_the_line_of_a_trimmed_mean_names_what_was_left_out():
    found = bids_of(marked(SEVEN, judge_trim={"from": 7, "high": 1, "low": 1}))["A"]
    assert found["working"][0] == "T1: (78 + 80 + 82 + 84 + 85) / 5 = 81.8 -> 81.80; left out 60, 95"


def test_absent_marks_count_before_a_trim_is_asked():
    case = marked({**SEVEN, "E7": {"A": [None]}}, judge_trim={"from": 7, "high": 1, "low": 1})
    assert bids_of(case)["A"]["total"] == "80.00"


def test_whole_sheets_are_left_out_per_total():
    sheets = {
        "E1": {"A": ["10", "10"]},
        "E2": {"A": ["30", "30"]},
        "E3": {"A": ["20", "41"]},
        "E4": {"A": ["50", "50"]},
        "E5": {"A": ["50", None]},
    }
    case = marked(sheets, TWO, judge_trim={"from": 4, "high": 1, "low": 1, "per": "total"})
    found = bids_of(case)["A"]
    # E1 and E4 go whole; E5 is not counted among the four full sheets, but its mark stays in the mean of T1.
    assert found["factor_scores"] == {"T1": "33.33", "C1": "35.50"}
    assert found["working"][0] == "sheets left out (extreme totals): E1, E4"
    case["judge_trim"]["from"] = 5
    assert bids_of(case)["A"]["factor_scores"] == {"T1": "32.00", "C1": "32.75"}
    case["judge_trim"] |= {"from": 4, "high": 2, "low": 2}
    assert bids_of(case)["A"]["factor_scores"] == {"T1": "32.00", "C1": "32.75"}


def test_totals_are_weighted_before_extremes_are_sought():
    sheets = {"E1": {"A": ["10", "40"]}, "E2": {"A": ["20", "20"]}, "E3": {"A": ["40", "9"]}}
    case = marked(sheets, TWO, judge_trim={"from": 3, "high": 1, "per": "total"})
    assert bids_of(case)["A"]["working"][0].endswith("E1")
    case["weights"] = {"commercial": "0.1"}
    assert bids_of(case)["A"]["working"][0].endswith("E3")


def test_equal_totals_go_in_the_experts_order_else_by_id():
    sheets = {name: {"A": [mark]} for name, mark in {"E2": "10", "E1": "10", "E3": "10"}.items()}
    case = marked(sheets, judge_trim={"from": 3, "high": 1, "low": 1, "per": "total"})
    assert bids_of(case)["A"]["working"][0].endswith("E2, E3")
    del case["experts"]
    assert bids_of(case)["A"]["working"][0].endswith("E1, E3")


def test_a_deduction_counts_for_a_total_as_the_points_it_leaves():
    factors = [{"id": "D", "kind": "deduction", "max": "7.5"}, {"id": "T", "max": "10"}]
    sheets = {"E1": {"A": ["7", "5"]}, "E2": {"A": ["0", "1"]}, "E3": {"A": ["4", "6"]}}
    case = marked(sheets, factors, judge_trim={"from": 3, "low": 1, "per": "total"})
    assert bids_of(case)["A"]["working"][0].endswith("E1")  # 5.5 against 8.5 and 9.5


WIDE = {
    "E1": {"A": ["60"], "B": ["70"], "C": ["80"]},
    "E2": {"A": ["50"], "B": ["60"], "C": ["90"]},
    "E3": {"A": ["70"], "B": ["75"], "C": ["78"]},
    "E4": {"A": ["65"], "B": ["70"], "C": ["75"]},
}


def test_the_widest_judge_is_left_out_first_and_then_the_trim_asks_again():
    trim = {"from": 4, "high": 1, "low": 1, "widest_first": True}
    found = bids_of(marked(WIDE, judge_trim=trim))
    assert found["A"]["working"][0] == "sheet left out (widest spread): E2"
    assert found["A"]["total"] == "65.00"  # three left: fewer than four, nothing more goes
    trim["from"] = 3
    assert bids_of(marked(WIDE, judge_trim=trim))["A"]["total"] == "65.00"
    assert bids_of(marked(WIDE, judge_trim=trim))["B"]["total"] == "70.00"
    trim |= {"high": 0, "per": "total"}
    assert bids_of(marked(WIDE, judge_trim=trim))["A"]["total"] == "67.50"
    trim["from"] = 5
    assert "widest" not in bids_of(marked(WIDE, judge_trim=trim))["A"]["working"][0]


def test_an_incomplete_judge_is_not_asked_for_the_spread():
    sheets = {**WIDE, "E2": {"A": ["50"], "B": [None], "C": ["90"]}}
    found = bids_of(marked(sheets, judge_trim={"from": 3, "widest_first": True}))
    assert found["A"]["working"][0].endswith("E1")  # spread 20 against 8 and 10


def test_widest_ties_go_to_the_larger_gap_to_the_second_lowest_then_by_order():
    sheets = {
        "E1": {"A": ["60"], "B": ["75"], "C": ["80"]},
        "E2": {"A": ["60"], "B": ["70"], "C": ["80"]},
        "E3": {"A": ["61"], "B": ["71"], "C": ["81"]},
    }
    trim = {"from": 3, "widest_first": True}
    assert bids_of(marked(sheets, judge_trim=trim))["A"]["working"][0].endswith("E2")
    turned = dict(reversed(sheets.items()))
    assert bids_of(marked(turned, judge_trim=trim))["A"]["working"][0].endswith("E3")


def test_the_only_full_sheet_is_never_left_out_as_the_widest():
    sheets = {"E1": {"A": ["60"], "B": ["75"]}, "E2": {"A": ["60"], "B": [None]}}
    found = bids_of(marked(sheets, judge_trim={"from": 1, "widest_first": True}))
    assert found["B"]["total"] == "75.00"
    alone = {"E1": {"A": ["60"]}, "E2": {"A": ["70"]}}  # one bid: no spread, the first in order goes
    assert bids_of(marked(alone, judge_trim={"from": 2, "widest_first": True}))["A"]["total"] == "70.00"


def test_factor_means_are_rounded_one_by_one_experts_totals_once():
    factors = [{"id": f"T{number}", "group": "technical", "max": "10"} for number in range(3)]
    sheets = {"E1": {"A": ["1", "1", "1"]}, "E2": {"A": ["1", "1", "1"]}, "E3": {"A": ["2", "2", "2"]}}
    case = marked(sheets, factors)
    assert bids_of(case)["A"]["total"] == "3.99"  # 1.33 three times
    case["average"] = "expert_totals"
    found = bids_of(case)["A"]
    assert found["total"] == "4.00"
    assert found["group_scores"] == {"technical": "4.00"}
    assert found["factor_scores"] == {"T0": "1.33", "T1": "1.33", "T2": "1.33"}
    assert found["working"][-2] == "experts: (E1 3 + E2 3 + E3 6) / 3 = 4 -> 4.00"


def test_experts_totals_take_full_sheets_and_weights_within_each_total():
    factors = [*TWO, {"id": "D", "kind": "deduction", "max": "10"}]
    sheets = {
        "E1": {"A": ["40", "20", "1"]},
        "E2": {"A": ["30", "25", "2"]},
        "E3": {"A": ["10", None, "0"]},
    }
    case = marked(sheets, factors, average="expert_totals", weights={"technical": "0.4"})
    found = bids_of(case)["A"]
    assert found["group_scores"] == {"technical": "35.00", "commercial": "22.50"}
    assert found["total"] == "45.00"  # (16 + 20 + 9 = 45 and 12 + 25 + 8 = 45)
    assert found["factor_scores"] == {"T1": "26.67", "C1": "22.50", "D": "9.00"}
    case["judge_trim"] = {"from": 2, "high": 1, "per": "total"}
    assert bids_of(case)["A"]["group_scores"] == {"technical": "40.00", "commercial": "20.00"}


def test_groups_are_weighted_after_rounding_and_written_before():
    rule = {"full": "100", "benchmark": {"value": "lowest"}}
    case = marked({"E1": {"A": ["33.33", "10.01"]}}, [*TWO], price=rule, places=2)
    case["weights"] = {"technical": "0.333", "price": "0.25", "commercial": None}
    found = bids_of(case)["A"]
    assert found["group_scores"] == {"technical": "33.33", "commercial": "10.01"}
    assert found["price_score"] == "100.00"
    assert found["total"] == "46.11"  # 11.09889 + 10.01 + 25
    assert found["working"][-1] == "total: 0.333 x 33.33 + 10.01 + 0.25 x 100.00 = 46.10889 -> 46.11"


def test_a_factor_without_a_group_counts_once():
    factors = [{"id": "T", "max": "10"}, {"id": "U", "max": "10"}, *TWO]
    found = bids_of(marked({"E1": {"A": ["5", "6", "7", "8"]}}, factors))["A"]
    assert found["group_scores"] == {"technical": "7.00", "commercial": "8.00"}
    assert found["total"] == "26.00"
    assert found["working"][-1] == "total: 7.00 + 8.00 + 5.00 + 6.00 = 26 -> 26.00"


def test_check_sum_accepts_a_hundred():
    case = base(check_sum=True)
    case["factors"][0]["max"] = "65"
    assert score_document(case)["bids"][0]["rank"] == 1
    full = marked({"E1": {"A": ["5"]}}, check_sum=True)
    assert bids_of(full)["A"]["total"] == "5.00"


def test_places_nought_and_four():
    case = marked({"E1": {"A": ["5"]}, "E2": {"A": ["6"]}}, places=0)
    assert bids_of(case)["A"]["total"] == "6"
    case["places"] = 4
    assert bids_of(case)["A"]["total"] == "5.5000"
