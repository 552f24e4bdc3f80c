"""Walking out: two people record it once it counts, the seat does nothing, and two people may excuse it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import filled, offered, seen

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.leave.records import AskLeave, GrantLeave, ReturnFromLeave
from app.evaluation.matters.pause.records import CallPresence, PauseEvaluation, ResumeEvaluation, VerifyPresence
from app.evaluation.matters.replacement import ApproveReplacement, AskReplacement
from app.evaluation.matters.walk_out import (
    ExcuseWalkOut,
    MemberWalkedOut,
    RecordWalkOut,
    WalkOutAttested,
    absences,
    out,
)
from app.evaluation.model import SheetKind
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.stages import MemberStage
from app.evaluation.telling import Told
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")
BACK = ReturnFromLeave("0.66", "sface-1")


def passing(it: Play, minutes: int) -> None:
    """So many minutes go by."""
    it.now += timedelta(minutes=minutes)


def sound(it: Play) -> None:
    """The journal replays to the same state."""
    assert check(it.log.entries) == (it.it, None)


def gone(track: str = "ZC", minutes: int = 46) -> tuple[Play, str]:
    """Someone who went to the washroom (15 minutes) and has not come back for so long."""
    it = at("marking", track)
    one = next(a for a in it.it.committee if a != it.it.chair)
    it.do(AskLeave("washroom", ""), member(one))
    passing(it, minutes)
    return it, one


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_two_people_of_different_duties_record_it(track: str) -> None:
    it, one = gone(track)
    assert it.do(RecordWalkOut(one, "洗手间、走廊均无人"), CENTRE) == ["WalkOutAttested"]
    with refused("already_approved", "centre"):
        it.do(RecordWalkOut(one, "再看一次"), CENTRE)
    assert it.do(RecordWalkOut(one, "监控显示已出大厅"), WITNESS) == ["WalkOutAttested", "MemberWalkedOut"]
    assert out(it.it, one)
    with refused("walked_out", one):
        it.do(RecordWalkOut(one, "x"), CENTRE)
    sound(it)


def test_not_before_it_counts_and_only_of_someone_who_is_away() -> None:
    it, one = gone(minutes=44)
    other = next(a for a in it.it.committee if a != one)
    with refused("absence_too_short", one) as caught:
        it.do(RecordWalkOut(one, "x"), CENTRE)
    assert caught.value.details["until"] == absences(it.it)[one].counts_from[11:16]
    with refused("not_absent", "$.alias"):
        it.do(RecordWalkOut(other, "x"), CENTRE)
    with refused("not_permitted", "regulator"):
        it.do(RecordWalkOut(one, "x"), REGULATOR)
    passing(it, 2)
    with refused("reason_needed", "$.reason"):
        it.do(RecordWalkOut(one, ""), CENTRE)
    with refused("not_absent", "$.alias"):
        it.do(ExcuseWalkOut(one, "x"), CENTRE)


def test_a_meal_has_its_own_limit() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("meal", ""), member(one))
    it.do(GrantLeave(one), CENTRE)
    passing(it, 89)
    with refused("absence_too_short", one):
        it.do(RecordWalkOut(one, "x"), CENTRE)
    passing(it, 2)
    it.do(RecordWalkOut(one, "餐厅无人"), CENTRE)


def test_what_was_attested_of_an_earlier_absence_is_void() -> None:
    it, one = gone()
    it.do(RecordWalkOut(one, "洗手间无人"), CENTRE)
    it.do(BACK, member(one))
    it.do(AskLeave("washroom", ""), member(one))
    passing(it, 46)
    assert it.do(RecordWalkOut(one, "又未返回"), WITNESS) == ["WalkOutAttested"]
    assert it.do(RecordWalkOut(one, "又未返回"), CENTRE)[-1] == "MemberWalkedOut"
    sound(it)


def recorded(track: str = "ZC") -> tuple[Play, str]:
    """Someone who is out on the record."""
    it, one = gone(track)
    it.do(RecordWalkOut(one, "洗手间、走廊均无人"), CENTRE)
    it.do(RecordWalkOut(one, "监控显示已出大厅"), WITNESS)
    return it, one


def test_who_walked_out_does_not_simply_sit_down_again() -> None:
    it, one = recorded()
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    with refused("walked_out", one):
        it.do(c.RequestRelease("return", ref, "x"), member(one))
    with refused("walked_out", one):
        it.do(BACK, member(one))
    it.do(c.CallHelp("我回来了"), member(one))
    assert seen(it, member(one), "walk_out")["out"] == [one]


def test_two_people_may_excuse_it() -> None:
    it, one = recorded()
    assert it.do(ExcuseWalkOut(one, "突发疾病，已送医务室"), WITNESS) == ["ExcuseAttested"]
    with refused("already_approved", "witness"):
        it.do(ExcuseWalkOut(one, "x"), WITNESS)
    with refused("reason_needed", "$.reason"):
        it.do(ExcuseWalkOut(one, ""), CENTRE)
    assert it.do(ExcuseWalkOut(one, "情况属实"), CENTRE) == ["ExcuseAttested", "WalkOutExcused"]
    it.do(BACK, member(one))
    number = it.it.lots["1"].marks[-1].number
    lot = it.it.lots["1"]
    marks = {b: {f.id: "1" for f in lot.lot.factors} for b in lot.live_bids()}
    it.seal("1", SheetKind.MARKS, number, one, {"marks": marks, "reasons": {}})
    sound(it)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_record_grounds_a_replacement(track: str) -> None:
    it, one = recorded(track)
    it.do(AskReplacement(one, "absent", "擅离职守，经两人记录"), CENTRE)
    assert "MemberReplaced" in it.do(ApproveReplacement(one, "同意"), WITNESS)
    found = it.it.by_alias(one)
    assert found is not None
    assert found.stage is MemberStage.REPLACED
    assert not out(it.it, one)
    assert one not in absences(it.it)
    it.do(c.WipeSeat(found.seat or ""), member(one))  # who is replaced may still clear the seat and go
    sound(it)


def test_who_does_not_come_back_from_a_pause_walked_out_too() -> None:
    it = at("marking")
    one, *others = it.it.committee
    it.do(PauseEvaluation("order", "核查"), CENTRE)
    passing(it, 600)
    with refused("not_absent"):
        it.do(RecordWalkOut(one, "x"), CENTRE)
    it.do(CallPresence(), CENTRE)
    for alias in others:
        it.do(VerifyPresence("0.6", "x"), member(alias))
    with refused("absence_too_short"):
        it.do(RecordWalkOut(one, "x"), CENTRE)
    passing(it, 31)
    it.do(RecordWalkOut(one, "宾馆房间无人"), CENTRE)
    it.do(RecordWalkOut(one, "电话无人接听"), WITNESS)
    with refused("walked_out", one):
        it.do(VerifyPresence("0.6", "x"), member(one))
    it.do(AskReplacement(one, "absent", "未归"), CENTRE)
    it.do(ApproveReplacement(one, "同意"), WITNESS)
    it.do(ResumeEvaluation("核查完毕，缺员补抽", None, None), CENTRE)
    sound(it)


def test_a_release_for_someone_out_on_the_record_is_refused() -> None:
    it, one = gone()
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    it.do(c.RequestRelease("return", ref, "未识别"), member(one))
    it.do(c.ApproveRelease("return", ref, "x"), CENTRE)
    it.do(RecordWalkOut(one, "x"), CENTRE)
    it.do(RecordWalkOut(one, "x"), WITNESS)
    with refused("walked_out", one):
        it.do(c.ApproveRelease("return", ref, "x"), WITNESS)


def test_only_those_who_watch_and_the_member_hear_of_it() -> None:
    it, one = recorded()
    other = next(a for a in it.it.committee if a != one)
    for viewer in (CENTRE, WITNESS, REGULATOR):
        assert seen(it, viewer, "walk_out")["out"] == [one]
        assert told(it.it, WalkOutAttested(one, "x"), viewer) is Told.WHOLE
    for viewer in (member(other), AGENCY, Actor(Party.TENDEREE, post="t"), Actor(Party.KIOSK, device="k")):
        assert seen(it, viewer, "walk_out") == {}
        assert told(it.it, MemberWalkedOut(one, "absent"), viewer) is Told.NOTHING
    assert told(it.it, MemberWalkedOut(one, "absent"), member(one)) is Told.WHOLE


def test_what_is_offered_can_be_done() -> None:
    it, one = gone()
    assert offered(it, REGULATOR, "RecordWalkOut") == []
    assert offered(it, member(one), "RecordWalkOut") == []
    first = offered(it, CENTRE, "RecordWalkOut")[0]
    assert (first["data"], first["urgent"]) == ({"alias": one}, False)
    it.do(filled(first), CENTRE)
    assert offered(it, CENTRE, "RecordWalkOut") == []
    second = offered(it, WITNESS, "RecordWalkOut")[0]
    assert second["urgent"]
    it.do(filled(second), WITNESS)
    assert offered(it, CENTRE, "RecordWalkOut") == []
    it.do(filled(offered(it, CENTRE, "ExcuseWalkOut")[0]), CENTRE)
    assert offered(it, CENTRE, "ExcuseWalkOut") == []
    it.do(filled(offered(it, WITNESS, "ExcuseWalkOut")[0]), WITNESS)
    assert not out(it.it, one)
    sound(it)
