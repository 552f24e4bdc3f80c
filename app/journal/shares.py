"""A key in two shares: either alone is chance and tells nothing, both together are the key.

Byte for byte: `chance` are 32 random bytes; the first share is `chance`, the second `key XOR chance`. A share is known
by `SHA-256("kawei/key-share/1 " || utf8(holder) || 0x00 || share)`, which tells nothing of 32 bytes of chance.
"""

from __future__ import annotations

import hashlib

from app.journal.box import KEY_BYTES
from app.journal.faults import SealingFault

_KNOWN_BY = b"kawei/key-share/1 "


def split_key(key: bytes, chance: bytes) -> tuple[bytes, bytes]:
    """Two shares of a key of 32 bytes; `chance` are 32 fresh random bytes, used for nothing else.

    Raises `SealingFault` `bad_key`."""
    return _right(chance), _xor(key, chance)


def join_shares(first: bytes, second: bytes) -> bytes:
    """The key of both its shares. Raises `SealingFault` `bad_key` where one is no share."""
    return _xor(first, second)


def share_digest(holder: str, share: bytes) -> str:
    """What a holder's share is known by (hex)."""
    return hashlib.sha256(_KNOWN_BY + holder.encode() + b"\0" + share).hexdigest()


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(_right(first), _right(second), strict=True))


def _right(share: bytes) -> bytes:
    if len(share) != KEY_BYTES:
        raise SealingFault("bad_key", "share")
    return share
