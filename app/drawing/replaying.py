"""A draw shown step by step: the swaps of the shuffle that decided, as anyone computes them from the transcript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.drawing.request import SeatingRequest, read_request
from app.drawing.shuffling import WordStream
from app.drawing.transcript import draw


@dataclass(frozen=True, slots=True)
class Replay:
    """The items (seats or whatever is put in order) as they stood before the last shuffle, its swaps in their order,
    and the items as they stood after each of them."""

    items: tuple[str, ...]
    swaps: tuple[tuple[int, int], ...]

    def after(self, count: int) -> list[str]:
        """The items after the first `count` swaps."""
        order = list(self.items)
        for i, j in self.swaps[:count]:
            order[i], order[j] = order[j], order[i]
        return order


def replay(transcript: Mapping[str, Any]) -> Replay:
    """The shuffle that decided, computed again from the request and the parties' nonces of a transcript that `verify`
    finds right; raises `Refusal` for one that cannot be read."""
    proof = ("version", "context", "commitments", "seed", "attempts", "relaxed", "seating", "order")
    request = read_request({key: value for key, value in transcript.items() if key not in proof})
    words = WordStream(draw(request, request.nonces).seed)
    if isinstance(request, SeatingRequest):
        items = tuple(seat.id for seat in request.seats)
        for _ in range(int(transcript["attempts"]) - 1):
            words.shuffled(items)
    else:
        items = request.items
    swaps = tuple((i, words.below(i + 1)) for i in range(len(items) - 1, 0, -1))
    return Replay(items, swaps)
