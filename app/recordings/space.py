"""What a recording takes of a disk, so that one can tell before a session how long the disk lasts."""

from __future__ import annotations

MOST_PICTURE, MOST_SOUND = 800_000, 64_000
"""Bits a second that the recording's own encoders use at most."""


def estimate(seconds: int) -> int:
    """Bytes that so long a recording takes at most, with a tenth for all that is not picture or sound."""
    return seconds * (MOST_PICTURE + MOST_SOUND) // 8 * 11 // 10


def hours_for(left: int, sources: int) -> int:
    """Whole hours for which `left` bytes are enough when so many seats are recorded at once."""
    return max(0, left) // (estimate(3600) * max(1, sources))
