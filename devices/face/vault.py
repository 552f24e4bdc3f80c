"""Encrypts face templates: AES-256-GCM, bound to the person, the model and its version."""

from __future__ import annotations

import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.ports.ambient import Randomness
from app.ports.face import Template

NONCE_BYTES = 12
_TAG_BYTES = 16


class AesGcmVault:
    """A TemplateVault with one key of 32 bytes.

    Sealed form: nonce (12 bytes), ciphertext, tag (16 bytes). The associated data are the JSON list
    ["kawei/face-template/1", expert id, model, version] in UTF-8 without spaces, so that a template moved to
    another person's row, or to another model's, does not open.
    """

    def __init__(self, key: bytes, randomness: Randomness) -> None:
        if len(key) != 32:
            raise ValueError("AES-256 takes a key of 32 bytes")
        self._cipher = AESGCM(key)
        self._randomness = randomness

    def seal(self, expert_id: str, template: Template) -> bytes:
        """The template encrypted for this person only, with a fresh nonce."""
        nonce = self._randomness.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, template.data, _bound(expert_id, template.model, template.version))

    def open(self, expert_id: str, model: str, version: int, sealed: bytes) -> Template:
        """The template again; ValueError where anything is not as it was sealed."""
        if len(sealed) < NONCE_BYTES + _TAG_BYTES:
            raise ValueError("too short for a sealed template")
        try:
            data = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(expert_id, model, version))
        except InvalidTag:
            raise ValueError("the template does not belong to this person, model, version or key") from None
        return Template(model, version, data)


def _bound(expert_id: str, model: str, version: int) -> bytes:
    fields = ["kawei/face-template/1", expert_id, model, version]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
