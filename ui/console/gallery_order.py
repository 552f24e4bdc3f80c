"""Which pictures a gallery shows, and in which order: incidents first, else as the seats stand in the room. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.console.seat_sights import seat_sights
from ui.console.sight import Sight
from ui.theme import Tone
from ui.widgets.seat_tile import SeatSight

SIZES = (4, 9, 16)
"""How many pictures a page of the gallery has."""
_URGENCY = {Tone.ERROR: 0, Tone.ATTENTION: 1}


@dataclass(frozen=True)
class Shown:
    """One picture of the gallery: of a seat of an evaluation, or of a camera of the room (`stream` empty)."""

    stream: str
    name: str
    """The alias of who sits there, or the camera's name."""
    seat: str = ""
    sight: SeatSight | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what its pictures come."""
        return self.stream, self.name


def in_order(sight: Sight, cameras: Sequence[str]) -> list[Shown]:
    """Every seat at which somebody sits, the urgent ones first, then the room's cameras."""
    sights = seat_sights(sight)
    found = []
    for seat in sight.seats:
        held = sight.at_seat(str(seat["id"]))
        if held is not None and held[1]["alias"]:
            number = str(seat["id"])
            found.append(Shown(held[0]["stream"], str(held[1]["alias"]), number, sights[number]))
    found.sort(key=lambda one: _URGENCY.get(one.sight.tone, len(_URGENCY)) if one.sight is not None else len(_URGENCY))
    return [*found, *(Shown("", name) for name in cameras)] if found else []


def fitting(count: int) -> int:
    """The smallest page that takes so many, else the largest."""
    return next((size for size in SIZES if size >= count), SIZES[-1])
