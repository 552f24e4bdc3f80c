"""The order of demonstrations, drawn in the room where the document says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play
from evaluation_stages import refused
from phased import finish, phase, tender, working

from app.evaluation.matters import MATTERS
from app.evaluation.matters.demonstration import (
    CallOrder,
    DrawOrder,
    HoldDemonstration,
    next_bids,
    purpose_of,
    running,
)
from app.evaluation.registry import read_command
from app.evaluation.replay import check
from app.evaluation.room import commands as rc
from app.evaluation.views import view
from app.rules import Refusal, read_tender, tender_to_json


def ordered(lot: dict[str, Any]) -> None:
    """A demonstration behind everything else, in an order that is drawn."""
    lot["phases"] = [phase("paper", "T1", "T2"), phase("demo", "C1", held="demonstration", order="drawn")]


def shown_next() -> Play:
    """The demonstrations are next."""
    it = working(ordered)
    it.review("1")
    it.conclude("1")
    with refused("nothing_to_draw"):
        it.do(CallOrder("1", "paper"), WITNESS)
    it.mark("1")
    it.unseal("1")
    return it


def acts(it: Play, viewer: Any) -> dict[str, Any]:
    return {act["command"]: act for act in (view(it.it, viewer) or {})["acts"]}


def held(it: Play, bid: str) -> HoldDemonstration:
    now = it.now.isoformat()
    return HoldDemonstration("1", bid, True, now, now, "")


def drawn(it: Play, bids: tuple[str, ...]) -> dict[str, Any]:
    number = it.call(purpose_of("1", "demo"), {"kind": "order", "items": list(bids)})
    made = it.reveal(number)
    it.do_room(rc.OpenDraw(number, made))
    return made


def test_nobody_is_recorded_before_the_order_is_drawn_nor_out_of_turn() -> None:
    it = shown_next()
    with refused("order_due"):
        it.do(held(it, "A"), AGENCY)
    assert "HoldDemonstration" not in acts(it, AGENCY)
    assert "CallOrder" not in acts(it, CENTRE)
    with refused("not_permitted"):
        it.do(CallOrder("1", "demo"), CENTRE)
    with refused("nothing_to_draw", "$.phase"):
        it.do(DrawOrder("1", "demo", {}))
    act = acts(it, WITNESS)["CallOrder"]
    it.do(read_command("CallOrder", act["data"]), WITNESS)
    with refused("already_drawn"):
        it.do(CallOrder("1", "demo"), WITNESS)
    assert "CallOrder" not in acts(it, WITNESS)
    bids = it.it.lots["1"].live_bids()
    assert running(it.it) == (("1", "demo", bids),)
    made = drawn(it, bids)
    with refused("bad_transcript", "$.transcript"):
        it.do(DrawOrder("1", "demo", made | {"items": ["A"]}))
    it.do(DrawOrder("1", "demo", made))
    assert running(it.it) == ()
    order = made["order"]
    with refused("not_its_turn", "$.bid"):
        it.do(held(it, order[1]), AGENCY)
    for bid in order:
        options = [option["value"] for option in acts(it, AGENCY)["HoldDemonstration"]["fields"][0]["options"]]
        assert options == [bid]
        it.do(held(it, bid), AGENCY)
    it.mark("1")
    finish(it)
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it
    course = "\n".join(line.text for m in MATTERS for line in m.report(it.it, "1"))
    assert f"演示次序：{'、'.join(order)}" in course


def test_a_bid_that_came_back_comes_last() -> None:
    it = shown_next()
    lot = it.it.lots["1"]
    it.state = replace(it.it, lots=it.it.lots | {"1": replace(lot, rejected={"A": "R6"})})
    it.do(CallOrder("1", "demo"), WITNESS)
    made = drawn(it, ("B", "C", "D"))
    it.do(DrawOrder("1", "demo", made))
    it.state = replace(it.it, lots=it.it.lots | {"1": lot})
    for bid in (*made["order"], "A"):
        assert next_bids(it.it, it.it.lots["1"]) == (bid,)
        it.do(held(it, bid), AGENCY)


def test_its_place_in_the_tender() -> None:
    made = read_tender(tender(ordered))
    assert [one.order_drawn for one in made.lots[0].phases] == [False, True]
    assert read_tender(tender_to_json(made)) == made
    wrong = tender(ordered)
    del wrong["lots"][0]["phases"][1]["held"]
    with pytest.raises(Refusal) as refusal:
        read_tender(wrong)
    assert refusal.value.code == "order_of_nothing"
