"""A network camera over its own sockets, for tests that pull its plug."""

from __future__ import annotations

import socket
import threading

import cv2
import numpy as np

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
