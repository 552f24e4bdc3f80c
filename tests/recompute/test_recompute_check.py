"""Each kind of remark is found exactly where it was planted, and nothing is found in clean published evaluations."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction

import pytest
from statement_factory import Doc, codes_of, gc, r4, r5, r9, remarks_of, small, statement_of, with_figures

from app.recompute import Kind, Severity, Topic, check, extent, message, work_out

STATED = "$.stated.bids"
SHEETS = "$.case.sheets"


@pytest.mark.parametrize("published", [r4, r5, gc, small])
def test_nothing_is_found_in_a_clean_evaluation(published: Callable[[], Doc]) -> None:
    assert remarks_of(published()) == []


def test_what_r4_states_is_compared_figure_by_figure() -> None:
    statement = statement_of(r4())
    told = extent(statement, work_out(statement))
    assert {name: count for name, count in told.compared.items() if count} == {
        "marks": 15,
        "expert_totals": 15,
        "group_scores": 3,
        "price_scores": 3,
        "sums": 3,
        "totals": 3,
        "ranks": 3,
        "candidates": 3,
        "committee": 1,
    }
    assert told.untold == {}


def test_sixty_published_panels_and_the_one_whose_absent_mark_was_written_as_a_zero() -> None:
    hints = {Kind.TIE, Kind.DEVIATION}
    absent = [remark for remark in remarks_of(r9()) if remark.kind not in hints]
    assert [(remark.kind, remark.bid) for remark in absent] == [(Kind.MARK_MISSING, "P57")]
    (wrong,) = [remark for remark in remarks_of(r9(absent=False)) if remark.kind not in hints]
    assert (wrong.kind, wrong.place.path) == (Kind.FACTOR_MEAN_WRONG, f"{STATED}.P57.factor_means.T")
    assert (wrong.stated, wrong.right) == ("7.50", "7.43")


@dataclass(frozen=True)
class Planted:
    """What is changed in a clean evaluation, and the one thing that must be found."""

    kind: Kind
    plant: Callable[[Doc], object]
    path: str
    stated: str | None = None
    right: str | None = None
    again: bool = False
    """Whether every figure is stated anew, right for the changed marks."""
    base: Callable[[], Doc] = small


def put(*path: str | int) -> Callable[[object], Callable[[Doc], object]]:
    """`put("case", "track")(value)` sets one value of a document."""

    def to(value: object) -> Callable[[Doc], object]:
        def change(document: Doc) -> None:
            target: Doc = document
            for part in path[:-1]:
                target = target[part]
            target[path[-1]] = value

        return change

    return to


def drop(*path: str | int) -> Callable[[Doc], object]:
    def change(document: Doc) -> None:
        target: Doc = document
        for part in path[:-1]:
            target = target[part]
        del target[path[-1]]

    return change


def both(*changes: Callable[[Doc], object]) -> Callable[[Doc], object]:
    def change(document: Doc) -> None:
        for each in changes:
            each(document)

    return change


def mark(expert: str, bid: str, factor: str) -> Callable[[object], Callable[[Doc], object]]:
    return put("case", "sheets", expert, bid, factor)


def figure(bid: str, *name: str) -> Callable[[object], Callable[[Doc], object]]:
    return put("stated", "bids", bid, *name)


def no_marks(document: Doc) -> None:
    """The third expert hands in nothing."""
    document["case"]["sheets"]["A3"] = {}


def alike(document: Doc) -> None:
    """The second expert's subjective marks are the first one's."""
    sheets = document["case"]["sheets"]
    for bid, entry in sheets["A2"].items():
        entry |= {"T1": sheets["A1"][bid]["T1"], "T2": sheets["A1"][bid]["T2"]}


def tied(document: Doc) -> None:
    """甲 and 丙 have the same prices and marks."""
    document["case"]["bids"][2]["price"] = "980000"
    for sheet in document["case"]["sheets"].values():
        sheet["丙"] = dict(sheet["甲"])


def parted(document: Doc) -> None:
    """The tie of the first two is ranked by a lot, and the candidates follow it."""
    bids = document["stated"]["bids"]
    bids["甲"]["rank"], bids["丙"]["rank"] = 2, 1
    document["stated"]["candidates"] = ["丙", "甲", "乙"]


PLANTED = [
    Planted(Kind.SHEET_MISSING, no_marks, SHEETS, again=True),
    Planted(Kind.MARK_MISSING, drop("case", "sheets", "A2", "乙", "T1"), SHEETS, again=True),
    Planted(Kind.MARK_MISSING, mark("A2", "乙", "P1")(None), SHEETS, again=True),
    Planted(Kind.MARK_OUT_OF_RANGE, mark("A2", "乙", "T1")("10.5"), f"{SHEETS}.A2.乙.T1", "10.5", "0–10", again=True),
    Planted(Kind.MARK_OUT_OF_RANGE, mark("A1", "乙", "D1")("-1"), f"{SHEETS}.A1.乙.D1", "-1", "0–3", again=True),
    Planted(Kind.MARK_TOO_FINE, mark("A2", "乙", "T1")("7.505"), f"{SHEETS}.A2.乙.T1", "7.505"),
    Planted(Kind.OBJECTIVE_DIFFERS, mark("A3", "乙", "C1")("3"), f"{SHEETS}.A3.乙.C1", "A1 4、A2 4、A3 3", again=True),
    Planted(
        Kind.REASON_MISSING_BELOW,
        both(put("asks", "reason_below")("0.70"), mark("A1", "乙", "T2")("3.4")),
        f"{SHEETS}.A1.乙.T2",
        "3.4",
        again=True,
    ),
    Planted(
        Kind.REASON_MISSING_DEVIATION,
        both(put("asks", "reason_for_deviation")(True), mark("A3", "丙", "T1")("3")),
        f"{SHEETS}.A3.丙.T1",
        "3",
        again=True,
    ),
    Planted(
        Kind.REASON_MISSING_DEDUCTION,
        both(put("asks", "reason_for_deduction")(True), mark("A3", "丙", "D1")("1")),
        f"{SHEETS}.A3.丙.D1",
        "1",
        again=True,
    ),
    Planted(
        Kind.EXPERT_TOTAL_WRONG,
        put("stated", "expert_totals", "A2", "乙")("18.60"),
        "$.stated.expert_totals.A2.乙",
        "18.60",
        "18.50",
    ),
    Planted(
        Kind.EXPERT_TOTAL_WRONG,
        put("stated", "expert_totals", "A3", "B1")("93.50"),
        "$.stated.expert_totals.A3.B1",
        "93.50",
        "92.50",
        base=r4,
    ),
    Planted(Kind.SUM_WRONG, figure("B2", "sum")("343.80"), f"{STATED}.B2.sum", "343.80", "343.90", base=r4),
    Planted(
        Kind.FACTOR_MEAN_WRONG,
        figure("B4", "factor_means", "2.6")("2.84"),
        f'{STATED}.B4.factor_means["2.6"]',
        "2.84",
        "2.83",
        base=gc,
    ),
    Planted(
        Kind.GROUP_SCORE_WRONG,
        figure("甲", "group_scores", "commercial")("8.50"),
        f"{STATED}.甲.group_scores.commercial",
        "8.50",
        "8.00",
    ),
    Planted(
        Kind.EVALUATED_PRICE_WRONG,
        figure("甲", "evaluated_price")("980001"),
        f"{STATED}.甲.evaluated_price",
        "980001",
        "980000",
    ),
    Planted(Kind.BENCHMARK_WRONG, put("stated", "benchmark")("960000.01"), "$.stated.benchmark", "960000.01", "960000"),
    Planted(
        Kind.PRICE_SCORE_WRONG,
        figure("B3", "price_score")("29.65"),
        f"{STATED}.B3.price_score",
        "29.65",
        "29.64",
        base=r4,
    ),
    Planted(Kind.TOTAL_WRONG, figure("B1", "total")("95.64"), f"{STATED}.B1.total", "95.64", "95.46", base=gc),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "total"), f"{STATED}.乙"),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "factor_means", "T1"), f"{STATED}.乙"),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "group_scores", "technical"), f"{STATED}.乙"),
    Planted(Kind.RANK_WRONG, figure("B4", "rank")(5), f"{STATED}.B4.rank", "5", "4", base=gc),
    Planted(Kind.RANK_NOT_DUE, put("stated", "bids", "丁")({"rank": 4}), f"{STATED}.丁.rank", "4"),
    Planted(
        Kind.CANDIDATE_WRONG,
        put("stated", "candidates")(["B1", "B5", "B2"]),
        "$.stated.candidates[1]",
        "B1、B5、B2",
        "B1、B2、B5",
        base=gc,
    ),
    Planted(
        Kind.CANDIDATE_COUNT_WRONG,
        put("stated", "candidates")(["B1", "B2", "B5", "B4"]),
        "$.stated.candidates[3]",
        "B1、B2、B5、B4",
        "B1、B2、B5",
        base=gc,
    ),
    Planted(
        Kind.CANDIDATE_COUNT_WRONG,
        put("stated", "candidates")(["甲", "丙"]),
        "$.stated.candidates[1]",
        "甲、丙",
        "甲、丙、乙",
    ),
    Planted(Kind.CANDIDATE_COUNT_WRONG, put("stated", "candidates")([]), SHEETS, "0", "甲、丙、乙"),
    Planted(Kind.REJECTION_WITHOUT_REASON, drop("case", "bids", 3, "reason"), "$.case.bids[3]"),
    Planted(
        Kind.COMMITTEE_TOO_SMALL,
        put("committee")({"experts": 2, "delegates": 1}),
        "$.committee",
        "2+1",
        "5",
    ),
    Planted(
        Kind.COMMITTEE_TOO_FEW_EXPERTS,
        put("committee")({"experts": 1, "delegates": 2, "minimum": 3}),
        "$.committee",
        "1+2",
    ),
    Planted(
        Kind.COMMITTEE_SHEETS_DIFFER,
        put("committee")({"experts": 4, "delegates": 1}),
        "$.committee",
        "3",
        "5",
    ),
    Planted(Kind.DEVIATION, mark("A3", "丙", "T1")("3"), f"{SHEETS}.A3.丙.T1", "3", again=True),
    Planted(Kind.IDENTICAL_SHEETS, alike, SHEETS, "A1、A2", again=True),
    Planted(Kind.ABNORMALLY_LOW, put("case", "abnormally_low")({"second_lowest": "0.95"}), "$.case.bids[2]", "900000"),
    Planted(Kind.TOO_FEW_BIDS, put("case", "min_bids")(4), "$.case.bids[0]", "3", "≥ 4"),
    Planted(Kind.TIE, tied, f"{STATED}.甲.rank", "甲、丙", again=True),
]


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{p.kind.value}-{i}" for i, p in enumerate(PLANTED)])
def test_what_is_planted_is_found_there_and_nothing_else(planted: Planted) -> None:
    document = planted.base()
    planted.plant(document)
    if planted.again:
        document = with_figures(document)
    (found,) = remarks_of(document)
    assert (found.kind, found.place.path) == (planted.kind, planted.path)
    assert (found.stated, found.right) == (planted.stated, planted.right)
    assert found.rule == statement_of(document).standard.citations[found.kind.topic]
    assert message(found, "zh")
    assert message(found, "en")


def test_an_even_committee_is_found_with_the_missing_sheet() -> None:
    document = small()
    document["committee"] = {"experts": 3, "delegates": 1, "minimum": 3}
    assert codes_of(document) == ["committee_even", "committee_sheets_differ"]


def test_every_kind_of_remark_was_planted() -> None:
    elsewhere = {Kind.COMMITTEE_EVEN, Kind.TIE_RESOLVED}  # tests of their own beside this one
    assert {planted.kind for planted in PLANTED} | elsewhere == set(Kind)


def test_hints_are_hints_and_all_else_is_a_fault() -> None:
    hints = {kind for kind in Kind if kind.severity is Severity.HINT}
    assert hints == {
        Kind.DEVIATION,
        Kind.IDENTICAL_SHEETS,
        Kind.ABNORMALLY_LOW,
        Kind.TOO_FEW_BIDS,
        Kind.TIE,
        Kind.TIE_RESOLVED,
    }
    assert {kind.topic for kind in Kind} == set(Topic)


# ties and candidates


def test_a_tie_that_a_lot_parted_is_a_hint_and_the_candidates_follow_it() -> None:
    document = small()
    tied(document)
    document = with_figures(document)
    parted(document)
    (found,) = remarks_of(document)
    assert (found.kind, found.stated) == (Kind.TIE_RESOLVED, "甲、丙：2、1")
    document["stated"]["candidates"] = ["甲", "丙", "乙"]
    assert codes_of(document) == ["tie_resolved", "candidate_wrong"]
    document["stated"]["bids"]["甲"]["rank"] = 3
    assert codes_of(document) == ["tie", "rank_wrong"]


def test_bids_that_tie_may_be_candidates_in_either_order() -> None:
    document = small()
    tied(document)
    document = with_figures(document)
    document["stated"]["candidates"] = ["丙", "甲", "乙"]
    assert codes_of(document) == ["tie"]


def test_candidates_without_an_order_may_stand_in_any() -> None:
    document = small()
    document["stated"]["candidates"] = ["乙", "甲", "丙"]
    assert codes_of(document) == ["candidate_wrong"]
    document["asks"]["candidates_ranked"] = False
    assert codes_of(document) == []
    document["asks"]["candidates"] = 2
    document["stated"]["candidates"] = ["乙", "甲"]
    (found,) = remarks_of(document)
    assert (found.kind, found.place.path, found.right) == (Kind.CANDIDATE_WRONG, "$.stated.candidates[0]", "甲、丙")


def test_fewer_candidates_than_the_law_allows_are_no_fault_unless_the_document_asks_for_more() -> None:
    document = gc()
    document["stated"]["candidates"] = ["B1"]
    assert codes_of(document) == []
    document["asks"] = {"candidates": 3}
    assert codes_of(document) == ["candidate_count_wrong"]


def test_a_rejected_bid_and_one_named_twice_are_no_candidates() -> None:
    document = small()
    for wrong in (["甲", "丁", "丙"], ["甲", "甲", "丙"]):
        document["stated"]["candidates"] = wrong
        assert codes_of(document) == ["candidate_wrong"]


def test_in_government_procurement_bids_of_one_brand_have_one_candidate() -> None:
    document = r5()
    bids = document["case"]["bids"]
    bids[3]["brand"] = bids[1]["brand"] = "同一品牌"
    first, second, third = "供应商丁", "供应商甲", "供应商丙"
    document["stated"]["candidates"] = [first, second, third]
    assert codes_of(document) == []
    document["stated"]["candidates"] = [first, "供应商乙", second]
    (found,) = remarks_of(document)
    assert (found.kind, found.bid, found.right) == (Kind.CANDIDATE_WRONG, "供应商乙", "供应商丁、供应商甲、供应商丙")


def test_a_bid_of_a_brand_already_chosen_is_wrong_even_where_ranks_are_equal() -> None:
    document = r5()
    case = document["case"]
    for bid in case["bids"]:
        bid["price"] = "100"
    case["sheets"]["评委会"] = {bid["id"]: {"技术商务": "70"} for bid in case["bids"]}
    case["bids"][0]["brand"] = case["bids"][1]["brand"] = "同一品牌"
    document["stated"] = {"candidates": [case["bids"][0]["id"], case["bids"][1]["id"]]}
    assert "candidate_wrong" in codes_of(document)
    document["stated"] = {"candidates": [case["bids"][0]["id"], case["bids"][2]["id"]]}
    assert "candidate_wrong" not in codes_of(document)


def test_candidates_are_not_judged_where_none_are_stated() -> None:
    document = small()
    del document["stated"]["candidates"]
    assert codes_of(document) == []


# marks that are lacking


def test_a_mark_written_as_zero_where_none_was_given_shows_in_the_mean() -> None:
    document = small()
    del document["case"]["sheets"]["A1"]["甲"]["T1"]
    document["stated"]["bids"]["甲"]["factor_means"]["T1"] = "5.67"  # (0 + 8 + 9) / 3
    found = {remark.kind: remark for remark in remarks_of(document)}
    assert found[Kind.FACTOR_MEAN_WRONG].right == "8.50"
    assert Kind.MARK_MISSING in found


def test_a_factor_that_nobody_marked_leaves_only_its_own_figures_unjudged() -> None:
    document = small()
    for sheet in document["case"]["sheets"].values():
        sheet["乙"]["T1"] = None
    document["stated"]["bids"]["甲"]["total"] = "48.43"
    document["stated"]["bids"]["丙"]["price_score"] = "26.89"
    document["stated"]["bids"]["乙"]["total"] = "1"
    document["stated"]["bids"]["乙"]["rank"] = 1
    found = [(remark.kind, remark.bid) for remark in remarks_of(document)]
    assert found == [
        *[(Kind.MARK_MISSING, "乙")] * 3,
        (Kind.TOTAL_WRONG, "甲"),
        (Kind.PRICE_SCORE_WRONG, "丙"),
    ]
    statement = statement_of(document)
    right = work_out(statement)
    assert right.whole is None
    told = extent(statement, right)
    assert told.untold == {
        "expert_totals": 3,
        "factor_means": 1,
        "group_scores": 2,
        "sums": 1,
        "totals": 1,
        "ranks": 3,
        "candidates": 3,
    }
    assert told.compared["totals"] == 2
    assert told.compared["ranks"] == 0


def test_prices_are_judged_where_nothing_was_marked_at_all() -> None:
    document = small()
    document["case"]["sheets"] = {}
    document["stated"]["bids"]["丙"]["price_score"] = "26.89"
    codes = codes_of(document)
    assert codes == ["sheet_missing"] * 3 + ["price_score_wrong"]


def test_where_a_whole_sheet_may_be_left_out_a_gap_leaves_the_bid_unjudged() -> None:
    document = gc()
    for sheet in document["case"]["sheets"].values():
        sheet["B2"]["2.1"] = None
    document["stated"]["bids"]["B2"]["factor_means"]["1.1"] = "0.50"
    assert set(codes_of(document)) == {"mark_missing"}
    document["stated"]["bids"]["B3"]["factor_means"]["1.1"] = "0.50"
    assert codes_of(document)[-1] == "factor_mean_wrong"


def test_where_the_widest_judge_is_left_out_a_gap_leaves_all_marks_unjudged() -> None:
    document = small()
    document["case"]["judge_trim"] = {"from": 3, "high": 0, "low": 0, "widest_first": True}
    for sheet in document["case"]["sheets"].values():
        sheet["乙"]["T1"] = None
    document["stated"]["bids"]["甲"]["total"] = "1"
    assert set(codes_of(document)) == {"mark_missing"}


def test_where_whole_sheets_are_averaged_and_none_is_full_marks_are_unjudged() -> None:
    document = small()
    document["case"]["average"] = "expert_totals"
    sheets = document["case"]["sheets"]
    for expert, factor in (("A1", "T1"), ("A2", "T2"), ("A3", "C1")):
        del sheets[expert]["乙"][factor]
    document["stated"]["bids"]["甲"]["total"] = "1"
    assert set(codes_of(document)) == {"mark_missing"}


def test_the_lowest_price_ranks_without_a_single_mark() -> None:
    bids = [{"id": name, "price": price} for name, price in (("A", "3"), ("B", "1"), ("C", "2"))]
    document: Doc = {"case": {"track": "ZC", "method": "lowest_evaluated_price", "bids": bids}}
    document["stated"] = {"bids": {bid: {"rank": rank} for bid, rank in (("A", 3), ("B", 1), ("C", 2))}}
    assert codes_of(document) == []
    document["stated"]["bids"]["C"]["rank"] = 1
    assert codes_of(document) == ["rank_wrong"]


# rule data


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


def test_a_check_never_touches_what_it_checks() -> None:
    document = gc()
    document["stated"]["bids"]["B1"]["total"] = "1"
    before = deepcopy(document)
    statement = statement_of(document)
    assert check(statement) == check(statement, work_out(statement))
    assert document == before
