"""Whoever takes the server's whole disk away, keys and all, cannot read a mark before all have ended.

The thief has every file that lies there while the room runs: database, write-ahead log, a backup, what was logged, the
folder of keys. He tries every key that he finds, as it lies there and as the room derives others from it, on every
sealed sheet. Of a key that was planted he makes good use, which shows that he would not overlook one.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from disk_thief import entries, in_clear, read, stolen
from leak_walk import Log
from room_play import Play, ready
from room_world import Room, a_room

MARK = "7.77"


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


@pytest.mark.slow
def test_the_whole_disk_tells_no_mark_before_all_have_ended(tmp_path: Path, log: Log) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = marking(room, tmp_path)
        disk = stolen(room, log, tmp_path / "stolen")
        assert len(entries(disk)) == 3
        assert (disk / "kawei.sqlite-wal").stat().st_size > 0
        assert (read(disk), in_clear(disk, MARK)) == ([], [])

        # The same thief finds what was planted: a key of the room's memory in a dump, a sheet's own, the mark itself.
        sealing = room.services.memory.sealing
        (disk / "core").write_bytes(b"\0" * 7 + b"".join(sealing.values()).hex().encode())
        assert len(read(disk)) == 3
        (disk / "core").write_text(base64.b64encode(play.sitting[0].keys[_own_sheet(disk, play)]).decode())
        assert len(read(disk)) == 1
        (disk / "room.log").write_text(f"sheet of M1: {MARK}")
        assert in_clear(disk, MARK) == ["room.log"]
        play.disconnect()

    # The room's memory is gone: what was sealed for it stays shut, though all have ended, until the seats come back.
    with a_room(data) as room:
        play.move_to(room)
        for seat in play.sitting[3:]:
            seat.seal("1", "marks", 1, play.marks_sheet(seat, "1"))
        assert play.lot("1")["stage"] == "marking"
        disk = stolen(room, log, tmp_path / "again")
        assert (len(entries(disk)), read(disk), in_clear(disk, MARK)) == (5, [], [])
        for seat in play.sitting[:3]:
            seat.give_keys_again()
        play.wait_stage("1", "opened")
        assert "kawei.sqlite" in " ".join(in_clear(stolen(room, log, tmp_path / "opened"), MARK))
        play.disconnect()


def _own_sheet(disk: Path, play: Play) -> str:
    """The commitment of the first seat's sheet of marks."""
    made = {entry["sealed"]["commitment"] for entry in entries(disk)}
    return next(one for one in play.sitting[0].keys if one in made)
