"""Ties that the rules leave, and candidates that must follow from the ranking."""

from __future__ import annotations

from statement_factory import Doc, codes_of, gc, r5, remarks_of, small, tied, with_figures

from app.recompute import Kind


def parted(document: Doc) -> None:
    """The tie of the first two is ranked by a lot, and the candidates follow it."""
    bids = document["stated"]["bids"]
    bids["甲"]["rank"], bids["丙"]["rank"] = 2, 1
    document["stated"]["candidates"] = ["丙", "甲", "乙"]


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
