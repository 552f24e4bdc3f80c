"""How a call's engine and the program that owns it speak: a header as JSON and bytes behind it, over one socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_HEAD = struct.Struct(">II")
MOST = 32 * 1024 * 1024
"""Bytes of the largest message: a picture of 4K in three bytes a pixel fits."""


def packed(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """One message."""
    head = json.dumps(header, separators=(",", ":")).encode()
    return b"".join((_HEAD.pack(len(head), len(payload)), head, payload))


class Inbox:
    """Cuts what arrives into messages."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def take(self, data: bytes) -> list[tuple[dict[str, Any], bytes]]:
        """The messages that are whole now; ValueError for what no engine would send."""
        self._kept += data
        found: list[tuple[dict[str, Any], bytes]] = []
        while len(self._kept) >= _HEAD.size:
            head, body = _HEAD.unpack_from(self._kept)
            if head > MOST or body > MOST:
                raise ValueError("no message is that long")
            end = _HEAD.size + head + body
            if len(self._kept) < end:
                break
            middle = _HEAD.size + head
            found.append((json.loads(self._kept[_HEAD.size : middle]), bytes(self._kept[middle:end])))
            del self._kept[:end]
        return found


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends that only these two processes hold; room for a few pictures on the way."""
    one, other = socket.socketpair()
    for end in (one, other):
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            end.setsockopt(socket.SOL_SOCKET, option, 1024 * 1024)
    return one, other
