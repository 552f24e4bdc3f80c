"""A room that serves nobody, opened at its own machine: its journal, its accounts, its key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault
from app.cli.two_people import Verified, accounts_of

if TYPE_CHECKING:
    from app.journal import Signer
    from app.ports.ambient import Clock
    from app.ports.store import Store
    from app.room import RoomPlan
    from app.room.writer import Writer


@dataclass(frozen=True)
class Resting:
    """Only while it runs nowhere: it alone writes its journal."""

    store: Store
    writer: Writer
    verified: Verified
    signer: Signer
    clock: Clock


def resting(store: Store, folder: Path, plan: str | Path | None) -> Resting:
    """The room of a store, with its keys in `folder`. Raises `Fault` `key_differs`."""
    from app.room import load_keys
    from app.room.keys import finish_rotation
    from app.room.streams import read_book
    from app.room.wall_clock import WallClock
    from app.room.writer import Writer
    from devices.ambient import SystemClock, SystemRandomness

    book = read_book(store)
    there = (folder / "sign.key").is_file() and book.state_of_room is not None
    if there:
        finish_rotation(folder, book.room.public_key)
    signer = load_keys(folder, SystemRandomness()).signer if there else None
    if signer is None or signer.public_key.hex() != book.room.public_key:
        told = (f"{folder} 中不是该机房的密钥。", f"{folder} does not hold the keys of this room.")
        raise Fault("key_differs", str(folder), *told)
    clock = WallClock(SystemClock(), plan_in(plan).utc_offset_min)
    return Resting(store, Writer(store, clock, signer, book), accounts_of(store), signer, clock)


def plan_in(file: str | Path | None) -> RoomPlan:
    """The plan of a file, or the one that comes with the program."""
    import resources
    from app.room import read_plan

    path = Path(file) if file is not None else resources.path("room", "default.json")
    return read_plan(json.loads(path.read_text("utf-8")))
