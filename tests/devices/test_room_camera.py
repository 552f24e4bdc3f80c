"""A network camera of the room, live over its own sockets, whose plug is pulled: noticed in seconds, back by itself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState
from devices.camera.opencv import OpenCvCamera, Patience
from devices.camera.shrink import shrunk
from ui.call.shown import SMALL_HIGH
from ui.console.room_cameras import NamedCamera, RoomCameras

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=cut\r\n\r\n"


class NetworkCamera:
    """Serves pictures as such cameras do (JPEG after JPEG over HTTP). Unplugged it closes nothing and says nothing."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/room.mjpg"
        self.plugged, self._over = threading.Event(), threading.Event()
        self.plugged.set()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, name="network camera")
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        for one in (self._listener, *self._open):
            one.close()

    def _serve(self) -> None:
        number = 0
        while not self._over.wait(0.05):
            if not self.plugged.is_set():
                continue
            try:
                fresh, _ = self._listener.accept() if number % 4 == 0 else (None, None)
                if fresh is not None:
                    fresh.sendall(HEAD)
                    self._open.append(fresh)
            except OSError:
                pass
            number += 1
            picture = np.full((480, 640, 3), (number * 7) % 200, np.uint8)
            jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
            part = b"--cut\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(jpeg), jpeg)
            for one in list(self._open):
                try:
                    one.sendall(part)
                except OSError:
                    self._open.remove(one)
                    one.close()


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
