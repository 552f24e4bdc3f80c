"""What `kawei doctor` says of hardware, keys and certificates: each in its good and its bad state."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.cli import doctor_devices as hardware
from app.cli import doctor_keys as secrets
from app.cli import main
from app.cli.finding import Finding, Level
from app.cli.machine import (
    CameraSettings,
    DoorSettings,
    LockerSettings,
    Machine,
    PrinterSettings,
    ReaderSettings,
    read_machine,
)
from app.link import Identity, save
from devices.camera.liveliness import Picture
from tests.devices.camera_ground import FakeCapture

CHANCE = np.random.default_rng(7)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def two_languages(finding: Finding) -> None:
    assert finding.zh
    assert finding.en
    assert finding.level is Level.OK or (finding.zh != finding.en and finding.zh.endswith("。"))


def live() -> Picture:
    return CHANCE.integers(0, 255, (240, 320, 3), np.uint8)


def given(monkeypatch: pytest.MonkeyPatch, make: object, name: str | None = "usb-a-camera") -> Machine:
    """Camera 0 whose pictures are made up, under this name."""
    monkeypatch.setattr("devices.camera.opencv.open_with_opencv", lambda _s, _z: FakeCapture(make))  # type: ignore[arg-type]
    monkeypatch.setattr("devices.camera.whose.identity_of", lambda *_a: name)
    monkeypatch.setattr("devices.camera.whose.is_virtual", lambda *_a: False)
    return Machine(camera=CameraSettings("0", ("usb-a-camera",)))


def test_an_enrolled_camera_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = hardware.camera(given(monkeypatch, live))
    assert finding == Finding(Level.OK, "320 x 240，已登记（usb-a-camera）", "320 x 240, enrolled (usb-a-camera)")


def test_another_camera_is_told_how_to_be_enrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = hardware.camera(given(monkeypatch, live, "usb-another"))
    two_languages(finding)
    assert finding.level is Level.WARNING
    assert "--enrol-camera" in finding.en
    assert "usb-another" in finding.zh


STILL = live()


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        (lambda: STILL, "stands still"),
        (lambda: np.zeros((240, 320, 3), np.uint8), "is black"),
        (lambda: np.zeros((240, 320), np.uint8), "format or size"),
        (lambda: None, "is not there"),
    ],
)
def test_a_camera_that_is_not_well(monkeypatch: pytest.MonkeyPatch, pictures: object, words: str) -> None:
    finding = hardware.camera(given(monkeypatch, pictures))
    two_languages(finding)
    assert finding.level is Level.WARNING
    assert words in finding.en


def test_a_program_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = given(monkeypatch, live)
    monkeypatch.setattr("devices.camera.whose.is_virtual", lambda *_a: True)
    finding = hardware.camera(machine)
    two_languages(finding)
    assert finding.level is Level.FAILED


def test_a_film_serves_in_rehearsals_only(tmp_path: Path) -> None:
    film = str(tmp_path / "film.avi")
    writer = cv2.VideoWriter(film, cv2.VideoWriter.fourcc(*"MJPG"), 25, (320, 240))
    for _ in range(3):
        writer.write(STILL)
    writer.release()
    finding = hardware.camera(Machine(camera=CameraSettings(film)))
    assert (finding.level, finding.en) == (Level.OK, "320 x 240; a film serves in rehearsals only")


def test_a_reader_shows_as_a_keyboard(tmp_path: Path) -> None:
    nothing = hardware.reader(Machine(), tmp_path)
    two_languages(nothing)
    assert nothing.level is Level.WARNING
    (tmp_path / "usb-Reader-event-kbd").touch()
    two_languages(hardware.reader(Machine(), tmp_path))
    assert hardware.reader(Machine(), tmp_path).level is Level.OK
    named = Machine(reader=ReaderSettings("usb-Reader-event-kbd"))
    assert hardware.reader(named, tmp_path).en.startswith("usb-Reader-event-kbd;")
    pulled = hardware.reader(Machine(reader=ReaderSettings("usb-Other-event-kbd")), tmp_path)
    two_languages(pulled)
    assert pulled.level is Level.FAILED


def test_voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("devices.voice.clips.find_player", lambda: ("/usr/bin/aplay", "-q"))
    assert hardware.voice(Machine(), "zh") == Finding(Level.OK, "aplay", "aplay")
    assert hardware.voice(Machine(voice=False), "zh").level is Level.OK
    monkeypatch.setattr("devices.voice.clips.find_player", lambda: None)
    assert "alsa-utils" in hardware.voice(Machine(), "en").en
    monkeypatch.setattr("resources.path", lambda *parts: tmp_path.joinpath(*parts))
    missing = hardware.voice(Machine(), "en")
    two_languages(missing)
    assert "23 clips" in missing.en


def test_the_mesh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert hardware.face_mesh().level is Level.OK
    monkeypatch.setattr("resources.path", lambda *parts: tmp_path.joinpath(*parts))
    missing = hardware.face_mesh()
    two_languages(missing)
    assert missing.level is Level.FAILED
    assert "mesh.tflite" in missing.en


@contextmanager
def controller(body: bytes) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_args: object) -> None:
            """Be silent."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_port}", asked
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


def test_the_door_is_reached_and_stays_shut() -> None:
    with controller(b"") as (url, asked):
        assert hardware.door(Machine(door=DoorSettings(f"{url}/open"))).level is Level.OK
        assert asked == []
    gone = hardware.door(Machine(door=DoorSettings(f"{url}/open")))
    two_languages(gone)
    assert gone.level is Level.FAILED
    assert hardware.door(Machine(door=DoorSettings("http://127.0.0.1:x/"))).level is Level.FAILED
    assert hardware.door(Machine()).en == "opened by the staff"


def test_the_cabinet_is_asked_and_not_opened() -> None:
    with controller(json.dumps({"closed": True}).encode()) as (url, asked):
        cabinet = LockerSettings(6, url + "/open/{box}", url + "/state/{box}")
        assert hardware.locker(Machine(locker=cabinet)).level is Level.OK
        assert asked == ["GET /state/1"]
    with controller(b"?") as (url, _):
        wrong = hardware.locker(Machine(locker=LockerSettings(6, url + "/{box}", url + "/{box}")))
        two_languages(wrong)
        assert "bad_answer" in wrong.en
    assert hardware.locker(Machine()).level is Level.OK


@pytest.mark.parametrize(
    ("code", "out", "level"),
    [
        (0, b"printer S is idle.  enabled since", Level.OK),
        (0, b"printer S disabled since", Level.WARNING),
        (1, b"", Level.FAILED),
    ],
)
def test_the_queue(code: int, out: bytes, level: Level) -> None:
    machine = Machine(printer=PrinterSettings("S"))
    finding = hardware.printer(machine, lambda *_a, **_k: subprocess.CompletedProcess([], code, out, b""))
    two_languages(finding)
    assert finding.level is level


@pytest.mark.parametrize("error", [FileNotFoundError(), subprocess.TimeoutExpired("lpstat", 1)])
def test_a_system_that_does_not_print(error: Exception) -> None:
    def run(*_args: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
        raise error

    finding = hardware.printer(Machine(printer=PrinterSettings("S")), run)
    two_languages(finding)
    assert finding.level is Level.FAILED
    assert hardware.printer(Machine(), run).level is Level.OK


def test_the_machines_identity(tmp_path: Path) -> None:
    assert secrets.identity(tmp_path).level is Level.WARNING
    save(Identity("k-1", "kiosk", None, "http://127.0.0.1:9", "key", bytes(32)), tmp_path)
    assert secrets.identity(tmp_path).en == "kiosk k-1"
    (tmp_path / "identity.json").chmod(0o644)
    seen = secrets.identity(tmp_path)
    two_languages(seen)
    assert seen.level is Level.FAILED
    (tmp_path / "identity.json").write_text("{", "utf-8")
    assert secrets.identity(tmp_path).level is Level.FAILED


def test_the_rooms_keys(tmp_path: Path) -> None:
    two_languages(secrets.room_keys(tmp_path / "none"))
    assert secrets.room_keys(tmp_path / "none").level is Level.WARNING
    key = tmp_path / "sign.key"
    key.write_text(bytes(32).hex() + "\n")
    key.chmod(0o600)
    made = datetime(2026, 3, 2, tzinfo=UTC)
    os.utime(key, (made.timestamp(), made.timestamp()))
    assert secrets.room_keys(tmp_path, lambda: made + timedelta(days=2)) == Finding(Level.OK, "sign 2 d", "sign 2 d")
    assert secrets.room_keys(tmp_path, lambda: made - timedelta(days=2)).en == "sign 0 d", "a clock that went back"
    old = secrets.room_keys(tmp_path, lambda: made + timedelta(days=1200))
    two_languages(old)
    assert (old.level, "--rotate-key" in old.en) == (Level.WARNING, True)
    key.chmod(0o640)
    assert "chmod 600" in secrets.room_keys(tmp_path).en
    key.write_text(bytes(31).hex() + "\n")
    broken = secrets.room_keys(tmp_path)
    two_languages(broken)
    assert broken.level is Level.FAILED
    assert "restore" in broken.en


@pytest.mark.parametrize(("days", "level"), [(300, Level.OK), (10, Level.WARNING), (-2, Level.FAILED)])
def test_a_certificate_lasts(days: int, level: Level) -> None:
    key, name = Ed25519PrivateKey.generate(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "room")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(NOW - timedelta(days=99)).not_valid_after(NOW + timedelta(days=days))
        .sign(key, None)
    )  # fmt: skip
    pem = made.public_bytes(Encoding.PEM).decode()
    finding = secrets.certificate(
        "https://room:8443", lambda address: pem if address == ("room", 8443) else "", lambda: NOW
    )
    two_languages(finding)
    assert finding.level is level


def test_no_certificate() -> None:
    assert secrets.certificate("http://room").level is Level.OK

    def refuses(_address: tuple[str, int]) -> str:
        raise socket.gaierror

    gone = secrets.certificate("https://room", refuses)
    two_languages(gone)
    assert gone.level is Level.FAILED


def test_a_camera_is_enrolled_by_the_doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "doctor",
        "--state",
        str(tmp_path),
        "--camera",
        "http://127.0.0.1:9/v",
        "--enrol-camera",
        "--lang",
        "en",
    ]
    main(arguments)
    assert capsys.readouterr().out.startswith("camera enrolled: net:127.0.0.1\n")
    assert read_machine(tmp_path).camera == CameraSettings("http://127.0.0.1:9/v", ("net:127.0.0.1",))
    assert main(["doctor", "--enrol-camera"]) == 2
