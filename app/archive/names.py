"""`names.sealed`: the sealed list of names with the room's signature, so that nobody can put another in its place."""

from __future__ import annotations

import json
from typing import Any

from app.journal import NotCanonical, SealedFor, SealingFault, Signer, canonical, verify_signature

_DOMAIN = b"kawei/names/sign/1"
_KEYS = {"v", "stream", "lot", "sealed", "signature"}


class NamesFault(Exception):
    """`names.sealed` is not what the room wrote; `part` names the key that is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def sign_names(stream: str, lot: str, sealed: SealedFor, signer: Signer) -> bytes:
    """The bytes of `names.sealed`: the sealed list, whose it is, and the room's signature over both."""
    body: dict[str, Any] = {"v": 1, "stream": stream, "lot": lot, "sealed": sealed.to_json()}
    signature = signer.sign(_DOMAIN + canonical(body)).hex()
    return canonical(body | {"signature": signature}) + b"\n"


def read_names(data: bytes, stream: str, lot: str, room_key: bytes) -> SealedFor:
    """The sealed list of exactly this lot, signed by `room_key`; raises `NamesFault`."""
    try:
        found = json.loads(data)
        exact = canonical(found) + b"\n" == data
    except (ValueError, RecursionError, NotCanonical):
        raise NamesFault("form") from None
    if not exact or not isinstance(found, dict) or set(found) != _KEYS:
        raise NamesFault("form")
    for key, due in (("v", 1), ("stream", stream), ("lot", lot)):
        if found[key] != due:
            raise NamesFault(key)
    try:
        sealed, signature = SealedFor.from_json(found["sealed"]), bytes.fromhex(found.pop("signature"))
    except (SealingFault, ValueError, TypeError):
        raise NamesFault("sealed") from None
    if not verify_signature(room_key, _DOMAIN + canonical(found), signature):
        raise NamesFault("signature")
    return sealed
