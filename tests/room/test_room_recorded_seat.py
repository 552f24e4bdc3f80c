"""A seat that is recorded by the real engine, over the real link, into the room: also when the engine is killed."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from room_play import STREAM, ready
from room_world import a_room

from app.link import RoomLink, ViewChanged
from app.link.messages import LinkMessage
from app.ports.call import RecordingState
from app.ports.camera import Frame
from app.recordings.manifest import lines_in
from devices.call.alone import recorder
from devices.call.process import EngineCall
from devices.camera.scripted import Scene, ScriptedCamera
from tests.devices.recording_ground import play
from tests.link.link_ground import QUICK, KnownMachine
from ui.seat.recording import SeatRecording
from ui.seat.steps import Sight

NOISE = np.random.default_rng(7).integers(0, 256, (24, 180, 320, 3), dtype=np.uint8)


class Program(QObject):
    """What a seat's program is without its windows."""

    viewed = Signal(object)

    def __init__(self, machine: Any, folder: Path) -> None:
        super().__init__()
        secret = hashlib.sha256(machine.device.encode()).digest()
        identity = KnownMachine(machine.device, "seat", machine.seat, machine.url, "", secret)
        self.link = RoomLink(identity, folder, self._told, "en", QUICK)
        self.camera = ScriptedCamera([Scene(Frame(320, 180, one.tobytes()), 0.1) for one in NOISE], fps=10)
        self.engines: list[EngineCall] = []
        self.recording = SeatRecording(self.link.recordings, self.camera, self._make)
        self.viewed.connect(lambda view: self.recording.show_sight(Sight(view), sits=True))
        self.camera.start()
        self.link.start()

    def _make(self, folder: Path, key: bytes) -> EngineCall:
        self.engines.append(recorder(folder, key))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)

    def leave(self) -> None:
        """Nobody sits here any more."""
        self.viewed.disconnect()
        self.recording.show_sight(Sight({}), sits=False)

    def end(self) -> None:
        self.recording.close()
        for engine in self.engines:
            engine.stop()
            assert engine.join(10)
        self.camera.stop()
        assert self.camera.join(10)
        self.link.stop()


def test_a_seat_is_recorded_into_the_room_though_its_engine_is_killed(tmp_path: Path, qtbot: QtBot) -> None:
    with a_room(tmp_path / "room") as room:
        it = ready(room, tmp_path)
        it.gather()
        seat = it.sitting[0]
        alias = seat.mine()["alias"]
        it.streams.pop(seat.device).close()
        program = Program(seat, tmp_path / "seat")
        folder = tmp_path / "seat" / "recordings" / STREAM.replace("/", "~") / alias
        there = room.folder / "recordings" / STREAM.replace("/", "~") / alias / seat.device
        try:
            qtbot.waitUntil(lambda: program.recording.state is RecordingState.RUNNING, timeout=20_000)
            qtbot.waitUntil(lambda: _size(folder / "000001.kwr") > 60_000, timeout=20_000)
            pid = program.engines[0].engine_pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            qtbot.waitUntil(lambda: _size(folder / "000002.kwr") > 60_000, timeout=20_000)
            qtbot.waitUntil(lambda: _noted(it, alias) == 1, timeout=20_000)  # the cut segment, at once
            program.leave()
            qtbot.waitUntil(lambda: _noted(it, alias) == 2, timeout=20_000)
            qtbot.waitUntil(lambda: _size(there / "000002.kwr") > 60_000, timeout=20_000)
        finally:
            program.end()
        cut, rest = lines_in(folder)
        gap = rest.gaps[0]
        assert (gap.track, gap.start, gap.end, gap.why) == ("all", cut.end, rest.start, "interrupted")
        (kept,) = it.centre.evaluation()["matters"]["recording"]["kept"]
        assert "interrupted" in [gap["why"] for gap in kept["gaps"]]
        it.centre.do(STREAM, "AskRecording", {"party": alias, "reason": "核对中断"})
        it.witness.do(STREAM, "OpenRecording", {"party": alias, "reason": "同意"})
        for seq in (1, 2):
            content = it.witness.ask("GET", f"/recordings/{STREAM.replace('/', '~')}/{alias}/{seat.device}/{seq}")
            played = play(content)
            assert played.pictures > 5
            assert played.size == (320, 180)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _noted(it: Any, alias: str) -> int:
    kept = it.centre.evaluation()["matters"].get("recording", {}).get("kept", [])
    return next((int(one["seq"]) for one in kept if one["party"] == alias), 0)
