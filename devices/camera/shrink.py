"""A picture made smaller, for whoever only looks whether all is well."""

from __future__ import annotations

import cv2
import numpy as np

from app.ports.camera import Frame


def shrunk(picture: Frame, rows: int) -> Frame:
    """The whole picture with at most so many rows, both sides even as codecs want them; never made larger."""
    height = max(2, min(picture.height, rows) // 2 * 2)
    width = max(2, round(picture.width * height / picture.height) // 2 * 2)
    if (width, height) == (picture.width, picture.height):
        return picture
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return Frame(width, height, small.tobytes(), picture.at_s, picture.seq)
