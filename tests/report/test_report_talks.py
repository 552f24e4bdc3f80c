"""The reports of consultation, negotiation, inquiry and single source: their own words, sections, rounds of offers."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_factory import AGENCY, member
from talk_play import TalkPlay, at

from app.evaluation.matters.talks import (
    AgreePrice,
    AttestTalk,
    ChangeDemands,
    ClaimTwoSuppliers,
    ConfirmChange,
    EndTalks,
    FileOffer,
    HoldTalk,
    PassChange,
    RefuseChange,
    WithdrawSupplier,
)
from app.evaluation.papers import Paper
from app.evaluation.tally import result
from app.report import expected_result, make_report, printed_result, report_data

PAPER = Paper("cd" * 32, 1200, "最后报价单")


def data_of(it: TalkPlay) -> dict[str, Any]:
    return report_data(
        it.it,
        "1",
        room_name="岷乐评标三室",
        key_fingerprint="kawei-ed25519:AAAA",
        journal=(len(it.log.entries), "ab" * 32),
        issued_at="2026-03-02T11:00:00+08:00",
    )


def words_of(it: TalkPlay, key: str) -> str:
    """Everything that a section says, joined."""
    (section,) = [one for one in data_of(it)["sections"] if one["key"] == key]

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    return "\n".join(texts(section))


def consultation() -> TalkPlay:
    """Four suppliers, one withdraws; two changes, one of them confirmed; last offers with one paper."""
    it = at("talking", bids=4)
    it.talk("A", "B", "C")
    it.do(HoldTalk("1", "D", "交货期有困难"), it.chair)
    for alias in it.it.committee:
        it.do(AttestTalk("1", "D", 1, "供应商表示或将退出" if alias == it.it.chair else ""), member(alias))
    it.do(WithdrawSupplier("1", "D", "交货期无法满足", False), AGENCY)
    it.do(ChangeDemands("1", "technical", "内存不低于 64GB"), it.chair)
    it.do(ChangeDemands("1", "contract", "付款改为三期"), it.chair)
    it.do(ConfirmChange("1", 1), it.delegate)
    it.do(PassChange("1", 1), AGENCY)
    it.do(RefuseChange("1", 2, "预算已定"), it.delegate)
    it.ask_offers()
    it.offer(A="951234.56", B="970000", C="960000")
    it.open_offers()
    it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    it.conclude_talks()
    it.mark("1")
    it.finish_lot("1")
    return it


def test_a_consultation_tells_talks_changes_and_offers() -> None:
    it = consultation()
    talks = words_of(it, "talks")
    assert "全体成员集中与各供应商分别磋商，机会平等。" in talks
    assert f"{it.it.chair}补充：供应商表示或将退出。" in talks
    assert "技术要求" in talks
    assert "未确认：预算已定" in talks
    assert "丁商贸有限公司于" in talks
    assert "保证金待退还" in talks
    offers = words_of(it, "offers")
    assert "最后报价（元）" in offers
    assert {"951,234.56", "980,000"} <= set(offers.split("\n"))
    assert PAPER.sha256 in offers
    assert "丁商贸有限公司：退出。" in offers
    course = words_of(it, "course")
    assert "最后报价一并开启，共 3 家" in course
    everything = "\n".join(words_of(it, section["key"]) for section in data_of(it)["sections"])
    for foreign in ("投标", "中标", "评标委员会"):
        assert foreign not in everything.replace("评标组长", ""), foreign


def test_the_printed_table_is_read_back_and_knows_who_withdrew() -> None:
    it = consultation()
    found = result(it.it, it.it.lots["1"])
    expected = expected_result(it.it, "1", found)
    assert any(row.startswith("退出D") for row in expected.rows)
    pdf = make_report(data_of(it))
    assert printed_result(pdf, expected) == "".join(expected.rows)


@pytest.mark.parametrize("kind", ["negotiation", "inquiry"])
def test_prices_alone_have_a_table_of_their_own_name(kind: str) -> None:
    it = at("talked", kind) if kind == "negotiation" else at("reviewed", kind)
    if kind == "negotiation":
        it.ask_offers()
        it.offer(A="950000", B="930000", C="1300000")
        it.open_offers()
        it.do(ClaimTwoSuppliers("1", "approved", "川财采〔2026〕9号"), AGENCY)
        it.conclude_talks()
        offers = words_of(it, "offers")
        assert "川财采〔2026〕9号" in offers
        assert "丙仪器厂：最后报价超过预算金额或者最高限价，响应无效。" in offers
    else:
        it.conclude("1")
    it.finish_lot("1")
    comparison = words_of(it, "comparison")
    assert "报价比较与排序表" in comparison
    assert "得分" not in comparison
    assert "不另行打分" in words_of(it, "proceedings")
    criteria = words_of(it, "criteria")
    assert "报价由低到高的办法" in criteria
    assert "得分平均" not in criteria
    expected = expected_result(it.it, "1", result(it.it, it.it.lots["1"]))
    assert printed_result(make_report(data_of(it)), expected) == "".join(expected.rows)


def test_a_single_source_is_a_record_of_the_talks() -> None:
    it = at("talked", "single-source", bids=1)
    it.do(AgreePrice("1", "940000", "质保三年，分两期付款"), it.chair)
    it.finish_lot("1")
    data = data_of(it)
    assert data["title"] == "协商情况记录"
    assert "质保三年，分两期付款。" in words_of(it, "offers")
    assert "商定价格：940,000 元。" in words_of(it, "offers")
    assert "机会平等" not in words_of(it, "talks")


def test_talks_that_never_were_or_ended_are_said_so() -> None:
    ended = at("talking", "negotiation", bids=2)
    ended.do(EndTalks("1", "不足三家，未经批准"), ended.chair)
    ended.finish_lot("1")
    assert "本采购包未进行谈判。" in words_of(ended, "talks")
    assert "本采购包未进行到报价。" in words_of(ended, "offers")
    assert "终止谈判：不足三家，未经批准" in words_of(ended, "course")
    assert "符合要求的供应商不足法定家数" in words_of(ended, "candidates")
