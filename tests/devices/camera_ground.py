"""What the tests of cameras stand on: one who listens, captures made up, films, and a camera on the network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState, DeviceStatus
from devices.camera.liveliness import Picture

WAIT_S = 10.0


class Heard:
    """Collects what a device tells, and waits for it with a deadline."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.frames: list[Frame] = []
        self.states: list[DeviceStatus] = []

    def frame(self, frame: Frame) -> None:
        with self._changed:
            self.frames.append(frame)
            self._changed.notify_all()

    def status(self, status: DeviceStatus) -> None:
        with self._changed:
            self.states.append(status)
            self._changed.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, WAIT_S), (len(self.frames), self.states)

    def until(self, state: DeviceState, fault: DeviceFault | None = None) -> None:
        self.wait(lambda: any(s.state is state and s.fault is fault for s in self.states))


class FakeCapture:
    """A capture whose pictures come at once; `plan` says what each read gives."""

    def __init__(self, read: Callable[[], Picture | None]) -> None:
        self.frame_s = 0.001
        self._read = read
        self.released = False
        self.skipped = 0

    def read(self) -> Picture | None:
        return self._read()

    def skip(self) -> bool:
        self.skipped += 1
        return True

    def release(self) -> None:
        self.released = True


def write_film(path: Path, count: int = 10) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 100, (32, 24))
    assert writer.isOpened()
    for _ in range(count):
        writer.write(np.full((24, 32, 3), 120, np.uint8))
    writer.release()
    return path


class NetworkCamera:
    """Gives motion JPEG over HTTP until it is killed; `open` brings it back at the same address."""

    def __init__(self) -> None:
        self._web: ThreadingHTTPServer | None = None
        self._dead = threading.Event()
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/video"

    def open(self, level: int = 120) -> None:
        dead = self._dead = threading.Event()
        _, jpeg = cv2.imencode(".jpg", np.full((48, 64, 3), level, np.uint8))
        part = b"--cut\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(jpeg), jpeg.tobytes())

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=cut")
                self.end_headers()
                try:
                    while not dead.wait(0.02):
                        self.wfile.write(part)
                except OSError:
                    return

            def log_message(self, *_args: object) -> None:
                """Be silent."""

        self._web = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._web.server_port
        threading.Thread(target=self._web.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def kill(self) -> None:
        self._dead.set()
        if self._web is not None:
            self._web.shutdown()
            self._web.server_close()
            self._web = None


@contextmanager
def network_camera() -> Iterator[NetworkCamera]:
    camera = NetworkCamera()
    camera.open()
    try:
        yield camera
    finally:
        camera.kill()
