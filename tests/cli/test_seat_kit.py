"""What a seat's page of devices gets: cameras by name, refused where a live room would, and the settings kept whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import seat_kit
from app.cli.machine import CameraSettings, LockerSettings, Machine, read_machine, write_machine
from app.ports.sound import SoundChoice
from devices.camera import whose
from devices.camera.whose import Plugged
from ui.seat.kit import Kept


@pytest.fixture
def plugs(monkeypatch: pytest.MonkeyPatch) -> None:
    there = (Plugged(0, "HD Webcam", "usb-hd"), Plugged(2, "Other", "usb-other"))
    monkeypatch.setattr(whose, "plugged", lambda: there)


def test_a_live_room_takes_what_is_enrolled_alone(plugs: None) -> None:
    machine = Machine(camera=CameraSettings("0", ("usb-hd",)))
    live = seat_kit.cameras(machine, live=True)
    assert [(one.source, one.name, one.allowed) for one in live] == [("0", "HD Webcam", True), ("2", "Other", False)]
    assert all(one.allowed for one in seat_kit.cameras(machine, live=False))


def test_a_network_camera_is_shown_by_its_host_alone(plugs: None) -> None:
    source = "rtsp://user:secret@10.0.0.9/stream"
    machine = Machine(camera=CameraSettings(source, ("net:10.0.0.9",)))
    named = seat_kit.cameras(machine, live=True)[-1]
    assert (named.source, named.name, named.allowed) == (source, "10.0.0.9", True)


def test_what_is_kept_leaves_the_other_settings_as_they_are(tmp_path: Path) -> None:
    write_machine(Machine(camera=CameraSettings("0", ("usb-hd",)), locker=LockerSettings(12)), tmp_path)
    seat_kit.keep(Kept(SoundChoice("a", None), "2"), tmp_path)
    kept = read_machine(tmp_path)
    assert (kept.sound.microphone, kept.sound.speaker, kept.camera) == ("a", None, CameraSettings("2", ("usb-hd",)))
    assert kept.locker.boxes == 12


def test_settings_that_are_broken_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "devices.json").write_text(json.dumps({"format": "other"}))
    with pytest.raises(OSError, match="bad_settings"):
        seat_kit.keep(Kept(SoundChoice(), "0"), tmp_path)
    assert json.loads((tmp_path / "devices.json").read_text()) == {"format": "other"}


def test_cameras_are_found_by_the_system_without_their_second_devices(tmp_path: Path) -> None:
    root, by_id = tmp_path / "class", tmp_path / "by-id"
    for number, name, index in ((0, "HD Webcam", "0"), (1, "HD Webcam", "1"), (2, "OBS Virtual", "0")):
        device = root / f"video{number}"
        (device / "device").mkdir(parents=True)
        (device / "name").write_text(name)
        (device / "index").write_text(index)
    assert [(one.number, one.name) for one in whose.plugged(root, by_id)] == [(0, "HD Webcam")]
    assert whose.plugged(tmp_path / "nowhere", by_id) == ()
