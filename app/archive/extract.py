"""What a package shows of the room's own stream: its draws and the keys of their parties, each entry proved.

Taken are, in the stream's order: the room's first entry (its key), every change of that key, the import of this
evaluation, everything of
the draws made for it, the enrolment and revocation of the machines that were parties or co-signed, and, so that
no draw can be left out unseen, the bare call of every draw between the import and the last one of these, and of
the one before the import. Each entry comes with the proof that it is in the room's tree (RFC 6962), each call
also with the proof that the tree had, before it, the root that the call is bound to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.journal import Entry, SignedCheckpoint, Tree, canonical, entry_bytes, entry_line, parse_checkpoint


@dataclass(frozen=True)
class Extract:
    """Chosen entries of the room's stream with the proofs that they belong to the tree of the checkpoint."""

    entries: tuple[Entry, ...]
    size: int
    inclusion: dict[int, tuple[bytes, ...]]
    """By seq: the path from this entry to the checkpoint's root."""
    consistency: dict[int, tuple[bytes, ...]]
    """By the seq of a call: the proof that the tree before it grew into the checkpoint's."""

    def entries_bytes(self) -> bytes:
        """`room/entries.jsonl`."""
        return b"".join(entry_line(entry) for entry in self.entries)

    def proofs_bytes(self) -> bytes:
        """`room/proofs.json`."""

        def told(proofs: dict[int, tuple[bytes, ...]]) -> dict[str, list[str]]:
            return {str(seq): [step.hex() for step in proof] for seq, proof in proofs.items()}

        proofs = {
            "v": 1,
            "size": self.size,
            "inclusion": told(self.inclusion),
            "consistency": told(self.consistency),
        }
        return canonical(proofs) + b"\n"

    def of_type(self, *kinds: str) -> Iterator[Entry]:
        """The entries of these types, in order."""
        return (entry for entry in self.entries if entry.type in kinds)

    def draws(self, stream: str) -> dict[int, list[Entry]]:
        """The entries of each draw that was called for `stream`, by draw number."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            number = entry.data.get("draw_no")
            if not isinstance(number, int):
                continue
            if entry.type == "DrawCalled" and stream in _streams(entry):
                found.setdefault(number, []).append(entry)
            elif number in found and entry.type != "DrawCalled":
                found[number].append(entry)
        return found


def extract_of(stream: str, entries: Sequence[Entry], *notes: str) -> Extract:
    """The extract for the evaluation `stream` from the room's `entries`, counted from its first one.

    `notes` are the signed checkpoints of the package, whose co-signing devices' keys are taken along.
    """
    tree = Tree(entry_bytes(entry) for entry in entries)
    seqs = chosen(stream, entries, cosigners(*notes))
    taken = [entry for entry in entries if entry.seq in seqs]
    calls = [entry.seq for entry in taken if entry.type == "DrawCalled"]
    return Extract(
        entries=tuple(taken),
        size=tree.size,
        inclusion={entry.seq: tuple(tree.inclusion(entry.seq - 1)) for entry in taken},
        consistency={seq: tuple(tree.consistency(seq - 1)) for seq in calls},
    )


def cosigners(*notes: str) -> set[str]:
    """Names of the machines whose co-signature stands on one of the signed checkpoints."""
    signed: list[SignedCheckpoint] = [parse_checkpoint(note) for note in notes]
    return {line.name for note in signed for line in note.signatures if line.name != note.checkpoint.origin}


def _streams(call: Entry) -> list[Any]:
    streams = call.data.get("streams")
    return streams if isinstance(streams, list) else []


def chosen(stream: str, entries: Sequence[Entry], cosigning: set[str]) -> set[int]:
    """The seqs of the entries that a package of `stream` shows; of an extract, all that belong into it."""
    calls = [entry for entry in entries if entry.type == "DrawCalled"]
    own = {entry.data["draw_no"] for entry in calls if stream in _streams(entry)}
    imported = [e.seq for e in entries if e.type == "EvaluationImported" and e.data["stream"] == stream]
    begun = imported[0] if imported else 1
    last = max((entry.seq for entry in calls if entry.data["draw_no"] in own), default=0)
    before = [entry.seq for entry in calls if entry.seq < begun][-1:]
    between = [entry.seq for entry in calls if begun < entry.seq <= last]
    devices = cosigning | {
        entry.data["device"] for entry in entries if entry.type == "NonceCommitted" and entry.data["draw_no"] in own
    }
    machines = [
        entry.seq
        for entry in entries
        if entry.type in ("DeviceEnrolled", "DeviceRevoked") and entry.data["device"] in devices
    ]
    keys = [entry.seq for entry in entries if entry.type == "SigningKeyRotated"]
    of_draws = [e.seq for e in entries if e.type != "DrawCalled" and e.data.get("draw_no") in own]
    return {1, *imported, *(before if own else []), *between, *machines, *keys, *of_draws}
