"""Every packet that a process sends over this computer's loopback, as it stands on the wire: needs root.

SRTP leaves the head of a packet in the clear (RFC 3711, 3.1), so that a stranger on the wire sees whose sound or
picture it is, and how much of it there is, though not what is said.
"""

from __future__ import annotations

import os
import re
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_ALL, _OUTGOING, _UDP = 0x0003, 4, 17  # linux/if_ether.h, linux/if_packet.h, RFC 768
_LOOK_S = 0.1


@dataclass(frozen=True)
class Packet:
    """What left, when (monotonic), and what it is: `rtp` with its source, `rtcp`, `dtls`, `stun` or `other`."""

    at: float
    kind: str
    source: int | None
    size: int


def why_not() -> str | None:
    """Why nothing can be captured here; None where it can."""
    if sys.platform != "linux":
        return "packets are captured on Linux alone"
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0).close()
    except PermissionError:
        return "to capture packets needs root"
    return None


class Capture:
    """All UDP that leaves from the ports which `processes` held at any moment of it."""

    def __init__(self, processes: Iterable[int]) -> None:
        self._processes = set(processes)
        self._ports: set[int] = set()
        self._raw: list[tuple[float, int, bytes, int]] = []
        self._over = threading.Event()
        self._changed = threading.Condition()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 * 1024 * 1024)
        self._socket.bind(("lo", _ALL))
        self._thread = threading.Thread(target=self._read, name="capture")
        self._thread.start()

    def since(self, moment: float) -> list[Packet]:
        """What has left since a moment, of the monotonic clock."""
        return [
            _packet(at, payload, size)
            for at, port, payload, size in list(self._raw)
            if port in self._ports and at >= moment
        ]

    def until(self, holds: Callable[[], bool], limit_s: float) -> bool:
        """Wait for a packet after which it holds."""
        with self._changed:
            return self._changed.wait_for(holds, limit_s)

    def end(self) -> None:
        """Stop."""
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _read(self) -> None:
        looked_at = 0.0
        while not self._over.is_set():
            if time.monotonic() - looked_at > _LOOK_S:
                looked_at = time.monotonic()
                for process in self._processes:
                    self._ports |= _udp_ports(process)
            if not select.select([self._socket], [], [], _LOOK_S)[0]:
                continue
            data, (_, _, way, *_) = self._socket.recvfrom(65536)
            if way == _OUTGOING and (found := _udp(data)) is not None:
                port, payload = found
                with self._changed:
                    self._raw.append((time.monotonic(), port, payload[:16], len(payload)))
                    self._changed.notify_all()


@contextmanager
def captured(processes: Iterable[int]) -> Iterator[Capture]:
    """A capture that ends whatever happens."""
    capture = Capture(processes)
    try:
        yield capture
    finally:
        capture.end()


def sources(sdp: str) -> dict[str, set[int]]:
    """The sources that a description names for `audio` and for `video`: sound and picture with what mends it."""
    found: dict[str, set[int]] = {"audio": set(), "video": set()}
    for part in re.split(r"^m=", sdp, flags=re.MULTILINE)[1:]:
        kind = part.split(" ", 1)[0]
        if kind in found:
            found[kind] |= {int(number) for number in re.findall(r"^a=ssrc:(\d+)", part, re.MULTILINE)}
    return found


def _packet(at: float, head: bytes, size: int) -> Packet:
    """Which protocol it is, by its first bytes (RFC 7983, 7; RFC 5761, 4)."""
    first = head[0] if head else 0
    if 128 <= first < 192 and len(head) >= 12:
        if 192 <= head[1] < 224:
            return Packet(at, "rtcp", None, size)
        return Packet(at, "rtp", struct.unpack_from(">I", head, 8)[0], size)
    kind = "stun" if first < 4 else "dtls" if 20 <= first < 64 else "other"
    return Packet(at, kind, None, size)


def _udp(data: bytes) -> tuple[int, bytes] | None:
    """Source port and content of a datagram over IPv4 or IPv6 (libwebrtc's have no extension headers)."""
    version = data[0] >> 4 if data else 0
    head, protocol = ((data[0] & 15) * 4, 9) if version == 4 else (40, 6)
    if version not in (4, 6) or len(data) < head + 8 or data[protocol] != _UDP:
        return None
    return int.from_bytes(data[head : head + 2], "big"), data[head + 8 :]


def _udp_ports(process: int) -> set[int]:
    """The UDP ports of a process now; proc(5)."""
    held: set[str] = set()
    with suppress(OSError):
        for entry in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                held.add(os.readlink(entry).partition("socket:[")[2].rstrip("]"))
    ports: set[int] = set()
    for table in ("udp", "udp6"):
        with suppress(OSError):
            for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
                words = line.split()
                if words[9] in held:
                    ports.add(int(words[1].rpartition(":")[2], 16))
    return ports
