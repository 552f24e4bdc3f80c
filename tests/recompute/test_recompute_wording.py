"""Places and remarks in words: as a person finds them, in Chinese and in English."""

from __future__ import annotations

from dataclasses import replace

import pytest
from statement_factory import remarks_of, small, statement_of

from app.recompute import Kind, Mark, Place, check, message, place_text, subject


@pytest.mark.parametrize(
    ("place", "chinese", "english"),
    [
        (Place("marks.csv"), "marks.csv", "marks.csv"),
        (Place("marks.csv", row=7), "marks.csv 第 7 行", "marks.csv line 7"),
        (Place("marks.csv", row=7, column="分值"), "marks.csv 第 7 行“分值”", "marks.csv line 7, 分值"),
        (Place("b.xlsx", "评分", 7), "b.xlsx《评分》 第 7 行", "b.xlsx 评分 line 7"),
        (Place("b.xlsx", "评分", 7, "分值", "D7"), "b.xlsx《评分》D7“分值”", "b.xlsx 评分!D7, 分值"),
        (Place("s.json", path="$.stated"), "s.json $.stated", "s.json $.stated"),
    ],
)
def test_a_place_is_told_as_a_person_finds_it(place: Place, chinese: str, english: str) -> None:
    assert place_text(place) == chinese
    assert place_text(place, "en") == english


def test_a_missing_mark_of_a_table_is_told_beside_the_experts_other_marks() -> None:
    statement = statement_of(small())
    at = Place("marks.csv", row=5, column="分值")
    kept = {slot: mark for slot, mark in statement.marks.items() if slot != ("A2", "乙", "T1")}
    kept["A2", "乙", "T2"] = Mark(kept["A2", "乙", "T2"].value, "4", at)
    found = next(remark for remark in check(replace(statement, marks=kept)) if remark.kind is Kind.MARK_MISSING)
    assert found.place == Place("marks.csv", row=5)


def test_a_group_is_called_by_its_chinese_name_in_chinese() -> None:
    document = small()
    document["stated"]["bids"]["甲"]["group_scores"]["technical"] = "1"
    (found,) = remarks_of(document)
    assert subject(found) == "甲 甲公司 / 技术"
    assert subject(found, "en") == "甲 甲公司 / technical"
    assert message(found) == "甲 甲公司 / 技术：分类小计有误，所载 1，应为 12.50。"


def test_a_remark_about_nobody_begins_with_what_was_found() -> None:
    document = small()
    document["committee"] = {"experts": 1, "delegates": 2, "minimum": 3}
    (found,) = remarks_of(document)
    assert message(found) == "专家不足成员总数的三分之二，所载 1+2。"
    assert message(found, "en") == "Experts are fewer than two thirds: stated 1+2."
