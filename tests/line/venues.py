"""Two venues joined by a bad line: two network namespaces, where root allows them, and a process between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.line.bad_line import DEVICE, Line

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("10.77.0.1", "10.77.0.2")


def why_not() -> str | None:
    """Why this machine gives no namespaces; None where it does."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "network namespaces and TUN devices need root"
    if not Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    name = f"kwt{os.getpid()}"
    try:
        _ip("netns", "add", name)
        _ip("netns", "del", name)
    except (OSError, subprocess.CalledProcessError):
        return "this machine allows no network namespaces"
    return None


class Venues:
    """`names` are the two namespaces, `ADDRESSES` where each is on the line."""

    def __init__(self) -> None:
        self.names = tuple(f"kw{os.getpid()}{end}" for end in "ab")
        self._between: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make both and join them by a line without faults."""
        for name in self.names:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        command = [sys.executable, "-m", "tests.line.bad_line", *self.names]
        self._between = subprocess.Popen(
            command, cwd=ROOT, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._between.stdout is not None
        assert self._between.stdout.readline() == b"ready\n"
        for name, here, there in zip(self.names, ADDRESSES, reversed(ADDRESSES), strict=True):
            _ip("-n", name, "addr", "add", here, "peer", there, "dev", DEVICE)
            _ip("-n", name, "link", "set", DEVICE, "up")

    def line(self, line: Line) -> None:
        """From now on the line is so."""
        assert self._between is not None
        assert self._between.stdin is not None
        self._between.stdin.write(line.text.encode() + b"\n")
        self._between.stdin.flush()

    def start(self, venue: int, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """A process in one of the venues (0, 1); its id is that of the program itself."""
        return subprocess.Popen(
            ["ip", "netns", "exec", self.names[venue], *command], cwd=ROOT, env=surroundings(), **options
        )

    def close(self) -> None:
        """Take everything down."""
        if self._between is not None:
            self._between.communicate(timeout=10)
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


@contextmanager
def two_venues() -> Iterator[Venues]:
    """Two that are taken down whatever happens."""
    venues = Venues()
    try:
        venues.open()
        yield venues
    finally:
        venues.close()


def surroundings() -> dict[str, str]:
    """What a process of the tests finds: the source tree, and the grounds of the tests of the room."""
    paths = [ROOT, ROOT / "tests", ROOT / "tests" / "room"]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
