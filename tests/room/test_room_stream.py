"""The live stream: missed messages first, then live ones, each told as far as its role may know."""

import json
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play
from room_world import Machine, Refusal, Room, a_room

from app.room import feed


def ends(machine: Machine, after: int, until: int, *, silent: bool = False) -> list[Any]:
    stream = machine.stream(after)
    found = stream.up_to(until, silent=silent)
    stream.close()
    return found


def test_resuming_gives_exactly_what_was_missed(marking: Play) -> None:
    witness = marking.witness
    for k in range(5):
        witness.do(STREAM, "AddRemark", {"text": f"第{k}条"})
    last = marking.room.store.last_position()
    everything = ends(witness, 0, last)
    positions = [message["position"] for message in everything]
    assert positions == sorted(set(positions))
    assert positions[-1] == last
    for cut in (0, 1, positions[len(positions) // 2], positions[-2], last):
        later = [message for message in ends(witness, cut, last, silent=cut == last) if message["position"] <= last]
        assert later == [message for message in everything if message["position"] > cut]


def test_what_is_not_in_memory_any_more_comes_from_the_store(marking: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    last = marking.room.store.last_position()
    kept = ends(marking.witness, 0, last)
    lines = marking.room.services.feed._lines
    monkeypatch.setattr(feed, "CHUNK", 7)
    remembered = list(lines)
    try:
        for _ in range(len(lines) - 2):
            lines.popleft()
        again = ends(marking.witness, 0, last)
    finally:
        lines.clear()
        lines.extend(remembered)
    assert [m for m in again if m["position"] <= last] == [m for m in kept if m["position"] <= last]


def test_live_messages_come_after_the_write(marking: Play) -> None:
    stream = marking.witness.stream(marking.room.store.last_position())
    done = marking.witness.do(STREAM, "AddRemark", {"text": "现场正常"})
    found = stream.until("RemarkAdded")[-1]
    assert found["position"] == done["position"]
    assert found["data"] == {"text": "现场正常"}
    assert found["actor"]["post"] == "witness-a"
    stream.close()


def told(messages: list[Any], kind: str) -> list[Any]:
    return [message for message in messages if message["type"] == kind]


def test_each_role_is_told_its_part(marking: Play) -> None:
    last = marking.room.store.last_position()
    centre, kiosk = ends(marking.centre, 0, last), ends(marking.kiosk, 0, last)
    agency, seat = ends(marking.agency, 0, last), ends(marking.sitting[0], 0, last)
    assert told(centre, "SlotTaken")[0]["data"]["alias"].startswith("M")
    assert {m["data"] is None for m in told(kiosk, "SlotTaken")} == {True}
    assert told(kiosk, "SlotTaken")[0]["actor"] == {"role": "kiosk"}
    assert told(agency, "SlotTaken") == []
    assert len(told(seat, "SlotTaken")) == 1
    assert told(kiosk, "DrawCalled")[0]["data"]["purpose"] == "slots"
    assert told(seat, "DrawCalled") == []
    assert told(kiosk, "EvaluationOpened") == told(seat, "EvaluationOpened") == []
    assert told(centre, "NamesLooked")
    assert told(kiosk, "NamesLooked") == told(agency, "NamesLooked") == []
    assert told(seat, "SheetsOpened")[0]["data"]["kind"] == "review"
    assert told(agency, "SheetsOpened")[0]["data"] is None
    assert told(agency, "SheetSealed") == []
    assert told(centre, "SheetSealed")[0]["data"] is None
    spare = next(s for s in marking.seats.values() if s not in marking.sitting)
    assert ends(spare, 0, last, silent=True) == []


def test_a_console_where_nobody_is_logged_in_hears_nothing(marking: Play) -> None:
    console = Machine(marking.room.url, "console-9")
    console.enrol(marking.room.code("console"))
    console.open()
    assert ends(console, 0, 10**9, silent=True) == []
    assert json.dumps(console.view()["evaluations"]) == "[]"


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "9" * 16, "１"])
def test_a_position_is_a_number(marking: Play, after: str) -> None:
    with pytest.raises(Refusal) as refused:
        marking.witness.ask("GET", f"/stream?after={after}")
    assert (refused.value.status, refused.value.code) == (400, "bad_request")


def test_presence_is_noted_once_for_several_streams(room: Room) -> None:
    room.add_users("witness-a")
    console = Machine(room.url, "console-1")
    console.enrol(room.code("console"))
    console.open().login("witness-a")
    seat = Machine(room.url, "seat-a01")
    seat.enrol(room.code("seat", "A01"))
    seat.open()

    def state(view: Any) -> str:
        return str(next(s["device_state"] for s in view["room"]["seats"] if s["id"] == "A01"))

    assert state(console.view()) == "absent"
    first = seat.stream()
    console.until(lambda v: state(v) == "connected")
    second = seat.stream()
    first.close()
    second.close()
    console.until(lambda v: state(v) == "lost")
    kinds = [row.type for row in room.store.entries("room")]
    assert (kinds.count("DeviceConnected"), kinds.count("DeviceDisconnected")) == (1, 1)


def test_everyone_is_said_goodbye_to(tmp_path: Path) -> None:
    with a_room(tmp_path) as room:
        machine = Machine(room.url, "kiosk-1")
        machine.enrol(room.code("kiosk"))
        stream = machine.open().stream()
        machine.until(lambda v: v["position"] >= 3)
    while (message := stream.next()) is not None and "bye" not in message:
        pass
    assert message == {"bye": "closing"}
    stream.close()
