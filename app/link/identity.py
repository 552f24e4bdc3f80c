"""This machine's own key and what it knows of its room, kept in one folder that only its user may read."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.journal import Ed25519Signer
from app.link.disk import private_folder, write_private
from app.link.faults import LinkFault

_FILE = "identity.json"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Identity:
    """An enrolled machine: its name, its kind and seat, its room, and its secret (32 bytes, never sent or shown)."""

    device: str
    kind: str
    seat: str | None
    url: str
    room_key: str
    secret: bytes = field(repr=False)
    authority: str = ""
    """The room's certificate authority (PEM); empty where the line is not encrypted."""
    certificate: str = ""
    """This machine's own certificate (PEM), over the key of `signer`."""

    @property
    def signer(self) -> Ed25519Signer:
        """The key that the room knows this machine by."""
        return Ed25519Signer(self.key("sign"))

    def key(self, purpose: str) -> bytes:
        """A 32-byte key of this machine for one purpose, derived from its secret."""
        return HKDF(SHA256(), 32, None, f"kawei/device/{purpose}/1".encode()).derive(self.secret)


def new_secret() -> bytes:
    """A fresh machine secret."""
    return secrets.token_bytes(_SECRET_BYTES)


def save(identity: Identity, folder: Path) -> None:
    """Keep the identity (folder 0700, file 0600)."""
    private_folder(folder)
    data = {
        "device": identity.device,
        "kind": identity.kind,
        "seat": identity.seat,
        "url": identity.url,
        "room_key": identity.room_key,
        "secret": identity.secret.hex(),
        "authority": identity.authority,
        "certificate": identity.certificate,
    }
    write_private(folder / _FILE, json.dumps(data).encode())


def load(folder: Path) -> Identity:
    """Return the identity kept in `folder`; raises `LinkFault` `not_enrolled` or `bad_state`."""
    path = folder / _FILE
    if not path.exists():
        raise LinkFault("not_enrolled", str(folder))
    try:
        data = json.loads(path.read_bytes())
        found = Identity(**{**data, "secret": bytes.fromhex(data["secret"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise LinkFault("bad_state", str(path)) from None
    if not _is_whole(found):
        raise LinkFault("bad_state", str(path))
    return found


def _is_whole(found: Any) -> bool:
    texts = (found.device, found.kind, found.url, found.room_key, found.authority, found.certificate)
    seated = found.seat is None or isinstance(found.seat, str)
    return seated and all(isinstance(text, str) for text in texts) and len(found.secret) == _SECRET_BYTES
