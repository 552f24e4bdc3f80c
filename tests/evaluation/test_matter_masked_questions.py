"""Questions while bids have codes: asked by code, sent by name, and nobody learns both."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from acts_filled import PAPER, REGULATOR, all_are_taken, filled, offered, take, viewers
from evaluation_factory import AGENCY, CENTRE, STREAM, WITNESS, Play, member, secret
from evaluation_stages import at, refused
from phased import all_blind, blind, finish, working

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.clarification.masked import DraftMaskedQuestion, SendMaskedQuestion
from app.evaluation.matters.clarification.records import DeclineDraft, Draft, Drafts, FindClarification
from app.evaluation.matters.letters.records import (
    AttachPaper,
    CompareAnswer,
    EnterAnswer,
    EnterNoAnswer,
    JudgeLateAnswer,
    Letters,
    Outcome,
    Paper,
    PassLetter,
    WithdrawLetter,
)
from app.evaluation.matters.phases import AskUnsealing
from app.evaluation.redaction import told
from app.evaluation.registry import read_command, read_event
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told
from app.evaluation.views import view

SEED = secret("codes/1")
QUESTION = "技术文件第 12 页与第 30 页的深度不一致，请说明以哪一处为准。"
SCAN = Paper(**PAPER)
NAMES = ("第一监理有限公司", "第二工程咨询公司", "第三监理公司", "第四建设咨询有限公司")


def codes(it: Play, alias: str) -> dict[str, str]:
    """A member's codes with the bids behind them."""
    return drawing.coded_bids(STREAM, "1", SEED, alias, [bid.id for bid in it.it.lots["1"].lot.bids])


def chair(it: Play) -> Actor:
    return member(it.it.chair or "")


def other(it: Play) -> Actor:
    return member(next(alias for alias in it.it.committee if alias != it.it.chair))


def seen(it: Play, viewer: Actor) -> dict[str, Any]:
    return view(it.it, viewer, {"1": SEED}) or {}


def letters(it: Play, viewer: Actor) -> dict[str, Any]:
    return dict(seen(it, viewer)["matters"].get("letters", {}))


def sent(code: str = "2") -> Play:
    it = working(blind)
    it.do(DraftMaskedQuestion("1", code, QUESTION), other(it))
    it.do(SendMaskedQuestion(1, 30), chair(it))
    return it


def answered() -> Play:
    it = sent()
    it.do(PassLetter(1), AGENCY)
    it.do(EnterAnswer(1, "以第 12 页为准。", SCAN), AGENCY)
    return it


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_from_a_code_to_the_bidder_and_back() -> None:
    it = sent()
    bid = codes(it, other(it).alias or "")["2"]
    assert offered(it, AGENCY, "PassLetter")
    take(it, AGENCY, "PassLetter")
    take(it, AGENCY, "EnterAnswer", text="以前一处为准。", paper=PAPER)
    take(it, WITNESS, "CompareAnswer", in_order=False, reason="照抄了原句")
    assert "照抄了原句" in offered(it, AGENCY, "EnterAnswer")[0]["help"]["zh"]
    assert not offered(it, AGENCY, "EnterNoAnswer", "AttachPaper")
    take(it, AGENCY, "EnterAnswer", text="以第 12 页为准。", paper=PAPER)
    take(it, AGENCY, "AttachPaper", paper=PAPER)
    take(it, WITNESS, "CompareAnswer", in_order=True)
    assert not offered(it, AGENCY, "EnterAnswer", "AttachPaper", "EnterNoAnswer")
    take(it, chair(it), "FindClarification", finding="accepted", reason="未改变实质性内容")
    it.mark("1")
    it.unseal("1")
    letter = it.it.memory(Letters).sent[1]
    assert (letter.bid, letter.outcome) == (bid, Outcome.ACCEPTED)
    told_of = "\n".join(line.text for m in MATTERS for line in m.report(it.it, "1"))
    assert f"第 1 号（{bid}）" in told_of
    assert "见证人员退回转述：照抄了原句" in told_of
    assert "见证人员核对转述与原件相符" in told_of
    it.review("1")
    it.conclude("1")
    it.mark("1")
    finish(it)
    sound(it)


def test_everyone_reads_it_by_the_own_code_and_nobody_learns_whose_it_is() -> None:
    it = answered()
    it.do(CompareAnswer(1, True), WITNESS)
    whose = codes(it, other(it).alias or "")["2"]
    for alias in it.it.committee:
        found = letters(it, member(alias))
        own = next(code for code, bid in codes(it, alias).items() if bid == whose)
        letter = found["letters"][0]
        assert (letter["code"], letter["bid"], letter["answer"]["papers"]) == (own, None, [])
        assert "mask" not in letter
        assert letter["answer"]["text"] == "以第 12 页为准。"
        assert any(f"暗标{own}号" in n["text"]["zh"] and "以第 12 页为准" in n["text"]["zh"] for n in found["notices"])
        text = json.dumps([found, seen(it, member(alias))["acts"]], ensure_ascii=False)
        assert not any(name in text for name in NAMES)
        assert PAPER["sha256"] not in text


def test_whoever_passes_it_on_knows_the_bidder_and_no_code() -> None:
    it = sent()
    whose = codes(it, other(it).alias or "")["2"]
    name = next(bid.bidder for bid in it.it.lots["1"].lot.bids if bid.id == whose)
    act = next(act for act in seen(it, AGENCY)["acts"] if act["command"] == "PassLetter")
    assert name in act["help"]["zh"]
    letter = letters(it, AGENCY)["letters"][0]
    assert (letter["bid"], letter["bidder"]) == (whose, name)
    assert "mask" not in letter
    assert "code" not in letter
    it.do(PassLetter(1), AGENCY)
    it.do(EnterAnswer(1, "以第 12 页为准。", SCAN), AGENCY)
    assert letters(it, WITNESS)["letters"][0]["bid"] == whose
    act = next(act for act in seen(it, WITNESS)["acts"] if act["command"] == "CompareAnswer")
    assert act["paper"]["sha256"] == PAPER["sha256"]
    for viewer in (CENTRE, REGULATOR):
        letter = letters(it, viewer)["letters"][0]
        assert (letter["bid"], letter["answer"]) == (None, None)
    assert not {"alias", "code", "mask"} & set(letter)


def test_the_journal_leads_from_no_code_to_a_bid_and_tells_nobody_the_code() -> None:
    it = answered()
    it.do(CompareAnswer(1, True), WITNESS)
    it.do(FindClarification(1, Outcome.ACCEPTED, "可以"), chair(it))
    bids = [bid.id for bid in it.it.lots["1"].lot.bids]
    since = [e.type for e in it.log.entries].index("MaskedQuestionDrafted")
    for entry in it.log.entries[since:]:
        assert entry.data.get("bid") not in bids
        event = read_event(entry.type, entry.data)
        for viewer in viewers(it):
            if told(it.it, event, viewer) is Told.WHOLE:
                assert not {"code", "alias"} & set(entry.data)


def test_the_committee_hears_nothing_of_an_answer_before_the_witness_let_it_pass() -> None:
    it = answered()
    it.do(AttachPaper(1, SCAN), AGENCY)
    for alias in it.it.committee:
        letter = letters(it, member(alias))["letters"][0]
        assert letter["answer"] is None
    for kind in ("AnswerEntered", "PaperAttached"):
        entry = next(e for e in it.log.entries if e.type == kind)
        assert told(it.it, read_event(kind, entry.data), chair(it)) is Told.NOTHING
    with refused("letter_unsettled"):
        it.do(FindClarification(1, Outcome.ACCEPTED, "可以"), chair(it))
    it.do(CompareAnswer(1, True), WITNESS)
    letter = letters(it, chair(it))["letters"][0]
    assert letter["answer"]["at"] == it.it.memory(Letters).sent[1].answer.looked.at  # type: ignore[union-attr]
    with refused("letter_answered"):
        it.do(AttachPaper(1, SCAN), AGENCY)
    with refused("letter_answered"):
        it.do(EnterAnswer(1, "另一种说法", SCAN), AGENCY)
    with refused("nothing_to_compare", "$.letter"):
        it.do(CompareAnswer(1, True), WITNESS)


def test_a_question_can_be_taken_back_until_the_committee_has_the_answer() -> None:
    it = answered()
    it.do(WithdrawLetter(1, "问错了"), chair(it))
    assert it.it.memory(Letters).sent[1].outcome is Outcome.WITHDRAWN
    it = answered()
    it.do(CompareAnswer(1, True), WITNESS)
    with refused("letter_answered"):
        it.do(WithdrawLetter(1, "不要了"), chair(it))


def test_words_and_original_are_both_needed_and_name_nobody() -> None:
    it = sent()
    it.do(PassLetter(1), AGENCY)
    with refused("original_needed", "$.paper"):
        it.do(EnterAnswer(1, "以第 12 页为准。"), AGENCY)
    with refused("reason_needed", "$.text"):
        it.do(EnterAnswer(1, "", SCAN), AGENCY)
    name = it.it.lots["1"].lot.bids[0].bidder
    with refused("names_bidder", "$.text"):
        it.do(EnterAnswer(1, f"{name}：以第 12 页为准。", SCAN), AGENCY)
    it.do(EnterAnswer(1, "以第 12 页为准。", SCAN), AGENCY)
    with refused("reason_needed", "$.reason"):
        it.do(CompareAnswer(1, False), WITNESS)
    with refused("not_permitted"):
        it.do(CompareAnswer(1, True), CENTRE)


def test_what_was_sent_back_is_as_late_as_when_it_first_came() -> None:
    it = answered()
    it.do(CompareAnswer(1, False, "写了品牌"), WITNESS)
    it.now += timedelta(minutes=40)
    with refused("letter_answered"):
        it.do(EnterNoAnswer(1, False, "没有音讯"), AGENCY)
    it.do(EnterAnswer(1, "以第 12 页为准。", SCAN), AGENCY)
    it.do(CompareAnswer(1, True), WITNESS)
    answer = it.it.memory(Letters).sent[1].answer
    assert answer is not None
    assert answer.late is False


def test_a_late_answer_is_judged_once_it_was_compared() -> None:
    it = sent()
    it.do(PassLetter(1), AGENCY)
    it.now += timedelta(minutes=40)
    it.do(EnterAnswer(1, "以第 12 页为准。", SCAN), AGENCY)
    with refused("nothing_late"):
        it.do(JudgeLateAnswer(1, True, "可以"), chair(it))
    it.do(CompareAnswer(1, True), WITNESS)
    assert take(it, chair(it), "JudgeLateAnswer") == ["LateAnswerJudged"]
    sound(it)


def test_why_there_is_no_answer_stays_outside_as_well() -> None:
    it = sent()
    it.do(PassLetter(1), AGENCY)
    it.do(EnterNoAnswer(1, True, "来函表示不作说明"), AGENCY)
    act = next(act for act in seen(it, chair(it))["acts"] if act["command"] == "FindClarification")
    assert "拒绝答复" in act["help"]["zh"]
    text = json.dumps(seen(it, chair(it)), ensure_ascii=False)
    assert "来函表示不作说明" not in text
    assert "来函表示不作说明" in json.dumps(letters(it, AGENCY), ensure_ascii=False)
    it.do(FindClarification(1, Outcome.REFUSED, "没有答复"), chair(it))
    sound(it)


def test_the_codes_are_not_opened_while_a_question_is_open() -> None:
    it = sent()
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.UNSEALING
    with refused("masked_letter_open"):
        it.do(AskUnsealing("1", "dark"), chair(it))
    assert not offered(it, chair(it), "AskUnsealing")
    take(it, AGENCY, "PassLetter")
    take(it, AGENCY, "EnterAnswer", text="以第 12 页为准。", paper=PAPER)
    take(it, WITNESS, "CompareAnswer", in_order=True)
    assert not [n for n in letters(it, other(it))["notices"] if "以第 12 页为准" in n["text"]["zh"]]
    take(it, chair(it), "FindClarification", finding="changes_substance", reason="改变了工期")
    it.do(AskUnsealing("1", "dark"), chair(it))


def test_a_draft_is_seen_by_own_codes_and_gone_when_they_are_opened() -> None:
    it = working(blind)
    it.do(DraftMaskedQuestion("1", "3", QUESTION), other(it))
    whose = codes(it, other(it).alias or "")["3"]
    own = next(code for code, bid in codes(it, it.it.chair or "").items() if bid == whose)
    acts = [act for act in seen(it, chair(it))["acts"] if act["command"] == "SendMaskedQuestion"]
    assert f"暗标{own}号" in acts[0]["title"]["zh"]
    assert seen(it, chair(it))["matters"]["clarification"]["drafts"][0]["code"] == own
    assert view(it.it, chair(it))["matters"]["clarification"]["drafts"][0]["code"] == ""  # type: ignore[index]
    it.do(DraftMaskedQuestion("1", "4", QUESTION), chair(it))
    it.do(DeclineDraft(2, "不必问"), chair(it))
    it.mark("1")
    it.unseal("1")
    assert it.it.memory(Drafts).waiting == {}
    sound(it)


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (DraftMaskedQuestion("1", "5", QUESTION), "unknown_code", "$.code"),
        (DraftMaskedQuestion("1", "A", QUESTION), "unknown_code", "$.code"),
        (DraftMaskedQuestion("9", "1", QUESTION), "unknown_lot", "9"),
        (DraftMaskedQuestion("1", "1", " "), "reason_needed", "$.question"),
        (SendMaskedQuestion(7, 30), "no_such_draft", "$.draft"),
        (SendMaskedQuestion(1, 29), "too_little_time", "$.minutes"),
    ],
)
def test_refusals_by_place(command: Any, code: str, where: str) -> None:
    it = working(blind)
    it.do(DraftMaskedQuestion("1", "1", QUESTION), chair(it))
    with refused(code, where):
        it.do(command, chair(it))


def test_one_open_question_a_code_and_no_bidder_named_in_it() -> None:
    it = sent("1")
    name = it.it.lots["1"].lot.bids[0].bidder
    with refused("names_bidder", "$.question"):
        it.do(DraftMaskedQuestion("1", "1", f"是不是{name}？"), chair(it))
    it.do(DraftMaskedQuestion("1", "1", "再问一句"), other(it))
    assert not offered(it, chair(it), "SendMaskedQuestion")
    with refused("letter_waiting"):
        it.do(SendMaskedQuestion(2, 30), chair(it))
    with refused("not_the_chair"):
        it.do(SendMaskedQuestion(2, 30), other(it))


def test_nothing_is_asked_by_code_where_there_is_none() -> None:
    it = at("marking", "GC")
    with refused("not_masked", "1"):
        it.do(DraftMaskedQuestion("1", "1", QUESTION), chair(it))
    assert not offered(it, chair(it), "DraftMaskedQuestion")
    it = working(all_blind)
    it.mark("1")
    with refused("wrong_stage"):
        it.do(DraftMaskedQuestion("1", "1", QUESTION), chair(it))


@pytest.mark.parametrize("make", [lambda: working(blind), sent, answered])
def test_what_is_offered_is_taken(make: Any) -> None:
    it = make()
    names = ("DraftMaskedQuestion", "SendMaskedQuestion", "PassLetter", "EnterAnswer", "CompareAnswer", "AttachPaper")
    assert all_are_taken(it, *names)
    for viewer in viewers(it):
        for act in seen(it, viewer)["acts"]:
            if act["command"] in names:
                assert it.log.entries
                read_command(act["command"], filled(act))


def test_a_draft_that_names_a_bid_is_not_sent_by_code() -> None:
    it = working(blind)
    named = Draft(1, other(it).alias or "", "1", "A", QUESTION)
    it.state = it.it.remembering(Drafts({1: named}, 1))
    assert not offered(it, chair(it), "SendMaskedQuestion")
    with refused("no_such_draft", "$.draft"):
        it.do(SendMaskedQuestion(1, 30), chair(it))


def test_the_bid_of_a_masked_letter_is_not_known() -> None:
    with pytest.raises(LookupError):
        assert sent().it.memory(Letters).sent[1].known_bid
