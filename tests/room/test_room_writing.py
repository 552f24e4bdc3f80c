"""A disk that is slow or fails: nothing is answered before it is safe, and the consoles hear it until it is over."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from room_world import Machine, Refusal, Room, Stream, a_room
from websocket import WebSocketTimeoutException

from app.ports.store import StoreFault
from app.room.writing import SLOW_S, TRIED_S
from devices.ambient import ScriptedClock

FULL = StoreFault("disk_full", "disk", "磁盘已满", "the disk is full")


class Disk:
    """The disk under a room: it can be stopped, and filled."""

    def __init__(self, room: Room) -> None:
        self._real = room.store.transaction
        self._runs = threading.Event()
        self._runs.set()
        self.busy = threading.Event()
        self.fault: StoreFault | None = None
        room.store.transaction = self._transaction  # type: ignore[method-assign]

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with self._real() as made:
            yield made
            self.busy.set()
            assert self._runs.wait(20)
            if self.fault is not None:
                raise self.fault

    def stop(self) -> None:
        self._runs.clear()
        self.busy.clear()

    def go_on(self) -> None:
        self._runs.set()


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def room(tmp_path: Path, clock: ScriptedClock) -> Iterator[Room]:
    with a_room(tmp_path / "data", clock=clock) as made:
        yield made


def machine(room: Room, kind: str) -> Machine:
    made = Machine(room.url, f"{kind}-9")
    made.enrol(room.code(kind))
    made.open()
    return made


def listening(room: Room, one: Machine) -> Stream:
    """Its live stream, once the room has written that it is there."""
    made = one.stream()
    one.until(lambda _: room.services.writer.book.room.devices[one.device].connected)
    return made


def over(clock: ScriptedClock, *told: Stream) -> None:
    """Time passes until all have heard that it is over; what is just being written while it leaps seems slow."""
    clock.advance(TRIED_S)
    for stream in told:
        while stream.writing() != "ok":
            clock.advance(TRIED_S)


def state(one: Machine) -> str:
    return str(one.ask("GET", "/health")["state"])


def test_a_slow_disk_makes_answers_late_and_is_said(room: Room, clock: ScriptedClock) -> None:
    console, disk = machine(room, "console"), Disk(room)
    told = listening(room, console)
    before = room.store.last_position()
    with ThreadPoolExecutor(1) as other:
        disk.stop()
        waiting = other.submit(machine, room, "kiosk")
        assert disk.busy.wait(20)
        assert state(console) == "ok"
        clock.advance(SLOW_S + 1)
        assert told.writing() == "disk_slow"
        assert state(console) == "disk_slow"
        assert not waiting.done()  # not before it is safe
        disk.go_on()
        waiting.result(20)
    assert room.store.last_position() > before
    over(clock, told)  # nobody else need write for that
    assert state(console) == "ok"
    told.close()


def test_a_full_disk_is_said_until_there_is_room(room: Room, clock: ScriptedClock, expects_log: Any) -> None:
    console, kiosk, disk = machine(room, "console"), machine(room, "kiosk"), Disk(room)
    told = listening(room, console)
    before, disk.fault = room.store.last_position(), FULL
    with expects_log("not written code=disk_full", reason="the staff must see it"):
        with pytest.raises(Refusal) as refused:
            kiosk.open()
        assert (refused.value.status, refused.value.code) == (503, "disk_full")
        assert told.writing() == "disk_full"
        late = console.stream()  # whoever comes now hears it, too
        assert late.writing() == "disk_full"
        assert state(console) == "disk_full"
        assert kiosk.view()["position"] == before  # who only looks is served
        came = kiosk.stream()
        kiosk.until(lambda _: kiosk.device in room.services.presence._owed)
    disk.fault = None
    over(clock, told, late)
    assert state(console) == "ok"
    kiosk.until(lambda _: room.services.writer.book.room.devices[kiosk.device].connected)  # written when it can be
    for stream in (told, late, came):
        stream.close()


def test_only_consoles_hear_of_the_disk(room: Room, clock: ScriptedClock, expects_log: Any) -> None:
    console, kiosk, disk = machine(room, "console"), machine(room, "kiosk"), Disk(room)
    told, silent = listening(room, console), listening(room, kiosk)
    disk.fault = FULL
    with expects_log("not written code=disk_full", reason="the staff must see it"), pytest.raises(Refusal):
        kiosk.open()
    assert told.writing() == "disk_full"
    disk.fault = None
    over(clock, told)
    silent.socket.settimeout(0.5)
    heard = []
    with suppress(WebSocketTimeoutException):
        while True:
            heard.append(silent.next())
    assert not any("writing" in message for message in heard)
    told.close()
    silent.close()


def test_a_room_on_a_full_disk_still_ends_cleanly(tmp_path: Path, expects_log: Any) -> None:
    with expects_log("not written code=disk_full", reason="it is planted"), a_room(tmp_path / "data") as room:
        machine(room, "console")  # an entry that no checkpoint covers
        Disk(room).fault = FULL
    with a_room(tmp_path / "data") as room:
        assert room.services.writer.book.room.devices["console-9"].kind.value == "console"
