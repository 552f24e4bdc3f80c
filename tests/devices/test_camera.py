"""One contract for both cameras; then what is OpenCV's own: films, lost cameras, virtual ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState, DeviceStatus
from devices.camera.admission import anything
from devices.camera.frames import FrameSource
from devices.camera.liveliness import Picture
from devices.camera.opencv import OpenCvCamera, Patience, open_with_opencv
from devices.camera.scripted import Scene, ScriptedCamera
from tests.devices.camera_ground import WAIT_S, FakeCapture, Heard, write_film

GREY = Frame(32, 24, bytes([120]) * 32 * 24 * 3)
WHITE = Frame(32, 24, bytes([255]) * 32 * 24 * 3)


@dataclass
class Rig:
    """A camera under test, with the means to crash its thread and to heal it."""

    camera: FrameSource
    crash: Callable[[], None]
    heal: Callable[[], None]


def _scripted(_folder: Path) -> Rig:
    camera = ScriptedCamera([Scene(GREY)], fps=200)
    return Rig(camera, lambda: camera.crash(RuntimeError("planted")), lambda: None)


def _opencv(_folder: Path) -> Rig:
    broken = threading.Event()

    def read() -> Picture:
        if broken.is_set():
            raise RuntimeError("planted")
        return np.full((24, 32, 3), 120, np.uint8)

    camera = OpenCvCamera(0, admit=anything, open_capture=lambda _source, _size: FakeCapture(read))
    return Rig(camera, broken.set, broken.clear)


def _film(folder: Path) -> Rig:
    rig = _opencv(folder)
    rig.camera = OpenCvCamera(write_film(folder / "film.avi"), repeat=True)
    return rig


@pytest.fixture(params=[_scripted, _opencv, _film], ids=["scripted", "opencv", "film"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made: Rig = request.param(tmp_path)
    yield made
    made.camera.stop()
    assert made.camera.join(WAIT_S)


@pytest.fixture
def heard(rig: Rig) -> Heard:
    listener = Heard()
    rig.camera.watch(listener.status)
    rig.camera.subscribe(listener.frame)
    return listener


class TestEveryCamera:
    """The contract of app.ports.camera."""

    def test_it_begins_stopped_and_without_a_picture(self, rig: Rig) -> None:
        assert rig.camera.status == DeviceStatus(DeviceState.STOPPED)
        assert rig.camera.latest is None

    def test_frames_are_numbered_and_stamped(self, rig: Rig, heard: Heard) -> None:
        before = time.monotonic()
        rig.camera.start()
        heard.wait(lambda: len(heard.frames) >= 3)
        first, second, third = heard.frames[:3]
        assert [f.seq for f in (first, second, third)] == [1, 2, 3]
        assert before <= first.at_s <= second.at_s <= third.at_s <= time.monotonic()
        assert (first.width, first.height) == (32, 24)
        assert abs(first.rgb[0] - 120) <= 6  # the film is compressed
        assert rig.camera.status.state is DeviceState.RUNNING
        assert rig.camera.latest is not None
        assert [s.state for s in heard.states] == [DeviceState.STARTING, DeviceState.RUNNING]

    def test_starting_twice_is_starting_once(self, rig: Rig, heard: Heard) -> None:
        rig.camera.start()
        rig.camera.start()
        heard.wait(lambda: len(heard.frames) >= 3)
        rig.camera.start()
        assert [s.state for s in heard.states] == [DeviceState.STARTING, DeviceState.RUNNING]

    def test_stop_returns_at_once_and_a_restart_forgets_the_old_picture(self, rig: Rig, heard: Heard) -> None:
        rig.camera.start()
        heard.wait(lambda: len(heard.frames) >= 1)
        rig.camera.stop()
        rig.camera.stop()
        assert rig.camera.status.state is DeviceState.STOPPED
        assert rig.camera.join(WAIT_S)
        told = len(heard.frames)
        rig.camera.start()
        heard.wait(lambda: len(heard.frames) > told)
        assert heard.frames[told].seq == 1

    def test_a_subscriber_may_leave_and_leave_again(self, rig: Rig, heard: Heard) -> None:
        other: list[Frame] = []
        leave = rig.camera.subscribe(other.append)
        leave()
        leave()
        rig.camera.start()
        heard.wait(lambda: len(heard.frames) >= 3)
        assert other == []

    def test_a_subscriber_that_fails_does_not_keep_the_others_from_seeing(
        self, rig: Rig, expects_log: Callable[..., AbstractContextManager[object]]
    ) -> None:
        def fails(_frame: Frame) -> None:
            raise ZeroDivisionError("planted")

        rig.camera.subscribe(fails)
        heard = Heard()
        rig.camera.subscribe(heard.frame)
        with expects_log("devices.listeners: a listener failed", reason="it is planted"):
            rig.camera.start()
            heard.wait(lambda: len(heard.frames) >= 2)
            rig.camera.stop()
            assert rig.camera.join(WAIT_S)


@pytest.mark.parametrize("make", [_scripted, _opencv], ids=["scripted", "opencv"])
def test_a_crash_in_the_thread_is_failed_and_a_start_heals_it(
    make: Callable[[Path], Rig], tmp_path: Path, expects_log: Callable[..., AbstractContextManager[object]]
) -> None:
    rig, heard = make(tmp_path), Heard()
    rig.camera.watch(heard.status)
    rig.camera.subscribe(heard.frame)
    with expects_log("devices.running: .*crashed", reason="it is planted"):
        rig.camera.start()
        heard.wait(lambda: bool(heard.frames))
        rig.crash()
        heard.until(DeviceState.FAILED, DeviceFault.CRASHED)
        assert rig.camera.join(WAIT_S)
    assert rig.camera.status.detail == "RuntimeError"
    rig.heal()
    told = len(heard.frames)
    rig.camera.start()
    heard.wait(lambda: len(heard.frames) > told)
    rig.camera.stop()
    assert rig.camera.join(WAIT_S)


def test_a_film_is_played_to_its_end_and_then_stops(tmp_path: Path) -> None:
    camera, heard = OpenCvCamera(str(write_film(tmp_path / "film.avi", count=4))), Heard()
    camera.subscribe(heard.frame)
    camera.watch(heard.status)
    camera.start()
    heard.until(DeviceState.STOPPED)
    assert [f.seq for f in heard.frames] == [1, 2, 3, 4]
    assert camera.join(WAIT_S)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [("none.avi", None, DeviceFault.NOT_FOUND), ("text.avi", b"no film", DeviceFault.BAD_ANSWER)],
)
def test_what_is_no_film_fails_with_its_reason(
    tmp_path: Path, name: str, content: bytes | None, fault: DeviceFault
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    camera, heard = OpenCvCamera(tmp_path / name), Heard()
    camera.watch(heard.status)
    camera.start()
    heard.until(DeviceState.FAILED, fault)
    assert camera.join(WAIT_S)


def test_a_camera_that_goes_away_is_found_again() -> None:
    captures = [[True, True, False], [], [True] * 10_000]  # two pictures, then lost; away; there again
    heard = Heard()

    def open_capture(_source: int | str, _size: tuple[int, int]) -> FakeCapture | None:
        plan = iter(captures.pop(0)) if captures else iter([])
        first = next(plan, None)
        if first is None:
            return None
        plan = iter([first, *plan])
        return FakeCapture(lambda: np.zeros((2, 2, 3), np.uint8) if next(plan, False) else None)

    camera = OpenCvCamera(
        "rtsp://camera", open_capture=open_capture, patience=Patience(total_s=WAIT_S, between_s=0.001)
    )
    camera.watch(heard.status)
    camera.subscribe(heard.frame)
    camera.start()
    heard.wait(lambda: len(heard.frames) >= 4)
    camera.stop()
    assert camera.join(WAIT_S)
    told = [(s.state, s.fault) for s in heard.states]
    assert (DeviceState.STARTING, DeviceFault.LOST) in told
    assert told.index((DeviceState.STARTING, DeviceFault.LOST)) < len(told) - 2
    assert [f.seq for f in heard.frames[:4]] == [1, 2, 3, 4]


def _until(good: Callable[[], bool]) -> None:
    """Look until it is so: a camera that rests tells nobody."""
    deadline = time.monotonic() + WAIT_S
    while not good():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.005)


def test_while_nobody_listens_most_pictures_go_by_and_the_newest_stays_new() -> None:
    now = [0.0]
    capture = FakeCapture(lambda: np.zeros((2, 2, 3), np.uint8))
    camera, heard = (
        OpenCvCamera(0, admit=anything, open_capture=lambda _s, _z: capture, monotonic=lambda: now[0]),
        Heard(),
    )
    camera.start()
    _until(lambda: capture.skipped > 20)
    assert camera.latest is not None
    assert camera.latest.seq == 1
    now[0] = 0.25
    _until(lambda: camera.latest is not None and camera.latest.seq == 2)
    skipped = capture.skipped
    _until(lambda: capture.skipped > skipped + 20)
    end = camera.subscribe(heard.frame)
    heard.wait(lambda: len(heard.frames) > 20)
    assert [frame.seq for frame in heard.frames[:20]] == list(range(3, 23))
    end()
    camera.stop()
    assert camera.join(WAIT_S)


def test_patience_ends_in_failed() -> None:
    camera, heard = OpenCvCamera(99, open_capture=lambda _s, _z: None, patience=Patience(0.0, 0.0)), Heard()
    camera.watch(heard.status)
    camera.start()
    heard.until(DeviceState.FAILED, DeviceFault.NOT_FOUND)
    assert camera.join(WAIT_S)


def test_opencv_itself_says_none_for_a_camera_that_is_not_there() -> None:
    assert open_with_opencv(99, (640, 480)) is None


def test_a_software_camera_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.camera.admission.is_virtual", lambda _index: True)
    camera, heard = OpenCvCamera("0", open_capture=lambda _s, _z: pytest.fail("was opened")), Heard()
    camera.watch(heard.status)
    camera.start()
    heard.until(DeviceState.FAILED, DeviceFault.VIRTUAL)
    assert camera.join(WAIT_S)


class TestScripted:
    """What only the stand-in can do."""

    def test_scenes_follow_their_times_and_the_last_one_stays(self) -> None:
        now = [0.0]
        camera = ScriptedCamera([Scene(GREY, 1.0), Scene(WHITE, 1.0)], fps=500, monotonic=lambda: now[0])
        heard = self._started(camera)
        heard.wait(lambda: bool(heard.frames))
        assert heard.frames[-1].rgb == GREY.rgb
        for moment in (1.5, 99.0):
            now[0] = moment
            heard.wait(lambda: heard.frames[-1].at_s == now[0])
            assert heard.frames[-1].rgb == WHITE.rgb
        self._ended(camera)

    def test_repeated_scenes_begin_again(self) -> None:
        now = [2.5]
        camera = ScriptedCamera([Scene(GREY, 1.0), Scene(WHITE, 1.0)], fps=500, repeat=True, monotonic=lambda: now[0])
        heard = self._started(camera)
        heard.wait(lambda: bool(heard.frames))
        now[0] = 4.6  # 2.1 s after the start
        heard.wait(lambda: heard.frames[-1].at_s == now[0])
        assert heard.frames[-1].rgb == GREY.rgb
        self._ended(camera)

    def test_it_shows_what_it_is_told_to(self) -> None:
        camera = ScriptedCamera([], fps=500)
        heard = self._started(camera)
        heard.until(DeviceState.STARTING, DeviceFault.NOT_FOUND)
        camera.show(WHITE)
        heard.wait(lambda: bool(heard.frames))
        assert heard.frames[0].rgb == WHITE.rgb
        self._ended(camera)

    @pytest.mark.parametrize("fault", [DeviceFault.LOST, DeviceFault.FROZEN, DeviceFault.WRONG_PICTURE])
    def test_it_can_be_unplugged_or_freeze(self, fault: DeviceFault) -> None:
        camera = ScriptedCamera([Scene(GREY)], fps=500)
        heard = self._started(camera)
        heard.until(DeviceState.RUNNING)
        camera.lose(fault)
        heard.until(DeviceState.STARTING, fault)
        told = len(heard.frames)
        camera.find()
        heard.wait(lambda: len(heard.frames) > told)
        self._ended(camera)

    def _started(self, camera: ScriptedCamera) -> Heard:
        heard = Heard()
        camera.watch(heard.status)
        camera.subscribe(heard.frame)
        camera.start()
        return heard

    def _ended(self, camera: ScriptedCamera) -> None:
        camera.stop()
        assert camera.join(WAIT_S)
