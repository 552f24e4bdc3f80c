"""What one picture gives `kawei face`: numbers of its largest face, or why there are none."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from devices.face.engines import Engines, Feature
    from devices.pictures import PictureFault

# Fewer pictures than these are read faster than a second process starts.
_WORTH_TWO = 60
_CHUNK = 8


class Reading(NamedTuple):
    """What one picture gave: features where a face was found, a reason where the file is bad."""

    sface: Feature | None = None
    dlib: Feature | None = None
    bad: PictureFault | None = None

    @property
    def found(self) -> bool:
        """Whether a face was found."""
        return self.sface is not None or self.dlib is not None


class Reader:
    """Reads each picture once; only its numbers are kept, so that thousands of pictures need little memory."""

    def __init__(self, engines: Engines, *, sface: bool, dlib: bool) -> None:
        self._engines = engines
        self._wants = (sface, dlib)
        self._read: dict[Path, Reading] = {}

    def read(self, path: Path) -> Reading:
        """The largest face of one picture."""
        if path not in self._read:
            self._read[path] = self.measure(path)
        return self._read[path]

    def read_ahead(self, paths: Iterable[Path]) -> None:
        """Read many pictures beforehand, on two cores where there are two: face_recognition keeps Python to itself
        while it works, so that needs two processes, of 300 MiB each."""
        unread = [path for path in dict.fromkeys(paths) if path not in self._read]
        if len(unread) < _WORTH_TWO or (os.cpu_count() or 1) < 2:
            return
        one = functools.partial(_one, sface=self._wants[0], dlib=self._wants[1])
        with ProcessPoolExecutor(2, get_context("spawn")) as pool:
            self._read.update(zip(unread, pool.map(one, unread, chunksize=_CHUNK), strict=True))

    def measure(self, path: Path) -> Reading:
        """The same, remembering nothing."""
        from devices.face.chip import read_portrait
        from devices.pictures import BadPicture

        try:
            frame = read_portrait(path)
        except BadPicture as error:
            return Reading(bad=error.fault)
        faces = self._engines.find(frame)
        if not faces:
            return Reading()
        sface, dlib = self._wants
        return Reading(
            self._engines.sface(frame, faces[0]) if sface else None,
            self._engines.dlib(frame, faces[0]) if dlib else None,
        )


@functools.cache
def _own(sface: bool, dlib: bool) -> Reader:
    """In a process beside: models of its own, and one core for OpenCV."""
    import cv2

    from devices.face.engines import Engines

    cv2.setNumThreads(1)
    return Reader(Engines(), sface=sface, dlib=dlib)


def _one(path: Path, sface: bool, dlib: bool) -> Reading:
    return _own(sface, dlib).measure(path)
