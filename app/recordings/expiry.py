"""The record that segments were deleted by rule (`expired.json`, beside their list, which stays), signed by the room.

Whoever checks a recording later can tell by it what is gone by rule from what is missing: the record names the last
line of the list, the end of the term and its article, the two people and the entry of the room's journal.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.journal import Signer, canonical, verify_signature
from app.recordings.manifest import Line

NAME = "expired.json"
FORMAT = "kawei/expired/1"
MOST = 64 * 1024


@dataclass(frozen=True)
class Expired:
    """`until` is the day on which the term ended; `first` and `second` are the posts of those who deleted it."""

    stream: str
    party: str
    device: str
    segments: int
    sha256: str
    until: str
    article: str
    at: str
    first: str
    second: str


class BadRecord(Exception):
    """It is no record of this, or its signature is another's."""


def write_record(folder: Path, expired: Expired, signer: Signer) -> None:
    """Whole or not at all."""
    told = {"format": FORMAT, **asdict(expired)}
    whole = {**told, "key": signer.public_key.hex(), "signature": signer.sign(canonical(told)).hex()}
    half = folder / f".{NAME}.part"
    half.write_bytes(canonical(whole) + b"\n")
    half.replace(folder / NAME)


def read_record(folder: Path, lines: tuple[Line, ...], key: bytes | None = None) -> Expired | None:
    """The record of a list's segments; None where there is none. `key`: the room's public key, where it is known.

    Raises `BadRecord`; OSError.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_bytes()[:MOST])
        signature, signed_by = bytes.fromhex(told.pop("signature")), bytes.fromhex(told.pop("key"))
        kept = told.pop("format") == FORMAT
        found = Expired(**told)
        good = verify_signature(signed_by, canonical({"format": FORMAT, **asdict(found)}), signature)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadRecord(NAME) from None
    if not kept or not good or (key is not None and signed_by != key):
        raise BadRecord(NAME)
    if not lines or (found.segments, found.sha256) != (len(lines), lines[-1].hash):
        raise BadRecord(NAME)
    return found
