"""A frame on a page drawn by keys: where it begins, and what each arrow does to it. In shares of the page as shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from ui.reader.shapes import Box

# A press moves by so much of the page's side; a frame is never smaller.
_STEP = 0.02
_FIRST_WIDE, _FIRST_HIGH = 0.7, 0.12
_WAYS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


@dataclass(frozen=True)
class FrameStep:
    """One press: `across` and `down` it goes, or its right and lower sides alone if it `grows`."""

    across: float
    down: float
    grows: bool

    def of(self, box: Box) -> Box:
        """The frame after it, always on the page."""
        left, top, right, bottom = box
        if self.grows:
            right = min(max(right + self.across, left + _STEP), 1.0)
            return left, top, right, min(max(bottom + self.down, top + _STEP), 1.0)
        across = min(max(self.across, -left), 1.0 - right)
        down = min(max(self.down, -top), 1.0 - bottom)
        return left + across, top + down, right + across, bottom + down


def frame_step(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> FrameStep | None:
    """What this key does to a frame; None where it means something else."""
    way = _WAYS.get(key)
    if way is None or not modifiers & Qt.KeyboardModifier.ShiftModifier:
        return None
    return FrameStep(*way, grows=bool(modifiers & Qt.KeyboardModifier.ControlModifier))


def first_frame(middle: float) -> Box:
    """Some lines in the width of the text, about `middle` (a share of the height), on the page."""
    top = min(max(middle - _FIRST_HIGH / 2, 0.0), 1.0 - _FIRST_HIGH)
    left = (1.0 - _FIRST_WIDE) / 2
    return left, top, 1.0 - left, top + _FIRST_HIGH
