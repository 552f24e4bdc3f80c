"""The agency's line: asked by the chair, opened by the centre, heard by all and recorded, or by nobody outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.agency_line import (
    AskLine,
    CloseLine,
    LineOpened,
    OpenLine,
    SettleLine,
    line_over,
    report,
    unsettled,
)
from app.evaluation.matters.call import COMMITTEE, Calls, CloseCalls, JoinCall, LeaveCall, linked, over
from app.evaluation.matters.leave.records import AskLeave
from app.evaluation.matters.recording.records import NoteRecording, RecordingState, TellRecording
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import AgencyLine, Party

ASKED = replace(AGENCY, device="console-5")


def at_seat(alias: str) -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}")


def seen(it: Play, viewer: Actor, matter: str = "agency_line") -> dict[str, Any]:
    found = view(it.it, viewer)
    assert found is not None
    return dict(found["matters"].get(matter, {}))


def offered(it: Play, viewer: Actor) -> list[str]:
    found = view(it.it, viewer)
    assert found is not None
    return [act["command"] for act in found["acts"] if act["command"] in ("AskLine", "OpenLine", "CloseLine")]


def record(it: Play, alias: str, state: RecordingState = RecordingState.RUNNING) -> None:
    it.do(TellRecording(alias, f"seat-{alias}", state, 40), SYSTEM)


def gathered(*, asked: bool = True, opened: bool = False) -> Play:
    """All members in the committee's call and recorded; the chair has asked for the line; it is open."""
    it = at("reviewed")
    for alias in it.it.committee:
        it.do(JoinCall(COMMITTEE), at_seat(alias))
        record(it, alias)
    if asked:
        it.do(AskLine("agency", "采购文件第 3 章的等级指哪一年的标准？"), at_seat(it.it.chair or ""))
    if opened:
        it.do(OpenLine(), CENTRE)
        it.do(JoinCall(COMMITTEE), ASKED)
    return it


def test_the_chair_asks_the_centre_opens_and_the_whole_committee_hears() -> None:
    it = gathered(asked=False)
    chair, other = it.it.chair or "", next(alias for alias in it.it.committee if alias != it.it.chair)
    assert [offered(it, who) for who in (member(chair), member(other), CENTRE)] == [["AskLine"], [], []]
    with refused("not_the_chair"):
        it.do(AskLine("agency", "问"), at_seat(other))
    with refused("line_not_allowed", "$.party"):
        it.do(AskLine("tenderee", "问"), at_seat(chair))
    with refused("reason_needed", "$.text"):
        it.do(AskLine("agency", " "), at_seat(chair))
    with refused("no_line"):
        it.do(OpenLine(), CENTRE)
    it.do(AskLine("agency", "等级指哪一年的标准？"), at_seat(chair))
    with refused("line_asked"):
        it.do(AskLine("agency", "再问"), at_seat(chair))
    with refused("line_not_open"):
        it.do(JoinCall(COMMITTEE), ASKED)
    assert "call" not in seen(it, ASKED)
    assert [offered(it, who) for who in (member(chair), CENTRE)] == [["CloseLine"], ["OpenLine", "CloseLine"]]
    it.do(OpenLine(), CENTRE)
    with refused("line_open"):
        it.do(OpenLine(), CENTRE)
    assert seen(it, ASKED)["call"]["inside"] is False
    it.do(JoinCall(COMMITTEE), ASKED)
    assert linked(it.it, COMMITTEE, "agency") == sorted(it.it.committee)
    assert all("agency" in linked(it.it, COMMITTEE, alias) for alias in it.it.committee)
    assert [peer["party"] for peer in seen(it, ASKED)["call"]["peers"]] == sorted(it.it.committee)
    it.now += timedelta(minutes=7)
    with refused("bad_value", "$.why"):
        it.do(CloseLine("closed"), CENTRE)
    with refused("not_the_chair"):
        it.do(CloseLine("ended"), at_seat(other))
    assert it.do(CloseLine("ended"), at_seat(chair)) == ["LineClosed", "CallLeft"]
    assert "agency" not in linked(it.it, COMMITTEE, chair)
    (line,) = report(it.it, "1")
    assert line.head == "询问代理机构"
    assert "历时 7 分钟" in line.text
    assert "第四十五条" in line.text
    assert check(it.log.entries) == (it.it, None)


def test_nobody_asks_for_a_part_of_the_committee_nor_without_the_recording() -> None:
    it = gathered()
    one = it.it.committee[-1]
    it.do(LeaveCall(COMMITTEE), at_seat(one))
    with refused("committee_not_whole", one):
        it.do(OpenLine(), CENTRE)
    assert offered(it, CENTRE) == ["CloseLine"]
    it.do(JoinCall(COMMITTEE), at_seat(one))
    record(it, one, RecordingState.DISK)
    with refused("recording_off", one):
        it.do(OpenLine(), CENTRE)
    assert "is not recorded" in seen(it, CENTRE)["notices"][0]["text"]["en"]
    record(it, one, RecordingState.LOW)
    it.do(OpenLine(), CENTRE)


def test_a_machine_that_never_told_of_its_recording_is_not_recorded() -> None:
    it = gathered()
    one = it.it.committee[0]
    it.do(JoinCall(COMMITTEE), replace(at_seat(one), device="seat-spare"))
    with refused("recording_off", one):
        it.do(OpenLine(), CENTRE)


def test_a_recording_that_runs_as_it_should_is_known_by_what_of_it_has_come() -> None:
    it = gathered()
    one = it.it.committee[0]
    it.do(JoinCall(COMMITTEE), replace(at_seat(one), device="seat-spare"))
    it.do(NoteRecording(one, "seat-spare", 1, "0" * 64, ()), SYSTEM)
    it.do(OpenLine(), CENTRE)
    it.do(TellRecording(one, "seat-spare", RecordingState.DISK, 0), SYSTEM)
    it.do(SettleLine(), SYSTEM)
    assert seen(it, CENTRE)["line"]["held"] == "recording"


def test_one_leaves_and_nobody_outside_hears_anybody_until_all_are_back() -> None:
    it = gathered(opened=True)
    one, two = it.it.committee[0], it.it.committee[1]
    assert not unsettled(it.it)
    with refused("nothing_new"):
        it.do(SettleLine(), SYSTEM)
    it.do(LeaveCall(COMMITTEE), at_seat(one))
    # at once, before the room has written it down
    assert linked(it.it, COMMITTEE, "agency") == []
    assert linked(it.it, COMMITTEE, two) == sorted(alias for alias in it.it.committee if alias not in (one, two))
    assert seen(it, WITNESS)["line"]["held"] == "missing"
    assert unsettled(it.it)
    assert it.do(SettleLine(), SYSTEM) == ["LineHeld"]
    assert one in seen(it, WITNESS)["notices"][0]["text"]["zh"]
    assert one not in str(seen(it, ASKED)["notices"])
    it.do(JoinCall(COMMITTEE), at_seat(one))
    assert linked(it.it, COMMITTEE, "agency") == []
    assert it.do(SettleLine(), SYSTEM) == ["LineResumed"]
    assert linked(it.it, COMMITTEE, "agency") == sorted(it.it.committee)
    record(it, two, RecordingState.BROKEN)
    assert it.do(SettleLine(), SYSTEM) == ["LineHeld"]
    assert linked(it.it, COMMITTEE, "agency") == []
    it.do(CloseLine("ended"), CENTRE)
    assert "期间暂停 2 次" in report(it.it, "1")[0].text
    assert check(it.log.entries) == (it.it, None)


def test_a_member_on_leave_holds_the_line() -> None:
    it = gathered(opened=True)
    it.do(AskLeave("washroom", ""), member(it.it.committee[0]))
    it.do(CloseCalls(), SYSTEM)
    assert it.do(SettleLine(), SYSTEM) == ["LineHeld"]


def test_where_members_work_alone_the_room_closes_the_line() -> None:
    it = gathered(opened=True)
    chair = it.it.chair or ""
    with refused("bad_value", "$.why"):
        it.do(CloseLine("closed"), SYSTEM)
    assert not line_over(it.it)
    for lot in it.it.lots:
        it.conclude(lot)
    assert linked(it.it, COMMITTEE, "agency") == sorted(it.it.committee)  # until the room closes everything, at once
    assert ("agency" in {party for _, party in over(it.it)}, line_over(it.it)) == (True, True)
    it.do(CloseLine("closed"), SYSTEM)
    it.do(CloseCalls(), SYSTEM)
    assert (it.it.memory(Calls).line, it.it.memory(Calls).inside) == (None, {})
    with refused("call_closed"):
        it.do(AskLine("agency", "问"), at_seat(chair))
    assert offered(it, member(chair)) == []
    assert check(it.log.entries) == (it.it, None)


def test_where_the_rule_set_names_nobody_there_is_no_line() -> None:
    it = gathered(asked=False)
    rules = it.it.ruleset
    none = replace(rules, procedure=replace(rules.procedure, agency_line=AgencyLine((), "本级规定不得询问")))
    it.state = replace(it.it, ruleset=none)
    with refused("line_not_allowed"):
        it.do(AskLine("agency", "问"), at_seat(it.it.chair or ""))
    assert offered(it, member(it.it.chair or "")) == []
    assert seen(it, CENTRE)["reason"] == "本级规定不得询问"


def test_a_line_that_was_never_opened_says_so_and_one_that_is_still_open_too() -> None:
    it = gathered()
    it.do(CloseLine("ended"), CENTRE)
    it.do(AskLine("agency", "又问"), at_seat(it.it.chair or ""))
    it.do(OpenLine(), CENTRE)
    never, still = report(it.it, "1")
    assert never.text.endswith("未开通。")
    assert "至记录时未结束" in still.text


@pytest.mark.parametrize("opened", [True, False])
def test_who_is_told_of_the_line(opened: bool) -> None:
    it = gathered(opened=opened)
    tenderee = Actor(Party.TENDEREE, post="tenderee-a")
    who = (CENTRE, WITNESS, member(it.it.committee[1]), ASKED, tenderee, KIOSK)
    levels = [*[Told.WHOLE] * 3, Told.HAPPENED, *[Told.NOTHING] * 2]
    assert [told(it.it, LineOpened(), one) for one in who] == levels
    assert [bool(seen(it, one)) for one in who[:5]] == [True, True, True, True, False]
