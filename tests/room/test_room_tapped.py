"""A passive listener: on a plain line it hears password, token, number and project; on an encrypted one nothing."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websocket

sys.path.insert(0, str(Path(__file__).parents[1] / "stories"))

from leak_search import Content, Search, words
from room_packages import document, package
from room_play import STREAM
from room_world import PASSWORD, Room, a_room

from app.link import Identity, RoomClient, enrol
from app.link.timing import Timing

QUICK = Timing(connect_s=5, answer_s=10)
REMARK = "见证暗语八荒"


class Tap:
    """Passes every connection on to the room and keeps what goes by, both ways."""

    def __init__(self, room: Room) -> None:
        parts = urlsplit(room.url)
        self._target = (str(parts.hostname), parts.port or 0)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"{parts.scheme}://127.0.0.1:{self._door.getsockname()[1]}"
        self.heard = bytearray()
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._welcome)]
        self._threads[0].start()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.create_connection(self._target, 5)
                self._open += [here, there]
                for one, other in ((here, there), (there, here)):
                    self._threads.append(threading.Thread(target=self._pass_on, args=(one, other)))
                    self._threads[-1].start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while content := one.recv(65536):
                self.heard += content
                other.sendall(content)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def end(self) -> None:
        """Hang up, and wait for the threads."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for one in self._open:
            one.close()


@pytest.mark.parametrize("tls", [False, True])
def test_what_a_listener_on_the_line_hears(tmp_path: Path, tls: bool) -> None:
    with a_room(tmp_path / "data", tls=tls) as room:
        room.add_users("centre-a", "witness-a")
        tap = Tap(room)
        try:
            secrets = _a_day(room, tap, package(tmp_path))
        finally:
            tap.end()
        needles = [needle for what, secret in secrets.items() for needle in words(what, secret)]
        met = {needle.secret for needle in Search(needles).met(Content("line", bytes(tap.heard)))}
        assert len(tap.heard) > 5000
        assert met == (set() if tls else set(secrets))


def _a_day(room: Room, tap: Tap, content: Path) -> dict[str, str]:
    """Log-in, import, a look-up at the door, a remark heard on the live stream; returns what of it is secret."""

    def at(kind: str, device: str) -> RoomClient:
        made: Identity = enrol(room.url, room.code(kind), device)
        return RoomClient(replace(made, url=tap.url), "zh", QUICK)

    centre, witness, kiosk = at("console", "console-1"), at("console", "console-2"), at("kiosk", "kiosk-1")
    try:
        centre.login("centre-a", PASSWORD)
        witness.login("witness-a", PASSWORD)
        project = _project(centre, content.read_bytes())
        kiosk.lookup({"document": document(1)})
        stream, url = websocket.WebSocket(), tap.url.replace("http", "ws", 1) + "/api/v1/stream?after=0"
        header = {"Authorization": f"Bearer {centre.token()}"}
        stream.connect(url, header=header, socket=centre.sockets.connect(url, 5, 10))  # type: ignore[no-untyped-call]
        witness.command("0" * 8 + "-0000-4000-8000-" + "0" * 12, STREAM, "AddRemark", {"text": REMARK})
        while REMARK not in str(stream.recv()):
            pass
        stream.close()  # type: ignore[no-untyped-call]
        tokens = {"token": centre.token()}
    finally:
        for client in (centre, witness, kiosk):
            client.close()
    return {"password": PASSWORD, "document number": document(1), "project": project, "remark": REMARK} | tokens


def _project(centre: RoomClient, content: bytes) -> str:
    centre.upload_package(content)
    return str(centre.view()["evaluations"][0]["project"]["name"])
