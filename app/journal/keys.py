"""Signing keys: the signer that a process holds, verifier keys as text, fingerprints for slips.

A fingerprint is `kawei-ed25519:` and the SHA-256 of the 32-byte public key in RFC 4648 base32, thirteen
groups of four joined by hyphens: `kawei-ed25519:ABCD-EFGH-...`. Base32 has no 0, 1, 8 or 9 to misread,
ignores case and is shorter than hex. A verifier key is the C2SP signed-note line
`<name>+<key id>+<base64 of type byte and public key>`.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.journal.faults import CheckpointFault

ALG = "Ed25519"
FINGERPRINT_PREFIX = "kawei-ed25519:"
_GROUP = 4


class SignatureType(IntEnum):
    """The type byte of a C2SP note signature; it enters the key id."""

    NOTE = 0x01
    COSIGNATURE = 0x04


class Signer(Protocol):
    """Whoever can sign with one Ed25519 key: in memory here, a token elsewhere."""

    @property
    def public_key(self) -> bytes:
        """The raw 32-byte public key."""

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message` (RFC 8032)."""


@dataclass(frozen=True)
class Ed25519Signer:
    """A signer whose private key, a 32-byte seed, was handed in; the seed shows in no repr."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise CheckpointFault("bad_key", "seed")

    @property
    def public_key(self) -> bytes:
        """The raw 32-byte public key."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message` (RFC 8032)."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `public_key` over `message`; False too for keys that are none."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(name: str, public_key: bytes, kind: SignatureType) -> bytes:
    """The four bytes that stand for a key in a note: SHA-256(name || 0x0A || type || public key)[:4]."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def is_key_name(name: str) -> bool:
    """Whether `name` may stand in a note: not empty, no Unicode space or control character, no plus."""
    return name != "" and not any(c == "+" or c.isspace() or unicodedata.category(c)[0] == "C" for c in name)


def verifier_key(name: str, public_key: bytes, kind: SignatureType = SignatureType.NOTE) -> str:
    """The verifier key line (C2SP signed-note) of `public_key` under `name`."""
    if not is_key_name(name) or len(public_key) != 32:
        raise CheckpointFault("bad_key", name)
    material = base64.b64encode(bytes([kind]) + public_key).decode()
    return f"{name}+{key_id(name, public_key, kind).hex()}+{material}"


def parse_verifier_key(text: str) -> tuple[str, bytes, SignatureType]:
    """Name, public key and type of a verifier key line; raises `CheckpointFault` `bad_key`."""
    name, _, rest = text.partition("+")
    try:
        material = base64.b64decode(rest.partition("+")[2], validate=True)
        kind = SignatureType(material[0])
        good = verifier_key(name, material[1:], kind) == text
    except (IndexError, ValueError):
        good = False
    if not good:
        raise CheckpointFault("bad_key", text)
    return name, material[1:], kind


def fingerprint(public_key: bytes) -> str:
    """The fingerprint of a raw 32-byte public key as slips and reports print it."""
    if len(public_key) != 32:
        raise CheckpointFault("bad_key", public_key.hex())
    letters = base64.b32encode(hashlib.sha256(public_key).digest()).decode().rstrip("=")
    return FINGERPRINT_PREFIX + "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def parse_fingerprint(text: str) -> str:
    """The canonical spelling of a fingerprint typed by a person; compare it with `fingerprint(key)`.

    Case, spaces, hyphens and full-width forms do not matter; the prefix must be there, since it names the
    algorithm. Raises `CheckpointFault` `bad_fingerprint`.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    letters = folded.removeprefix(FINGERPRINT_PREFIX).replace("-", "").upper()
    try:
        digest = base64.b32decode(letters + "====")
    except ValueError:  # binascii.Error is one
        digest = b""
    canonical = base64.b32encode(digest).decode().rstrip("=")
    if not folded.startswith(FINGERPRINT_PREFIX) or len(digest) != 32 or canonical != letters:
        raise CheckpointFault("bad_fingerprint", text)
    return FINGERPRINT_PREFIX + "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))
