"""The sealed box under all sealed content: padding, AES-256-GCM, and its strict form in JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.journal.canonical import plain
from app.journal.faults import NotCanonical, SealingFault

ALG = "AES-256-GCM"
BLOCK = 1024
"""Padded plaintexts are a multiple of this many bytes, so that a length says little."""
KEY_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16


def pad(content: bytes, block: int = BLOCK) -> bytes:
    """`content` || 0x80 || 0x00 ... up to the next multiple of `block`, itself a multiple of `BLOCK`."""
    if block <= 0 or block % BLOCK:
        raise SealingFault("bad_sealed", f"block {block}")
    return content + b"\x80" + bytes(-(len(content) + 1) % block)


def unpad(padded: bytes) -> bytes:
    """What was padded; raises `SealingFault` `bad_sealed` where the padding is not that of `pad`."""
    content, mark, zeros = padded.rpartition(b"\x80")
    if not mark or any(zeros) or len(padded) % BLOCK:
        raise SealingFault("bad_sealed", "padding")
    return content


def shut(key: bytes, nonce: bytes, content: bytes, bound: bytes, block: int = BLOCK) -> bytes:
    """The padded `content` under AES-256-GCM, bound to `bound`; the tag is the last 16 bytes.

    Raises `SealingFault` `bad_key` for a key or nonce of the wrong length.
    """
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise SealingFault("bad_key", "length")
    return AESGCM(key).encrypt(nonce, pad(content, block), bound)


def unshut(key: bytes, nonce: bytes, ciphertext: bytes, bound: bytes) -> bytes:
    """The content of a box; raises `SealingFault` `not_opened` where key, nonce, box or bound differ."""
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES or len(ciphertext) < _TAG_BYTES:
        raise SealingFault("not_opened")
    try:
        return unpad(AESGCM(key).decrypt(nonce, ciphertext, bound))
    except InvalidTag:
        raise SealingFault("not_opened") from None


def read_object(obj: object, keys: Mapping[str, type]) -> dict[str, object]:
    """The values of a JSON object that has exactly `keys`, each of its type and canonical; else `bad_sealed`."""
    if not isinstance(obj, Mapping) or set(obj) != set(keys):
        raise SealingFault("bad_sealed", "keys")
    for key, kind in keys.items():
        if type(obj[key]) is not kind:
            raise SealingFault("bad_sealed", key)
    try:
        plain(obj)  # what is bound to a box must have one spelling: no half surrogate, no integer beyond 2^53
    except NotCanonical as fault:
        raise SealingFault("bad_sealed", fault.detail) from None
    return dict(obj)


def to_text(data: bytes) -> str:
    """Bytes as JSON carries them: standard base64."""
    return base64.b64encode(data).decode()


def from_text(text: str) -> bytes:
    """The bytes of `to_text`; raises `SealingFault` `bad_sealed` for any other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise SealingFault("bad_sealed", "base64") from None
    if to_text(data) != text:
        raise SealingFault("bad_sealed", "base64")
    return data


def check_algorithm(alg: str, known: str) -> None:
    """Refuse content made by an algorithm that this reader does not know."""
    if alg != known:
        raise SealingFault("unknown_algorithm", alg)
