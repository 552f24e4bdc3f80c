"""The doors of `kawei room` that copy a room or put one back: backup, restore, export, rebuild."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import errors
from app.cli.two_people import accounts_of, add_two_people, two_people

if TYPE_CHECKING:
    from app.room.backup import Means


def add_copies(parser: argparse.ArgumentParser) -> None:
    """One of these at a time."""
    copies = parser.add_mutually_exclusive_group()
    copies.add_argument("--backup", metavar="FOLDER", help="备份到新目录，运行中也可 / back up, also while it runs")
    copies.add_argument(
        "--restore",
        metavar="FOLDER",
        help="恢复到空的数据目录，须两人 / restore into an empty data folder, by two people",
    )
    copies.add_argument(
        "--export",
        metavar="FILE",
        help="停机后导出为一个文件，须两人 / everything in one file, of a room at rest, by two",
    )
    copies.add_argument(
        "--rebuild",
        metavar="FILE",
        help="从导出文件重建到空目录，须两人 / build a room from such a file, by two people",
    )
    add_two_people(parser)


def asked(options: argparse.Namespace) -> bool:
    """Whether one of these is wanted."""
    return any(getattr(options, name) is not None for name in ("backup", "restore", "export", "rebuild"))


def copy(options: argparse.Namespace, data: Path) -> int:
    """Do what is asked, tell what was done as JSON."""
    if options.export is not None:
        made = _export(options, data)
    elif options.database is not None:
        raise errors.Fault(
            "usage",
            "--database",
            "PostgreSQL 的备份和恢复用其自带的 pg_dump、pg_restore；或用 --export 导出，重建后再 --move-to 搬入。",
            "PostgreSQL is backed up and restored with its own pg_dump and pg_restore; or --export it, --rebuild, and "
            "--move-to.",
        )
    else:
        made = _embedded(options, data)
    sys.stdout.write(json.dumps(asdict(made), ensure_ascii=False) + "\n")
    return 0


def _embedded(options: argparse.Namespace, data: Path) -> Any:
    from app.room.backup import back_up, restore
    from app.room.export import rebuild
    from devices.ambient import SystemClock

    if options.backup is not None:
        return back_up(data, Path(options.backup), SystemClock(), _means())
    data.mkdir(mode=0o700, parents=True, exist_ok=True)

    def agreed(store: Any) -> tuple[str, str]:
        both = two_people(accounts_of(store), options.by, options.second)
        return both.first.post or "", both.second.post or ""

    if options.restore is not None:
        return restore(Path(options.restore), data, _means(), agreed)
    return rebuild(Path(options.rebuild), data, _means(), agreed)


def _export(options: argparse.Namespace, data: Path) -> Any:
    from app.room.export import export
    from app.storage import open_store, sqlite_url
    from devices.ambient import SystemClock

    database = data / "kawei.sqlite"
    if options.database is None and not database.is_file():
        raise errors.Fault("no_room", str(data), f"{data} 不是机房的数据目录。", f"{data} is no room's data folder.")
    store = open_store(options.database or sqlite_url(database))
    try:
        both = two_people(accounts_of(store), options.by, options.second)
        asyncio.run(_enter(options, data, store, both))
        return export(store, data / "files", Path(options.export), SystemClock().now().isoformat())
    finally:
        store.close()


async def _enter(options: argparse.Namespace, data: Path, store: Any, both: Any) -> None:
    """The entry comes before the file."""
    from app.cli.resting import resting
    from app.evaluation.room import commands as rc

    room = resting(store, Path(options.keys) if options.keys else data / "keys", options.plan)
    room.writer.start()
    try:
        command = rc.ExportJournal(both.second.post or "")
        await room.writer.run(lambda page: page.act_room(command, both.first))
    finally:
        await room.writer.stop()


def _means() -> Means:
    from app.room.backup import Means
    from app.storage import copy_database, open_store, sqlite_url

    return Means(lambda path: open_store(sqlite_url(path)), copy_database)
