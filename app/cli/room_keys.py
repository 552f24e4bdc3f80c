"""`kawei room --rotate-key`: a new signing key of a room at rest, by two people, announced under the old one."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import errors
from app.cli.two_people import TwoPeople, two_people

if TYPE_CHECKING:
    from app.cli.resting import Resting
    from app.ports.store import Store


def add_rotation(parser: argparse.ArgumentParser) -> None:
    """The door; the two people are asked for as for a copy."""
    parser.add_argument(
        "--rotate-key",
        action="store_true",
        help="停机后更换签名密钥，须两人 / a new signing key, of a room at rest, by two",
    )


def rotate(options: argparse.Namespace, data: Path) -> int:
    """Announce, then replace; cut off in between, the next start finishes it. Tells both fingerprints as JSON."""
    from app.cli.resting import resting
    from app.room.keys import finish_rotation, prepare_rotation
    from app.storage import open_store, sqlite_url
    from devices.ambient import SystemRandomness

    database = data / "kawei.sqlite"
    if options.database is None and not database.is_file():
        raise errors.Fault("no_room", str(data), f"{data} 不是机房的数据目录。", f"{data} is no room's data folder.")
    folder = Path(options.keys) if options.keys else data / "keys"
    store: Store = open_store(options.database or sqlite_url(database))
    try:
        room = resting(store, folder, options.plan)
        both = two_people(room.verified, options.by, options.second)
        fresh = prepare_rotation(folder, SystemRandomness()).public_key.hex()
        asyncio.run(_announce(room, fresh, both))
        finish_rotation(folder, fresh)
    finally:
        store.close()
    from app.journal import fingerprint

    told = {"before": fingerprint(room.signer.public_key), "key": fingerprint(bytes.fromhex(fresh))}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


async def _announce(room: Resting, fresh: str, both: TwoPeople) -> None:
    from app.evaluation.room import commands as rc
    from app.evaluation.room.rotation import rotation_message

    known = room.writer.book.room
    signature = room.signer.sign(rotation_message(known.room, known.public_key, fresh)).hex()
    command = rc.RotateSigningKey(fresh, signature, both.second.post or "")
    room.writer.start()
    try:
        await room.writer.run(lambda page: page.act_room(command, both.first))
    finally:
        await room.writer.stop()
