"""A seat and a console are killed in a running call: the others go on, and the lost one is back by itself.

What starts a program again after it was killed is the system's (docs/devices.md); the test does it at once. How long
a program of Python takes to be read from the disk depends on who else uses the machine, so the bound counts from there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room_play import STREAM, Play, ready
from room_world import a_room

from app.recordings.manifest import lines_in
from tests.line.venues import ROOT, surroundings
from tests.room.talking_machine import CENTRE, COMMITTEE, HELP, Talking
from ui.call.seen import CallSeen

pytestmark = pytest.mark.slow

BACK_S = 10.0
HUSH_S = 1.0
"""Of a partner who goes on, at the longest; of a killed one, from which on it counts as gone."""
GROWN = 12_000


class Running:
    """The program of a machine as a process."""

    def __init__(self, machine: Any, folder: Path) -> None:
        place = getattr(machine, "seat", CENTRE)
        command = [sys.executable, "-m", "tests.room.talking_machine", machine.url, machine.device, str(folder), place]
        pipe = subprocess.PIPE
        self._errors = folder.with_suffix(".errors")
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=surroundings(), text=True, stdin=pipe, stdout=pipe, stderr=errors
            )
        self.told: dict[str, float] = {}
        """When it first did what."""
        self._reader = threading.Thread(target=self._read, name="reads a program")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.told = json.loads(line) | self.told

    @property
    def errors(self) -> str:
        """What it and its engines had to complain of, and those of its forerunners, which outlive them a moment."""
        return self._errors.read_text("utf-8")

    def do(self, kind: str, data: dict[str, str]) -> None:
        """Let it send a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([STREAM, kind, data]) + "\n")
        self._process.stdin.flush()

    def kill(self) -> float:
        """Kill it where it stands; when."""
        self._process.kill()
        at = time.monotonic()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return at


@contextmanager
def running(machine: Any, folder: Path) -> Iterator[Running]:
    """One that is killed at the end at the latest."""
    it = Running(machine, folder)
    try:
        yield it
    finally:
        it.kill()


def until(qtbot: QtBot, holds: Callable[[], Any]) -> None:
    """Wait patiently: the machine is shared."""
    qtbot.waitUntil(lambda: bool(holds()), timeout=40_000)


@contextmanager
def at_machine(
    play: Play, machine: Any, folder: Path, sees: Callable[[str, Any], CallSeen | None]
) -> Iterator[Talking]:
    """A machine's program in this process; the play goes on acting in its session."""
    play.streams.pop(machine.device).close()
    it = Talking(machine.url, machine.device, folder / machine.device, machine.seat, sees)
    machine.token = it.link.client.token()
    try:
        yield it
    finally:
        it.end()


def heard_again(machine: Talking, name: str, killed: float) -> float | None:
    """When a killed partner is heard again; what comes of it for a moment longer was still on its way."""
    last = killed
    for at in (at for at, who in list(machine.sound.loud) if who == name and at >= killed):
        if at - last > HUSH_S:
            return at
        last = at
    return None


def test_a_killed_seat_is_back_in_the_call_and_the_others_go_on(tmp_path: Path, qtbot: QtBot) -> None:
    with a_room(tmp_path / "room") as room:
        play = ready(room, tmp_path)
        play.gather()
        committee = play.sitting[:3]
        names = [machine.mine()["alias"] for machine in committee]
        for machine in committee:
            machine.do(STREAM, "JoinCall", {"call": "committee"})
        lost, folder = committee[2], tmp_path / committee[2].device
        recorded = folder / "recordings" / STREAM.replace("/", "~") / names[2]
        play.streams.pop(lost.device).close()
        with (
            at_machine(play, committee[0], tmp_path, COMMITTEE) as one,
            at_machine(play, committee[1], tmp_path, COMMITTEE) as other,
        ):
            with running(lost, folder) as seat:
                until(qtbot, lambda: "hears" in seat.told and one.sound.hears(names[1:]))
                until(qtbot, lambda: other.sound.hears([names[0], names[2]]))
                until(qtbot, lambda: _size(recorded / "000001.kwr") > GROWN)
                killed = seat.kill()
            with running(lost, folder) as seat:
                until(qtbot, lambda: all(heard_again(machine, names[2], killed) for machine in (one, other)))
                until(qtbot, lambda: "hears" in seat.told)
                back = max(heard_again(machine, names[2], killed) or 0.0 for machine in (one, other))
                back, now = max(back, seat.told["hears"]), time.monotonic()
                hush = max(
                    one.sound.longest_hush(killed, now, names[1]), other.sound.longest_hush(killed, now, names[0])
                )
                begun = seat.told["begins"]
                _say("seat", begun - killed, back - killed, hush)
                until(qtbot, lambda: _size(recorded / "000002.kwr") > GROWN)
        play.disconnect()
    assert back - begun < BACK_S
    assert hush < HUSH_S
    assert "Traceback" not in seat.errors
    until(qtbot, lambda: len(lines_in(recorded)) == 2)  # the engine closes it by itself
    cut, rest = lines_in(recorded)
    assert (rest.gaps[0].track, rest.gaps[0].start, rest.gaps[0].end) == ("all", cut.end, rest.start)


def test_a_killed_console_is_back_in_its_call_once_its_post_is_taken(tmp_path: Path, qtbot: QtBot) -> None:
    with a_room(tmp_path / "room") as room:
        play = ready(room, tmp_path)
        play.gather()
        called, folder = play.sitting[0], tmp_path / play.centre.device
        call = {"call": f"help/{called.mine()['alias']}"}
        play.streams.pop(play.centre.device).close()
        with at_machine(play, called, tmp_path, HELP) as seat:
            with running(play.centre, folder) as console:
                until(qtbot, lambda: "takes its post" in console.told)
                console.do("JoinCall", call)
                until(qtbot, lambda: "is in" in console.told)
                seat.link.send(STREAM, "JoinCall", call)
                until(qtbot, lambda: "hears" in console.told and seat.sound.loud)
                centre = seat.sound.loud[0][1]
                killed = console.kill()
            with running(play.centre, folder) as console:
                until(qtbot, lambda: heard_again(seat, centre, killed) and "hears" in console.told)
                back, begun = (
                    max(heard_again(seat, centre, killed) or 0.0, console.told["hears"]),
                    console.told["begins"],
                )
                _say("console", begun - killed, back - killed, 0.0)
        play.disconnect()
    assert back - begun < BACK_S
    assert "Traceback" not in console.errors


def _say(who: str, started: float, back: float, hush: float) -> None:
    load = os.getloadavg()[0]
    print(f"{who}: started {started:.1f} s after the kill, back after {back:.1f}, hush {hush:.2f}, load {load:.1f}")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
