"""A lot among tied bids: drawn when nothing changes any more, before anybody signs, once for the same bids."""

from __future__ import annotations

import copy
from typing import Any

from acts_filled import all_are_taken, offered
from evaluation_case import ruleset_json, tender_json
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import refused

from app.evaluation import commands as c
from app.evaluation.matters import MATTERS
from app.evaluation.matters.back_step import AskBackStep
from app.evaluation.matters.ties import CallTie, DrawTie, TieCalled, purpose_of, running
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.room import commands as rc
from app.evaluation.stages import LotStage
from app.evaluation.standing import candidates, passed_over, standing
from app.evaluation.tally import result
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules import read_tender, tender_to_json
from app.rules.model import Ties


def tied_tender(track: str = "GC", ties: str | None = "lot", tied: tuple[str, ...] = ("A", "B"), **brands: str) -> Any:
    """A tender in which these bids have one price; everybody gets the same marks."""
    tender = copy.deepcopy(tender_json(track))
    lot = tender["lots"][0]
    if track == "ZC":
        lot["bids"].append(dict(lot["bids"][0]) | {"id": "D", "bidder": "丁设备有限公司", "price": "1100000"})
        lot["qualification"]["results"].append({"bid": "D", "passed": True, "reason": None})
    price = next(bid["price"] for bid in lot["bids"] if bid["id"] == tied[0])
    for bid in lot["bids"]:
        if bid["id"] in tied:
            bid["price"], bid["adjustments"] = price, []
        bid["brand"] = brands.get(bid["id"])
    return tender | {"lots": [lot | ({"ties": ties} if ties else {})]}


def marked(tender: Any, track: str = "GC", **rules: Any) -> Play:
    """Everybody gave all bids the same marks; the sums are open."""
    it = Play(track)
    it.open_room()
    it.import_package(tender=tender, rules=ruleset_json(track) | rules)
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1", lambda alias, bid, factor: "10" if factor != "T2" else "4")
    return it


def confirming(tender: Any, track: str = "GC", **rules: Any) -> Play:
    it = marked(tender, track, **rules)
    it.do(c.NoteFindings("1", "已逐条核对"), member(it.it.chair or ""))
    if it.it.lots["1"].stage is LotStage.CHECKING:
        it.do(c.CheckTables("1", True, ""), AGENCY)
    return it


def drawn(it: Play, bids: tuple[str, ...]) -> dict[str, Any]:
    number = it.call(f"tie/1/{','.join(bids)}", {"kind": "order", "items": list(bids)})
    made = it.reveal(number)
    it.do_room(rc.OpenDraw(number, made))
    return made


def names(it: Play) -> list[tuple[str, int]]:
    """The candidates with their ranks."""
    lot = it.it.lots["1"]
    return [(row["id"], row["rank"]) for row in candidates(it.it, lot, result(it.it, lot))]


def due(it: Play) -> tuple[str, ...]:
    lot = it.it.lots["1"]
    return standing(it.it, lot, result(it.it, lot)).due


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_a_lot_parts_whom_nothing_else_parts_before_anybody_signs() -> None:
    it = marked(tied_tender())
    group = due(it)
    assert group == ("A", "B")
    assert not offered(it, WITNESS, "CallTie")  # marks may still change
    assert "ties" not in (view(it.it, WITNESS) or {})["matters"]
    assert purpose_of("1", group) == "tie/1/A,B"
    with refused("wrong_stage"):
        it.do(CallTie("1", group), WITNESS)
    it.do(c.NoteFindings("1", "已逐条核对"), member(it.it.chair or ""))
    (act,) = offered(it, WITNESS, "CallTie")
    assert act["grave"]
    assert all_are_taken(it, "CallTie") == 1
    for alias in it.it.committee:
        for command in (c.ConfirmResult("1"), c.DissentFromResult("1", "不同意")):
            with refused("tie_undrawn", "1"):
                it.do(command, member(alias))
    assert "并列" in str(view(it.it, member(it.it.committee[0])))
    with refused("nothing_tied", "$.bids"):
        it.do(CallTie("1", ("A", "C")), WITNESS)
    with refused("nothing_tied", "$.bids"):
        it.do(CallTie("1", ()), WITNESS)
    with refused("not_permitted"):
        it.do(CallTie("1", group), CENTRE)
    it.do(CallTie("1", group), WITNESS)
    with refused("already_drawn", "1"):
        it.do(CallTie("1", group), WITNESS)
    assert not offered(it, WITNESS, "CallTie")
    assert running(it.it) == (("1", group),)
    made = drawn(it, group)
    with refused("bad_transcript", "$.transcript"):
        it.do(DrawTie("1", made | {"items": ["A", "C"]}))
    it.do(DrawTie("1", made))
    assert running(it.it) == ()
    with refused("nothing_to_draw", "1"):
        it.do(DrawTie("1", made))
    found, order = dict(names(it)), made["order"]
    assert found[order[1]] == found[order[0]] + 1
    assert len({rank for _, rank in names(it)}) == len(names(it))
    it.finish_lot("1")
    it.issue("1", b"report", 1)
    it.leave()
    it.close()
    sound(it)
    course = "\n".join(line.text for m in MATTERS for line in m.report(it.it, "1"))
    assert f"抽签次序：{'、'.join(order)}" in course


def test_without_the_documents_word_they_share_the_rank_and_nothing_is_drawn() -> None:
    it = confirming(tied_tender(ties=None))
    assert due(it) == ()
    ranks = dict(names(it))
    assert ranks["A"] == ranks["B"]
    assert not offered(it, WITNESS, "CallTie")
    it.finish_lot("1")
    sound(it)


def test_a_tie_behind_the_candidates_is_of_no_use() -> None:
    it = confirming(tied_tender(), candidates=1)
    first = names(it)[0][0]
    assert (due(it) == ()) == (first not in ("A", "B"))
    it = confirming(tied_tender(tied=("C", "D")), candidates=1)
    assert (due(it) == ()) == (names(it)[0][0] not in ("C", "D"))


def test_equal_bids_of_one_brand_are_drawn_by_law_and_the_other_is_passed_over() -> None:
    it = confirming(tied_tender("ZC", None, A="甲牌", B="甲牌"), "ZC")
    assert due(it) == ("A", "B")
    it.do(CallTie("1", ("A", "B")), WITNESS)
    made = drawn(it, ("A", "B"))
    it.do(DrawTie("1", made))
    lot = it.it.lots["1"]
    best, other = made["order"]
    assert passed_over(it.it, lot, result(it.it, lot)) == {other: best}
    assert best in dict(names(it))
    assert other not in dict(names(it))
    it.finish_lot("1")
    sound(it)


def test_one_brand_ahead_needs_no_lot_and_two_brands_share() -> None:
    it = confirming(tied_tender("ZC", None, A="甲牌", B="乙牌"), "ZC")
    assert due(it) == ()
    it = confirming(tied_tender("ZC", "lot", A="甲牌", B="甲牌"), "ZC")
    assert due(it) == ("A", "B")  # the document's lot is the law's as well
    it.do(CallTie("1", ("A", "B")), WITNESS)
    made = drawn(it, ("A", "B"))
    it.do(DrawTie("1", made))
    lot = it.it.lots["1"]
    assert passed_over(it.it, lot, result(it.it, lot)) == {made["order"][1]: made["order"][0]}


def test_who_is_tied_is_told_to_those_who_see_the_result() -> None:
    it = confirming(tied_tender())
    event = TieCalled("1", ("A", "B"))
    assert [told(it.it, event, viewer) for viewer in (WITNESS, member(it.it.committee[0]), CENTRE, AGENCY)] == [
        *(Told.WHOLE, Told.WHOLE, Told.HAPPENED, Told.HAPPENED)
    ]


def test_the_same_bids_are_not_drawn_again_when_marks_are_given_again() -> None:
    it = confirming(tied_tender())
    it.do(CallTie("1", ("A", "B")), WITNESS)
    made = drawn(it, ("A", "B"))
    it.do(DrawTie("1", made))
    before = names(it)
    it.do(AskBackStep("1", "marking", "评分表录入错误"), member(it.it.chair or ""))
    assert due(it) == ()
    assert names(it) == before


def test_a_lot_that_failed_or_is_unknown_has_no_tie() -> None:
    it = confirming(tied_tender())
    with refused("unknown_lot"):
        it.do(c.ConfirmResult("9"), member(it.it.committee[0]))


def test_the_tender_says_so_and_is_read_back() -> None:
    for ties, due_ in (("lot", Ties.LOT), ("shared", Ties.SHARED), (None, Ties.SHARED)):
        tender = read_tender(tied_tender(ties=ties))
        assert tender.lots[0].ties is due_
        assert read_tender(tender_to_json(tender)) == tender
