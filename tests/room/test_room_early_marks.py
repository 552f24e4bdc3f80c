"""Whoever takes the server's whole disk away, keys and all, cannot read a mark before all have ended.

The thief has every file that lies there while the room runs: database, write-ahead log, a backup, what was logged, the
folder of keys. He tries every key that he finds, as it lies there and as the room derives others from it, on every
sealed sheet. Of a key that was planted he makes good use, which shows that he would not overlook one.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "stories"))

from leak_search import Content, Search, numbers
from leak_walk import Log
from room_play import Play, ready
from room_world import Room, a_room

from app.journal import SealedFor, SealedSheet, SealingFault, open_sealed, open_with
from app.room.memory import sheet_key_purpose

MARK = "7.77"
_HEX, _BASE64 = re.compile(rb"(?i)[0-9a-f]{64,}"), re.compile(rb"[A-Za-z0-9+/_-]{43,}=?")


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that the room says, at any level."""
    heard, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    yield heard
    root.removeHandler(heard)
    root.setLevel(level)


def marking(room: Room, folder: Path) -> Play:
    """Members mark alone; three of five have ended."""
    play = ready(room, folder)
    play.gather()
    play.choose_chair()
    play.review("1")
    for seat in play.sitting[:3]:
        seat.seal("1", "marks", 1, play.marks_sheet(seat, "1", lambda alias, bid, factor: MARK))
    return play


def stolen(room: Room, log: Log, to: Path) -> Path:
    """A copy of all that lies on the disk, with a backup of the database and the log beside it."""
    shutil.copytree(room.folder, to)
    source, backup = _database(to), sqlite3.connect(to / "backup.sqlite")
    source.backup(backup)
    source.close()
    backup.close()
    (to / "room.log").write_text("\n".join(log.lines))
    return to


def keys_in(folder: Path) -> set[bytes]:
    """All that could be a key of 32 bytes, and what the room makes of its own."""
    found: set[bytes] = set()
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for run in _HEX.findall(raw):
            found |= {bytes.fromhex(run[i : i + 64].decode()) for i in range(0, len(run) - 63, 64)}
        for run in _BASE64.findall(raw):
            found.add(base64.urlsafe_b64decode(run[:43].translate(bytes.maketrans(b"+/", b"-_")) + b"="))
        if len(raw) == 32:
            found.add(raw)
    known = [bytes.fromhex(path.read_text()) for path in (folder / "keys").glob("*.key")]
    derived = {hmac.digest(key, purpose, "sha256") for key in known for purpose in (b"kawei/offers/1", b"", b"kawei")}
    return found | derived | set(known)


def entries(folder: Path) -> list[dict[str, Any]]:
    """The sealed sheets as the journal has them."""
    database = _database(folder)
    try:
        rows = database.execute("SELECT body FROM journal WHERE type = 'SheetSealed'").fetchall()
    finally:
        database.close()
    return [data for data in (json.loads(row[0])["data"] for row in rows) if data["kind"] == "marks"]


def _database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / 'kawei.sqlite'}?mode=ro", uri=True)


def read(folder: Path) -> list[Any]:
    """The sheets that the thief opens."""
    keys, opened = keys_in(folder), []
    for entry in entries(folder):
        sheet, boxed = SealedSheet.from_json(entry["sealed"]), SealedFor.from_json(entry["key"])
        for key in keys:
            tries = [key]
            with suppress(SealingFault):
                tries.append(open_with(key, boxed, sheet_key_purpose(entry["sealed"]["commitment"])))
            for one in tries:
                with suppress(SealingFault):
                    opened.append(open_sealed(one, sheet).sheet)
    return opened


def in_clear(folder: Path) -> list[str]:
    """Files in which the mark stands for anyone to see."""
    search = Search(numbers("mark", MARK))
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in paths if search.met(Content(path.name, path.read_bytes()))]


@pytest.mark.slow
def test_the_whole_disk_tells_no_mark_before_all_have_ended(tmp_path: Path, log: Log) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = marking(room, tmp_path)
        disk = stolen(room, log, tmp_path / "stolen")
        assert len(entries(disk)) == 3
        assert (disk / "kawei.sqlite-wal").stat().st_size > 0
        assert (read(disk), in_clear(disk)) == ([], [])

        # The same thief finds what was planted: a key of the room's memory in a dump, a sheet's own, the mark itself.
        sealing = room.services.memory.sealing
        (disk / "core").write_bytes(b"\0" * 7 + b"".join(sealing.values()).hex().encode())
        assert len(read(disk)) == 3
        (disk / "core").write_text(base64.b64encode(play.sitting[0].keys[_own_sheet(disk, play)]).decode())
        assert len(read(disk)) == 1
        (disk / "room.log").write_text(f"sheet of M1: {MARK}")
        assert in_clear(disk) == ["room.log"]
        play.disconnect()

    # The room's memory is gone: what was sealed for it stays shut, though all have ended, until the seats come back.
    with a_room(data) as room:
        play.move_to(room)
        for seat in play.sitting[3:]:
            seat.seal("1", "marks", 1, play.marks_sheet(seat, "1"))
        assert play.lot("1")["stage"] == "marking"
        disk = stolen(room, log, tmp_path / "again")
        assert (len(entries(disk)), read(disk), in_clear(disk)) == (5, [], [])
        for seat in play.sitting[:3]:
            seat.give_keys_again()
        play.wait_stage("1", "opened")
        assert "kawei.sqlite" in " ".join(in_clear(stolen(room, log, tmp_path / "opened")))
        play.disconnect()


def _own_sheet(disk: Path, play: Play) -> str:
    """The commitment of the first seat's sheet of marks."""
    made = {entry["sealed"]["commitment"] for entry in entries(disk)}
    return next(one for one in play.sitting[0].keys if one in made)
