"""A disk that fails: nothing is acknowledged, nothing changes, everything goes on once it works again."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, ready
from room_world import PLAN, Machine, Refusal, Room, a_room

from app.evaluation.actor import SYSTEM
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.journal import Ed25519Signer
from app.ports.store import StoreFault
from app.room.attempts import Attempts
from app.room.bugs import log_bug
from app.room.keys import load_keys
from app.room.plan import read_plan
from app.room.reactions import Reactions
from app.room.refusal import RoomRefusal
from app.room.server import RoomServer
from app.room.streams import Book, Page, read_book
from app.room.wall_clock import WallClock
from app.room.writer import Writer
from app.storage import open_store, sqlite_url
from devices.ambient import ScriptedClock, SystemClock, SystemRandomness


@contextmanager
def failing(room: Room, fault: StoreFault) -> Iterator[None]:
    """Every transaction of the room's store fails."""
    real = room.store.transaction

    def transaction() -> Any:
        raise fault

    room.store.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        room.store.transaction = real  # type: ignore[method-assign]


FULL = StoreFault("disk_full", "disk", "磁盘已满", "the disk is full")


def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path, expects_log: Any) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        before = play.centre.view()
        with expects_log("not written code=disk_full", reason="the staff must see it"), failing(room, FULL):
            with pytest.raises(Refusal) as refused:
                play.witness.do(STREAM, "AddRemark", {"text": "x"})
            assert (refused.value.status, refused.value.code) == (503, "disk_full")
            assert play.centre.ask("GET", "/health")["state"] == "disk_full"
            after = play.centre.view()
        assert {**after, "at": None} == {**before, "at": None}
        assert play.witness.do(STREAM, "AddRemark", {"text": "x"})["position"] == before["position"] + 1
        assert play.centre.ask("GET", "/health")["state"] == "ok"
        play.disconnect()


def test_what_the_room_does_by_itself_is_tried_again(
    tmp_path: Path, expects_log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    with a_room(tmp_path / "data", clock=clock) as room:
        play = ready(room, tmp_path)
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.chair.do(STREAM, "NoteFindings", {"lot": "1", "note": "无"})
        play.agency.do(STREAM, "CheckTables", {"lot": "1", "in_order": True, "remarks": ""})
        with monkeypatch.context() as patch, expects_log("report evaluation/ev1 1", reason="no report could be made"):
            kind = type(room.services.papers)
            patch.setattr(kind, "report", _raises(FULL))
            for seat in play.sitting:
                seat.do(STREAM, "ConfirmResult", {"lot": "1"})
            play.wait_stage("1", "reporting")
            play.centre.until(lambda v: room.services.reactions._failed)
            clock.advance(6)
            patch.setattr(kind, "report", _raises(KeyError("secret")))
            room.services.reactions.look()
            play.centre.until(lambda v: room.services.reactions._failed["report evaluation/ev1 1"] > 10)
        clock.advance(6)
        room._loop.call_soon_threadsafe(room.services.reactions.look)
        play.wait_stage("1", "reported")
        play.disconnect()


def _raises(error: Exception) -> Callable[..., Any]:
    def report(*args: Any) -> Any:
        raise error

    return report


def test_a_bug_is_answered_without_its_words_and_logged_by_place(
    room: Room, expects_log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Machine(room.url, "kiosk-1")
    kiosk.enrol(room.code("kiosk"))
    kiosk.open()

    def broken(*args: Any) -> Any:
        raise ValueError("赵一鸣 8.5")

    monkeypatch.setattr(room.services.kiosk.__class__, "look_up", broken)
    planted = expects_log("bug in lookup: ValueError at", reason="it is planted")
    with planted as caught, pytest.raises(Refusal) as refused:
        kiosk.ask("POST", "/kiosk/lookup", {"document": "1"})
    assert (refused.value.status, refused.value.code) == (500, "internal_error")
    said = " ".join(record.getMessage() for record in caught) + str(refused.value.error)
    assert "赵一鸣" not in said
    assert "8.5" not in said


def test_a_look_that_fails_does_not_end_all_looking(
    room: Room, expects_log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def broken(self: Reactions, book: Book, where: object) -> Any:
        seen.append(book.position)
        raise ValueError("x")

    with monkeypatch.context() as patch, expects_log("bug in looking for what is due", reason="it is planted"):
        patch.setattr(Reactions, "due", broken)
        Machine(room.url, "kiosk-1").enrol(room.code("kiosk"))
        Machine(room.url, "kiosk-2").enrol(room.code("kiosk"))
        Machine(room.url, "x").ask("GET", "/health")
    assert len(seen) >= 1
    assert room.services.reactions._task is not None
    assert not room.services.reactions._task.done()


# --- the writer by itself


def writing(folder: Path, *works: Callable[[Page], Any]) -> tuple[list[Any], list[str]]:
    """Give all works to a writer at once; returns the outcomes and what stands in the journal."""
    store = open_store(sqlite_url(folder / "w.sqlite"))

    async def run() -> list[Any]:
        writer = Writer(store, SystemClock(), Ed25519Signer(b"\x01" * 32), Book())
        opened = rc.OpenRoom(True, "r", "n", (), "ab" * 32)
        jobs = [asyncio.ensure_future(writer.run(lambda page: page.act_room(opened, SYSTEM)))]
        jobs += [asyncio.ensure_future(writer.run(work)) for work in works]
        await asyncio.sleep(0)
        writer.start()
        found = await asyncio.gather(*jobs, return_exceptions=True)
        await writer.stop()
        return found

    try:
        return asyncio.run(run()), [row.type for row in store.entries_after(0)]
    finally:
        store.close()


def look(page: Page) -> list[str]:
    return page.act_room(rc.LookAtNames("s", "m", "p"), SYSTEM)


def test_one_jobs_trouble_is_not_the_others(tmp_path: Path) -> None:
    def refusing(page: Page) -> None:
        look(page)
        raise RoomRefusal("not_found")

    found, kinds = writing(tmp_path, look, refusing, look)
    assert [type(outcome).__name__ for outcome in found] == ["list", "list", "RoomRefusal", "list"]
    assert kinds == ["RoomOpened", "NamesLooked", "NamesLooked"]


@pytest.mark.leaves("logs", reason="the conflict is logged as an error")
def test_a_conflict_in_one_job_does_not_undo_its_neighbours(tmp_path: Path) -> None:
    def conflicting(page: Page) -> None:
        look(page)
        page.also(lambda tx: tx.remember("id", "a", "d", "{}"))
        page.also(lambda tx: tx.remember("id", "a", "d", "{}"))

    found, kinds = writing(tmp_path, look, conflicting, look)
    assert [type(outcome).__name__ for outcome in found] == ["list", "list", "StoreFault", "list"]
    assert found[2].code == "command_repeated"
    assert kinds == ["RoomOpened", "NamesLooked", "NamesLooked"]


@pytest.mark.leaves("logs", reason="the bug is logged as an error")
def test_a_bug_in_the_writer_reaches_who_asked(tmp_path: Path) -> None:
    def broken(page: Page) -> None:
        page.also(lambda tx: 1 // 0)

    found, kinds = writing(tmp_path, broken)
    assert {type(outcome).__name__ for outcome in found} == {"ZeroDivisionError"}
    assert kinds == []


def test_a_damaged_journal_keeps_the_room_shut(tmp_path: Path) -> None:
    with a_room(tmp_path) as room:
        Machine(room.url, "kiosk-1").enrol(room.code("kiosk"))
        Machine(room.url, "kiosk-2").enrol(room.code("kiosk"))
    file = tmp_path / "kawei.sqlite"
    with sqlite3.connect(file) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        rows = database.execute("SELECT position, body FROM journal").fetchall()
    database.close()
    last, body = rows[-1]
    previous = rows[-2][1]
    for wrong in (body.replace("kiosk-2", "kiosk-9"), previous, "{", body.replace("DeviceEnrolled", "Nonsense")):
        change = sqlite3.connect(file)
        change.execute("UPDATE journal SET body = ? WHERE position = ?", (wrong, last))
        change.commit()
        change.close()
        store = open_store(sqlite_url(file))
        try:
            with pytest.raises(RoomRefusal) as refused:
                read_book(store)
        finally:
            store.close()
        assert (refused.value.code, refused.value.where) == ("journal_damaged", "room:3")
        assert refused.value.message("en") != refused.value.message("zh")


# --- small parts


def test_keys_are_private_and_whole(tmp_path: Path) -> None:
    keys = load_keys(tmp_path / "keys", SystemRandomness())
    assert oct((tmp_path / "keys").stat().st_mode)[-3:] == "700"
    files = sorted((tmp_path / "keys").iterdir())
    assert [oct(file.stat().st_mode)[-3:] for file in files] == ["600"] * 6
    assert load_keys(tmp_path / "keys", SystemRandomness()) == keys
    shown = repr(keys)
    assert all(file.read_text().strip() not in shown for file in files)
    if os.name != "nt":
        files[0].chmod(0o640)  # somebody may have seen it: not quietly made private again
        with pytest.raises(RoomRefusal) as open_to_others:
            load_keys(tmp_path / "keys", SystemRandomness())
        assert (open_to_others.value.code, open_to_others.value.where) == ("key_file_open", files[0].name)
        files[0].chmod(0o600)
    files[0].write_text("short")
    with pytest.raises(RoomRefusal) as refused:
        load_keys(tmp_path / "keys", SystemRandomness())
    assert refused.value.code == "bad_key_file"
    files[0].write_text("no hex")
    with pytest.raises(RoomRefusal):
        load_keys(tmp_path / "keys", SystemRandomness())


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"format": "kawei-room/9"}, "$.format"),
        ({"room": "a b"}, "$.room"),
        ({"room": ""}, "$.room"),
        ({"room": "a/b"}, "$.room"),
        ({"seats": []}, "$.seats"),
        ({"seats": [PLAN["seats"][0], PLAN["seats"][0]]}, "$.seats"),  # type: ignore[index]
        ({"seats": [{"id": "", "x": 0, "y": 0, "way": ""}]}, "$.seats"),
        ({"seats": [{"id": s, "x": 0, "y": 0, "way": ""} for s in "AB"]}, "$.seats"),
        ({"lockers": ["1", "1"]}, "$.lockers"),
        ({"lockers": [""]}, "$.lockers"),
        ({"entitled": [{"holder": "regulator", "key": "zz"}]}, "$.entitled[0].key"),
        ({"more": 1}, "$.more"),
        ({"utc_offset_min": 900}, "$.utc_offset_min"),
    ],
)
def test_plans_that_are_none(change: dict[str, Any], where: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(PLAN | change)
    assert refused.value.where == where
    many = read_plan(PLAN | {"seats": [{"id": "A", "x": 0, "y": 0, "way": "左", "room": "东"}]})
    assert many.seats[0].cell() == {"id": "A", "x": 0, "y": 0, "room": "东"}
    assert (many.way_to("A"), many.way_to("Z")) == ("左", "")


def test_the_rooms_time_is_beijings_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    with a_room(tmp_path, clock=clock) as room:
        assert room.store.entries("room")[0].at == "2026-03-03T07:30:00.000000+08:00"
    other = WallClock(clock, -150)
    assert other.now().isoformat() == "2026-03-02T21:00:00-02:30"
    assert other.now() == clock.now()


def test_attempts_are_forgotten_in_time() -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC))
    attempts = Attempts(clock, 2, 60.0)
    attempts.count("a")
    clock.advance(30)
    attempts.count("a")
    with pytest.raises(RoomRefusal):
        attempts.check("b", "a")
    clock.advance(31)
    attempts.check("a")
    clock.advance(60)
    assert attempts.may("a")
    assert attempts._times == {}


def test_a_bug_is_logged_by_its_last_places(expects_log: Any) -> None:
    import logging

    def deeper(depth: int) -> None:
        if depth:
            deeper(depth - 1)
        raise RuntimeError("a mark 8.5")

    with expects_log("bug in it: RuntimeError at", reason="it is the subject") as caught:
        try:
            deeper(9)
        except RuntimeError as bug:
            log_bug(logging.getLogger("app.room.x"), "it", bug)
    assert "8.5" not in caught[0].getMessage()
    assert caught[0].getMessage().count(".py:") == 6


def test_a_port_in_use_ends_cleanly(tmp_path: Path) -> None:
    with a_room(tmp_path / "one") as first:
        port = int(first.url.rsplit(":", 1)[1])

        class Second(Room):
            async def _run(self) -> None:
                real = RoomServer.start
                RoomServer.start = lambda s, host, _: real(s, host, port)  # type: ignore[method-assign]
                try:
                    await super()._run()
                finally:
                    RoomServer.start = real  # type: ignore[method-assign]

        with pytest.raises(OSError, match=r"(?i)address already in use"):
            Second(tmp_path / "two")
