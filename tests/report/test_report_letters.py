"""What the report says of letters to bidders, corrected and low prices, and bids that a vote rejected."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member

from app.evaluation.matters.clarification.records import AskClarification, FindClarification
from app.evaluation.matters.correction.records import NoteDifference, SettleCorrection, StateCorrection
from app.evaluation.matters.letters.records import EnterAnswer, EnterNoAnswer, Outcome, Paper, PassLetter
from app.evaluation.matters.low_price.records import AskLowPrice, RecordLookup, VoteLowPrice
from app.evaluation.matters.pause.records import PauseEvaluation
from app.evaluation.matters.rejection.records import ProposeRejection, VoteRejection
from app.evaluation.matters.replacement import ApproveReplacement, AskReplacement
from app.report import make_report
from app.rules.model import Correction

sys.path.append(str(Path(__file__).parents[1] / "evaluation"))
from evaluation_stages import at
from test_report_paper import data_of, strings, text_of

PAPER = Paper("5a" * 32, 4096, "答复函")


def section(it: Play, key: str) -> str:
    """Every text of a section, in order."""
    found = next(one for one in data_of(it.it)["sections"] if one["key"] == key)
    return "\n".join(strings(found["blocks"]))


def chair(it: Play) -> Any:
    return member(it.it.chair or "")


def asked(track: str) -> Play:
    it = at("reviewed", track)
    it.do(AskClarification("1", "A", "工期前后不一致，请说明。", 30), chair(it))
    it.do(PassLetter(1), AGENCY)
    return it


@pytest.mark.parametrize(("track", "key"), [("GC", "clarifications"), ("ZC", "other")])
def test_the_minutes_of_a_letter_from_question_to_finding(track: str, key: str) -> None:
    assert "澄清、说明、补正：无。" in section(at("reviewed", track), key)
    it = asked(track)
    it.do(EnterAnswer(1, "以第 18 页为准。", PAPER), AGENCY)
    it.do(FindClarification(1, Outcome.CHANGES_SUBSTANCE, "缩短了工期"), chair(it))
    said = section(it, key)
    assert "澄清、说明、补正：无。" not in said
    assert "。；" not in said
    for words in ("工期前后不一致", "转交，期限", "附原件 1 件", "以第 18 页为准。", "不予采纳。理由：缩短了工期。"):
        assert words in said


def test_silence_and_what_was_left_open_are_said() -> None:
    it = asked("GC")
    assert "未认定" in section(it, "clarifications")
    it.now += timedelta(minutes=31)
    it.do(EnterNoAnswer(1, False, "没有来函"), AGENCY)
    assert "期限届满未答复：没有来函。" in section(it, "clarifications")


def test_a_corrected_price_stands_beside_that_of_the_opening() -> None:
    it = at("reviewed", "GC")
    it.do(NoteDifference("1", "A", Correction.CAPITAL_WORDS, "880000", "870000.50", "第 9 页"), chair(it))
    it.do(StateCorrection("1", "A", "870000.50", 30), chair(it))
    it.do(PassLetter(1), AGENCY)
    it.do(EnterAnswer(1, "确认", PAPER, True), AGENCY)
    it.do(SettleCorrection(1), chair(it))
    it.conclude("1")
    assert "870,000.50\n（开标时 880,000）" in section(it, "qualified_bids")
    assert "880,000" in section(it, "opening")
    assert "以大写金额为准（第 9 页）：880000 改为 870000.50。" in section(it, "clarifications")


def test_a_rejection_by_vote_has_code_clause_page_facts_and_votes() -> None:
    it = at("marked", "GC")
    it.do(ProposeRejection("1", "B", "R7", "第 3.4 条", "21", "与 C 异常一致。"), chair(it))
    first, *rest = it.it.committee
    it.do(VoteRejection("1", "B", False, "只是格式相同"), member(first))
    for alias in rest:
        it.do(VoteRejection("1", "B", True), member(alias))
    said = section(it, "rejections")
    for words in (
        "R7：投标人有串通投标",
        "第 3.4 条：与 C 异常一致，页码：21。",
        "同意 4 人",
        f"反对 1 人（{first}：只是格式相同）",
    ):
        assert words in said
    assert "3 家" not in section(it, "basics")  # four entered the marking


def test_a_rejection_by_the_review_says_how_many_failed_it() -> None:
    it = at("reviewing", "GC")
    lenient = it.it.committee[0]
    it.review("1", lambda alias, bid, item: alias == lenient or bid != "D" or item != "F2")
    it.conclude("1", {"D": "R6"})
    said = section(it, "rejections")
    assert "交货期或工期（第3.2条）：不合格 4 人，合格 1 人。" in said
    assert "第 37 页" in said


def test_a_low_price_is_told_with_look_ups_and_votes() -> None:
    it = at("marked", "GC")
    it.do(AskLowPrice("1", "A", "judgement", "低于预算一成", "请说明成本", 30), chair(it))
    it.do(PassLetter(1), AGENCY)
    it.do(RecordLookup(1, "https://example.cn/1", "同类监理公告", PAPER), CENTRE)
    it.do(EnterAnswer(1, "自有人员", PAPER), AGENCY)
    assert "异常低价的处理" not in section(it, "findings")
    for alias in it.it.committee:
        it.do(VoteLowPrice(1, True, "成本可信"), member(alias))
    said = section(it, "findings")
    for words in (
        "评委会的专业判断，低于预算一成",
        "同类监理公告（https://example.cn/1）",
        "能够证明报价合理",
        "认为合理：成本可信",
    ):
        assert words in said


def test_a_lot_that_failed_after_the_marks_gives_no_result() -> None:
    it = at("marked")
    it.do(ProposeRejection("1", "B", "Z5", "第 7 条", "33", "附有条件"), chair(it))
    for alias in it.it.committee:
        it.do(VoteRejection("1", "B", True), member(alias))
    text = text_of(make_report(data_of(it.it)))
    assert "废标，不产生得分与排序" in text
    assert "得分汇总与排序表" not in text


def test_replacements_and_pauses_are_not_denied() -> None:
    it = at("marking")
    assert "成员更换：无。" in section(it, "other")
    assert "评审暂停：无。" in section(it, "other")
    gone = next(alias for alias in it.it.committee if alias != it.it.chair)
    it.do(AskReplacement(gone, "health", "突发疾病"), CENTRE)
    it.do(ApproveReplacement(gone, "情况属实"), WITNESS)
    it.do(PauseEvaluation("fault", "停电"), CENTRE)
    said = section(it, "other")
    assert f"成员更换：{gone}，因健康等原因不能继续评审。" in said
    assert "评审暂停：1 次，见“评审过程中的事项”。" in said


def test_a_vote_when_the_time_is_over_says_that_there_was_no_answer() -> None:
    it = at("marked", "GC")
    it.do(AskLowPrice("1", "A", "judgement", "低于预算一成", "请说明成本", 30), chair(it))
    it.do(PassLetter(1), AGENCY)
    it.now += timedelta(minutes=31)
    for alias in it.it.committee:
        it.do(VoteLowPrice(1, False, "没有说明"), member(alias))
    assert "未答复；不能证明报价合理" in section(it, "findings")
    assert "R5" in section(it, "rejections")
