"""Copies of a room while it works, and their way back: what was copied, where the journal stood, what the roots were.

A backup is a folder: `kawei.sqlite`, the files by their hash, and `backup.json`, which says up to which position the
journal goes and the root of each stream. The room's keys are not in it: they are kept apart, and without them nothing
sealed in the backup can be opened. What is in memory alone (sealing keys, drafts' keys) is in no backup.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.evaluation import codec
from app.evaluation.refusal import Refused
from app.ports.ambient import Clock
from app.ports.store import Store
from app.room.refusal import RoomRefusal
from app.room.streams import Book, read_book

FORMAT = "kawei-backup/1"
DATABASE, FILES, MANIFEST = "kawei.sqlite", "files", "backup.json"
RECOVERED = "recovered"
"""The setting by which a restored database tells the room at its next start what has happened to it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: the last position and each stream's size and Merkle root, when it was made, how many
    files."""

    format: str
    made_at: str
    position: int
    streams: dict[str, Any]
    files: int


@dataclass(frozen=True)
class Means:
    """How a database is opened as a `Store` that can be closed, and copied from file to file while somebody writes."""

    open: Callable[[Path], Any]
    copy: Callable[[Path, Path], None]


def back_up(data: Path, target: Path, clock: Clock, means: Means) -> Manifest:
    """Copy a room's data, also while it is running, into a new folder; what is in the copy has been read again.

    The database is copied as it stands at one instant, without stopping its writer; files only ever come, so those
    that the copied journal names are among those copied after it. Raises `RoomRefusal` `backup_exists`."""
    if target.exists():
        raise RoomRefusal("backup_exists", str(target))
    target.mkdir(mode=0o700, parents=True)
    made_at = clock.now().isoformat()
    means.copy(data / DATABASE, target / DATABASE)
    count = _copy_files(data / FILES, target / FILES)
    with closing(means.open(target / DATABASE)) as store:
        found = Manifest(FORMAT, made_at, *roots_of(read_book(store)), count)
    path = target / MANIFEST
    path.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    path.chmod(0o600)
    settle(target)
    return found


Agreed = Callable[[Any], tuple[str, str]]
"""From a database, open, to the posts of the two who agree, by accounts that are in it; raises where they do not."""


def restore(backup: Path, data: Path, means: Means, agreed: Agreed) -> Manifest:
    """Put a backup into an empty data folder, if it is what it says and two people agree. The room's next start
    writes `JournalRecovered`.

    Raises `RoomRefusal`: `data_in_use`, `bad_backup`."""
    expect_empty(data)
    try:
        found: Manifest = codec.from_json(Manifest, json.loads((backup / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, Refused):
        raise RoomRefusal("bad_backup", MANIFEST) from None
    fresh = data / f"{DATABASE}.restoring"
    try:
        means.copy(backup / DATABASE, fresh)
        with closing(means.open(fresh)) as store:
            if found.format != FORMAT or roots_of(read_book(store)) != (found.position, found.streams):
                raise RoomRefusal("bad_backup", DATABASE)
            note_recovery(store, found.position, found.made_at, agreed(store))
            if _copy_files(backup / FILES, data / FILES) != found.files:
                raise RoomRefusal("bad_backup", FILES)
        fresh.replace(data / DATABASE)
    finally:
        clear_away(data, fresh)
    settle(data)
    return found


def clear_away(data: Path, fresh: Path) -> None:
    """Nothing stays of what did not come to its end."""
    for left in data.glob(f"{fresh.name}*"):
        left.unlink()
    if not (data / DATABASE).exists():
        shutil.rmtree(data / FILES, ignore_errors=True)


def expect_empty(data: Path) -> None:
    """Raise `RoomRefusal` `data_in_use` where a room is already."""
    if (data / DATABASE).exists() or (data / FILES).exists():
        raise RoomRefusal("data_in_use", str(data))


def note_recovery(store: Any, position: int, made_at: str, people: tuple[str, str]) -> None:
    """Leave word for the room's next start."""
    told = {"position": position, "made_at": made_at, "first": people[0], "second": people[1]}
    with store.transaction() as tx:
        tx.put_setting(RECOVERED, json.dumps(told))


def recovered(store: Store) -> dict[str, Any] | None:
    """What the database says of itself since it was restored and not started yet."""
    told = store.setting(RECOVERED)
    return None if told is None else dict(json.loads(told))


def roots_of(book: Book) -> tuple[int, dict[str, Any]]:
    """The last position, and of each stream its size, head and Merkle root."""
    streams = {
        stream: {"size": tail.size, "head": tail.head, "root": tail.frontier.root().hex()}
        for stream, tail in sorted(book.tails.items())
    }
    return book.position, streams


def _copy_files(source: Path, target: Path) -> int:
    """Every named file; what is still coming in has no name yet."""
    target.mkdir(mode=0o700)
    count = 0
    for file in sorted(source.glob("[0-9a-f][0-9a-f]/*")):
        folder = target / file.parent.name
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(file, folder / file.name)
        (folder / file.name).chmod(0o600)
        count += 1
    return count


def settle(folder: Path) -> None:
    """Everything is on the disk before anyone is told so."""
    for path in [folder, *folder.rglob("*")]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
