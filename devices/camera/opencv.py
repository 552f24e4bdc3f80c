"""A camera through OpenCV: by its number, from a film, or from a network stream."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2

from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus
from devices.camera.admission import Admission, any_real
from devices.camera.frames import FrameSource
from devices.camera.liveliness import LOOSE, Limits, Picture, PictureCheck
from devices.camera.whose import is_address, is_film, source_of
from devices.running import Run

TIMEOUT_MS = 5_000
SILENT_S = 2.5
"""A camera that gives no picture for so long is lost, whatever the system says."""
REOPEN_S = 10.0


class Capture(Protocol):
    """An open source of pictures (rows of BGR bytes)."""

    @property
    def frame_s(self) -> float:
        """Seconds from one picture of a film to the next; 0 where the source keeps its own time."""
        ...

    def read(self) -> Picture | None:
        """The next picture; None where there is no more."""
        ...

    def skip(self) -> bool:
        """Let the next picture go by, undecoded where the source allows; False where there is no more."""
        ...

    def release(self) -> None:
        """Let the device go."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a camera that went away is looked for, and how often (seconds)."""

    total_s: float = 30.0
    between_s: float = 1.0


class OpenCvCamera(FrameSource):
    """Frames from `source`: a number (`0`), the path of a film, or a URL (`rtsp://`, `http://`).

    A camera that is not there or stops answering is looked for again (STARTING, with the reason) until
    patience ends (FAILED). A film is played at its own pace and, with `repeat`, over again; else it ends in
    STOPPED. `admit` decides whether the source may serve and how closely its pictures are looked at: a camera that
    stands still (FROZEN) or changes its format (WRONG_PICTURE) is STARTING until it gives pictures of now again.
    """

    def __init__(
        self,
        source: int | str | Path,
        *,
        size: tuple[int, int] = (640, 480),
        repeat: bool = False,
        admit: Admission = any_real,
        patience: Patience = Patience(),
        open_capture: Callable[[int | str, tuple[int, int]], Capture | None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__("camera", monotonic)
        self._source: int | str = source_of(source)
        self._size = size
        self._repeat = repeat
        self._admit = admit
        self._patience = patience
        self._open_capture = open_capture or open_with_opencv
        self._heard_s = 0.0

    def choose(self, source: int | str | Path) -> None:
        """Take this source at the next start."""
        self._source = source_of(source)

    def _work(self, run: Run) -> None:
        film = is_film(self._source)
        if film and not Path(str(self._source)).is_file():
            raise DeviceError(DeviceFault.NOT_FOUND, str(self._source))
        with self._noticing_silence(run):
            seq, fault, since = 0, DeviceFault.NOT_FOUND, self._monotonic()
            while not run.over:
                limits, capture = self._open()
                if capture is not None:
                    before = seq
                    try:
                        seq, why = self._read_all(run, capture, PictureCheck(limits), seq)
                    finally:
                        capture.release()
                    if film and (seq == before or not self._repeat):
                        if why is not DeviceFault.LOST:
                            raise DeviceError(why, str(self._source))
                        break
                    if seq > before:
                        since = self._monotonic()
                    if seq > before or why is not DeviceFault.LOST:
                        fault = why
                elif film:
                    raise DeviceError(DeviceFault.BAD_ANSWER, "not a film")
                if not film:
                    self._wait_for_it(run, fault, since)

    def _open(self) -> tuple[Limits, Capture | None]:
        """Open the source if it may serve: asked each time, since another camera may have been plugged in."""
        try:
            limits = self._admit(self._source)
        except DeviceError as error:
            if error.fault is not DeviceFault.NOT_FOUND:
                raise
            return LOOSE, None
        return limits, self._open_capture(self._source, self._size)

    def _read_all(self, run: Run, capture: Capture, check: PictureCheck, seq: int) -> tuple[int, DeviceFault]:
        """Publish until the source ends or the run is over; the number of the last frame, and why it ended."""
        begun = seq
        stood_since: float | None = None
        while not run.over:
            if seq > begun and self._rests():
                if not capture.skip():
                    break
                self._heard_s = self._monotonic()
            else:
                picture = capture.read()
                if picture is None or picture.size == 0:
                    break
                now_s = self._heard_s = self._monotonic()
                look = check.look(picture, now_s)
                if look.shown:
                    seq, stood_since = seq + 1, None
                    self._hand_on(run, picture, seq, look.fault)
                elif look.fault is DeviceFault.VIRTUAL:
                    raise DeviceError(DeviceFault.VIRTUAL, "its pictures keep a program's time")
                elif look.fault is DeviceFault.FROZEN:
                    stood_since = now_s if stood_since is None else stood_since
                    if now_s - stood_since >= REOPEN_S:  # a driver that hangs is often freed by opening it anew
                        return seq, DeviceFault.FROZEN
                    self._become(run, DeviceStatus(DeviceState.STARTING, DeviceFault.FROZEN))
                elif look.fault is not None:
                    return seq, look.fault
            if capture.frame_s > 0 and run.wait(capture.frame_s):
                break
        return seq, DeviceFault.LOST

    def _hand_on(self, run: Run, picture: Picture, seq: int, fault: DeviceFault | None) -> None:
        height, width = picture.shape[:2]
        self._publish(run, width, height, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).tobytes(), seq, fault)

    @contextmanager
    def _noticing_silence(self, run: Run) -> Iterator[None]:
        """Meanwhile notice from another thread when the system keeps us waiting for a picture: then it is LOST."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(SILENT_S / 4):
                running = self.status.state is DeviceState.RUNNING
                if running and self._monotonic() - self._heard_s >= SILENT_S:
                    self._become(run, DeviceStatus(DeviceState.STARTING, DeviceFault.LOST))

        self._heard_s = self._monotonic()
        watcher = threading.Thread(target=watch, name="camera's silence", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _wait_for_it(self, run: Run, fault: DeviceFault, since: float) -> None:
        if run.over:
            return
        if self._monotonic() - since >= self._patience.total_s:
            raise DeviceError(fault, str(self._source))
        self._become(run, DeviceStatus(DeviceState.STARTING, fault))
        run.wait(self._patience.between_s)


class _OpenCvCapture:
    """OpenCV's capture as the driver wants it."""

    def __init__(self, capture: Any, frame_s: float) -> None:
        self._capture = capture
        self.frame_s = frame_s

    def read(self) -> Picture | None:
        found, picture = self._capture.read()
        return picture if found else None

    def skip(self) -> bool:
        return bool(self._capture.grab())

    def release(self) -> None:
        self._capture.release()


def open_with_opencv(source: int | str, size: tuple[int, int]) -> Capture | None:
    """Open a source with OpenCV; None where that fails. Network sources give up after five seconds."""
    # Errors only: a camera that is away is told by our own state.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    if isinstance(source, int):
        capture = cv2.VideoCapture(source)
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    elif is_address(source):
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, TIMEOUT_MS]
        capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    else:
        capture = cv2.VideoCapture(source)
    if not capture.isOpened():
        capture.release()
        return None
    fps = capture.get(cv2.CAP_PROP_FPS) if is_film(source) else 0.0
    return _OpenCvCapture(capture, 1 / fps if 0 < fps <= 240 else (0.04 if is_film(source) else 0.0))
