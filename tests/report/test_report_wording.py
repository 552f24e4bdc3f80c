"""The report's words: every step, finding and rule that the cores can name is said in Chinese, figures untouched."""

from __future__ import annotations

import re

import pytest

from app import scoring
from app.report import wording as say


def test_numerals_count_as_sections_are_counted() -> None:
    assert [say.numeral(n) for n in (1, 9, 10, 11, 19, 20, 21, 99)] == [
        *("一", "九", "十", "十一", "十九", "二十", "二十一", "九十九"),
    ]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("980000", "980,000"),
        ("1234567.80", "1,234,567.80"),
        ("0.5", "0.5"),
        ("-1200", "-1,200"),
        (None, "—"),
        ("9" * 4 + ".3333333333333", "9,999.3333333333…"),
    ],
)
def test_money_is_grouped_and_never_rounded(amount: str | None, shown: str) -> None:
    assert say.money(amount) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("-0.15", "-15%"),
        ("0.1", "10%"),
        ("0.015", "1.5%"),
        ("1", "100%"),
        ("0", "0%"),
        ("-0.01", "-1%"),
        ("0.0050", "0.5%"),
    ],
)
def test_shares_become_percentages_exactly(share: str, shown: str) -> None:
    assert say.percent(share) == shown


def test_times_keep_their_own_offset() -> None:
    at, next_day = "2026-03-02T09:05:00.5+08:00", "2026-03-03T10:00:00+08:00"
    assert say.minute(at) == "2026年3月2日 09:05（北京时间）"
    assert say.minute("2026-03-02T09:05:00-03:30") == "2026年3月2日 09:05（UTC-03:30）"
    assert say.span(at, "2026-03-02T03:00:00Z") == "2026年3月2日 09:05 至 11:00（北京时间）"
    assert say.span(at, next_day) == "2026年3月2日 09:05 至 2026年3月3日 10:00（北京时间）"
    assert say.days(at, at) == "2026年3月2日"
    assert say.days(at, next_day) == "2026年3月2日至2026年3月3日"
    assert say.clock("2026-03-02T23:59:59+08:00", at) == "23:59:59"
    assert say.clock("2026-03-02T23:59:59Z", at) == "3月3日 07:59:59"
    assert say.clock(None, at) == "—"


def test_a_sentence_ends_once() -> None:
    for written in ("无异议", "无异议。", " 无异议。。 ", "无异议；", "无异议."):
        assert say.sentence(written) == "无异议。"
        assert say.clause(written) == "无异议"
    assert say.sentence("属实？") == "属实？"


def test_figures_of_a_table_have_as_many_decimals_each() -> None:
    assert say.even(["20", "13.33", "0.5"]) == ["20.00", "13.33", "0.50"]
    assert say.even([]) == []


RULES = [
    {
        "full": "30",
        "places": 2,
        "benchmark": {
            "trim": [{"from": 5, "high": 1, "low": 1}, {"from": 9, "share": "0.20"}],
            "band": {"from": 1, "around": "ceiling", "low": "-0.15", "high": None, "if_empty": "all"},
            "value": "mean",
            "mix": [{"of": "value", "weight": "0.5"}, {"of": "lowest", "weight": "0.5"}],
            "float": "-0.01",
            "factor": "0.98",
            "places": 2,
        },
        "score": {"kind": "deviation", "above": "1", "below": "0.5", "step": "ceil", "floor": "0"},
    },
    {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
    {"full": "30", "benchmark": {"value": "highest"}, "score": {"kind": "ratio_high"}},
    {"full": "30", "benchmark": {"value": "median"}, "score": {"kind": "power", "above": "1.5", "below": "0.7"}},
    {
        "full": "40",
        "benchmark": {"value": "second_lowest"},
        "score": {"kind": "table", "rows": [{"up_to": "-5", "score": "20"}, {"up_to": None, "score": "10"}]},
    },
    {
        "full": "30",
        "benchmark": {"value": "mean"},
        "score": {"kind": "deviation", "above": "1", "below": "1", "step": "floor"},
    },
]
PRICES = ["800000", "880000", "905000", "990000", "1010000", "1100000", "1190000"]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_and_its_working_are_told_in_chinese_with_the_same_figures(rule: dict[str, object]) -> None:
    made = scoring.price_scores(rule, PRICES, ceiling="1200000")
    told = [say.benchmark_step(step) for step in made.benchmark_working]
    told += [say.bid_working(f"price: {line}") for line in made.working]
    for line in [*told, *say.price_rule(rule)]:
        assert not re.search(r"[A-Za-z]{3,}", line), line
    for english, chinese in zip(made.working, told[-len(PRICES) :], strict=True):
        assert re.findall(r"\d+(?:\.\d+)?", english) == re.findall(r"\d+(?:\.\d+)?", chinese)


def test_an_empty_band_says_what_stands_in() -> None:
    rule = {
        "full": "30",
        "benchmark": {"band": {"around": "mean", "low": "0.5", "high": "0.6", "if_empty": "trimmed"}, "value": "mean"},
        "score": {"kind": "ratio"},
    }
    made = scoring.price_scores(rule, PRICES)
    assert any("区间内无报价，取剔除后的报价" in say.benchmark_step(step) for step in made.benchmark_working)


def test_every_finding_has_its_sentence() -> None:
    names = {"T1": "技术方案", "T2": "业绩"}
    apart = {"code": "deviation", "bid": "A", "factor": "T1", "mean": "9.5"}
    said = say.findings(
        (
            {"code": "objective_mismatch", "factor": "T2", "bid": "A", "experts": ["M1", "M2"]},
            apart | {"expert": "M1", "mark": "3"},
            apart | {"expert": "M3", "mark": "14"},
            apart | {"bid": "B", "expert": "M1", "mark": "2"},
            {"code": "identical_sheets", "experts": ["M1", "M2"]},
            {"code": "tie", "rank": 2, "bids": ["B", "C"]},
            {"code": "too_few_bids"},
        ),
        names,
    )
    assert len(said) == 6
    assert all(line.endswith("。") for line in said)
    assert "技术方案：评委 M1 评 3 分、M3 评 14 分，与平均分 9.5" in said[1]
    assert "投标 B" in said[2]
    assert say.findings([{"code": "of_tomorrow"}], names) == ["of_tomorrow"]


def test_words_of_tomorrow_are_shown_as_they_are() -> None:
    assert say.benchmark_step({"step": "of_tomorrow"}) == "of_tomorrow"
    assert say.price_rule({"full": "30", "score": {"kind": "of_tomorrow"}})[-1] == "of_tomorrow"
    assert say.group("资信") == "资信"


def test_group_lines_are_told_by_their_words() -> None:
    assert say.bid_working("technical: 1.00 + 2.00 = 3.00", ["technical"]) == "技术小计：1.00 + 2.00 = 3.00"
