"""How the program speaks to a database: its address, durable settings, and transactions that are some."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from app.storage.faults import fault, told

WRITER = "kawei_writer"
"""Execution option of the one connection that writes."""


def parse_url(text: str) -> URL:
    """The address of a database that this program can use; raises `bad_database_url`."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise fault("bad_database_url") from error
    backend = url.get_backend_name()
    usable = backend == "postgresql" or (
        backend == "sqlite" and url.database not in (None, "", ":memory:") and not url.query
    )
    if not usable:
        raise fault("bad_database_url", url.render_as_string(hide_password=True))
    return url


def url_without_password(text: str) -> str:
    """An address as it may be shown and kept."""
    return parse_url(text).render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """The file of an embedded database; `None` for a server."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def make_folder(database: Path) -> None:
    """Make the folder of a database for its owner alone (0700), where it is missing."""
    with told(str(database)):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_file(database: Path) -> None:
    """Make the file for its owner alone (0600) before SQLite could make it for everybody.

    Only the one who has the `Hold` may: closing this descriptor drops SQLite's locks of the same process.
    """
    with told(str(database)):
        try:
            os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
        except PermissionError as error:
            # SQLite itself would only say that it cannot open its log beside the file.
            raise fault("database_read_only", str(database)) from error


def make_private(database: Path, driver: sqlite3.Connection) -> None:
    """Settle in a file that is known to be the program's own: owner alone, write-ahead log.

    Raises `disk_unsuitable` where the disk has no shared memory for the log, as some network disks.
    """
    with told(str(database)):
        database.chmod(0o600)
    if driver.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
        raise fault("disk_unsuitable", str(database))


def make_engine(url: URL, patience_s: float) -> Engine:
    """An engine whose transactions begin where the program says, and which waits `patience_s` for a lock."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": patience_s})
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            waiting: dict[str, object] = {
                "options": f"-c lock_timeout={int(patience_s * 1000)}",
                "connect_timeout": max(2, round(patience_s)),  # whole seconds, and two at least
            }
            # A server that was restarted costs a question nothing: its old connections are found and replaced.
            engine = create_engine(url, connect_args=waiting, pool_pre_ping=True)
    except NoSuchModuleError as error:  # a driver that nobody has ever made
        raise fault("bad_database_url", url.drivername) from error
    except ImportError as error:
        raise fault("driver_missing", url.drivername) from error
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Prepare a new connection.

    `sqlite3` must not begin transactions of its own (it would do so late, and not for every statement), so
    that is switched off here and `_begin_sqlite` does it: one without the other commits every row by itself,
    and a rollback would do nothing, silently.
    """
    connection.isolation_level = None
    for pragma in (
        "synchronous = FULL",  # NORMAL may lose acknowledged commits when the power fails
        "secure_delete = ON",  # a deleted person's ciphertext is overwritten
        "foreign_keys = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin: the writer takes the lock at once, so that it can neither wait nor fail in mid-transaction."""
    writes = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
