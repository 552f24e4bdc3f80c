"""The random words of a draw, and the shuffle that they drive."""

from __future__ import annotations

import hmac
import struct
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD_RANGE = 1 << 64
_BLOCKS_AT_ONCE = 64
_UNPACK = struct.Struct(f">{4 * _BLOCKS_AT_ONCE}Q").unpack


class WordStream:
    """The endless stream of 64-bit words of one seed: HMAC-SHA-256 over a counter, read in order."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._words: list[int] = []  # the next one is last: popping is the cheapest way to read on

    def below(self, n: int) -> int:
        """A number from 0 to n - 1, each equally likely: words past the last multiple of n are left out."""
        limit = _WORD_RANGE - _WORD_RANGE % n
        while True:
            if not self._words:
                self._refill()
            word = self._words.pop()
            if word < limit:
                return word % n

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A copy of `items` in an order of which each is equally likely (Fisher and Yates, from the end)."""
        result = list(items)
        below = self.below
        for i in range(len(result) - 1, 0, -1):
            j = below(i + 1)
            result[i], result[j] = result[j], result[i]
        return result

    def _refill(self) -> None:
        blocks = range(self._block, self._block + _BLOCKS_AT_ONCE)
        data = b"".join(hmac.digest(self._seed, k.to_bytes(8), "sha256") for k in blocks)
        self._block = blocks.stop
        self._words = list(reversed(_UNPACK(data)))
