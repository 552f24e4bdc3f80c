"""What the rules ask is data: thresholds, reasons, articles, the size of a committee, rounding and weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from statement_factory import codes_of, gc, r4, remarks_of, small, statement_of, with_figures

from app.recompute import Topic


def test_a_reason_answers_where_one_is_asked_for() -> None:
    document = small()
    document["asks"] |= {"reason_below": "0.70", "reason_for_deviation": True, "reason_for_deduction": True}
    document["case"]["sheets"]["A3"]["丙"] |= {"T1": "3", "D1": "1"}
    document = with_figures(document)
    assert codes_of(document) == ["reason_missing_deviation", "reason_missing_below", "reason_missing_deduction"]
    document["reasons"] = {"A3": {"丙": {"T1": "方案缺少进度计划", "D1": "2024年一次通报"}}}
    assert codes_of(document) == ["deviation"]  # explained, and still for the committee to see


def test_the_thresholds_of_a_deviation_are_rule_data() -> None:
    document = small()
    document["case"]["sheets"]["A3"]["丙"]["T1"] = "5.5"
    document = with_figures(document)
    assert codes_of(document) == []  # 2.17 points off
    document["asks"] |= {"deviation_points": "2"}
    assert codes_of(document) == []  # 30 % of the mean is 2.3
    document["asks"] |= {"deviation_share": "0.10"}
    assert codes_of(document) == ["deviation"]


def test_three_points_and_thirty_per_cent_are_the_default_and_the_edge_is_inside() -> None:
    statement = statement_of(small())
    assert (statement.standard.deviation_points, statement.standard.deviation_share) == (3, Fraction(3, 10))
    document = small()
    for expert, told in (("A1", "4"), ("A2", "7"), ("A3", "10")):
        document["case"]["sheets"][expert]["丙"]["T1"] = told
    assert codes_of(with_figures(document)) == []
    document["case"]["sheets"]["A2"]["丙"]["T1"] = "6.99"
    assert codes_of(with_figures(document)) == ["deviation"]


def test_articles_differ_by_track_and_a_document_may_cite_its_own() -> None:
    works, purchase = statement_of(gc()), statement_of(r4())
    assert "64" not in works.standard.citations[Topic.OBJECTIVE]
    assert "第六十四条（三）" in purchase.standard.citations[Topic.OBJECTIVE]
    document = r4()
    document["asks"]["citations"] = {"price": "招标文件第 23 页"}
    document["stated"]["bids"]["B3"]["price_score"] = "29.65"
    (found,) = remarks_of(document)
    assert found.rule == "招标文件第 23 页"


@pytest.mark.parametrize(("budget", "found"), [("9999999.99", []), ("10000000", ["committee_too_small"])])
def test_a_large_purchase_needs_seven_members(budget: str, found: list[str]) -> None:
    document = r4()
    document["case"] |= {"budget": budget, "ceiling": None}
    assert codes_of(document) == found


def test_an_unrounded_benchmark_may_be_stated_as_rounded() -> None:
    document = small()
    document["case"]["bids"][2]["price"] = "900001"
    document = with_figures(document)
    for told in ("960000.333333", "960000.33", "960000.3", "960000"):
        document["stated"]["benchmark"] = told
        assert codes_of(document) == []
    document["stated"]["benchmark"] = "960000.34"
    assert codes_of(document) == ["benchmark_wrong"]
    document["case"]["price"]["benchmark"]["places"] = 2  # now a rule rounds it
    document = with_figures(document)
    document["stated"]["benchmark"] = "960000.3"
    assert codes_of(document) == ["benchmark_wrong"]


def test_weights_enter_an_experts_total() -> None:
    document = small()
    document["case"]["weights"] = {"technical": "0.5", "price": "0.8"}
    document = with_figures(document)
    assert document["stated"]["expert_totals"]["A1"]["甲"] == "14.25"  # 0.5 x 12.5 + 8
    assert codes_of(document) == []
    document["asks"]["totals_with_price"] = True
    document = with_figures(document)
    assert document["stated"]["expert_totals"]["A1"]["甲"] == "36.59"  # and 0.8 x 27.92
    assert codes_of(document) == []
