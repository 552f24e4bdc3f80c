"""Arithmetic correction: in the legal order, exact, confirmed by the bidder or put to rejection."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from acts_filled import PAPER, all_are_taken, offered, take
from evaluation_factory import AGENCY, Play, member
from evaluation_stages import at, refused
from hypothesis import given
from hypothesis import strategies as st
from test_matter_clarification import chair, course, other, sound, two_lots

from app.evaluation import commands as c
from app.evaluation.matters.correction.arithmetic import corrected
from app.evaluation.matters.correction.records import (
    Difference,
    DropDifferences,
    NoteDifference,
    SettleCorrection,
    StateCorrection,
)
from app.evaluation.matters.letters.records import EnterAnswer, EnterNoAnswer, PassLetter
from app.evaluation.tally import scoring_case
from app.rules.model import Correction

WORDS, POINT, UNITS = Correction.CAPITAL_WORDS, Correction.MISPLACED_POINT, Correction.UNIT_PRICES


def note(it: Play, kind: Correction, stated: str, right: str, bid: str = "A") -> None:
    it.do(NoteDifference("1", bid, kind, stated, right, "第 9 页"), other(it))


def stated(track: str = "ZC") -> Play:
    """A price of which the amount in words is 20 000 less, and a unit price sum 500.5 more."""
    it = at("reviewed", track)
    price = Decimal(it.it.lots["1"].lot.bids[0].price)
    note(it, WORDS, str(price), str(price - 20000))
    note(it, UNITS, "1000", "1500.5")
    take(it, chair(it), "StateCorrection", price=f"{price - 20000 + Decimal('500.5'):f}", minutes=30)
    it.do(PassLetter(1), AGENCY)
    return it


def price_of(it: Play, bid: str = "A") -> Any:
    return next(one["price"] for one in scoring_case(it.it, it.it.lots["1"])["bids"] if one["id"] == bid)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_confirmed_price_is_the_price_in_force(track: str) -> None:
    it = stated(track)
    before = price_of(it)
    with refused("correction_waiting", "1"):
        it.do(c.ConcludeReview("1", {}, None), chair(it))
    take(it, AGENCY, "EnterAnswer", confirms=True, text="确认", paper=PAPER)
    assert price_of(it) == before
    take(it, chair(it), "SettleCorrection")
    assert Decimal(price_of(it)) == Decimal(before) - Decimal("19499.5")
    it.conclude("1")
    it.mark("1")
    assert Decimal(price_of(it)) == Decimal(before) - Decimal("19499.5")
    assert "确认修正后的报价" in course(it)
    sound(it)


@pytest.mark.parametrize(("track", "ground"), [("ZC", "Z6"), ("GC", "R6")])
@pytest.mark.parametrize("way", ["no", "silent", "refused"])
def test_not_confirmed_it_is_put_to_the_vote_on_the_rule_sets_ground(track: str, ground: str, way: str) -> None:
    it = stated(track)
    if way == "no":
        it.do(EnterAnswer(1, "不同意修正", None, False), AGENCY)
    elif way == "refused":
        it.do(EnterNoAnswer(1, True, "拒绝答复"), AGENCY)
    else:
        it.now += timedelta(minutes=31)
        it.do(EnterNoAnswer(1, False, "期限已过"), AGENCY)
    assert it.do(SettleCorrection(1), chair(it)) == ["CorrectionSettled", "RejectionProposed"]
    before = price_of(it)
    with refused("rejection_open", "1"):
        it.do(c.ConcludeReview("1", {}, None), chair(it))
    for alias in it.it.committee:
        take(it, member(alias), "VoteRejection", agree=True)
    assert it.it.lots["1"].rejected == {"A": ground}
    assert price_of(it) == before
    made = it.do(c.ConcludeReview("1", {}, None), chair(it))
    # ZC has three bids, GC four: two left end the lot, three go on.
    assert made == (["ReviewConcluded", "LotFailed"] if track == "ZC" else ["ReviewConcluded"])
    assert it.it.lots["1"].rejected == {"A": ground}
    sound(it)


def test_where_the_majority_will_not_reject_the_opened_price_stands() -> None:
    it = stated("GC")
    it.do(EnterAnswer(1, "不同意修正", None, False), AGENCY)
    before = price_of(it)
    it.do(SettleCorrection(1), chair(it))
    for alias in it.it.committee:
        take(it, member(alias), "VoteRejection", agree=False, reason="差异不影响报价")
    it.conclude("1")
    assert price_of(it) == before
    assert "未获过半数同意" in course(it)


def test_a_late_confirmation_counts_only_when_taken() -> None:
    it = stated("GC")
    it.now += timedelta(minutes=31)
    it.do(EnterAnswer(1, "确认", None, True), AGENCY)
    with refused("letter_unsettled", "$.letter"):
        it.do(SettleCorrection(1), chair(it))
    take(it, chair(it), "JudgeLateAnswer", taken=False, reason="没有正当理由")
    assert it.do(SettleCorrection(1), chair(it)) == ["CorrectionSettled", "RejectionProposed"]


@pytest.mark.parametrize(
    ("kind", "old", "new", "code", "where"),
    [
        (Correction.CHINESE_TEXT, "980000", "970000", "kind_not_in_rules", "$.kind"),
        (WORDS, "980000", "980000.00", "no_difference", "$.right"),
        (WORDS, "九十八万", "980000", "bad_number", "$.stated"),
        (WORDS, "980000", "-1", "bad_number", "$.right"),
        (WORDS, "980000", "1" * 31, "bad_number", "$.right"),
        (Correction.OPENING_LIST, "970000", "960000", "not_the_opened_price", "$.right"),
        (POINT, "12.5", "130", "not_a_shift", "$.right"),
        (POINT, "0", "10", "not_a_shift", "$.right"),
        (POINT, "12.5", "62.5", "not_a_shift", "$.right"),
    ],
)
def test_what_is_no_difference_of_its_kind(kind: Correction, old: str, new: str, code: str, where: str) -> None:
    it = at("reviewed")
    with refused(code, where):
        it.do(NoteDifference("1", "A", kind, old, new, "第 9 页"), other(it))


def test_kinds_come_in_the_order_of_the_law() -> None:
    it = at("reviewed")
    note(it, UNITS, "980000", "970000")
    with refused("wrong_correction_order", "$.kind"):
        note(it, WORDS, "980000", "970000")
    with refused("not_the_chair"):
        it.do(DropDifferences("1", "A", "顺序有误"), other(it))
    with refused("correction_waiting", "1"):
        it.do(c.ConcludeReview("1", {}, None), chair(it))
    take(it, chair(it), "DropDifferences", reason="顺序有误")
    note(it, Correction.OPENING_LIST, "990000", "980000")
    note(it, WORDS, "980000", "970000")
    note(it, POINT, "0.125", "12.5")
    note(it, UNITS, "970000", "970100")
    it.do(StateCorrection("1", "A", "970100.00", 30), chair(it))
    sound(it)


def test_the_kinds_of_works_are_others() -> None:
    it = at("reviewed", "GC")
    with refused("kind_not_in_rules", "$.kind"):
        note(it, Correction.OPENING_LIST, "990000", "880000")
    note(it, Correction.CHINESE_TEXT, "880000", "870000")
    it.do(StateCorrection("1", "A", "870000", 30), chair(it))


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (StateCorrection("1", "B", "1", 30), "nothing_noted", "$.bid"),
        (StateCorrection("1", "A", "970001", 30), "not_the_corrected_price", "$.price"),
        (StateCorrection("1", "A", "-970000", 30), "bad_number", "$.price"),
        (StateCorrection("1", "A", "970000", 29), "too_little_time", "$.minutes"),
        (StateCorrection("1", "Z", "970000", 30), "unknown_bid", "$.bid"),
        (DropDifferences("1", "B", "无"), "nothing_noted", "$.bid"),
        (DropDifferences("1", "A", " "), "reason_needed", "$.reason"),
        (NoteDifference("1", "A", UNITS, "1", "2", " "), "reason_needed", "$.place"),
        (SettleCorrection(1), "no_such_letter", "$.letter"),
    ],
)
def test_what_cannot_be_stated(command: c.Command, code: str, where: str) -> None:
    it = at("reviewed")
    note(it, WORDS, "980000", "970000")
    with refused(code, where):
        it.do(command, chair(it))


def test_only_between_the_opened_review_and_its_conclusion() -> None:
    for stage in ("reviewing", "marking", "marked"):
        it = at(stage)
        with refused("wrong_stage", "1"):
            it.do(NoteDifference("1", "A", WORDS, "980000", "970000", "第 9 页"), other(it))
        assert not offered(it, chair(it), "NoteDifference", "StateCorrection")


def test_while_a_letter_waits_nothing_more_is_noted_and_the_answer_must_say_yes_or_no() -> None:
    it = stated()
    with refused("letter_waiting", "$.bid"):
        note(it, WORDS, "980000", "970000")
    with refused("bad_value", "$.confirms"):
        it.do(EnterAnswer(1, "知道了"), AGENCY)
    take(it, chair(it), "WithdrawLetter", reason="差异登记有误")
    it.conclude("1")


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str) -> None:
    commands = ("NoteDifference", "DropDifferences", "StateCorrection", "SettleCorrection", "EnterAnswer")
    it = at("reviewed", track)
    price = it.it.lots["1"].lot.bids[0].price
    kind = it.it.ruleset.procedure.correction_order[-1].value
    assert all_are_taken(it, *commands, stated="1", right="2", kind=kind) == len(it.it.committee)
    note(it, WORDS, price, "777777")
    assert all_are_taken(it, *commands, stated="1", right="2", price="777777", kind=kind) == len(it.it.committee) + 2
    it = stated(track)
    assert all_are_taken(it, "EnterAnswer", "EnterNoAnswer", "WithdrawLetter") == 3
    it.do(EnterAnswer(1, "确认", None, True), AGENCY)
    assert all_are_taken(it, "SettleCorrection") == 1


def test_of_several_lots_each_has_its_own_differences() -> None:
    it = two_lots()
    it.do(NoteDifference("2", "A", WORDS, "880000", "870000", "第 9 页"), other(it))
    assert [act["data"]["lot"] for act in offered(it, chair(it), "StateCorrection")] == ["2"]
    it.conclude("1")
    with refused("correction_waiting", "2"):
        it.conclude("2")


def test_differences_that_leave_no_price_can_only_be_cleared() -> None:
    it = at("reviewed")
    note(it, WORDS, "980000", "0")
    assert not offered(it, chair(it), "StateCorrection")
    with refused("not_the_corrected_price", "$.price"):
        it.do(StateCorrection("1", "A", "0", 30), chair(it))
    take(it, chair(it), "DropDifferences", reason="登记有误")


FIGURE = st.decimals(min_value=0, max_value=10**12, places=2).map(lambda d: f"{d:f}")


@given(price=FIGURE, figures=st.lists(st.tuples(st.sampled_from(list(Correction)), FIGURE, FIGURE), max_size=12))
def test_a_correction_is_exact_and_only_three_kinds_move_the_price(price: str, figures: list[Any]) -> None:
    due = corrected(price, tuple(Difference(kind, old, new, "第 1 页") for kind, old, new in figures))
    cents = round(Decimal(price) * 100) + sum(
        int(Decimal(new) * 100) - int(Decimal(old) * 100)
        for kind, old, new in figures
        if kind in {WORDS, UNITS, Correction.CHINESE_TEXT}
    )
    assert due * 100 == cents
