"""One allocation at a TURN server, given back at once, so that a wrong setting is found before a call needs it.

As RFC 8656 has it over STUN (RFC 8489): the first request is refused with realm and nonce, the second one carries them
and is signed with the long-term key, the MD5 of user, realm and secret. Nothing else of the server is tried.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import socket
import ssl
import struct
import zlib
from dataclasses import dataclass

_COOKIE = 0x2112A442
_ALLOCATE, _REFRESH = 0x003, 0x004
_SUCCESS, _ERROR = 0x100, 0x110
_USERNAME, _INTEGRITY, _CODE, _LIFETIME, _REALM, _NONCE = 0x0006, 0x0008, 0x0009, 0x000D, 0x0014, 0x0015
_RELAYED, _TRANSPORT, _FINGERPRINT = 0x0016, 0x0019, 0x8028
_UDP = bytes([17, 0, 0, 0])
_MOST = 1_500
TRIES_S = (0.5, 1.0, 2.0)
"""How long an answer over UDP is waited for, each time after asking again; over TCP the sum of them."""


@dataclass(frozen=True)
class Address:
    """Of a server, as RFC 7065 writes it."""

    host: str
    port: int
    tcp: bool
    tls: bool


class TurnFault(Exception):
    """No allocation; `code` is `unreachable`, `silent`, `not_turn`, `refused`, or what the server said in figures."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


def address_of(url: str) -> Address:
    """The address in a `turn:` or `turns:` URI that was checked before."""
    scheme, _, rest = url.partition(":")
    place, _, transport = rest.partition("?transport=")
    tls = scheme == "turns"
    if place.startswith("["):
        host, _, port = place[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = place.partition(":")
    return Address(host, int(port or (5349 if tls else 3478)), transport == "tcp" or tls, tls)


def allocate(url: str, user: str, secret: str) -> None:
    """Ask for a relayed address and give it back. Raises `TurnFault`."""
    with _Line(address_of(url)) as line:
        code, told = line.ask(_ALLOCATE, [(_TRANSPORT, _UDP)])
        if code == "ok":
            raise TurnFault("open")  # whoever asks is served: no setting of ours keeps strangers out
        if code != "401" or _REALM not in told or _NONCE not in told:
            raise TurnFault(code)
        realm, nonce = told[_REALM], told[_NONCE]
        key = hashlib.md5(b":".join((user.encode(), realm, secret.encode())), usedforsecurity=False).digest()
        who = [(_USERNAME, user.encode()), (_REALM, realm), (_NONCE, nonce)]
        code, told = line.ask(_ALLOCATE, [(_TRANSPORT, _UDP), *who], key)
        if code != "ok":
            raise TurnFault(code)
        if _RELAYED not in told:
            raise TurnFault("not_turn")
        line.say(_REFRESH, [(_LIFETIME, bytes(4)), *who], key)


class _Line:
    """One socket to the server; the answer is the one to the newest request."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._waiting = b""
        kind = socket.SOCK_STREAM if address.tcp else socket.SOCK_DGRAM
        try:
            found = socket.getaddrinfo(address.host, address.port, type=kind)[0]
            self._socket = socket.socket(found[0], kind)
        except OSError as error:
            raise TurnFault("unreachable", str(error)) from None
        self._socket.settimeout(sum(TRIES_S))
        try:
            self._socket.connect(found[4])
            if address.tls:
                self._socket = ssl.create_default_context().wrap_socket(self._socket, server_hostname=address.host)
        except OSError as error:
            self._socket.close()
            raise TurnFault("unreachable", str(error)) from None

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, method: int, attributes: list[tuple[int, bytes]], key: bytes = b"") -> tuple[str, dict[int, bytes]]:
        """`ok` or the code of the error, and what else stands in the answer."""
        for patience in (sum(TRIES_S),) if self._address.tcp else TRIES_S:
            transaction = self.say(method, attributes, key)
            self._socket.settimeout(patience)
            try:
                kind, told = self._answer(method, transaction)
            except TimeoutError:
                continue
            except OSError as error:
                raise TurnFault("unreachable", str(error)) from None
            if kind == method | _SUCCESS:
                return "ok", told
            code = told.get(_CODE, b"")
            if len(code) < 4:
                raise TurnFault("not_turn")
            return str(code[2] * 100 + code[3]), told
        raise TurnFault("silent")

    def say(self, method: int, attributes: list[tuple[int, bytes]], key: bytes = b"") -> bytes:
        """Send a request; its transaction."""
        transaction = os.urandom(12)
        body = b"".join(_attribute(kind, value) for kind, value in attributes)
        if key:
            head = struct.pack(">HHI", method, len(body) + 24, _COOKIE) + transaction
            body += _attribute(_INTEGRITY, hmac.new(key, head + body, hashlib.sha1).digest())
        head = struct.pack(">HHI", method, len(body) + 8, _COOKIE) + transaction
        mark = (zlib.crc32(head + body) ^ 0x5354554E).to_bytes(4, "big")
        try:
            self._socket.sendall(head + body + _attribute(_FINGERPRINT, mark))
        except OSError as error:
            raise TurnFault("unreachable", str(error)) from None
        return transaction

    def _answer(self, method: int, transaction: bytes) -> tuple[int, dict[int, bytes]]:
        """What comes to this request; whatever else comes is passed over."""
        while True:
            kind, to, told = self._hear()
            if to == transaction and kind in (method | _SUCCESS, method | _ERROR):
                return kind, told

    def _hear(self) -> tuple[int, bytes, dict[int, bytes]]:
        data = self._message() if self._address.tcp else self._socket.recv(_MOST)
        if len(data) < 20 or struct.unpack_from(">I", data, 4)[0] != _COOKIE:
            raise TurnFault("not_turn")
        kind, length = struct.unpack_from(">HH", data)
        told: dict[int, bytes] = {}
        place, end = 20, min(20 + length, len(data))
        while place + 4 <= end:
            name, size = struct.unpack_from(">HH", data, place)
            told.setdefault(name, data[place + 4 : min(place + 4 + size, end)])
            place += 4 + (size + 3) // 4 * 4
        return kind, data[8:20], told

    def _message(self) -> bytes:
        """One message out of a stream, whose head says its length."""
        while len(self._waiting) < 20 or len(self._waiting) < 20 + int.from_bytes(self._waiting[2:4], "big"):
            came = self._socket.recv(_MOST)
            if not came:
                raise TurnFault("silent")
            self._waiting += came
            if struct.unpack_from(">I", self._waiting.ljust(8, b"\0"), 4)[0] != _COOKIE and len(self._waiting) >= 8:
                raise TurnFault("not_turn")
        length = 20 + int.from_bytes(self._waiting[2:4], "big")
        found, self._waiting = self._waiting[:length], self._waiting[length:]
        return found


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack(">HH", kind, len(value)) + value + bytes(-len(value) % 4)
