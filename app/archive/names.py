"""`names.sealed`: the sealed list of names with the room's signature, so that nobody can put another in its place."""

from __future__ import annotations

import json
from typing import Any

from app.archive.bag import FORMAT
from app.journal import NotCanonical, SealedFor, SealingFault, Signer, canonical, verify_signature

_DOMAIN = b"kawei/names/sign/1"
_KEYS = {"v", "stream", "lot", "sealed", "signature"}


class NamesFault(Exception):
    """`names.sealed` is not what the room wrote; `part` names the key that is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def sign_names(stream: str, lot: str, sealed: SealedFor, signer: Signer, version: int = FORMAT) -> bytes:
    """The bytes of `names.sealed`: the sealed list, whose it is, and the room's signature over both.

    `version` is that of the whole package: signed here, so that nobody can make an older one of it, with less in it.
    """
    body: dict[str, Any] = {"v": version, "stream": stream, "lot": lot, "sealed": sealed.to_json()}
    signature = signer.sign(_DOMAIN + canonical(body)).hex()
    return canonical(body | {"signature": signature}) + b"\n"


def version_of(data: bytes) -> int:
    """The version that `names.sealed` is of; the newest where it cannot be told."""
    try:
        found = json.loads(data)["v"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return FORMAT
    return found if type(found) is int and 1 <= found <= FORMAT else FORMAT


def read_names(data: bytes, stream: str, lot: str, room_key: bytes) -> SealedFor:
    """The sealed list of exactly this lot, signed by `room_key`; raises `NamesFault`."""
    try:
        found = json.loads(data)
        exact = canonical(found) + b"\n" == data
    except (ValueError, RecursionError, NotCanonical):
        raise NamesFault("form") from None
    if not exact or not isinstance(found, dict) or set(found) != _KEYS:
        raise NamesFault("form")
    for key, due in (("v", version_of(data)), ("stream", stream), ("lot", lot)):
        if found[key] != due:
            raise NamesFault(key)
    try:
        sealed, signature = SealedFor.from_json(found["sealed"]), bytes.fromhex(found.pop("signature"))
    except (SealingFault, ValueError, TypeError):
        raise NamesFault("sealed") from None
    if not verify_signature(room_key, _DOMAIN + canonical(found), signature):
        raise NamesFault("signature")
    return sealed
