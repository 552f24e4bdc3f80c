"""Late, early, another day, another door: whom the door lets in, and what two people see before they decide."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from room_packages import PORTRAIT, package
from room_play import KNOWN, LIVE, STREAM, Play, ready
from room_world import PLAN, Machine, Refusal, Room, a_room

from devices.ambient import ScriptedClock

BEIJING = timezone(timedelta(hours=8))
CHIP = base64.b64encode(b"\xff\xd8\xff the photo of the chip").decode()


class Hall:
    """A drawn evaluation in a room whose time stands still until it is told to go on."""

    def __init__(self, room: Room, clock: ScriptedClock, play: Play) -> None:
        self.room, self.clock, self.play = room, clock, play

    def seated(self, number: int = 1) -> str:
        """A member with a seat, not yet at it; returns the ticket."""
        ticket: str = self.play.look_up(number)["ticket"]
        kiosk = self.play.kiosk
        kiosk.do("kiosk", "CheckIn", {"ticket": ticket, **KNOWN})
        kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": self.play.ask_again(ticket)["locker"]})
        kiosk.do("kiosk", "TakeSlot", {"ticket": ticket})
        return ticket

    def enter(self, ticket: str, **more: Any) -> None:
        self.play.kiosk.do("kiosk", "EnterRoom", {"ticket": ticket, **more})

    def refusal(self, ticket: str, **more: Any) -> str:
        with pytest.raises(Refusal) as refused:
            self.enter(ticket, **more)
        return refused.value.code

    def ask_staff(self, ticket: str, what: str) -> dict[str, str]:
        self.play.kiosk.do("kiosk", "RequestRelease", {"ticket": ticket, "what": what, "reason": "迟到"})
        release = self.play.witness.evaluation()["releases"][0]
        return {"what": what, "member": release["member"], "reason": "核对证件原件"}

    def approve(self, data: dict[str, str]) -> None:
        for console in (self.play.witness, self.play.centre):
            console.do(STREAM, "ApproveRelease", data)

    def openings(self) -> list[str]:
        rows = [json.loads(row.body) for row in self.room.store.entries(STREAM) if row.type == "DoorOpened"]
        return [row["data"]["means"] for row in rows]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock) as room:
        yield Hall(room, clock, play := ready(room, tmp_path))
        play.disconnect()


@pytest.fixture
def live_hall(tmp_path: Path) -> Iterator[Hall]:
    """A room that is no rehearsal: the evaluation is planned for nine."""
    clock = ScriptedClock(datetime(2026, 3, 2, 8, 30, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock, rehearsal=False) as room:
        play = Play(room)
        play.import_package(package(tmp_path, rehearsal=False))
        assert play.look_up(1)["state"] == "early"
        play.draw()
        yield Hall(room, clock, play)
        play.disconnect()


# --- in time


def test_who_comes_late_is_admitted_by_two_people_or_not_at_all(live_hall: Hall) -> None:
    play, clock = live_hall.play, live_hall.clock
    clock.advance(60 * 60)  # nine and half an hour: the last moment
    assert play.look_up(1)["state"] == "expected"
    clock.advance(1)
    found = play.look_up(1)
    assert (found["state"], found["next"]) == ("late", "face")
    with pytest.raises(Refusal) as refused:
        play.kiosk.do("kiosk", "CheckIn", {"ticket": found["ticket"], **KNOWN})
    assert refused.value.code == "late"
    live_hall.approve(live_hall.ask_staff(found["ticket"], "admission"))
    assert play.ask_again(found["ticket"])["next"] == "store_phone"


def test_who_is_inside_goes_out_on_another_day(live_hall: Hall) -> None:
    ticket = live_hall.seated()
    assert ticket
    live_hall.clock.advance(24 * 3600)
    for machine in live_hall.play.machines:
        machine.open()
    assert live_hall.play.look_up(1)["state"] == "inside"
    assert live_hall.play.look_up(2)["state"] == "late", "the evaluation goes on overnight"


# --- the door


def test_the_door_opens_in_the_visit_that_drew_the_seat(hall: Hall) -> None:
    early = hall.play.look_up(1)
    assert hall.refusal(early["ticket"]) == "face_needed"
    ticket = hall.seated()
    assert hall.play.ask_again(ticket)["door"] == "visit"
    hall.enter(ticket)
    hall.enter(ticket)  # the strike fell shut before the person got through
    assert hall.openings() == ["visit", "visit"]


def test_another_visit_needs_the_face_and_after_five_minutes_two_people(hall: Hall) -> None:
    hall.seated()
    again = hall.play.look_up(1)
    assert (again["next"], again["door"], again["image"] is not None) == ("go_to_seat", "face", True)
    assert hall.refusal(again["ticket"]) == "face_needed"
    doubtful = KNOWN | {"liveness": KNOWN["liveness"] | {"cues": ["replay"]}}  # type: ignore[operator]
    assert hall.refusal(again["ticket"], **doubtful) == "liveness_needed"
    hall.enter(again["ticket"], **KNOWN)
    assert hall.openings() == ["face"]

    hall.clock.advance(5 * 60)
    late = hall.play.look_up(1)
    assert (late["door"], late["image"]) == ("staff", None)
    assert hall.refusal(late["ticket"], **KNOWN) == "entry_over"
    data = hall.ask_staff(late["ticket"], "entry")
    assert hall.play.ask_again(late["ticket"])["next"] == "wait_release"
    hall.approve(data)
    assert (hall.play.ask_again(late["ticket"])["next"], hall.play.ask_again(late["ticket"])["door"]) == (
        "go_to_seat",
        "opened",
    )
    hall.clock.advance(61)
    assert hall.play.ask_again(late["ticket"])["door"] == "staff"
    assert hall.openings() == ["face", "two_person"]


def test_who_is_at_work_comes_in_again_only_from_a_leave(hall: Hall) -> None:
    seat = hall.play.arrive(1)
    found = hall.play.look_up(1)
    assert (found["door"], found["image"]) == ("inside", None)
    assert hall.refusal(found["ticket"], **KNOWN) == "inside_already"
    seat.do(STREAM, "AskLeave", {"kind": "washroom", "reason": ""})
    back = hall.play.look_up(1)
    assert back["door"] == "face"
    hall.enter(back["ticket"], **KNOWN)
    assert hall.openings() == ["face"]


def test_only_the_door_of_the_drawn_room_opens(tmp_path: Path) -> None:
    halls = ("东厅", "西厅")
    seats = [seat | {"room": halls[k % 2]} for k, seat in enumerate(PLAN["seats"])]  # type: ignore[arg-type,operator]
    doors = [{"kiosk": f"kiosk-{k}", "room": name} for k, name in enumerate(halls, 1)]
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock, seats=seats, doors=doors) as room:
        play = ready(room, tmp_path)
        other = Machine(room.url, "kiosk-2")
        other.enrol(room.code("kiosk"))
        other.open()
        hall, kiosks = Hall(room, clock, play), dict(zip(halls, (play.kiosk, other), strict=True))
        hall.seated()
        drawn = play.look_up(1)["seat"]["room"]
        for name, kiosk in kiosks.items():
            play.kiosk = kiosk
            found = play.look_up(1)
            if name == drawn:
                assert (found["door"], found["image"] is not None) == ("face", True)
                hall.enter(found["ticket"], **KNOWN)
            else:
                assert (found["door"], found["image"]) == ("other", None)
                assert hall.refusal(found["ticket"], **KNOWN) == "wrong_door"
        assert hall.openings() == ["face"]
        play.disconnect()


@pytest.mark.parametrize("doors", [[{"kiosk": "k", "room": "东厅"}], [{"kiosk": "k", "room": "x"}] * 2])
def test_a_plan_names_doors_of_its_rooms_each_once(tmp_path: Path, doors: Any) -> None:
    from app.evaluation.refusal import Refused
    from app.room import read_plan

    with pytest.raises(Refused) as refused:
        read_plan(PLAN | {"doors": doors})
    assert refused.value.where == "$.doors"


# --- what two people see


def show(hall: Hall, ticket: str, **more: Any) -> None:
    hall.play.kiosk.ask("POST", "/kiosk/doubt", {"ticket": ticket, "what": "admission", "live": LIVE, **more})


def pictures(machine: Machine, member: str) -> Any:
    return machine.ask("GET", f"/doubts/{STREAM.replace('/', '~')}/admission/{member}")


def code(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as refused:
        call(*arguments, **more)
    return refused.value.code


def test_the_two_see_the_face_beside_its_reference_and_each_look_is_an_entry(hall: Hall) -> None:
    ticket = hall.play.look_up(1)["ticket"]
    assert code(show, hall, ticket) == "nothing_requested"
    data = hall.ask_staff(ticket, "admission")
    member = data["member"]
    assert code(pictures, hall.play.witness, member) == "not_found", "nothing was sent: who declined is not shown"
    show(hall, ticket)
    seen = pictures(hall.play.witness, member)
    assert (seen["live"], seen["kind"]) == (LIVE, "portrait")
    assert base64.b64decode(seen["reference"]).startswith(PORTRAIT[:8])
    show(hall, ticket, chip=CHIP)
    assert pictures(hall.play.centre, member) == {"live": LIVE, "reference": CHIP, "kind": "chip"}
    rows = [json.loads(row.body) for row in hall.room.store.entries("room") if row.type == "NamesLooked"]
    looks = [(row["data"]["purpose"], row["actor"]["role"]) for row in rows[-4:]]
    assert looks == [("live", "witness"), ("portrait", "witness"), ("live", "centre"), ("chip", "centre")]
    for machine in (hall.play.agency, hall.play.kiosk, next(iter(hall.play.seats.values()))):
        assert code(pictures, machine, member) == "not_permitted"
    hall.approve(data)
    assert code(pictures, hall.play.witness, member) == "not_found", "decided: the pictures are gone"


def test_pictures_die_with_their_quarter_of_an_hour_and_never_reach_the_disk(hall: Hall, tmp_path: Path) -> None:
    ticket = hall.play.look_up(1)["ticket"]
    member = hall.ask_staff(ticket, "admission")["member"]
    show(hall, ticket, chip=CHIP)
    assert pictures(hall.play.witness, member)["kind"] == "chip"
    secrets = [LIVE.encode(), base64.b64decode(LIVE), CHIP.encode(), base64.b64decode(CHIP)]
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any(b"NamesLooked" in path.read_bytes() for path in kept)
    assert not [path for path in kept for secret in secrets if secret in path.read_bytes()]
    hall.clock.advance(900)
    assert code(pictures, hall.play.witness, member) == "not_found"


@pytest.mark.parametrize("live", ["", "%%%", base64.b64encode(b"no picture").decode(), LIVE * 10_000])
def test_only_pictures_of_a_decent_size_are_taken(hall: Hall, live: str) -> None:
    ticket = hall.play.look_up(1)["ticket"]
    hall.ask_staff(ticket, "admission")
    assert code(show, hall, ticket, live=live) == "bad_value"
    assert code(
        hall.play.centre.ask, "POST", "/kiosk/doubt", {"ticket": ticket, "what": "admission", "live": LIVE}
    ) == ("not_permitted")


def test_a_kiosk_asks_for_what_happens_at_its_door_only(hall: Hall) -> None:
    ticket = hall.play.look_up(1)["ticket"]
    asked = {"ticket": ticket, "what": "seat", "reason": "x"}
    assert code(hall.play.kiosk.do, "kiosk", "RequestRelease", asked) == "bad_value"
