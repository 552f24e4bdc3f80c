"""Two venues that cannot reach each other, and between them the centre's TURN server: three network namespaces.

Each venue has a line of its own to the middle one, which hands nothing on; coturn there is the only way. Needs root.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.line import venues
from tests.line.venues import ROOT, surroundings

SECRET = "of-the-test-alone"
USER = "venue"
PORT = 3478
_MIDDLE = ("10.78.1.1", "10.78.2.1")
ADDRESSES = ("10.78.1.2", "10.78.2.2")


def why_not() -> str | None:
    """Why there is none here; None where there is."""
    if shutil.which("turnserver") is None:
        return "no coturn is installed (Debian: apt-get install coturn)"
    return venues.why_not()


class Relayed:
    """`settings` are folders of a machine in each venue, whose devices.json names the server."""

    def __init__(self, folder: Path) -> None:
        self._names = [f"kwr{os.getpid()}{end}" for end in "amb"]
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make the three, and start the server."""
        one, middle, other = self._names
        for name in self._names:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        for end, name in enumerate((one, other)):
            _ip("link", "add", "wan0", "netns", name, "type", "veth", "peer", "name", f"lan{end}", "netns", middle)
            for where, device, address in ((name, "wan0", ADDRESSES[end]), (middle, f"lan{end}", _MIDDLE[end])):
                _ip("-n", where, "addr", "add", f"{address}/24", "dev", device)
                _ip("-n", where, "link", "set", device, "up")
            _ip("-n", name, "route", "add", "default", "via", _MIDDLE[end])
        log = self._folder / "turn.log"
        addresses = [word for address in _MIDDLE for word in ("-L", address, "-E", address)]
        command = [
            "turnserver",
            "-n",
            "--no-cli",
            "--no-tls",
            "--no-dtls",
            "-a",
            "-r",
            "kawei",
            "-u",
            f"{USER}:{SECRET}",
        ]
        command += [*addresses, "-p", str(PORT), "--min-port", "50000", "--max-port", "50100"]
        command += ["--pidfile", str(self._folder / "turn.pid"), "--log-file", str(log), "--simple-log"]
        self._server = subprocess.Popen(
            ["ip", "netns", "exec", middle, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def settings(self, venue: int) -> Path:
        """A machine's folder with the server in its settings."""
        folder = self._folder / f"machine{venue}"
        folder.mkdir()
        secret = folder / "turn.secret"
        secret.touch(0o600)
        secret.write_text(SECRET, "utf-8")
        url = f"turn:{_MIDDLE[venue]}:{PORT}?transport=udp"
        settings = {"turn": [{"url": url, "user": USER, "secret_file": secret.name}]}
        (folder / "devices.json").write_text(json.dumps(settings), "utf-8")
        return folder

    def start(self, venue: int, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """A process in one of the venues (0, 1)."""
        name = self._names[2 * venue]
        return subprocess.Popen(["ip", "netns", "exec", name, *command], cwd=ROOT, env=surroundings(), **options)

    def close(self) -> None:
        """Take everything down."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(10)
        for name in self._names:
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "del", name)


@contextmanager
def relayed_venues(folder: Path) -> Iterator[Relayed]:
    """Some that are taken down whatever happens."""
    found = Relayed(folder)
    try:
        found.open()
        yield found
    finally:
        found.close()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
