"""The live stream: no gap, no double, back by itself whatever ended it, and an end within moments."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.link import RoomClient
from app.link.live import LiveStream, StreamNews
from app.link.timing import Pace, Timing
from tests.link.link_ground import QUICK, identity, until
from tests.link.link_room import FakeRoom, Refusal


class Ear:
    def __init__(self, url: str, timing: Timing = QUICK) -> None:
        self.entries: list[dict[str, Any]] = []
        self.lines: list[bool] = []
        self.byes: list[str] = []
        self.signals: list[dict[str, Any]] = []
        self.writing: list[str] = []
        self.client = RoomClient(identity(url), timing=timing)
        self.live = LiveStream(
            self.client,
            StreamNews(
                self.entries.append, self.lines.append, self.byes.append, self.signals.append, self.writing.append
            ),
            timing,
        )

    @property
    def positions(self) -> list[int]:
        return [entry["position"] for entry in tuple(self.entries)]

    def end(self) -> None:
        self.live.stop()
        self.client.close()
        assert self.live.worker.join(2)


@pytest.fixture
def ear(room: FakeRoom) -> Iterator[Ear]:
    made = Ear(room.url)
    yield made
    made.end()


def test_missed_entries_come_first_and_none_twice(room: FakeRoom, ear: Ear) -> None:
    room.happen("A", "B", "C")
    ear.live.start(after=1)
    until(lambda: ear.positions == [2, 3])
    until(lambda: room.streaming)
    room.happen("D")
    until(lambda: ear.positions == [2, 3, 4])
    room.say(json.dumps(room.entries[1]))
    room.happen("E")
    until(lambda: ear.positions == [2, 3, 4, 5])
    assert ear.live.position == 5
    assert ear.lines == [True]


def test_it_resumes_over_every_way_a_line_can_end(room: FakeRoom, ear: Ear) -> None:
    ear.live.start(after=0)
    for end in ("close", "kill", "closing", "junk", "keyless", "close"):
        until(lambda: room.streaming)
        room.happen("A")
        until(lambda: len(ear.entries) == len(room.entries))
        if end == "kill":
            room.kill()
            until(lambda: ear.lines[-1] is False)
            room.start()
        elif end == "close":
            room.drop_streams()
        elif end == "closing":
            room.drop_streams(bye="closing")
        else:
            room.say("{half" if end == "junk" else '{"no": "position"}')
            until(lambda: ear.lines[-1] is False)
        room.happen("B")
        until(lambda: len(ear.entries) == len(room.entries))
    assert ear.positions == list(range(1, 13))
    assert room.starts == sorted(room.starts)
    until(lambda: room.streaming)
    until(lambda: ear.lines[-1])
    assert ear.byes == []
    assert room.tried["session"] == 1  # a session outlives them all


def test_a_signal_of_a_call_is_no_entry(room: FakeRoom, ear: Ear) -> None:
    ear.live.start(after=0)
    until(lambda: room.streaming)
    room.say('{"signal": {"stream": "evaluation/e", "call": "committee", "from": "A", "message": {"kind": "bye"}}}')
    room.happen("SeatOpened")
    until(lambda: ear.entries)
    assert ear.signals == [{"stream": "evaluation/e", "call": "committee", "from": "A", "message": {"kind": "bye"}}]
    assert ear.positions == [1]


def test_a_session_that_ended_is_told_and_opened_anew(room: FakeRoom, ear: Ear) -> None:
    ear.live.start(after=0)
    until(lambda: room.streaming)
    room.drop_streams(bye="session_ended")
    until(lambda: room.tried["session"] == 2 and room.streaming)
    assert ear.byes == ["session_ended"]


def test_a_token_that_the_room_lost_is_opened_anew(room: FakeRoom, ear: Ear) -> None:
    room.refusals.append(Refusal("stream", 401, "no_session"))
    room.refusals.append(Refusal("stream", 503, "disk_full"))
    ear.live.start(after=0)
    until(lambda: room.streaming)
    assert room.tried["session"] == 2
    assert ear.lines[0] is False


def test_beginning_again_reads_everything_once_more(room: FakeRoom, ear: Ear) -> None:
    room.happen("A", "B")
    ear.live.start(after=0)
    until(lambda: ear.positions == [1, 2])
    ear.live.begin_again()
    until(lambda: ear.positions == [1, 2, 1, 2])
    assert room.starts == [0, 0]
    assert False not in ear.lines  # a wish of its own is no loss of the line


def test_beginning_again_while_the_room_is_away(room: FakeRoom, ear: Ear) -> None:
    room.happen("A")
    ear.live.start(after=0)
    until(lambda: ear.positions == [1])
    room.kill()
    until(lambda: ear.lines[-1] is False)
    ear.live.begin_again()
    assert ear.live.position == 0
    room.start()
    until(lambda: ear.positions == [1, 1])


def test_a_silent_line_is_dead(room: FakeRoom) -> None:
    ear = Ear(room.url, replace(QUICK, silence_s=0.1))
    ear.live.start(after=0)
    until(lambda: len(room.starts) >= 2)
    assert False in ear.lines
    ear.end()


def test_pings_are_answered_and_keep_it_alive(room: FakeRoom) -> None:
    ear = Ear(room.url, replace(QUICK, silence_s=0.5))
    ear.live.start(after=0)
    until(lambda: room.streaming)
    for _ in range(8):
        room.ping()
        threading.Event().wait(0.1)
    assert room.starts == [0]
    room.happen("A")
    until(lambda: ear.entries)
    ear.end()


@pytest.mark.parametrize("where", ["connected", "handshake", "session", "away", "waiting"])
def test_it_ends_within_moments_wherever_it_is(room: FakeRoom, where: str) -> None:
    ear = Ear(room.url, Timing())
    if where == "handshake":
        room.hanging.add("stream")
    elif where == "session":
        room.hanging.add("session")
    elif where == "away":
        room.kill()
    ear.live.start(after=0)
    wanted = {"connected": lambda: room.streaming, "away": lambda: ear.lines == [False]}
    wanted["handshake"] = wanted["waiting"] = lambda: room.tried["stream"]
    wanted["session"] = lambda: room.tried["session"]
    until(wanted[where])
    if where == "waiting":
        room.kill()
        until(lambda: ear.lines[-1:] == [False])
    begun = time.monotonic()
    ear.end()
    assert time.monotonic() - begun < 1
    # An end that was wished for is no loss of the line.
    assert ear.lines.count(False) == (1 if where in ("away", "waiting") else 0)


def test_a_port_that_is_no_room_is_tried_again() -> None:
    """It answers the session and breaks off the stream: each time with a pause."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ear = Ear(f"http://127.0.0.1:{server.getsockname()[1]}", replace(QUICK, answer_s=0.3))
        calls: list[bytes] = []

        def serve() -> None:
            for _ in range(3):
                peer, _ = server.accept()
                calls.append(peer.recv(4096))
                peer.sendall(b"\x00\x01 no http \r\n\r\n")
                peer.close()

        serving = threading.Thread(target=serve)
        serving.start()
        ear.live.start(after=0)
        serving.join(10)
        until(lambda: ear.lines)
        ear.end()
    assert len(calls) == 3
    assert set(ear.lines) == {False}


def test_pauses_double_to_the_longest_with_jitter() -> None:
    timing = Timing(first_pause_s=1.0, longest_pause_s=8.0)
    assert [round(Pace(timing, lambda: 0.5).next(), 3) for _ in range(2)] == [1.0, 1.0]
    steady = Pace(timing, lambda: 0.5)
    assert [steady.next() for _ in range(6)] == [1, 2, 4, 8, 8, 8]
    steady.reset()
    assert steady.next() == 1
    pauses = [Pace(timing).next() for _ in range(200)]
    assert 0.5 <= min(pauses) < max(pauses) <= 1.5


def test_from_now_on_is_behind_the_view(room: FakeRoom, ear: Ear) -> None:
    room.happen("A", "B")
    room.refusals.append(Refusal("view", 503, "disk_full"))
    ear.live.start()
    until(lambda: room.streaming)
    room.happen("C")
    until(lambda: ear.positions == [3])
    assert ear.lines == [False, True]
