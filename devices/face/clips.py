"""Frames of a film that anyone may have made: bounded in size, in the film's own time, or refused with a reason."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import cv2
import numpy as np

from app.ports.camera import Frame

# What an upright picture of a camera has; beyond it a film would cost more memory than it can tell.
MAX_PIXELS = 16_000_000
_LONG_SIDE = 1280
_FPS = 25.0
# Films that tell no rate, or a nonsensical one, are taken to run at the usual one.
_FPS_BETWEEN = (1.0, 240.0)


class ClipFault(Enum):
    """Why a file is no film; the value is the stable code."""

    MISSING = "missing"
    IS_FOLDER = "is_folder"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_FILM = "not_a_film"


class BadClip(Exception):
    """A file of which no frame could be read."""

    def __init__(self, fault: ClipFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def frames(path: Path) -> Iterator[Frame]:
    """The frames of a film, upright, at most 1280 pixels long; BadClip before the first one where there is none."""
    _check(path)
    # FFmpeg alone: OpenCV's other readers take a numbered picture for the first of a series beside it.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    film = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
    try:
        if not film.isOpened():
            raise BadClip(ClipFault.NOT_A_FILM)
        if film.get(cv2.CAP_PROP_FRAME_WIDTH) * film.get(cv2.CAP_PROP_FRAME_HEIGHT) > MAX_PIXELS:
            raise BadClip(ClipFault.TOO_LARGE)
        yield from _read(film)
    finally:
        film.release()


def _read(film: cv2.VideoCapture) -> Iterator[Frame]:
    told = film.get(cv2.CAP_PROP_FPS)
    fps = told if math.isfinite(told) and _FPS_BETWEEN[0] <= told <= _FPS_BETWEEN[1] else _FPS
    number = 0
    while True:
        there, picture = film.read()
        if not there:
            break
        number += 1
        height, width = picture.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        if scale < 1:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        rgb = np.ascontiguousarray(picture[:, :, ::-1])
        yield Frame(rgb.shape[1], rgb.shape[0], rgb.tobytes(), (number - 1) / fps, number)
    if not number:
        raise BadClip(ClipFault.NOT_A_FILM)


def _check(path: Path) -> None:
    """What no regular file is (a device, a pipe) could be read for ever."""
    try:
        if path.is_dir():
            raise BadClip(ClipFault.IS_FOLDER)
        if not path.is_file():
            raise BadClip(ClipFault.NOT_A_FILM if path.exists() else ClipFault.MISSING)
        with path.open("rb") as file:
            if not file.read(1):
                raise BadClip(ClipFault.EMPTY)
    except PermissionError as error:
        raise BadClip(ClipFault.NO_PERMISSION) from error
    except (OSError, ValueError) as error:  # also a name that is too long or holds a zero byte
        raise BadClip(ClipFault.MISSING) from error
