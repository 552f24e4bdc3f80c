"""Abnormally low prices: asked, given time, looked up, decided by vote; no result while a hit is untreated."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from acts_filled import PAPER, all_are_taken, offered, take
from evaluation_case import BIDS, lot_json, tender_json
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused
from test_matter_clarification import PAPERS, chair, course, other, sound

from app.evaluation import commands as c
from app.evaluation.matters.letters.acts import answer_words
from app.evaluation.matters.letters.records import EnterAnswer, EnterNoAnswer, Letters, Outcome, PassLetter
from app.evaluation.matters.low_price.decisions import hits, untreated
from app.evaluation.matters.low_price.records import AskLowPrice, RecordLookup, VoteLowPrice
from app.evaluation.matters.rejection.records import ProposeRejection
from app.evaluation.stages import LotStage
from app.evaluation.tally import result, scoring_case
from app.evaluation.views import view

WHY, WHAT = "明显低于其他报价", "请说明成本构成并提供证明材料。"


def tender(track: str, prices: dict[str, str], **scoring: Any) -> dict[str, Any]:
    """The small tender at other prices."""
    made = copy.deepcopy(tender_json(track))
    lot = copy.deepcopy(lot_json(track))
    for bid in lot["bids"]:
        bid["price"] = prices.get(bid["id"], bid["price"])
    lot["scoring"] |= scoring
    made["lots"] = [lot]
    return made


def play(track: str = "ZC", prices: dict[str, str] | None = None, *, marked: bool = True, **scoring: Any) -> Play:
    """A play whose review is concluded, and whose marks are opened, at these prices."""
    it = Play(track)
    it.open_room()
    it.import_package(tender=tender(track, prices or {}, **scoring))
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    if marked:
        it.mark("1")
    return it


LOW = {"A": "480000"}
"""With 1000000 and 960000: below half of the second lowest (480000 is not), below 45 % of 1200000 (540000)."""


def asked(it: Play, trigger: str = "ceiling") -> Play:
    it.do(AskLowPrice("1", "A", trigger, WHY, WHAT, 30), chair(it))
    it.do(PassLetter(1), AGENCY)
    return it


def vote(it: Play, sound_votes: int) -> list[str]:
    made: list[str] = []
    for number, alias in enumerate(it.it.committee):
        good = number < sound_votes
        made = it.do(VoteLowPrice(1, good, "成本构成可信" if good else "没有证明材料"), member(alias))
    return made


@pytest.mark.parametrize(
    ("price", "found"),
    [
        ("480000", ["ceiling"]),  # half of the second lowest, 960000, exactly: strictly below is asked
        ("479999.99", ["second_lowest", "ceiling"]),
        ("540000", []),  # 45 % of the ceiling exactly
        ("391999.99", ["mean", "second_lowest", "ceiling"]),
        ("392000", ["second_lowest", "ceiling"]),  # half of the mean exactly
    ],
)
def test_the_laws_triggers_are_strict_and_hold_where_the_document_names_none(price: str, found: list[str]) -> None:
    it = play(prices={"A": price})
    assert [hit["trigger"] for hit in hits(it.it, it.it.lots["1"])] == found
    assert [hit["trigger"] for hit in result(it.it, it.it.lots["1"])["abnormally_low"]] == found


def test_a_documents_own_shares_stand_and_works_have_none_by_law() -> None:
    raised = {"mean": "0.65", "second_lowest": "0.65", "ceiling": "0.65"}
    it = play(prices={"A": "540000"}, abnormally_low=raised)
    assert {hit["trigger"] for hit in hits(it.it, it.it.lots["1"])} == {"mean", "second_lowest", "ceiling"}
    assert scoring_case(it.it, it.it.lots["1"])["abnormally_low"] == raised
    gc = play("GC", {"A": "300000"})
    assert hits(gc.it, gc.it.lots["1"]) == []
    assert "abnormally_low" not in scoring_case(gc.it, gc.it.lots["1"])


def test_marks_do_not_matter_and_hits_are_known_while_members_still_mark() -> None:
    it = play(prices=LOW, marked=False)
    assert [hit["id"] for hit in hits(it.it, it.it.lots["1"])] == ["A"]
    asked(it)
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_no_result_before_every_hit_has_its_decision() -> None:
    it = play(prices=LOW)
    note = c.NoteFindings("1", "已核对")
    with refused("low_price_untreated", "1"):
        it.do(note, chair(it))
    asked(it)
    with refused("letter_open", "1"):
        it.do(note, chair(it))
    it.do(EnterAnswer(1, "成本构成见附件。", PAPERS), AGENCY)
    assert vote(it, 5) == ["LowPriceVoted", "LowPriceDecided"]
    it.do(note, chair(it))
    assert it.it.lots["1"].rejected == {}
    assert "能够证明报价合理" in course(it)
    sound(it)


def test_a_withdrawn_inquiry_treats_nothing() -> None:
    it = play(prices=LOW)
    it.do(AskLowPrice("1", "A", "ceiling", WHY, WHAT, 30), chair(it))
    take(it, chair(it), "WithdrawLetter", reason="要求写得不清楚")
    assert untreated(it.it, it.it.lots["1"]) == ["A"]


@pytest.mark.parametrize(("track", "ground"), [("ZC", "Z6"), ("GC", "R5")])
def test_not_shown_to_be_sound_is_a_rejection_on_the_statutory_ground(track: str, ground: str) -> None:
    it = asked(play(track, LOW), "ceiling" if track == "ZC" else "judgement")
    it.do(EnterAnswer(1, "薄利多销。"), AGENCY)
    made = vote(it, 2)
    assert made[:3] == ["LowPriceVoted", "LowPriceDecided", "BidRejected"]
    assert made[3:] == (["LotFailed"] if track == "ZC" else ["LotTallied"])
    assert it.it.lots["1"].rejected == {"A": ground}
    assert it.it.memory(Letters).sent[1].outcome is Outcome.NOT_JUSTIFIED
    assert "没有证明材料" in course(it)
    sound(it)


def test_a_vote_comes_after_the_answer_or_after_the_time() -> None:
    it = asked(play(prices=LOW))
    ballot = VoteLowPrice(1, True, "可信")
    assert not offered(it, other(it), "VoteLowPrice")
    it.now += timedelta(minutes=29)
    with refused("time_not_over", "$.letter"):
        it.do(ballot, other(it))
    it.now += timedelta(minutes=2)
    it.do(ballot, other(it))
    with refused("already_answered"):
        it.do(ballot, other(it))
    it.do(EnterNoAnswer(1, False, "期限已过"), AGENCY)
    assert vote_rest(it) == "BidRejected"
    sound(it)


def vote_rest(it: Play) -> str:
    """The others vote against; returns what came of it."""
    made: list[str] = []
    for alias in it.it.committee:
        if offered(it, member(alias), "VoteLowPrice"):
            made = take(it, member(alias), "VoteLowPrice", agree=False, reason="没有说明")
    return next(name for name in made if name == "BidRejected")


def test_before_the_letter_is_passed_on_nobody_votes_and_a_late_answer_is_judged_first() -> None:
    it = play(prices=LOW)
    it.do(AskLowPrice("1", "A", "ceiling", WHY, WHAT, 30), chair(it))
    with refused("time_not_over", "$.letter"):
        it.do(VoteLowPrice(1, True, "可信"), other(it))
    it.do(PassLetter(1), AGENCY)
    it.now += timedelta(minutes=31)
    it.do(EnterAnswer(1, "成本构成如下。"), AGENCY)
    with refused("letter_unsettled", "$.letter"):
        it.do(VoteLowPrice(1, True, "可信"), other(it))
    take(it, chair(it), "JudgeLateAnswer", taken=True, reason="现场打印故障")
    with refused("reason_needed", "$.reason"):
        it.do(VoteLowPrice(1, True, " "), other(it))
    take(it, other(it), "VoteLowPrice", agree=True, reason="可信")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"bid": "Z"}, "unknown_bid", "$.bid"),
        ({"lot": "7"}, "unknown_lot", "7"),
        ({"trigger": "guess"}, "bad_value", "$.trigger"),
        ({"trigger": "mean"}, "no_such_trigger", "$.trigger"),
        ({"bid": "B"}, "no_such_trigger", "$.trigger"),
        ({"reason": ""}, "reason_needed", "$.reason"),
        ({"question": " "}, "reason_needed", "$.question"),
        ({"minutes": 29}, "too_little_time", "$.minutes"),
    ],
)
def test_what_cannot_be_asked(change: Any, code: str, where: str) -> None:
    it = play(prices=LOW)
    data = {"lot": "1", "bid": "A", "trigger": "ceiling", "reason": WHY, "question": WHAT, "minutes": 30}
    with refused(code, where):
        it.do(AskLowPrice(**(data | change)), chair(it))
    with refused("not_the_chair"):
        it.do(AskLowPrice(**data), other(it))


def test_only_after_the_review_is_concluded() -> None:
    for stage in ("reviewed", "checking", "confirming"):
        it = at(stage)
        with refused("wrong_stage", "1"):
            it.do(AskLowPrice("1", "A", "judgement", WHY, WHAT, 30), chair(it))


def test_an_inquiry_and_a_rejection_do_not_cross() -> None:
    it = asked(play("GC"), "judgement")
    with refused("low_price_first", "$.bid"):
        it.do(ProposeRejection("1", "A", "R5", "第 3 条", "2", "低于成本"), chair(it))
    it.do(ProposeRejection("1", "B", "R5", "第 3 条", "2", "低于成本"), chair(it))
    with refused("rejection_waiting", "$.bid"):
        it.do(AskLowPrice("1", "B", "judgement", WHY, WHAT, 30), chair(it))


def test_what_the_committee_looks_up_is_archived_by_the_staff() -> None:
    it = asked(play(prices=LOW))
    page = RecordLookup(1, "https://www.ccgp.gov.cn/a", "同类设备成交公告", PAPERS)
    with refused("not_permitted"):
        it.do(page, chair(it))
    for broken in ({"url": ""}, {"title": " "}):
        with refused("reason_needed"):
            it.do(RecordLookup(**(vars(page) | broken)), CENTRE)
    with refused("no_such_letter", "$.letter"):
        it.do(RecordLookup(**(vars(page) | {"letter": 2})), CENTRE)
    it.do(page, CENTRE)
    assert "同类设备成交公告" in course(it)
    for viewer in (other(it), CENTRE, WITNESS):
        assert "ccgp" in json.dumps(view(it.it, viewer)), viewer
    assert "ccgp" not in json.dumps(view(it.it, AGENCY))
    sound(it)


def test_a_letter_of_another_kind_is_no_inquiry_and_a_closed_one_is_over() -> None:
    it = asked(play(prices=LOW))
    it.do(EnterAnswer(1, "成本构成如下。"), AGENCY)
    vote(it, 3)
    with refused("letter_closed", "$.letter"):
        it.do(VoteLowPrice(1, True, "可信"), other(it))
    with refused("no_such_letter", "$.letter"):
        it.do(VoteLowPrice(9, True, "可信"), other(it))


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str) -> None:
    commands = ("AskLowPrice", "RecordLookup", "VoteLowPrice")
    it = play(track, LOW)
    assert all_are_taken(it, *commands) == (2 if track == "ZC" else 1)
    it.do(AskLowPrice("1", "A", "judgement", WHY, WHAT, 30), chair(it))
    take(it, AGENCY, "PassLetter")
    assert all_are_taken(it, *commands) == 2  # a look-up, and another bid
    take(it, AGENCY, "EnterAnswer", paper=PAPER)
    assert all_are_taken(it, *commands) == 2 + len(it.it.committee)


def test_while_every_bid_is_asked_about_nothing_more_is_offered() -> None:
    it = play("GC", marked=False)
    for bid in ("A", "B", "C", "D"):
        it.do(AskLowPrice("1", bid, "judgement", WHY, WHAT, 30), chair(it))
    assert not offered(it, chair(it), "AskLowPrice")


def test_the_play_changes_no_other_plays_prices() -> None:
    play(prices=LOW)
    assert [bid["price"] for bid in BIDS["ZC"]] == ["980000", "1000000", "960000"]


def test_a_vote_needs_no_record_of_the_silence_once_the_time_is_over() -> None:
    it = asked(play("GC"), "judgement")
    it.now += timedelta(minutes=31)
    assert "BidRejected" in vote(it, 0)
    letter = it.it.memory(Letters).sent[1]
    assert answer_words(letter) == "未答复"
