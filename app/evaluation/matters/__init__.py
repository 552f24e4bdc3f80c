"""The matters that may come up beside the main way, one file each; this list is all that the engine knows of them.

Law: a matter imports the main way's model, guards and words, never another matter unless it builds upon it.
"""

from __future__ import annotations

from app.evaluation.matter import Matter
from app.evaluation.matters.duty import DUTY
from app.evaluation.matters.leave import LEAVE
from app.evaluation.matters.pause import PAUSE
from app.evaluation.matters.replacement import REPLACEMENT
from app.evaluation.matters.walk_out import WALK_OUT

MATTERS: tuple[Matter, ...] = (
    LEAVE,
    PAUSE,
    WALK_OUT,
    DUTY,
    REPLACEMENT,
)
