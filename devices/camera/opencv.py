"""A camera through OpenCV: by its number, from a film, or from a network stream."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus
from devices.camera.frames import FrameSource
from devices.running import Run

Picture = NDArray[np.uint8]
TIMEOUT_MS = 5_000


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
    STOPPED. A software camera is refused unless `allow_virtual`: it can show anyone's face.
    """

    def __init__(
        self,
        source: int | str | Path,
        *,
        size: tuple[int, int] = (640, 480),
        repeat: bool = False,
        allow_virtual: bool = False,
        patience: Patience = Patience(),
        open_capture: Callable[[int | str, tuple[int, int]], Capture | None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__("camera", monotonic)
        self._source: int | str = _source(source)
        self._is_film = isinstance(self._source, str) and "://" not in self._source
        self._size = size
        self._repeat = repeat
        self._allow_virtual = allow_virtual
        self._patience = patience
        self._open_capture = open_capture or open_with_opencv

    def _work(self, run: Run) -> None:
        if isinstance(self._source, int) and not self._allow_virtual and is_virtual(self._source):
            raise DeviceError(DeviceFault.VIRTUAL, f"video{self._source}")
        if self._is_film and not Path(str(self._source)).is_file():
            raise DeviceError(DeviceFault.NOT_FOUND, str(self._source))
        seq, fault, since = 0, DeviceFault.NOT_FOUND, self._monotonic()
        while not run.over:
            capture = self._open_capture(self._source, self._size)
            if capture is not None:
                before = seq
                try:
                    seq = self._read_all(run, capture, seq)
                finally:
                    capture.release()
                if self._is_film and (seq == before or not self._repeat):
                    break
                if seq > before:
                    fault, since = DeviceFault.LOST, self._monotonic()
            elif self._is_film:
                raise DeviceError(DeviceFault.BAD_ANSWER, "not a film")
            if not self._is_film:
                self._wait_for_it(run, fault, since)

    def _read_all(self, run: Run, capture: Capture, seq: int) -> int:
        """Publish until the source ends or the run is over; returns the number of the last frame."""
        before = seq
        while not run.over:
            if seq > before and self._rests():
                if not capture.skip() or (capture.frame_s > 0 and run.wait(capture.frame_s)):
                    break
                continue
            picture = capture.read()
            if picture is None or picture.size == 0:
                break
            seq += 1
            height, width = picture.shape[:2]
            self._publish(run, width, height, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).tobytes(), seq)
            if capture.frame_s > 0 and run.wait(capture.frame_s):
                break
        return seq

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
    elif "://" in source:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, TIMEOUT_MS]
        capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    else:
        capture = cv2.VideoCapture(source)
    if not capture.isOpened():
        capture.release()
        return None
    is_film = isinstance(source, str) and "://" not in source
    fps = capture.get(cv2.CAP_PROP_FPS) if is_film else 0.0
    return _OpenCvCapture(capture, 1 / fps if 0 < fps <= 240 else (0.04 if is_film else 0.0))


def is_virtual(index: int, root: Path = Path("/sys/class/video4linux")) -> bool:
    """Whether camera `index` is made by software (Linux: v4l2loopback and its like are no child of a bus)."""
    if not sys.platform.startswith("linux"):
        return False
    device = root / f"video{index}"
    return device.exists() and "/devices/virtual/" in device.resolve().as_posix() + "/"


def _source(source: int | str | Path) -> int | str:
    """A camera's number may come as text from a command line."""
    if isinstance(source, str) and source.isascii() and source.isdigit():
        return int(source)
    return source if isinstance(source, int) else str(source)
