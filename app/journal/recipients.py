"""Content sealed to people by their X25519 keys: the members' list, names and the signature page.

Byte for byte (`J`, `||` and padding as in `sealing`): a content key (32 bytes), an ephemeral X25519 private
key (32 bytes, for this one sealing only) and a nonce (12 bytes) are handed in. For each recipient r, in the
order given,

    shared     = X25519(ephemeral, r)
    wrap key   = HKDF-SHA256(shared, salt = ephemeral public || r, info = "kawei/recipient/wrap/1", 32 bytes)
    wrapped[r] = AES-256-GCM(wrap key, nonce = 12 zero bytes, content key, associated data = utf8(purpose))
    bound      = "kawei/recipient/seal/1" || J({"alg": ..., "ephemeral": hex, "purpose": purpose,
                                                "recipients": [{"key": hex(r), "wrapped": hex}, ...]})
    ciphertext = AES-256-GCM(content key, nonce, content || padding, associated data = bound)

A wrap key is used once, so its nonce may be fixed. Who the recipients are is open, what they get is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.journal.box import (
    BLOCK,
    KEY_BYTES,
    NONCE_BYTES,
    check_algorithm,
    from_text,
    read_object,
    shut,
    to_text,
    unshut,
)
from app.journal.canonical import JsonValue, canonical
from app.journal.faults import SealingFault

ALG = "X25519+HKDF-SHA256+AES-256-GCM"

_WRAP = b"kawei/recipient/wrap/1"
_SEAL = b"kawei/recipient/seal/1"
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_KEYS = {
    "alg": str,
    "purpose": str,
    "ephemeral": str,
    "recipients": list,
    "nonce": str,
    "ciphertext": str,
}


@dataclass(frozen=True, slots=True)
class SealedFor:
    """Content for some recipients: `recipients` pairs each public key with the content key wrapped for it."""

    alg: str
    purpose: str
    ephemeral: bytes
    recipients: tuple[tuple[bytes, bytes], ...]
    nonce: bytes
    ciphertext: bytes

    def to_json(self) -> dict[str, JsonValue]:
        """The sealed content as a JSON object; keys are hex, the box base64."""
        return {
            "alg": self.alg,
            "purpose": self.purpose,
            "ephemeral": self.ephemeral.hex(),
            "recipients": self._listed(),
            "nonce": to_text(self.nonce),
            "ciphertext": to_text(self.ciphertext),
        }

    @classmethod
    def from_json(cls, obj: object) -> Self:
        """Read a JSON object strictly; raises `SealingFault` `bad_sealed`."""
        found = read_object(obj, _KEYS)
        listed = found["recipients"]
        assert isinstance(listed, list)  # noqa: S101 - narrowing: read_object checked it
        pairs = [read_object(item, {"key": str, "wrapped": str}) for item in listed]
        return cls(
            str(found["alg"]),
            str(found["purpose"]),
            _from_hex(found["ephemeral"]),
            tuple((_from_hex(pair["key"]), _from_hex(pair["wrapped"])) for pair in pairs),
            from_text(str(found["nonce"])),
            from_text(str(found["ciphertext"])),
        )

    def bound(self) -> bytes:
        """The associated data: everything but nonce and ciphertext."""
        return _SEAL + canonical(
            {
                "alg": self.alg,
                "ephemeral": self.ephemeral.hex(),
                "purpose": self.purpose,
                "recipients": self._listed(),
            }
        )

    def _listed(self) -> list[JsonValue]:
        return [{"key": key.hex(), "wrapped": wrapped.hex()} for key, wrapped in self.recipients]


def public_key_of(private: bytes) -> bytes:
    """The raw X25519 public key of a raw 32-byte private key."""
    return _private(private).public_key().public_bytes_raw()


def seal_to(
    recipients: Sequence[bytes],
    ephemeral: bytes,
    content_key: bytes,
    nonce: bytes,
    purpose: str,
    content: bytes,
    *,
    block: int = BLOCK,
) -> SealedFor:
    """Seal `content` so that each of `recipients` (raw X25519 public keys) can open it alone.

    Raises `SealingFault` `bad_key` for no or repeated recipients and for keys that cannot be used.
    """
    if not recipients or len(set(recipients)) != len(recipients) or len(content_key) != KEY_BYTES:
        raise SealingFault("bad_key", "recipients")
    public = public_key_of(ephemeral)
    wrapped = []
    for recipient in recipients:
        key = _wrap_key(_exchange(ephemeral, recipient), public, recipient)
        wrapped.append((recipient, AESGCM(key).encrypt(bytes(NONCE_BYTES), content_key, purpose.encode())))
    head = SealedFor(ALG, purpose, public, tuple(wrapped), nonce, b"")
    box = shut(content_key, nonce, content, head.bound(), block)
    return SealedFor(ALG, purpose, public, tuple(wrapped), nonce, box)


def open_with(private: bytes, sealed: SealedFor, purpose: str) -> bytes:
    """The content, for the holder of a recipient's raw private key.

    Raises `SealingFault`: `not_a_recipient`, `unknown_algorithm`, `not_opened` where anything was changed or
    the content was sealed for another purpose.
    """
    check_algorithm(sealed.alg, ALG)
    own = public_key_of(private)
    wrapped = dict(sealed.recipients).get(own)
    if wrapped is None:
        raise SealingFault("not_a_recipient")
    key = _wrap_key(_exchange(private, sealed.ephemeral), sealed.ephemeral, own)
    try:
        content_key = AESGCM(key).decrypt(bytes(NONCE_BYTES), wrapped, purpose.encode())
    except InvalidTag:
        raise SealingFault("not_opened") from None
    return unshut(content_key, sealed.nonce, sealed.ciphertext, sealed.bound())


def _private(raw: bytes) -> X25519PrivateKey:
    try:
        return X25519PrivateKey.from_private_bytes(raw)
    except ValueError:
        raise SealingFault("bad_key", "private key") from None


def _exchange(private: bytes, public: bytes) -> bytes:
    try:
        return _private(private).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # wrong length, or a point of low order, whose shared secret anyone would know
        raise SealingFault("bad_key", public.hex()) from None


def _wrap_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=ephemeral + recipient, info=_WRAP).derive(shared)


def _from_hex(text: object) -> bytes:
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise SealingFault("bad_sealed", "hex")
    return bytes.fromhex(text)
