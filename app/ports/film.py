"""A segment of a recording, opened to be looked at: out of memory, never out of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.ports.camera import Frame


class Reel(Protocol):
    """One segment in clear: its pictures for one thread at a time, its sound for any. What it holds goes with it."""

    def picture_at(self, second: float) -> Frame | None:
        """The picture that stood at this second of the segment, its `at_s` the second at which it came; None before
        the first. Quick going on, slower going back. Raises ValueError where the content cannot be read."""
        ...

    @property
    def has_sound(self) -> bool:
        """Whether any sound was recorded in this segment."""
        ...

    def sound_between(self, begin_s: float, end_s: float) -> bytes:
        """What was said from a second to another: `app.ports.call.SOUND_RATE`, 16 bits, one channel, little endian;
        silence where nothing was, and beyond the end. Quick: everything was decoded when the segment was opened."""
        ...

    def close(self) -> None:
        """Let go of the content."""
        ...


ReelMaker = Callable[[bytes], Reel]
"""Opens a segment; raises ValueError for what is none that can be shown."""
