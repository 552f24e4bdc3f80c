"""The door of the room: for whom it opens by face and how long, when two people open it; and who comes too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from evaluation_factory import AGENCY, ALIVE, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.events import Liveness, MemberCheckedIn
from app.evaluation.evolve import evolve
from app.evaluation.matters.entry import ENTRY, DoorOpened, EnterRoom, Entries
from app.evaluation.matters.leave.records import AskLeave
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.rules.model import Party

FACE = EnterRoom("p1", "0.7", "sface-1", ALIVE)


def drawn(play: Play, ref: str = "p1") -> str:
    """A member takes a seat and has not gone in yet; returns the alias."""
    play.do(c.CheckIn(ref, "0.7", "x", ALIVE), KIOSK)
    play.do(c.StorePhone(ref, "01"), KIOSK)
    slot, seat, alias = play.place(0)
    play.do(c.TakeSlot(ref, slot, seat, alias), KIOSK)
    return alias


def sound(play: Play) -> None:
    """The journal replays to the same state."""
    assert check(play.log.entries) == (play.it, None)


def lived_by(play: Play, **changes: object) -> None:
    """The rule set says otherwise."""
    state = play.it
    rules = replace(state.ruleset, procedure=replace(state.ruleset.procedure, **changes))  # type: ignore[arg-type]
    play.state = replace(state, ruleset=rules)


# --- the hour, and the living face


@pytest.mark.parametrize(
    "shown",
    [
        None,
        replace(ALIVE, reason="flat"),
        replace(ALIVE, reason="timeout"),
        replace(ALIVE, cues=("replay",)),
        replace(ALIVE, challenges=()),
    ],
)
def test_a_face_that_leaves_a_doubt_admits_nobody(shown: Liveness | None) -> None:
    play = at("drawn")
    with refused("liveness_needed", "$.liveness"):
        play.do(c.CheckIn("p1", "0.7", "x", shown), KIOSK)


def test_what_a_living_face_showed_is_in_the_journal_as_text() -> None:
    play = at("drawn")
    play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    assert play.log.entries[-1].data["liveness"] == {
        "reason": "passed",
        "challenges": ["left", "mouth"],
        "figures": {"left.ratio": "0.2210"},
        "cues": [],
    }
    sound(play)


def test_entries_of_before_say_nothing_of_it() -> None:
    assert "liveness" not in MemberCheckedIn("p1", "two_person", None, None).data()


def live(minutes: float, *, later: float = 0) -> Play:
    """A live evaluation whose slots are drawn; so many minutes after its planned hour."""
    play = Play(rehearsal=False)
    play.open_room()
    play.import_package(5, delegates=1)
    play.draw_slots()
    planned = play.it.tender.planned_at
    play.now = play.now.fromisoformat(planned) + timedelta(minutes=minutes, seconds=later)
    return play


def test_who_comes_later_than_the_rules_allow_needs_two_people() -> None:
    limit = at("drawn").it.ruleset.late_after_min
    play = live(limit, later=-7)  # the clock of the play goes seven seconds a command
    assert play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK) == ["MemberCheckedIn"]
    with refused("late", "p2"):
        play.do(c.CheckIn("p2", "0.7", "x", ALIVE), KIOSK)
    play.do(c.RequestRelease("admission", "p2", "迟到"), KIOSK)
    play.do(c.ApproveRelease("admission", "p2", "路上事故，准予进入"), CENTRE)
    assert play.do(c.ApproveRelease("admission", "p2", "同意"), WITNESS)[-1] == "MemberCheckedIn"
    sound(play)


def test_a_rehearsal_is_held_at_any_hour() -> None:
    play = at("drawn")
    play.now += timedelta(days=1)
    assert play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK) == ["MemberCheckedIn"]


def test_who_is_called_in_after_the_committee_stood_is_not_late() -> None:
    play = live(10_000)
    play.state = replace(play.it, committee=("M1",))
    assert play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK) == ["MemberCheckedIn"]


# --- the door


def test_right_after_the_key_the_door_opens_without_another_look() -> None:
    play = at("drawn")
    drawn(play)
    assert play.do(EnterRoom("p1"), KIOSK) == ["DoorOpened"]
    assert play.log.entries[-1].data == {"member": "p1", "means": "visit", "score": None, "engine": None}
    assert play.do(FACE, KIOSK) == ["DoorOpened"], "it fell shut before the person was through"
    assert play.it.memory(Entries).last["p1"][1] == "face"
    sound(play)


def test_only_the_kiosk_opens_and_only_for_who_has_a_seat() -> None:
    play = at("drawn")
    with refused("wrong_member_stage"):
        play.do(FACE, KIOSK)
    alias = drawn(play)
    for other in (CENTRE, WITNESS, AGENCY, member(alias)):
        with refused("not_permitted"):
            play.do(FACE, other)
    with refused("unknown_member"):
        play.do(EnterRoom("p9"), KIOSK)


def test_after_five_minutes_two_people_open_it() -> None:
    play = at("drawn")
    drawn(play)
    play.now += timedelta(minutes=5)
    for asked in (EnterRoom("p1"), FACE):
        with refused("entry_over", "p1"):
            play.do(asked, KIOSK)
    play.do(c.RequestRelease("entry", "p1", "刷脸开门时限已过"), KIOSK)
    play.do(c.ApproveRelease("entry", "p1", "核对证件"), WITNESS)
    assert play.do(c.ApproveRelease("entry", "p1", "核对证件"), CENTRE) == ["ReleaseApproved", "DoorOpened"]
    assert (play.it.releases, play.it.memory(Entries).last["p1"][1]) == ({}, "two_person")
    lines = ENTRY.report(play.it, "1")
    assert [line.head for line in lines] == ["入场"]
    assert play.it.members["p1"].alias in lines[0].text
    sound(play)


def test_at_work_nobody_comes_in_twice_but_from_a_leave() -> None:
    play = at("drawn")
    alias = drawn(play)
    play.do(c.OpenSeat("0.7", "x"), member(alias))
    with refused("inside_already"):
        play.do(FACE, KIOSK)
    play.do(AskLeave("washroom", ""), member(alias))
    with refused("face_needed", "$.score"):
        play.do(EnterRoom("p1"), KIOSK)
    with refused("face_needed", "$.score"):
        play.do(EnterRoom("p1", "0.7", None, ALIVE), KIOSK)
    with refused("liveness_needed"):
        play.do(replace(FACE, liveness=None), KIOSK)
    assert play.do(FACE, KIOSK) == ["DoorOpened"]
    assert ENTRY.report(play.it, "1") == [], "nothing to tell of a door that did its work"
    sound(play)


def test_a_rule_set_may_know_no_way_back_by_face() -> None:
    play = at("drawn")
    alias = drawn(play)
    play.do(c.OpenSeat("0.7", "x"), member(alias))
    play.do(AskLeave("washroom", ""), member(alias))
    lived_by(play, reentry=("meal",))
    with refused("entry_by_staff"):
        play.do(FACE, KIOSK)
    play.do(c.RequestRelease("entry", "p1", "离席返回"), KIOSK)


def test_two_people_open_it_for_nobody_without_a_seat() -> None:
    play = at("drawn")
    with refused("wrong_member_stage"):
        play.do(c.RequestRelease("entry", "p1", "x"), KIOSK)


def test_who_hears_of_a_door() -> None:
    play = at("drawn")
    drawn(play)
    event = DoorOpened("p1", "visit", None, None)
    wholly = (CENTRE, WITNESS, Actor(Party.REGULATOR, post="r"))
    assert {told(play.it, event, one) for one in wholly} == {Told.WHOLE}
    assert told(play.it, event, KIOSK) is Told.HAPPENED
    assert told(play.it, event, member("M99")) is Told.NOTHING
    assert evolve(play.it, event, KIOSK, play.tick(), play.it.stream).memory(Entries).lines == ()
