"""The hashes of a draw: its context, each party's commitment, and the seed they make together."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import rfc8785

from app.drawing.request import Request

_COMMIT = b"kawei/draw/commit/1"
_SEED = b"kawei/draw/seed/1"


def context(request: Request) -> bytes:
    """SHA-256 over the RFC 8785 form of the request without its nonces: what the parties commit to."""
    return sha256(canonical(request.core)).digest()


def commitment(context: bytes, party: str, nonce: bytes) -> bytes:
    """What `party` publishes before any nonce is revealed."""
    return sha256(_COMMIT + context + party.encode() + nonce).digest()


def seed(context: bytes, nonces: Mapping[str, bytes]) -> bytes:
    """The seed of the draw, from each party's commitment and nonce, the parties in UTF-8 order."""
    parts = [_SEED, context]
    for party in sorted(nonces, key=str.encode):
        parts += [commitment(context, party, nonces[party]), nonces[party]]
    return sha256(b"".join(parts)).digest()


def canonical(value: object) -> bytes:
    """RFC 8785 bytes of a value that holds only text, safe whole numbers, lists and objects."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # read_request let nothing else through
