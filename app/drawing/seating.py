"""The search for a seating that keeps the rules: uniform over all valid ones, by shuffling until one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.drawing.request import Apart, Seat, SeatingRequest
from app.drawing.shuffling import WordStream

ATTEMPTS_PER_RULE = 20_000
"""Invalid attempts after which one rule more is dropped."""

_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
_CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


@dataclass(frozen=True, slots=True)
class Seating:
    """The first valid attempt: its number, how many rules it did without, and each slot's seat."""

    attempts: int
    relaxed: int
    seats: dict[str, str]


def find_seating(request: SeatingRequest, words: WordStream) -> Seating:
    """Shuffle the seats until slot k may sit on seat k for every k; ends at the latest without any rule."""
    check = _Check(request, request.rules)
    relaxed = attempts = 0
    places = range(len(request.seats))
    while True:
        attempts += 1
        order = words.shuffled(places)
        if check.holds(order):
            pairs = zip(request.people, order, strict=False)  # more seats than people are usual
            return Seating(attempts, relaxed, {slot.id: request.seats[place].id for slot, place in pairs})
        if attempts % ATTEMPTS_PER_RULE == 0:
            relaxed += 1
            check = _Check(request, request.rules[relaxed:])


class _Check:
    """Tells of an order of seats whether it keeps some rules; sets of seats are the bits of integers."""

    def __init__(self, request: SeatingRequest, rules: Sequence[Apart]) -> None:
        groups = {slot.group: number for number, slot in enumerate(request.people)}
        self._groups = [groups[slot.group] for slot in request.people]
        occupants: dict[int, list[Seat]] = {}
        for taken in request.occupied:
            if taken.group in groups:
                occupants.setdefault(groups[taken.group], []).append(taken.seat)
        cells: dict[tuple[str | None, int, int], int] = {}
        for place, seat in enumerate(request.seats):
            cell = (seat.room, seat.x, seat.y)
            cells[cell] = cells.get(cell, 0) | 1 << place
        steps = _steps(rules)
        self._near = [_near(seat, steps, cells) for seat in request.seats]
        self._closed_at_first = [0] * len(request.people)
        for group, seats in occupants.items():
            for seat in seats:
                self._closed_at_first[group] |= _near(seat, steps, cells)

    def holds(self, order: Sequence[int]) -> bool:
        """Whether nobody sits next to one of their own group."""
        closed = self._closed_at_first.copy()
        near = self._near
        for group, place in zip(self._groups, order, strict=False):
            if closed[group] >> place & 1:
                return False
            closed[group] |= near[place]
        return True


def _steps(rules: Sequence[Apart]) -> tuple[tuple[int, int], ...]:
    widest = max((rule.neighbourhood for rule in rules), default=0)
    return {0: (), 4: _SIDES, 8: _SIDES + _CORNERS}[widest]


def _near(seat: Seat, steps: Sequence[tuple[int, int]], cells: Mapping[tuple[str | None, int, int], int]) -> int:
    near = 0
    for dx, dy in steps:
        near |= cells.get((seat.room, seat.x + dx, seat.y + dy), 0)
    return near
