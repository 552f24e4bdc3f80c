"""Leaving the seat for a while: who may go, what a locked seat does not do, how it opens again, who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import filled, offered, seen

from app.evaluation import commands as c
from app.evaluation import visibility
from app.evaluation.actor import Actor
from app.evaluation.matters.leave.records import (
    AskLeave,
    CallMeal,
    DenyLeave,
    GrantLeave,
    LeaveBegun,
    LeaveEnded,
    Leaves,
    ReturnFromLeave,
    WithdrawLeave,
)
from app.evaluation.matters.leave.seen import report
from app.evaluation.model import SheetKind
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")
BACK = ReturnFromLeave("0.66", "sface-1")


def passing(it: Play, minutes: int) -> None:
    """So many minutes go by."""
    it.now += timedelta(minutes=minutes)


def sound(it: Play) -> None:
    """The journal replays to the same state."""
    assert check(it.log.entries) == (it.it, None)


def test_to_the_washroom_one_goes_at_once() -> None:
    it = at("marking")
    one = it.it.committee[0]
    assert it.do(AskLeave("washroom", ""), member(one)) == ["LeaveAsked", "LeaveBegun"]
    assert it.it.locked == {one}
    passing(it, 5)
    assert it.do(BACK, member(one)) == ["LeaveEnded"]
    assert (it.it.locked, it.it.memory(Leaves).away) == (frozenset(), {})
    line = report(it.it, "1")[0]
    assert (line.head, "如厕" in line.text, "历时 5 分钟" in line.text, "超过" in line.text) == (
        "离席",
        True,
        True,
        False,
    )
    sound(it)


@pytest.mark.parametrize(("kind", "reason"), [("meal", ""), ("other", "家人急病，接听电话")])
@pytest.mark.parametrize("by", [CENTRE, WITNESS], ids=["centre", "witness"])
def test_a_meal_and_anything_else_wait_for_one_yes(kind: str, reason: str, by: Actor) -> None:
    it = at("reviewing", "GC")
    one = it.it.committee[1]
    assert it.do(AskLeave(kind, reason), member(one)) == ["LeaveAsked"]
    assert it.it.locked == frozenset()
    with refused("already_requested", one):
        it.do(AskLeave("washroom", ""), member(one))
    assert it.do(GrantLeave(one), by) == ["LeaveBegun"]
    assert it.it.memory(Leaves).away[one].reason == reason
    with refused("nothing_requested", one):
        it.do(GrantLeave(one), by)
    sound(it)


def test_a_no_has_a_reason_and_a_request_may_be_taken_back() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("meal", ""), member(one))
    with refused("reason_needed", "$.reason"):
        it.do(DenyLeave(one, " "), CENTRE)
    it.do(DenyLeave(one, "请先提交本轮评分"), CENTRE)
    with refused("nothing_requested", one):
        it.do(WithdrawLeave(), member(one))
    it.do(AskLeave("meal", ""), member(one))
    it.do(WithdrawLeave(), member(one))
    with refused("nothing_requested", one):
        it.do(DenyLeave(one, "x"), WITNESS)
    sound(it)


def test_what_is_no_lawful_request() -> None:
    it = at("marking")
    one = it.it.committee[0]
    with refused("bad_value", "$.kind"):
        it.do(AskLeave("smoking", "x"), member(one))
    with refused("reason_needed", "$.reason"):
        it.do(AskLeave("other", ""), member(one))
    with refused("not_on_leave", one):
        it.do(BACK, member(one))
    with refused("not_permitted", "witness"):
        it.do(CallMeal(), WITNESS)
    with refused("not_permitted", "agency"):
        it.do(GrantLeave(one), AGENCY)
    early = at("drawn")
    with refused("nobody_at_seats"):
        early.do(CallMeal(), CENTRE)


def test_a_locked_seat_does_nothing_but_open_again() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("washroom", ""), member(one))
    number = it.it.lots["1"].marks[-1].number
    bids = it.it.lots["1"].live_bids()
    factors = it.it.lots["1"].lot.factors
    sheet = {"marks": {b: {f.id: "1" for f in factors} for b in bids}, "reasons": {}}
    with refused("on_leave", one):
        it.seal("1", SheetKind.MARKS, number, one, sheet)
    with refused("on_leave", one):
        it.do(AskLeave("meal", ""), member(one))
    it.do(c.CallHelp("打不开"), member(one))  # a person who cannot get in may still call
    it.do(c.RecordRefusal("SealSheet", "on_leave", one), member(one))
    viewer = member(one)
    assert not visibility.sees_documents(it.it, viewer)
    assert not visibility.works(it.it, viewer)
    found = view(it.it, viewer)
    assert found is not None
    assert found["next"] == {"code": "return", "lot": None, "act": True}
    assert all(bid["files"] == [] for bid in found["lots"][0]["bids"])
    it.do(BACK, viewer)
    assert visibility.sees_documents(it.it, viewer)
    it.seal("1", SheetKind.MARKS, number, one, sheet)
    sound(it)


def test_two_people_open_a_locked_seat_where_the_face_does_not() -> None:
    it = at("marking")
    one = it.it.committee[0]
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    with refused("not_on_leave", one):
        it.do(c.RequestRelease("return", ref, "未识别"), member(one))
    it.do(AskLeave("washroom", ""), member(one))
    with refused("not_permitted", "kiosk"):
        it.do(c.RequestRelease("return", ref, "未识别"), KIOSK)
    with refused("not_permitted", "member"):
        it.do(c.RequestRelease("return", ref, "冒名"), member(it.it.committee[1]))
    it.do(c.RequestRelease("return", ref, "未识别"), member(one))
    found = view(it.it, member(one))
    assert found is not None
    assert found["release_waiting"]
    it.do(c.ApproveRelease("return", ref, "核对证件"), CENTRE)
    with refused("already_approved", "centre"):
        it.do(c.ApproveRelease("return", ref, "再看一次"), CENTRE)
    names = it.do(c.ApproveRelease("return", ref, "一致"), WITNESS)
    assert names == ["ReleaseApproved", "LeaveEnded"]
    assert (it.it.locked, it.it.releases) == (frozenset(), {})
    assert "两人核验" in report(it.it, "1")[0].text
    sound(it)


def test_a_release_that_the_face_overtook_is_over() -> None:
    it = at("marking")
    one = it.it.committee[0]
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    it.do(AskLeave("washroom", ""), member(one))
    it.do(c.RequestRelease("return", ref, "未识别"), member(one))
    it.do(BACK, member(one))
    assert it.it.releases == {}
    with refused("nothing_requested", ref):
        it.do(c.ApproveRelease("return", ref, "核对证件"), CENTRE)


def test_everybody_eats_at_the_same_time_and_comes_back_alone() -> None:
    it = at("marking")
    first, second, *rest = it.it.committee
    it.do(AskLeave("washroom", ""), member(first))
    it.do(AskLeave("meal", ""), member(second))
    assert it.do(CallMeal(), CENTRE) == ["MealCalled", *["LeaveBegun"] * 4]
    assert it.it.locked == set(it.it.committee)
    assert (it.it.memory(Leaves).asked, it.it.memory(Leaves).away[first].kind) == ({}, "washroom")
    passing(it, 70)
    for alias in it.it.committee:
        it.do(BACK, member(alias))
    texts = [line.text for line in report(it.it, "1")]
    assert len(texts) == 5
    assert sum("超过时限 10 分钟" in text for text in texts) == 4
    assert rest
    sound(it)


def test_only_those_who_watch_hear_that_someone_is_away() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    it.do(AskLeave("other", "领取快递文件"), member(one))
    for viewer in (CENTRE, WITNESS, REGULATOR):
        assert seen(it, viewer, "leave")["asked"][0]["reason"] == "领取快递文件"
    it.do(GrantLeave(one), CENTRE)
    for viewer in (CENTRE, WITNESS, REGULATOR):
        found = seen(it, viewer, "leave")
        assert (found["away"][0]["alias"], len(found["notices"])) == (one, 1)
        assert found["notices"][0]["until"] == found["away"][0]["due"]
    assert seen(it, member(one), "leave")["away"][0]["alias"] == one
    for viewer in (member(other), AGENCY, Actor(Party.TENDEREE, post="t")):
        assert seen(it, viewer, "leave") == {}
        for event in (LeaveBegun(one, "other"), LeaveEnded(one, "face", None, None)):
            assert told(it.it, event, viewer) is Told.NOTHING
    assert told(it.it, LeaveBegun(one, "other"), member(one)) is Told.WHOLE
    # nobody's progress looks otherwise because of it
    committee = (view(it.it, member(other)) or {})["committee"]
    assert {one["state"] for one in committee} == {"in_progress"}


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str) -> None:
    it = at("marking", track)
    one, other = it.it.committee[:2]
    asked = offered(it, member(one), "AskLeave")
    assert [option["value"] for option in asked[0]["fields"][0]["options"]] == ["washroom", "meal", "other"]
    it.do(filled(asked[0], kind="meal"), member(one))
    assert offered(it, member(one), "AskLeave") == []
    it.do(filled(offered(it, member(one), "WithdrawLeave")[0]), member(one))
    it.do(filled(offered(it, member(one), "AskLeave")[0], kind="other"), member(one))
    assert offered(it, CENTRE, "GrantLeave")[0]["urgent"]
    it.do(filled(offered(it, WITNESS, "DenyLeave")[0]), WITNESS)
    it.do(filled(offered(it, member(one), "AskLeave")[0], kind="meal"), member(one))
    it.do(filled(offered(it, CENTRE, "GrantLeave")[0]), CENTRE)
    assert offered(it, member(one), "AskLeave", "WithdrawLeave") == []
    assert offered(it, member(other), "GrantLeave", "CallMeal") == []
    assert offered(it, WITNESS, "CallMeal") == []
    it.do(filled(offered(it, CENTRE, "CallMeal")[0]), CENTRE)
    assert offered(it, CENTRE, "CallMeal", "GrantLeave", "DenyLeave") == []
    sound(it)


def test_a_leave_that_never_ended_is_told_as_such() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("washroom", ""), member(one))
    assert "未返回" in report(it.it, "1")[0].text
