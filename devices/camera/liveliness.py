"""Whether what a camera gives is a picture of now: it has noise, it is not black, it keeps its format.

What was measured (640 x 480, 60 pictures each; a portrait that stands still, alone or under sensor noise): the share of
grey samples, one in sixteen, that do not change from one picture to the next.

    a still picture         as it is 1.00   MJPEG 0.99   MPEG-4 0.95
    noise of 0.3 levels              0.31         0.54          0.92
    noise of 1 level                 0.16         0.41          0.89
    a picture moved by software      0.31         0.32          0.42

So a still is told from a sensor, also behind a codec, and a still moved by software is not: that is what challenges,
the list of enrolled cameras and people are for. The noise was made; no camera was on the bench.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ports.device import DeviceFault

Picture = NDArray[np.uint8]

STILL_SHARE = 0.94
STILL_S = 2.0
"""A codec gives whole pictures only now and then: the share is that of so many seconds."""
PROBATION_S = 1.0
BLACK_MEAN, BLACK_SPREAD = 10.0, 6.0
JITTER = 0.001
JITTER_FRAMES = 75
"""Pictures that come on the tick for three seconds (spread of their intervals below a thousandth) come from a
program's clock: threads and buses of the machines we know spread by some hundredths."""
STEP = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How closely a camera's pictures are looked at; sizes in pixels."""

    smallest: tuple[int, int] = (1, 1)
    largest: tuple[int, int] = (8192, 8192)
    still: bool = False
    regular: bool = False


LOOSE = Limits()
LIVE = Limits(smallest=(320, 240), largest=(4096, 4096), still=True, regular=True)


@dataclass(frozen=True, slots=True)
class CameraCues:
    """What a run of pictures shows: the mean share of samples that do not change, and the spread of the intervals
    between them over their mean."""

    unchanged: float
    jitter: float


def cues_of(unchanged: Sequence[float], times_s: Sequence[float]) -> CameraCues:
    """The figures of a run of pictures, two at least."""
    gaps = np.diff(np.asarray(times_s, np.float64))
    mean = float(gaps.mean()) if len(gaps) else 0.0
    return CameraCues(
        float(np.mean(unchanged)) if len(unchanged) else 0.0, float(gaps.std()) / mean if mean > 0 else 1.0
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What became of one picture: whether it is handed on, and what is wrong with it or the camera."""

    shown: bool
    fault: DeviceFault | None = None


class PictureCheck:
    """Looks at each picture of one capture, in the camera's thread (about 0.3 ms each)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._shape: tuple[int, ...] | None = None
        self._last: NDArray[np.uint16] | None = None
        self._shares: deque[tuple[float, float]] = deque()
        self._begun_s: float | None = None
        self._times: deque[float] = deque(maxlen=JITTER_FRAMES)

    def look(self, picture: Picture, at_s: float) -> Look:
        """Judge one picture.

        WRONG_PICTURE, FROZEN and VIRTUAL are not handed on, and no picture of the first second is where stills are
        looked for; a black one is, since a covered lens is for others to notice.
        """
        if not self._fits(picture):
            return Look(False, DeviceFault.WRONG_PICTURE)
        grey = picture[::STEP, ::STEP].sum(axis=2, dtype=np.uint16)
        still = self._limits.still and self._stands_still(grey, at_s)
        if grey.mean() < 3 * BLACK_MEAN and grey.std() < 3 * BLACK_SPREAD:
            return Look(True, DeviceFault.BLACK)
        if self._limits.regular and self._on_the_tick(at_s):
            return Look(False, DeviceFault.VIRTUAL)
        if self._limits.still and at_s - (self._begun_s or at_s) < PROBATION_S:
            return Look(False)
        return Look(False, DeviceFault.FROZEN) if still else Look(True)

    def _fits(self, picture: Picture) -> bool:
        """Three bytes a pixel, within the limits, and as the pictures before."""
        if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
            return False
        height, width = picture.shape[:2]
        (least_x, least_y), (most_x, most_y) = self._limits.smallest, self._limits.largest
        if not (least_x <= width <= most_x and least_y <= height <= most_y):
            return False
        self._shape = self._shape or picture.shape
        return self._shape == picture.shape

    def _stands_still(self, grey: NDArray[np.uint16], at_s: float) -> bool:
        last, self._last = self._last, grey
        if last is None or self._begun_s is None:
            self._begun_s = at_s
            return False
        self._shares.append((at_s, float((grey == last).mean())))
        while self._shares[0][0] < at_s - STILL_S:
            self._shares.popleft()
        return sum(share for _, share in self._shares) / len(self._shares) >= STILL_SHARE

    def _on_the_tick(self, at_s: float) -> bool:
        self._times.append(at_s)
        return len(self._times) == JITTER_FRAMES and cues_of((), tuple(self._times)).jitter < JITTER
