"""The session of a seat, kiosk or board on a virtual X server: no key leads out of it; what is killed comes back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.link import Identity, save

ROOT = Path(__file__).parents[2]
SESSION = ROOT / "packaging" / "root" / "usr" / "lib" / "kawei-session" / "run"
TOOLS = ("Xvfb", "openbox", "xdotool", "setxkbmap")
LIMIT_S = 60.0
KEYS = ("alt+Tab", "alt+F4", "super", "super+d", "Print", "Menu", "alt+space", "ctrl+alt+Delete", "ctrl+Escape")
KEYS += ("alt+F2", "ctrl+alt+Right", "super+r", "ctrl+alt+t", "alt+Escape", "shift+F10", "ctrl+alt+BackSpace")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
]


class Session:
    """A screen without anything, and the session on it."""

    def __init__(self, folder: Path) -> None:
        save(Identity("b-1", "board", None, "http://127.0.0.1:9", "key", bytes(32)), folder / "state")
        self.pids = folder / "pids"
        program = folder / "kawei"
        start = f'exec {sys.executable} -m app "$1" --lang en --state {folder / "state"}'
        program.write_text(f"#!/bin/sh\necho $$ >>{self.pids}\ncd {ROOT}\n{start}\n")
        program.chmod(0o755)
        ours, theirs = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[theirs],
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        with os.fdopen(ours) as told:
            self.display = f":{told.readline().strip()}"
        known = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        self.environment = known | {"DISPLAY": self.display, "KAWEI": str(program), "KAWEI_CONFIG": ""}
        self.session = subprocess.Popen([str(SESSION), "board"], env=self.environment, stderr=subprocess.PIPE)

    def do(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=20
        )
        return done.stdout.strip()

    def shown(self) -> list[str]:
        """Every window that the program shows."""
        return sorted(self.do("search", "--onlyvisible", "--class", ".").split())

    def until(self, right: Callable[[], object], what: str) -> None:
        end = time.monotonic() + LIMIT_S
        while not right():
            assert time.monotonic() < end, what
            assert self.session.poll() is None
            subprocess.run(["xdotool", "sleep", "0.1"], env=self.environment, check=False)

    def started(self) -> list[int]:
        return [int(line) for line in self.pids.read_text().split()] if self.pids.exists() else []

    def end(self) -> None:
        self.session.terminate()
        assert self.session.stderr is not None
        self.session.communicate(timeout=20)
        self.server.terminate()
        self.server.wait(20)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(tmp_path)
    try:
        yield made
    finally:
        made.end()


def test_no_key_leads_out_and_what_is_killed_comes_back(session: Session) -> None:
    session.until(session.shown, "no window came")
    session.until(lambda: session.do("getactivewindow"), "nothing has the keyboard")
    shown, active, (pid,) = session.shown(), session.do("getactivewindow"), session.started()
    size = session.do("getwindowgeometry", "--shell", active)
    assert "WIDTH=1280" in size
    assert "HEIGHT=800" in size
    for key in KEYS:
        session.do("key", "--clearmodifiers", key)
    for button in ("3", "2"):
        session.do("mousemove", "1270", "790", "click", button)
    session.do("mousemove", "0", "0", "click", "1")
    assert session.shown() == shown
    assert session.do("getactivewindow") == active
    assert session.started() == [pid]
    os.kill(pid, 0)

    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    session.until(lambda: len(session.started()) == 2, "it was not started again")
    assert time.monotonic() - began < 3
    session.until(session.shown, "its window did not come back")
    session.until(lambda: session.do("getactivewindow"), "nothing has the keyboard")
