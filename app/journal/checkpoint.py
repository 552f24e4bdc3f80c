"""Signed checkpoints of a stream's tree (c2sp.org/tlog-checkpoint) and devices' co-signatures on them.

The origin is `kawei/<room>/<stream>`, as in `kawei/minle-3/evaluation/ev1`. A rehearsal's origin begins with
`REHEARSAL.kawei/` instead, so that no checkpoint of practice can pass for a real one. The room's key name is
the origin itself, as the specification advises; a device co-signs under a name of its own, with a key that
co-signs under no other name (a v1 co-signature does not commit to the name).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace

from app.journal.faults import CheckpointFault
from app.journal.keys import SignatureType, Signer, is_key_name, key_id, verify_signature
from app.journal.note import NoteSignature, SignedNote, parse_note

_LIVE = "kawei"
_REHEARSAL = "REHEARSAL.kawei"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MAX_TIME = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose tree it is: the room's id, the stream, and whether everything in it is a rehearsal."""

    room: str
    stream: str
    rehearsal: bool

    def __str__(self) -> str:
        return f"{_REHEARSAL if self.rehearsal else _LIVE}/{self.room}/{self.stream}"

    def __post_init__(self) -> None:
        if "/" in self.room or not is_key_name(self.room) or not is_key_name(self.stream):
            raise CheckpointFault("bad_origin", str(self))


def parse_origin(text: str) -> Origin:
    """Read an origin; raises `CheckpointFault` `bad_origin`."""
    program, _, rest = text.partition("/")
    room, _, stream = rest.partition("/")
    if program not in (_LIVE, _REHEARSAL):
        raise CheckpointFault("bad_origin", text)
    return Origin(room, stream, program == _REHEARSAL)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: origin, number of leaves, root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its signature lines."""

    checkpoint: Checkpoint
    signatures: tuple[NoteSignature, ...]

    def text(self) -> str:
        """The signed note, as `checkpoint.txt` holds it."""
        return self._note().encode()

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the room's key signed it: named by the origin, and no line of that key is false."""
        kind = SignatureType.NOTE
        lines = self._note().by(self.checkpoint.origin, key_id(self.checkpoint.origin, public_key, kind))
        message = self.checkpoint.body().encode()
        return bool(lines) and all(verify_signature(public_key, message, line.blob) for line in lines)

    def cosigned_at(self, name: str, public_key: bytes) -> int | None:
        """POSIX time at which the device `name` co-signed, None where it did not or a line of it is false."""
        lines = self._note().by(name, key_id(name, public_key, SignatureType.COSIGNATURE))
        times = []
        for line in lines:
            time, signature = int.from_bytes(line.blob[:8]), line.blob[8:]
            if time > _MAX_TIME or not verify_signature(public_key, self._cosigned(time), signature):
                return None
            times.append(time)
        return max(times, default=None)

    def cosign(self, name: str, time: int, signer: Signer) -> SignedCheckpoint:
        """The checkpoint with the co-signature of the device `name`, made at POSIX `time` (whole seconds).

        Whoever co-signs states that it verified consistency with every earlier checkpoint that it saw.
        """
        if not is_key_name(name) or not 0 <= time <= _MAX_TIME:
            raise CheckpointFault("bad_key", name)
        kid = key_id(name, signer.public_key, SignatureType.COSIGNATURE)
        blob = time.to_bytes(8) + signer.sign(self._cosigned(time))
        return replace(self, signatures=self._note().signed(NoteSignature(name, kid, blob)).signatures)

    def _note(self) -> SignedNote:
        return SignedNote(self.checkpoint.body(), self.signatures)

    def _cosigned(self, time: int) -> bytes:
        return f"cosignature/v1\ntime {time}\n{self.checkpoint.body()}".encode()


def make_checkpoint(origin: str | Origin, size: int, root: bytes, signer: Signer) -> SignedCheckpoint:
    """The checkpoint of the first `size` entries of a stream, signed by the room's key.

    Raises `CheckpointFault` for an origin, size or root that cannot be.
    """
    name = str(origin if isinstance(origin, Origin) else parse_origin(origin))
    if not 0 <= size <= _MAX_TIME or len(root) != 32:
        raise CheckpointFault("bad_checkpoint", "size or root")
    checkpoint = Checkpoint(name, size, root)
    kid = key_id(name, signer.public_key, SignatureType.NOTE)
    blob = signer.sign(checkpoint.body().encode())
    return SignedCheckpoint(checkpoint, (NoteSignature(name, kid, blob),))


def cosign(signed: SignedCheckpoint, name: str, time: int, signer: Signer) -> SignedCheckpoint:
    """`signed.cosign(...)` as a function."""
    return signed.cosign(name, time, signer)


def parse_checkpoint(text: str | bytes) -> SignedCheckpoint:
    """Read a signed checkpoint of any origin; signatures are not checked.

    Raises `CheckpointFault`: `bad_note` for the envelope, `bad_checkpoint` for its three lines. Extension
    lines are refused: this program writes none.
    """
    note = parse_note(text)
    lines = note.text.removesuffix("\n").split("\n")
    if len(lines) != 3:
        raise CheckpointFault("bad_checkpoint", "three lines are due")
    origin, size, encoded = lines
    try:
        root = base64.b64decode(encoded, validate=True)
    except ValueError:
        root = b""
    if not origin or not _SIZE.fullmatch(size) or len(root) != 32:
        raise CheckpointFault("bad_checkpoint", "origin, size or root")
    checkpoint = Checkpoint(origin, int(size), root)
    if checkpoint.body() != note.text:
        raise CheckpointFault("bad_checkpoint", "root")
    return SignedCheckpoint(checkpoint, note.signatures)
