"""Seven machines set up from one file against a room with an encrypted line: all enrolled, each with its own owner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from room_clients import PLAN

from app.cli import main
from app.link import load

SEATS = ("A01", "A02", "A03", "B01", "B02")
MINUTES = 3
FIRST_OWNER = 61_001


@pytest.fixture
def room(tmp_path: Path) -> Iterator[str]:
    """The address of a room that has a code for every machine."""
    codes = [{"code": f"seat-{seat.lower()}", "kind": "seat", "seat": seat} for seat in SEATS]
    codes += [{"code": "kiosk-1", "kind": "kiosk"}, {"code": "console-1", "kind": "console"}]
    users = [{"name": "centre-a", "role": "centre", "password": "correct horse battery"}]
    provision, plan = tmp_path / "provision.json", tmp_path / "plan.json"
    provision.write_text(json.dumps({"users": users, "enrolments": codes}), "utf-8")
    plan.write_text(json.dumps(PLAN), "utf-8")
    command = [sys.executable, "-m", "app", "room", "--data", str(tmp_path / "room"), "--port", "0", "--rehearsal"]
    command += ["--provision", str(provision), "--plan", str(plan)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["listening"]
        process.send_signal(signal.SIGTERM)


def machines(folder: Path, room: str) -> dict[str, str]:
    """The file, and the kind of each machine in it by its name."""
    kinds = {f"seat-{seat.lower()}": "seat" for seat in SEATS} | {"kiosk-1": "kiosk", "console-1": "console"}
    lines = [f'room = "{room}"', 'lang = "en"']
    for name, kind in kinds.items():
        lines += ["[[machine]]", f'name = "{name}"', f'kind = "{kind}"', f'code = "{name}"']
        lines += [f'state = "{folder / name}"'] + (['role = "witness"'] if kind == "console" else [])
    (folder / "machines.toml").write_text("\n".join(lines), "utf-8")
    return kinds


def set_up(folder: Path, name: str) -> subprocess.Popen[str]:
    """One machine's set-up, with settings of its own."""
    command = [sys.executable, "-m", "app", "setup", "--file", str(folder / "machines.toml"), "--name", name]
    command += ["--config", str(folder / f"{name}.toml"), "--lang", "en"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.slow
def test_seven_machines_from_one_file(tmp_path: Path, room: str, capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    kinds = machines(tmp_path, room)
    for number, name in enumerate(kinds):
        (tmp_path / name).mkdir(mode=0o700)
        if root:
            os.chown(tmp_path / name, FIRST_OWNER + number, FIRST_OWNER + number)
    running = {name: set_up(tmp_path, name) for name in kinds}
    said = {name: process.communicate(timeout=60 * MINUTES)[0] for name, process in running.items()}
    assert {name: process.returncode for name, process in running.items()} == dict.fromkeys(kinds, 0), said
    assert time.monotonic() - begun < 60 * MINUTES
    for number, (name, kind) in enumerate(kinds.items()):
        assert "failed " not in said[name]
        found = load(tmp_path / name)
        assert (found.device, found.kind, found.url) == (name, kind, room)
        assert f'state = "{tmp_path / name}"' in (tmp_path / f"{name}.toml").read_text("utf-8")
        if root:
            owners = {(file.stat().st_uid, file.stat().st_gid) for file in (tmp_path / name).rglob("*")}
            assert owners == {(FIRST_OWNER + number, FIRST_OWNER + number)}
    identity = (tmp_path / "seat-a01" / "identity.json").read_bytes()
    arguments = ["--file", str(tmp_path / "machines.toml"), "--config", str(tmp_path / "seat-a01.toml"), "--lang", "en"]
    assert main(["setup", *arguments, "--name", "seat-a01"]) == 0
    assert "enrolled before: seat-a01" in capsys.readouterr().out
    assert (tmp_path / "seat-a01" / "identity.json").read_bytes() == identity
    text = (
        (tmp_path / "machines.toml").read_text("utf-8").replace(str(tmp_path / "seat-a02"), str(tmp_path / "kiosk-1"))
    )
    (tmp_path / "machines.toml").write_text(text, "utf-8")
    assert main(["setup", *arguments, "--name", "seat-a02"]) == 2
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"]["code"] == "enrolled_otherwise"
