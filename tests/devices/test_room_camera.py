"""A network camera of the room, live over its own sockets, whose plug is pulled: noticed in seconds, back by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from network_camera import NetworkCamera
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState
from devices.camera.opencv import OpenCvCamera, Patience
from devices.camera.shrink import shrunk
from ui.call.shown import SMALL_HIGH
from ui.console.room_cameras import NamedCamera, RoomCameras


@pytest.fixture
def wall() -> Iterator[NetworkCamera]:
    made = NetworkCamera()
    yield made
    made.end()


@pytest.mark.slow
def test_a_pulled_plug_is_noticed_and_mended(wall: NetworkCamera, qtbot: QtBot) -> None:
    camera = OpenCvCamera(wall.url, patience=Patience(total_s=float("inf"), between_s=0.2))
    cameras = RoomCameras((NamedCamera("北墙", camera),), shrunk)
    came: list[Frame] = []
    cameras.came.connect(lambda _name, frame: came.append(frame))
    recorded: list[int] = []
    give_back = cameras.use("北墙", lambda frame: recorded.append(frame.seq))
    cameras.show({"北墙"})
    qtbot.waitUntil(lambda: len(came) >= 5, timeout=20_000)
    assert {frame.height for frame in came} == {SMALL_HIGH}
    assert len(recorded) > len(came)  # whoever records has every picture
    wall.plugged.clear()
    qtbot.waitUntil(lambda: camera.status.fault is DeviceFault.LOST, timeout=8_000)
    assert camera.status.state is DeviceState.STARTING
    shown = len(came)
    wall.plugged.set()
    qtbot.waitUntil(lambda: len(came) >= shown + 5, timeout=20_000)
    cameras.show(())
    assert camera.status.state is DeviceState.RUNNING  # the other user has it still
    seen, kept = len(came), len(recorded)
    qtbot.waitUntil(lambda: len(recorded) >= kept + 5, timeout=10_000)
    QCoreApplication.processEvents()
    assert len(came) <= seen + 1  # one may have been on its way
    give_back()
    qtbot.waitUntil(lambda: camera.status.state is DeviceState.STOPPED, timeout=10_000)
    cameras.close()
