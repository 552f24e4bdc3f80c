"""The kiosk: who is known by which document, what it says, tickets, and every look in the journal."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from room_packages import NAMES, PORTRAIT, document, package
from room_play import KNOWN, STREAM, Play, ready
from room_world import Machine, Refusal, Room, a_room

from devices.ambient import ScriptedClock

BEIJING = timezone(timedelta(hours=8))


def looks(room: Room) -> list[tuple[str, str]]:
    rows = [json.loads(row.body) for row in room.store.entries("room") if row.type == "NamesLooked"]
    return [(row["data"]["purpose"], row["actor"]["role"]) for row in rows]


def test_from_the_street_to_the_seat(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        assert play.look_up(1)["state"] == "unknown"
        assert looks(room) == []
        play.import_package(package(tmp_path))
        early = play.look_up(1)
        assert (early["state"], early["next"], early["seat"], early["locker"]) == ("expected", "ask_staff", None, None)
        with pytest.raises(Refusal) as undrawn:
            play.kiosk.do("kiosk", "CheckIn", {"ticket": early["ticket"], **KNOWN})
        assert undrawn.value.code == "not_drawn_yet"
        play.draw()
        found = play.look_up(1)
        parts = {"ticket", "state", "stage", "greeting", "image", "template", "seat", "locker", "door", "next"}
        assert set(found) == parts
        assert (found["greeting"], found["next"]) == (NAMES[0][0] + "**", "face")
        assert found["image"] is not None
        assert PORTRAIT not in json.dumps(found).encode()
        assert looks(room)[-2:] == [("greeting", "kiosk"), ("portrait", "kiosk")]
        ticket, count = found["ticket"], len(looks(room))
        assert play.ask_again(ticket) == found | {"image": None}
        assert len(looks(room)) == count
        text = json.dumps(found, ensure_ascii=False)
        for secret in (NAMES[0], document(1), "甲设备", "教学设备", STREAM, "秘密单位"):
            assert secret not in text
        play.kiosk.do("kiosk", "CheckIn", {"ticket": ticket, **KNOWN})
        inside = play.ask_again(ticket)
        assert (inside["state"], inside["next"], inside["locker"]) == ("inside", "store_phone", "01")
        with pytest.raises(Refusal) as locker:
            play.kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": "99"})
        assert locker.value.code == "locker_in_use"
        play.kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": "01"})
        assert play.ask_again(ticket)["next"] == "take_slot"
        play.kiosk.do("kiosk", "TakeSlot", {"ticket": ticket})
        seated = play.ask_again(ticket)
        assert (seated["next"], seated["locker"]) == ("go_to_seat", "01")
        assert set(seated["seat"]) == {"id", "way", "code", "room"}
        assert seated["seat"]["way"].startswith("第")
        second = play.look_up(2)
        play.kiosk.do("kiosk", "CheckIn", {"ticket": second["ticket"], **KNOWN})
        assert play.ask_again(second["ticket"])["locker"] == "02"
        with pytest.raises(Refusal) as used:
            play.kiosk.do("kiosk", "StorePhone", {"ticket": second["ticket"], "locker": "01"})
        assert used.value.code == "locker_in_use"
        again = play.look_up(1)
        assert (again["state"], again["door"], again["next"]) == ("inside", "face", "go_to_seat")
        play.disconnect()


def test_documents_are_read_as_people_type_them(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        play.import_package(package(tmp_path))
        number = document(1)
        for typed in (f" {number} ", number.lower(), "".join(chr(ord(c) + 0xFEE0) for c in number)):
            assert play.kiosk.ask("POST", "/kiosk/lookup", {"document": typed})["state"] == "expected"
        assert play.kiosk.ask("POST", "/kiosk/lookup", {"document": number[:-1]})["state"] == "unknown"
        play.disconnect()


def test_a_ticket_is_one_kiosks_and_lives_ten_minutes(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock) as room:
        play = ready(room, tmp_path)
        other = Machine(room.url, "kiosk-2")
        other.enrol(room.code("kiosk"))
        other.open()
        found = play.look_up(1)
        for machine, wait in ((other, 0), (play.kiosk, 601)):
            clock.advance(wait)
            with pytest.raises(Refusal) as refused:
                machine.ask("POST", "/kiosk/lookup", {"ticket": found["ticket"]})
            assert (refused.value.status, refused.value.code) == (409, "no_ticket")
        with pytest.raises(Refusal) as late:
            play.kiosk.do("kiosk", "CheckIn", {"ticket": found["ticket"], **KNOWN})
        assert late.value.code == "no_ticket"
        play.disconnect()


@pytest.mark.parametrize("body", [{}, {"document": "1", "ticket": "2"}, {"name": "x"}, {"document": 1}])
def test_a_lookup_is_by_one_thing(marking: Play, body: Any) -> None:
    with pytest.raises(Refusal) as refused:
        marking.kiosk.ask("POST", "/kiosk/lookup", body)
    assert refused.value.status == 400


def test_only_a_kiosk_looks_up(marking: Play) -> None:
    for machine in (marking.centre, marking.sitting[0]):
        with pytest.raises(Refusal) as refused:
            machine.ask("POST", "/kiosk/lookup", {"document": document(1)})
        assert (refused.value.status, refused.value.code) == (403, "not_permitted")


@pytest.mark.parametrize(("day", "state"), [(1, "not_today"), (2, "early"), (3, "not_today")])
def test_a_live_room_expects_people_on_their_day(tmp_path: Path, day: int, state: str) -> None:
    clock = ScriptedClock(datetime(2026, 3, day, 8, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock, rehearsal=False) as room:
        play = Play(room)
        play.import_package(package(tmp_path, rehearsal=False))
        found = play.look_up(1)
        assert found["state"] == state
        assert (found["ticket"] is None) == (state == "not_today")
        assert "REHEARSAL" not in room.store.checkpoints(STREAM)[-1].note
        play.disconnect()


def test_a_recused_member_goes_out_and_two_evaluations_do_not_mix(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        second = play.import_package(package(tmp_path / "second", "GC", delegates=0))
        assert second == "evaluation/ev2"
        seat = play.arrive(1)
        mine = seat.mine()
        seat.do(STREAM, "Recuse", {"bidder": mine["bidders"][0], "reason": "亲属"})
        found = play.look_up(1)
        assert (found["state"], found["next"]) == ("recused", "go_to_seat")
        seat.do(STREAM, "WipeSeat", {"seat": seat.seat})
        assert play.ask_again(found["ticket"])["next"] == "take_phone"
        play.kiosk.do("kiosk", "ReturnPhone", {"ticket": found["ticket"], "locker": found["locker"]})
        assert play.ask_again(found["ticket"])["next"] == "leave"
        play.kiosk.do("kiosk", "LeaveRoom", {"ticket": found["ticket"]})
        left = play.ask_again(found["ticket"])
        assert (left["state"], left["next"], left["seat"], left["locker"]) == ("left", "ask_staff", None, None)
        # the same person is expected in the second evaluation now
        again = play.look_up(1)
        assert (again["state"], again["next"]) == ("expected", "ask_staff")
        # a seat is nobody towards an evaluation that is not its own
        other = play.arrive(2)
        with pytest.raises(Refusal) as refused:
            other.do(second, "CallHelp", {"text": "x"})
        assert refused.value.status == 404
        assert len(other.view()["evaluations"]) == 1
        play.disconnect()


def test_two_people_open_a_seat_whose_camera_sees_nothing(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        found = play.look_up(1)
        ticket = found["ticket"]
        play.kiosk.do("kiosk", "CheckIn", {"ticket": ticket, **KNOWN})
        play.kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": "01"})
        play.kiosk.do("kiosk", "TakeSlot", {"ticket": ticket})
        seat = play.seats[play.ask_again(ticket)["seat"]["id"]]
        mine = seat.mine()
        data = {"what": "seat", "member": mine["member"], "reason": "摄像头故障"}
        seat.do(STREAM, "RequestRelease", data)
        assert seat.mine()["release_waiting"]
        play.witness.do(STREAM, "ApproveRelease", data)
        play.centre.do(STREAM, "ApproveRelease", data)
        assert seat.mine()["stage"] == "seated"
        with pytest.raises(Refusal) as over:
            seat.ask("GET", "/seat/reference")
        assert over.value.status == 404
        play.disconnect()
