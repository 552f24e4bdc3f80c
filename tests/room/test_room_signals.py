"""What engines say to each other: between machines in the same open call, and between no others."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play, ready
from room_world import Machine, Refusal, a_room

from app.evaluation.actor import SYSTEM
from app.evaluation.matters.call import Calls
from app.ports.ambient import Clock
from app.room.signals import KEPT_S, MOST_WAITING, Signals

SIGNALS = "/signals/" + STREAM.replace("/", "~")


def send(machine: Machine, call: str, to: str, **message: str) -> None:
    machine.ask("POST", SIGNALS, {"call": call, "to": to, "message": message})


def refusal(machine: Machine, call: str, to: str, **message: str) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        send(machine, call, to, **message)
    return refused.value.status, refused.value.code


def heard(stream: Any) -> Any:
    """The next signal on a machine's stream; entries in between are left out."""
    while True:
        message = stream.next()
        if "signal" in message:
            return message["signal"]


def test_signals_stay_within_an_open_call(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        try:
            _talk(play)
            _close_by_marking_alone(play)
        finally:
            play.disconnect()


def _talk(play: Play) -> None:
    one, other, third = play.sitting[:3]
    aliases = [seat.mine()["alias"] for seat in (one, other, third)]
    for seat in (one, other):
        seat.do(STREAM, "JoinCall", {"call": "committee"})
    stream = other.stream(play.room.store.last_position())
    send(one, "committee", aliases[1], kind="offer", sdp="v=0")
    assert heard(stream) == {
        "stream": STREAM,
        "call": "committee",
        "from": aliases[0],
        "message": {"kind": "offer", "sdp": "v=0"},
    }
    assert refusal(third, "committee", aliases[0], kind="hello") == (409, "not_in_call")
    assert refusal(one, "committee", aliases[2], kind="hello") == (409, "not_in_call")
    assert refusal(one, f"help/{aliases[0]}", "centre", kind="hello") == (409, "not_in_call")
    assert refusal(play.agency, "committee", aliases[0], kind="hello") == (409, "not_in_call")
    assert refusal(one, "committee", aliases[1], kind="x" * 70_000) == (413, "too_large")
    with pytest.raises(Refusal) as refused:
        one.ask("POST", "/signals/evaluation~other", {"call": "committee", "to": "x", "message": {}})
    assert refused.value.status == 404
    send(one, "committee", aliases[1], kind="unwritten")
    assert heard(stream)["message"] == {"kind": "unwritten"}
    stream.close()
    kept = b"".join(path.read_bytes() for path in (play.room.folder).rglob("kawei.sqlite*"))
    assert b"unwritten" not in kept


def _close_by_marking_alone(play: Play) -> None:
    one, other = play.sitting[:2]
    alias = other.mine()["alias"]
    play.choose_chair()

    def out(view: Any) -> bool:
        call = view["evaluations"][0]["matters"]["call"]["committee"]
        return not call["open"] and not call["inside"]

    one.until(out, "the room closes the call")
    assert refusal(one, "committee", alias, kind="hello") == (409, "not_in_call")
    closed = [json.loads(row.body) for row in play.room.store.entries(STREAM) if row.type == "CallsClosed"]
    assert [entry["actor"]["role"] for entry in closed] == [SYSTEM.role.value]


class Later:
    """The room's clock, a little more than a signal's life later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic() + KEPT_S + 1


def test_what_nobody_fetches_is_dropped(marking: Play) -> None:
    services = marking.room.services
    alias = marking.sitting[0].mine()["alias"]
    seat, call = marking.sitting[0], f"help/{alias}"
    seat.do(STREAM, "JoinCall", {"call": call})
    marking.centre.do(STREAM, "JoinCall", {"call": call})
    console = services.writer.book.evaluations[STREAM].memory(Calls).inside[call]["centre"]
    before = services.signals.newest
    for k in range(MOST_WAITING + 10):
        send(seat, call, "centre", n=str(k))
    waiting = services.signals.after(console, before)
    assert [said["message"]["n"] for _, said in waiting] == [str(k) for k in range(10, MOST_WAITING + 10)]
    assert services.signals.after(console, waiting[-2][0]) == waiting[-1:]
    assert services.signals.after("nobody", 0) == []
    late = Signals(Later(services.clock), lambda: None)
    late._waiting = services.signals._waiting
    assert late.after(console, before) == []
