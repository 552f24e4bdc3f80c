"""The report: what it says on each track, byte for byte the same, with nobody's name, and readable again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

import pypdfium2
import pytest
from evaluation_case import lot_json, tender_json
from evaluation_factory import AGENCY, Play, member, play
from evidence_factory import CASES, evidence, played_evidence, real_report

from app import journal
from app.evaluation import commands as c
from app.evaluation.model import Evaluation
from app.evaluation.tally import result
from app.report import (
    Unreadable,
    attached,
    expected_result,
    make_report,
    origin_of,
    pages_of,
    printed_result,
    report_data,
    setting_name,
)
from app.report.scores import result_heads
from app.rules.vocabulary import SECTIONS


def text_of(pdf: bytes) -> str:
    """All text of a PDF without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        read = page.get_textpage()
        pages.append(read.get_text_bounded())
        read.close()
        page.close()
    document.close()
    return "".join("".join(pages).split())


def data_of(state: Evaluation, lot: str = "1", **changes: Any) -> dict[str, Any]:
    """The report's data of a state."""
    given: dict[str, Any] = {
        "room_name": "岷乐评标三室",
        "key_fingerprint": journal.fingerprint(b"k" * 32),
        "journal": (7, "ab" * 32),
        "issued_at": "2026-03-02T11:30:15.000001+08:00",
    }
    return report_data(state, lot, **(given | changes))


def strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("case", CASES)
def test_the_sections_are_the_rule_sets_in_its_order(case: str) -> None:
    found = evidence(case)
    state, lot = found.played.it, found.parts.lot
    data = data_of(state, lot)
    assert [section["key"] for section in data["sections"]] == list(state.ruleset.report_sections)
    assert data == json.loads(json.dumps(data))
    text = text_of(found.parts.report)
    for section in data["sections"]:
        assert "".join(f"{section['number']}、{section['title']}".split()) in text
    assert "附：见证记录摘要" in text
    pages = pages_of(found.parts.report)
    assert f"第{pages}页共{pages}页" in text


def test_the_same_journal_gives_the_same_bytes_and_any_other_others() -> None:
    state = evidence("zc").played.it
    made = make_report(data_of(state))
    assert made == make_report(data_of(state))
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid" in made
    assert make_report(data_of(state, journal=(8, "ab" * 32))) != made
    assert make_report(data_of(state, issued_at="2026-03-02T11:30:16.000001+08:00")) != made


@pytest.mark.parametrize("case", CASES)
def test_a_machine_finds_case_and_result_attached_as_the_package_has_them(case: str) -> None:
    found = evidence(case)
    names = () if case == "failed" else ("scoring-case.json", "result.json")
    assert attached(found.parts.report) == {name: found.files[f"data/{name}"] for name in names}


def test_it_shows_what_was_decided_in_zc() -> None:
    found = evidence("zc")
    text = text_of(found.parts.report)
    lot = found.played.it.lots["1"]
    assert lot.case_hash is not None
    assert lot.result_hash is not None
    for due in (
        *(
            "评标报告",
            "第一中学教学设备采购",
            "ZC-2026-001",
            "岷乐市第一中学",
            "岷乐招标代理有限公司",
            "四川政府采购网",
        ),
        *(
            "甲设备有限公司",
            "乙科技有限公司",
            "丙仪器厂",
            "评标组长",
            "资格审查",
            "采购代理机构对以评委编号标识的评审数据",
        ),
        *("已逐条核对，评分属独立判断，维持原评分。", "全体成员同意本报告", "全程秩序良好", "两人核验放行"),
        *("本案例价格规则为虚构，仅供演练", "本报告不采用电子签名", "演练REHEARSAL"),
        *(lot.case_hash, lot.result_hash, found.played.it.ruleset_hash, found.played.it.package),
        *("价格分：30×960000÷980000=29.3877551020…→29.39", "评标基准价：960,000元"),
    ):
        assert due in text, due


def test_it_shows_what_was_decided_in_gc() -> None:
    text = text_of(evidence("gc").parts.report)
    for due in (
        *("否决投标", "R6：投标文件没有对招标文件的实质性要求和条件作出响应", "工期不满足招标文件要求，第37页"),
        *(
            "无记名投票",
            "第1轮无记名投票",
            "价格分计算口径存疑",
            "同意4人，有不同意见1人",
            "K=0.97",
            "职工宿舍工程监理",
        ),
        *("浮动-1%：873,180.165", "符合要求的投标一览表"),
    ):
        assert due in text, due
    assert "采购" not in text.replace("四川政府采购网", "")


def test_every_page_of_a_rehearsal_says_so_and_none_of_a_live_one() -> None:
    pdf = evidence("zc").parts.report
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        read = page.get_textpage()
        assert "".join(read.get_text_bounded().split()).count("演练REHEARSAL") == 2  # head and watermark
        read.close()
        page.close()
    document.close()
    live = played_evidence(rehearsal=False).parts.report
    assert "REHEARSAL" not in text_of(live)


def test_a_failed_lot_has_its_own_words_and_no_ranks() -> None:
    text = text_of(evidence("failed").parts.report)
    assert "因符合要求的投标不足法定家数，废标，未进入比较与评价，无得分与排序" in text
    assert "本采购包不推荐中标候选人" in text
    assert "得分汇总与排序表" not in text


def test_nobody_is_named_and_no_reference_is_told() -> None:
    for case in CASES:
        data = data_of(evidence(case).played.it, evidence(case).parts.lot)
        assert not any(re.search(r"\bp\d\b", text) for text in strings(data))


def test_the_recused_and_the_repeated_are_told() -> None:
    text = text_of(evidence("recused").parts.report)
    assert "与“甲设备有限公司”存在利害关系，已退出" in text

    class Repeats(Play):
        """The chair has the marks done again once."""

        def finish_lot(self, lot: str, dissent: str | None = None) -> None:
            if len(self.it.lots[lot].marks) == 1:
                assert self.it.chair is not None
                repeat = c.RepeatStage(lot, "marks", "objective", "客观分录入有误")
                self.do(repeat, member(self.it.chair))
                self.mark(lot)
            super().finish_lot(lot, dissent)

    found = played_evidence(kind=Repeats)
    text = text_of(found.parts.report)
    assert "共进行2轮评分，以最后一轮为准" in text
    assert "重新评分：评标委员会对客观评审因素评分不一致，理由：客观分录入有误" in text
    assert "data/sheets/marks-2-M1.json" in found.files


@pytest.mark.parametrize("case", CASES)
def test_no_sentence_ends_twice_and_every_time_has_its_date_and_zone(case: str) -> None:
    found = evidence(case)
    for shown in strings(data_of(found.played.it, found.parts.lot)):
        assert not re.search(r"[。；，][。；，]|\.[。；，]", shown), shown
    text = text_of(found.parts.report)
    assert "评审时间2026年3月2日09:0" in text.replace("评标时间", "评审时间")
    assert "（北京时间）" in text
    assert "表中时刻未注日期的，均为2026年3月2日；时区：北京时间。" in text
    assert text.count("北京时间") > pages_of(found.parts.report)  # the foot of every page has it as well


def test_what_people_wrote_is_told_with_one_stop() -> None:
    tender = tender_json("GC")
    tender["labels"] = ["价格规则为虚构。"]
    tender["opening"]["remarks"] = "无异议。"

    class Wordy(Play):
        """The imported words end with a stop of their own."""

        def import_package(self, *given: Any, **named: Any) -> None:
            super().import_package(*given, **(named | {"tender": tender}))

    fails = {"D": "R6"}
    found = played_evidence(
        kind=Wordy, track="GC", rejections=fails, verdict=lambda _, bid, item: (bid, item) != ("D", "F2")
    )
    text = text_of(found.parts.report)
    for due in ("备注：无异议。", "第37页（M1、"):
        assert due in text, due
    assert "。。" not in text


def test_an_evaluation_of_two_days_dates_what_is_not_of_the_first() -> None:
    class Late(Play):
        """The committee is told of the bidders a day after it came, by a clock on another offset."""

        def constitute(self) -> None:
            self.now = (self.now + timedelta(days=1)).astimezone(timezone(timedelta(hours=9)))
            super().constitute()

    state = played_evidence(kind=Late).played.it
    shown = list(strings(data_of(state, issued_at="2026-03-04T00:30:00+09:00")))
    assert "2026年3月2日至2026年3月3日" in shown
    assert any(re.fullmatch(r"2026年3月2日 09:0\d 至 2026年3月3日 23:30（北京时间）", line) for line in shown)
    assert any("（2026年3月2日，北京时间）：M1 3月3日 09:" in line for line in shown)


def test_each_track_calls_method_and_parties_by_its_own_words() -> None:
    for case, due, other in (
        ("zc", ("综合评分法", "评标组长", "采购人代表", "评审地点"), ("综合评估法", "招标人", "评标地点")),
        (
            "gc",
            ("综合评估法", "评标委员会负责人", "招标人代表", "报价得分：", "已否决D"),
            ("综合评分法", "采购人", "价格分："),
        ),
    ):
        text = text_of(evidence(case).parts.report)
        assert [word for word in due if word not in text] == []
        assert [word for word in other if word in text] == []


def test_many_groups_leave_room_for_the_names() -> None:
    groups = [f"资信业绩{k}" for k in range(9)]
    words = evidence("gc").played.it.ruleset.words
    made = {"bids": [{"price": "1", "evaluated_price": "1"}]}
    for count in (1, 4, 5, 7):
        titles = [head["title"] for head in result_heads(words, made, groups[:count], False)[4:-2]]
        assert ["".join(title.split()) for title in titles] == groups[:count]
        assert all(len(line) <= (4 if count < 5 else 3) for title in titles for line in title.split("\n"))
    assert [head["title"] for head in result_heads(words, made, groups, False)[4:]] == ["报价得分", "总得分"]


def test_remarks_of_the_check_are_told() -> None:
    class Remarks(Play):
        """The organising staff writes something down."""

        def do(self, command: c.Command, actor: Any = None) -> list[str]:
            if isinstance(command, c.CheckTables):
                command = c.CheckTables(command.lot, True, "表格完整")
            return super().do(command, AGENCY if isinstance(command, c.CheckTables) else actor)

    Remarks.do.__defaults__ = Play.do.__defaults__
    assert "备注：表格完整" in text_of(played_evidence(kind=Remarks).parts.report)


@pytest.mark.parametrize("case", [case for case in CASES if case != "failed"])
def test_the_result_table_can_be_read_back(case: str) -> None:
    found = evidence(case)
    state, lot = found.played.it, found.parts.lot
    expected = expected_result(state, lot, result(state, state.lots[lot]))
    assert printed_result(found.parts.report, expected) == "".join(expected.rows)


def test_a_long_table_over_pages_can_be_read_back() -> None:
    names = [f"四川第{k}建设工程项目管理咨询有限责任公司" for k in range(1, 61)]
    lot = lot_json("GC")
    template = lot["bids"][0]
    lot["bids"] = [
        template | {"id": f"B{k:02d}", "bidder": name, "price": str(800000 + 991 * k)}
        for k, name in enumerate(names, start=1)
    ]
    lot["bids"][4]["adjustments"] = [{"kind": "small_enterprise", "rate": "0.1"}]
    lot["factors"] = [
        factor | {"id": f"{factor['id']}{k}", "group": f"第{k}组", "max": "40"}
        for k in range(1, 4)
        for factor in lot["factors"]
    ]
    lot["review_items"] = [lot["review_items"][0] | {"id": f"F{k}"} for k in range(1, 14)]
    it = Play("GC")
    it.open_room()
    it.import_package(5, 0, tender=tender_json("GC") | {"lots": [lot]})
    it.draw_slots()
    for alias in [it.arrive(f"p{k}") for k in range(1, 6)]:
        it.pledge(alias)
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1", lambda alias, bid, factor: str((int(bid[1:]) * 7 + int(alias[1:])) % 31 if factor[0] != "T" else 9))
    it.finish_lot("1")
    pdf, pages = real_report(it, "1")
    assert pages > 10
    expected = expected_result(it.it, "1", result(it.it, it.it.lots["1"]))
    assert len(expected.rows) == 60
    assert "评审价" in expected.head
    assert printed_result(pdf, expected) == "".join(expected.rows)


def test_what_cannot_be_read_is_said() -> None:
    found = evidence("gc")
    expected = expected_result(found.played.it, "1", result(found.played.it, found.played.it.lots["1"]))
    for rubbish in (b"", b"%PDF-1.7\n", found.parts.report[:2000]):
        for read in (pages_of, origin_of, lambda pdf: printed_result(pdf, expected)):
            with pytest.raises(Unreadable) as caught:
                read(rubbish)
            assert caught.value.part == "pdf"
    with pytest.raises(Unreadable) as caught:
        printed_result(evidence("failed").parts.report, expected)
    assert caught.value.part == "result_table"


def test_it_says_what_it_was_made_from() -> None:
    pdf = make_report(data_of(evidence("zc").played.it))
    assert origin_of(pdf) == (setting_name(), 7, "2026-03-02T11:30:15.000001+08:00")
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("CreationDate").startswith("D:20260302113015")
    document.close()


def test_every_section_that_a_rule_set_may_ask_for_can_be_set() -> None:
    from app.report.sections import SECTIONS as MADE

    assert set(MADE) == set(SECTIONS)


def test_lowest_price_lots_are_ranked_by_price() -> None:
    lot = lot_json("GC")
    lot["scoring"] = {"method": "lowest_evaluated_price", "ceiling": "1200000"}
    lot["factors"] = []
    tender = tender_json("GC") | {"lots": [lot]}

    class ByPrice(Play):
        """Nothing is marked: the lowest evaluated price wins."""

        def import_package(self, *given: Any, **named: Any) -> None:
            super().import_package(*given, **(named | {"tender": tender}))

    found = played_evidence(kind=ByPrice, track="GC")
    state = found.played.it
    expected = expected_result(state, "1", result(state, state.lots["1"]))
    assert [row[:2] for row in expected.rows] == ["1C", "2A", "3D", "4B"]
    assert printed_result(found.parts.report, expected) == "".join(expected.rows)
    assert play(kind=ByPrice, track="GC").it.closed
