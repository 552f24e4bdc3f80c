"""The room's own keys in their folder (signing, vault, look-up, names, faces, recordings): files 0600, folder 0700."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from app.journal import Ed25519Signer, fingerprint
from app.journal.recipients import public_key_of
from app.ports.ambient import Randomness
from app.room.refusal import RoomRefusal

KEY_BYTES = 32


@dataclass(frozen=True)
class RoomKeys:
    """`signer` signs checkpoints, `vault` seals persons (AES-256-GCM), `lookup` keys the hash of document numbers,
    `names` (X25519) opens the lists of names of closed evaluations, `faces` seals the templates of enrolled experts
    (AES-256-GCM), `recordings` (X25519) opens what seats recorded. None of them ever shows in a repr."""

    signer: Ed25519Signer
    vault: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    names: bytes = field(repr=False)
    faces: bytes = field(repr=False)
    recordings: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the room's public key, as slips print it."""
        return fingerprint(self.signer.public_key)

    @property
    def names_public(self) -> bytes:
        """The raw public key to which lists of names are sealed for the room."""
        return public_key_of(self.names)

    @property
    def recordings_public(self) -> bytes:
        """The raw public key to which seats seal what they record; they cannot open it again themselves."""
        return public_key_of(self.recordings)


def load_keys(folder: Path, randomness: Randomness) -> RoomKeys:
    """Read the keys, making at first start what is not there.

    Raises `RoomRefusal` `bad_key_file`, `key_file_open`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    seed, vault, lookup, names, faces, recordings = (
        _key(folder / f"{name}.key", randomness) for name in ("sign", "vault", "lookup", "names", "faces", "recordings")
    )
    return RoomKeys(Ed25519Signer(seed), vault, lookup, names, faces, recordings)


def expect_private(path: Path) -> None:
    """Raise `RoomRefusal` `key_file_open` where others than the owner may read a key: it may be known to them."""
    if os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise RoomRefusal("key_file_open", path.name)


_NEXT = "sign.next"


def prepare_rotation(folder: Path, randomness: Randomness) -> Ed25519Signer:
    """A new signing key beside the one that signs; it is none yet."""
    path = folder / _NEXT
    path.unlink(missing_ok=True)
    return Ed25519Signer(_key(path, randomness))


def finish_rotation(folder: Path, public_key: str) -> None:
    """Put the new key in the old one's place, if it is the one that the journal has announced; the old one is gone.

    Asked at every start: whatever was cut off in between is finished, or never was."""
    path = folder / _NEXT
    if not path.exists():
        return
    if Ed25519Signer(bytes.fromhex(path.read_text("ascii").strip())).public_key.hex() == public_key:
        path.replace(folder / "sign.key")
        return
    path.unlink()


def rotation_is_open(folder: Path) -> bool:
    """Whether a rotation was begun and not finished."""
    return (folder / _NEXT).exists()


def _key(path: Path, randomness: Randomness) -> bytes:
    if not path.exists():
        # Whole or not at all: a crash between the two steps leaves a file that the next start overwrites.
        fresh = path.with_name(f"{path.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            stream.write(randomness.token_bytes(KEY_BYTES).hex() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    expect_private(path)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise RoomRefusal("bad_key_file", path.name)
    return key
