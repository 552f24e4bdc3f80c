"""A segment of a recording, opened to be looked at: out of memory, never out of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.ports.camera import Frame


class Reel(Protocol):
    """One segment in clear. Used by one thread at a time; what it holds is gone with it."""

    def picture_at(self, second: float) -> Frame | None:
        """The picture that stood at this second of the segment, its `at_s` the second at which it came; None before
        the first. Quick going on, slower going back. Raises ValueError where the content cannot be read."""
        ...

    def close(self) -> None:
        """Let go of the content."""
        ...


ReelMaker = Callable[[bytes], Reel]
"""Opens a segment; raises ValueError for what is none that can be shown."""
