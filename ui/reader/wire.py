"""Messages between the reader's process and its owner: a JSON header and raw bytes, an open file beside where told."""

from __future__ import annotations

import array
import json
import select
import socket
import struct

from ui.reader.shapes import Header

_HEAD = struct.Struct("!II")
_SMALL = 65_536
MOST = 256 << 20
"""Bytes of one message; a longer one is none of ours."""


class Broken(Exception):
    """The other end said something that is no message."""


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a wire."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)


def pack(header: Header, payload: bytes = b"") -> bytes:
    """A message's head, to be followed by its payload."""
    text = json.dumps(header, separators=(",", ":")).encode()
    return _HEAD.pack(len(text), len(payload)) + text


class Line:
    """The child's end: sends at once and waits for its owner to take it."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire

    def send(self, header: Header, payload: bytes = b"") -> None:
        """Send a message."""
        self._wire.sendall(pack(header, payload))
        if payload:
            self._wire.sendall(payload)

    def ready(self) -> bool:
        """Whether something has come."""
        return bool(select.select([self._wire], [], [], 0)[0])


def send_with(wire: socket.socket, header: Header, file: int | None) -> None:
    """Send a header, and an open file with it."""
    beside = [] if file is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file]))]
    message = pack(header)
    sent = wire.sendmsg([message], beside)
    if sent < len(message):
        wire.sendall(message[sent:])


def receive(wire: socket.socket) -> tuple[Header, int | None] | None:
    """The next header, with the file that came beside it; None at the end. For messages without payload."""
    head, file = _head(wire)
    if not head:
        return None
    size, _payload = _HEAD.unpack(head)
    return json.loads(_exactly(wire, size)), file


def _head(wire: socket.socket) -> tuple[bytes, int | None]:
    room = socket.CMSG_SPACE(array.array("i", [0]).itemsize)
    head, beside, _flags, _address = wire.recvmsg(_HEAD.size, room)
    files = array.array("i")
    for _level, _kind, data in beside:
        files.frombytes(data[: len(data) - len(data) % files.itemsize])
    if head and len(head) < _HEAD.size:
        head += _exactly(wire, _HEAD.size - len(head))
    return head, files[0] if files else None


def read(wire: socket.socket) -> tuple[Header, bytearray] | None:
    """The next message with its payload; None at the end. Raises `Broken` for what is no message."""
    head = wire.recv(_HEAD.size, socket.MSG_WAITALL)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise Broken
    size, payload = _HEAD.unpack(head)
    if size > MOST or payload > MOST:
        raise Broken
    try:
        header = json.loads(_exactly(wire, size))
    except ValueError as fault:
        raise Broken from fault
    if not isinstance(header, dict):
        raise Broken
    return header, _exactly(wire, payload)


def _exactly(wire: socket.socket, size: int) -> bytearray:
    """So many bytes. Raises `Broken` where the wire ends before."""
    made = bytearray(size)
    view, at = memoryview(made), 0
    while at < size:
        got = wire.recv_into(view[at:], min(size - at, 1 << 20))
        if got == 0:
            raise Broken
        at += got
    return made
