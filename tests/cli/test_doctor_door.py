"""The door `kawei doctor`: each finding in its good and its bad state, in both languages."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.cli import doctor, main
from app.cli.doctor import Finding, Level

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Room:
    """What the little server in the room's place answers."""

    url = ""
    health: bytes = json.dumps({"state": "ok", "version": "0.1.0"}).encode()
    status = 200
    date = NOW


@pytest.fixture
def server() -> Iterator[Room]:
    told = Room()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(told.status if self.path in ("/api/v1/health", "/") else 404)
            self.send_header("Date", format_datetime(told.date, usegmt=True))
            self.send_header("Content-Length", str(len(told.health)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(told.health)

        do_HEAD = do_GET

        def log_message(self, *_args: object) -> None:
            """Be silent."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{web.server_port}"
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told
    web.shutdown()
    web.server_close()
    thread.join()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    for _ in range(50):
        writer.write(np.full((48, 64, 3), 90, np.uint8))
    writer.release()
    return path


def test_a_machine_that_is_set_up_passes(
    server: Room, film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.date = datetime.now(UTC)
    arguments = ["doctor", "--lang", "en", "--camera", str(film), "--data", str(tmp_path), "--room", server.url]
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    levels = {line[9:24].strip(): line[:8].strip() for line in lines}
    wanting = ("microphone", "speaker", "voice", "card reader")  # a machine for tests has none
    assert {name for name, level in levels.items() if level != "ok" and name not in wanting} == set()
    assert list(levels) == [
        "settings", "python", "qt", "fonts", "typst", "face models", "face mesh", "second opinion",
        "camera", "card reader", "microphone", "speaker", "voice", "door", "locker", "slip printer",
        "disk", "clock", "certificate", "room",
    ]  # fmt: skip


def test_a_failure_is_exit_1_and_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unheard = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    url = f"http://127.0.0.1:{unheard.server_port}"
    unheard.server_close()
    assert main(["doctor", "--room", url, "--camera", str(tmp_path / "none.avi")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"failed   room            {url} 没有应答, 请检查网线、地址以及服务器是否在运行。" in lines
    assert any(line.startswith("warning  camera") and "没有找到" in line for line in lines)


def test_a_check_that_breaks_is_a_failure_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    def breaks() -> Finding:
        raise ZeroDivisionError

    checks = [("one", breaks), ("two", lambda: Finding(Level.OK, "好", "fine"))]
    assert doctor.report(checks, "en") == 1
    assert capsys.readouterr().out.splitlines() == [
        "failed   one             The check itself broke (ZeroDivisionError); install again and retry.",
        "ok       two             fine",
    ]


def test_warnings_alone_are_exit_0() -> None:
    assert doctor.report([("one", lambda: Finding(Level.WARNING, "小心", "careful"))], "zh") == 0


def test_missing_fonts_and_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.path", lambda *parts: tmp_path.joinpath(*parts))
    assert doctor.fonts().level is Level.FAILED
    assert "NotoSansSC-Bold.ttf" in doctor.fonts().en
    assert doctor.face_models().level is Level.FAILED
    assert "yunet.onnx" in doctor.face_models().en


def test_a_python_nobody_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 13, 0, "final", 0))
    assert doctor.python().level is Level.FAILED


def test_the_qt_that_kills(monkeypatch: pytest.MonkeyPatch) -> None:
    import PySide6

    assert doctor.qt().level is Level.OK
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr("sys.version_info", (3, 11, 7, "final", 0))
    assert doctor.qt().level is Level.FAILED


def test_no_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert doctor.second_opinion().level is Level.WARNING


@pytest.mark.parametrize(("free", "level"), [(50, Level.OK), (5, Level.WARNING), (0.5, Level.FAILED)])
def test_disk(free: float, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = (100, 50, int(free * doctor.GIB))
    from shutil import _ntuple_diskusage  # type: ignore[attr-defined]

    monkeypatch.setattr("shutil.disk_usage", lambda _place: _ntuple_diskusage(*usage))
    assert doctor.disk(tmp_path / "not" / "yet").level is level


def test_a_disk_that_cannot_be_written() -> None:
    assert doctor.disk(Path("/proc")).level is Level.FAILED


@pytest.mark.parametrize(
    ("ahead_s", "level"), [(0, Level.OK), (5, Level.OK), (-5, Level.OK), (8, Level.WARNING), (-90, Level.WARNING)]
)
def test_clock_against_the_room(server: Room, ahead_s: int, level: Level) -> None:
    finding = doctor.clock(server.url, lambda: NOW + timedelta(seconds=ahead_s))
    assert finding.level is level
    if level is Level.WARNING:
        assert f"{ahead_s:+d} s" in finding.en


def test_clock_alone() -> None:
    assert doctor.clock(None, lambda: NOW).level is Level.OK
    assert doctor.clock(None, lambda: datetime(1970, 1, 1, tzinfo=UTC)).level is Level.FAILED


@pytest.mark.parametrize(
    ("status", "health"),
    [(200, b"<html>"), (200, b"[]"), (200, b'{"state": "starting"}'), (404, b"{}"), (500, b"")],
)
def test_something_else_answers(server: Room, status: int, health: bytes) -> None:
    server.status, server.health = status, health
    assert doctor.room(server.url).level is Level.FAILED


@pytest.mark.parametrize("url", ["nonsense", "http://", "ftp://x"])
def test_what_is_no_address(url: str) -> None:
    assert doctor.room(url).level is Level.FAILED
    assert doctor.clock(url).level is Level.OK


def test_a_certificate_that_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    import requests

    def refuse(*_args: object, **_options: object) -> requests.Response:
        raise requests.exceptions.SSLError("self-signed")

    monkeypatch.setattr("requests.get", refuse)
    assert "--state" in doctor.room("https://room").en
