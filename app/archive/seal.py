"""`data/seal.json`: the room's signature over the hash of every file, and the two files for those without Kawei.

With it no file of a package can be exchanged by anyone but the room, whoever checks it and with how small a tool: the
second verifier (`verify.py`) makes neither ledger nor report again. The first two versions of packages had no seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import resources
from app.journal import NotCanonical, Signer, canonical, verify_signature

SEAL = "data/seal.json"
TOOLS = ("verify.py", "FORMAT.md")
"""The second verifier, a single file, and the description of the format; they lie beside `data/`."""
SINCE = 3
"""The version of packages that came with a seal first."""

_DOMAIN = b"kawei/evidence/sign/1"
_KEYS = {"v", "stream", "lot", "files", "signature"}


class SealFault(Exception):
    """The seal is not the room's over just these files; `part` is the key, or the file, that is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def tools() -> dict[str, bytes]:
    """The files that travel with every package, by path."""
    return {name: resources.path("evidence", name).read_bytes() for name in TOOLS}


def sealed_files(paths: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of the files of a package, those that a seal is over."""
    return {path: data for path, data in paths.items() if path != SEAL and (path.startswith("data/") or path in TOOLS)}


def make_seal(stream: str, lot: str, files: Mapping[str, bytes], signer: Signer) -> bytes:
    """The bytes of `seal.json` over `files`, which are those of `sealed_files`."""
    body: dict[str, Any] = {"v": SINCE, "stream": stream, "lot": lot, "files": _hashes(files)}
    return canonical(body | {"signature": signer.sign(_DOMAIN + canonical(body)).hex()}) + b"\n"


def check_seal(data: bytes, stream: str, lot: str, files: Mapping[str, bytes], room_key: bytes) -> None:
    """Raise `SealFault` where the seal is not that of `room_key` over exactly `files`."""
    try:
        found = json.loads(data)
        exact = canonical(found) + b"\n" == data
    except (ValueError, RecursionError, NotCanonical):
        raise SealFault("form") from None
    if not exact or not isinstance(found, dict) or set(found) != _KEYS or not isinstance(found["files"], dict):
        raise SealFault("form")
    for key, due in (("v", SINCE), ("stream", stream), ("lot", lot)):
        if found[key] != due:
            raise SealFault(key)
    try:
        signature = bytes.fromhex(found.pop("signature"))
    except (ValueError, TypeError):
        raise SealFault("signature") from None
    if not verify_signature(room_key, _DOMAIN + canonical(found), signature):
        raise SealFault("signature")
    there = _hashes(files)
    for path in sorted(set(there) | set(found["files"])):
        if there.get(path) != found["files"].get(path):
            raise SealFault(path)


def hashes_in(data: bytes) -> dict[str, Any]:
    """What a seal says the hashes are, without a look at its signature; none where it cannot be read."""
    try:
        return dict(json.loads(data)["files"])
    except (ValueError, RecursionError, TypeError, KeyError):
        return {}


def hash_of(data: bytes) -> str:
    """SHA-256 (hex) of a file, as a seal holds it."""
    return hashlib.sha256(data).hexdigest()


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hash_of(data) for path, data in files.items()}
