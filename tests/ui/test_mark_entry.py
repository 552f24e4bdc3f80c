"""How each kind of factor is typed, shown, counted and sealed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ui.models.mark_entry import Counted, Deduction, OneOf, Points, Verdict

LEVELS = OneOf("0", "10", levels=(("10", "优"), ("6", "良"), ("0", "差")))

_STEPS = [("8.2", 1, "8.5"), ("8.2", -1, "8"), ("99", 1, "12"), (".", 1, None)]
_LEVELS = [("7", 1, "10"), ("7", -1, "6"), ("-", 1, None)]


def test_points_are_what_they_are():
    plain = Points("0", "12")
    assert (plain.mark("8.5"), plain.shown("8.5"), plain.worth("8.5")) == ("8.5", "8.5", Decimal("8.5"))
    assert plain.stepped("8.5", 1) is None


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [*_STEPS, ("", 1, "0"), ("", -1, "12"), ("8", 1, "8.5"), ("8", -1, "7.5"), ("12", 1, "12"), ("0", -1, "0")],
)
def test_steps_go_up_and_down_within_the_limits(text, by, to):
    assert Points("0", "12", "0.5").stepped(text, by) == to


def test_a_deduction_is_shown_with_its_minus_and_leaves_the_rest():
    taken = Deduction("0", "5")
    assert [taken.shown(text) for text in ("2", "0", "0.0", "0.5")] == ["−2", "0", "0.0", "−0.5"]
    assert taken.worth("2") == Decimal(3)
    assert taken.mark("2") == "2"


def test_a_verdict_is_typed_by_one_key_and_shown_in_words():
    verdict = Verdict(passed="合格", failed="不合格")
    assert [(verdict.mark(t), verdict.shown(t), verdict.sound(t)) for t in "10"] == [
        ("pass", "合格", True),
        ("fail", "不合格", True),
    ]
    assert (verdict.mark("2"), verdict.sound("2"), verdict.worth("1")) == ("2", False, Decimal())
    assert (verdict.stepped("", 1), verdict.stepped("1", -1)) == ("1", "0")
    assert [verdict.typed(mark) for mark in ("pass", "fail")] == ["1", "0"]


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        *_LEVELS,
        ("", 1, "0"),
        ("", -1, "10"),
        ("0", 1, "6"),
        ("6", 1, "10"),
        ("10", 1, "10"),
        ("6", -1, "0"),
        ("0", -1, "0"),
    ],
)
def test_levels_are_gone_through_one_by_one(text, by, to):
    assert LEVELS.stepped(text, by) == to


def test_a_level_is_shown_with_its_name():
    assert [LEVELS.shown(text) for text in ("10", "6.0", "7", ".")] == ["10 优", "6.0 良", "7", "."]


def test_a_count_is_shown_with_its_product_and_sealed_as_points():
    works = Counted("0", "10", each="2.5")
    assert [works.shown(text) for text in ("3", "9", "1.5")] == ["3→7.5", "9→10", "1.5"]
    assert [works.mark(text) for text in ("0", "3", "9", "1.5")] == ["0", "7.5", "10", "1.5"]
    assert (works.worth("3"), works.sound("1.5"), works.sound("٣")) == (Decimal("7.5"), False, False)
    assert [works.stepped(*asked) for asked in (("", 1), ("", -1), ("3", 1), ("0", -1), ("1.5", 1))] == [
        *("1", "0", "4", "0"),
        None,
    ]
    assert [works.typed(mark) for mark in ("7.5", "10", "0")] == ["3", "4", "0"]
