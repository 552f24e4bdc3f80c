"""The same question as `shape.relief`, asked of the pixels: does the nose leave the straight lines through it?

The mesh knows what faces look like, so it sees a nose on a rolled-up print too. Optical flow knows nothing of faces:
it says where each bit of the picture went. Both looks are laid onto one small square by what a flat picture could
explain of the movement; what is left at the nose, against each line through it, is depth.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.camera import Frame
from devices.face.mesh import Points

# Pixels: the square, and the distance of the eyes in it; the nose lies on `_NOSE`.
_SIDE, _EYES = 160, 56
_NOSE = np.array([80.0, 88.0])
_RADII = (0.45, 0.6, 0.75)  # eye distances: from the wings of the nose to cheeks and lips
_DIRECTIONS = 24
_SMOOTH = 9

Square = NDArray[np.uint8]


class Parallax:
    """Compares looks with the first one."""

    def __init__(self, frame: Frame, points: Points) -> None:
        self._points = points
        self._onto = _onto(points)
        self._first = _square(frame, self._onto)
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        self._flow.setFinestScale(1)

    def relief(self, frame: Frame, points: Points) -> float:
        """How far the nose moved off every straight line through it, in eye distances; 0 for paper. 10-30 ms."""
        try:
            flat, _ = cv2.findHomography(self._points, points, 0)
            other = _square(frame, np.asarray(flat, np.float64).reshape(3, 3) @ self._onto)
        except (cv2.error, np.linalg.LinAlgError, ValueError):  # points in one line show no depth
            return 0.0
        flow = self._flow.calc(self._first, other, np.empty(0, np.float32))
        moved = cv2.blur(flow, (_SMOOTH, _SMOOTH)).astype(np.float32, copy=False)
        return max(_off_lines(moved, radius * _EYES) for radius in _RADII) / _EYES


def _off_lines(moved: NDArray[np.float32], radius: float) -> float:
    nose = _at(moved, _NOSE)
    off = []
    for angle in np.arange(_DIRECTIONS) * np.pi / _DIRECTIONS:
        way = radius * np.array([np.cos(angle), np.sin(angle)])
        stays = (_at(moved, _NOSE + way) + _at(moved, _NOSE - way)) / 2
        off.append(float(np.linalg.norm(nose - stays)))
    return min(off)


def _at(moved: NDArray[np.float32], where: NDArray[np.float64]) -> NDArray[np.float32]:
    x, y = np.round(where).astype(int)
    found: NDArray[np.float32] = moved[y, x]
    return found


def _onto(points: Points) -> NDArray[np.float64]:
    """The map from the square onto the frame."""
    right, left, nose = points[[33, 133]].mean(0), points[[263, 362]].mean(0), points[[1, 4]].mean(0)
    along = (left - right) / _EYES
    turn = np.array([[along[0], -along[1]], [along[1], along[0]]])
    return np.vstack([np.column_stack([turn, nose - turn @ _NOSE]), [0.0, 0.0, 1.0]])


def _square(frame: Frame, onto: NDArray[np.float64]) -> Square:
    """What lies under the square in a frame, in grey and with its light made even."""
    rgb = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    small = cv2.warpPerspective(rgb, np.linalg.inv(onto), (_SIDE, _SIDE), borderMode=cv2.BORDER_REPLICATE)
    even = cv2.createCLAHE(2.0, (4, 4)).apply(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    return np.asarray(even, np.uint8)
