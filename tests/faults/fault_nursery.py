"""Forks the processes of a room under fire, so that each start costs no import: `kawei room` itself, and seats.

Reads one order a line on stdin, `{"name", "kind": "room" | "seat", ...}`, and answers `{"name", "pid"}`. What a child
says on stdout carries its name; all of them share this process's stdout, a line at a time.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import fault_plants  # noqa: E402
import fault_seat  # noqa: E402

import app.cli.room  # noqa: E402
import app.evaluation.codec  # noqa: E402
import app.room  # noqa: E402 - imported before the forks, so that these are fast
import app.storage  # noqa: E402, F401
import devices.ambient  # noqa: E402
import devices.face.vault  # noqa: E402, F401
from app.cli import main  # noqa: E402


def _room(order: dict[str, Any]) -> int:
    """The door `kawei room` as it is."""
    return main(["room", *order["arguments"]])


KINDS = {"room": _room, "seat": fault_seat.run}


def _child(order: dict[str, Any]) -> int:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for plant in order.get("plants", ()):
        getattr(fault_plants, plant)(order)
    return KINDS[order["kind"]](order)


def nurse() -> None:
    """Fork what is ordered until stdin ends. The system reaps the children."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = _child(order)
                sys.stdout.flush()
            finally:
                os._exit(code)
        os.write(1, json.dumps({"name": order["name"], "pid": pid}).encode() + b"\n")


if __name__ == "__main__":
    nurse()
