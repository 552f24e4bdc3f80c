"""Marks that the document narrows down, reasons that it asks for, and the order in which each member has the bids."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_case import all_pass, good_marks, tender_json
from evaluation_factory import CENTRE, STREAM, Play, member
from evaluation_stages import refused

from app.drawing import ordered_bids
from app.evaluation.model import SheetKind
from app.evaluation.sheets import check_sheet
from app.evaluation.views import view


def tender(**lot: Any) -> dict[str, Any]:
    made = tender_json("ZC")
    first = made["lots"][0]
    forms = {"T2": {"each": {"points": "2", "name": "业绩"}}, "C1": {"explain": {"below": "24"}}}
    factors = [f | {"form": forms[f["id"]]} if f["id"] in forms else f for f in first["factors"]]
    return made | {"lots": [first | {"factors": factors} | lot]}


def marking(**lot: Any) -> Play:
    play = Play()
    play.open_room()
    play.import_package(tender=tender(**lot))
    play.draw_slots()
    for ref in ("p1", "p2", "p3", "p4", "p5"):
        play.pledge(play.arrive(ref))
    play.constitute()
    play.choose_chair()
    return play


@pytest.fixture
def play() -> Play:
    made = marking()
    made.review("1", all_pass)
    made.conclude("1")
    return made


def sheet(play: Play, **marks: str) -> dict[str, Any]:
    made = play.marks_of("1", play.it.committee[0], lambda alias, bid, factor: good_marks(alias, bid, factor))
    made["marks"]["A"] |= {"T2": "4", "C1": "30"} | marks
    for bid in ("B", "C"):
        made["marks"][bid] |= {"T2": "6", "C1": "30"}
    return made


def test_a_mark_that_the_table_does_not_know_is_refused_at_its_place(play: Play) -> None:
    check_sheet(play.it, "1", SheetKind.MARKS, sheet(play))
    with refused("not_in_table", "$.marks.A.T2"):
        check_sheet(play.it, "1", SheetKind.MARKS, sheet(play, T2="5"))


def test_a_mark_that_needs_a_reason_is_refused_without_one(play: Play) -> None:
    low = sheet(play, C1="23.5")
    for reasons in ({}, {"A": {"C1": " "}}, {"A": {"T1": "其他"}}, {"B": {"C1": "未响应"}}):
        with refused("reason_needed", "$.reasons.A.C1"):
            check_sheet(play.it, "1", SheetKind.MARKS, low | {"reasons": reasons})
    check_sheet(play.it, "1", SheetKind.MARKS, low | {"reasons": {"A": {"C1": "培训方案缺失。"}}})


def bids_of(play: Play, alias: str) -> list[str]:
    seen = view(play.it, member(alias))
    assert seen is not None
    return [bid["id"] for bid in seen["lots"][0]["bids"]]


def test_every_member_at_work_has_the_bids_in_the_own_order() -> None:
    play = marking(bid_order="drawn")
    hashes = [play.it.draws[number] for number in sorted(play.it.draws)]
    wanted = {alias: ordered_bids(STREAM, "1", alias, ["A", "B", "C"], hashes) for alias in play.it.committee}
    assert len({tuple(order) for order in wanted.values()}) > 1
    assert {alias: bids_of(play, alias) for alias in play.it.committee} == wanted
    seen = view(play.it, CENTRE)
    assert seen is not None
    assert [bid["id"] for bid in seen["lots"][0]["bids"]] == ["A", "B", "C"]
    play.review("1", all_pass)
    assert {tuple(bids_of(play, alias)) for alias in play.it.committee} == {("A", "B", "C")}
    play.conclude("1")
    assert {alias: bids_of(play, alias) for alias in play.it.committee} == wanted


def test_without_a_drawn_order_everyone_has_the_bids_as_they_stand(play: Play) -> None:
    assert {tuple(bids_of(play, alias)) for alias in play.it.committee} == {("A", "B", "C")}
