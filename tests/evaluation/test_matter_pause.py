"""Pausing: who stops, what still moves, the clocks of a fault, the night and its root, and how it goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, ALIVE, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import filled, offered, seen

from app.evaluation import commands as c
from app.evaluation import visibility
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.leave.records import AskLeave, GrantLeave, Leaves
from app.evaluation.matters.pause.decisions import current, limit
from app.evaluation.matters.pause.folds import left_behind
from app.evaluation.matters.pause.records import (
    CallPresence,
    DecideOnFault,
    EvaluationPaused,
    NightSealed,
    Pause,
    PauseEvaluation,
    PauseKind,
    Pauses,
    PresenceVerified,
    ResumeEvaluation,
    SealNight,
    VerifyPresence,
)
from app.evaluation.matters.pause.seen import report
from app.evaluation.matters.termination import ApproveTermination, AskTermination
from app.evaluation.model import SheetKind
from app.evaluation.moments import after
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

TENDEREE = Actor(Party.TENDEREE, post="tenderee-a")
HERE = VerifyPresence("0.66", "sface-1")
GO_ON = ResumeEvaluation("网络已恢复", None, None)


def passing(it: Play, minutes: int) -> None:
    """So many minutes go by."""
    it.now += timedelta(minutes=minutes)


def sound(it: Play) -> None:
    """The journal replays to the same state."""
    assert check(it.log.entries) == (it.it, None)


def all_here(it: Play) -> None:
    """Everybody is called and shows the own face."""
    it.do(CallPresence(), CENTRE)
    for alias in it.it.committee:
        it.do(HERE, member(alias))


def night(it: Play) -> SealNight:
    """The evening as the room fills it in."""
    return SealNight("当日未完成，隔夜继续", it.it.size, it.log.root().hex())


def one_sheet(it: Play) -> tuple[int, dict[str, Any]]:
    """Round and content of a sheet of marks."""
    lot = it.it.lots["1"]
    marks = {b: {f.id: "1" for f in lot.lot.factors} for b in lot.live_bids()}
    return lot.marks[-1].number, {"marks": marks, "reasons": {}}


@pytest.mark.parametrize("track", ["ZC", "GC"])
@pytest.mark.parametrize("by", [CENTRE, WITNESS], ids=["centre", "witness"])
def test_one_person_stops_it_and_all_must_be_here_to_go_on(track: str, by: Actor) -> None:
    it = at("marking", track)
    assert it.do(PauseEvaluation("fault", "网络中断"), by) == ["EvaluationPaused"]
    assert it.it.locked == set(it.it.committee)
    with refused("already_paused"):
        it.do(PauseEvaluation("order", "x"), by)
    with refused("presence_missing"):
        it.do(GO_ON, CENTRE)
    with refused("presence_not_called"):
        it.do(HERE, member(it.it.committee[0]))
    it.do(CallPresence(), by)
    *first, last = it.it.committee
    for alias in first:
        it.do(HERE, member(alias))
    with refused("already_verified", first[0]):
        it.do(HERE, member(first[0]))
    with refused("presence_missing") as caught:
        it.do(GO_ON, CENTRE)
    assert caught.value.details == {"who": last}
    with refused("not_permitted", "witness"):
        it.do(GO_ON, WITNESS)
    it.do(HERE, member(last))
    with refused("reason_needed", "$.note"):
        it.do(ResumeEvaluation("", None, None), CENTRE)
    with refused("night_changed"):
        it.do(ResumeEvaluation("x", 3, "ab" * 32), CENTRE)
    passing(it, 30)
    it.do(GO_ON, CENTRE)
    assert (it.it.locked, it.it.memory(Pauses).now) == (frozenset(), None)
    it.mark("1")
    assert [("暂停" in line.text, "系统故障" in line.text) for line in report(it.it, "1")] == [
        (True, True),
        (True, False),
    ]
    assert "5 名成员全部重新核验" in report(it.it, "1")[1].text
    sound(it)


def test_while_it_is_paused_nobody_seals_concludes_checks_or_signs() -> None:
    stages = {
        "pledged": [(c.ConstituteCommittee(), CENTRE)],
        "reviewed": [(c.ConcludeReview("1", {}, None), None)],
        "marked": [(c.NoteFindings("1", "x"), None), (c.RepeatStage("1", "marks", "sum", "x"), None)],
        "checking": [(c.CheckTables("1", True, ""), AGENCY)],
        "confirming": [(c.ConfirmResult("1"), None), (c.DissentFromResult("1", "x"), None)],
    }
    for stage, commands in stages.items():
        it = at(stage)
        it.do(PauseEvaluation("order", "行政监督部门要求"), WITNESS)
        for command, actor in commands:
            with refused("paused"):
                it.do(command, actor or member(it.it.chair or ""))
    marking = at("marking")
    marking.do(PauseEvaluation("fault", "断电"), CENTRE)
    number, sheet = one_sheet(marking)
    one = marking.it.committee[0]
    with refused("paused"):
        marking.seal("1", SheetKind.MARKS, number, one, sheet)
    with refused("paused"):
        marking.do(AskLeave("washroom", ""), member(one))


def test_what_must_not_wait_goes_on() -> None:
    it = at("marking")
    number, sheet = one_sheet(it)
    one, other = it.it.committee[:2]
    it.seal("1", SheetKind.MARKS, number, one, sheet)
    it.do(AskLeave("meal", ""), member(other))
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    it.do(c.OfferSealingKey("k2", "ab" * 32), SYSTEM)
    it.do(c.CallHelp("屏幕不亮"), member(one))
    it.do(c.AnswerHelp(one, "稍候"), CENTRE)
    it.do(c.AddRemark("备用电源启动"), WITNESS)
    it.do(c.RecordRefusal("SealSheet", "paused", ""), member(one))
    with refused("paused"):
        it.do(GrantLeave(other), CENTRE)
    sound(it)


def test_a_leave_ends_with_the_pause_since_every_face_is_looked_for_again() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("washroom", ""), member(one))
    assert it.do(PauseEvaluation("fault", "断电"), CENTRE) == ["EvaluationPaused", "LeaveEnded"]
    assert it.it.memory(Leaves).past[0].means == "pause"
    assert it.it.locked == set(it.it.committee)
    all_here(it)
    it.do(GO_ON, CENTRE)
    sound(it)


def test_two_people_vouch_for_a_member_whose_face_is_not_known() -> None:
    it = at("marking")
    one = it.it.pledged[0]
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    with refused("presence_not_called"):
        it.do(c.RequestRelease("presence", one.ref, "未识别"), member(one.alias or ""))
    it.do(CallPresence(), CENTRE)
    it.do(c.RequestRelease("presence", one.ref, "未识别"), member(one.alias or ""))
    it.do(c.ApproveRelease("presence", one.ref, "核对证件"), WITNESS)
    assert it.do(c.ApproveRelease("presence", one.ref, "一致"), CENTRE)[-1] == "PresenceVerified"
    assert it.it.releases == {}
    for alias in it.it.committee:
        if alias != one.alias:
            it.do(HERE, member(alias))
    it.do(GO_ON, CENTRE)
    assert "其中 1 人经两人核验" in report(it.it, "1")[-1].text
    sound(it)


def test_a_second_call_wants_every_face_again() -> None:
    it = at("marking")
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    all_here(it)
    it.do(CallPresence(), CENTRE)
    with refused("presence_missing"):
        it.do(GO_ON, CENTRE)


def test_requests_of_a_pause_end_with_it() -> None:
    it = at("marking")
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    it.do(CallPresence(), CENTRE)
    one = it.it.pledged[0]
    for alias in it.it.committee:
        it.do(HERE, member(alias))
    with refused("already_verified"):
        it.do(c.RequestRelease("presence", one.ref, "x"), member(one.alias or ""))
    it.do(GO_ON, CENTRE)
    with refused("not_paused"):
        it.do(c.RequestRelease("presence", one.ref, "x"), member(one.alias or ""))
    with refused("not_paused"):
        it.do(GO_ON, CENTRE)
    with refused("not_paused"):
        it.do(CallPresence(), WITNESS)


# --- the clocks of a fault


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_fault_during_the_evaluation_that_lasts_too_long_wants_a_new_committee(track: str) -> None:
    it = at("marking", track)
    it.do(PauseEvaluation("fault", "服务器故障"), CENTRE)
    passing(it, 238)
    all_here(it)
    in_time = at("marking", track)
    in_time.do(PauseEvaluation("fault", "服务器故障"), CENTRE)
    passing(in_time, 238)
    all_here(in_time)
    in_time.do(GO_ON, CENTRE)
    passing(it, 2)
    with refused("fault_too_long"):
        it.do(GO_ON, CENTRE)
    with refused("nothing_to_decide"):
        it.do(DecideOnFault(True, "继续"), TENDEREE)
    sound(in_time)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_before_the_start_the_tenderee_decides_and_nobody_else(track: str) -> None:
    it = at("pledged", track)
    it.do(PauseEvaluation("fault", "电子系统无法登录"), CENTRE)
    with refused("fault_not_over"):
        it.do(DecideOnFault(True, "继续等待"), TENDEREE)
    passing(it, 121)
    it.do(CallPresence(), CENTRE)
    for m in it.it.pledged:
        it.do(HERE, member(m.alias or ""))
    with refused("tenderee_decides"):
        it.do(GO_ON, CENTRE)
    for actor in (CENTRE, WITNESS, AGENCY):
        with refused("not_permitted"):
            it.do(DecideOnFault(True, "继续"), actor)
    with refused("reason_needed", "$.reason"):
        it.do(DecideOnFault(True, ""), TENDEREE)
    it.do(DecideOnFault(True, "故障已排除，当日完成"), TENDEREE)
    with refused("already_decided"):
        it.do(DecideOnFault(False, "x"), TENDEREE)
    it.do(GO_ON, CENTRE)
    it.do(c.ConstituteCommittee(), CENTRE)
    word = {"ZC": "采购人", "GC": "招标人"}[track]
    assert any(f"{word}决定继续进行" in line.text for line in report(it.it, "1"))
    sound(it)


def test_what_is_postponed_does_not_go_on() -> None:
    it = at("pledged")
    it.do(PauseEvaluation("fault", "电子系统无法登录"), CENTRE)
    passing(it, 121)
    it.do(DecideOnFault(False, "改期另行组织"), TENDEREE)
    it.do(CallPresence(), CENTRE)
    for m in it.it.pledged:
        it.do(HERE, member(m.alias or ""))
    with refused("postponed"):
        it.do(GO_ON, CENTRE)
    assert offered(it, CENTRE, "ResumeEvaluation") == []
    sound(it)


def test_a_fault_before_the_planned_time_is_counted_from_that() -> None:
    it = at("opened")
    it.now -= timedelta(hours=3)  # long before nine
    it.do(PauseEvaluation("fault", "电子系统无法登录"), CENTRE)
    passing(it, 150)
    it.do(GO_ON, CENTRE)  # nobody has come yet whose face could be asked for
    sound(it)


def test_an_order_has_no_clock() -> None:
    it = at("marking")
    it.do(PauseEvaluation("order", "行政监督部门要求核查"), WITNESS)
    passing(it, 3000)
    with refused("nothing_to_decide"):
        it.do(DecideOnFault(True, "x"), TENDEREE)
    all_here(it)
    it.do(ResumeEvaluation("核查完毕", None, None), CENTRE)
    sound(it)


# --- the night


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_morning_begins_with_the_evenings_root(track: str) -> None:
    it = at("marking", track)
    number, sheet = one_sheet(it)
    one, *others = it.it.committee
    it.seal("1", SheetKind.MARKS, number, one, sheet)
    sealed = night(it)
    it.do(sealed, CENTRE)
    for viewer in (CENTRE, WITNESS, AGENCY, TENDEREE, *map(member, it.it.committee)):
        found = seen(it, viewer, "pause")
        assert (found["kind"], found["size"], found["root"]) == ("night", sealed.size, sealed.root)
        assert sealed.root in found["notices"][0]["text"]["zh"]
    with refused("paused"):
        it.seal("1", SheetKind.MARKS, number, others[0], sheet)
    passing(it, 13 * 60)
    all_here(it)
    for size, root in ((sealed.size, "00" * 32), (sealed.size + 1, sealed.root), (None, None)):
        with refused("night_changed", "$.root"):
            it.do(ResumeEvaluation("继续", size, root), CENTRE)
    it.do(ResumeEvaluation("次日继续", sealed.size, sealed.root), CENTRE)
    assert one in it.it.lots["1"].marks[-1].sealed
    lines = [line.text for line in report(it.it, "1")]
    assert sealed.root in lines[0]
    assert "默克尔根一致" in lines[1]
    sound(it)


def test_an_evening_names_the_journal_before_it() -> None:
    it = at("marking")
    sealed = night(it)
    for command, where in (
        (SealNight("x", sealed.size + 1, sealed.root), "$.size"),
        (SealNight("x", sealed.size, "AB" * 32), "$.root"),
        (SealNight("x", sealed.size, "root"), "$.root"),
    ):
        with refused("bad_value", where):
            it.do(command, CENTRE)
    with refused("reason_needed", "$.reason"):
        it.do(SealNight("", sealed.size, sealed.root), CENTRE)
    with refused("bad_value", "$.kind"):
        it.do(PauseEvaluation("night", "x"), CENTRE)


def test_who_is_paused_when_the_evaluation_is_terminated_may_go_home() -> None:
    it = at("marking", "GC")
    it.do(PauseEvaluation("fault", "服务器故障"), CENTRE)
    passing(it, 241)
    it.do(AskTermination("fault", "故障超过时限"), CENTRE)
    it.do(ApproveTermination("另行组建评标委员会"), Actor(Party.REGULATOR, post="regulator-a"))
    it.issue("1", b"report", 1)
    one = it.it.committee[0]
    assert (view(it.it, member(one)) or {})["next"]["code"] == "wipe_seat"
    assert seen(it, member(one), "pause") == {}
    it.do(filled(offered(it, member(one), "ConfirmMinutes")[0]), member(one))
    it.leave()
    it.close()
    sound(it)


@pytest.mark.parametrize("stage", ["reporting", "reported"])
def test_when_all_is_signed_there_is_nothing_to_stop(stage: str) -> None:
    it = at(stage)
    with refused("nothing_to_pause"):
        it.do(PauseEvaluation("fault", "x"), CENTRE)
    assert offered(it, CENTRE, "PauseEvaluation", "SealNight") == []


# --- what is seen


def test_who_is_told_what() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(PauseEvaluation("fault", "三号机柜断电"), CENTRE)
    event = EvaluationPaused("fault", "三号机柜断电")
    for viewer in (CENTRE, WITNESS, AGENCY, TENDEREE, member(one)):
        assert told(it.it, event, viewer) is Told.WHOLE
        assert seen(it, viewer, "pause")["reason"] == "三号机柜断电"
    assert told(it.it, event, KIOSK) is Told.NOTHING
    assert told(it.it, NightSealed("x", 1, "ab"), KIOSK) is Told.NOTHING
    it.do(CallPresence(), CENTRE)
    it.do(HERE, member(one))
    assert seen(it, CENTRE, "pause")["missing"] == [a for a in it.it.committee if a != one]
    for viewer in (AGENCY, TENDEREE, member(it.it.committee[1])):
        assert "missing" not in seen(it, viewer, "pause")
        assert told(it.it, PresenceVerified(one, "face", None, None), viewer) is Told.NOTHING


def test_who_has_not_read_the_discipline_hears_that_it_is_paused_and_not_why() -> None:
    it = at("drawn")
    alias = it.arrive("p1")
    it.do(PauseEvaluation("fault", "甲设备有限公司的文件打不开"), CENTRE)
    assert seen(it, member(alias), "pause")["reason"] == "甲设备有限公司的文件打不开"  # briefed: knows the bidders
    other = at("drawn")
    other.do(c.CheckIn("p1", "0.71", "sface-1", ALIVE), KIOSK)
    other.do(c.StorePhone("p1", "01"), KIOSK)
    slot, seat, alias = other.place(0)
    other.do(c.TakeSlot("p1", slot, seat, alias), KIOSK)
    other.do(PauseEvaluation("fault", "甲设备有限公司的文件打不开"), CENTRE)
    found = view(other.it, member(alias))
    assert found is not None
    assert "甲设备" not in str(found)
    assert found["next"]["code"] == "wait_pause"
    with refused("paused"):
        other.do(c.OpenSeat("0.7", "x"), member(alias))
    other.do(c.CheckIn("p2", "0.71", "sface-1", ALIVE), KIOSK)  # the door works on
    all_gone = [m for m in other.it.members.values() if m.alias is None]
    assert all_gone
    other.do(ResumeEvaluation("已修复", None, None), CENTRE)
    other.do(c.OpenSeat("0.7", "x"), member(alias))
    sound(other)


def test_a_paused_seat_shows_no_papers_and_says_what_it_waits_for() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    assert not visibility.sees_documents(it.it, member(one))
    assert (view(it.it, member(one)) or {})["next"] == {"code": "wait_pause", "lot": None, "act": False}
    it.do(CallPresence(), CENTRE)
    assert (view(it.it, member(one)) or {})["next"] == {"code": "verify_presence", "lot": None, "act": True}
    it.do(HERE, member(one))
    assert (view(it.it, member(one)) or {})["next"]["code"] == "wait_pause"
    states = {m["state"] for m in (view(it.it, CENTRE) or {})["committee"]}
    assert states == {"in_progress"}  # who works on what is not told by a pause either


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str) -> None:
    it = at("marking", track)
    assert offered(it, AGENCY, "PauseEvaluation", "SealNight", "CallPresence") == []
    act = offered(it, WITNESS, "PauseEvaluation")[0]
    assert [option["value"] for option in act["fields"][0]["options"]] == ["fault", "order"]
    it.do(filled(act), WITNESS)
    assert offered(it, CENTRE, "PauseEvaluation", "SealNight", "ResumeEvaluation") == []
    it.do(filled(offered(it, WITNESS, "CallPresence")[0]), WITNESS)
    for alias in it.it.committee:
        it.do(HERE, member(alias))
    assert offered(it, WITNESS, "ResumeEvaluation") == []
    resume = offered(it, CENTRE, "ResumeEvaluation")[0]
    it.do(filled(resume, size=None, root=None), CENTRE)
    sealing = offered(it, CENTRE, "SealNight")[0]
    it.do(filled(sealing, size=it.it.size, root=it.log.root().hex()), CENTRE)
    assert offered(it, TENDEREE, "DecideOnFault") == []
    sound(it)


def test_the_tenderee_is_asked_where_it_may_decide() -> None:
    it = at("pledged")
    it.do(PauseEvaluation("fault", "x"), CENTRE)
    act = offered(it, TENDEREE, "DecideOnFault")[0]
    passing(it, 121)
    it.do(filled(act), TENDEREE)
    assert it.it.memory(Pauses).now is not None
    assert it.it.memory(Pauses).now.go_on is True
    assert offered(it, TENDEREE, "DecideOnFault") == []


def test_a_further_session_has_no_pause_of_the_one_before_and_its_own_planned_time() -> None:
    it = at("reviewing")
    it.do(PauseEvaluation("fault", "停电"), CENTRE)
    later = left_behind(it.it)
    assert (current(later), later.locked) == (None, frozenset())
    assert [one.reason for one in later.memory(Pauses).past] == ["停电"]
    assert left_behind(later) == later
    planned = replace(later, session=2, session_at="2026-04-01T09:00:00+08:00")
    early = Pause(PauseKind.FAULT, "停电", "2026-04-01T08:30:00+08:00", before_start=True)
    assert limit(planned, early) == after("2026-04-01T09:00:00+08:00", planned.ruleset.procedure.fault_before_min)
