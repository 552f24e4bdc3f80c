"""Whether nose, mouth and chin of a face are covered: their colour is not that of the skin between the eyes.

A beard leaves the nose its colour and a dark skin is dark between the eyes too, so only what is strange in all three
places counts. YuNet is also less sure of a face in a mask, which helps with white and grey ones.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.camera import Frame
from app.ports.face import Face

# Light is weighed less than colour (CIE L*a*b*): half a face may lie in shadow.
_LIGHT = 0.35
# YuNet's confidence of a bare face seen from the front, and what each hundredth less is worth.
_BARE, _DOUBT = 0.93, 100.0


def covered(frame: Frame, face: Face) -> float:
    """How far the lower face's colour is from the skin's (about CIE76's distance); 0-8 bare, 10 and more covered."""
    right, left, nose, right_mouth, left_mouth = (np.array(point) for point in face.landmarks)
    between, mouth = (right + left) / 2, (right_mouth + left_mouth) / 2
    up, eyes = between - mouth, float(np.linalg.norm(left - right))
    lab = _lab(frame)
    half = (0.1 * eyes, 0.07 * float(np.linalg.norm(up)))
    skin = _colour(lab, between + 0.12 * up, (1.2 * half[0], 1.4 * half[1]))
    lower = [_colour(lab, place, half) for place in (nose, mouth + 0.22 * up, mouth - 0.42 * up)]
    if skin is None or any(place is None for place in lower):
        return 0.0
    strange = min(float(np.linalg.norm(place - skin)) for place in lower if place is not None)
    return strange + _DOUBT * max(0.0, _BARE - face.confidence)


def _lab(frame: Frame) -> NDArray[np.float32]:
    rgb = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    return np.asarray(lab * np.array([_LIGHT, 1, 1], np.float32), np.float32)


def _colour(
    lab: NDArray[np.float32], middle: NDArray[np.float64], half: tuple[float, float]
) -> NDArray[np.float32] | None:
    """The middle colour of a place; None where it lies outside the picture."""
    left, top = max(0, int(middle[0] - half[0])), max(0, int(middle[1] - half[1]))
    patch = lab[top : max(0, int(middle[1] + half[1]) + 1), left : max(0, int(middle[0] + half[0]) + 1)]
    if patch.size == 0:
        return None
    return np.asarray(np.median(patch.reshape(-1, 3), axis=0), np.float32)
