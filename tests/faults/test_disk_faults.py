"""Real faults of a real disk under `kawei room`: full, read-only, a damaged page; needs root for a disk of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from room_clients import PASSWORD, PLAN, Machine, Refusal

from app.room.streams import read_book
from app.storage import open_store, sqlite_url

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root mounts a disk"),
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "kawei", str(place)], check=False).returncode:
        pytest.skip("this machine mounts nothing")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


class House:
    """`kawei room` over a folder of that disk."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        (folder / "plan.json").write_text(json.dumps(PLAN), "utf-8")
        provision = {
            "users": [{"name": f"{role}-a", "role": role, "password": PASSWORD} for role in ("centre", "witness")],
            "enrolments": [{"code": "console", "kind": "console"}],
        }
        (folder / "provision.json").write_text(json.dumps(provision), "utf-8")

    def command(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "app", "room", "--data", str(self.data), *more]

    def start(self) -> str:
        """Start it; returns its address, or the code of what keeps it from starting."""
        more = ["--port", "0", "--rehearsal", "--plan", str(self.folder / "plan.json")]
        more += ["--provision", str(self.folder / "provision.json")]
        with (self.folder / "room.log").open("ab") as log:
            self.process = subprocess.Popen(self.command(*more), stdout=subprocess.PIPE, stderr=log, cwd=ROOT)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line:
            return str(json.loads(line)["listening"])
        self.end()
        return str(json.loads(self.said().splitlines()[-1])["error"]["code"])

    def run(self, *more: str, typed: str = "") -> Any:
        """Another door of the room, which ends by itself; `typed` are lines of its stdin."""
        done = subprocess.run(self.command(*more), capture_output=True, cwd=ROOT, check=True, input=typed.encode())
        return json.loads(done.stdout)

    def end(self, number: int = signal.SIGKILL) -> None:
        """It ends as the signal says."""
        self.process.send_signal(number)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def said(self) -> str:
        """The log."""
        return (self.folder / "room.log").read_text("utf-8")


def one_more(console: Machine) -> int:
    """An entry that was acknowledged; returns how far the journal went then."""
    console.ask("POST", "/logout", {})
    console.login("centre-a")
    return int(console.ask("GET", "/health")["position"])


def test_what_the_disk_does_to_a_room(tmp_path: Path, disk: Path) -> None:
    house = House(tmp_path, disk / "data")
    try:
        console = Machine(house.start(), "console-1")
        console.enrol("console")
        console.open().login("centre-a")
        copied = house.run("--backup", str(tmp_path / "copy"))  # while it works
        acknowledged = one_more(console)
        assert acknowledged > copied["position"]

        # full
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        with pytest.raises(Refusal) as full:  # noqa: PT012 - the log has some room left
            for _ in range(500):
                acknowledged = one_more(console)
        assert (full.value.status, full.value.code) == (503, "disk_full")
        assert console.ask("GET", "/health")["state"] == "disk_full"
        console.view()  # who only looks is served
        (disk / "filler").unlink()
        console.login("centre-a")
        acknowledged = one_more(console)
        assert console.ask("GET", "/health")["state"] == "ok"

        # power off while it is full again and freed: everything acknowledged is there, in a sound journal
        house.end()
        with closing(open_store(sqlite_url(house.data / "kawei.sqlite"))) as store:
            assert read_book(store).position >= acknowledged

        # read-only
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert house.start() in ("database_read_only", "disk_read_only")
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert house.start().startswith("http")
        house.end(signal.SIGTERM)

        # the last page is not what was written: the room says so and stays shut, and comes back from the copy
        database = house.data / "kawei.sqlite"
        kept = bytearray(database.read_bytes())
        where = kept.rindex(b'"type":"PostTaken"')
        kept[where : where + 64] = b"\xff" * 64
        database.write_bytes(kept)
        assert house.start() in ("journal_damaged", "database_damaged")
        house.data.rename(disk / "damaged")
        both = ("--by", "centre-a", "--second", "witness-a")
        house.run("--restore", str(tmp_path / "copy"), *both, typed=f"{PASSWORD}\n{PASSWORD}\n")
        (disk / "damaged" / "keys").rename(house.data / "keys")
        console.url = house.start()
        console.open().login("centre-a")
        stream = console.stream(0)
        told = stream.up_to(int(console.ask("GET", "/health")["position"]))
        stream.close()
        assert "JournalRecovered" in [one["type"] for one in told]
        house.end(signal.SIGTERM)
        assert "Traceback" not in house.said()
    finally:
        if house.process.poll() is None:
            house.end()
