"""Calls: who may be in which, that marking alone closes the committee's, who hears of it, what the report says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.call import (
    COMMITTEE,
    AskWord,
    CallJoined,
    Calls,
    CallsClosed,
    CloseCalls,
    GiveWord,
    JoinCall,
    LeaveCall,
    over,
)
from app.evaluation.matters.call.seen import report
from app.evaluation.matters.leave.records import AskLeave
from app.evaluation.matters.pause.records import PauseEvaluation
from app.evaluation.matters.presence.records import LockSeat
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.calling import call_mask_to_json
from app.rules.model import Party

SEALED = ("reviewing", "marking")
OPEN = ("constituted", "reviewed", "checking", "confirming")


def at_seat(alias: str, device: str = "") -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=device or f"seat-{alias}")


def seen(it: Play, viewer: Actor) -> dict[str, Any]:
    told_ = view(it.it, viewer)
    assert told_ is not None
    return dict(told_["matters"].get("call", {}))


@pytest.mark.parametrize("stage", OPEN)
def test_the_committee_talks_about_what_is_open(stage: str) -> None:
    it = at(stage)
    one, two = it.it.committee[:2]
    assert it.do(JoinCall(COMMITTEE), at_seat(one)) == ["CallJoined"]
    assert seen(it, at_seat(one))["committee"]["peers"] == []
    it.do(JoinCall(COMMITTEE), at_seat(two))
    mine, theirs = seen(it, at_seat(one))["committee"], seen(it, at_seat(two))["committee"]
    assert [mine["peers"], theirs["peers"]] == [
        [{"party": two, "offers": one < two}],
        [{"party": one, "offers": two < one}],
    ]
    assert (mine["open"], mine["obstacle"]) == (True, None)
    assert mine["mask"] == call_mask_to_json(it.it.ruleset.procedure.call_mask)
    assert check(it.log.entries) == (it.it, None)


@pytest.mark.parametrize("stage", SEALED)
def test_whoever_marks_alone_is_in_no_call(stage: str) -> None:
    it = at(stage)
    one = it.it.committee[0]
    with refused("call_closed"):
        it.do(JoinCall(COMMITTEE), at_seat(one))
    told_ = seen(it, at_seat(one))["committee"]
    assert (told_["open"], told_["obstacle"], told_["peers"]) == (False, "call_closed", [])


def test_marking_ends_a_call_that_still_goes_on() -> None:
    it = at("reviewed")
    one, two = it.it.committee[:2]
    for alias in (one, two):
        it.do(JoinCall(COMMITTEE), at_seat(alias))
    assert over(it.it) == []
    with refused("no_call_to_close"):
        it.do(CloseCalls(), SYSTEM)
    for lot in it.it.lots:
        it.conclude(lot)
    assert over(it.it) == [(COMMITTEE, one), (COMMITTEE, two)]
    assert it.do(CloseCalls(), SYSTEM) == ["CallsClosed", "CallLeft", "CallLeft"]
    assert it.it.memory(Calls).inside == {}
    assert all("由系统关闭" in line.text for line in report(it.it, "1"))
    assert check(it.log.entries) == (it.it, None)


def test_a_locked_seat_hears_nothing() -> None:
    it = at("reviewed")
    one = it.it.committee[0]
    it.do(JoinCall(COMMITTEE), at_seat(one))
    it.do(AskLeave("washroom", ""), member(one))
    assert over(it.it) == [(COMMITTEE, one)]
    assert seen(it, at_seat(one)).get("committee", {}).get("obstacle") == "seat_locked"
    it.do(CloseCalls(), SYSTEM)
    with refused("on_leave"):
        it.do(JoinCall(COMMITTEE), at_seat(one))


def test_a_pause_ends_every_talk_of_the_committee() -> None:
    it = at("reviewed")
    for alias in it.it.committee:
        it.do(JoinCall(COMMITTEE), at_seat(alias))
    it.do(PauseEvaluation("fault", "停电"), CENTRE)
    assert len(over(it.it)) == len(it.it.committee)
    it.do(CloseCalls(), SYSTEM)
    assert over(it.it) == []
    assert check(it.log.entries) == (it.it, None)


def test_who_does_not_sit_is_in_no_committee_call() -> None:
    it = at("arrived")
    stranger = next(m.alias for m in it.it.members.values() if m.alias)
    with refused("not_in_committee"):
        it.do(JoinCall(COMMITTEE), at_seat(stranger))
    assert seen(it, at_seat(stranger)).get("committee") is None
    later = at("reviewed")
    with refused("not_in_committee"):
        later.do(JoinCall(COMMITTEE), CENTRE)
    with refused("line_not_open"):
        later.do(JoinCall(COMMITTEE), AGENCY)
    with refused("no_such_call"):
        later.do(JoinCall("other"), CENTRE)


def test_a_call_for_help_joins_one_seat_and_the_centre_at_any_stage() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    call = f"help/{one}"
    it.do(JoinCall(call), CENTRE)
    it.do(JoinCall(call), at_seat(one))
    assert seen(it, at_seat(one))["help"]["peers"] == [{"party": "centre", "offers": one < "centre"}]
    assert seen(it, CENTRE)["inside"] == {call: sorted([one, "centre"])}
    with refused("no_such_call"):
        it.do(JoinCall(call), at_seat(two))
    with refused("no_such_call"):
        it.do(JoinCall("help/nobody"), CENTRE)
    assert seen(it, at_seat(two))["help"]["peers"] == []
    event = CallJoined(call, one, "seat-x")
    assert [told(it.it, event, who) for who in (CENTRE, WITNESS, at_seat(one), at_seat(two), AGENCY, KIOSK)] == [
        *(Told.WHOLE, Told.WHOLE, Told.WHOLE),
        *(Told.NOTHING, Told.NOTHING, Told.NOTHING),
    ]
    it.now += timedelta(minutes=3)
    with refused("not_in_call"):
        it.do(LeaveCall(call), at_seat(two))
    assert it.do(LeaveCall(call), CENTRE) == ["CallLeft", "CallLeft"]
    assert [talk.why for talk in it.it.memory(Calls).talks] == ["left", "ended"]
    with refused("not_in_call"):
        it.do(LeaveCall(call), at_seat(one))
    assert check(it.log.entries) == (it.it, None)
    assert [line.head == "语音呼叫" and "历时 3 分钟" in line.text for line in report(it.it, "1")] == [True, True]


def test_a_seat_that_is_rung_up_answers_or_declines() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    call = f"help/{one}"
    assert [seen(it, at_seat(one))["help"]["rings"], seen(it, CENTRE)["mine"]] == [False, []]
    it.do(JoinCall(call), CENTRE)
    assert [seen(it, at_seat(alias))["help"]["rings"] for alias in (one, two)] == [True, False]
    assert it.do(LeaveCall(call), at_seat(one)) == ["CallLeft"]
    assert [(talk.party, talk.why) for talk in it.it.memory(Calls).talks] == [("centre", "ended")]
    it.do(JoinCall(call), CENTRE)
    it.do(JoinCall(call), at_seat(one))
    assert seen(it, at_seat(one))["help"]["rings"] is False


def test_a_console_of_the_centre_knows_which_calls_its_own_machine_is_in() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    here, there = (replace(CENTRE, device=device) for device in ("console-1", "console-2"))
    for call, who in ((f"help/{two}", here), (f"help/{one}", here), (f"help/{one}", there)):
        it.do(JoinCall(call), who)
    it.do(JoinCall(f"help/{two}"), at_seat(two))
    assert seen(it, here)["mine"] == [
        {
            "held": "",
            "written": [],
            "call": f"help/{two}",
            "inside": True,
            "party": "centre",
            "peers": [{"party": two, "offers": two > "centre"}],
        }
    ]
    assert [call["call"] for call in seen(it, there)["mine"]] == [f"help/{one}"]
    assert (seen(it, WITNESS)["mine"], "mine" in seen(it, at_seat(one))) == ([], False)


@pytest.mark.parametrize("lock", ["absent", "pause"])
def test_a_seat_that_is_locked_or_paused_may_still_talk_with_the_centre(lock: str) -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(PauseEvaluation("fault", "停电"), CENTRE) if lock == "pause" else it.do(LockSeat(lock, 61), member(one))
    it.do(JoinCall(f"help/{one}"), CENTRE)
    it.do(JoinCall(f"help/{one}"), at_seat(one))
    assert over(it.it) == []
    assert it.do(LeaveCall(f"help/{one}"), at_seat(one)) == ["CallLeft", "CallLeft"]
    with refused("seat_locked"):
        it.do(JoinCall(COMMITTEE), at_seat(one))


def test_who_goes_on_leave_can_still_hang_up() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(JoinCall(f"help/{one}"), CENTRE)
    it.do(JoinCall(f"help/{one}"), at_seat(one))
    it.do(AskLeave("washroom", ""), member(one))
    assert it.do(LeaveCall(f"help/{one}"), at_seat(one)) == ["CallLeft", "CallLeft"]
    it.do(JoinCall(f"help/{one}"), CENTRE)
    with refused("on_leave"):
        it.do(JoinCall(f"help/{one}"), at_seat(one))


def test_a_machine_may_come_again_and_only_the_last_one_counts() -> None:
    it = at("reviewed")
    one = it.it.committee[0]
    it.do(JoinCall(COMMITTEE), at_seat(one, "seat-07"))
    with refused("already_in_call"):
        it.do(JoinCall(COMMITTEE), at_seat(one, "seat-07"))
    it.do(JoinCall(COMMITTEE), at_seat(one, "seat-09"))
    assert it.it.memory(Calls).inside[COMMITTEE] == {one: "seat-09"}
    assert len(it.it.memory(Calls).talks) == 1
    assert "至记录时未离开" in report(it.it, "1")[0].text
    it.do(LeaveCall(COMMITTEE), at_seat(one))
    with refused("not_in_call"):
        it.do(LeaveCall(COMMITTEE), at_seat(one))


def test_the_chair_gives_the_word() -> None:
    it = at("reviewed")
    chair = it.it.chair or ""
    other = next(alias for alias in it.it.committee if alias != chair)
    with refused("not_in_call"):
        it.do(AskWord(), at_seat(other))
    with refused("not_in_call"):
        it.do(LeaveCall(COMMITTEE), at_seat(other))
    for alias in (chair, other):
        it.do(JoinCall(COMMITTEE), at_seat(alias))
    it.do(AskWord(), at_seat(other))
    with refused("word_asked"):
        it.do(AskWord(), at_seat(other))
    with refused("not_the_chair"):
        it.do(GiveWord(other), at_seat(other))
    absent = next(alias for alias in it.it.committee if alias not in (chair, other))
    with refused("not_in_call"):
        it.do(GiveWord(absent), at_seat(chair))
    it.do(GiveWord(other), at_seat(chair))
    assert (seen(it, at_seat(chair))["word"], seen(it, at_seat(chair))["asked"]) == (other, [])
    it.do(GiveWord(""), at_seat(chair))
    assert seen(it, at_seat(other))["word"] == ""
    it.do(GiveWord(other), at_seat(chair))
    it.do(AskWord(), at_seat(chair))
    it.do(LeaveCall(COMMITTEE), at_seat(other))
    it.do(LeaveCall(COMMITTEE), at_seat(chair))
    assert (it.it.memory(Calls).word, it.it.memory(Calls).asked) == ("", ())


def test_the_room_alone_closes_and_staff_alone_hears_of_that() -> None:
    it = at("reviewed")
    with refused("not_permitted"):
        it.do(CloseCalls(), CENTRE)
    one = it.it.committee[0]
    assert told(it.it, CallsClosed(), WITNESS) is Told.WHOLE
    assert told(it.it, CallsClosed(), at_seat(one)) is Told.NOTHING
    assert told(it.it, CallJoined(COMMITTEE, one, "x"), at_seat(it.it.committee[1])) is Told.WHOLE
    assert told(it.it, CallJoined(COMMITTEE, one, "x"), AGENCY) is Told.NOTHING
