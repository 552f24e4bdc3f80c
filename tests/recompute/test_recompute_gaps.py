"""Marks that are lacking: they are never zeros, and only what hangs on them is left unjudged."""

from __future__ import annotations

from statement_factory import Doc, codes_of, gc, remarks_of, small, statement_of

from app.recompute import Kind, extent, work_out


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
