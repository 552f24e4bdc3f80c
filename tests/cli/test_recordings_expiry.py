"""`kawei recordings expire`: told first, never before the term or while held, deleted by two people, named for ever."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from evaluation_factory import ROOM_SEED, STREAM, Play, no_report, play

from app.cli import main
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.recording.records import NoteRecording
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.model import DeviceKind
from app.journal import entry_bytes
from app.ports.store import Store, User
from app.recordings.expiry import NAME, BadRecord, read_record
from app.recordings.manifest import Manifest, lines_in
from app.recordings.sealed_file import SealedFile
from app.recordings.taking_up import time_of
from app.room.actors import Caller
from app.room.bodies import ExpiringAsked
from app.room.expiry import Expiry
from app.room.keeping import Keeping
from app.room.logins import Logins
from app.room.recordings import RecordingStore
from app.room.refusal import RoomRefusal
from app.room.streams import read_book
from app.room.wall_clock import WallClock
from app.room.writer import Writer
from app.rules.model import Party
from app.storage import open_store, sqlite_url
from devices.ambient import SystemRandomness

START = 1_772_400_000_000
KEY = bytes(range(1, 33))
CHEAP = PasswordHasher(time_cost=1, memory_cost=64)
PASSWORDS = {"centre-a": "the centre's", "centre-b": "another one's", "witness-a": "the witness's"}


@dataclass(frozen=True)
class Resting:
    """A room that is not running, with one evaluation, ended on 2 March 2026, and one recording of three segments."""

    data: Path
    play: Play
    alias: str


class SteadyClock:
    """Always the same moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def monotonic(self) -> float:
        return 0.0


def record(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(3):
        start = START + number * 20_000
        file = SealedFile(folder / f"{number + 1:06d}.kwr", [KEY], os.urandom)
        file.append(b"seen and heard", start, start + 20_000)
        file.close(start + 20_000)
        times = time_of(start), time_of(start + 20_000)
        Manifest(folder).add(file.path.name, file.bytes, file.sha256, *times, ())


def folder_in(data: Path, alias: str) -> Path:
    return data / "recordings" / STREAM.replace("/", "~") / alias / "seat-1"


@pytest.fixture(scope="module")
def resting(tmp_path_factory: pytest.TempPathFactory) -> Resting:
    data = tmp_path_factory.mktemp("room")
    made: list[str] = []

    def report(it: Play, lot: str) -> tuple[bytes, int]:
        alias = it.it.committee[0]
        made.append(alias)
        record(folder_in(data, alias))
        lines = lines_in(folder_in(data, alias))
        it.do(NoteRecording(alias, "seat-1", len(lines), lines[-1].hash, ()), SYSTEM)
        return no_report(it, lot)

    played = play(report=report)
    (data / "keys").mkdir()
    (data / "keys" / "sign.key").write_text(ROOM_SEED.hex())
    (data / "keys" / "sign.key").chmod(0o600)
    store = open_store(sqlite_url(data / "kawei.sqlite"))
    with store.transaction() as tx:
        for log in (played.room_log, played.log):
            for entry in log.entries:
                tx.append(entry.stream, entry.seq, entry.type, entry.at, entry.hash, entry_bytes(entry).decode())
        for name, password in PASSWORDS.items():
            tx.put_user(User(name, name.partition("-")[0], CHEAP.hash(password), datetime(2026, 3, 1, tzinfo=UTC)))
    store.close()
    return Resting(data, played, made[0])


class Room:
    """A copy of it, and the machine's day."""

    def __init__(self, resting: Resting, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.copytree(resting.data, data)
        self.data, self.patch, self.play, self.alias = data, monkeypatch, resting.play, resting.alias
        self.folder = folder_in(data, self.alias)
        self.day(2041, 3, 3)

    def day(self, *date: int) -> None:
        class Clock:
            def now(self) -> datetime:
                return datetime(*date, 12, tzinfo=UTC)  # type: ignore[misc]

            def monotonic(self) -> float:
                return 0.0

        self.patch.setattr("devices.ambient.SystemClock", Clock)

    def run(self, *words: str, passwords: tuple[str, ...] = ()) -> int:
        self.patch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in passwords)))
        return main(["recordings", words[0], "--data", str(self.data), "--lang", "en", *words[1:]])

    def apply(self, first: str, second: str) -> int:
        passwords = tuple(PASSWORDS.get(name, "wrong") for name in (first, second))
        return self.run("expire", "--apply", "--by", first, "--second", second, passwords=passwords)

    def segments(self) -> int:
        return len(list(self.folder.glob("*.kwr")))


@pytest.fixture
def room(resting: Resting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(resting, tmp_path / "room", monkeypatch)


def test_a_recording_is_kept_to_its_term_while_held_and_then_deleted_by_two_and_named(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.day(2041, 3, 2)  # the last day on which it is kept
    assert room.run("expire") == 0
    assert "kept until 2041-03-02" in capsys.readouterr().out
    assert room.apply("centre-a", "witness-a") == 0
    assert (room.segments(), capsys.readouterr().out) == (3, "")
    room.day(2041, 3, 3)
    assert room.run("expire") == 0
    told = capsys.readouterr().out
    assert "its term ended 2041-03-02" in told
    assert "政府采购法第四十二条" in told
    assert room.segments() == 3  # told, not done
    hold = ("hold", STREAM, "--reason", "收到投诉", "--by", "centre-a")
    assert room.run(*hold, passwords=(PASSWORDS["centre-a"],)) == 0
    assert room.run("expire") == 0
    assert "an objection or a complaint is open" in capsys.readouterr().out
    assert room.apply("centre-a", "witness-a") == 0
    assert room.segments() == 3
    free = ("free", STREAM, "--reason", "已了结", "--by", "witness-a")
    assert room.run(*free, passwords=(PASSWORDS["witness-a"],)) == 0
    for first, second in (("centre-a", "centre-b"), ("centre-a", "centre-a"), ("centre-a", "nobody")):
        assert room.apply(first, second) == 2
        assert room.segments() == 3
    assert room.run("expire", "--apply", "--by", "centre-a", passwords=("the centre's",)) == 2
    capsys.readouterr()
    assert room.apply("centre-a", "witness-a") == 0
    assert capsys.readouterr().out == f"{STREAM}/{room.alias}/seat-1  deleted\n"
    assert room.segments() == 0
    lines = tuple(lines_in(room.folder))
    found = read_record(room.folder, lines, room.play.signer.public_key)
    assert found is not None
    assert (found.segments, found.first, found.second, found.until) == (3, "centre-a", "witness-a", "2041-03-02")
    assert main(["recordings", "verify", str(room.data / "recordings"), "--lang", "en"]) == 0
    assert "3 segments expired by rule 2041-03-02" in capsys.readouterr().out
    assert room.run("expire") == 0
    assert capsys.readouterr().out == ""


def test_whoever_is_cut_off_behind_the_entry_goes_on_and_makes_no_second_one(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as broken:
        broken.setattr("app.room.expiry.write_record", die)
        assert room.apply("centre-a", "witness-a") == 2
    assert room.segments() == 3
    assert not (room.folder / NAME).exists()
    assert room.apply("witness-a", "centre-a") == 0
    assert room.segments() == 0
    store = open_store(sqlite_url(room.data / "kawei.sqlite"))
    assert sum(row.type == "RecordingExpired" for row in store.entries("room")) == 1
    store.close()
    found = read_record(room.folder, tuple(lines_in(room.folder)))
    assert found is not None
    assert found.first == "centre-a"  # who decided, not who cleared up


def test_a_record_that_was_made_up_or_changed_is_none(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    assert room.apply("centre-a", "witness-a") == 0
    path, lines = room.folder / NAME, tuple(lines_in(room.folder))
    content = path.read_text("utf-8")
    with pytest.raises(BadRecord):
        read_record(room.folder, lines, bytes(32))
    with pytest.raises(BadRecord):
        read_record(room.folder, lines[:-1])
    for changed in (content.replace("2041-03-02", "2031-03-02"), content.replace("kawei/expired/1", "x"), "[]", "{}"):
        path.write_text(changed, "utf-8")
        with pytest.raises(BadRecord):
            read_record(room.folder, lines)
    capsys.readouterr()
    assert main(["recordings", "verify", str(room.data / "recordings")]) == 1
    assert "bad_record" in capsys.readouterr().out
    path.unlink()
    assert main(["recordings", "verify", str(room.data / "recordings")]) == 1
    assert "missing_file" in capsys.readouterr().out


def test_a_running_room_and_a_foreign_key_are_refused(room: Room, tmp_path: Path) -> None:
    store = open_store(sqlite_url(room.data / "kawei.sqlite"))
    assert room.run("expire") == 2
    store.close()
    (room.data / "keys" / "sign.key").write_text(bytes(range(32)).hex())
    assert room.run("expire") == 2
    (tmp_path / "empty").mkdir()
    room.data = tmp_path / "empty"
    assert room.run("expire") == 2
    assert not (room.data / "kawei.sqlite").exists()


def test_a_rooms_own_recording_is_not_opened_beside_its_journal(room: Room, capfd: Any, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "x.mkv"), "--reason", "x", "--keys", str(room.data / "keys"))
    assert main(["recordings", "open", str(room.folder), *out]) == 2
    assert '"room_there"' in capfd.readouterr().err
    assert not (tmp_path / "x.mkv").exists()


def test_a_running_room_deletes_for_a_console_with_a_second_person(room: Room) -> None:
    store = open_store(sqlite_url(room.data / "kawei.sqlite"))
    try:
        asyncio.run(_at_a_console(room, store))
    finally:
        store.close()
    assert room.segments() == 0
    found = read_record(room.folder, tuple(lines_in(room.folder)), room.play.signer.public_key)
    assert found is not None
    assert (found.first, found.second) == ("centre-a", "witness-a")


async def _at_a_console(room: Room, store: Store) -> None:
    from app.room.keys import load_keys

    clock = WallClock(SteadyClock(datetime(2041, 3, 3, 12, tzinfo=UTC)), 480)
    writer = Writer(store, clock, load_keys(room.data / "keys", SystemRandomness()).signer, read_book(store))
    recordings = RecordingStore(writer, room.data / "recordings", KEY, 8)
    expiry = Expiry(writer, store, room.play.signer, room.data / "recordings", 100)
    keeping = Keeping(writer, expiry, recordings, Logins(writer, store, clock, CHEAP), clock)
    desk, key = Caller("desk-9", DeviceKind.CONSOLE, None), (STREAM, room.alias, "seat-1")

    def ask(second: str, password: str, alias: str = room.alias) -> Coroutine[Any, Any, None]:
        return keeping.expire(desk, ExpiringAsked(STREAM, alias, "seat-1", second, password))

    async def refused(code: str, asked: Coroutine[Any, Any, Any]) -> None:
        with pytest.raises((Refused, RoomRefusal), match=code):
            await asked
        assert room.segments() == 3

    writer.start()
    try:
        await refused("no_post", keeping.listed(desk))
        await writer.run(lambda page: page.act_room(rc.TakePost("centre-a", "centre", "desk-9"), SYSTEM))
        (listed,) = (await keeping.listed(desk)).recordings
        assert (listed.segments, listed.until, listed.obstacle, listed.held) == (3, "2041-03-02", "", None)
        await refused("wrong_password", ask("witness-a", "guessed"))
        await refused("second_person", ask("centre-b", PASSWORDS["centre-b"]))
        await refused("not_found", ask("witness-a", PASSWORDS["witness-a"], "M99"))
        hold = rc.HoldRecordings(STREAM, "收到投诉")
        await writer.run(lambda page: page.act_room(hold, Actor(Party.WITNESS, post="witness-a")))
        (listed,) = (await keeping.listed(desk)).recordings
        assert (listed.obstacle, listed.held) == ("recordings_held", "witness")
        await refused("recordings_held", ask("witness-a", PASSWORDS["witness-a"]))
        free = rc.FreeRecordings(STREAM, "已了结")
        await writer.run(lambda page: page.act_room(free, Actor(Party.CENTRE, post="centre-a")))
        await ask("witness-a", PASSWORDS["witness-a"])
        assert (await keeping.listed(desk)).recordings == ()
        (told,) = (await recordings.listed(desk, STREAM)).recordings
        assert [one.held for one in told.segments] == [False] * 3
        with pytest.raises(RoomRefusal, match="recording_expired"):
            await recordings.look(desk, key, 1)
    finally:
        await writer.stop()
