"""A thief of the server's whole disk: all that lies there, every key that can be found in it, every sheet they open."""

from __future__ import annotations

import base64
import hmac
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "stories"))

from leak_search import Content, Search, numbers
from leak_walk import Log
from room_world import Room

from app.evaluation.matters.lost_seat.decisions import share_purpose
from app.journal import SealedFor, SealedSheet, SealingFault, join_shares, open_sealed, open_with
from app.room.memory import sheet_key_purpose

_HEX, _BASE64 = re.compile(rb"(?i)[0-9a-f]{64,}"), re.compile(rb"[A-Za-z0-9+/_-]{43,}=?")


def stolen(room: Room, log: Log, to: Path) -> Path:
    """A copy of all that lies on the disk, with a backup of the database and the log beside it."""
    shutil.copytree(room.folder, to)
    source, backup = database(to), sqlite3.connect(to / "backup.sqlite")
    source.backup(backup)
    source.close()
    backup.close()
    (to / "room.log").write_text("\n".join(log.lines))
    return to


def keys_in(folder: Path) -> set[bytes]:
    """All that could be a key of 32 bytes, and what the room makes of its own."""
    found: set[bytes] = set()
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for run in _HEX.findall(raw):
            found |= {bytes.fromhex(run[i : i + 64].decode()) for i in range(0, len(run) - 63, 64)}
        for run in _BASE64.findall(raw):
            found.add(base64.urlsafe_b64decode(run[:43].translate(bytes.maketrans(b"+/", b"-_")) + b"="))
        if len(raw) == 32:
            found.add(raw)
    known = [bytes.fromhex(path.read_text()) for path in (folder / "keys").glob("*.key")]
    derived = {hmac.digest(key, purpose, "sha256") for key in known for purpose in (b"kawei/offers/1", b"", b"kawei")}
    return found | derived | set(known)


def entries(folder: Path, kind: str = "SheetSealed") -> list[dict[str, Any]]:
    """The sealed sheets of marks as the journal has them, or other entries about them."""
    opened = database(folder)
    try:
        rows = opened.execute("SELECT body FROM journal WHERE type = ?", (kind,)).fetchall()
    finally:
        opened.close()
    return [data for data in (json.loads(row[0])["data"] for row in rows) if data["kind"] == "marks"]


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / 'kawei.sqlite'}?mode=ro", uri=True)


def read(folder: Path, brought: Collection[bytes] = ()) -> list[Any]:
    """The sheets that the thief opens, with the keys that he finds and those that he brought."""
    keys, opened = keys_in(folder) | set(brought), []
    kept = {(data["alias"], data["round"]): data["shares"] for data in entries(folder, "SharesKept")}
    for entry in entries(folder):
        sheet, boxed = SealedSheet.from_json(entry["sealed"]), SealedFor.from_json(entry["key"])
        tries = set(keys) | set(_in_box(keys, boxed, sheet_key_purpose(sheet.commitment)))
        shares = kept.get((entry["alias"], entry["round"]), {})
        halves = [
            set(_in_box(keys, SealedFor.from_json(share["box"]), share_purpose(holder, sheet.commitment)))
            for holder, share in shares.items()
        ]
        # A share may come out of its box, or lie about in the clear beside the other one's box.
        for half in halves:
            tries |= {join_shares(one, other) for one, other in product(half, keys.union(*halves))}
        for one in tries:
            with suppress(SealingFault):
                opened.append(open_sealed(one, sheet).sheet)
    return opened


def _in_box(keys: Iterable[bytes], box: SealedFor, purpose: str) -> Iterable[bytes]:
    for key in keys:
        with suppress(SealingFault):
            yield open_with(key, box, purpose)


def in_clear(folder: Path, mark: str) -> list[str]:
    """Files in which a mark stands for anyone to see."""
    search = Search(numbers("mark", mark))
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in paths if search.met(Content(path.name, path.read_bytes()))]
