"""The evaluation's own stream: its lines, its chain, its decisions, its checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluation.model import Evaluation
from app.evaluation.replay import check
from app.journal import (
    CheckpointFault,
    Entry,
    JournalFault,
    Origin,
    SignedCheckpoint,
    Tree,
    check_chain,
    parse_checkpoint,
    parse_origin,
    read_line,
)
from app.verification.checks import Failed

JOURNAL = "data/journal.jsonl"


def read_entries(data: bytes, path: str) -> tuple[Entry, ...]:
    """The entries of a file of lines; fails on the first line that is not the one form of an entry."""
    lines = data.split(b"\n")
    if len(lines) < 2 or lines.pop() != b"":
        raise Failed("not_canonical", path)
    try:
        return tuple(read_line(line, number) for number, line in enumerate(lines, start=1))
    except JournalFault as fault:
        raise said(fault, path) from None


def said(fault: JournalFault, path: str) -> Failed:
    """A fault of the journal core as a failed check."""
    return Failed("journal", path, said=fault.message("en"), said_zh=fault.message("zh"))


def chained(entries: Sequence[Entry]) -> None:
    """Fail where hash, sequence, stream or chain break."""
    fault = check_chain(entries)
    if fault is not None:
        raise said(fault, JOURNAL)


def decided(entries: Sequence[Entry]) -> Evaluation:
    """The state that the entries fold to; fails at the first one that `decide` would not have made."""
    try:
        state, irregular = check(entries)
    except Exception as error:
        place = f"{JOURNAL} #{_trips_at(entries)}"
        raise Failed("irregular", place, refusal="malformed", place=type(error).__name__) from None
    if irregular is not None:
        where = f"{JOURNAL} #{irregular.seq}"
        raise Failed("irregular", where, refusal=irregular.code, place=irregular.where)
    if state is None or not state.closed or entries[-1].type != "EvaluationClosed":
        raise Failed("not_closed", JOURNAL)
    return state


def _trips_at(entries: Sequence[Entry]) -> int:
    """The number of the entry at which the replay trips, found by halving."""
    low, high = 0, len(entries)  # the first `low` do not trip it, the first `high` do
    while high - low > 1:
        middle = (low + high) // 2
        try:
            check(entries[:middle])
            low = middle
        except Exception:
            high = middle
    return high


def tree_of(data: bytes) -> Tree:
    """The tree over the lines of a journal that `read_entries` has found to be the entries' own bytes."""
    return Tree(data.split(b"\n")[:-1])


def sealed_nights(entries: Sequence[Entry], tree: Tree) -> int:
    """How many nights there were; fails where an evening's root is not that of the entries before it. What the morning
    compared is the evening's own size and root, which `decided` has looked at."""
    nights = 0
    for before, entry in enumerate(entries):
        if entry.type == "NightSealed":
            nights += 1
            if (entry.data["size"], entry.data["root"]) != (before, tree.root(before).hex()):
                raise Failed("night", f"{JOURNAL} #{entry.seq}")
    return nights


def read_checkpoint(data: bytes, path: str) -> SignedCheckpoint:
    """A signed note, which has one form only."""
    try:
        return parse_checkpoint(data)
    except CheckpointFault as fault:
        raise Failed("journal", path, said=fault.message("en"), said_zh=fault.message("zh")) from None


def check_origin(signed: SignedCheckpoint, path: str, room: str, stream: str, rehearsal: bool) -> None:
    """Fail where a checkpoint is of another room or stream, or says otherwise whether it is a rehearsal."""
    try:
        origin = parse_origin(signed.checkpoint.origin)
    except CheckpointFault:
        raise Failed("origin", path) from None
    if origin != Origin(room, stream, rehearsal):
        raise Failed("origin", path)


def check_signatures(
    signed: SignedCheckpoint, path: str, room_keys: Sequence[bytes], devices: dict[str, bytes]
) -> None:
    """Fail where the room's signature does not hold, or a line is neither the room's nor a known machine's."""
    if not any(map(signed.is_signed_by, room_keys)):
        raise Failed("signature", path)
    names = [line.name for line in signed.signatures]
    if names.count(signed.checkpoint.origin) != 1:
        raise Failed("signature", path)
    for name in names:
        if name == signed.checkpoint.origin:
            continue
        key = devices.get(name)
        if key is None or names.count(name) != 1 or signed.cosigned_at(name, key) is None:
            raise Failed("cosignature", path, name=name)


def check_tree(signed: SignedCheckpoint, path: str, tree: Tree) -> None:
    """Fail where a checkpoint is not that of exactly the entries of this tree."""
    if signed.checkpoint.size != tree.size:
        raise Failed("size", path)
    if signed.checkpoint.root != tree.root():
        raise Failed("root", path)


def check_earlier(data: bytes, path: str, tree: Tree, origin: str, room_keys: Sequence[bytes]) -> None:
    """Fail where an earlier checkpoint of this stream is not a beginning of the journal.

    Raises `CheckpointFault` for what is no checkpoint at all: that is the caller's mistake.
    """
    signed = parse_checkpoint(data)
    if signed.checkpoint.origin != origin:
        raise Failed("origin", path)
    if not any(map(signed.is_signed_by, room_keys)):
        raise Failed("signature", path)
    if signed.checkpoint.size > tree.size:
        raise Failed("size", path)
    if signed.checkpoint.root != tree.root(signed.checkpoint.size):
        raise Failed("root", path)
