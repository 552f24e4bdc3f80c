"""What the points of a face say of its shape: how far it turned, whether it has depth, what mouth and eyes do.

Everything is measured between two looks at one face and in eye distances, so that neither the size of the picture
nor the distance to the camera counts.

Paper, however it is turned and bent, stays a developable surface: through every point of it runs a straight line.
So some straight line runs through the printed tip of the nose, and under any turn the tip stays where it was on
that line. A real nose stands before every line through its surroundings. `relief` is how far it does.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.face.mesh import Points

_NOSE = (1, 4)
_RIGHT_EYE, _LEFT_EYE = (33, 133), (263, 362)
_OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
_DIRECTIONS = 24
_LIPS = (13, 14)
# From the nose to the upper lip and from the lower lip to the chin: bone and skin that an open mouth leaves alone.
_STILL = ((2, 0), (17, 152))
_EYES = (((159, 145), (33, 133)), ((386, 374), (263, 362)))


def eye_distance(points: Points) -> float:
    """Pixels between the middles of the eyes."""
    return float(np.linalg.norm(_middle(points, _LEFT_EYE) - _middle(points, _RIGHT_EYE)))


def nose_ratio(landmarks: tuple[tuple[float, float], ...]) -> float:
    """How far the nose stands from the middle between the eyes, along the line of the eyes, in eye distances.

    YuNet's five landmarks; positive where the nose points to the right side of the picture (the person's left).
    """
    right, left, nose = (np.array(point) for point in landmarks[:3])
    along = left - right
    return float((nose - (right + left) / 2) @ along / max(float(along @ along), 1e-9))


def turned(points: Points) -> float:
    """The same from the mesh, whose net is another than YuNet's: who fools one has not fooled the other."""
    right, left = _middle(points, _RIGHT_EYE), _middle(points, _LEFT_EYE)
    along = left - right
    return float((_middle(points, _NOSE) - (right + left) / 2) @ along / max(float(along @ along), 1e-9))


def roll(points: Points) -> float:
    """Degrees by which the line of the eyes is tilted."""
    along = _middle(points, _LEFT_EYE) - _middle(points, _RIGHT_EYE)
    return float(np.degrees(np.arctan2(along[1], along[0])))


def slimness(landmarks: tuple[tuple[float, float], ...]) -> float:
    """Eye distance over the height from eyes to mouth: a picture held edge-on grows slim, a turned head hardly."""
    right, left, _, *mouth = (np.array(point) for point in landmarks)
    height = float(np.linalg.norm((right + left) / 2 - (mouth[0] + mouth[1]) / 2))
    return float(np.linalg.norm(left - right)) / max(height, 1e-9)


def mouth(points: Points) -> float:
    """How far the lips are apart, against the stretches above and below them that stay as they are."""
    still = sum(_length(points, stretch) for stretch in _STILL)
    return _length(points, _LIPS) / max(still, 1e-9)


def eyes(points: Points) -> float:
    """How far the lids are apart, against the width of the eyes; both eyes' mean."""
    return sum(_length(points, lids) / max(_length(points, width), 1e-9) for lids, width in _EYES) / len(_EYES)


def bump(one: Points, other: Points) -> float:
    """How badly a flat picture explains both looks: what is left after the best homography, in eye distances."""
    try:
        found, _ = cv2.findHomography(one, other, 0)
        laid = cv2.perspectiveTransform(one[None], found)[0]
    except cv2.error:  # all points in one line: nothing to be seen of depth
        return 0.0
    return float(np.sqrt(((laid - other) ** 2).sum(1).mean())) / max(eye_distance(other), 1e-9)


def relief(one: Points, other: Points) -> float:
    """How far the tip of the nose moved off every straight line through it, in eye distances; 0 for paper."""
    nose, moved = _middle(one, _NOSE), _middle(other, _NOSE)
    rim = one[list(_OVAL)] - nose
    moved_rim = other[list(_OVAL)]
    off = []
    for angle in np.arange(_DIRECTIONS) * np.pi / _DIRECTIONS:
        way = np.array([np.cos(angle), np.sin(angle)])
        ahead, behind = _crossing(rim, moved_rim, way), _crossing(rim, moved_rim, -way)
        if ahead is None or behind is None:
            continue
        (far, there), (back, here) = ahead, behind
        stays = (back * there + far * here) / (far + back)
        off.append(float(np.linalg.norm(moved - stays)))
    return min(off, default=0.0) / max(eye_distance(other), 1e-9)


def _crossing(
    rim: NDArray[np.float32], moved: Points, way: NDArray[np.float64]
) -> tuple[float, NDArray[np.float32]] | None:
    """Where the ray from the nose crosses the rim: how far away, and where that point of the rim has moved to."""
    across = rim @ np.array([-way[1], way[0]])
    along = rim @ way
    following = np.roll(np.arange(len(rim)), -1)
    hits = np.flatnonzero((across * across[following] <= 0) & (across != across[following]))
    best: tuple[float, NDArray[np.float32]] | None = None
    for i in hits:
        j = following[i]
        share = float(across[i] / (across[i] - across[j]))
        distance = float((1 - share) * along[i] + share * along[j])
        if distance > 0 and (best is None or distance > best[0]):
            best = distance, (1 - share) * moved[i] + share * moved[j]
    return best


def _length(points: Points, ends: tuple[int, int]) -> float:
    return float(np.linalg.norm(points[ends[0]] - points[ends[1]]))


def _middle(points: Points, of: tuple[int, ...]) -> NDArray[np.float32]:
    middle: NDArray[np.float32] = points[list(of)].mean(0)
    return middle
