"""What keeps what a machine shows and hears: made for a folder, sealed to the room's key, never looked into again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.ports.call import Call

RecorderMaker = Callable[[Path, bytes], Call]
"""Makes a Call without partners that records into a folder, sealed to a raw public key."""

PICTURES_S = 0.2
"""Seconds between two kept pictures: 640 x 480 so cost 8 % of a core and 200 MB an hour, ten a second 13 and 310."""
END_S = 5.0
"""Seconds that a window which closes waits for its recorder at most: what was taken is on the disk then."""
STEP = 0.001
