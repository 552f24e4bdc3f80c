"""Handwriting as lines: from a pen or mouse at the seat into the cell of the report."""

from __future__ import annotations

from dataclasses import dataclass

_MOST_STROKES, _MOST_POINTS = 200, 6000
_MARK = (((0.40, 0.45), (0.48, 0.25), (0.62, 0.80)),)
"""A tick, where somebody signs without writing."""
_THICKNESS = 1.3
_INK = "0.05 0.12 0.35"


class BadHandwriting(ValueError):
    """Not strokes of points between 0 and 1, or more of them than a hand writes."""


@dataclass(frozen=True)
class Strokes:
    """Polylines in a box of 1 by 1: x to the right, y upwards. None: a tick stands there instead."""

    lines: tuple[tuple[tuple[float, float], ...], ...] = ()

    def __post_init__(self) -> None:
        points = [point for line in self.lines for point in line]
        if len(self.lines) > _MOST_STROKES or len(points) > _MOST_POINTS or not all(self.lines):
            raise BadHandwriting("size")
        if not all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points):
            raise BadHandwriting("place")

    def drawn(self, width: float, height: float) -> bytes:
        """The strokes as the content of a PDF form of this size (points): rounded lines, no fonts."""
        made = [f"q {_INK} RG {_THICKNESS} w 1 J 1 j"]
        for line in self.lines or _MARK:
            first, *rest = line
            steps = [f"{_at(first, width, height)} m", *(f"{_at(point, width, height)} l" for point in rest or [first])]
            made.append(" ".join([*steps, "S"]))
        return "\n".join([*made, "Q"]).encode()


def _at(point: tuple[float, float], width: float, height: float) -> str:
    return f"{point[0] * width:.2f} {point[1] * height:.2f}"
