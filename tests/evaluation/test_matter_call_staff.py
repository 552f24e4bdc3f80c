"""The staff's part in calls: a queue that is answered, a call held and handed over, a broadcast that nobody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation.actor import Actor
from app.evaluation.commands import AnswerHelp, CallHelp
from app.evaluation.matters.call import (
    BROADCAST,
    COMMITTEE,
    Broadcast,
    Calls,
    EndBroadcast,
    HandOver,
    HoldCall,
    JoinCall,
    LeaveCall,
    ResumeCall,
    WriteInCall,
    linked,
    over,
)
from app.evaluation.matters.call.offers import acts
from app.evaluation.matters.call.records import BroadcastBegun, CallHandedOver, CallWritten
from app.evaluation.matters.call.seen import report
from app.evaluation.matters.presence.records import LockSeat
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.stages import MemberStage
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

HERE, THERE = (replace(CENTRE, device=device) for device in ("console-1", "console-2"))
BY = replace(WITNESS, device="console-3")
REGULATOR = Actor(Party.REGULATOR, post="regulator-a", device="console-4")


def at_seat(alias: str) -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}")


def seen(it: Play, viewer: Actor) -> dict[str, Any]:
    found = view(it.it, viewer)
    assert found is not None
    return dict(found["matters"].get("call", {}))


def talking(stage: str = "marking") -> tuple[Play, str, str]:
    """A seat and the centre talk: the play, the alias, the call."""
    it = at(stage)
    alias = it.it.committee[0]
    it.do(CallHelp("键盘坏了"), at_seat(alias))
    it.do(JoinCall(f"help/{alias}"), at_seat(alias))
    it.do(JoinCall(f"help/{alias}"), HERE)
    return it, alias, f"help/{alias}"


def test_who_is_talked_with_waits_no_more_whoever_came_second() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    for alias in (one, two):
        it.do(CallHelp(""), at_seat(alias))
    assert it.do(JoinCall(f"help/{one}"), at_seat(one)) == ["CallJoined"]
    assert it.do(JoinCall(f"help/{one}"), HERE) == ["CallJoined", "HelpAnswered"]
    assert [call.alias for call in it.it.helps] == [two]
    assert it.do(JoinCall(f"help/{two}"), THERE) == ["CallJoined"]
    assert it.do(JoinCall(f"help/{two}"), at_seat(two)) == ["CallJoined", "HelpAnswered"]
    assert it.it.helps == ()
    assert seen(it, at_seat(one))["help"]["answer"] is None
    assert check(it.log.entries) == (it.it, None)


def test_a_written_answer_stands_at_its_seat_until_it_calls_again() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    it.do(CallHelp("看不清"), at_seat(one))
    it.do(AnswerHelp(one, "马上到"), CENTRE)
    assert seen(it, at_seat(one))["help"]["answer"]["text"] == "马上到"
    assert seen(it, at_seat(two))["help"]["answer"] is None
    it.do(CallHelp("还是看不清"), at_seat(one))
    assert seen(it, at_seat(one))["help"]["answer"] is None


def test_on_hold_no_engine_meets_another() -> None:
    it, alias, call = talking()
    assert (linked(it.it, call, alias), linked(it.it, call, "centre")) == (["centre"], [alias])
    for who in (THERE, BY):
        with refused("not_in_call"):
            it.do(HoldCall(call), who)
    with refused("call_not_held"):
        it.do(ResumeCall(call), HERE)
    it.do(HoldCall(call), HERE)
    with refused("call_held"):
        it.do(HoldCall(call), HERE)
    assert (linked(it.it, call, alias), linked(it.it, call, "centre")) == ([], [])
    assert (seen(it, at_seat(alias))["help"]["held"], seen(it, at_seat(alias))["help"]["peers"]) == ("held", [])
    assert [(one["call"], one["held"]) for one in seen(it, HERE)["mine"]] == [(call, "held")]
    assert (seen(it, WITNESS)["held"], seen(it, WITNESS)["offered"]) == ([call], {})
    it.do(ResumeCall(call), HERE)
    assert linked(it.it, call, alias) == ["centre"]
    it.do(HoldCall(call), HERE)
    it.do(LeaveCall(call), at_seat(alias))
    assert it.it.memory(Calls).held == frozenset()
    assert check(it.log.entries) == (it.it, None)


def test_where_no_voice_gets_through_both_write_and_nobody_else_reads_it() -> None:
    it, alias, call = talking()
    for who in (THERE, BY, at_seat(it.it.committee[1])):
        with refused("not_in_call"):
            it.do(WriteInCall(call, "听不见"), who)
    with refused("reason_needed", "$.text"):
        it.do(WriteInCall(call, " "), HERE)
    it.do(HoldCall(call), HERE)
    for number in (1, 2):
        it.do(WriteInCall(call, f"听不见 {number}"), at_seat(alias))
        it.do(WriteInCall(call, f"请写 {number}"), HERE)
    said = [(one["party"], one["text"]) for one in seen(it, at_seat(alias))["help"]["written"]]
    assert said == [("centre", "请写 1"), (alias, "听不见 2"), ("centre", "请写 2")]
    assert [one["text"] for one in seen(it, HERE)["mine"][0]["written"]] == ["请写 1", "听不见 2", "请写 2"]
    assert "听不见" not in str(seen(it, at_seat(it.it.committee[1])))
    event = CallWritten(call, alias, "听不见")
    assert told(it.it, event, at_seat(it.it.committee[1])) is Told.NOTHING
    it.do(LeaveCall(call), HERE)
    assert it.it.memory(Calls).written == {}
    assert check(it.log.entries) == (it.it, None)


def test_a_committee_call_is_not_held() -> None:
    it = at("reviewed")
    it.do(JoinCall(COMMITTEE), at_seat(it.it.committee[0]))
    with refused("not_in_call"):
        it.do(HoldCall(COMMITTEE), HERE)


def test_the_witness_takes_a_call_that_is_handed_over_and_gives_it_back() -> None:
    it, alias, call = talking()
    with refused("no_such_call"):
        it.do(JoinCall(call), BY)
    with refused("no_such_taker"):
        it.do(HandOver(call, "regulator"), HERE)  # this rule set does not name it
    it.do(HandOver(call, "witness"), HERE)
    assert linked(it.it, call, alias) == []
    assert seen(it, at_seat(alias))["help"]["held"] == "witness"
    assert seen(it, BY)["offered"] == {call: "witness"}
    with refused("not_in_call"):
        it.do(LeaveCall(call), BY)  # who is offered a call cannot end it
    with refused("no_such_call"):
        it.do(JoinCall(call), REGULATOR)
    it.now += timedelta(minutes=2)
    assert it.do(JoinCall(call), BY) == ["CallJoined", "CallLeft"]
    assert sorted(it.it.memory(Calls).inside[call]) == sorted([alias, "witness"])
    assert (linked(it.it, call, alias), seen(it, HERE)["mine"]) == (["witness"], [])
    assert [one["call"] for one in seen(it, BY)["mine"]] == [call]
    with refused("no_such_taker"):
        it.do(HandOver(call, "witness"), BY)
    it.do(HandOver(call, "centre"), BY)
    it.do(JoinCall(call), THERE)
    assert linked(it.it, call, alias) == ["centre"]
    assert over(it.it) == []
    lines = [line.text for line in report(it.it, "1")]
    assert any("中心加入" in text and "历时 2 分钟，转由他人接续" in text for text in lines)
    assert any("见证人加入" in text for text in lines)
    assert check(it.log.entries) == (it.it, None)


def test_what_nobody_took_is_taken_back_and_another_console_of_the_centre_moves_it() -> None:
    it, alias, call = talking()
    it.do(HandOver(call, "centre"), HERE)
    it.do(ResumeCall(call), HERE)
    assert (it.it.memory(Calls).offered, linked(it.it, call, alias)) == ({}, ["centre"])
    it.do(HandOver(call, "centre"), HERE)
    assert it.do(JoinCall(call), THERE) == ["CallJoined"]
    assert it.it.memory(Calls).inside[call]["centre"] == "console-2"
    with refused("not_in_call"):
        it.do(HoldCall(call), HERE)


def test_a_seat_that_starts_again_stays_on_hold() -> None:
    it, alias, call = talking()
    it.do(HoldCall(call), HERE)
    it.do(JoinCall(call), replace(at_seat(alias), device="seat-spare"))
    assert seen(it, at_seat(alias))["help"]["held"] == "held"


def test_only_who_is_concerned_hears_of_a_hand_over() -> None:
    it, alias, call = talking()
    other, event = it.it.committee[1], CallHandedOver(call, "witness")
    who = (CENTRE, WITNESS, at_seat(alias), at_seat(other), AGENCY, KIOSK)
    assert [told(it.it, event, one) for one in who] == [*[Told.WHOLE] * 3, *[Told.NOTHING] * 3]


@pytest.mark.parametrize("stage", ["marking", "reviewed"])
def test_a_broadcast_is_heard_at_every_seat_and_hears_none(stage: str) -> None:
    it = at(stage)
    one, two, three = it.it.committee[:3]
    with refused("no_such_call"):
        it.do(JoinCall(BROADCAST), at_seat(one))
    it.do(Broadcast("消防演练，请留在席位", True), HERE)
    with refused("broadcast_on"):
        it.do(Broadcast("再说一次", False), THERE)
    it.do(LockSeat("absent", 61), member(two))
    for alias in (one, two):
        it.do(JoinCall(BROADCAST), at_seat(alias))
    with refused("already_in_call"):
        it.do(JoinCall(BROADCAST), HERE)
    with refused("no_such_call"):
        it.do(JoinCall(BROADCAST), BY)
    assert [linked(it.it, BROADCAST, party) for party in (one, two, three, "centre")] == [
        ["centre"],
        ["centre"],
        [],
        sorted([one, two]),
    ]
    told_ = seen(it, at_seat(two))
    assert told_["broadcast"]["peers"] == [{"party": "centre", "offers": two < "centre"}]
    assert told_["notices"][0]["text"]["zh"] == "中心广播：消防演练，请留在席位"
    assert over(it.it) == []
    it.now += timedelta(minutes=1)
    it.do(EndBroadcast(), HERE)
    with refused("no_broadcast"):
        it.do(EndBroadcast(), HERE)
    assert ("broadcast" in seen(it, at_seat(one)), it.it.memory(Calls).inside) == (False, {})
    assert any("共 2 个席位接收过语音" in line.text for line in report(it.it, "1"))
    assert check(it.log.entries) == (it.it, None)


def test_a_written_broadcast_says_something_and_a_spoken_one_may_be_without_words() -> None:
    it = at("marking")
    with refused("reason_needed", "$.text"):
        it.do(Broadcast(" ", False), HERE)
    with refused("not_permitted"):
        it.do(Broadcast("用餐", False), WITNESS)
    it.do(Broadcast("用餐", False), HERE)
    assert it.it.memory(Calls).inside == {}
    with refused("no_such_call"):
        it.do(JoinCall(BROADCAST), at_seat(it.it.committee[0]))
    assert "文字广播：用餐" in report(it.it, "1")[0].text
    it.do(EndBroadcast(), HERE)
    it.do(Broadcast("", True), HERE)
    assert seen(it, CENTRE)["notices"][0]["text"]["zh"] == "中心正在广播"
    assert seen(it, AGENCY) == {}
    one = it.it.by_alias(it.it.committee[0])
    assert one is not None
    it.state = replace(it.it, members=it.it.members | {one.ref: replace(one, stage=MemberStage.SEAT_WIPED)})
    assert "broadcast" not in seen(it, at_seat(it.it.committee[0]))


def test_the_centre_is_offered_a_broadcast_in_writing_and_then_its_end() -> None:
    it = at("marking")
    assert acts(it.it, WITNESS) == []
    (begin,) = acts(it.it, HERE)
    assert (begin.command, begin.data, [field.name for field in begin.fields]) == (
        "Broadcast",
        {"spoken": False},
        ["text"],
    )
    it.do(Broadcast("用餐", False), HERE)
    assert [act.command for act in acts(it.it, HERE)] == ["EndBroadcast"]


def test_whoever_has_a_seat_is_told_of_a_broadcast_and_nobody_outside_the_room() -> None:
    it = at("marking")
    event = BroadcastBegun("用餐", False, "console-1")
    who = (CENTRE, WITNESS, at_seat(it.it.committee[0]), AGENCY, KIOSK)
    assert [told(it.it, event, one) for one in who] == [*[Told.WHOLE] * 3, *[Told.NOTHING] * 2]
