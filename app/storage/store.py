"""The store of `app.ports.store.Store` over SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.ports.store import StoreFault
from app.storage.engine import WRITER, file_of, make_engine, make_file, make_folder, make_private, parse_url
from app.storage.faults import fault, told
from app.storage.hold import Hold
from app.storage.reading import AnyRow, SqlReads
from app.storage.rows import TABLES, row_from_json, row_to_json
from app.storage.schema import bring_up
from app.storage.tables import metadata
from app.storage.transaction import SqlTransaction

# Any number will do that no other program uses for an advisory lock in the same database ("kawei" in hex).
_OWNER_KEY = 0x6B61776569


def sqlite_url(database: Path) -> str:
    """The address of an embedded database in this file."""
    return f"sqlite:///{database}"


def open_store(url: str, *, patience_s: float = 5.0) -> SqlStore:
    """Open a database for this process alone, making or migrating its tables; `patience_s` is spent on locks.

    Raises `StoreFault`: `bad_database_url`, `driver_missing`, `database_newer`, `database_foreign`,
    `database_damaged`, `database_read_only`, `database_unopenable`, `database_locked`, `database_in_use`,
    `database_unreachable`, `disk_unsuitable`, `disk_full`, `disk_fault`.
    """
    address = parse_url(url)
    file = file_of(address)
    hold = None
    with ExitStack() as undo:
        if file is not None:
            make_folder(file)
            hold = Hold(file)
            undo.callback(hold.release)
            make_file(file)
        store = SqlStore(make_engine(address, patience_s), address, hold)
        undo.callback(store.close)
        store.bring_up()
        undo.pop_all()
    return store


class SqlStore(SqlReads):
    """The room's memory in a database; made by `open_store`.

    Threads: `transaction` is one writer's at a time, a second thread waits for the first; the room gives all
    writing to one thread. Questions may be asked from any thread, each over a connection of its own, and see
    the last committed state; they wait for no writer.
    """

    def __init__(self, engine: Engine, url: URL, hold: Hold | None) -> None:
        self._engine = engine
        self._where = str(file_of(url) or url.render_as_string(hide_password=True))
        self._hold = hold
        self._connection: Connection | None = None
        self._turn = threading.Lock()
        self._owner: int | None = None
        # Also at the start: whether the last run wiped its log before it ended, nobody can say.
        self._erased = True
        self._closed = False

    def bring_up(self) -> None:
        """Make or migrate the tables; part of opening."""
        with self._writing() as connection, told(self._where):
            bring_up(connection, self._where)
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            with told(self._where):
                make_private(Path(self._where), driver)

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Begin the one transaction: on the disk when the block has been left, undone by any exception.

        A failed call undoes everything even where the block catches its exception: that is raised at the end.
        """
        with self._writing() as connection:
            tx = SqlTransaction(connection, self._where)
            try:
                yield tx
                if tx.failure is not None:
                    raise tx.failure
            finally:
                tx.end()
            self._erased = self._erased or tx.erased

    def take_over(self, other: SqlStore) -> int:
        """Take everything that another store keeps into this empty one, all or nothing; returns the last position.

        The other is only read, and stays whole. Raises `database_not_empty`, `copy_differs`.
        """
        with self._writing() as connection, told(self._where):
            for table in metadata.sorted_tables:
                if connection.execute(select(table).limit(1)).first() is not None:
                    raise fault("database_not_empty", self._where)
            for table in metadata.sorted_tables:
                in_order = select(table).order_by(*table.primary_key.columns)
                rows = [dict(row._mapping) for row in other._fetch(in_order)]
                if rows:
                    connection.execute(insert(table), rows)
                taken = [dict(row._mapping) for row in connection.execute(select(table))]
                if sorted(map(repr, taken)) != sorted(map(repr, rows)):
                    raise fault("copy_differs", table.name)
        return self.last_position()

    def rows_beside(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All that is kept beside the journal and is worth keeping: a row as JSON with its table's name, table by
        table."""
        for name, table in TABLES.items():
            in_order = select(table).order_by(*table.primary_key.columns)
            for row in self._fetch(in_order):
                yield name, row_to_json(table, dict(row._mapping))

    def fill_beside(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Put such rows back; `name` is a table's of `rows_beside`. Raises ValueError or KeyError for what are none."""
        made = [row_from_json(TABLES[name], row) for row in rows]
        if made:
            with self._writing() as connection, told(self._where):
                connection.execute(insert(TABLES[name]), made)

    def close(self) -> None:
        """Let go of the database; a second call does nothing."""
        with self._turn:
            self._closed = True
            self._drop_writer()
            self._engine.dispose()
            if self._hold is not None:
                self._hold.release()

    def _fetch(self, statement: Select[Any], values: Mapping[str, object] | None = None) -> Sequence[AnyRow]:
        self._expect_open()
        with told(self._where), self._engine.connect() as connection:
            return connection.execute(statement, values).all()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The writer's connection within a transaction; errors of the block itself pass as they are."""
        if self._owner == threading.get_ident():
            raise RuntimeError("transactions do not nest")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                connection = self._begin()
                try:
                    yield connection
                    with told(self._where):
                        connection.commit()
                finally:
                    self._undo_rest(connection)
                self._wipe_log(connection)
            finally:
                self._owner = None

    def _begin(self) -> Connection:
        self._expect_open()
        with told(self._where):
            if self._connection is None:
                self._connection = self._connect()
            self._connection.begin()
            return self._connection

    def _expect_open(self) -> None:
        if self._closed:
            raise RuntimeError("the store is closed")

    def _connect(self) -> Connection:
        connection = self._engine.connect().execution_options(**{WRITER: True})
        if self._hold is None:
            try:
                self._own_server(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _own_server(self, connection: Connection) -> None:
        """Hold the server's database as `Hold` does a file: for as long as this connection lives."""
        try:
            with told(self._where):
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _OWNER_KEY})
                connection.commit()
        except StoreFault as refused:
            raise (fault("database_in_use", self._where) if refused.code == "database_locked" else refused) from None

    def _undo_rest(self, connection: Connection) -> None:
        """Undo what was not committed; a connection that cannot even do that is given up for a new one."""
        try:
            connection.rollback()
        except DBAPIError:
            connection.invalidate()
        if connection.invalidated:
            self._drop_writer()

    def _drop_writer(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _wipe_log(self, connection: Connection) -> None:
        """After a deletion, empty SQLite's write-ahead log, where the old pages would stay readable.

        The transaction stands already: where a reader or the disk is in the way, the next one tries again.
        """
        if not self._erased:
            return
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            with suppress(sqlite3.Error):
                busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._erased = bool(busy)
        else:
            self._erased = False
