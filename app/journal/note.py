"""Signed notes (c2sp.org/signed-note): a text and the signature lines below it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

from app.journal.faults import CheckpointFault
from app.journal.keys import is_key_name

_DASH = "— "
_MAX_SIGNATURES = 100  # as the Go implementation; the specification asks for at least 16


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the key's name, its four-byte id and what the key's algorithm made."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        """The line as it stands in a note, newline included."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text ending in a newline, and its signatures in their order."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def encode(self) -> str:
        """The whole note."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def signed(self, signature: NoteSignature) -> SignedNote:
        """The note with one signature more; an earlier one of the same key gives way to it."""
        others = (s for s in self.signatures if (s.name, s.key_id) != (signature.name, signature.key_id))
        return replace(self, signatures=(*others, signature))

    def by(self, name: str, key_id: bytes) -> tuple[NoteSignature, ...]:
        """The signatures that claim to be of that key; others are to be ignored."""
        return tuple(s for s in self.signatures if (s.name, s.key_id) == (name, key_id))


def parse_note(encoded: str | bytes) -> SignedNote:
    """Read a note, text or UTF-8; raises `CheckpointFault` `bad_note`. No signature is checked here."""
    try:
        encoded = encoded.decode() if isinstance(encoded, bytes) else encoded
        encoded.encode()
    except UnicodeError:
        raise CheckpointFault("bad_note", "not UTF-8") from None
    if any(c < " " and c != "\n" for c in encoded):
        raise CheckpointFault("bad_note", "control characters")
    text, blank, lines = encoded.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise CheckpointFault("bad_note", "no signature below an empty line")
    signatures = tuple(_parse_line(line) for line in lines.removesuffix("\n").split("\n"))
    if len(signatures) > _MAX_SIGNATURES:
        raise CheckpointFault("bad_note", f"more than {_MAX_SIGNATURES} signatures")
    return SignedNote(text + "\n", signatures)


def _parse_line(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        blob = base64.b64decode(encoded, validate=True)
    except ValueError:
        blob = b""
    signature = NoteSignature(name, blob[:4], blob[4:])
    # Re-encoding also refuses base64 with stray bits at its end: one signature has one spelling.
    if len(blob) <= 4 or not is_key_name(name) or signature.line() != line + "\n":
        raise CheckpointFault("bad_note", f"signature line {line!r}")
    return signature
