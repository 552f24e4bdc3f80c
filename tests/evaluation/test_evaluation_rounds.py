"""Sealed rounds: bound to their place, opened only when all have ended, complete and possible."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_case import all_pass, good_marks
from evaluation_factory import STREAM, Play, member, secret
from evaluation_stages import at, refused

from app import journal
from app.evaluation import commands as c
from app.evaluation.model import SheetKind
from app.evaluation.sheets import check_sheet
from app.evaluation.stages import LotStage

REVIEW = {"bids": {bid: {"F1": {"pass": True}, "F2": {"pass": True}} for bid in "ABC"}}
FAIL = {"pass": False, "reason": "无盖章", "page": "12"}


def marks(play: Play, alias: str) -> dict[str, Any]:
    lot = play.it.lots["1"]
    table = {bid: {f.id: good_marks(alias, bid, f.id) for f in lot.lot.factors} for bid in lot.live_bids()}
    return {"marks": table, "reasons": {}}


def command(play: Play, alias: str, **changes: Any) -> c.SealSheet:
    salt, key = play.fresh("salt"), play.fresh("key")
    where = {"stream": STREAM, "stage": "1/review", "round": 1, "alias": alias} | changes.pop("bound", {})
    sealed = journal.seal(key, play.fresh("n")[:12], **where, salt=salt, sheet=REVIEW)
    made = c.SealSheet("1", "review", 1, sealed.to_json(), "k1", {})
    return replace(made, **changes)


def test_a_sheet_is_bound_to_its_place() -> None:
    play = at("reviewing")
    alias = play.it.committee[0]
    for bound in ({"stage": "2/review"}, {"round": 2}, {"alias": "M99"}, {"stream": "evaluation/ev2"}):
        with refused("bound_elsewhere", "$.sealed"):
            play.do(command(play, alias, bound=bound), member(alias))
    for changes, code in (
        ({"lot": "9"}, "unknown_lot"),
        ({"lot": ""}, "unknown_lot"),
        ({"kind": "marks"}, "wrong_stage"),
        ({"kind": "essay"}, "bad_value"),
        ({"kind": "ballot"}, "wrong_stage"),
        ({"kind": "ballot", "lot": ""}, "wrong_stage"),
        ({"round": 2}, "round_over"),
        ({"key_id": "k0"}, "old_key"),
        ({"sealed": {"alg": "x"}}, "bad_value"),
    ):
        with refused(code):
            play.do(command(play, alias, **changes), member(alias))
    assert play.do(command(play, alias), member(alias)) == ["SheetSealed"]
    with refused("already_sealed"):
        play.do(command(play, alias), member(alias))


def test_no_ballot_is_on_before_somebody_objects() -> None:
    play = at("constituted")
    alias = play.it.committee[0]
    with refused("no_such_round"):
        play.do(command(play, alias, kind="ballot", lot=""), member(alias))
    with refused("wrong_stage"):
        play.do(command(play, alias), member(alias))


def test_a_key_is_given_again_for_the_newest_offer_only() -> None:
    play = at("reviewing")
    alias, other = play.it.committee[:2]
    play.do(command(play, alias), member(alias))
    with refused("nothing_sealed"):
        play.do(c.GiveSheetKey("1", "review", 1, "k1", {}), member(other))
    with refused("already_sealed"):
        play.do(c.GiveSheetKey("1", "review", 1, "k1", {}), member(alias))
    play.do(c.OfferSealingKey("k2", secret("second").hex()))
    with refused("old_key"):
        play.do(c.GiveSheetKey("1", "review", 1, "k1", {}), member(alias))
    assert play.do(c.GiveSheetKey("1", "review", 1, "k2", {"x": 1}), member(alias)) == ["SheetKeyGiven"]
    assert set(play.it.lots["1"].reviews[-1].sealed[alias].keys) == {"k1", "k2"}
    with refused("old_key"):
        play.do(command(play, other), member(other))


def sealed_round(play: Play, kind: SheetKind, sheets: dict[str, Any]) -> dict[str, dict[str, Any]]:
    number = play.it.lots["1"].rounds(kind)[-1].number
    salts = {alias: play.seal("1", kind, number, alias, sheet) for alias, sheet in sheets.items()}
    return {alias: {"salt": salts[alias].hex(), "sheet": sheet} for alias, sheet in sheets.items()}


def test_nothing_opens_before_all_have_ended() -> None:
    play = at("reviewing")
    some = dict.fromkeys(play.it.committee[:-1], REVIEW)
    opened = sealed_round(play, SheetKind.REVIEW, some)
    with refused("not_all_ended"):
        play.do(c.OpenSheets("1", "review", 1, opened))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda o, a: o.pop(a), "bad_value"),
        (lambda o, a: o.update({"M99": o[a]}), "bad_value"),
        (lambda o, a: o[a].pop("salt"), "bad_value"),
        (lambda o, a: o[a].update(salt="zz"), "bad_value"),
        (lambda o, a: o[a].update(salt=7), "bad_value"),
        (lambda o, a: o[a].update(salt="ab"), "bad_value"),
        (lambda o, a: o[a].update(sheet={"float": 0.5}), "bad_value"),
        (lambda o, a: o.update({a: "nothing"}), "bad_value"),
        (lambda o, a: o[a].update(salt="00" * 32), "wrong_commitment"),
        (lambda o, a: o[a].update(sheet={"bids": {}}), "wrong_commitment"),
    ],
)
def test_only_what_was_committed_to_opens(change: Any, code: str) -> None:
    play = at("reviewing")
    opened = sealed_round(play, SheetKind.REVIEW, dict.fromkeys(play.it.committee, REVIEW))
    change(opened, play.it.committee[0])
    with refused(code):
        play.do(c.OpenSheets("1", "review", 1, opened))
    assert play.it.lots["1"].stage is LotStage.REVIEWING


def test_an_incomplete_sheet_does_not_open_even_if_committed_to() -> None:
    play = at("reviewing")
    sheets = dict.fromkeys(play.it.committee, REVIEW) | {play.it.committee[0]: {"bids": {}}}
    opened = sealed_round(play, SheetKind.REVIEW, sheets)
    with refused("absent_verdict"):
        play.do(c.OpenSheets("1", "review", 1, opened))


def with_bid(sheet: Any, bid: str, value: Any) -> Any:
    return {"bids": sheet["bids"] | {bid: value}}


@pytest.mark.parametrize(
    ("sheet", "code", "where"),
    [
        ([], "bad_value", "$"),
        ({}, "missing_key", "$.bids"),
        (REVIEW | {"more": 1}, "unknown_key", "$.more"),
        ({"bids": []}, "bad_value", "$.bids"),
        ({"bids": {"A": {}}}, "absent_verdict", "$.bids.B"),
        (with_bid(REVIEW, "Z", {}), "unknown_key", "$.bids.Z"),
        (with_bid(REVIEW, "B", {"F1": {"pass": True}}), "absent_verdict", "$.bids.B.F2"),
        (with_bid(REVIEW, "B", {"F1": {"pass": True}, "F2": True}), "bad_value", "$.bids.B.F2"),
        (with_bid(REVIEW, "B", {"F1": {"pass": True}, "F2": {"pass": 1}}), "bad_value", "$.bids.B.F2"),
        (
            with_bid(REVIEW, "B", {"F1": {"pass": True}, "F2": {"pass": True, "reason": "x"}}),
            "unknown_key",
            "$.bids.B.F2.reason",
        ),
        (
            with_bid(REVIEW, "B", {"F1": {"pass": False, "reason": "x"}, "F2": FAIL}),
            "reason_needed",
            "$.bids.B.F1.page",
        ),
        (with_bid(REVIEW, "B", {"F1": FAIL | {"page": " "}, "F2": FAIL}), "reason_needed", "$.bids.B.F1.page"),
        (with_bid(REVIEW, "B", {"F1": FAIL | {"reason": 7}, "F2": FAIL}), "reason_needed", "$.bids.B.F1.reason"),
    ],
)
def test_a_review_sheet_is_complete(sheet: Any, code: str, where: str) -> None:
    with refused(code, where):
        check_sheet(at("reviewing").it, "1", SheetKind.REVIEW, sheet)
    check_sheet(at("reviewing").it, "1", SheetKind.REVIEW, with_bid(REVIEW, "B", {"F1": FAIL, "F2": FAIL}))


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (lambda s: s.pop("reasons"), "missing_key", "$.reasons"),
        (lambda s: s.update(marks=[]), "bad_value", "$.marks"),
        (lambda s: s["marks"].pop("B"), "absent_mark", "$.marks.B"),
        (lambda s: s["marks"]["B"].pop("T1"), "absent_mark", "$.marks.B.T1"),
        (lambda s: s["marks"]["B"].update(X="1"), "unknown_key", "$.marks.B.X"),
        (lambda s: s["marks"]["B"].update(T1=8), "bad_number", "$.marks.B.T1"),
        (lambda s: s["marks"]["B"].update(T1="eight"), "bad_number", "$.marks.B.T1"),
        (lambda s: s["marks"]["B"].update(T1="20.01"), "out_of_range", "$.marks.B.T1"),
        (lambda s: s["marks"]["B"].update(T1="8.125"), "too_many_decimals", "$.marks.B.T1"),
        (lambda s: s.update(reasons=[]), "bad_value", "$.reasons"),
        (lambda s: s.update(reasons={"Z": {}}), "unknown_key", "$.reasons.Z"),
        (lambda s: s.update(reasons={"B": []}), "unknown_key", "$.reasons.B"),
        (lambda s: s.update(reasons={"B": {"X": "x"}}), "unknown_key", "$.reasons.B.X"),
        (lambda s: s.update(reasons={"B": {"T1": 7}}), "unknown_key", "$.reasons.B.T1"),
    ],
)
def test_a_marks_sheet_is_complete_and_possible(change: Any, code: str, where: str) -> None:
    play = at("marking")
    sheet = marks(play, "M1")
    sheet["reasons"] = {"B": {"T1": "方案完整"}}
    check_sheet(play.it, "1", SheetKind.MARKS, sheet)
    change(sheet)
    with refused(code, where):
        check_sheet(play.it, "1", SheetKind.MARKS, sheet)


@pytest.mark.parametrize(("places", "good", "bad"), [(None, "8.25", "8.125"), (0, "8", "8.5"), (3, "8.125", "8.1255")])
def test_a_mark_has_no_more_decimals_than_the_lot_allows(places: int | None, good: str, bad: str) -> None:
    play = at("marking")
    state = play.it.lots["1"]
    lot = replace(state.lot, scoring=state.lot.scoring | {"places": places})
    play.state = replace(play.it, lots={"1": replace(state, lot=lot)})
    sheet = marks(play, "M1")
    sheet["marks"] = {bid: dict.fromkeys(row, good) for bid, row in sheet["marks"].items()}
    check_sheet(play.it, "1", SheetKind.MARKS, sheet)
    sheet["marks"]["B"]["T1"] = bad
    with refused("too_many_decimals", "$.marks.B.T1"):
        check_sheet(play.it, "1", SheetKind.MARKS, sheet)


def test_a_ballot_sheet_names_a_candidate() -> None:
    play = at("constituted", "GC")
    play.do(c.ProposeChair(play.it.committee[0]), member(play.it.committee[0]))
    play.do(c.ObjectToChair(), member(play.it.committee[1]))
    check_sheet(play.it, "", SheetKind.BALLOT, {"candidate": play.it.committee[0]})
    with refused("bad_value", "$"):
        check_sheet(play.it, "", SheetKind.BALLOT, {"candidate": "M1", "why": "x"})
    with refused("not_a_candidate", "$.candidate"):
        check_sheet(play.it, "", SheetKind.BALLOT, {"candidate": ["M1"]})


def test_a_round_that_is_opened_is_over() -> None:
    play = at("reviewed")
    alias = play.it.committee[0]
    with refused("wrong_stage"):
        play.do(command(play, alias), member(alias))
    assert all_pass("M1", "A", "F1")
