"""Watching in a room: engines of a seat and of a console hear each other only while the journal says it is watched."""

import json
from pathlib import Path
from typing import Any

from room_play import STREAM, Play, ready
from room_world import Machine, a_room
from test_room_signals import heard, refusal, send

from app.evaluation.actor import SYSTEM
from app.evaluation.matters.watching import CALL

SEATS = {"large": "", "cameras": []}


def watching_of(machine: Machine) -> Any:
    return machine.view()["evaluations"][0]["matters"]["watching"]


def test_a_console_that_does_not_watch_hears_nothing_of_a_seat(marking: Play) -> None:
    one, two = marking.sitting[:2]
    alias, other = one.mine()["alias"], two.mine()["alias"]
    eye = f"witness/{marking.witness.device}"
    no = (409, "not_in_call")
    assert refusal(one, CALL, eye, kind="offer", sdp="v=0") == no
    assert refusal(marking.witness, CALL, alias, kind="hello") == no
    marking.witness.do(STREAM, "WatchSeats", {"aliases": [alias], **SEATS})
    seat, console = (machine.stream(marking.room.store.last_position()) for machine in (one, marking.witness))
    assert watching_of(one)["by"] == ["witness"]
    send(one, CALL, eye, kind="offer", sdp="v=0")
    assert heard(console) == {
        "stream": STREAM,
        "call": CALL,
        "from": alias,
        "message": {"kind": "offer", "sdp": "v=0"},
    }
    send(marking.witness, CALL, alias, kind="answer", sdp="v=1")
    assert heard(seat)["from"] == eye
    # nobody else: not the neighbour, not a console that watches nothing, not another seat, not between two seats
    assert refusal(two, CALL, eye, kind="offer", sdp="v=0") == no
    assert refusal(marking.witness, CALL, other, kind="hello") == no
    assert refusal(marking.centre, CALL, alias, kind="hello") == no
    assert refusal(marking.agency, CALL, alias, kind="hello") == no
    assert refusal(one, CALL, other, kind="offer") == no
    assert refusal(one, CALL, f"centre/{marking.centre.device}", kind="offer") == no
    assert refusal(one, "committee", eye, kind="offer") == no
    # with the one who asked for it gone, nobody watches
    marking.witness.ask("POST", "/logout", {})
    assert refusal(marking.witness, CALL, alias, kind="hello")[1] != "not_found"
    one.until(lambda view: view["evaluations"][0]["matters"]["watching"]["by"] == [], "the room ends it")
    marking.witness.login("witness-a")
    assert refusal(marking.witness, CALL, alias, kind="hello") == no
    marking.witness.do(STREAM, "WatchSeats", {"aliases": [alias], **SEATS})
    send(marking.witness, CALL, alias, kind="hello")
    marking.witness.do(STREAM, "StopWatching", {})
    assert watching_of(one)["by"] == []
    assert refusal(one, CALL, eye, kind="offer", sdp="v=0") == no
    assert refusal(marking.witness, CALL, alias, kind="hello") == no
    seat.close()
    console.close()


def test_the_room_ends_what_the_centre_may_not_watch_while_all_work_alone(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        alias = play.sitting[0].mine()["alias"]
        play.centre.do(STREAM, "WatchSeats", {"aliases": [alias], **SEATS})
        assert watching_of(play.sitting[0])["by"] == ["centre"]
        play.choose_chair()
        play.centre.until(
            lambda view: view["evaluations"][0]["matters"]["watching"]["watchers"] == [], "the room ends it"
        )
        assert refusal(play.centre, CALL, alias, kind="hello") == (409, "not_in_call")
        closed = [json.loads(row.body) for row in play.room.store.entries(STREAM) if row.type == "WatchingClosed"]
        assert [entry["actor"]["role"] for entry in closed] == [SYSTEM.role.value]
        play.disconnect()
