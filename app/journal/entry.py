"""One line of the journal, its hash, and the chain that the lines make."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from app.journal.canonical import JsonValue, canonical, canonical_of_plain, plain
from app.journal.faults import JournalFault, NotCanonical

VERSION = 1
"""Format version of the entries written here; earlier ones stay readable."""

ZERO = "0" * 64
"""`prev` of the first entry of a stream."""

_KEYS = ("v", "stream", "seq", "at", "type", "actor", "data", "prev", "hash")
_HEX = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the journal keeps it; made by `make_entry` or `from_json`, never changed.

    `at` is the room server's time, RFC 3339 with offset; `actor` names role and alias; `data` is opaque here.
    """

    v: int
    stream: str
    seq: int
    at: str
    type: str
    actor: Mapping[str, JsonValue]
    data: Mapping[str, JsonValue]
    prev: str
    hash: str

    def to_json(self) -> dict[str, object]:
        """The entry as a JSON object."""
        return {key: getattr(self, key) for key in _KEYS}

    @classmethod
    def from_json(cls, obj: object, position: int = 0) -> Entry:
        """Read a JSON object strictly; the hash itself is `check_chain`'s business.

        Raises `JournalFault` for a missing, unknown or ill-typed key or an unknown version; `position` is the
        seq that the fault names where the object itself does not say.
        """
        if not isinstance(obj, Mapping):
            raise JournalFault("bad_json", position, "not an object")
        claimed = obj.get("seq")
        seq = position or (claimed if isinstance(claimed, int) else 0)
        for key in _KEYS:
            if key not in obj:
                raise JournalFault("missing_key", seq, key)
        for key in obj:
            if key not in _KEYS:
                raise JournalFault("unknown_key", seq, str(key))
        if not _is_count(obj["v"]):
            raise JournalFault("bad_value", seq, "$.v")
        if obj["v"] != VERSION:
            raise JournalFault("unknown_version", seq, str(obj["v"]))
        return cls(**_checked(obj, seq))  # type: ignore[arg-type]  # each key was checked


def make_entry(
    stream: str,
    seq: int,
    at: str,
    type: str,
    actor: Mapping[str, object],
    data: Mapping[str, object],
    prev: str,
) -> Entry:
    """The next entry of `stream`, hashed; `actor` and `data` are copied.

    Raises `JournalFault`: `bad_value` for what no entry may hold, naming the JSON path (a float, say).
    """
    fields = _checked(
        {
            "v": VERSION,
            "stream": stream,
            "seq": seq,
            "at": at,
            "type": type,
            "actor": actor,
            "data": data,
            "prev": prev,
            "hash": ZERO,
        },
        seq,
    )
    del fields["hash"]
    return Entry(**fields, hash=_sha256(canonical_of_plain(fields)))  # type: ignore[arg-type]  # as above


def timestamp(moment: datetime) -> str:
    """`moment` as entries write it: RFC 3339, six digits of a second, numeric offset.

    Raises ValueError for a naive time.
    """
    if moment.utcoffset() is None:
        raise ValueError("a journal time needs its offset")
    return moment.isoformat(timespec="microseconds")


def entry_hash(entry: Entry) -> str:
    """SHA-256, in hex, of the RFC 8785 form of the entry without `hash`."""
    body = entry.to_json()
    del body["hash"]
    return _sha256(canonical(body))


def entry_bytes(entry: Entry) -> bytes:
    """The RFC 8785 bytes of the whole entry: a leaf of the Merkle tree."""
    return canonical(entry.to_json())


def entry_line(entry: Entry) -> bytes:
    """The entry as a line of `journal.jsonl`: its RFC 8785 bytes and a newline."""
    return entry_bytes(entry) + b"\n"


def read_line(line: bytes, position: int = 0) -> Entry:
    """Read one line of `journal.jsonl`, with or without its newline.

    Raises `JournalFault` at `position` for broken JSON, repeated keys, floats, unknown or missing keys, and
    for any spelling other than the canonical one, so that one entry has exactly one line.
    """
    body = line.removesuffix(b"\n")
    try:
        obj = json.loads(
            body.decode(),
            object_pairs_hook=_once,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError) as error:
        raise JournalFault("bad_json", position, str(error)) from None
    entry = Entry.from_json(obj, position)
    if entry_bytes(entry) != body:
        raise JournalFault("not_canonical", position or entry.seq)
    return entry


def read_lines(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Read the lines of a `journal.jsonl`, in order; raises as `read_line` does, at the line's number."""
    for position, line in enumerate(lines, start=1):
        yield read_line(line, position)


def check_chain(entries: Iterable[Entry], after: Entry | None = None) -> JournalFault | None:
    """The first fault of a stream's chain, or None.

    The entries are taken as those that follow `after`, or, without it, as a stream from its first entry on.
    The fault's `seq` is the place in the stream where the chain breaks, whatever the entry there claims.
    """
    stream = after.stream if after else None
    seq, prev = (after.seq, after.hash) if after else (0, ZERO)
    for entry in entries:
        seq += 1
        if entry.hash != entry_hash(entry):
            return JournalFault("hash_mismatch", seq)
        if stream is not None and entry.stream != stream:
            return JournalFault("stream_changed", seq, entry.stream)
        if entry.seq != seq:
            return JournalFault("seq_gap", seq, str(entry.seq))
        if entry.prev != prev:
            return JournalFault("prev_mismatch", seq)
        stream, prev = entry.stream, entry.hash
    return None


def _checked(fields: Mapping[str, object], seq: int) -> dict[str, JsonValue]:
    actor = fields["actor"]
    sound = {
        "stream": _is_word(fields["stream"]),
        "seq": _is_count(fields["seq"]),
        "at": _is_time(fields["at"]),
        "type": _is_word(fields["type"]),
        "actor": isinstance(actor, Mapping) and _is_word(actor.get("role")),
        "data": isinstance(fields["data"], Mapping),
        "prev": _is_hash(fields["prev"]),
        "hash": _is_hash(fields["hash"]),
    }
    for key, good in sound.items():
        if not good:
            raise JournalFault("bad_value", seq, f"$.{key}")
    try:
        return {key: plain(value) for key, value in sorted(fields.items())}
    except NotCanonical as fault:
        raise JournalFault("bad_value", seq, fault.detail) from fault


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value != "" and not any(c.isspace() for c in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or not _AT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    obj = dict(pairs)
    if len(obj) != len(pairs):
        raise ValueError("repeated key")
    return obj


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text} is a float")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
