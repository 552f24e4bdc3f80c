"""From opened sheets to the issued report, and the way out."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_case import good_marks, ruleset_json
from evaluation_factory import AGENCY, CENTRE, KIOSK, NOON, WITNESS, Play, member, play
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.decide import decide
from app.evaluation.decisions.result import open_mismatches
from app.evaluation.model import SheetKind
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.standing import candidates
from app.evaluation.tally import failing_bids, ranking_is_open, result, result_bytes
from app.rules.model import Party


def chair(it: Play) -> Any:
    return member(it.it.chair or "")


def other(it: Play) -> Any:
    return member(next(alias for alias in it.it.committee if alias != it.it.chair))


def reviewed(track: str = "ZC", verdict: Any = None, **rules: Any) -> Play:
    it = at("reviewing", track)
    it.state = replace(it.it, ruleset=replace(it.it.ruleset, **rules))
    it.review("1", verdict or (lambda alias, bid, item: True))
    return it


def fails(*bids: str) -> Any:
    return lambda alias, bid, item: bid not in bids or item != "F2"


def test_the_chair_states_exactly_what_the_verdicts_say() -> None:
    it = reviewed("GC", fails("B"))
    ground = it.it.lots["1"].lot.review_items[1].ground
    assert failing_bids(it.it, it.it.lots["1"]) == {"B": ground}
    for rejections, code in (
        ({}, "not_the_verdicts"),
        ({"A": ground}, "not_the_verdicts"),
        ({"B": "R99"}, "unknown_ground"),
    ):
        with refused(code):
            it.do(c.ConcludeReview("1", rejections, None), chair(it))
    with refused("not_the_chair"):
        it.do(c.ConcludeReview("1", {"B": ground}, None), other(it))
    with refused("bad_value", "$.competition"):
        it.do(c.ConcludeReview("1", {"B": ground}, "有竞争"), chair(it))
    assert it.do(c.ConcludeReview("1", {"B": ground}, None), chair(it)) == ["ReviewConcluded"]
    assert it.it.lots["1"].live_bids() == ("A", "C", "D")


def test_too_few_bids_in_gc_are_the_committees_decision() -> None:
    it = reviewed("GC", fails("B", "C"))
    ground = it.it.lots["1"].lot.review_items[1].ground
    rejections = {"B": ground, "C": ground}
    for silence in (None, " "):
        with refused("competition_open"):
            it.do(c.ConcludeReview("1", rejections, silence), chair(it))
    with refused("no_lawful_ground"):
        it.do(c.FailLot("1", "weather"), chair(it))
    done = reviewed("GC", fails("B", "C"))
    done.do(c.ConcludeReview("1", rejections, "两家报价相近，仍有竞争性"), chair(done))
    assert (done.it.lots["1"].stage, done.it.lots["1"].competition) == (LotStage.MARKING, "两家报价相近，仍有竞争性")
    assert it.do(c.FailLot("1", "no_competition"), chair(it)) == ["LotFailed"]
    assert (it.it.lots["1"].stage, it.it.lots["1"].failed) == (LotStage.CONFIRMING, "no_competition")
    with refused("no_lawful_ground"):
        plenty = reviewed("GC")
        plenty.do(c.FailLot("1", "no_competition"), chair(plenty))


def test_too_few_bids_fail_a_zc_lot_and_none_left_fails_any() -> None:
    it = reviewed("ZC", fails("B"))
    ground = it.it.lots["1"].lot.review_items[1].ground
    assert it.do(c.ConcludeReview("1", {"B": ground}, None), chair(it)) == ["ReviewConcluded", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"
    none = reviewed("GC", fails("A", "B", "C", "D"))
    ground = none.it.lots["1"].lot.review_items[1].ground
    made = none.do(c.ConcludeReview("1", dict.fromkeys("ABCD", ground), None), chair(none))
    assert made == ["ReviewConcluded", "LotFailed"]


def test_verdicts_that_differ_are_repeated_or_outvoted() -> None:
    def one_objects(alias: str, bid: str, item: str) -> bool:
        return not (bid == "B" and item == "F2" and alias == at("reviewing", "GC").it.committee[0])

    it = reviewed("GC", one_objects, preliminary_rule="unanimous")
    with refused("verdicts_differ", "B.F2"):
        it.do(c.ConcludeReview("1", {}, None), chair(it))
    with refused("reason_needed"):
        it.do(c.RepeatStage("1", "review", "committee", ""), chair(it))
    with refused("no_lawful_ground"):
        it.do(c.RepeatStage("1", "review", "sum", "意见不一"), chair(it))
    with refused("not_the_chair"):
        it.do(c.RepeatStage("1", "review", "committee", "意见不一"), other(it))
    with refused("wrong_stage"):
        it.do(c.RepeatStage("1", "marks", "committee", "意见不一"), chair(it))
    it.do(c.RepeatStage("1", "review", "committee", "意见不一"), chair(it))
    lot = it.it.lots["1"]
    assert (lot.stage, len(lot.reviews), lot.reviews[-1].opened) == (LotStage.REVIEWING, 2, False)
    assert lot.repeats == ({"kind": "review", "ground": "committee", "reason": "意见不一"},)
    outvoted = reviewed("GC", one_objects, preliminary_rule="majority")
    assert failing_bids(outvoted.it, outvoted.it.lots["1"]) == {}
    outvoted.conclude("1")


def test_equal_votes_decide_nothing() -> None:
    it = reviewed("GC", preliminary_rule="majority")
    lot = it.it.lots["1"]
    last = lot.reviews[-1]
    assert last.sheets is not None
    even = {alias: last.sheets[alias] for alias in list(last.sheets)[:2]}
    first = next(iter(even))
    sheet = even[first]["sheet"]["bids"]
    changed = {**sheet, "A": {**sheet["A"], "F1": {"pass": False, "reason": "x", "page": "1"}}}
    even[first] = {"salt": even[first]["salt"], "sheet": {"bids": changed}}
    with refused("verdicts_differ", "A.F1"):
        failing_bids(it.it, replace(lot, reviews=(replace(last, sheets=even),)))


def test_a_stage_in_zc_is_repeated_on_the_laws_four_grounds_only() -> None:
    it = at("marked")
    with refused("no_lawful_ground"):
        it.do(c.RepeatStage("1", "marks", "committee", "再想想"), chair(it))
    with refused("bad_value"):
        it.do(c.RepeatStage("1", "essay", "sum", "再想想"), chair(it))
    it.do(c.RepeatStage("1", "marks", "extreme", "畸高"), chair(it))
    lot = it.it.lots["1"]
    assert (lot.stage, lot.case_hash, len(lot.marks)) == (LotStage.MARKING, None, 2)
    assert not ranking_is_open(lot)
    it.mark("1")
    assert ranking_is_open(it.it.lots["1"])
    gc = at("marked", "GC")
    gc.do(c.RepeatStage("1", "marks", "committee", "重评"), chair(gc))


def differing(alias: str, bid: str, factor: str) -> str:
    value = good_marks(alias, bid, factor)
    return "9" if factor == "T2" and bid == "A" and alias == at("marking").it.committee[0] else value


def test_objective_marks_that_differ_cannot_be_talked_away() -> None:
    it = at("marking")
    it.mark("1", differing)
    assert open_mismatches(it.it, it.it.lots["1"]) == ["A.T2"]
    with refused("objective_mismatch", "A.T2"):
        it.do(c.NoteFindings("1", "没关系"), chair(it))
    it.do(c.RepeatStage("1", "marks", "objective", "业绩分不一致"), chair(it))
    it.mark("1")
    with refused("reason_needed"):
        it.do(c.NoteFindings("1", " "), chair(it))
    assert it.do(c.NoteFindings("1", "已核对"), chair(it)) == ["FindingsNoted", "CheckDue"]


def test_the_organising_staff_checks_in_zc_only() -> None:
    it = at("checking")
    with refused("not_permitted"):
        it.do(c.CheckTables("1", True, ""), CENTRE)
    with refused("reason_needed"):
        it.do(c.CheckTables("1", False, ""), AGENCY)
    with refused("wrong_stage"):
        it.do(c.ConfirmResult("1"), chair(it))
    assert it.do(c.CheckTables("1", False, "合计有误"), AGENCY) == ["TablesChecked", "CheckRaised"]
    assert (it.it.lots["1"].stage, it.it.lots["1"].check_remarks) == (LotStage.OPENED, "合计有误")
    it.do(c.NoteFindings("1", "已复核"), chair(it))
    it.do(c.RepeatStage("1", "marks", "sum", "合计有误"), chair(it))
    assert it.it.lots["1"].stage is LotStage.MARKING
    gc = at("marked", "GC")
    assert gc.do(c.NoteFindings("1", "无"), chair(gc)) == ["FindingsNoted", "ConfirmationDue"]
    with refused("not_permitted"):
        gc.do(c.CheckTables("1", True, ""), AGENCY)


def test_everyone_confirms_or_dissents_once() -> None:
    it = at("confirming")
    first, second, *others = it.it.committee
    with refused("reason_needed"):
        it.do(c.DissentFromResult("1", ""), member(first))
    assert it.do(c.DissentFromResult("1", "报价异常未说明"), member(first)) == ["ResultDissented"]
    with refused("already_answered"):
        it.do(c.ConfirmResult("1"), member(first))
    it.do(c.ConfirmResult("1"), member(second))
    for alias in others[:-1]:
        it.do(c.ConfirmResult("1"), member(alias))
    with refused("wrong_stage"):
        it.do(c.IssueReport("1", "ab" * 32, 10, 1))
    assert it.do(c.ConfirmResult("1"), member(others[-1])) == ["ResultConfirmed", "ReportDue"]
    assert it.it.lots["1"].opinions == {first: "报价异常未说明", second: None, **dict.fromkeys(others)}
    with refused("wrong_stage"):
        it.do(c.ConfirmResult("1"), member(first))
    it.do(c.IssueReport("1", "ab" * 32, 10, 1))
    assert it.it.lots["1"].stage is LotStage.REPORTED


def test_the_result_is_what_the_core_computes_and_names_the_candidates() -> None:
    it = at("marked")
    found = result(it.it, it.it.lots["1"])
    ranked = candidates(it.it, it.it.lots["1"], found)
    assert [row["rank"] for row in ranked] == sorted(row["rank"] for row in ranked)
    assert len(candidates(replace(it.it, ruleset=replace(it.it.ruleset, candidates=1)), it.it.lots["1"], found)) == 1
    with refused("not_scorable"):
        result_bytes(b"{}")


# --- the way out


def test_nobody_leaves_before_the_report_and_out_of_order() -> None:
    it = at("confirming")
    one = it.it.members["p1"]
    with refused("report_missing"):
        it.do(c.WipeSeat(one.seat or ""), member(one.alias or ""))
    it = at("reported")
    one = it.it.members["p1"]
    with refused("bad_value", "$.seat"):
        it.do(c.WipeSeat("Z9"), member(one.alias or ""))
    with refused("wrong_member_stage"):
        it.do(c.ReturnPhone("p1", one.locker or ""), KIOSK)
    it.do(c.WipeSeat(one.seat or ""), member(one.alias or ""))
    with refused("bad_value", "$.locker"):
        it.do(c.ReturnPhone("p1", "99"), KIOSK)
    with refused("wrong_member_stage"):
        it.do(c.LeaveRoom("p1"), KIOSK)
    it.do(c.ReturnPhone("p1", one.locker or ""), KIOSK)
    it.do(c.LeaveRoom("p1"), KIOSK)
    assert it.it.members["p1"].stage is MemberStage.LEFT
    with refused("members_inside"):
        it.close()


def test_help_is_called_once_and_answered() -> None:
    it = at("marking")
    alias = it.it.committee[0]
    with refused("nothing_requested"):
        it.do(c.AnswerHelp(alias, "来了"), CENTRE)
    it.do(c.CallHelp("鼠标坏了"), member(alias))
    with refused("already_requested"):
        it.do(c.CallHelp("快来"), member(alias))
    assert it.it.helps[0].seat == it.it.members["p1"].seat or it.it.helps[0].alias == alias
    it.do(c.AnswerHelp(alias, "来了"), WITNESS)
    assert it.it.helps == ()


def test_remarks_and_refusals_are_kept() -> None:
    it = at("marking")
    with refused("reason_needed"):
        it.do(c.AddRemark(""), WITNESS)
    it.do(c.AddRemark("秩序良好"), WITNESS)
    it.do(c.RecordRefusal("SealSheet", "out_of_range", "$.marks.A.T1"), member(it.it.committee[0]))
    assert (it.it.remarks[0]["text"], it.it.refusals) == ("秩序良好", 1)


def test_the_end_is_counted() -> None:
    it = at("left")
    with refused("bad_value", "$.entries"):
        it.do(c.CloseEvaluation(3), CENTRE)
    with refused("report_missing"):
        at("confirming").close()
    it.close()
    assert it.log.entries[-1].data == {"entries": len(it.log.entries)}
    assert it.it.lots["1"].stage is LotStage.CLOSED


def test_two_lots_go_their_own_ways() -> None:
    def second_fails(alias: str, bid: str, item: str) -> bool:
        return True

    it = play("GC", lots=("1", "2"), verdict=second_fails)
    assert {lot.stage for lot in it.it.lots.values()} == {LotStage.CLOSED}
    with refused("closed"):
        decide(it.it, c.AddRemark("x"), WITNESS, NOON)
    assert len([entry for entry in it.log.entries if entry.type == "LotTallied"]) == 2


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_lot_without_check_or_with_another_checker(track: str) -> None:
    it = at("marked", track)
    it.state = replace(it.it, ruleset=replace(it.it.ruleset, check_by=(Party.TENDEREE,)))
    assert it.do(c.NoteFindings("1", "无"), chair(it))[-1] == "CheckDue"
    assert ruleset_json(track)["track"] == track
    assert it.it.lots["1"].rounds(SheetKind.MARKS)[-1].opened
