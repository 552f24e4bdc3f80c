"""The page on which a verdict or mark rests: possible, where the rule set asks necessary, and bound by the seal."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from basis_play import PAGE, PLACE, BasisPlay
from evaluation_case import all_pass, good_marks, ruleset_json
from evaluation_factory import Play, member, play
from evaluation_stages import at, refused
from phased import blind, working

from app.evaluation.model import SheetKind
from app.evaluation.replay import check
from app.evaluation.sheets import check_sheet
from app.evaluation.tally import opened_marks
from app.evaluation.views import view

FAIL = {"pass": False, "reason": "无盖章", "page": "12"}


def at_work(rule: str) -> Play:
    """A play of this rule that reviews."""
    it = Play()
    it.open_room()
    rules = ruleset_json(it.track)
    rules["procedure"]["basis"] = rule
    it.import_package(rules=rules)
    it.draw_slots()
    for ref in ("p1", "p2", "p3", "p4", "p5"):
        it.pledge(it.arrive(ref))
    it.constitute()
    it.choose_chair()
    return it


def review(**cell: Any) -> dict[str, Any]:
    made = {bid: {item: {"pass": True} for item in ("F1", "F2")} for bid in "ABC"}
    made["B"]["F2"] = cell or {"pass": True}
    return {"bids": made}


def marks(it: Play, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = it.marks_of("1", it.it.committee[0], good_marks)
    return made | more


def test_nobody_has_to_name_a_page_where_the_rule_set_does_not_ask_and_everyone_may() -> None:
    reviewing, marking = at("reviewing"), at("marking")
    check_sheet(reviewing.it, "1", SheetKind.REVIEW, review(**FAIL))
    check_sheet(reviewing.it, "1", SheetKind.REVIEW, review(**FAIL, basis=PLACE))
    check_sheet(marking.it, "1", SheetKind.MARKS, marks(marking))
    check_sheet(marking.it, "1", SheetKind.MARKS, marks(marking, basis={"A": {"T1": PAGE}}))


@pytest.mark.parametrize(
    ("rule", "cell", "where"),
    [
        ("failing", FAIL, "$.bids.B.F2.basis"),
        ("all", FAIL, "$.bids.A.F1.basis"),
        ("all", {"pass": True}, "$.bids.A.F1.basis"),
    ],
)
def test_a_verdict_is_not_given_without_its_page_where_the_rule_set_asks(
    rule: str, cell: dict[str, Any], where: str
) -> None:
    it = at_work(rule)
    with refused("basis_needed", where):
        check_sheet(it.it, "1", SheetKind.REVIEW, review(**cell))


def test_with_its_page_it_is() -> None:
    it = at_work("failing")
    check_sheet(it.it, "1", SheetKind.REVIEW, review(**FAIL, basis=PAGE))
    check_sheet(it.it, "1", SheetKind.REVIEW, review(**{"pass": True}))
    whole = review(**FAIL)
    for row in whole["bids"].values():
        for cell in row.values():
            cell["basis"] = PLACE
    check_sheet(at_work("all").it, "1", SheetKind.REVIEW, whole)


def test_a_seat_is_told_what_the_rule_set_asks() -> None:
    for rule in ("none", "failing"):
        it = at_work(rule)
        seen = view(it.it, member(it.it.committee[0]))
        assert seen is not None
        assert seen["rules"]["basis"] == rule


@pytest.mark.parametrize(
    ("basis", "where"),
    [
        ("12", ""),
        ({"file": 1}, ""),
        (PAGE | {"note": "x"}, ""),
        (PAGE | {"file": 2}, ".file"),
        (PAGE | {"file": 0}, ".file"),
        (PAGE | {"file": True}, ".file"),
        (PAGE | {"page": 0}, ".page"),
        (PAGE | {"page": 100_001}, ".page"),
        (PAGE | {"page": "12"}, ".page"),
        (PAGE | {"region": "all"}, ".region"),
        (PAGE | {"region": [0, 0, 10]}, ".region"),
        (PAGE | {"region": [0, 0, 10, 0.5]}, ".region"),
        (PAGE | {"region": [10, 0, 10, 10]}, ".region"),
        (PAGE | {"region": [-1, 0, 10, 10]}, ".region"),
        (PAGE | {"region": [0, 0, 1001, 10]}, ".region"),
        (PAGE | {"region": [0, 11, 10, 10]}, ".region"),
    ],
)
def test_a_page_that_cannot_be_is_refused_at_its_place(basis: object, where: str) -> None:
    reviewing, marking = at("reviewing"), at("marking")
    with refused("bad_value", f"$.bids.B.F2.basis{where}"):
        check_sheet(reviewing.it, "1", SheetKind.REVIEW, review(**FAIL, basis=basis))
    with refused("bad_value", f"$.basis.A.T1{where}"):
        check_sheet(marking.it, "1", SheetKind.MARKS, marks(marking, basis={"A": {"T1": basis}}))


@pytest.mark.parametrize(
    ("basis", "code", "where"),
    [
        ([], "bad_value", "$.basis"),
        ({"Z": {}}, "unknown_key", "$.basis.Z"),
        ({"A": []}, "bad_value", "$.basis.A"),
        ({"A": {"X": PAGE}}, "unknown_key", "$.basis.A.X"),
    ],
)
def test_a_page_stands_beside_a_mark(basis: object, code: str, where: str) -> None:
    it = at("marking")
    with refused(code, where):
        check_sheet(it.it, "1", SheetKind.MARKS, marks(it, basis=basis))


def test_a_failing_mark_needs_its_page_and_others_do_not() -> None:
    it = at_work("failing")
    it.review("1", all_pass)
    it.conclude("1")
    state = it.it.lots["1"]
    sheet = marks(it)
    check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    first = replace(state.lot.factors[0], kind="pass_fail", min=None, max=None)
    it.state = replace(
        it.it, lots={"1": replace(state, lot=replace(state.lot, factors=(first, *state.lot.factors[1:])))}
    )
    for row in sheet["marks"].values():
        row[first.id] = "pass"
    check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    sheet["marks"]["C"][first.id] = "fail"
    with refused("basis_needed", f"$.basis.C.{first.id}"):
        check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    check_sheet(it.it, "1", SheetKind.MARKS, sheet | {"basis": {"C": {first.id: PLACE}}})


def test_behind_a_code_only_blind_files_are_counted_and_the_page_follows_its_bid() -> None:
    it = working(blind)
    alias = it.it.committee[0]
    sheet = it.marks_of("1", alias)
    check_sheet(it.it, "1", SheetKind.MARKS, sheet | {"basis": {"1": {"T1": PAGE}}})
    with refused("bad_value", "$.basis.1.T1.file"):
        check_sheet(it.it, "1", SheetKind.MARKS, sheet | {"basis": {"1": {"T1": PAGE | {"file": 2}}}})
    codes = it.codes("1", alias)
    sheets = {one: it.marks_of("1", one) for one in it.it.committee}
    sheets[alias] = sheets[alias] | {"basis": {"3": {"T1": PLACE}}}
    it.seal_all("1", SheetKind.MARKS, sheets)
    it.unseal("1")
    assert opened_marks(it.it, it.it.lots["1"])[alias]["basis"] == {codes["3"]: {"T1": PLACE}}


def test_a_whole_evaluation_with_pages_replays_and_another_page_breaks_the_seal() -> None:
    it = play(kind=BasisPlay)
    assert opened_marks(it.it, it.it.lots["1"])["M1"]["basis"]["A"]["T1"] == PAGE
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it
    entries = copy.deepcopy(list(it.log.entries))
    opened = [e for e in entries if e.type == "SheetsOpened"][-1]
    opened.data["sheets"]["M1"]["sheet"]["basis"]["A"]["T1"]["page"] = 13
    _state, irregular = check(entries)
    assert irregular is not None
