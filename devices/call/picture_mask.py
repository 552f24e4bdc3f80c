"""What leaves a masked seat in place of its picture: the whole of it blurred, or a face drawn from a pose alone.

Both are made before the encoder, so that no partner, whatever its program, can lift them: what was not sent is not
there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.camera import Frame
from devices.face.engines import Engines
from devices.face.mesh import FaceMesh
from devices.face.shape import eye_distance, eyes, mouth, roll, turned

WIDTH, HEIGHT = 320, 240
"""Of what is sent."""
COLUMNS, ROWS = 8, 6
"""What is kept of a blurred picture: at 10 columns a detector still finds a face in one of six portraits."""
LEVELS = 16
"""Shades of grey; what is rounded away is gone as well."""
SURE = 0.5
"""How sure the mesh must be that it lies on a face."""
HOLD_S = 0.6
"""So long the last pose stays where no face is found, as in a quick turn; then the drawn seat is empty."""

Picture = NDArray[np.uint8]
_GROUND, _COAT, _SKIN, _LINE, _WHITE = (
    *((226, 232, 240), (93, 113, 140), (236, 213, 190)),
    *((52, 64, 82), (255, 255, 255)),
)
_FINE = 4
"""Bits behind the point for OpenCV's coordinates."""


def blurred(picture: Frame) -> Frame:
    """The picture as grey patches of light, since hair and clothes have colours that colleagues know. It is not looked
    for a face first: one that was not found would be shown."""
    rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    coarse = cv2.cvtColor(cv2.resize(rgb, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    step = 256 // LEVELS
    coarse = (coarse // step) * step + step // 2
    shown = cv2.cvtColor(cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR), cv2.COLOR_GRAY2RGB)
    return Frame(WIDTH, HEIGHT, shown.tobytes(), picture.at_s, picture.seq)


@dataclass(frozen=True, slots=True)
class Pose:
    """All that a drawing knows of a person: whole steps, so coarse that no face has a shape of its own in them.

    `x`, `y`: where the head is, in sixteenths of the picture; `near`: its size, 1 to 4; `turn`: -4 (to the picture's
    left) to 4; `tilt`: steps of 5 degrees, -8 to 8; `mouth`: 0 (closed) to 4; `lids`: 0 (closed) to 3.
    """

    x: int
    y: int
    near: int
    turn: int
    tilt: int
    mouth: int
    lids: int


class DrawnFace:
    """Keeps the pose of one seat from picture to picture; 9 ms of a core each."""

    def __init__(self, engines: Engines | None = None, mesh: FaceMesh | None = None) -> None:
        self._engines, self._mesh = engines or Engines(), mesh or FaceMesh()
        self._pose: Pose | None = None
        self._seen_s = -math.inf

    def change(self, picture: Frame) -> Frame:
        """The drawing of who is in the picture; of the pixels themselves nothing comes into it."""
        found = self._look(picture)
        if found is not None:
            self._pose, self._seen_s = found, picture.at_s
        elif picture.at_s - self._seen_s > HOLD_S:
            self._pose = None
        return Frame(WIDTH, HEIGHT, drawing(self._pose).tobytes(), picture.at_s, picture.seq)

    def _look(self, picture: Frame) -> Pose | None:
        faces = self._engines.find_quickly(picture)
        if not faces:
            return None
        laid = self._mesh.lay(picture, faces[0])
        return pose(picture, laid.points) if laid.confidence >= SURE else None


def pose(picture: Frame, points: NDArray[np.float32]) -> Pose:
    """The pose of a face by the points of its mesh."""
    middle = points.mean(axis=0)
    return Pose(
        x=_step(16 * float(middle[0]) / picture.width, 0, 16),
        y=_step(16 * float(middle[1]) / picture.height, 0, 16),
        near=_step(16 * eye_distance(points) / picture.width, 1, 4),
        turn=_step(10 * turned(points), -4, 4),
        tilt=_step(roll(points) / 5, -8, 8),
        mouth=_step(8 * mouth(points), 0, 4),
        lids=_step(10 * eyes(points), 0, 3),
    )


def drawing(shown: Pose | None) -> Picture:
    """The drawing of a pose, the same for everybody; without one the seat is empty."""
    canvas: Picture = np.full((HEIGHT, WIDTH, 3), _GROUND, np.uint8)
    if shown is None:
        return canvas
    head = 26.0 + 11.0 * shown.near
    middle = (WIDTH * shown.x / 16, HEIGHT * shown.y / 16)
    neck = (middle[0], middle[1] + 2.1 * head)
    _ellipse(canvas, neck, (1.9 * head, 1.0 * head), 0, _COAT)
    _ellipse(canvas, (middle[0], middle[1] + 0.9 * head), (0.42 * head, 0.7 * head), 0, _SKIN)
    tilt = 5.0 * shown.tilt

    def at(right: float, down: float) -> tuple[float, float]:
        """A place on the head, in its radius, turned with it."""
        angle = math.radians(tilt)
        along, across = right * head, down * head
        return (
            middle[0] + along * math.cos(angle) - across * math.sin(angle),
            middle[1] + along * math.sin(angle) + across * math.cos(angle),
        )

    _ellipse(canvas, middle, (0.86 * head, 1.12 * head), tilt, _SKIN)
    aside = 0.11 * shown.turn
    for side in (-1, 1):
        eye = at(aside + side * 0.36, -0.16)
        opened = 0.045 * shown.lids
        if opened:
            _ellipse(canvas, eye, (0.17 * head, opened * head), tilt, _WHITE)
            _ellipse(canvas, at(aside * 1.15 + side * 0.36, -0.16), (min(0.07, opened) * head,) * 2, tilt, _LINE)
        else:
            _line(canvas, at(aside + side * 0.36 - 0.15, -0.16), at(aside + side * 0.36 + 0.15, -0.16), head)
        _line(canvas, at(aside + side * 0.36 - 0.17, -0.4), at(aside + side * 0.36 + 0.17, -0.4), head)
    _line(canvas, at(aside * 1.1, -0.05), at(aside * 1.6, 0.22), head)
    if shown.mouth:
        _ellipse(canvas, at(aside * 1.1, 0.58), (0.22 * head, (0.02 + 0.045 * shown.mouth) * head), tilt, _LINE)
    else:
        _line(canvas, at(aside * 1.1 - 0.24, 0.58), at(aside * 1.1 + 0.24, 0.58), head)
    return canvas


def _step(value: float, low: int, high: int) -> int:
    return min(high, max(low, round(value)))


def _fine(*values: float) -> tuple[int, ...]:
    return tuple(round(value * (1 << _FINE)) for value in values)


def _ellipse(
    canvas: Picture, middle: tuple[float, float], axes: tuple[float, ...], tilt: float, colour: tuple[int, ...]
) -> None:
    cv2.ellipse(canvas, _fine(*middle), _fine(*axes), tilt, 0, 360, colour, -1, cv2.LINE_AA, _FINE)


def _line(canvas: Picture, start: tuple[float, float], end: tuple[float, float], head: float) -> None:
    cv2.line(canvas, _fine(*start), _fine(*end), _LINE, max(2, round(head / 18)), cv2.LINE_AA, _FINE)
