"""A picture that shows that somebody is there and moves, and nobody's face: what leaves the seat is coarse squares."""

from __future__ import annotations

import cv2
import numpy as np

from app.ports.camera import Frame

COLUMNS, ROWS = 20, 15
"""Squares of the whole picture: a face that fills its height has under a dozen of them."""
LEVELS = 16
"""Shades of each colour; what is rounded away is gone as well."""
WIDTH, HEIGHT = 320, 240


def masked(picture: Frame) -> Frame:
    """The picture in squares. It is not looked for a face first: one that was not found would be shown."""
    rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    coarse = cv2.resize(rgb, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    step = 256 // LEVELS
    coarse = (coarse // step) * step + step // 2
    shown = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)
    return Frame(WIDTH, HEIGHT, shown.tobytes(), picture.at_s, picture.seq)
