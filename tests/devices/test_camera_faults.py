"""Cameras that fail while they are watched: pulled, frozen, black, in a wrong format, silent, too slow a listener."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState
from devices.camera.admission import anything
from devices.camera.liveliness import LIVE, LOOSE, Limits, Look, Picture, PictureCheck, cues_of
from devices.camera.opencv import REOPEN_S, OpenCvCamera, Patience
from tests.devices.camera_ground import WAIT_S, FakeCapture, Heard, network_camera

CHANCE = np.random.default_rng(20261124)
WALL: Picture = cv2.resize(CHANCE.integers(40, 200, (12, 16, 3), np.uint8), (320, 240), interpolation=cv2.INTER_CUBIC)
TICK_S = 0.04


def noisy(levels: float = 1.0) -> Picture:
    """The wall as a sensor sees it."""
    seen: Picture = np.clip(WALL + CHANCE.normal(0, levels, WALL.shape), 0, 255).astype(np.uint8)
    return seen


def uneven(number: int) -> float:
    """When a camera's picture of this number comes, some hundredths early or late."""
    return number * TICK_S + 0.002 * (number % 3)


def looks(check: PictureCheck, pictures: list[Picture], when: Callable[[int], float] = uneven) -> list[Look]:
    return [check.look(picture, when(number)) for number, picture in enumerate(pictures, 1)]


class TestLookingAtPictures:
    """PictureCheck on its own."""

    def test_a_sensor_serves_after_its_first_second(self) -> None:
        told = looks(PictureCheck(LIVE), [noisy() for _ in range(100)])
        assert [look.fault for look in told] == [None] * 100
        assert [look.shown for look in told] == [False] * 25 + [True] * 75

    def test_a_still_is_never_handed_on(self) -> None:
        told = looks(PictureCheck(LIVE), [WALL] * 100)
        assert not any(look.shown for look in told)
        assert told[0].fault is None
        assert told[-1].fault is DeviceFault.FROZEN

    @pytest.mark.parametrize("codec", ["MJPG", "mp4v"])
    def test_nor_is_a_still_behind_a_codec(self, codec: str, tmp_path: Path) -> None:
        told = looks(PictureCheck(LIVE), through(codec, [WALL] * 100, tmp_path))
        assert not any(look.shown for look in told)
        assert told[-1].fault is DeviceFault.FROZEN

    @pytest.mark.parametrize("codec", ["MJPG", "mp4v"])
    def test_a_sensor_behind_a_codec_serves(self, codec: str, tmp_path: Path) -> None:
        told = looks(PictureCheck(LIVE), through(codec, [noisy() for _ in range(100)], tmp_path))
        assert all(look.shown for look in told[25:])

    def test_a_camera_that_freezes_is_withheld_within_two_seconds_and_serves_again(self) -> None:
        frozen = noisy()
        told = looks(PictureCheck(LIVE), [*(noisy() for _ in range(50)), *[frozen] * 75, *(noisy() for _ in range(50))])
        assert told[49].shown
        assert not told[49 + 52].shown
        assert told[49 + 52].fault is DeviceFault.FROZEN
        assert told[49 + 75 + 5].shown  # at once, not after another two seconds

    def test_pictures_on_a_programs_tick_are_no_cameras(self) -> None:
        told = looks(PictureCheck(LIVE), [noisy() for _ in range(100)], lambda number: number * TICK_S)
        assert told[-1] == Look(False, DeviceFault.VIRTUAL)

    def test_in_a_rehearsal_stills_and_ticks_may_serve(self) -> None:
        told = looks(PictureCheck(LOOSE), [WALL] * 100, lambda number: number * TICK_S)
        assert told == [Look(True)] * 100

    @pytest.mark.parametrize("limits", [LOOSE, LIVE])
    def test_black_is_told_and_handed_on(self, limits: Limits) -> None:
        told = looks(PictureCheck(limits), [np.full_like(WALL, 3)] * 60)
        assert told == [Look(True, DeviceFault.BLACK)] * 60
        assert looks(PictureCheck(LOOSE), [WALL // 4])[0] == Look(True)

    @pytest.mark.parametrize(
        "picture",
        [
            np.zeros((240, 320), np.uint8),
            np.zeros((240, 320, 4), np.uint8),
            np.zeros((240, 320, 3), np.uint16),
            np.zeros((100, 160, 3), np.uint8),
            np.zeros((240, 4100, 3), np.uint8),
        ],
        ids=["grey", "alpha", "deep", "small", "wide"],
    )
    def test_what_nobody_can_look_at(self, picture: NDArray[np.generic]) -> None:
        assert PictureCheck(LIVE).look(picture, 0.0) == Look(False, DeviceFault.WRONG_PICTURE)  # type: ignore[arg-type]

    def test_a_size_that_changes_under_way(self) -> None:
        check = PictureCheck(LOOSE)
        assert check.look(WALL, 0.0).shown
        assert check.look(WALL[:120], 0.1) == Look(False, DeviceFault.WRONG_PICTURE)

    def test_figures_of_too_little_say_nothing(self) -> None:
        assert cues_of((), ()).jitter == 1.0
        assert cues_of((0.5, 1.0), (0.0, 1.0, 2.0)).unchanged == 0.75
        assert cues_of((), (0.0, 1.0, 2.0)).jitter == 0.0


def through(codec: str, pictures: list[Picture], folder: Path) -> list[Picture]:
    """The pictures as they come out of a codec."""
    film = str(folder / "film.avi")
    writer = cv2.VideoWriter(film, cv2.VideoWriter.fourcc(*codec), 25, (320, 240))
    assert writer.isOpened()
    for picture in pictures:
        writer.write(picture)
    writer.release()
    reader = cv2.VideoCapture(film)
    out = []
    while (read := reader.read())[0]:
        out.append(read[1])
    reader.release()
    assert len(out) == len(pictures)
    return out  # type: ignore[return-value]


class Stage:
    """What stands before a made-up camera, and its clock: each read takes a tick."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.make: Callable[[], Picture | None] = noisy
        self.reads = 0
        self.opened = 0

    def read(self) -> Picture | None:
        with self.lock:
            self.reads += 1
            return self.make()

    def open(self, _source: int | str, _size: tuple[int, int]) -> FakeCapture | None:
        self.opened += 1
        return FakeCapture(self.read)

    def now_s(self) -> float:
        return uneven(self.reads)

    def show(self, make: Callable[[], Picture | None]) -> None:
        with self.lock:
            self.make = make


@contextmanager
def running(stage: Stage, limits: Limits) -> Iterator[tuple[OpenCvCamera, Heard]]:
    camera, heard = (
        OpenCvCamera(
            0,
            admit=lambda _source: limits,
            open_capture=stage.open,
            monotonic=stage.now_s,
            patience=Patience(1e9, 0.001),
        ),
        Heard(),
    )
    camera.watch(heard.status)
    camera.subscribe(heard.frame)
    camera.start()
    try:
        yield camera, heard
    finally:
        camera.stop()
        assert camera.join(WAIT_S)


class TestWhileWatched:
    """The driver as kiosk and seat see it; it comes back by itself each time."""

    def test_frozen(self) -> None:
        stage, frozen = Stage(), noisy()
        with running(stage, LIVE) as (camera, heard):
            heard.until(DeviceState.RUNNING)
            stage.show(lambda: frozen)
            heard.until(DeviceState.STARTING, DeviceFault.FROZEN)
            opened = stage.opened
            # Left so, it is opened anew after a while: that often frees a driver.
            deadline = time.monotonic() + WAIT_S
            while stage.opened == opened:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            told = len(heard.frames)
            stage.show(noisy)
            heard.wait(lambda: len(heard.frames) > told)
            assert camera.status.state is DeviceState.RUNNING

    def test_black(self) -> None:
        stage = Stage()
        with running(stage, LIVE) as (_, heard):
            heard.until(DeviceState.RUNNING)
            stage.show(lambda: np.zeros_like(WALL))
            heard.until(DeviceState.RUNNING, DeviceFault.BLACK)
            states = len(heard.states)
            stage.show(noisy)
            heard.wait(lambda: any(s.state is DeviceState.RUNNING and s.fault is None for s in heard.states[states:]))

    @pytest.mark.parametrize(
        "wrong", [np.zeros((240, 320), np.uint8), np.zeros((480, 640, 3), np.uint8)], ids=["format", "size"]
    )
    def test_wrong_picture(self, wrong: Picture) -> None:
        stage = Stage()
        with running(stage, LOOSE) as (_, heard):
            heard.until(DeviceState.RUNNING)
            plan = iter([wrong])
            stage.show(lambda: next(plan, None) if stage.opened == 1 else noisy())
            heard.until(DeviceState.STARTING, DeviceFault.WRONG_PICTURE)
            told = len(heard.frames)
            heard.wait(lambda: len(heard.frames) > told)
            assert stage.opened == 2

    def test_on_a_programs_tick(self) -> None:
        stage = Stage()
        stage.now_s = lambda: stage.reads * TICK_S  # type: ignore[method-assign]
        with running(stage, LIVE) as (_, heard):
            heard.until(DeviceState.FAILED, DeviceFault.VIRTUAL)

    def test_a_film_of_another_format_fails(self, tmp_path: Path) -> None:
        film = tmp_path / "film.avi"
        film.touch()
        camera, heard = (
            OpenCvCamera(
                film, admit=anything, open_capture=lambda _s, _z: FakeCapture(lambda: np.zeros((2, 2), np.uint8))
            ),
            Heard(),
        )
        camera.watch(heard.status)
        camera.start()
        heard.until(DeviceState.FAILED, DeviceFault.WRONG_PICTURE)
        assert camera.join(WAIT_S)


def test_a_system_that_keeps_a_picture_back_is_noticed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.camera.opencv.SILENT_S", 0.05)
    hangs, goes_on = threading.Event(), threading.Event()

    def read() -> Picture:
        if hangs.is_set():
            assert goes_on.wait(WAIT_S)
        return noisy()

    camera, heard = OpenCvCamera(0, admit=anything, open_capture=lambda _s, _z: FakeCapture(read)), Heard()
    camera.watch(heard.status)
    camera.subscribe(heard.frame)
    camera.start()
    heard.wait(lambda: bool(heard.frames))
    hangs.set()
    heard.until(DeviceState.STARTING, DeviceFault.LOST)
    told = len(heard.frames)
    hangs.clear()
    goes_on.set()
    heard.wait(lambda: len(heard.frames) > told + 1 and camera.status.state is DeviceState.RUNNING)
    camera.stop()
    assert camera.join(WAIT_S)


def test_a_camera_on_the_network_that_is_killed_and_comes_back() -> None:
    with network_camera() as network:
        camera, heard = OpenCvCamera(network.url, patience=Patience(60.0, 0.05)), Heard()
        camera.watch(heard.status)
        camera.subscribe(heard.frame)
        camera.start()
        heard.wait(lambda: bool(heard.frames))
        assert abs(heard.frames[-1].rgb[0] - 120) <= 3
        network.kill()
        heard.until(DeviceState.STARTING, DeviceFault.LOST)
        network.open(level=200)
        heard.wait(lambda: abs(heard.frames[-1].rgb[0] - 200) <= 3)
        assert camera.status.state is DeviceState.RUNNING
        assert [f.seq for f in heard.frames] == list(range(1, len(heard.frames) + 1))
        camera.stop()
        assert camera.join(WAIT_S)


def test_a_listener_who_works_beside_does_not_slow_the_others() -> None:
    """The law of `subscribe`: be quick, or hand it on. One who hands on may take as long as it likes."""
    stage, done = Stage(), threading.Event()
    newest: list[Frame] = []

    def work() -> None:
        while not done.wait(0.05):  # a face is looked for, say
            newest.clear()

    def hand_on(frame: Frame) -> None:
        newest[:] = [frame]

    worker = threading.Thread(target=work)
    worker.start()
    with running(stage, LOOSE) as (camera, heard):
        camera.subscribe(hand_on)
        heard.wait(lambda: len(heard.frames) >= 60)
        assert [f.seq for f in heard.frames[:60]] == list(range(1, 61))
    done.set()
    worker.join()


def test_reopening_takes_longer_than_a_codecs_pause() -> None:
    assert REOPEN_S > 2.0
