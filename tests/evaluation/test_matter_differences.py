"""The board of differences, and going back a stage."""

from typing import Any

import pytest
from evaluation_case import good_marks, ruleset_json
from evaluation_factory import CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.back_step import ApproveBackStep, AskBackStep, RefuseBackStep
from app.evaluation.matters.differences import ChangePosition, KeepPosition
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.evaluation.tally import failing_bids, result
from app.evaluation.views import acts, view
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def told(it: Play) -> str:
    return "\n".join(f"{line.head} {line.text}" for m in MATTERS for line in m.report(it.it, "1"))


def offered(it: Play, viewer: Actor, command: str) -> list[dict[str, Any]]:
    return [act for act in acts(it.it, viewer) if act["command"] == command]


def split_review(track: str, against: int = 1, **rules: Any) -> tuple[Play, str, str, list[str]]:
    """A review in which some fail the first bid on the first item; returns play, bid, item and who fails it."""
    it = Play(track)
    it.open_room()
    it.import_package(rules=ruleset_json(track, **rules))
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    state = it.it.lots["1"]
    bid, item = state.reviews[-1].bids[0], state.lot.review_items[0].id
    sides = list(it.it.committee)[:against]
    it.review("1", lambda alias, b, i: not (alias in sides and (b, i) == (bid, item)))
    return it, bid, item, sides


def test_where_all_must_agree_the_board_brings_them_together() -> None:
    it, bid, item, (odd,) = split_review("GC", preliminary_rule="unanimous")
    with refused("verdicts_differ"):
        it.conclude("1")
    board = view(it.it, member(odd))["matters"]["differences"]["board"]  # type: ignore[index]
    assert [(row["bid"], row["item"]) for row in board] == [(bid, item)]
    assert board[0]["sides"]["fail"] == [odd]
    assert [a["data"]["item"] for a in offered(it, member(odd), "KeepPosition")] == [item]
    with refused("reason_needed", "$.reason"):
        it.do(ChangePosition("1", "review", bid, item, "pass", "", ""), member(odd))
    with refused("no_change", "$.value"):
        it.do(ChangePosition("1", "review", bid, item, "fail", "3", "仍不通过"), member(odd))
    with refused("bad_value", "$.value"):
        it.do(ChangePosition("1", "review", bid, item, "maybe", "", "改"), member(odd))
    with refused("not_permitted"):
        it.do(ChangePosition("1", "review", bid, item, "pass", "", "改"), WITNESS)
    it.do(ChangePosition("1", "review", bid, item, "pass", "", "第 12 页盖有公章，此前漏看"), member(odd))
    assert "differences" not in view(it.it, member(odd))["matters"]  # type: ignore[index]
    assert failing_bids(it.it, it.it.lots["1"]) == {}
    sealed = it.it.lots["1"].reviews[-1].sheets or {}
    assert sealed[odd]["sheet"]["bids"][bid][item]["pass"] is False  # as it was sealed
    it.conclude("1")
    assert "第 12 页盖有公章，此前漏看" in told(it)
    sound(it)


def test_who_keeps_a_position_says_why_and_the_majority_decides() -> None:
    it, bid, item, sides = split_review("ZC", against=2)
    for alias in it.it.committee:
        it.do(KeepPosition("1", "review", bid, item, "第 5 页与第 9 页不一致"), member(alias))
        assert offered(it, member(alias), "KeepPosition") == []
    it.conclude("1")
    assert it.it.lots["1"].rejected == {}
    assert told(it).count("维持原意见") == 5
    assert all(alias in told(it) for alias in sides)
    sound(it)


def test_three_changed_minds_reject_a_bid() -> None:
    it, bid, item, (first, second) = split_review("ZC", against=2)
    third = next(a for a in it.it.committee if a not in (first, second))
    with refused("reason_needed", "$.page"):
        it.do(ChangePosition("1", "review", bid, item, "fail", "", "未盖章"), member(third))
    it.do(ChangePosition("1", "review", bid, item, "fail", "7", "未盖章"), member(third))
    assert list(failing_bids(it.it, it.it.lots["1"])) == [bid]
    sound(it)


def split_marks(track: str = "ZC") -> tuple[Play, str, str, str]:
    """Marks in which one member differs on an objective factor; returns play, bid, factor, member."""
    it = at("marking", track)
    lot = it.it.lots["1"]
    factor = next(f for f in lot.lot.factors if f.kind == "objective")
    bid, odd = lot.live_bids()[0], it.it.committee[0]

    def marks(alias: str, b: str, f: str) -> str:
        usual = good_marks(alias, b, f)
        return (factor.min or "0") if (alias, b, f) == (odd, bid, factor.id) else usual

    it.mark("1", marks)
    return it, bid, factor.id, odd


def test_objective_marks_are_brought_together_and_tallied_again() -> None:
    it, bid, factor, odd = split_marks()
    chair = member(it.it.chair or "")
    with refused("objective_mismatch"):
        it.do(c.NoteFindings("1", "已核对"), chair)
    before = it.it.lots["1"].result_hash
    usual = good_marks(odd, bid, factor)
    with refused("out_of_range", "$.value"):
        it.do(ChangePosition("1", "marks", bid, factor, "1000", "", "漏看"), member(odd))
    it.do(ChangePosition("1", "marks", bid, factor, usual, "", "业绩合同第 30 页，此前漏看"), member(odd))
    lot = it.it.lots["1"]
    assert lot.result_hash != before
    assert not [f for f in result(it.it, lot)["findings"] if f["code"] == "objective_mismatch"]
    it.do(c.NoteFindings("1", "已核对"), chair)
    sound(it)


def test_taste_is_nobodys_to_talk_about() -> None:
    it, bid, factor, odd = split_marks()
    subjective = next(f.id for f in it.it.lots["1"].lot.factors if f.kind == "subjective")
    with refused("not_for_discussion", "$.item"):
        it.do(ChangePosition("1", "marks", bid, subjective, "5", "", "想改"), member(odd))
    with refused("not_for_discussion", "$.item"):
        it.do(KeepPosition("1", "marks", bid, subjective, "不改"), member(odd))
    with refused("unknown_item", "$.item"):
        it.do(KeepPosition("1", "marks", bid, "T99", "不改"), member(odd))
    with refused("bad_value", "$.kind"):
        it.do(KeepPosition("1", "ballot", bid, factor, "不改"), member(odd))
    agreed = it.it.lots["1"].live_bids()[1]
    with refused("nothing_disputed", "$.item"):
        it.do(KeepPosition("1", "marks", agreed, factor, "一致"), member(odd))
    with refused("nothing_disputed", "$.item"):
        it.do(ChangePosition("1", "marks", agreed, factor, "1", "", "一致"), member(odd))


def test_while_members_work_alone_there_is_no_board() -> None:
    it = at("marking", "ZC")
    assert "differences" not in view(it.it, member(it.it.committee[0]))["matters"]  # type: ignore[index]
    bid, factor = it.it.lots["1"].live_bids()[0], it.it.lots["1"].lot.factors[0].id
    with refused("wrong_stage"):
        it.do(KeepPosition("1", "marks", bid, factor, "不改"), member(it.it.committee[0]))


def test_the_board_is_shown_to_those_who_may_see_the_sheets() -> None:
    it, *_ = split_marks()
    for viewer in (WITNESS, REGULATOR, member(it.it.committee[1])):
        assert "differences" in view(it.it, viewer)["matters"]  # type: ignore[index]
    for viewer in (CENTRE, Actor(Party.AGENCY), Actor(Party.TENDEREE)):
        assert "differences" not in view(it.it, viewer)["matters"]  # type: ignore[index]


# --- going back


@pytest.mark.parametrize("stage", ["marked", "confirming"])
def test_the_chair_asks_another_approves_and_everybody_marks_again(stage: str) -> None:
    it = at(stage, "GC")
    chair = member(it.it.chair or "")
    if stage == "confirming":
        it.do(c.ConfirmResult("1"), chair)
    it.do(AskBackStep("1", "marking", "评分标准理解有误"), chair)
    with refused("already_requested"):
        it.do(AskBackStep("1", "marking", "再次"), chair)
    waiting = c.NoteFindings("1", "已核对") if stage == "marked" else c.ConfirmResult("1")
    with refused("back_step_open"):
        it.do(waiting, chair if stage == "marked" else member(it.it.committee[0]))
    assert view(it.it, chair)["matters"]["back_step"]["notices"]  # type: ignore[index]
    assert len(offered(it, WITNESS, "ApproveBackStep")) == 1
    with refused("not_permitted"):
        it.do(ApproveBackStep("1", "同意"), CENTRE)
    it.do(ApproveBackStep("1", "确有必要"), REGULATOR)
    lot = it.it.lots["1"]
    assert (lot.stage, lot.result_hash, lot.opinions) == (LotStage.MARKING, None, {})
    assert lot.marks[-1].ended == frozenset()
    assert lot.marks[0].opened
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    assert "此前各评审表保留" in told(it)
    sound(it)


def test_back_to_the_review_while_marking_runs() -> None:
    it = at("marking", "GC")
    it.do(AskBackStep("1", "reviewing", "漏审一项"), member(it.it.chair or ""))
    it.do(ApproveBackStep("1", "同意"), WITNESS)
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    it.review("1")
    it.conclude("1")
    assert (it.it.lots["1"].stage, it.it.lots["1"].marks[-1].number) == (LotStage.MARKING, 1)
    it.mark("1")
    sound(it)


def test_a_refused_back_step_changes_nothing() -> None:
    it = at("marked", "GC")
    chair = member(it.it.chair or "")
    it.do(AskBackStep("1", "reviewing", "想重来"), chair)
    it.do(RefuseBackStep("1", "理由不成立"), WITNESS)
    assert it.it.lots["1"].stage is LotStage.OPENED
    with refused("nothing_requested"):
        it.do(ApproveBackStep("1", "同意"), WITNESS)
    it.do(c.NoteFindings("1", "已核对"), chair)
    sound(it)


def test_where_the_rules_forbid_it_nobody_goes_back() -> None:
    it = at("marked", "ZC")
    with refused("back_step_forbidden"):
        it.do(AskBackStep("1", "marking", "想重来"), member(it.it.chair or ""))
    assert offered(it, member(it.it.chair or ""), "AskBackStep") == []


def test_only_the_chair_asks_and_only_backwards() -> None:
    it = at("marking", "GC")
    other = next(a for a in it.it.committee if a != it.it.chair)
    with refused("not_the_chair"):
        it.do(AskBackStep("1", "reviewing", "重来"), member(other))
    with refused("bad_value", "$.to"):
        it.do(AskBackStep("1", "marking", "重来"), member(it.it.chair or ""))
    with refused("wrong_stage"):
        at("reviewing", "GC").do(AskBackStep("1", "reviewing", "重来"), member(at("reviewing", "GC").it.chair or ""))
    with refused("reason_needed", "$.reason"):
        it.do(AskBackStep("1", "reviewing", " "), member(it.it.chair or ""))
