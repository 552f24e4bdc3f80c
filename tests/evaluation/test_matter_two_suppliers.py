"""Two suppliers left behind the talks: a lawful reason, or the end; nothing is settled before."""

from __future__ import annotations

import json

import pytest
from evaluation_factory import AGENCY, Play, member
from evaluation_stages import refused
from matter_acts import filled, offered, seen
from talk_play import TENDEREE, TalkPlay, at, ordinary, sound, to_the_end

from app.evaluation import commands as c
from app.evaluation.matters.rejection.records import ProposeRejection, VoteRejection
from app.evaluation.matters.talks import ClaimTwoSuppliers, EndTalks
from app.evaluation.stages import LotStage

PAPER = "川财采〔2026〕9号"


def behind(stage: str, kind: str = "consultation") -> TalkPlay:
    """A play with three suppliers, behind its talks: at `marking`, `opened` or `checking`."""
    it = at("talked", kind)
    it.ask_offers()
    it.offer(A="950000", B="970000", C="960000")
    it.open_offers()
    it.conclude_talks()
    if kind == "consultation" and stage != "marking":
        it.mark("1")
    if stage == "checking":
        it.do(c.NoteFindings("1", "已核对"), it.chair)
    return it


def reject(it: TalkPlay, bid: str) -> list[str]:
    """Everyone votes a bid out; returns the events of the last vote."""
    it.do(ProposeRejection("1", bid, "Z6", "第 3 条", "第 8 页", "技术参数不满足"), it.chair)
    made: list[str] = []
    for alias in it.it.committee:
        made = it.do(VoteRejection("1", bid, True), member(alias))
    return made


@pytest.mark.parametrize("stage", ["marking", "opened", "checking"])
def test_a_rejection_behind_the_talks_leaves_two_with_their_reason(stage: str) -> None:
    it = behind(stage)
    assert "LotFailed" not in reject(it, "C")
    if stage == "marking":
        it.mark("1")
    assert it.stage is LotStage.OPENED
    with refused("two_suppliers", "1"):
        it.do(c.NoteFindings("1", "已核对"), it.chair)
    assert "只剩两家" in json.dumps(seen(it, ordinary(it), "talks")["notices"], ensure_ascii=False)
    with refused("no_lawful_ground", "$.code"):
        it.do(ClaimTwoSuppliers("1", "because", PAPER), AGENCY)
    (act,) = offered(it, TENDEREE, "ClaimTwoSuppliers")
    it.do(filled(act, reference=PAPER), TENDEREE)
    with refused("already_answered"):
        it.do(ClaimTwoSuppliers("1", "service", PAPER), AGENCY)
    assert seen(it, ordinary(it), "talks")["notices"] == []
    assert not offered(it, it.chair, "EndTalks")
    assert it.it.lots["1"].live_bids() == ("A", "B")
    to_the_end(it)


def test_without_a_lawful_reason_the_chair_ends_it() -> None:
    it = behind("opened", "negotiation")
    with refused("wrong_stage", "1"):
        it.do(EndTalks("1", "不想谈了"), it.chair)
    reject(it, "B")
    assert not offered(it, ordinary(it), "EndTalks")
    (act,) = offered(it, it.chair, "EndTalks")
    assert it.do(filled(act), it.chair) == ["TalksEnded", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"
    to_the_end(it)


def test_one_supplier_left_fails_at_once() -> None:
    it = behind("opened")
    reject(it, "B")
    assert reject(it, "C")[-1] == "LotFailed"
    sound(it)


def test_what_is_checked_is_not_in_order_before() -> None:
    it = behind("checking")
    reject(it, "C")  # opened marks are tallied again: the check begins anew
    with refused("two_suppliers"):
        it.do(c.NoteFindings("1", "再次核对"), it.chair)
    with refused("wrong_stage"):
        it.do(c.CheckTables("1", False, "等待依据"), AGENCY)


def test_three_are_not_two_and_an_inquiry_knows_no_exception() -> None:
    it = behind("opened")
    with refused("not_two_suppliers", "1"):
        it.do(ClaimTwoSuppliers("1", "service", PAPER), AGENCY)
    it = at("reviewed", "inquiry")
    it.do(c.ConcludeReview("1", {}, None), it.chair)
    assert it.stage is LotStage.OPENED
    assert reject(it, "C")[-1] == "LotFailed"


def test_a_command_about_no_lot_is_left_to_its_own_refusal() -> None:
    it: Play = behind("opened")
    with refused("unknown_lot"):
        it.do(c.NoteFindings("9", "已核对"), member(it.it.chair or ""))
