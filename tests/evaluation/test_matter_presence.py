"""A seat that no longer sees its member: when it may lock itself, what it then does, who opens it, who hears of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from evaluation_factory import AGENCY, ALIVE, CENTRE, KIOSK, STREAM, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import offered, seen

from app.evaluation import commands as c
from app.evaluation import visibility
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.evolve import evolve
from app.evaluation.matters.leave.records import AskLeave, CallMeal, GrantLeave, Leaves, ReturnFromLeave
from app.evaluation.matters.pause.records import CallPresence, PauseEvaluation, ResumeEvaluation, VerifyPresence
from app.evaluation.matters.presence.records import LockKind, Locks, LockSeat, SeatLocked, SeatUnlocked, UnlockSeat
from app.evaluation.matters.presence.seen import KINDS, report
from app.evaluation.matters.replacement.records import ApproveReplacement, AskReplacement
from app.evaluation.matters.walk_out import ExcuseWalkOut, RecordWalkOut, absences
from app.evaluation.model import SheetKind
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

REGULATOR, TENDEREE = Actor(Party.REGULATOR, post="regulator-a"), Actor(Party.TENDEREE, post="tenderee-a")
GONE = LockSeat("absent", 61)
HERE = UnlockSeat("0.71", "sface")


def passing(it: Play, minutes: int) -> None:
    """So many minutes go by."""
    it.now += timedelta(minutes=minutes)


def sound(it: Play) -> None:
    """The journal replays to the same state."""
    assert check(it.log.entries) == (it.it, None)


def on_the_way() -> tuple[Play, str]:
    """A member has drawn a seat and has not opened it yet."""
    it = at("drawn")
    it.do(c.CheckIn("p2", "0.71", "sface", ALIVE), KIOSK)
    it.do(c.StorePhone("p2", "02"), KIOSK)
    it.do(c.TakeSlot("p2", *it.place(0)), KIOSK)
    return it, it.it.members["p2"].alias or ""


@pytest.mark.parametrize("track", ["ZC", "GC"])
@pytest.mark.parametrize("kind", [kind for kind in LockKind if kind is not LockKind.MOVED])
def test_what_a_seat_saw_long_enough_locks_it_and_the_face_opens_it(track: str, kind: LockKind) -> None:
    it = at("marking", track)
    one = it.it.committee[0]
    least = 0 if kind is LockKind.RESTARTED else it.it.ruleset.seat_timeout_s
    assert it.do(LockSeat(kind.value, least), member(one)) == ["SeatLocked"]
    assert it.it.locked == {one}
    passing(it, 4)
    assert it.do(HERE, member(one)) == ["SeatUnlocked"]
    assert (it.it.locked, it.it.memory(Locks).now) == (frozenset(), {})
    (line,) = report(it.it, "1")
    assert line.head == "席位锁定"
    for said in (one, "1 次", KINDS[kind].zh, "刷脸解锁", "锁定 4 分钟"):
        assert said in line.text
    assert (f"持续 {least} 秒" in line.text) == bool(least)
    sound(it)


def test_the_rule_set_says_how_long_it_must_last() -> None:
    it = at("marking")
    one = it.it.committee[0]
    assert it.it.ruleset.seat_timeout_s == 60
    with refused("lock_too_soon", "$.seconds"):
        it.do(LockSeat("absent", 59), member(one))
    with refused("lock_too_soon", "$.seconds"):
        it.do(LockSeat("restarted", -1), member(one))
    with refused("bad_value", "$.kind"):
        it.do(LockSeat("asleep", 61), member(one))
    with refused("bad_value", "$.kind"):  # the room says so, no seat
        it.do(LockSeat("moved", 61), member(one))
    assert it.it.locked == frozenset()


def test_only_the_own_seat_locks_and_only_who_has_opened_it() -> None:
    it = at("marking")
    one = it.it.committee[0]
    for viewer in (CENTRE, WITNESS, KIOSK, AGENCY):
        with refused("not_permitted", viewer.role.value):
            it.do(GONE, viewer)
    with refused("not_seated", "M99"):
        it.do(GONE, member("M99"))
    early, alias = on_the_way()
    with refused("wrong_member_stage", alias):
        early.do(GONE, member(alias))
    with refused("not_locked", one):
        it.do(HERE, member(one))


def test_a_locked_seat_does_nothing_but_open_again() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(GONE, member(one))
    number, bids = it.it.lots["1"].marks[-1].number, it.it.lots["1"].live_bids()
    sheet = {"marks": {b: {f.id: "1" for f in it.it.lots["1"].lot.factors} for b in bids}, "reasons": {}}
    for attempt in (GONE, AskLeave("washroom", "")):
        with refused("presence_locked", one):
            it.do(attempt, member(one))
    with refused("presence_locked", one):
        it.seal("1", SheetKind.MARKS, number, one, sheet)
    it.do(c.CallHelp("打不开"), member(one))  # a person who cannot get in may still call
    it.do(c.RecordRefusal("SealSheet", "presence_locked", one), member(one))
    viewer = member(one)
    assert not visibility.sees_documents(it.it, viewer)
    found = view(it.it, viewer)
    assert found is not None
    assert found["next"] == {"code": "unlock", "lot": None, "act": True}
    assert offered(it, viewer) == []
    it.do(HERE, viewer)
    it.seal("1", SheetKind.MARKS, number, one, sheet)
    sound(it)


def test_two_people_open_it_where_the_face_does_not() -> None:
    it = at("marking")
    one = it.it.committee[0]
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    with refused("not_locked", one):
        it.do(c.RequestRelease("unlock", ref, "未识别"), member(one))
    it.do(LockSeat("camera_lost", 75), member(one))
    with refused("not_permitted", "member"):
        it.do(c.RequestRelease("unlock", ref, "冒名"), member(it.it.committee[1]))
    it.do(c.RequestRelease("unlock", ref, "摄像头没有画面"), member(one))
    it.do(c.ApproveRelease("unlock", ref, "核对证件"), CENTRE)
    assert it.do(c.ApproveRelease("unlock", ref, "一致"), WITNESS) == ["ReleaseApproved", "SeatUnlocked"]
    assert (it.it.locked, it.it.releases) == (frozenset(), {})
    assert "经两人核验解锁" in report(it.it, "1")[0].text
    sound(it)


def test_a_release_that_the_face_overtook_is_over() -> None:
    it = at("marking")
    one = it.it.committee[0]
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    it.do(GONE, member(one))
    it.do(c.RequestRelease("unlock", ref, "未识别"), member(one))
    it.do(HERE, member(one))
    with refused("nothing_requested", ref):
        it.do(c.ApproveRelease("unlock", ref, "核对证件"), CENTRE)


def test_a_leave_takes_a_locked_seat_over() -> None:
    """Who went without waiting for the yes is on leave from the yes on, and comes back from that."""
    it = at("marking")
    one, other = it.it.committee[:2]
    it.do(AskLeave("meal", ""), member(one))
    it.do(GONE, member(one))
    it.do(GONE, member(other))
    assert it.do(GrantLeave(one), CENTRE) == ["LeaveBegun", "SeatUnlocked"]
    assert it.it.locked == {one, other}
    assert (view(it.it, member(one)) or {})["next"]["code"] == "return"
    with refused("on_leave", one):
        it.do(HERE, member(one))
    it.do(ReturnFromLeave("0.7", "sface"), member(one))
    assert it.it.locked == {other}
    assert it.do(CallMeal(), CENTRE)[-1] == "SeatUnlocked"
    assert (it.it.memory(Locks).now, set(it.it.memory(Leaves).away)) == ({}, set(it.it.committee))
    assert [line.text.count("转为离席") for line in report(it.it, "1")] == [1, 1]
    sound(it)


def test_a_pause_takes_a_locked_seat_over() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(GONE, member(one))
    assert it.do(PauseEvaluation("order", "停电检修"), CENTRE) == ["EvaluationPaused", "SeatUnlocked"]
    assert it.it.locked == set(it.it.committee)
    with refused("paused"):
        it.do(GONE, member(one))
    it.do(CallPresence(), CENTRE)
    for alias in it.it.committee:
        it.do(VerifyPresence("0.7", "sface"), member(alias))
    it.do(ResumeEvaluation("恢复", None, None), CENTRE)
    assert it.it.locked == frozenset()
    assert "因评审暂停终止" in report(it.it, "1")[0].text
    sound(it)


def test_who_left_without_a_word_may_have_walked_out() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    it.do(GONE, member(one))
    it.do(LockSeat("covered", 60), member(other))
    assert list(absences(it.it)) == [one]  # whom the camera does not see is not away
    with refused("absence_too_short", one):
        it.do(RecordWalkOut(one, "席位无人"), CENTRE)
    passing(it, it.it.ruleset.procedure.walk_out_min + 1)
    it.do(RecordWalkOut(one, "席位无人"), CENTRE)
    assert "MemberWalkedOut" in it.do(RecordWalkOut(one, "走廊无人"), WITNESS)
    with refused("walked_out", one):
        it.do(HERE, member(one))
    it.do(ExcuseWalkOut(one, "突发疾病"), CENTRE)
    it.do(ExcuseWalkOut(one, "情况属实"), WITNESS)
    it.do(HERE, member(one))
    sound(it)


def test_who_was_replaced_is_not_awaited_any_more() -> None:
    it = at("marking")
    one = it.it.committee[0]
    ref = next(m.ref for m in it.it.pledged if m.alias == one)
    it.do(GONE, member(one))
    it.do(AskReplacement(one, "health", "突发疾病"), CENTRE)
    it.do(ApproveReplacement(one, "情况属实"), WITNESS)
    assert it.it.members[ref].stage.value == "replaced"
    assert seen(it, CENTRE, "presence") == {}
    assert (view(it.it, member(one)) or {})["next"]["code"] == "wipe_seat"
    assert "至记录时未解锁" in report(it.it, "1")[0].text
    sound(it)


def test_only_those_who_watch_hear_of_it_and_the_member() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    assert seen(it, member(one), "presence") == {"timeout_s": 60}
    assert seen(it, CENTRE, "presence") == {}
    it.do(GONE, member(one))
    for viewer in (CENTRE, WITNESS, REGULATOR, member(one)):
        (lock,) = seen(it, viewer, "presence")["locked"]
        assert (lock["alias"], lock["kind"], lock["seconds"]) == (one, "absent", 61)
        assert lock["seat"] == next(m.seat for m in it.it.pledged if m.alias == one)
        assert told(it.it, SeatLocked(one, "absent", 61), viewer) is Told.WHOLE
    assert seen(it, member(other), "presence") == {"timeout_s": 60}
    for viewer in (member(other), AGENCY, TENDEREE, KIOSK):
        for event in (SeatLocked(one, "absent", 61), SeatUnlocked(one, "face", "0.7", "sface")):
            assert told(it.it, event, viewer) is Told.NOTHING
    for viewer in (AGENCY, TENDEREE, member("M99")):
        assert seen(it, viewer, "presence") == {}
    # nobody's progress looks otherwise because of it
    committee = (view(it.it, member(other)) or {})["committee"]
    assert {each["state"] for each in committee} == {"in_progress"}


def test_a_seat_is_watched_from_opening_to_wiping() -> None:
    early, alias = on_the_way()
    assert seen(early, member(alias), "presence") == {}
    it = at("marking")
    one = it.it.committee[0]
    it.do(AskLeave("washroom", ""), member(one))
    assert seen(it, member(one), "presence") == {}


def test_the_report_counts_per_member() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    for kind in ("absent", "second_face"):
        it.do(LockSeat(kind, 60), member(one))
        it.do(HERE, member(one))
        it.do(LockSeat("covered", 60), member(other))
        it.do(HERE, member(other))
    first, second = report(it.it, "1")
    assert (first.text.startswith(f"{one}席位锁定 2 次"), second.text.startswith(f"{other}席位锁定 2 次")) == (
        True,
        True,
    )
    assert first.text.index("席位无人") < first.text.index("不止一人")


def test_an_entry_that_speaks_of_nobody_changes_nothing() -> None:
    it = at("marking")
    event = SeatUnlocked("M99", "face", "0.7", "sface")
    after = evolve(it.it, event, SYSTEM, it.tick(), STREAM)
    assert (after.locked, after.memory(Locks)) == (it.it.locked, it.it.memory(Locks))
    state = evolve(it.it, SeatLocked("M99", "absent", 60), SYSTEM, it.tick(), STREAM)
    assert "M99" in json.dumps([line.text for line in report(state, "1")])


def test_the_journal_holds_what_was_seen_and_never_a_picture() -> None:
    """Every field of these entries is an alias, a code, a number or a score: none could carry a picture."""
    it = at("marking")
    one = it.it.committee[0]
    it.do(GONE, member(one))
    it.do(HERE, member(one))
    locked, unlocked = it.log.entries[-2:]
    assert locked.data == {"alias": one, "kind": "absent", "seconds": 61}
    assert unlocked.data == {"alias": one, "means": "face", "score": "0.71", "engine": "sface"}
