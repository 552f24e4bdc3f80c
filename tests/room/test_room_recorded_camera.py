"""A network camera of the room recorded by a console's program: real camera driver, real engine, real link and room;
its plug is pulled and the hole is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from room_play import STREAM, Play, ready
from room_world import PASSWORD, a_room

from app.link import Identity, RoomLink, ViewChanged, enrol
from app.link.messages import LinkMessage
from app.ports.device import DeviceState
from app.recordings.manifest import Gap, lines_in
from devices.call.alone import recorder
from devices.call.process import EngineCall
from devices.camera.opencv import OpenCvCamera, Patience
from devices.camera.reel import SegmentReel
from devices.camera.shrink import shrunk
from tests.devices.recording_ground import play as played
from tests.link.link_ground import QUICK
from ui.console.camera_recording import CameraRecording
from ui.console.room_cameras import NamedCamera, RoomCameras
from ui.console.sight import Sight

sys.path.insert(0, str(Path(__file__).parents[1] / "devices"))

from network_camera import NetworkCamera

DEVICE, PARTY = "hall", "@北墙"
PLACE = STREAM.replace("/", "~")
FFPROBE = shutil.which("ffprobe")


class Program(QObject):
    """What a console's program is without its windows."""

    viewed = Signal(object)

    def __init__(self, identity: Identity, source: str, folder: Path) -> None:
        super().__init__()
        self.link = RoomLink(identity, folder, self._told, "en", QUICK)
        self.camera = OpenCvCamera(source, patience=Patience(total_s=float("inf"), between_s=0.2))
        self.engines: list[EngineCall] = []
        self.cameras = RoomCameras((NamedCamera("北墙", self.camera),), shrunk)
        self.recording = CameraRecording(self.link.recordings, self.cameras, self._make, shrunk)
        self.viewed.connect(lambda view: self.recording.show_sight(Sight(view)))
        self.link.start()
        self.link.ask("login", lambda client: client.login("witness-a", PASSWORD))

    def _make(self, folder: Path, key: bytes) -> EngineCall:
        self.engines.append(recorder(folder, key))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)

    def leave(self) -> None:
        """The last one has left the room."""
        self.viewed.disconnect()
        self.recording.show_sight(Sight({}))

    def end(self) -> None:
        self.recording.close()
        for engine in self.engines:
            engine.stop()
            assert engine.join(10)
        self.cameras.close()
        assert self.camera.join(10)
        self.link.stop()


def noted(it: Play) -> int:
    kept = it.centre.evaluation()["matters"].get("recording", {}).get("kept", [])
    return next((int(one["seq"]) for one in kept if one["party"] == PARTY), 0)


def seconds(gap: Gap) -> float:
    return (datetime.fromisoformat(gap.end) - datetime.fromisoformat(gap.start)).total_seconds()


@pytest.mark.slow
def test_a_camera_of_the_room_is_kept_and_a_pulled_plug_is_a_named_hole(tmp_path: Path, qtbot: QtBot) -> None:
    wall = NetworkCamera()
    with a_room(tmp_path / "room") as room:
        it = ready(room, tmp_path)
        it.gather()
        code = it.centre.ask("POST", "/enrolments", {"kind": "console", "seat": None})["code"]
        program = Program(enrol(it.centre.url, code, DEVICE, "en"), wall.url, tmp_path / "console")
        folder = tmp_path / "console" / "recordings" / PLACE / PARTY
        there = room.folder / "recordings" / PLACE / PARTY / DEVICE
        try:
            qtbot.waitUntil(lambda: _size(folder) > 6_000, timeout=30_000)
            wall.plugged.clear()
            qtbot.waitUntil(lambda: program.camera.status.state is DeviceState.STARTING, timeout=20_000)
            before = _size(folder)
            wall.plugged.set()
            qtbot.waitUntil(lambda: _size(folder) > before + 3_000, timeout=30_000)
            program.leave()
            qtbot.waitUntil(lambda: 0 < noted(it) == len(list(folder.glob("*.kwr"))), timeout=20_000)
            qtbot.waitUntil(lambda: len(list(there.glob("*.kwr"))) == noted(it), timeout=20_000)
        finally:
            program.end()
            wall.end()
        holes = [gap for line in lines_in(folder) for gap in line.gaps if gap.track in ("picture", "all")]
        assert {hole.why for hole in holes} == {"silent"}
        assert max(map(seconds, holes)) > 2
        it.centre.do(STREAM, "AskRecording", {"party": PARTY, "reason": "有人走动"})
        it.witness.do(STREAM, "OpenRecording", {"party": PARTY, "reason": "同意"})
        content = it.witness.ask("GET", f"/recordings/{PLACE}/{PARTY}/{DEVICE}/1")
    found = played(content)
    assert found.size == (640, 480)
    assert found.pictures > 5
    reel = SegmentReel(content)
    assert reel.picture_at(60.0) is not None
    assert not reel.has_sound
    reel.close()
    if FFPROBE is not None:
        told = subprocess.run([FFPROBE, "-v", "error", "-"], input=content, capture_output=True, check=True)
        assert told.stderr == b""


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.kwr"))
