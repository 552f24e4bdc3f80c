"""A machine that goes away in mid-request is no bug of the room: nothing is changed, nothing is told as one."""

from __future__ import annotations

import logging
import socket
import struct
import threading
import time

import pytest
from room_world import Machine, Room


def test_a_request_cut_in_its_body(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    host, port = room.url.removeprefix("http://").split(":")
    with caplog.at_level(logging.INFO, "app.room.server"):
        with socket.create_connection((host, int(port))) as line:
            line.sendall(b'POST /api/v1/challenge HTTP/1.1\r\nHost: room\r\nContent-Length: 99\r\n\r\n{"device"')
            # Seen as waiting for the rest once a later request is answered.
            assert Machine(room.url, "console-1").ask("GET", "/health")["state"] == "ok"
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # cut, not closed
        deadline = time.monotonic() + 10
        while "POST /challenge 400" not in caplog.text:
            assert time.monotonic() < deadline, caplog.text
            threading.Event().wait(0.01)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert Machine(room.url, "console-1").ask("GET", "/health")["state"] == "ok"
