"""Clarification: drafted by a member, sent by the chair, answered through the agency, judged by the committee."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from acts_filled import PAPER, REGULATOR, TENDEREE, all_are_taken, offered, take
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.matters import MATTERS
from app.evaluation.matters.clarification.records import (
    AskClarification,
    ClarificationAsked,
    DeclineDraft,
    DraftClarification,
    FindClarification,
)
from app.evaluation.matters.letters.records import (
    AnswerEntered,
    AttachPaper,
    EnterAnswer,
    EnterNoAnswer,
    JudgeLateAnswer,
    Letters,
    Outcome,
    Paper,
    PassLetter,
    WithdrawLetter,
)
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view

QUESTION = "投标文件第 18 页与第 40 页所列交货期不一致，请说明。"
PAPERS = Paper(**PAPER)
MATTER_COMMANDS = (
    *("DraftClarification", "AskClarification", "DeclineDraft", "FindClarification"),
    *("PassLetter", "EnterAnswer", "AttachPaper", "EnterNoAnswer", "JudgeLateAnswer", "WithdrawLetter"),
)


def chair(it: Play) -> Any:
    return member(it.it.chair or "")


def other(it: Play) -> Any:
    return member(next(alias for alias in it.it.committee if alias != it.it.chair))


def asked(stage: str = "reviewed", track: str = "ZC") -> Play:
    it = at(stage, track)
    it.do(AskClarification("1", "A", QUESTION, 30), chair(it))
    return it


def passed(stage: str = "reviewed", track: str = "ZC") -> Play:
    it = asked(stage, track)
    it.do(PassLetter(1), AGENCY)
    return it


def answered(stage: str = "reviewed", track: str = "ZC") -> Play:
    it = passed(stage, track)
    it.do(EnterAnswer(1, "以第 18 页为准。", PAPERS), AGENCY)
    return it


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def course(it: Play, lot: str = "1") -> str:
    return "\n".join(f"{line.head} {line.text}" for m in MATTERS for line in m.report(it.it, lot))


@pytest.mark.parametrize("stage", ["reviewed", "marking", "marked", "checking"])
@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_from_a_members_draft_to_the_finding(track: str, stage: str) -> None:
    if (stage, track) == ("checking", "GC"):
        stage = "marked"  # GC has no check
    it = at(stage, track)
    one = other(it)
    it.do(DraftClarification("1", "B", QUESTION), one)
    assert offered(it, chair(it), "AskClarification")[0]["urgent"]
    take(it, chair(it), "AskClarification", minutes=45)
    take(it, AGENCY, "PassLetter")
    take(it, AGENCY, "EnterAnswer", text="以第 18 页为准。", paper=PAPER)
    take(it, AGENCY, "AttachPaper", paper=PAPER)
    take(it, chair(it), "FindClarification", finding="accepted", reason="未改变实质性内容")
    letter = it.it.memory(Letters).sent[1]
    assert (letter.outcome, letter.bid, letter.minutes) == (Outcome.ACCEPTED, "B", 45)
    assert letter.answer is not None
    assert (letter.answer.late, len(letter.answer.papers)) == (False, 2)
    assert "以第 18 页为准" in course(it)
    assert "采纳" in course(it)
    sound(it)


def test_each_at_their_own_step_and_nobody_else() -> None:
    it = at("reviewed")
    with refused("not_the_chair"):
        it.do(AskClarification("1", "A", QUESTION, 30), other(it))
    with refused("not_permitted"):
        it.do(DraftClarification("1", "A", QUESTION), AGENCY)
    it.do(AskClarification("1", "A", QUESTION, 30), chair(it))
    with refused("not_permitted"):
        it.do(PassLetter(1), TENDEREE)  # there is an agency
    with refused("not_permitted"):
        it.do(PassLetter(1), CENTRE)
    it.do(PassLetter(1), AGENCY)
    with refused("already_passed", "$.letter"):
        it.do(PassLetter(1), AGENCY)
    with refused("not_the_chair"):
        it.do(WithdrawLetter(1, "问错了"), other(it))


@pytest.mark.parametrize("stage", ["reviewing", "constituted", "confirming"])
def test_only_while_the_committee_can_still_use_the_answer(stage: str) -> None:
    it = at(stage)
    alias = it.it.chair or it.it.committee[0]
    with refused("wrong_stage" if it.it.chair else "not_the_chair"):
        it.do(AskClarification("1", "A", QUESTION, 30), member(alias))
    with refused("wrong_stage", "1"):
        it.do(DraftClarification("1", "A", QUESTION), member(alias))
    assert not offered(it, member(alias), "AskClarification", "DraftClarification")


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (AskClarification("1", "A", " ", 30), "reason_needed", "$.question"),
        (AskClarification("1", "A", QUESTION, 29), "too_little_time", "$.minutes"),
        (AskClarification("1", "A", QUESTION, 99999), "bad_value", "$.minutes"),
        (AskClarification("1", "Z", QUESTION, 30), "unknown_bid", "$.bid"),
        (AskClarification("9", "A", QUESTION, 30), "unknown_lot", "9"),
        (AskClarification("1", "A", QUESTION, 30, 7), "no_such_draft", "$.draft"),
        (DraftClarification("1", "A", ""), "reason_needed", "$.question"),
        (DeclineDraft(3, "不必问"), "no_such_draft", "$.draft"),
        (FindClarification(4, Outcome.ACCEPTED, "可以"), "no_such_letter", "$.letter"),
        (WithdrawLetter(4, "问错了"), "no_such_letter", "$.letter"),
        (JudgeLateAnswer(4, True, "可以"), "no_such_letter", "$.letter"),
    ],
)
def test_what_the_committee_may_not_ask(command: c.Command, code: str, where: str) -> None:
    it = at("reviewed")
    with refused(code, where):
        it.do(command, chair(it))


def test_a_draft_goes_to_its_own_bid_or_is_declined_with_a_reason() -> None:
    it = at("reviewed")
    it.do(DraftClarification("1", "A", QUESTION), other(it))
    with refused("no_such_draft", "$.draft"):
        it.do(AskClarification("1", "B", QUESTION, 30, 1), chair(it))
    with refused("reason_needed", "$.reason"):
        it.do(DeclineDraft(1, ""), chair(it))
    with refused("not_the_chair"):
        it.do(DeclineDraft(1, "文件写得清楚"), other(it))
    take(it, chair(it), "DeclineDraft", reason="文件写得清楚")
    assert not offered(it, chair(it), "DeclineDraft")
    sound(it)


def test_one_question_a_bid_at_a_time() -> None:
    it = asked()
    with refused("letter_waiting", "$.bid"):
        it.do(AskClarification("1", "A", "另一个问题", 30), chair(it))
    it.do(AskClarification("1", "B", "同一个问题", 30), chair(it))
    take(it, chair(it), "WithdrawLetter", reason="问错了投标")
    it.do(AskClarification("1", "A", "另一个问题", 30), chair(it))
    assert list(it.it.memory(Letters).sent) == [1, 2, 3]
    assert "撤回" in course(it)
    sound(it)


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (EnterAnswer(2, "主动说明"), "no_such_letter", "$.letter"),
        (EnterAnswer(1, " "), "reason_needed", "$.text"),
        (EnterAnswer(1, "答", Paper("xx", 1, "答复")), "bad_value", "$.paper"),
        (EnterAnswer(1, "答", Paper("5a" * 32, 0, "答复")), "bad_value", "$.paper"),
        (EnterAnswer(1, "答", Paper("5a" * 32, 1, " ")), "reason_needed", "$.paper.title"),
        (EnterAnswer(1, "甲设备有限公司答：无偏差"), "names_bidder", "$.text"),
        (EnterAnswer(1, "答", None, True), "bad_value", "$.confirms"),
        (EnterNoAnswer(1, False, "没有音讯"), "time_left", "$.letter"),
        (EnterNoAnswer(1, True, ""), "reason_needed", "$.reason"),
        (AttachPaper(1, PAPERS), "nothing_answered", "$.letter"),
    ],
)
def test_what_cannot_be_entered(command: c.Command, code: str, where: str) -> None:
    it = passed()
    with refused(code, where):
        it.do(command, AGENCY)


def test_nothing_is_entered_before_the_letter_is_passed_on_nor_twice() -> None:
    it = asked()
    for command in (EnterAnswer(1, "答"), EnterNoAnswer(1, True, "拒绝")):
        with refused("not_passed", "$.letter"):
            it.do(command, AGENCY)
    it = answered()
    for command in (EnterAnswer(1, "再答"), EnterNoAnswer(1, True, "拒绝")):
        with refused("letter_answered", "$.letter"):
            it.do(command, AGENCY)
    with refused("letter_answered", "$.letter"):
        it.do(WithdrawLetter(1, "不问了"), chair(it))


def test_a_paper_alone_is_an_answer() -> None:
    it = passed()
    it.do(EnterAnswer(1, "", PAPERS), AGENCY)
    assert "见原件" in course(it)


def test_the_time_runs_from_the_passing_by_the_servers_clock() -> None:
    it = asked()
    it.now += timedelta(hours=3)
    it.do(PassLetter(1), AGENCY)
    it.now += timedelta(minutes=29)
    it.do(EnterAnswer(1, "以第 18 页为准。"), AGENCY)
    with refused("nothing_late", "$.letter"):
        it.do(JudgeLateAnswer(1, True, "可以"), chair(it))


@pytest.mark.parametrize("taken", [True, False])
def test_a_late_answer_is_marked_and_taken_only_on_a_reason(taken: bool) -> None:
    it = passed()
    it.now += timedelta(minutes=31)
    it.do(EnterAnswer(1, "以第 18 页为准。"), AGENCY)
    with refused("letter_unsettled", "$.letter"):
        it.do(FindClarification(1, Outcome.ACCEPTED, "可以"), chair(it))
    with refused("reason_needed", "$.reason"):
        it.do(JudgeLateAnswer(1, taken, " "), chair(it))
    take(it, chair(it), "JudgeLateAnswer", taken=taken, reason="传输故障所致")
    with refused("nothing_late", "$.letter"):
        it.do(JudgeLateAnswer(1, True, "可以"), chair(it))
    if not taken:
        with refused("finding_does_not_fit", "$.finding"):
            it.do(FindClarification(1, Outcome.ACCEPTED, "可以"), chair(it))
    take(it, chair(it), "FindClarification", reason="已商定")
    outcome = Outcome.ACCEPTED if taken else Outcome.REFUSED
    assert it.it.memory(Letters).sent[1].outcome is outcome
    assert "逾期答复" in course(it)
    sound(it)


def test_silence_is_recorded_once_the_time_is_over_a_refusal_at_once() -> None:
    it = passed()
    take(it, AGENCY, "EnterNoAnswer", refused=True, reason="来电表示不作答复")
    with refused("finding_does_not_fit", "$.finding"):
        it.do(FindClarification(1, Outcome.CHANGES_SUBSTANCE, "不符"), chair(it))
    with refused("finding_does_not_fit", "$.finding"):
        it.do(FindClarification(1, Outcome.WITHDRAWN, "不符"), chair(it))
    take(it, chair(it), "FindClarification", reason="拒不澄清")
    assert it.it.memory(Letters).sent[1].outcome is Outcome.REFUSED
    it = passed()
    it.now += timedelta(minutes=31)
    it.do(EnterNoAnswer(1, False, "期限已过"), AGENCY)
    assert "期限届满未答复" in course(it)
    sound(it)


def test_the_result_waits_for_every_letter() -> None:
    it = passed("marked")
    note = c.NoteFindings("1", "已核对")
    with refused("letter_open", "1"):
        it.do(note, chair(it))
    it.do(EnterAnswer(1, "以第 18 页为准。"), AGENCY)
    it.do(FindClarification(1, Outcome.CHANGES_SUBSTANCE, "改变了交货期"), chair(it))
    with refused("letter_closed", "$.letter"):
        it.do(FindClarification(1, Outcome.ACCEPTED, "可以"), chair(it))
    it.do(note, chair(it))
    it.do(AskClarification("1", "A", "又一个问题", 30), chair(it))
    with refused("letter_open", "1"):
        it.do(c.CheckTables("1", True, ""), AGENCY)
    it.do(c.CheckTables("1", False, "请先等待答复"), AGENCY)


def test_the_committee_learns_neither_who_brought_the_answer_nor_whose_title_it_bears() -> None:
    it = answered()
    seen = view(it.it, other(it))
    assert seen is not None
    letter = seen["matters"]["letters"]["letters"][0]
    assert letter["answer"]["papers"][0]["title"] == "答复原件 1"
    assert "agency-a" not in json.dumps(seen["matters"])
    event = AnswerEntered(1, "1", "A", "x", PAPERS, None, False)
    whole = {WITNESS: Told.WHOLE, CENTRE: Told.WHOLE, AGENCY: Told.WHOLE, TENDEREE: Told.NOTHING}
    for viewer, level in {**whole, other(it): Told.HAPPENED}.items():
        assert told(it.it, event, viewer) is level


def test_the_office_reads_the_letter_and_not_who_wrote_it_nor_what_becomes_of_it() -> None:
    it = answered()
    it.do(FindClarification(1, Outcome.CHANGES_SUBSTANCE, "改变了交货期"), chair(it))
    seen = view(it.it, AGENCY)
    assert seen is not None
    letter = seen["matters"]["letters"]["letters"][0]
    assert (letter["bidder"], letter["text"], letter["open"]) == ("甲设备有限公司", QUESTION, False)
    assert not {"outcome", "reason", "closed_at"} & set(letter)
    asked_ = ClarificationAsked(1, "1", "A", QUESTION, 30, None)
    assert told(it.it, asked_, AGENCY) is Told.HAPPENED
    tenderee = view(it.it, TENDEREE)
    assert tenderee is not None
    assert "letters" not in tenderee["matters"]


def test_everyone_concerned_sees_what_is_waited_for() -> None:
    for it, words in (
        (asked(), "第 1 号澄清、说明、补正函（A）待转交。"),
        (passed(), "第 1 号澄清、说明、补正函（A）等待答复。"),
    ):
        for viewer in (chair(it), other(it), WITNESS, CENTRE, AGENCY):
            seen = view(it.it, viewer)
            assert seen is not None
            notice = seen["matters"]["letters"]["notices"][0]
            assert notice["text"]["zh"] == words
            assert bool(notice["until"]) is ("等待" in words)
    it = answered()
    seen = view(it.it, AGENCY)
    assert seen is not None
    assert seen["matters"]["letters"]["notices"] == []


def test_a_draft_is_the_committees_own() -> None:
    it = at("reviewed")
    it.do(DraftClarification("1", "A", QUESTION), other(it))
    for viewer in (AGENCY, TENDEREE, CENTRE, WITNESS, REGULATOR):
        assert QUESTION not in json.dumps(view(it.it, viewer), ensure_ascii=False)
    assert QUESTION in json.dumps(view(it.it, chair(it)), ensure_ascii=False)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str) -> None:
    it = at("marked", track)
    it.do(DraftClarification("1", "B", QUESTION), other(it))
    assert all_are_taken(it, *MATTER_COMMANDS) >= 4
    for it, least in ((asked("marked", track), 2), (passed("marked", track), 3), (answered("marked", track), 2)):
        assert all_are_taken(it, *MATTER_COMMANDS, finding="accepted") >= least
    it = passed("marked", track)
    it.now += timedelta(minutes=31)
    it.do(EnterAnswer(1, "迟到的答复"), AGENCY)
    assert offered(it, chair(it), "JudgeLateAnswer")
    assert all_are_taken(it, *MATTER_COMMANDS) >= 2


def test_without_an_agency_the_tenderee_speaks_with_bidders() -> None:
    it = asked()
    it.state = replace(it.it, tender=replace(it.it.tender, agency=""))
    with refused("not_permitted"):
        it.do(PassLetter(1), AGENCY)
    it.do(PassLetter(1), TENDEREE)
    assert offered(it, TENDEREE, "EnterAnswer")


def two_lots() -> Play:
    """A play of two lots whose reviews are open."""
    it = Play("GC")
    it.open_room()
    it.import_package(lots=("1", "2"))
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    for lot in ("1", "2"):
        it.review(lot)
    return it


def test_of_several_lots_each_has_its_own_acts_and_says_which() -> None:
    it = two_lots()
    it.do(DraftClarification("2", "B", QUESTION), other(it))
    sending = [act for act in offered(it, chair(it), "AskClarification") if act["urgent"]]
    assert [act["data"]["lot"] for act in sending] == ["2"]
    titles = [act["title"]["zh"] for act in offered(it, other(it), "DraftClarification")]
    assert [title[-6:] for title in titles] == ["（标段 1）", "（标段 2）"]
    assert all_are_taken(it, *MATTER_COMMANDS) > 4


def test_a_draft_about_a_bid_that_is_being_asked_waits_and_can_be_declined() -> None:
    it = asked()
    it.do(DraftClarification("1", "A", QUESTION), other(it))
    assert not [act for act in offered(it, chair(it), "AskClarification") if act["urgent"]]
    assert offered(it, chair(it), "DeclineDraft")
    for bid in ("B", "C"):
        it.do(AskClarification("1", bid, QUESTION, 30), chair(it))
    assert not offered(it, chair(it), "AskClarification")


def test_where_every_bid_is_out_nobody_is_asked_for_a_question() -> None:
    it = at("reviewed")
    lot = it.it.lots["1"]
    it.state = replace(it.it, lots={"1": replace(lot, rejected=dict.fromkeys(("A", "B", "C"), "Z6"))})
    assert not offered(it, other(it), "DraftClarification", "NoteDifference")


def test_once_it_is_known_that_no_answer_comes_the_office_has_nothing_left_to_do() -> None:
    it = passed()
    it.do(EnterNoAnswer(1, True, "拒绝"), AGENCY)
    assert not offered(it, AGENCY)
