"""Coefficients drawn in the room: when the document says so, by commit and reveal, and nothing is tallied before."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import refused
from phased import drawn, finish, phase, two_phases, working

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.coefficients import CallCoefficient, DrawCoefficient, running
from app.evaluation.registry import read_command
from app.evaluation.replay import check
from app.evaluation.room import commands as rc
from app.evaluation.stages import LotStage
from app.evaluation.tally import scoring_case
from app.evaluation.views import view
from app.report import report_data
from app.rules.model import Party


def transcript(it: Play, items: tuple[str, ...] = ("0.95", "0.96", "0.97")) -> dict[str, Any]:
    number = it.call("coefficient/1/C", {"kind": "order", "items": list(items)})
    made = it.reveal(number)
    it.do_room(rc.OpenDraw(number, made))
    return made


def reviewed(when: str, *changes: Any) -> Play:
    it = working(drawn(when), *changes)
    it.review("1")
    return it


def acts(it: Play, viewer: Actor) -> list[dict[str, Any]]:
    seen = view(it.it, viewer)
    assert seen is not None
    return [act for act in seen["acts"] if act["command"] == "CallCoefficient"]


def test_behind_the_marks_nothing_is_tallied_before_it_is_drawn() -> None:
    it = reviewed("after_marks")
    it.conclude("1")
    with refused("not_drawn_now"):
        it.do(CallCoefficient("1", "C"), WITNESS)
    it.mark("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.tallied, lot.to_unseal) == (LotStage.UNSEALING, False, None)
    (act,) = acts(it, WITNESS)
    assert (act["urgent"], acts(it, CENTRE)) == (True, [])
    it.do(read_command("CallCoefficient", act["data"]), WITNESS)
    assert [(lot.lot.id, draw.id) for lot, draw in running(it.it)] == [("1", "C")]
    made = transcript(it)
    assert it.do(DrawCoefficient("1", "C", made)) == ["CoefficientDrawn", "LotTallied"]
    assert (it.it.lots["1"].stage, running(it.it)) == (LotStage.OPENED, ())
    assert scoring_case(it.it, it.it.lots["1"])["price"]["benchmark"]["factor"] == made["order"][0]
    finish(it)
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it
    told = str(
        report_data(it.it, "1", room_name="室", key_fingerprint="k", journal=(1, "00"), issued_at=it.log.entries[-1].at)
    )
    assert f"抽取系数 C = {made['order'][0]}" in told


def test_behind_the_review_it_may_be_drawn_while_members_mark() -> None:
    it = reviewed("after_review")
    with refused("not_drawn_now"):
        it.do(CallCoefficient("1", "C"), WITNESS)
    it.conclude("1")
    it.do(CallCoefficient("1", "C"), WITNESS)
    assert it.do(DrawCoefficient("1", "C", transcript(it))) == ["CoefficientDrawn"]
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_marks_that_are_ready_wait_for_what_was_to_be_drawn_behind_the_review() -> None:
    it = reviewed("after_review")
    it.conclude("1")
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.UNSEALING
    seen = view(it.it, member(it.it.committee[0]))
    assert seen is not None
    assert seen["matters"]["coefficients"]["notices"]
    it.do(CallCoefficient("1", "C"), WITNESS)
    it.do(DrawCoefficient("1", "C", transcript(it)))
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_who_may_have_it_drawn_and_only_once() -> None:
    it = reviewed("after_review")
    it.conclude("1")
    for actor in (CENTRE, AGENCY, member(it.it.chair or ""), Actor(Party.REGULATOR, post="r")):
        with refused("not_permitted"):
            it.do(CallCoefficient("1", "C"), actor)
    with refused("unknown_coefficient"):
        it.do(CallCoefficient("1", "Z"), WITNESS)
    with refused("unknown_lot"):
        it.do(CallCoefficient("9", "C"), WITNESS)
    made = transcript(it)
    with refused("nothing_to_draw"):
        it.do(DrawCoefficient("1", "C", made))
    it.do(CallCoefficient("1", "C"), WITNESS)
    with refused("already_drawn"):
        it.do(CallCoefficient("1", "C"), WITNESS)
    with refused("not_permitted"):
        it.do(DrawCoefficient("1", "C", made), WITNESS)
    it.do(DrawCoefficient("1", "C", made))
    with refused("already_drawn"):
        it.do(CallCoefficient("1", "C"), WITNESS)
    with refused("nothing_to_draw"):
        it.do(DrawCoefficient("1", "C", made))


@pytest.mark.parametrize("fault", ["order", "items"])
def test_only_a_verified_draw_of_the_documents_values_counts(fault: str) -> None:
    it = reviewed("after_review")
    it.conclude("1")
    it.do(CallCoefficient("1", "C"), WITNESS)
    made = copy.deepcopy(transcript(it, ("0.95", "0.96", "0.97") if fault == "order" else ("0.95", "0.96")))
    if fault == "order":
        made["order"].reverse()
    with refused("bad_transcript", "$.transcript"):
        it.do(DrawCoefficient("1", "C", made))


def test_a_coefficient_of_the_opening_is_imported_and_never_drawn() -> None:
    def imported(lot: dict[str, Any]) -> None:
        lot["draws"] = [{"id": "K", "values": ["0.96", "0.97"], "into": "price.benchmark.factor", "when": "opening"}]

    it = working(imported)
    it.review("1")
    it.conclude("1")
    with refused("unknown_coefficient"):
        it.do(CallCoefficient("1", "K"), WITNESS)
    it.mark("1")
    assert scoring_case(it.it, it.it.lots["1"])["price"]["benchmark"]["factor"] == "0.97"
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_it_waits_for_the_last_phase() -> None:
    it = reviewed("after_marks", two_phases)
    it.conclude("1")
    it.mark("1")
    with refused("not_drawn_now"):
        it.do(CallCoefficient("1", "C"), WITNESS)
    it.unseal("1")
    it.mark("1")
    it.do(CallCoefficient("1", "C"), WITNESS)
    it.do(DrawCoefficient("1", "C", transcript(it)))
    assert it.it.lots["1"].stage is LotStage.OPENED
    ground = next(iter(it.it.ruleset.procedure.repeat_grounds))
    it.do(c.RepeatStage("1", "marks", ground, "漏看"), member(it.it.chair or ""))
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED  # it is drawn once and for all
    assert phase("x", "T1")["blind"] is False
