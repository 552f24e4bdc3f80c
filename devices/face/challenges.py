"""Which challenges a person gets: drawn anew each time, so that no film made before can answer them."""

from __future__ import annotations

from app.ports.ambient import Randomness
from app.ports.liveness import Challenge

_ALL = (Challenge.LEFT, Challenge.RIGHT, Challenge.MOUTH)


def draw_challenges(randomness: Randomness) -> tuple[Challenge, ...]:
    """Two or three of left, right and mouth in a random order, a turn always among them."""
    left = list(_ALL)
    drawn = [left.pop(_below(randomness, len(left))) for _ in range(2 + _below(randomness, 2))]
    return tuple(drawn)


def _below(randomness: Randomness, limit: int) -> int:
    """A number below `limit` (at most 256), every one equally likely: bytes beyond the last whole multiple are
    thrown away."""
    ceiling = 256 - 256 % limit
    while (byte := randomness.token_bytes(1)[0]) >= ceiling:
        pass
    return byte % limit
