"""The codes by which members know bids while they mark blind (暗标): an order of its own for each of them.

A seed of 32 bytes is committed to before anyone sees a code, and revealed when the blind marks are opened; from it
anyone can make every member's order again. Code k is the k-th bid of the member's order, counted from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from app.drawing.protocol import canonical
from app.drawing.shuffling import WordStream

SEED_BYTES = 32

_COMMIT = b"kawei/codes/commit/1"
_ORDER = b"kawei/codes/order/1"


def codes_commitment(stream: str, lot: str, seed: bytes) -> str:
    """What the journal holds (hex) before any code is shown: SHA-256 over domain, stream and lot, and the seed."""
    return sha256(_COMMIT + canonical([stream, lot]) + seed).hexdigest()


def coded_bids(stream: str, lot: str, seed: bytes, alias: str, bids: Sequence[str]) -> dict[str, str]:
    """Each code of one member with the bid behind it, in the order of the codes.

    The order is the shuffle of a draw (rejection sampling, Fisher and Yates) over `bids` as they stand in the
    tender, its seed the SHA-256 over domain, stream, lot, alias, bids and the seed of the codes.
    """
    own = sha256(_ORDER + canonical([stream, lot, alias, list(bids)]) + seed).digest()
    return {str(k): bid for k, bid in enumerate(WordStream(own).shuffled(bids), start=1)}
