"""What lives in memory alone and dies with the process: sealing keys, keys of unopened sheets, nonces, transcripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.evaluation.refusal import Refused
from app.journal import NotCanonical, OpenedSheet, SealedFor, SealedSheet, SealingFault, open_sealed, open_with

_KEY_BYTES, _MOST_KEYS = 32, 8

SheetPlace = tuple[str, str, str, int, str]
"""Stream, lot, kind, round, alias."""


@dataclass
class Memory:
    """Filled by commands once they are on the disk; nothing here is ever written anywhere."""

    sealing: dict[str, bytes] = field(default_factory=dict, repr=False)
    """Private X25519 key by offered key id."""
    sheet_keys: dict[SheetPlace, bytes] = field(default_factory=dict, repr=False)
    draft_keys: dict[tuple[str, str], tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    """Keys of drafts by stream and alias: of the machine that gave them last, and of those before it."""
    shares: dict[SheetPlace, dict[str, bytes]] = field(default_factory=dict, repr=False)
    """Of lost seats: the shares that were given so far, by holder."""
    nonces: dict[tuple[int, str], bytes] = field(default_factory=dict, repr=False)
    """Nonce by draw number and party."""
    transcripts: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)

    def open_key(self, key_id: str, boxed: dict[str, Any], commitment: str) -> bytes:
        """The content key of a sheet, sealed to one of this memory's keys; refuses what does not open."""
        return self.open_box(key_id, boxed, sheet_key_purpose(commitment), "$.key")

    def open_draft_keys(self, key_id: str, boxed: dict[str, Any], stream: str, alias: str) -> tuple[bytes, ...]:
        """The keys of a member's drafts, sealed to one of this memory's keys; refuses what does not open."""
        keys = self.open_box(key_id, boxed, draft_key_purpose(stream, alias), "$.key")
        if len(keys) % _KEY_BYTES or not 0 < len(keys) <= _KEY_BYTES * _MOST_KEYS:
            raise Refused("bad_value", "$.key")
        return tuple(keys[at : at + _KEY_BYTES] for at in range(0, len(keys), _KEY_BYTES))

    def open_box(self, key_id: str, boxed: dict[str, Any], purpose: str, where: str) -> bytes:
        """What was sealed to one of this memory's keys for a purpose; refuses what does not open."""
        private = self.sealing.get(key_id)
        if private is None:
            raise Refused("old_key", "$.key_id")
        try:
            return open_with(private, SealedFor.from_json(boxed), purpose)
        except SealingFault:
            raise Refused("sheet_not_opened", where) from None

    def keep_share(self, place: SheetPlace, shares: dict[str, bytes], key: bytes | None) -> None:
        """Keep what was given of a lost seat's key; whole, it is a key like any other."""
        if key is None:
            self.shares[place] = shares
        else:
            self.sheet_keys[place] = key
            self.shares.pop(place, None)

    def forget_round(self, stream: str, lot: str, kind: str, number: int) -> None:
        """Drop the keys of a round that is opened."""
        for place in [p for p in self.sheet_keys if p[:4] == (stream, lot, kind, number)]:
            del self.sheet_keys[place]

    def forget_draw(self, number: int) -> None:
        """Drop the secrets of a draw that is opened: they stand in its transcript now."""
        self.transcripts.pop(number, None)
        for key in [k for k in self.nonces if k[0] == number]:
            del self.nonces[key]


def sheet_key_purpose(commitment: str) -> str:
    """What a sheet's content key is sealed for."""
    return f"kawei/sheet-key/1 {commitment}"


def draft_key_purpose(stream: str, alias: str) -> str:
    """What the key of a member's drafts is sealed for."""
    return f"kawei/draft-key/1 {stream} {alias}"


def open_sheet(key: bytes, sealed: dict[str, Any]) -> OpenedSheet:
    """Open a sealed sheet and check its commitment; refuses with a code and never with the content."""
    try:
        return open_sealed(key, SealedSheet.from_json(sealed))
    except NotCanonical:
        raise Refused("bad_value", "$.sealed") from None
    except SealingFault as fault:
        code = "wrong_commitment" if fault.code == "commitment_mismatch" else "sheet_not_opened"
        raise Refused(code, "$.sealed") from None
