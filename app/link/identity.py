"""This machine's own key and what it knows of its room, kept in one folder that only its user may read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.journal import Ed25519Signer
from app.link.faults import LinkFault

_FILE = "identity.json"


@dataclass(frozen=True)
class Identity:
    """An enrolled machine: its name, its secret (32 bytes, never sent), its kind and seat, its room."""

    device: str
    kind: str
    seat: str | None
    url: str
    room_key: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Identity({self.device!r}, {self.kind!r}, {self.seat!r})"

    @property
    def signer(self) -> Ed25519Signer:
        """The key that the room knows this machine by."""
        return Ed25519Signer(self.key("sign"))

    def key(self, purpose: str) -> bytes:
        """A 32-byte key of this machine for one purpose, derived from its secret."""
        return HKDF(SHA256(), 32, None, f"kawei/device/{purpose}/1".encode()).derive(self.secret)


def new_secret() -> bytes:
    """A fresh machine secret."""
    return secrets.token_bytes(32)


def save(identity: Identity, folder: Path) -> None:
    """Keep the identity (folder 0700, file 0600)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = {
        "device": identity.device,
        "kind": identity.kind,
        "seat": identity.seat,
        "url": identity.url,
        "room_key": identity.room_key,
        "secret": identity.secret.hex(),
    }
    write_private(folder / _FILE, json.dumps(data).encode())


def load(folder: Path) -> Identity:
    """Return the identity kept in `folder`; raises `LinkFault` `not_enrolled` or `bad_state`."""
    path = folder / _FILE
    if not path.exists():
        raise LinkFault("not_enrolled", str(folder))
    try:
        data = json.loads(path.read_bytes())
        return Identity(**{**data, "secret": bytes.fromhex(data["secret"])})
    except (ValueError, TypeError, KeyError):
        raise LinkFault("bad_state", str(path)) from None


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 so that after a power cut it is the old one or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
