"""How large and how often a watched seat's picture goes out: one law for the seat and for the cameras of the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.ports.call import Call, Signalling
from app.ports.camera import Frame

SMALL_HIGH, LARGE_HIGH = 180, 360
"""Rows of a picture in the gallery, and of one that is looked at alone."""
SMALL_S, LARGE_S = 0.2, 0.1
"""Seconds between two of them."""

Shrink = Callable[[Frame, int], Frame]
"""The same picture with at most so many rows."""


@dataclass(frozen=True)
class Watched:
    """What a seat needs to be watched: an engine that only shows, and the making smaller of a picture."""

    make: Callable[[Signalling], Call]
    shrink: Shrink


class Pace:
    """Which frames go out, and how high; asked in the camera's thread, told in the window's."""

    def __init__(self, shrink: Shrink) -> None:
        self._shrink = shrink
        self._large = False
        self._next_s = 0.0

    def look_closely(self, *, large: bool) -> None:
        """Whether somebody looks at this picture alone."""
        self._large = large

    def taken(self, frame: Frame) -> Frame | None:
        """The frame as it goes out; None where the last one is new enough."""
        large = self._large
        if frame.at_s < self._next_s:
            return None
        # A little early counts: a camera of 5 pictures a second must not give 2.5.
        self._next_s = frame.at_s + 0.9 * (LARGE_S if large else SMALL_S)
        return self._shrink(frame, LARGE_HIGH if large else SMALL_HIGH)
