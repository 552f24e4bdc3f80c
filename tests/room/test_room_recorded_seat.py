"""A seat recorded by the real engine, over the real link, into the room: also when engine or seat are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room_play import STREAM, Play, ready
from room_world import a_room

from app.ports.call import RecordingState
from app.recordings.manifest import Gap, Line, lines_in
from tests.devices.recording_ground import play
from tests.room.recorded_seat import Program

PLACE = STREAM.replace("/", "~")
FFPROBE = shutil.which("ffprobe")
GROWN = 12_000


@dataclass
class Seated:
    """A seat whose member sits, its own folder and the room's."""

    it: Play
    alias: str
    machine: Any
    state: Path
    there: Path

    @property
    def folder(self) -> Path:
        return self.state / "recordings" / PLACE / self.alias

    def program(self) -> Program:
        return Program(self.machine.url, self.machine.device, self.machine.seat, self.state)

    def noted(self) -> int:
        kept = self.it.centre.evaluation()["matters"].get("recording", {}).get("kept", [])
        return next((int(one["seq"]) for one in kept if one["party"] == self.alias), 0)

    def grown(self, number: int) -> bool:
        return _size(self.folder / f"{number:06d}.kwr") > GROWN

    def open_all(self, count: int) -> Iterator[bytes]:
        self.it.centre.do(STREAM, "AskRecording", {"party": self.alias, "reason": "核对中断"})
        self.it.witness.do(STREAM, "OpenRecording", {"party": self.alias, "reason": "同意"})
        for seq in range(1, count + 1):
            yield self.it.witness.ask("GET", f"/recordings/{PLACE}/{self.alias}/{self.machine.device}/{seq}")


@pytest.fixture
def seated(tmp_path: Path) -> Iterator[Seated]:
    with a_room(tmp_path / "room") as room:
        it = ready(room, tmp_path)
        it.gather()
        machine = it.sitting[0]
        it.streams.pop(machine.device).close()
        alias = machine.mine()["alias"]
        yield Seated(it, alias, machine, tmp_path / "seat", room.folder / "recordings" / PLACE / alias / machine.device)


def test_a_seat_is_recorded_into_the_room_though_its_engine_is_killed(seated: Seated, qtbot: QtBot) -> None:
    program = seated.program()
    try:
        qtbot.waitUntil(lambda: program.recording.state is RecordingState.RUNNING, timeout=20_000)
        qtbot.waitUntil(lambda: seated.grown(1), timeout=20_000)
        pid = program.engines[0].engine_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: seated.grown(2), timeout=20_000)
        qtbot.waitUntil(lambda: seated.noted() == 1, timeout=20_000)  # the cut segment, at once
        program.leave()
        _in_the_room(seated, qtbot)
    finally:
        program.end()
    _held_together(seated)


def test_a_killed_seat_goes_on_where_it_was_and_the_hole_is_named(seated: Seated, qtbot: QtBot) -> None:
    run = [sys.executable, "-m", "tests.room.recorded_seat", seated.machine.url, seated.machine.device]
    killed = subprocess.Popen([*run, seated.machine.seat, str(seated.state)], cwd=Path(__file__).parents[2])
    try:
        qtbot.waitUntil(lambda: seated.grown(1), timeout=30_000)
    finally:
        killed.kill()
        killed.wait()
    # Its engine, which is no child of this test, brings its segment to an end by itself.
    qtbot.waitUntil(lambda: len(lines_in(seated.folder)) == 1, timeout=20_000)
    program = seated.program()
    try:
        qtbot.waitUntil(lambda: seated.grown(2), timeout=20_000)
        program.leave()
        _in_the_room(seated, qtbot)
    finally:
        program.end()
    _held_together(seated)


def _in_the_room(seated: Seated, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: seated.noted() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: _size(seated.there / "000002.kwr") > GROWN, timeout=20_000)


def _held_together(seated: Seated) -> None:
    """Both segments play, and the hole between them is named, in the list and in the journal."""
    cut, rest = lines_in(seated.folder)
    assert rest.gaps[0] == _between(cut, rest)
    (kept,) = seated.it.centre.evaluation()["matters"]["recording"]["kept"]
    assert "interrupted" in [gap["why"] for gap in kept["gaps"]]
    for content in seated.open_all(2):
        played = play(content)
        assert played.pictures > 2
        assert played.size == (320, 180)
        assert FFPROBE is None or _probed(content) == played.pictures


def _between(cut: Line, rest: Line) -> Gap:
    return Gap("all", cut.end, rest.start, "interrupted")


def _probed(content: bytes) -> int:
    """Pictures that somebody else's player decodes; it fails the test where it finds anything to say."""
    count = ["-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"]
    told = subprocess.run([str(FFPROBE), "-v", "error", *count, "-"], input=content, capture_output=True, check=True)
    assert told.stderr == b""
    return int(told.stdout.split()[0])


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
