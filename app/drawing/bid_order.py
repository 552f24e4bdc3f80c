"""The order in which one member comes to the bids where the document has it drawn for each of them.

No draw of its own: the transcripts that seated the members and gave them their aliases are in the journal, nobody
could foresee them, and from their hashes anyone can make every member's order again.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from app.drawing.protocol import canonical
from app.drawing.shuffling import WordStream

_ORDER = b"kawei/bids/order/1"


def ordered_bids(stream: str, lot: str, alias: str, bids: Sequence[str], transcripts: Sequence[str]) -> list[str]:
    """The bids of a lot in one member's order.

    It is the shuffle of a draw (rejection sampling, Fisher and Yates) over `bids` as they stand in the tender, its
    seed the SHA-256 over domain, stream, lot, alias, bids and the hashes (hex) of the transcripts.
    """
    seed = sha256(_ORDER + canonical([stream, lot, alias, list(bids), list(transcripts)])).digest()
    return WordStream(seed).shuffled(bids)
