"""The extract of the room's stream: every entry proved, complete for this evaluation, and as the room decides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.archive import Extract
from app.archive.extract import chosen
from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.replay import read_actor
from app.evaluation.room import commands, events
from app.evaluation.room.decide import decide_room
from app.evaluation.room.evolve import evolve_room
from app.evaluation.room.model import Room
from app.journal import (
    Entry,
    SignedCheckpoint,
    canonical,
    entry_bytes,
    entry_hash,
    verify_consistency,
    verify_inclusion,
)
from app.verification.checks import Failed
from app.verification.stream import read_entries

ENTRIES, PROOFS, CHECKPOINT = "data/room/entries.jsonl", "data/room/proofs.json", "data/room/checkpoint.txt"
STREAM = "room"


def read_extract(entries: bytes, proofs: bytes) -> Extract:
    """The extract as it lies in the package; nothing is proved yet."""
    listed = read_entries(entries, ENTRIES)
    try:
        found = json.loads(proofs)
        inclusion, consistency = (_paths(found[key]) for key in ("inclusion", "consistency"))
        extract = Extract(listed, found["size"], inclusion, consistency)
        exact = isinstance(found["size"], int) and extract.proofs_bytes() == proofs
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Failed("not_canonical", PROOFS) from None
    if not exact:
        raise Failed("not_canonical", PROOFS)
    return extract


def _paths(found: dict[str, list[str]]) -> dict[int, tuple[bytes, ...]]:
    return {int(seq): tuple(bytes.fromhex(step) for step in path) for seq, path in found.items()}


def check_proofs(extract: Extract, signed: SignedCheckpoint) -> None:
    """Fail where an entry is not proved to stand at its place in the tree of the checkpoint."""
    size, root = signed.checkpoint.size, signed.checkpoint.root
    if size != extract.size:
        raise Failed("size", CHECKPOINT)
    last: Entry | None = None
    for entry in extract.entries:
        seq = str(entry.seq)
        broken = entry.stream != STREAM or entry.hash != entry_hash(entry) or (last and last.seq >= entry.seq)
        linked = last is None or last.seq + 1 != entry.seq or entry.prev == last.hash
        proof = extract.inclusion.get(entry.seq)
        if broken or not linked or proof is None:
            raise Failed("inclusion", ENTRIES, seq=seq)
        if not verify_inclusion(entry_bytes(entry), entry.seq - 1, size, proof, root):
            raise Failed("inclusion", ENTRIES, seq=seq)
        last = entry
    for path, due in ((extract.inclusion, None), (extract.consistency, "DrawCalled")):
        seqs = {entry.seq for entry in extract.entries if due in (None, entry.type)}
        if set(path) != seqs:
            raise Failed("extract", PROOFS, seq=str(min(set(path) ^ seqs)))
    for entry in extract.of_type("DrawCalled"):
        _bound(entry, extract.consistency[entry.seq], size, root)


def _bound(call: Entry, proof: Sequence[bytes], size: int, root: bytes) -> None:
    """The tree before the call had the root that its request names, and grew into the checkpoint's."""
    request: Any = call.data["request"]
    before = bytes.fromhex(request["binding"]["root"])
    if not verify_consistency(call.seq - 1, before, size, root, proof):
        raise Failed("consistency", ENTRIES, seq=str(call.seq))


def check_complete(extract: Extract, stream: str, cosigning: set[str]) -> None:
    """Fail where the extract holds what it need not, or a draw between import and seating is left out."""
    listed = {entry.seq for entry in extract.entries}
    wrong = listed ^ (chosen(stream, extract.entries, cosigning) & listed)
    if wrong:
        raise Failed("extract", ENTRIES, seq=str(min(wrong)))
    if not listed or extract.entries[0].seq != 1 or extract.entries[0].type != "RoomOpened":
        raise Failed("extract", ENTRIES, seq="1")
    imported = [entry for entry in extract.of_type("EvaluationImported") if entry.data["stream"] == stream]
    if len(imported) != 1:
        raise Failed("extract", ENTRIES, seq=str(imported[1].seq if imported else 1))
    calls = list(extract.of_type("DrawCalled"))
    numbers = [call.data["draw_no"] for call in calls]
    first = numbers[0] if calls and calls[0].seq < imported[0].seq else 1
    for due, number in enumerate(numbers, start=int(str(first))):
        if number != due:
            raise Failed("draw_missing", ENTRIES, number=str(due))


def replay(extract: Extract, stream: str) -> Room:
    """The room that the extract folds to; fails where it would not have decided so."""
    room: Room | None = None
    own = extract.draws(stream)
    entries = list(extract.entries)
    index = 0
    while index < len(entries):
        entry, count = entries[index], 1
        actor, event = read_actor(entry.actor), events.read_room_event(entry.type, entry.data)
        if entry.type == "DrawCalled":
            _check_call(entry)
        elif room is not None and isinstance(event, events.SigningKeyRotated):
            _check_rotation(room, entry, event, actor)
        elif room is not None and entry.data.get("draw_no") in own:
            count = _follow(room, entries[index:], event, actor)
        for made in entries[index : index + count]:
            room = evolve_room(room, events.read_room_event(made.type, made.data), actor, made.at, STREAM)
        index += count
    if room is None:
        raise Failed("extract", ENTRIES, seq="1")
    return room


def _check_call(call: Entry) -> None:
    """What the room's own decision asks of a call, as far as the extract can tell."""
    request: Any = call.data["request"]
    binding = request["binding"]
    if (binding["stream"], binding["draw_no"]) != (STREAM, call.data["draw_no"]):
        raise Failed("consistency", ENTRIES, seq=str(call.seq))


def _check_rotation(room: Room, entry: Entry, event: events.SigningKeyRotated, actor: Actor) -> None:
    """A new key of the room is one that the key before has signed."""
    try:
        decide_room(room, commands.RotateSigningKey(**vars(event)), actor)
    except Refused:
        raise Failed("signature", ENTRIES, seq=str(entry.seq)) from None


def _follow(room: Room, entries: Sequence[Entry], event: events.RoomEvent, actor: Actor) -> int:
    """How many entries the command behind the first one made; fails where they are not these."""
    number = str(entries[0].data["draw_no"])
    kind = commands.OF_EVENT.get(type(event))
    try:
        if kind is None:
            raise Failed("draw_irregular", ENTRIES, number=number, said=entries[0].type)
        made = decide_room(room, kind(**vars(event)), actor)
    except Refused as refused:
        told = {"said": refused.message("en"), "said_zh": refused.message("zh")}
        raise Failed("draw_irregular", ENTRIES, number=number, **told) from None
    for due, entry in zip(made, entries, strict=False):
        same = (entry.type, canonical(entry.data)) == (type(due).__name__, canonical(due.data()))
        if not same or (entry.actor, entry.at) != (entries[0].actor, entries[0].at):
            raise Failed("draw_irregular", ENTRIES, number=number, said=entry.type)
    if len(made) > len(entries):
        raise Failed("draw_irregular", ENTRIES, number=number, said=type(made[-1]).__name__)
    return len(made)
