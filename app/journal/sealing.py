"""Sealed content: the commitment to a sheet, the sealed sheet, and other values sealed under a room's key.

Byte for byte, with `J(x)` the RFC 8785 bytes of x, `||` joining bytes, `hex` in lower case:

    commitment = hex(SHA-256("kawei/sheet/commit/1" || J({"alias": alias, "round": round, "salt": hex(salt),
                                                          "sheet": sheet, "stage": stage, "stream": stream})))
    content    = J({"salt": hex(salt), "sheet": sheet})
    bound      = "kawei/sheet/seal/1" || J({"alias": alias, "commitment": commitment, "round": round,
                                            "stage": stage, "stream": stream})
    plaintext  = content || 0x80 || 0x00 ... up to a multiple of `block` bytes
    ciphertext = AES-256-GCM(key, nonce, plaintext, associated data = bound), its 16-byte tag at the end

`block` is 1024 or a multiple of it: one that holds a complete sheet, and the length tells nothing about how
much has been marked. Salt (32 bytes), nonce (12 bytes, never twice under one key) and key (32 bytes) are the
caller's. Any other value (a draft, a list) is sealed alike, with

    content    = J(value)
    bound      = "kawei/value/seal/1" || J({"bound": the caller's object, "purpose": purpose})
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.journal.box import ALG, BLOCK, check_algorithm, from_text, read_object, shut, to_text, unshut
from app.journal.canonical import JsonValue, canonical, plain
from app.journal.faults import NotCanonical, SealingFault

SALT_BYTES = 32

_COMMIT = b"kawei/sheet/commit/1"
_SEAL_SHEET = b"kawei/sheet/seal/1"
_SEAL_VALUE = b"kawei/value/seal/1"
_HEX = re.compile(r"[0-9a-f]{64}")
_SHEET_KEYS = {
    "alg": str,
    "stream": str,
    "stage": str,
    "round": int,
    "alias": str,
    "commitment": str,
    "nonce": str,
    "ciphertext": str,
}
_VALUE_KEYS = {"alg": str, "nonce": str, "ciphertext": str}


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """A sealed sheet as the journal holds it: whose, at which stage and round, its commitment and the box."""

    alg: str
    stream: str
    stage: str
    round: int
    alias: str
    commitment: str
    nonce: bytes
    ciphertext: bytes

    def to_json(self) -> dict[str, JsonValue]:
        """The sealed sheet as a JSON object; bytes are standard base64."""
        return {
            "alg": self.alg,
            "stream": self.stream,
            "stage": self.stage,
            "round": self.round,
            "alias": self.alias,
            "commitment": self.commitment,
            "nonce": to_text(self.nonce),
            "ciphertext": to_text(self.ciphertext),
        }

    @classmethod
    def from_json(cls, obj: object) -> Self:
        """Read a JSON object strictly; raises `SealingFault` `bad_sealed`."""
        found = read_object(obj, _SHEET_KEYS)
        box = {key: from_text(str(found[key])) for key in ("nonce", "ciphertext")}
        return cls(**{**found, **box})  # type: ignore[arg-type]  # types were checked key by key

    def bound(self) -> bytes:
        """The associated data: everything about the sheet but what is in it."""
        return _SEAL_SHEET + canonical(
            {
                "alias": self.alias,
                "commitment": self.commitment,
                "round": self.round,
                "stage": self.stage,
                "stream": self.stream,
            }
        )


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """What was in a sealed sheet: the sheet, and the salt with which anyone can check its commitment."""

    sheet: JsonValue
    salt: bytes


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A sealed value; what it is bound to is not in it: the one who opens it says what it must be."""

    alg: str
    nonce: bytes
    ciphertext: bytes

    def to_json(self) -> dict[str, JsonValue]:
        """The sealed value as a JSON object; bytes are standard base64."""
        return {"alg": self.alg, "nonce": to_text(self.nonce), "ciphertext": to_text(self.ciphertext)}

    @classmethod
    def from_json(cls, obj: object) -> Self:
        """Read a JSON object strictly; raises `SealingFault` `bad_sealed`."""
        found = read_object(obj, _VALUE_KEYS)
        return cls(str(found["alg"]), from_text(str(found["nonce"])), from_text(str(found["ciphertext"])))


def commit(stream: str, stage: str, round: int, alias: str, salt: bytes, sheet: object) -> str:
    """The commitment to a sheet, in hex; the head of this file says how it is made.

    Raises `SealingFault` `bad_sealed` for a salt that is not 32 bytes, `NotCanonical` for floats.
    """
    if len(salt) != SALT_BYTES:
        raise SealingFault("bad_sealed", "salt")
    fields = {
        "alias": alias,
        "round": round,
        "salt": salt.hex(),
        "sheet": sheet,
        "stage": stage,
        "stream": stream,
    }
    return hashlib.sha256(_COMMIT + canonical(fields)).hexdigest()


def check_commitment(commitment: str, stream: str, stage: str, round: int, alias: str, opened: OpenedSheet) -> bool:
    """Whether an opened sheet is the one that was committed to."""
    if not _HEX.fullmatch(commitment):
        return False
    return hmac.compare_digest(commitment, commit(stream, stage, round, alias, opened.salt, opened.sheet))


def seal(
    key: bytes,
    nonce: bytes,
    stream: str,
    stage: str,
    round: int,
    alias: str,
    salt: bytes,
    sheet: object,
    *,
    block: int = BLOCK,
) -> SealedSheet:
    """Seal a sheet under `key`; see the head of this file. `nonce` must never come twice under one key.

    Raises `SealingFault` for a key, nonce, salt or block of the wrong length, `NotCanonical` for floats.
    """
    commitment = commit(stream, stage, round, alias, salt, sheet)
    open_form = SealedSheet(ALG, stream, stage, round, alias, commitment, nonce, b"")
    content = canonical({"salt": salt.hex(), "sheet": sheet})
    ciphertext = shut(key, nonce, content, open_form.bound(), block)
    return SealedSheet(ALG, stream, stage, round, alias, commitment, nonce, ciphertext)


def open_sealed(key: bytes, sealed: SealedSheet) -> OpenedSheet:
    """The sheet and its salt, checked against the commitment.

    Raises `SealingFault`: `not_opened` where the key is wrong or anything was changed, `unknown_algorithm`,
    `commitment_mismatch` where whoever sealed it committed to another sheet.
    """
    check_algorithm(sealed.alg, ALG)
    found = _decoded(unshut(key, sealed.nonce, sealed.ciphertext, sealed.bound()))
    if not isinstance(found, dict) or set(found) != {"salt", "sheet"}:
        raise SealingFault("bad_sealed", "content")
    salt = found["salt"]
    if not isinstance(salt, str) or not _HEX.fullmatch(salt):
        raise SealingFault("bad_sealed", "salt")
    opened = OpenedSheet(found["sheet"], bytes.fromhex(salt))
    if not check_commitment(sealed.commitment, sealed.stream, sealed.stage, sealed.round, sealed.alias, opened):
        raise SealingFault("commitment_mismatch")
    return opened


def seal_value(
    key: bytes, nonce: bytes, purpose: str, bound: Mapping[str, object], value: object, *, block: int = BLOCK
) -> SealedValue:
    """Seal any JSON value for one `purpose`, bound to what `bound` says (stream, alias, and so on).

    Raises as `seal` does. `nonce` must never come twice under one key.
    """
    ciphertext = shut(key, nonce, canonical(value), _value_bound(purpose, bound), block)
    return SealedValue(ALG, nonce, ciphertext)


def open_value(key: bytes, sealed: SealedValue, purpose: str, bound: Mapping[str, object]) -> JsonValue:
    """The sealed value; raises `SealingFault` as `open_sealed`, also where purpose or bound differ."""
    check_algorithm(sealed.alg, ALG)
    return _decoded(unshut(key, sealed.nonce, sealed.ciphertext, _value_bound(purpose, bound)))


def _value_bound(purpose: str, bound: Mapping[str, object]) -> bytes:
    return _SEAL_VALUE + canonical({"bound": bound, "purpose": purpose})


def _decoded(content: bytes) -> JsonValue:
    try:
        return plain(json.loads(content))
    except (ValueError, RecursionError, NotCanonical):
        raise SealingFault("bad_sealed", "content") from None
