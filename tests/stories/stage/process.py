"""A room server in a process of its own: started, killed without warning, started again over the same data."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Any

from room_clients import PASSWORD

POSTS = {
    "console-1": "centre-a",
    "console-2": "witness-a",
    "console-3": "agency-a",
    "console-4": "regulator-a",
    "console-5": "tenderee-a",
}
_SPARE = {"console": 3, "kiosk": 2, "board": 1}


def plan(seats: int) -> dict[str, Any]:
    """A room of so many seats, four a row, with lockers enough."""
    return {
        "format": "kawei-room/1",
        "room": "minle-3",
        "name": "岷乐评标三室",
        "rehearsal": True,
        "seats": [
            {
                "id": f"{'ABCDEFG'[k // 4]}{k % 4 + 1:02}",
                "x": 2 * (k % 4),
                "y": 2 * (k // 4),
                "way": f"第{k // 4 + 1}排第{k % 4 + 1}座",
            }
            for k in range(seats)
        ],
        "lockers": [f"{k:02}" for k in range(1, 2 * seats + 1)],
    }


class RoomProcess:
    """`kawei room` over a folder; `url` changes with every start."""

    def __init__(self, folder: Path, seats: int) -> None:
        """Lay out plan, accounts, codes and clock, and start."""
        self.folder, self.data = folder, folder / "data"
        self.seats = tuple(seat["id"] for seat in plan(seats)["seats"])
        self.ahead_s = 0
        self._codes = {kind: deque(codes) for kind, codes in self._make_codes().items()}
        self._write("plan.json", plan(seats))
        self._write("provision.json", self._provision())
        self._clock().write_text("0")
        self.log = (folder / "room.log").open("wb")
        self.url = self.key = ""
        self.start("--provision", str(folder / "provision.json"))

    def _make_codes(self) -> dict[tuple[str, str | None], list[str]]:
        many = {kind: spare + (len(POSTS) if kind == "console" else 1) for kind, spare in _SPARE.items()}
        machines = {(kind, None): [f"code-{kind}-{k}" for k in range(count)] for kind, count in many.items()}
        return machines | {("seat", seat): [f"code-{seat}-{k}" for k in range(2)] for seat in self.seats}

    def _provision(self) -> dict[str, Any]:
        people = [*POSTS.values(), "centre-b", "witness-b"]
        return {
            "users": [{"name": name, "role": name.split("-")[0], "password": PASSWORD} for name in people],
            "enrolments": [
                {"code": code, "kind": kind, "seat": seat}
                for (kind, seat), codes in self._make_codes().items()
                for code in codes
            ],
        }

    def _write(self, name: str, value: Any) -> None:
        (self.folder / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")

    def _clock(self) -> Path:
        return self.folder / "clock"

    # --- a `House` of room_play

    def add_users(self, *names: str) -> None:
        """Nothing: every account is provided at the first start."""

    def code(self, kind: str, seat: str | None = None) -> str:
        """The next one-time code of a kind."""
        return self._codes[kind, seat].popleft()

    # --- up and down

    def start(self, *more: str) -> None:
        """Start and wait until it listens."""
        command = [sys.executable, "-m", "app", "room", "--data", str(self.data), "--port", "0", "--rehearsal"]
        command += ["--plan", str(self.folder / "plan.json"), "--clock", str(self._clock()), *more]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the room did not start: {self.said()}"
        told = json.loads(line)
        self.url, self.key = told["listening"], told["key"]

    def kill(self) -> None:
        """The power goes: nothing is finished, nothing is said."""
        self._process.kill()
        self._ended()

    def stop(self) -> None:
        """End as its owner ends it, having said nothing bad."""
        self._process.terminate()
        code = self._ended()
        self.log.close()
        assert code == 0, self.said()
        assert "Traceback" not in self.said(), self.said()

    def _ended(self) -> int:
        code = self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def said(self) -> str:
        """The log so far."""
        return (self.folder / "room.log").read_text("utf-8")

    def pass_time(self, seconds: int) -> None:
        """Let time pass for the room, and for it alone."""
        self.ahead_s += seconds
        fresh = self.folder / "clock.fresh"
        fresh.write_text(str(self.ahead_s))
        fresh.replace(self._clock())
