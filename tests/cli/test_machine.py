"""The devices of a machine: its settings file, the options over it, and the cameras enrolled in it."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.cli import errors, kiosk, machine
from app.cli.machine import (
    CameraSettings,
    DoorSettings,
    LockerSettings,
    Machine,
    PrinterSettings,
    ReaderSettings,
    RelaySettings,
    RoomCameraSettings,
)
from app.cli.seat import machine_of
from app.link import Identity
from app.ports.device import DeviceError, DeviceFault
from app.ports.voice import Prompt
from devices.camera.opencv import OpenCvCamera
from devices.gate.by_hand import KeyedLocker, StaffedDoor
from devices.gate.relay import RelayDoor, RelayLocker

WHOLE = Machine(
    camera=CameraSettings("rtsp://10.0.0.9/main", ("net:10.0.0.9",)),
    reader=ReaderSettings("usb-Reader-event-kbd"),
    locker=LockerSettings(12, "http://c/open/{box}", "http://c/state/{box}"),
    door=DoorSettings("http://d/{hold_s}"),
    relay=RelaySettings("GET", 1_500, {"X-Token": "secret"}),
    printer=PrinterSettings("SLIPS"),
    voice=False,
    room_cameras=(RoomCameraSettings("北墙全景", "rtsp://viewer:secret@10.0.0.21/main"),),
)


def test_without_a_file_a_machine_has_a_camera_keys_and_staff(tmp_path: Path) -> None:
    usual = machine.read_machine(tmp_path)
    assert usual == Machine()
    assert usual.camera.enrolled == ()
    assert isinstance(machine.locker_of(usual), KeyedLocker)
    assert isinstance(machine.door_of(usual), StaffedDoor)


def test_what_is_written_is_read_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    machine.write_machine(WHOLE, tmp_path / "new")
    assert machine.read_machine(tmp_path / "new") == WHOLE
    assert (tmp_path / "new" / machine.FILE).stat().st_mode & 0o077 == 0
    assert [file.name for file in (tmp_path / "new").iterdir()] == [machine.FILE]
    assert isinstance(machine.locker_of(WHOLE), RelayLocker)
    assert isinstance(machine.door_of(WHOLE), RelayDoor)
    assert machine.locker_of(WHOLE).boxes == tuple(range(1, 13))
    wire = machine.wire_of(WHOLE)
    assert (wire.method, wire.timeout_s, wire.headers) == ("GET", 1.5, {"X-Token": "secret"})
    assert "secret" not in repr(WHOLE)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("$", None),
        ("$.format", {"format": "kawei-devices/2"}),
        ("$.colour", {"colour": "red"}),
        ("$.camera.source", {"camera": {"source": 0}}),
        ("$.reader.device", {"reader": {"device": "../../etc/passwd"}}),
        ("$.locker.boxes", {"locker": {"boxes": 0}}),
        ("$.locker", {"locker": {"open": "http://c/{box}"}}),
        ("$.locker.open", {"locker": {"open": "http://c", "state": "http://c/{box}"}}),
        ("$.locker.state", {"locker": {"open": "http://c/{box}", "state": "http://c"}}),
        ("$.room_cameras", {"room_cameras": [{"name": " ", "source": "rtsp://a"}]}),
        ("$.room_cameras", {"room_cameras": [{"name": "a", "source": "rtsp://a"}] * 2}),
        ("$.room_cameras", {"room_cameras": [{"name": f"c{k}", "source": "rtsp://a"} for k in range(17)]}),
        ("$.room_cameras[0].url", {"room_cameras": [{"name": "a", "source": "rtsp://a", "url": ""}]}),
        ("$.relay.method", {"relay": {"method": "DELETE"}}),
        ("$.relay.timeout_ms", {"relay": {"timeout_ms": 5}}),
    ],
)
def test_wrong_settings_are_refused_with_their_place(tmp_path: Path, place: str, change: dict[str, Any] | None) -> None:
    data = {"format": machine.FORMAT} | (change or {})
    (tmp_path / machine.FILE).write_text("{" if change is None else json.dumps(data), "utf-8")
    with pytest.raises(errors.Fault) as raised:
        machine.read_machine(tmp_path)
    assert raised.value.code == "bad_settings"
    assert raised.value.where.endswith(f"{machine.FILE}:{place}")


def test_cameras_of_the_room_are_known_by_their_names_and_looked_for_without_end() -> None:
    (found,) = machine.room_cameras(WHOLE)
    assert found.name == "北墙全景"
    assert isinstance(found.camera, OpenCvCamera)
    assert found.camera._patience.total_s == float("inf")


def options(folder: Path, *more: str) -> argparse.Namespace:
    return kiosk.parser().parse_args(["--state", str(folder), *more])


def test_options_go_before_the_file(tmp_path: Path) -> None:
    machine.write_machine(WHOLE, tmp_path)
    assert machine_of(options(tmp_path)) == WHOLE
    given = machine_of(
        options(
            tmp_path,
            *("--camera", "1", "--boxes", "6", "--locker", "http://e/{box}", "http://f/{box}"),
            *("--door", "http://g", "--printer", "OTHER"),
        )
    )
    assert given.camera == CameraSettings("1", ("net:10.0.0.9",))  # an option enrols nothing
    assert given.locker == LockerSettings(6, "http://e/{box}", "http://f/{box}")
    assert (given.door.url, given.printer.queue) == ("http://g", "OTHER")
    assert machine.read_machine(tmp_path) == WHOLE


def test_the_camera_of_a_machines_own_enrolment_is_enrolled_and_a_film_is_not(tmp_path: Path) -> None:
    machine_of(options(tmp_path, "--enrol", "code", "--camera", "film.avi"))
    assert machine.read_machine(tmp_path) == Machine()
    machine_of(options(tmp_path, "--enrol", "code", "--camera", "rtsp://10.0.0.9/main"))
    assert machine.read_machine(tmp_path).camera == CameraSettings("rtsp://10.0.0.9/main", ("net:10.0.0.9",))


def test_enrolling_again_adds_a_camera_once() -> None:
    once, name = machine.enrol_camera(Machine(), "http://h:80/v")
    twice, _ = machine.enrol_camera(once, "http://h:81/w")
    other, _ = machine.enrol_camera(twice, "http://i/v")
    assert name == "net:h"
    assert twice.camera.enrolled == ("net:h",)
    assert other.camera.enrolled == ("net:h", "net:i")


@pytest.mark.parametrize(
    ("source", "code"), [("98", "no_camera"), ("film.avi", "camera_not_real"), ("v:///x", "camera_not_real")]
)
def test_what_can_never_be_enrolled(source: str, code: str) -> None:
    with pytest.raises(errors.Fault) as raised:
        machine.enrol_camera(Machine(), source)
    assert raised.value.code == code


@contextmanager
def room(body: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200 if self.path == "/api/v1/health" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Be silent."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_port}/"
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"rehearsal": true}', True),
        (b'{"rehearsal": false}', False),
        (b'{"rehearsal": 1}', None),
        (b"?", None),
        (b"[]", None),
    ],
)
def test_a_room_says_whether_it_is_a_rehearsal(body: bytes, told: bool | None) -> None:
    with room(body) as url:
        assert machine.is_rehearsal(Identity("seat-1", "seat", "A01", url, "", bytes(32))) is told


def test_a_room_that_is_away_says_nothing() -> None:
    with room(b"") as url:
        pass
    assert machine.is_rehearsal(Identity("seat-1", "seat", "A01", url, "", bytes(32))) is None


def test_the_camera_keeps_to_its_enrolment() -> None:
    """In a live room a film is refused with its reason, in a rehearsal it may serve."""
    film = Machine(camera=CameraSettings("film.avi"))
    with pytest.raises(DeviceError) as raised:
        machine.camera_for(film, lambda: False)._admit("film.avi")
    assert raised.value.fault is DeviceFault.NOT_ENROLLED
    assert not machine.camera_for(film, lambda: True)._admit("film.avi").still


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_machine_that_is_to_be_silent_is(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.voice.clips.find_player", lambda: ("/no/such/player",))
    monkeypatch.setattr("subprocess.Popen", lambda *_a, **_k: pytest.fail("it spoke"))
    machine.voice_of(Machine(voice=False), lang).say(Prompt.THANK_YOU)
