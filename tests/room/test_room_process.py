"""`kawei room` as a process: what it says, what it leaves on the disk, how it ends, and what it does not start with."""

import io
import json
import signal
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from room_world import PASSWORD, PLAN, Machine

from app.cli import main
from app.storage import open_store, sqlite_url


class Child:
    """A room server in another process."""

    def __init__(self, data: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "app", "room", "--data", str(data), "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.told = json.loads(self.process.stdout.readline())

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        _, log = self.process.communicate(timeout=20)
        return self.process.returncode, log


def error(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """The error of a start that does not come about."""
    assert main(["room", *arguments]) == 2
    found: dict[str, str] = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    return found


def test_the_first_start_and_the_first_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    assert main(["room", "--data", str(data), "--add-user", "centre-a", "centre"]) == 0
    child = Child(data)
    try:
        assert child.told["listening"].startswith("http://127.0.0.1:")
        assert child.told["key"].startswith("kawei-ed25519:")
        code = data / "first-code.txt"
        assert oct(code.stat().st_mode)[-3:] == "600"
        console = Machine(child.told["listening"], "console-1")
        assert console.enrol(code.read_text())["kind"] == "console"
        found = console.open().login("centre-a").view()
        assert (found["role"], found["room"]["rehearsal"], found["room"]["key"]) == ("centre", False, child.told["key"])
    finally:
        code_, log = child.end()
    assert code_ == 0
    assert "Traceback" not in log
    for secret in (PASSWORD, console.token, code.read_text().strip()):
        assert secret not in log
    again = Child(data)
    try:
        assert again.told["key"] == child.told["key"]
        assert not code.exists()
        console.url = again.told["listening"]
        assert console.view()["role"] == "centre"  # the session outlives the room
    finally:
        assert again.end(signal.SIGINT)[0] == 0


def test_everything_on_the_disk_is_private_and_one_servers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, keys = tmp_path / "data", tmp_path / "elsewhere"
    child = Child(data, "--keys", str(keys), "--rehearsal")
    try:
        assert not (data / "keys").exists()
        assert {oct(file.stat().st_mode)[-3:] for file in keys.iterdir()} == {"600"}
        folders = [data, keys, *(path for path in data.rglob("*") if path.is_dir())]
        assert {oct(folder.stat().st_mode)[-3:] for folder in folders} == {"700"}
        files = [path for path in data.rglob("*") if path.is_file()]
        assert {oct(file.stat().st_mode)[-3:] for file in files} == {"600"}
        assert error(capsys, "--data", str(data), "--rehearsal")["code"] == "database_in_use"
    finally:
        child.end()


def test_a_rehearsal_practises_deadlines(tmp_path: Path) -> None:
    ahead = tmp_path / "ahead"
    ahead.write_text("0")
    child = Child(tmp_path / "data", "--rehearsal", "--clock", str(ahead))
    try:
        console = Machine(child.told["listening"], "console-1")
        console.enrol((tmp_path / "data" / "first-code.txt").read_text())
        console.open()
        before = datetime.fromisoformat(console.view()["at"])
        ahead.write_text("7200")
        passed = datetime.fromisoformat(console.view()["at"]) - before
        assert timedelta(hours=2) <= passed < timedelta(hours=2, minutes=1)
    finally:
        assert child.end()[0] == 0


def written(path: Path, value: Any) -> str:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return str(path)


def test_what_a_room_does_not_start_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, free = ["--data", str(tmp_path / "data")], ["--port", "0"]
    plan, broken = written(tmp_path / "plan.json", PLAN), written(tmp_path / "broken.json", "{")
    live = written(tmp_path / "live.json", PLAN | {"rehearsal": False})
    odd = written(tmp_path / "odd.json", PLAN | {"seats": []})
    bad = written(tmp_path / "bad.json", {"users": [{"name": "X Y", "role": "centre", "password": PASSWORD}]})
    extra = written(tmp_path / "extra.json", {"people": []})
    assert error(capsys)["code"] == "usage"
    assert error(capsys, *data, *free, "--plan", broken)["code"] == "bad_json"
    assert error(capsys, *data, *free, "--plan", str(tmp_path / "none.json"))["code"] == "not_found"
    assert error(capsys, *data, *free, "--plan", odd)["where"] == "$.seats"
    assert error(capsys, *data, *free, "--plan", live, "--provision", bad)["code"] == "rehearsal_only"
    assert error(capsys, *data, *free, "--plan", plan, "--provision", extra)["where"] == "$.people"
    assert error(capsys, *data, *free, "--plan", plan, "--provision", bad)["code"] == "bad_request"
    assert error(capsys, "--data", str(tmp_path / "x"), "--database", "mysql://x", *free)["code"] == "bad_database_url"
    still, odd_clock = written(tmp_path / "still", "0"), written(tmp_path / "odd", "bald")
    refused = error(capsys, *data, *free, "--plan", live, "--clock", still)
    assert (refused["code"], refused["where"]) == ("rehearsal_only", "--clock")
    assert error(capsys, *data, *free, "--plan", plan, "--clock", odd_clock)["code"] == "bad_value"
    assert error(capsys, *data, *free, "--plan", plan, "--clock", str(tmp_path / "none"))["code"] == "not_found"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert error(capsys, *data, "--port", port, "--plan", plan)["code"] == "port_in_use"


@pytest.mark.parametrize(
    ("name", "role", "password", "where"),
    [
        ("Centre A", "centre", PASSWORD, "name"),
        ("centre-a", "kiosk", PASSWORD, "role"),
        ("centre-a", "centre", "short", "password"),
    ],
)
def test_accounts_that_are_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    role: str,
    password: str,
    where: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    found = error(capsys, "--data", str(tmp_path), "--add-user", name, role)
    assert (found["code"], found["where"]) == ("bad_request", where)
    assert password not in str(found)
    store = open_store(sqlite_url(tmp_path / "kawei.sqlite"))
    try:
        assert store.users() == []
    finally:
        store.close()
