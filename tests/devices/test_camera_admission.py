"""Which cameras may serve: known by name and place, any in a rehearsal, in a live room the enrolled ones alone."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from app.ports.device import DeviceError, DeviceFault, DeviceState
from devices.camera.admission import Enrolled, any_real, anything, may_be_enrolled
from devices.camera.liveliness import LIVE, LOOSE, Picture
from devices.camera.opencv import OpenCvCamera, Patience
from devices.camera.whose import identity_of, is_virtual, is_virtual_name, source_of
from tests.devices.camera_ground import WAIT_S, FakeCapture, Heard, write_film


@pytest.fixture
def system(tmp_path: Path) -> tuple[Path, Path]:
    """A Linux with a webcam that udev knows (video0), one it does not (1), and two programs (2, 3)."""
    root, by_id = tmp_path / "class", tmp_path / "by-id"
    for number, place, name in (
        (0, "devices/pci0000/usb1/1-3", "HD Pro Webcam C920"),
        (1, "devices/pci0000/usb1/1-4", "Integrated_Webcam_HD"),
        (2, "devices/virtual", "Integrated Camera"),
        (3, "devices/platform/x", "OBS Virtual Camera"),
    ):
        device = tmp_path / place / "video4linux" / f"video{number}"
        device.mkdir(parents=True)
        (device / "name").write_text(name + "\n", "utf-8")
        (device / "device").symlink_to(tmp_path / place)
        root.mkdir(exist_ok=True)
        (root / f"video{number}").symlink_to(device)
    dev = tmp_path / "dev"
    dev.mkdir()
    (dev / "video0").touch()
    by_id.mkdir()
    (by_id / "usb-046d_HD_Pro_Webcam_C920_5D6E-video-index0").symlink_to(dev / "video0")
    return root, by_id


@pytest.mark.parametrize(
    ("source", "identity"),
    [
        (0, "usb-046d_HD_Pro_Webcam_C920_5D6E-video-index0"),
        (1, "bus:1-4 Integrated_Webcam_HD"),
        (9, None),
        ("rtsp://user:secret@10.0.0.9:554/main", "net:10.0.0.9"),
        ("http:///video", "net:"),
    ],
)
def test_a_camera_has_a_name_that_stays(system: tuple[Path, Path], source: int | str, identity: str | None) -> None:
    assert identity_of(source, *system) == identity


def test_a_film_is_known_by_its_path_and_never_enrolled(tmp_path: Path) -> None:
    identity = identity_of(str(tmp_path / "film.avi"))
    assert identity is not None
    assert identity == f"film:{tmp_path.resolve() / 'film.avi'}"
    assert not may_be_enrolled(identity)
    assert not may_be_enrolled("net:")
    assert may_be_enrolled("net:10.0.0.9")


def test_a_software_camera_is_known_by_its_place_and_by_its_name(system: tuple[Path, Path]) -> None:
    assert [is_virtual(number, system[0]) for number in (0, 1, 2, 3, 9)] == [False, False, True, True, False]


@pytest.mark.parametrize(
    "name",
    ["Dummy video device (0x0000)", "v4l2loopback", "OBS Virtual Camera", "OBS-Camera", "ManyCam Virtual Webcam",
     "DroidCam", "Iriun Webcam", "e2eSoft iVCam", "XSplit VCam", "Snap Camera", "mmhmm", "vivid"],
)  # fmt: skip
def test_names_of_programs(name: str) -> None:
    assert is_virtual_name(name)


@pytest.mark.parametrize(
    "name",
    ["HD Pro Webcam C920", "Integrated_Webcam_HD: Integrated W", "USB2.0 FHD UVC WebCam", "Logitech BRIO", "Hikvision",
     "Rapoo Camera", "Jabra PanaCast 20", "obsbot tiny", "Camera"],
)  # fmt: skip
def test_names_of_cameras(name: str) -> None:
    assert not is_virtual_name(name)


@pytest.mark.parametrize(
    ("named", "source"), [("0", 0), (2, 2), ("a.avi", "a.avi"), (Path("b.avi"), "b.avi"), ("²", "²")]
)
def test_a_number_may_come_as_text(named: int | str | Path, source: int | str) -> None:
    assert source_of(named) == source


def test_in_a_rehearsal_anything_may_serve(system: tuple[Path, Path]) -> None:
    admit = Enrolled((), lambda: True, root=system[0], by_id=system[1])
    for source in (0, 2, 3, "film.avi", "http://h/v"):
        assert admit(source) is LOOSE
        assert anything(source) is LOOSE


@pytest.mark.parametrize("known", [False, None])
def test_a_live_room_takes_enrolled_cameras_alone_and_looks_closely(
    system: tuple[Path, Path], known: bool | None
) -> None:
    names = ["usb-046d_HD_Pro_Webcam_C920_5D6E-video-index0", "net:10.0.0.9", f"film:{Path('a.avi').resolve()}"]
    admit = Enrolled(names, lambda: known, root=system[0], by_id=system[1])
    assert admit(0) is LIVE
    assert admit("rtsp://10.0.0.9/other") is LIVE
    for source, fault in (
        (1, DeviceFault.NOT_ENROLLED),
        (2, DeviceFault.VIRTUAL),
        (3, DeviceFault.VIRTUAL),
        (9, DeviceFault.NOT_FOUND),
        ("rtsp://10.0.0.8/main", DeviceFault.NOT_ENROLLED),
        ("a.avi", DeviceFault.NOT_ENROLLED),
    ):
        with pytest.raises(DeviceError) as refused:
            admit(source)
        assert refused.value.fault is fault


def test_a_room_that_was_away_is_asked_again_and_one_that_answered_is_not(system: tuple[Path, Path]) -> None:
    answers = [None, True]
    admit = Enrolled((), lambda: answers.pop(0), root=system[0], by_id=system[1])
    with pytest.raises(DeviceError):
        admit(0)
    assert admit(0) is LOOSE
    assert admit(0) is LOOSE
    assert answers == []


def test_outside_a_room_any_real_camera_may_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.camera.admission.is_virtual", lambda number: number == 2)
    assert any_real(0) is LOOSE
    assert any_real("film.avi") is LOOSE
    with pytest.raises(DeviceError):
        any_real(2)


def test_the_driver_asks_in_its_own_thread_and_again_at_each_start(tmp_path: Path) -> None:
    film, asked, allowed = write_film(tmp_path / "film.avi"), [], [False, True]

    def rehearsal() -> bool:
        asked.append(threading.current_thread() is threading.main_thread())
        return allowed.pop(0) or None  # type: ignore[return-value]

    camera, heard = OpenCvCamera(film, repeat=True, admit=Enrolled((), rehearsal)), Heard()
    camera.watch(heard.status)
    camera.subscribe(heard.frame)
    camera.start()
    heard.until(DeviceState.FAILED, DeviceFault.NOT_ENROLLED)
    assert heard.frames == []
    assert camera.join(WAIT_S)
    camera.start()
    heard.wait(lambda: len(heard.frames) > 2)
    assert asked == [False, False]
    camera.stop()
    assert camera.join(WAIT_S)


def test_another_camera_at_the_same_number_is_not_taken_for_the_enrolled_one(system: tuple[Path, Path]) -> None:
    """Pulled while it served, and another plugged in, which the system calls video0 again."""
    root, by_id = system[0], system[0] / "nothing"
    pulled = threading.Event()

    def read() -> Picture | None:
        return None if pulled.is_set() else np.random.default_rng().integers(0, 255, (240, 320, 3), np.uint8)

    camera, heard = (
        OpenCvCamera(
            0,
            admit=Enrolled(["bus:1-4 Integrated_Webcam_HD"], lambda: False, root=root, by_id=by_id),
            open_capture=lambda _s, _z: FakeCapture(read),
            patience=Patience(60.0, 0.001),
        ),
        Heard(),
    )
    (root / "video0").rename(root / "video8")
    camera.watch(heard.status)
    camera.subscribe(heard.frame)
    camera.start()
    heard.until(DeviceState.STARTING, DeviceFault.NOT_FOUND)
    (root / "video1").rename(root / "video0")
    heard.wait(lambda: len(heard.frames) > 2)
    (root / "video0").rename(root / "video1")
    pulled.set()
    heard.until(DeviceState.STARTING, DeviceFault.LOST)
    (root / "video8").rename(root / "video0")
    heard.until(DeviceState.FAILED, DeviceFault.NOT_ENROLLED)
    assert camera.join(WAIT_S)
