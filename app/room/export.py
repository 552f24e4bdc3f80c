"""Everything that a room keeps in one file, whatever database it has, and a room built from such a file alone.

A ZIP archive: `export.json` (format, when, last position, size, head and Merkle root of each stream, counts),
`journal.jsonl` (every entry in the order of the room, a line each, the bytes that were hashed), `beside.jsonl`
(checkpoints, sealed persons and templates, accounts, drafts, answers to commands, settings) and `files/SHA256`. No
key is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from app.evaluation import codec
from app.evaluation.refusal import Refused
from app.journal import JournalFault, read_line
from app.ports.store import Store, StoreFault
from app.room.backup import DATABASE, FILES, Agreed, Means, clear_away, expect_empty, note_recovery, roots_of, settle
from app.room.refusal import RoomRefusal
from app.room.streams import read_book

FORMAT = "kawei-export/1"
MANIFEST, JOURNAL, BESIDE = "export.json", "journal.jsonl", "beside.jsonl"
_PART, _CHUNK = 1000, 1 << 20
_MOST_LINE = 64 << 20
"""Bytes of one line: a sealed sheet of hundreds of bids, or a person with a portrait, stays below."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NONE_SUCH = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, AttributeError, ValueError),
    *(JournalFault, Refused),
)
"""What comes of a file that is not of the form."""
_GONE = ("recovered", "moved")
"""Settings that speak of the database they stand in."""


@dataclass(frozen=True)
class Exported:
    """What a file holds."""

    format: str
    made_at: str
    position: int
    streams: dict[str, Any]
    files: int


def export(store: Any, files: Path, target: Path, made_at: str) -> Exported:
    """Write everything to a new file, for its owner alone; what is written has been read again.

    Raises `RoomRefusal`: `backup_exists`, `journal_damaged`."""
    if target.exists():
        raise RoomRefusal("backup_exists", str(target))
    position, streams = roots_of(read_book(store))
    contents = sorted(files.glob("[0-9a-f][0-9a-f]/*"))
    found = Exported(FORMAT, made_at, position, streams, len(contents))
    half = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                _put(archive, MANIFEST, asdict(found))
                with archive.open(JOURNAL, "w", force_zip64=True) as lines:
                    _write_journal(store, lines)
                with archive.open(BESIDE, "w", force_zip64=True) as lines:
                    for name, row in store.rows_beside():
                        if not (name == "settings" and row["key"] in _GONE):
                            lines.write(json.dumps([name, row], ensure_ascii=False).encode() + b"\n")
                for path in contents:
                    archive.write(path, f"{FILES}/{path.parent.name}{path.name}")
            out.flush()
            os.fsync(out.fileno())
        with zipfile.ZipFile(half) as archive:
            if archive.testzip() is not None:
                raise RoomRefusal("bad_export", target.name)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return found


def rebuild(source: Path, data: Path, means: Means, agreed: Agreed) -> Exported:
    """Build a room in an empty data folder from such a file alone: every chain and root is computed anew and is as the
    file says, or nothing is there. Its next start writes `JournalRecovered`.

    Raises `RoomRefusal`: `data_in_use`, `bad_export`."""
    expect_empty(data)
    fresh = data / f"{DATABASE}.rebuilding"
    try:
        with zipfile.ZipFile(source) as archive:
            found: Exported = codec.from_json(Exported, json.loads(_read(archive, MANIFEST)))
            with closing(means.open(fresh)) as store:
                with archive.open(JOURNAL) as lines:
                    _read_journal(store, lines)
                with archive.open(BESIDE) as lines:
                    _read_beside(store, lines)
                if found.format != FORMAT or _folded(store) != (found.position, found.streams):
                    raise RoomRefusal("bad_export", JOURNAL)
                note_recovery(store, found.position, found.made_at, agreed(store))
            if _read_files(archive, data / FILES) != found.files:
                raise RoomRefusal("bad_export", FILES)
        fresh.replace(data / DATABASE)
    except _NONE_SUCH as fault:
        raise RoomRefusal("bad_export", type(fault).__name__) from None
    except StoreFault as fault:
        if fault.code != "journal_conflict":  # a full disk is no fault of the file's
            raise
        raise RoomRefusal("bad_export", fault.where) from None
    finally:
        clear_away(data, fresh)
    settle(data)
    return found


def _folded(store: Any) -> tuple[int, dict[str, Any]]:
    try:
        return roots_of(read_book(store))
    except RoomRefusal as damaged:
        raise RoomRefusal("bad_export", damaged.where) from None


def _put(archive: zipfile.ZipFile, name: str, value: object) -> None:
    archive.writestr(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        return content.read(_MOST_LINE)


def _write_journal(store: Store, out: IO[bytes]) -> None:
    position = 0
    while rows := store.entries_after(position, _PART):
        for row in rows:
            out.write(row.body.encode() + b"\n")
        position = rows[-1].position


def _read_journal(store: Any, lines: IO[bytes]) -> None:
    """A transaction for each part: the database is thrown away where anything is wrong."""
    ended = False
    while not ended:
        with store.transaction() as tx:
            for _ in range(_PART):
                line = lines.readline(_MOST_LINE)
                ended = not line
                if ended:
                    break
                body = line.rstrip(b"\n")
                entry = read_line(body)
                tx.append(entry.stream, entry.seq, entry.type, entry.at, entry.hash, body.decode())


def _read_beside(store: Any, lines: IO[bytes]) -> None:
    rows: list[dict[str, Any]] = []
    last = ""
    while line := lines.readline(_MOST_LINE):
        name, row = json.loads(line)
        if name != last or len(rows) == _PART:
            store.fill_beside(last, rows)
            rows, last = [], name
        rows.append(row)
    store.fill_beside(last, rows)


def _read_files(archive: zipfile.ZipFile, target: Path) -> int:
    """Every file whose content is what its name says; a name from outside never reaches the disk as it is."""
    target.mkdir(mode=0o700)
    count = 0
    for member in archive.infolist():
        folder, _, name = member.filename.partition("/")
        if folder != FILES:
            continue
        if not _DIGEST.fullmatch(name):
            raise ValueError("name")
        place = target / name[:2]
        place.mkdir(mode=0o700, exist_ok=True)
        digest = hashlib.sha256()
        out_of = os.open(place / name[2:], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with archive.open(member) as content, os.fdopen(out_of, "wb") as out:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != name:
            raise ValueError("content")
        count += 1
    return count
