"""What speaks for a picture of a face instead of a face: signs that a person should look at, never a gate.

Each cue has a figure of its own, so that a centre can see on its own clips how often it is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.camera import Frame
from app.ports.face import Face

FROZEN, FLICKER, GRID, EDGE = "frozen", "flicker", "grid", "edge"
_SIDE = 128
_COPY = 320

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class CueBounds:
    """From where on a figure counts; starting values, measured on published portraits, to be refitted."""

    frozen_s: float = 0.6
    """A camera's picture trembles; one that is the same to the last bit for so long comes from a file."""
    flicker: float = 3.0
    """Grey levels by which the face's light jumps from frame to frame more than that of what surrounds it."""
    grid: float = 5.0
    """How far the strongest regular pattern in the face stands out of what lies around it in the spectrum: 74
    photographs stayed under 3.7, a fine grid laid over them gave 5 to 20."""
    edge: float = 0.5
    """Share of the looked-at frames in which a closed four-sided rim runs around the face."""


@dataclass(slots=True)
class Cues:
    """Gathers the signs of one attempt."""

    at: CueBounds = field(default_factory=CueBounds)
    _last: bytes = b""
    _same_since: float = 0.0
    _frozen_s: float = 0.0
    _lights: list[tuple[float, float]] = field(default_factory=list)
    _grids: list[float] = field(default_factory=list)
    _rims: list[bool] = field(default_factory=list)

    def take(self, frame: Frame, face: Face) -> None:
        """What every frame tells: whether it is the one before, and its light."""
        if frame.rgb == self._last:
            self._frozen_s = max(self._frozen_s, frame.at_s - self._same_since)
        else:
            self._last, self._same_since = frame.rgb, frame.at_s
        self._lights.append(_lights(grey(frame), face))

    def look_closely(self, frame: Frame, face: Face) -> None:
        """What costs more and is asked a few times an attempt: pattern and rim."""
        picture = grey(frame)
        self._grids.append(pattern(picture, face))
        self._rims.append(rim(picture, face))

    def figures(self) -> dict[str, float]:
        """Every figure with its bound beside it."""
        told = {FROZEN: self._frozen_s, FLICKER: self._flicker(), GRID: _median(self._grids), EDGE: self._edge()}
        bounds = {FROZEN: self.at.frozen_s, FLICKER: self.at.flicker, GRID: self.at.grid, EDGE: self.at.edge}
        return {f"cue_{name}": told[name] for name in told} | {f"cue_{name}_from": bounds[name] for name in bounds}

    def names(self) -> tuple[str, ...]:
        """The cues that reach their bounds."""
        told = self.figures()
        return tuple(name for name in (FROZEN, FLICKER, GRID, EDGE) if told[f"cue_{name}"] >= told[f"cue_{name}_from"])

    def _flicker(self) -> float:
        """Median jump of the face's light less that of its surroundings; frames of one film, so no lamp is meant."""
        if len(self._lights) < 5:
            return 0.0
        # The second difference leaves slow changes (a turning head, a cloud) out.
        jumps = np.abs(np.diff(np.array(self._lights), 2, axis=0))
        face, around = (float(v) for v in np.median(jumps, axis=0))
        return max(0.0, face - around)

    def _edge(self) -> float:
        return sum(self._rims) / len(self._rims) if len(self._rims) >= 3 else 0.0


def grey(frame: Frame) -> Grey:
    """A frame without its colours."""
    rgb = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)


def pattern(picture: Grey, face: Face) -> float:
    """How far the strongest regular pattern of a face stands out: screens and printed dots, not skin.

    Peaks on the lattice that JPEG's blocks of 8 pixels leave are left out, and so are the coarse forms of a face.
    0 for a face under 64 pixels, which cannot tell.
    """
    side = min(_SIDE, int(min(face.width, face.height)))
    middle_x, middle_y = int(face.left + face.width / 2), int(face.top + face.height / 2)
    left, top = middle_x - side // 2, middle_y - side // 2
    crop = picture[max(0, top) : top + side, max(0, left) : left + side]
    if side < 64 or crop.shape != (side, side):
        return 0.0
    window = np.outer(np.hanning(side), np.hanning(side))
    spectrum = np.abs(np.fft.rfft2((crop - float(crop.mean())) * window)).astype(np.float32)
    around = cv2.blur(spectrum, (9, 9)) + 1e-3
    standing = spectrum / around * np.minimum(1.0, spectrum / (0.02 * side * side))
    fy = np.abs(np.fft.fftfreq(side))[:, None]
    fx = np.fft.rfftfreq(side)[None, :]
    usable = np.hypot(fx, fy) > 0.12
    usable &= ~((_near_eighth(fx, side) & (fy < 1.5 / side)) | (_near_eighth(fy, side) & (fx < 1.5 / side)))
    return float((standing * usable).max())


def _near_eighth(f: NDArray[np.floating[Any]], side: int) -> NDArray[np.bool_]:
    near: NDArray[np.bool_] = np.abs(f * 8 - np.round(f * 8)) < 12.0 / side
    return near


def rim(picture: Grey, face: Face) -> bool:
    """Whether four straight sides close around the face: a sheet or a screen. A living face has a neck, and what
    is below it crosses the lower side."""
    scale = min(1.0, _COPY / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    lines = cv2.dilate(cv2.Canny(small, 40, 120), np.ones((3, 3), np.uint8))
    left, top, width, height = (scale * v for v in (face.left, face.top, face.width, face.height))
    corners = np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])
    for outline in cv2.findContours(lines, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
        if cv2.contourArea(outline) < 1.5 * width * height:
            continue
        four = cv2.approxPolyDP(outline, 0.03 * cv2.arcLength(outline, True), True)
        if len(four) != 4 or not cv2.isContourConvex(four) or _at_border(four, small.shape):
            continue
        if all(cv2.pointPolygonTest(four, (float(x), float(y)), False) > 0 for x, y in corners):
            return True
    return False


def _at_border(four: NDArray[Any], shape: tuple[int, ...]) -> bool:
    """Whether the rim is only that of the picture itself."""
    points = four.reshape(4, 2)
    near = (points[:, 0] <= 3) | (points[:, 1] <= 3) | (points[:, 0] >= shape[1] - 4) | (points[:, 1] >= shape[0] - 4)
    return bool(near.sum() >= 3)


def _lights(picture: Grey, face: Face) -> tuple[float, float]:
    """Mean grey of the face and of the picture without it."""
    left, top = max(0, int(face.left)), max(0, int(face.top))
    crop = picture[top : int(face.top + face.height), left : int(face.left + face.width)]
    if crop.size in (0, picture.size):
        return 0.0, 0.0
    inside, whole = float(crop.sum()), float(picture.sum())
    return inside / crop.size, (whole - inside) / (picture.size - crop.size)


def _median(figures: list[float]) -> float:
    return float(np.median(figures)) if figures else 0.0
