"""Every request that takes a body has a limit: what says that it is over it is refused before a byte of it is read."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator

import pytest
import requests
from room_play import POSTS, Play
from room_world import Machine, Room

from app.room.call import MOST_JSON
from app.room.routes import API, OPERATIONS, Operation

WITH_BODY = [one for one in OPERATIONS if one.body is not None]
JSON_BODY = [one for one in WITH_BODY if not isinstance(one.body, str)]


def path_of(one: Operation) -> str:
    return API + re.sub(r"{\w+}", "1", one.path)


@pytest.fixture
def lines() -> Iterator[list[socket.socket]]:
    """Connections that stay open until the room is gone: it waits a while for the rest of each body."""
    opened: list[socket.socket] = []
    yield opened
    for line in opened:
        line.close()


def asked(lines: list[socket.socket], room: Room, head: str) -> tuple[int, str]:
    """Send a request's head alone; its status and code. Nothing of a body is ever sent."""
    host, port = room.url.removeprefix("http://").split(":")
    line = socket.create_connection((host, int(port)), timeout=20)
    lines.append(line)
    line.sendall(head.encode())
    answer = b""
    while b"\r\n\r\n" not in answer or not answer.rstrip().endswith(b"}"):
        more = line.recv(65536)
        if not more:
            break
        answer += more
    top, _, body = answer.partition(b"\r\n\r\n")
    return int(top.split()[1]), json.loads(body)["error"]["code"]


def test_each_says_too_large_before_anything_is_read(lines: list[socket.socket], room: Room) -> None:
    assert {one.name for one in WITH_BODY if isinstance(one.body, str)} == {
        *("importPackage", "keepPaper", "sendPlatform", "takeSegment")
    }
    for one in WITH_BODY:
        head = f"{one.method} {path_of(one)} HTTP/1.1\r\nHost: room\r\nContent-Length: {one.most + 1}\r\n\r\n"
        assert asked(lines, room, head) == (413, "too_large"), one.name


@pytest.fixture
def console(room: Room) -> Machine:
    play = Play(room, posts={"console-1": POSTS["console-1"]})
    return play.consoles[POSTS["console-1"]]


def endless() -> Iterator[bytes]:
    """Blanks, which JSON lets stand before anything, of no said length."""
    for _ in range((MOST_JSON >> 16) + 2):
        yield b" " * (1 << 16)
    yield b"{}"


def test_a_body_of_no_said_length_is_not_read_beyond_its_limit(room: Room, console: Machine) -> None:
    headers = {"Authorization": f"Bearer {console.token}"}
    read = 0
    for one in JSON_BODY:
        found = requests.request(one.method, room.url + path_of(one), headers=headers, data=endless(), timeout=20)
        code = found.json()["error"]["code"]
        assert (found.status_code, code) == (413, "too_large") or code in ("not_permitted", "not_found"), one.name
        read += found.status_code == 413
    assert read > len(JSON_BODY) / 2
