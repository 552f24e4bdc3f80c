"""A bad line between two network namespaces: packets are read from one TUN device and written to the other, late,
out of step with the clock, lost, or held up behind a narrow link with a short queue. Linux, as root.

Run as `python -m tests.line.bad_line NAMESPACE NAMESPACE`; each line on stdin is a `Line` as JSON and holds at once.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import gc
import heapq
import json
import os
import random
import select
import struct
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

DEVICE = "wan0"
MTU = 1500
_CLONE_NEWNET = 0x40000000
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_LOOK_S = 0.5


@dataclass(frozen=True)
class Line:
    """How the line is, the same both ways; a round trip takes twice the delay. A rate of 0 knows no bound."""

    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    loss: float = 0.0
    rate_kbit: float = 0.0
    queue_ms: float = 200.0
    cut: bool = False

    @property
    def text(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self))


class Way:
    """One direction: when each packet is to come out, if it does. Packets never overtake each other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._free_at = 0.0
        self._last_due = 0.0

    def due(self, size: int, line: Line, now: float) -> float | None:
        """The time at which a packet of `size` bytes that enters now leaves; None for a lost one."""
        if line.cut or self._chance.random() < line.loss:
            return None
        leaves = now
        if line.rate_kbit:
            begins = max(self._free_at, now)
            if (begins - now) * 1000 > line.queue_ms:
                return None
            leaves = self._free_at = begins + size * 8 / (line.rate_kbit * 1000)
        due = leaves + (line.delay_ms + self._chance.random() * line.jitter_ms) / 1000
        self._last_due = max(due, self._last_due)
        return self._last_due


def tun_in(namespace: str) -> int:
    """A TUN device in a named namespace; this thread is in that namespace afterwards."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/var/run/netns", namespace).open("rb") as place:
        if libc.setns(place.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", DEVICE.encode(), _IFF_TUN | _IFF_NO_PI))
    return device


def serve(one: int, other: int, orders: int) -> None:
    """Carry packets until `orders` is closed."""
    line = Line()
    ways = {one: Way(random.Random(1)), other: Way(random.Random(2))}
    there = {one: other, other: one}
    waiting: list[tuple[float, int, int, bytes]] = []
    number, unread = 0, b""
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, _, device, packet = heapq.heappop(waiting)
            try:
                os.write(device, packet)
            except OSError as error:  # a full device or a venue that is being closed loses packets, as a line does
                if error.errno not in (errno.EAGAIN, errno.EIO, errno.ENOBUFS):
                    raise
        pause = min(_LOOK_S, max(0.0, waiting[0][0] - now)) if waiting else _LOOK_S
        for ready in select.select([one, other, orders], [], [], pause)[0]:
            if ready == orders:
                told = os.read(orders, 65536)
                if not told:
                    return
                *whole, unread = (unread + told).split(b"\n")
                if whole:
                    line = Line(**json.loads(whole[-1]))
                continue
            try:
                while True:
                    packet = os.read(ready, MTU + 100)
                    due = ways[ready].due(len(packet), line, time.monotonic())
                    if due is not None:
                        number += 1
                        heapq.heappush(waiting, (due, number, there[ready], packet))
            except BlockingIOError:
                pass


def main() -> None:
    """Open both ends, say so, and serve."""
    gc.disable()  # a pause of the collector would be one of the line
    devices = [tun_in(name) for name in sys.argv[1:3]]
    print("ready", flush=True)
    serve(*devices, sys.stdin.fileno())


if __name__ == "__main__":
    main()
