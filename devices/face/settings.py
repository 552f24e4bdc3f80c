"""A centre's own thresholds, refitted on its own data: one validated file; the floors below them; their short hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

from devices.face.decision import Thresholds

FORMAT = "kawei-face/1"

FLOORS = Thresholds(
    grey_low=0.20,
    grey_high=0.38,
    live=0.363,
    chip=0.30,
    one_to_many=0.40,
    margin=0.04,
    dlib_same=0.40,
    dlib_low=0.30,
    bystander=0.50,
)
"""No centre goes below these (`bystander`: above): 0.363 is SFace's own published threshold for "same", 0.40 on dlib's
scale its customary tolerance of 0.6. A file can make the door stricter, never an open one."""
STRICTEST = 0.95
"""What is stricter lets nobody in any more, and is a slip of the pen."""
_UPPER = frozenset({"bystander"})
"""Here the greater number is the looser one."""


class BadThresholds(ValueError):
    """The place (`$.live`) at which the file is wrong, and the range that it has to lie in, where it has one."""

    def __init__(self, place: str, allowed: str = "") -> None:
        super().__init__(f"{place}: {allowed}" if allowed else place)
        self.place, self.allowed = place, allowed


def read_thresholds(content: str) -> Thresholds:
    """The thresholds of a `face.json`; what it leaves out is the program's own. Raises `BadThresholds`."""
    try:
        told = json.loads(content, object_pairs_hook=_once)
    except ValueError as error:
        raise BadThresholds("$") from error
    if not isinstance(told, dict):
        raise BadThresholds("$")
    if told.pop("format", None) != FORMAT:
        raise BadThresholds("$.format", FORMAT)
    names = {one.name for one in fields(Thresholds)}
    for name, value in told.items():
        if name not in names:
            raise BadThresholds(f"$.{name}")
        _expect_within(name, value)
    try:
        return Thresholds(**{name: float(value) for name, value in told.items()})
    except ValueError as error:
        raise BadThresholds("$", "grey_low <= live <= grey_high, dlib_low <= dlib_same") from error


def thresholds_hash(at: Thresholds) -> str:
    """Twelve hex digits that tell one set from another: the journal keeps them with each face that decided."""
    told = json.dumps({name: f"{value:.6f}" for name, value in asdict(at).items()}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _expect_within(name: str, value: object) -> None:
    floor: float = getattr(FLOORS, name)
    low, high = (0.05, floor) if name in _UPPER else (floor, STRICTEST)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not low <= value <= high:  # type: ignore[operator]  # a number by then
        raise BadThresholds(f"$.{name}", f"{low} - {high}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name comes twice")
    return told
