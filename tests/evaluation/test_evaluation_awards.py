"""Who may be a candidate: one bidder and several lots (兼投不兼中), bids of one brand (87号令 31)."""

import copy
from typing import Any

import pytest
from evaluation_case import ruleset_json, tender_json
from evaluation_factory import Play, member
from evaluation_stages import refused

from app.evaluation import commands as c
from app.evaluation.stages import LotStage
from app.evaluation.standing import candidates, passed_over
from app.evaluation.tally import competing, result
from app.rules import Refusal, check_tender, read_ruleset, read_tender, tender_to_json


def to_marks(track: str, tender: Any) -> Play:
    """An evaluation of this tender up to the opened marks of every lot."""
    it = Play(track)
    it.open_room()
    it.import_package(tender=tender)
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    for lot in it.it.lots:
        it.review(lot)
        it.conclude(lot)
        it.mark(lot)
    return it


def one_bidder_two_lots(most: int = 1, order: tuple[str, ...] = ("1", "2")) -> Any:
    tender = copy.deepcopy(tender_json("GC", ("1", "2")))
    first, second = tender["lots"]
    for a, b in zip(first["bids"], second["bids"], strict=False):
        b["bidder"], b["uscc"] = a["bidder"], a["uscc"]
    return tender | {"awards": {"most": most, "order": list(order)}}


def bidder(it: Play, lot: str, bid: str) -> str:
    return next(b.bidder for b in it.it.lots[lot].lot.bids if b.id == bid)


def firsts(it: Play) -> dict[str, str]:
    """The first candidate of each lot, by bidder."""
    found = {}
    for key, lot in it.it.lots.items():
        best = candidates(it.it, lot, result(it.it, lot))[0]
        found[key] = bidder(it, key, best["id"])
    return found


def test_who_is_first_in_one_lot_is_no_candidate_in_the_next() -> None:
    free = to_marks("GC", {k: v for k, v in one_bidder_two_lots().items() if k != "awards"})
    assert len(set(firsts(free).values())) == 1  # without the limit one bidder takes both
    it = to_marks("GC", one_bidder_two_lots())
    found = firsts(it)
    assert found["1"] == firsts(free)["1"]
    assert found["2"] != found["1"]
    lot = it.it.lots["2"]
    (over,) = passed_over(it.it, lot, result(it.it, lot)).items()
    assert (bidder(it, "2", over[0]), over[1]) == (found["1"], "1")


def test_the_lots_are_settled_in_the_order_of_the_document() -> None:
    it = to_marks("GC", one_bidder_two_lots(order=("2", "1")))
    lot = it.it.lots["1"]
    assert list(passed_over(it.it, lot, result(it.it, lot)).values()) == ["2"]
    with refused("earlier_lot_first"):
        it.do(c.NoteFindings("1", "已核对"), member(it.it.chair or ""))
    it.finish_lot("2")
    it.finish_lot("1")
    assert it.it.lots["1"].stage is LotStage.REPORTING


def test_up_to_the_limit_one_bidder_may_win() -> None:
    it = to_marks("GC", one_bidder_two_lots(most=2))
    assert len(set(firsts(it).values())) == 1


@pytest.mark.parametrize("order", [["1"], ["1", "2", "3"], ["1", "1"]])
def test_every_lot_stands_in_the_order_once(order: list[str]) -> None:
    tender = one_bidder_two_lots() | {"awards": {"most": 1, "order": order}}
    try:
        faults = check_tender(read_ruleset(ruleset_json("GC")), read_tender(tender))
    except Refusal as refusal:
        faults = (refusal,)
    assert faults
    assert ".awards.order" in faults[0].where


def test_a_limit_is_read_and_written_alike() -> None:
    tender = read_tender(one_bidder_two_lots())
    assert tender.awards is not None
    assert read_tender(tender_to_json(tender)) == tender
    assert "awards" not in tender_to_json(read_tender(tender_json("GC")))


# --- one brand


def branded(track: str, *brands: str | None) -> Any:
    tender = copy.deepcopy(tender_json(track))
    for bid, brand in zip(tender["lots"][0]["bids"], brands, strict=False):
        bid["brand"] = brand
    return tender


def test_bids_of_one_brand_are_one_and_the_best_of_them_stays() -> None:
    it = to_marks("ZC", branded("ZC", "甲牌", "乙牌", "丙牌"))
    lot = it.it.lots["1"]
    assert competing(it.it, lot) == 3
    ranked = [row["id"] for row in result(it.it, lot)["bids"] if row["rank"] is not None]
    best, second, *_ = ranked
    tender = branded("ZC")
    for bid in tender["lots"][0]["bids"]:
        bid["brand"] = "甲牌" if bid["id"] in (best, second) else None
    again = Play("ZC")
    again.open_room()
    again.import_package(tender=tender)
    again.draw_slots()
    for k in range(1, 6):
        again.pledge(again.arrive(f"p{k}"))
    again.constitute()
    again.choose_chair()
    assert competing(again.it, again.it.lots["1"]) == 2
    # three bids, but two brands: fewer than three
    assert again.it.lots["1"].failed == "too_few_bids"


def test_of_one_brand_only_the_best_is_a_candidate() -> None:
    tender = branded("ZC")
    bids = tender["lots"][0]["bids"]
    extra = dict(bids[0]) | {"id": "D", "bidder": "丁设备有限公司", "price": "1100000"}
    bids.append(extra)
    bids[0]["brand"] = extra["brand"] = "甲牌"
    it = to_marks("ZC", tender)
    lot = it.it.lots["1"]
    found = result(it.it, lot)
    ranks = {row["id"]: row["rank"] for row in found["bids"]}
    worse, better = sorted(("A", "D"), key=lambda bid: -ranks[bid])
    assert passed_over(it.it, lot, found) == {worse: better}
    assert worse not in [row["id"] for row in candidates(it.it, lot, found)]
    assert competing(it.it, lot) == 3


def test_in_works_brands_do_not_count() -> None:
    it = to_marks("GC", branded("GC", "甲牌", "甲牌", "甲牌"))
    lot = it.it.lots["1"]
    assert competing(it.it, lot) == len(lot.live_bids())
    assert passed_over(it.it, lot, result(it.it, lot)) == {}
