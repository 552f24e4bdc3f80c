"""Time on duty: what counts, what does not, and the slip that everybody answers and nothing waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import filled, offered, seen

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.duty import (
    ConfirmMinutes,
    MinutesConfirmed,
    ObjectToMinutes,
    Off,
    Row,
    _counted,
    report,
    time_slip,
)
from app.evaluation.matters.leave.records import AskLeave, CallMeal, ReturnFromLeave
from app.evaluation.matters.pause.records import (
    CallPresence,
    PauseEvaluation,
    ResumeEvaluation,
    SealNight,
    VerifyPresence,
)
from app.evaluation.moments import moment
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told
from app.rules.model import Party

TENDEREE = Actor(Party.TENDEREE, post="tenderee-a")
BACK, HERE = ReturnFromLeave("0.66", "sface-1"), VerifyPresence("0.66", "sface-1")


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


def to_the_report(it: Play) -> None:
    """From open marking until the report is due."""
    it.mark("1")
    it.finish_lot("1")
    assert it.it.lots["1"].stage is LotStage.REPORTING


def slip(it: Play, alias: str) -> Row:
    """One member's line."""
    return next(row for row in time_slip(it.it) if row.alias == alias)


def by_hand(it: Play, alias: str) -> int:
    """Minutes between the entries of check-in and of the last opinion, read from the journal."""
    ref = next(m.ref for m in it.it.members.values() if m.alias == alias)
    came = next(e.at for e in it.log.entries if e.type == "MemberCheckedIn" and e.data["member"] == ref)
    ended = next(e.at for e in reversed(it.log.entries) if e.type == "ReportDue")
    return (moment(ended) - moment(came)) // timedelta(minutes=1)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_from_the_door_to_the_last_opinion(track: str) -> None:
    it = at("marking", track)
    assert {row.minutes for row in time_slip(it.it)} == {None}
    passing(it, 200)
    to_the_report(it)
    passing(it, 500)  # what follows is not counted any more
    for alias in it.it.committee:
        row = slip(it, alias)
        assert (row.minutes, row.off, row.answer) == (by_hand(it, alias), (), None)
    assert report(it.it, "1") == []


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_meals_nights_and_faults_are_not_counted_and_the_washroom_is(track: str) -> None:
    it = at("marking", track)
    one, other = it.it.committee[:2]
    it.do(AskLeave("washroom", ""), member(one))
    passing(it, 10)
    it.do(BACK, member(one))
    it.do(CallMeal(), CENTRE)
    passing(it, 40)
    for alias in it.it.committee:
        it.do(BACK, member(alias))
    it.do(SealNight("隔夜", it.it.size, it.log.root().hex()), CENTRE)
    sealed = it.log.entries[-1].data
    passing(it, 13 * 60)
    all_here(it)
    it.do(ResumeEvaluation("次日", sealed["size"], sealed["root"]), CENTRE)
    it.do(PauseEvaluation("fault", "断电"), CENTRE)
    passing(it, 25)
    all_here(it)
    it.do(ResumeEvaluation("来电", None, None), CENTRE)
    it.do(PauseEvaluation("order", "核查"), CENTRE)
    passing(it, 30)
    all_here(it)
    it.do(ResumeEvaluation("完毕", None, None), CENTRE)
    to_the_report(it)
    row = slip(it, one)
    assert [part.kind for part in row.off] == ["meal", "night", "fault"]
    off = sum((moment(part.until) - moment(part.since) for part in row.off), timedelta())
    assert off >= timedelta(minutes=40 + 13 * 60 + 25)
    assert row.minutes is not None
    assert 0 <= by_hand(it, one) - row.minutes - off // timedelta(minutes=1) <= 1
    assert slip(it, other).minutes != row.minutes or slip(it, other).off != row.off
    line = report(it.it, "1")[0]
    assert (line.head, f"{one} {row.minutes} 分钟" in line.text) == ("评审时长", True)
    sound(it)


def test_a_rule_set_may_count_meals_and_leave_out_the_washroom() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(CallMeal(), CENTRE)
    passing(it, 40)
    for alias in it.it.committee:
        it.do(BACK, member(alias))
    it.do(AskLeave("washroom", ""), member(one))
    passing(it, 5)
    it.do(BACK, member(one))
    to_the_report(it)
    plain = slip(it, one)
    rules = it.it.ruleset
    it.state = replace(it.it, ruleset=replace(rules, procedure=replace(rules.procedure, off_duty=("washroom",))))
    other = slip(it, one)
    assert ([part.kind for part in plain.off], [part.kind for part in other.off]) == (["meal"], ["washroom"])
    assert (other.minutes or 0) > (plain.minutes or 0)


def test_parts_that_overlap_are_taken_away_once() -> None:
    day = "2026-03-02T{}:00+08:00"
    parts = (
        Off("meal", day.format("11:00"), day.format("12:00")),
        Off("fault", day.format("11:30"), day.format("12:30")),
        Off("night", day.format("11:40"), day.format("11:50")),
        Off("order", day.format("13:00"), day.format("13:10")),
    )
    assert _counted(day.format("10:00"), day.format("14:00"), parts) == timedelta(hours=2, minutes=20)
    assert _counted(day.format("10:00"), day.format("14:00"), ()) == timedelta(hours=4)


def test_everybody_confirms_or_objects_and_the_report_waits_for_nobody() -> None:
    it = at("marking")
    one, two, three = it.it.committee[:3]
    with refused("minutes_open", one):
        it.do(ConfirmMinutes(10), member(one))
    to_the_report(it)
    minutes = slip(it, one).minutes or 0
    with refused("minutes_differ", "$.minutes") as caught:
        it.do(ConfirmMinutes(minutes + 60), member(one))
    assert caught.value.details == {"minutes": str(minutes)}
    it.do(ConfirmMinutes(minutes), member(one))
    with refused("already_answered", one):
        it.do(ConfirmMinutes(minutes), member(one))
    with refused("already_answered", one):
        it.do(ObjectToMinutes(minutes, "x"), member(one))
    theirs = slip(it, two).minutes or 0
    with refused("reason_needed", "$.reason"):
        it.do(ObjectToMinutes(theirs, ""), member(two))
    it.do(ObjectToMinutes(theirs, "候场一小时未计"), member(two))
    with refused("already_answered", two):
        it.do(ObjectToMinutes(theirs, "再次"), member(two))
    with refused("not_permitted", "centre"):
        it.do(ConfirmMinutes(theirs), CENTRE)
    it.issue("1", b"report", 1)  # nobody waited for the others' slips
    it.do(ConfirmMinutes(theirs), member(two))  # talked over
    assert (slip(it, two).answer or slip(it, one).answer) is not None
    assert slip(it, two).answer.reason is None  # type: ignore[union-attr]
    assert slip(it, three).answer is None
    assert [line.text for line in report(it.it, "1")] == [f"{two}对 {theirs} 分钟有异议：候场一小时未计"]
    it.leave()
    it.close()
    sound(it)


def test_who_is_recused_is_counted_until_then_and_may_confirm_at_once() -> None:
    it = at("arrived")
    one = next(m for m in it.it.members.values() if m.ref == "p3")
    assert one.alias is not None
    passing(it, 30)
    it.do(c.Recuse("甲设备有限公司", "曾任职"), member(one.alias))
    minutes = slip(it, one.alias).minutes
    assert minutes is not None
    assert minutes >= 30
    passing(it, 30)
    it.do(ConfirmMinutes(minutes), member(one.alias))
    it.do(c.WipeSeat(one.seat or ""), member(one.alias))
    with refused("wrong_member_stage"):
        it.do(ConfirmMinutes(minutes), member(one.alias))
    sound(it)


def test_several_lots_end_with_the_last_one() -> None:
    it = Play("GC")
    it.open_room()
    it.import_package(5, 0, ("1", "2"))
    it.draw_slots()
    for alias in [it.arrive(f"p{k}") for k in range(1, 6)]:
        it.pledge(alias)
    it.constitute()
    it.choose_chair()
    for lot in ("1", "2"):
        it.review(lot)
        it.conclude(lot)
        it.mark(lot)
    it.finish_lot("1")
    it.issue("1", b"r", 1)
    assert {row.minutes for row in time_slip(it.it)} == {None}
    passing(it, 90)
    it.finish_lot("2")
    for alias in it.it.committee:
        assert slip(it, alias).minutes == by_hand(it, alias)


def test_each_sees_the_own_minutes_those_who_watch_and_pay_see_all() -> None:
    it = at("marking")
    one = it.it.committee[0]
    assert len(seen(it, CENTRE, "duty")["rows"]) == 5
    assert seen(it, AGENCY, "duty") == {}
    assert [row["alias"] for row in seen(it, member(one), "duty")["rows"]] == [one]
    to_the_report(it)
    for viewer in (CENTRE, WITNESS, AGENCY, TENDEREE):
        assert len(seen(it, viewer, "duty")["rows"]) == 5
    mine = seen(it, member(one), "duty")
    assert [row["alias"] for row in mine["rows"]] == [one]
    assert "请在“办理事项”中确认" in mine["notices"][0]["text"]["zh"]
    event = MinutesConfirmed(one, 5)
    assert told(it.it, event, CENTRE) is Told.WHOLE
    assert told(it.it, event, member(one)) is Told.WHOLE
    assert told(it.it, event, AGENCY) is Told.HAPPENED
    assert told(it.it, event, member(it.it.committee[1])) is Told.NOTHING
    assert seen(at("drawn"), CENTRE, "duty") == {}


def test_what_is_offered_can_be_done() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    assert offered(it, member(one), "ConfirmMinutes", "ObjectToMinutes") == []
    to_the_report(it)
    act = offered(it, member(one), "ConfirmMinutes")[0]
    assert "与此无关" in act["help"]["zh"]
    it.do(filled(act), member(one))
    assert offered(it, member(one), "ConfirmMinutes", "ObjectToMinutes") == []
    it.do(filled(offered(it, member(two), "ObjectToMinutes")[0]), member(two))
    assert offered(it, member(two), "ObjectToMinutes") == []
    it.do(filled(offered(it, member(two), "ConfirmMinutes")[0]), member(two))
    assert offered(it, CENTRE, "ConfirmMinutes") == []
    sound(it)
