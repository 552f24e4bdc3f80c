"""The cameras of the room recorded at a console: as the room says, whoever is logged in, each in each evaluation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from console_ground import STREAM
from fake_room import FakeBridge, view_for
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.ports.call import CallNews, EngineLost, Part, RecordingChanged, RecordingState, SegmentKept
from app.ports.camera import Frame
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.alone import NoLine
from devices.call.scripted import ScriptedCall
from devices.camera.scripted import ScriptedCamera
from devices.camera.shrink import shrunk
from ui.console.room_cameras import NamedCamera
from ui.console.watching import WatchEquipment
from ui.console.window import ConsoleWindow

KEY = bytes(range(32))
WALL, DOOR = (STREAM, "@北墙全景"), (STREAM, "@门口")
OTHER = ("evaluation/ev2", "@北墙全景")


class FakeRecorder(ScriptedCall):
    """Keeps what it was given."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(NoLine())
        self.folder, self.key = folder, key
        self.pictures: list[Frame] = []

    def show(self, picture: Frame | None) -> None:
        if picture is not None:
            self.pictures.append(picture)

    def hear(self, news: CallNews) -> None:
        self._listeners.tell(news)


class Console:
    """A witness's console with two cameras of the room, each showing the shade of its own."""

    def __init__(self, folder: Path) -> None:
        self.made: list[FakeRecorder] = []
        self.cameras = [ScriptedCamera([]), ScriptedCamera([])]
        for shade, camera in enumerate(self.cameras):
            camera.show(Frame(1280, 1440, bytes([shade]) * 1280 * 1440 * 3))
        named = (NamedCamera("北墙全景", self.cameras[0]), NamedCamera("门口", self.cameras[1]))
        watch = WatchEquipment(lambda post: ScriptedCall(post, Part.WATCH), shrunk, named, recorder=self._make)
        self.window, self.bridge = ground.make_console(Party.WITNESS, SystemClock(), folder, watch=watch)
        assert isinstance(self.window, ConsoleWindow)
        assert isinstance(self.bridge, FakeBridge)

    def _make(self, folder: Path, key: bytes) -> FakeRecorder:
        self.made.append(FakeRecorder(folder, key))
        return self.made[-1]

    def show(self, *streams: str, role: Party | None = Party.WITNESS) -> None:
        play = ground.marking()
        view = view_for(role, play.room, play.it)
        if streams:
            view["room"]["recording"] = {"key": KEY.hex(), "warn_hours": 8, "streams": list(streams)}
        self.bridge.show(view)
        QCoreApplication.processEvents()

    @property
    def post(self) -> Any:
        return self.bridge.link.recordings

    def running(self) -> list[bool]:
        return [camera.status.state is not DeviceState.STOPPED for camera in self.cameras]


@pytest.fixture
def console(qtbot: QtBot, tmp_path: Path) -> Iterator[Console]:
    made = Console(tmp_path)
    yield made
    made.window.close()
    for camera in made.cameras:
        assert camera.join(5)
    made.window.deleteLater()


def test_every_camera_is_kept_while_the_room_says_so_and_nobody_watches(console: Console, qtbot: QtBot) -> None:
    console.show()
    assert console.post.places == [set()]
    assert console.running() == [False, False]
    console.show(STREAM)
    assert console.post.places[-1] == {WALL, DOOR}
    assert {(one.folder.name, one.key) for one in console.made} == {("@北墙全景", KEY), ("@门口", KEY)}
    qtbot.waitUntil(lambda: all(len(one.pictures) > 1 for one in console.made))
    wall = next(one for one in console.made if one.folder.name == "@北墙全景")
    assert {(one.height, one.rgb[0]) for one in wall.pictures} == {(720, 0)}
    first, second = (one.at_s for one in wall.pictures[:2])
    assert second - first > 0.15
    console.show(STREAM, role=None)  # logged out: it goes on
    assert len(console.made) == 2
    console.show()  # the last one has left
    assert console.post.places[-1] == set()
    assert [one.status.state for one in console.made] == [DeviceState.STOPPED] * 2
    qtbot.waitUntil(lambda: console.running() == [False, False])


def test_two_evaluations_have_a_recording_each_of_the_same_camera(console: Console, qtbot: QtBot) -> None:
    console.show(STREAM, OTHER[0])
    assert console.post.places[-1] == {WALL, DOOR, OTHER, (OTHER[0], "@门口")}
    qtbot.waitUntil(lambda: all(one.pictures for one in console.made))
    console.show(OTHER[0])
    assert console.running() == [True, True]
    assert sum(one.status.state is DeviceState.STOPPED for one in console.made) == 2


def test_how_it_stands_goes_to_the_room_also_for_the_last_segment(console: Console, qtbot: QtBot) -> None:
    console.show(STREAM)
    wall = next(one for one in console.made if one.folder.name == "@北墙全景")
    wall.hear(RecordingChanged(RecordingState.DISK, 7_200))
    qtbot.waitUntil(lambda: console.post.told == [(WALL, "disk", 2)])
    wall.hear(EngineLost())
    qtbot.waitUntil(lambda: console.post.told[-1] == (WALL, "running", 2))
    console.show()
    wall.hear(SegmentKept(1, "00", "", "", ()))
    qtbot.waitUntil(lambda: len(console.post.told) == 3)
