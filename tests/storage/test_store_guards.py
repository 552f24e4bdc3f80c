"""Nobody changes, deletes, overtakes or replaces a line of the journal or a checkpoint, not even in raw SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError

from app.storage import open_store

ALIKE = [
    "UPDATE journal SET body = 'forged' WHERE position = 1",
    "UPDATE journal SET position = 9 WHERE position = 2",
    "UPDATE journal SET body = body",
    "DELETE FROM journal WHERE position = 2",
    "DELETE FROM journal",
    "INSERT INTO journal VALUES (4, 'room', 3, 'T', 'at', 'h', 'position jumps')",
    "INSERT INTO journal VALUES (3, 'room', 4, 'T', 'at', 'h', 'seq jumps')",
    "INSERT INTO journal VALUES (3, 'new', 2, 'T', 'at', 'h', 'a stream begins at 2')",
    "INSERT INTO journal VALUES (0, 'new', 1, 'T', 'at', 'h', 'before the first')",
    "INSERT INTO journal VALUES (2, 'room', 2, 'T', 'at', 'h', 'again')",
    "INSERT INTO journal VALUES (1, 'room', 1, 'T', 'at', 'h', 'b')"
    " ON CONFLICT (position) DO UPDATE SET body = 'forged'",
    "UPDATE checkpoints SET note = 'forged'",
    "DELETE FROM checkpoints",
    "INSERT INTO checkpoints VALUES (1, 'room', 2, 'again')",
    "INSERT INTO checkpoints VALUES (3, 'room', 2, 'jumps')",
]
SQLITE_ONLY = [
    "INSERT OR REPLACE INTO journal VALUES (1, 'room', 1, 'T', 'at', 'h', 'forged')",
    "REPLACE INTO journal VALUES (3, 'room', 1, 'T', 'at', 'h', 'forged under the same seq')",
    "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
    "INSERT INTO journal (stream, seq, type, at, hash, body) VALUES ('room', 3, 'T', 'at', 'h', 'no position')",
    "INSERT OR REPLACE INTO checkpoints VALUES (1, 'room', 2, 'forged')",
]
POSTGRES_ONLY = ["TRUNCATE journal", "TRUNCATE checkpoints CASCADE", "DELETE FROM journal WHERE false"]


@pytest.fixture
def raw(url: str) -> Iterator[Connection]:
    """A second program's connection to a database with two entries and one checkpoint."""
    store = open_store(url)
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "h", "first")
        tx.append("room", 2, "T", "at", "h", "second")
        tx.add_checkpoint("room", 2, "note")
    store.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def everything(connection: Connection) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for table in ("journal", "checkpoints")
        for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))  # noqa: S608 - fixed names
    ]


ASKED = [
    *(("sqlite", statement) for statement in ALIKE + SQLITE_ONLY),
    *(("postgres", statement) for statement in ALIKE + POSTGRES_ONLY),
]


@pytest.mark.parametrize(("url", "statement"), ASKED, indirect=["url"])
def test_raw_sql_is_refused(raw: Connection, statement: str) -> None:
    before = everything(raw)
    raw.rollback()
    with pytest.raises(IntegrityError, match=r"append-only|no gap"):
        raw.execute(text(statement))
    raw.rollback()
    assert everything(raw) == before
    assert len(before) == 3


def test_what_follows_in_order_is_taken_from_raw_sql_too(raw: Connection) -> None:
    raw.execute(text("INSERT INTO journal VALUES (3, 'room', 3, 'T', 'at', 'h', 'third')"))
    raw.execute(text("INSERT INTO checkpoints VALUES (2, 'room', 3, 'note')"))
    raw.commit()
    assert len(everything(raw)) == 5


def test_a_stream_that_went_on_without_its_server_is_a_conflict(raw: Connection, url: str) -> None:
    raw.rollback()
    store = open_store(url)
    raw.execute(text("INSERT INTO journal VALUES (3, 'room', 3, 'T', 'at', 'h', 'from outside')"))
    raw.commit()
    with pytest.raises(Exception, match="journal_conflict"), store.transaction() as tx:
        tx.append("room", 3, "T", "at", "h", "the server's own third")
    assert [row.body for row in store.entries("room")] == ["first", "second", "from outside"]
    store.close()


def test_the_files_of_an_embedded_database_are_its_owners_alone(tmp_path: Path) -> None:
    database = tmp_path / "data" / "room.db"
    store = open_store(f"sqlite:///{database}")
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "h", "b")
    modes = {path.name: path.stat().st_mode & 0o777 for path in database.parent.iterdir()}
    assert database.parent.stat().st_mode & 0o777 == 0o700
    assert {"room.db", "room.db-wal", "room.db-shm", "room.db.owner"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    store.close()


def test_a_database_left_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    database = tmp_path / "room.db"
    open_store(f"sqlite:///{database}").close()
    database.chmod(0o644)
    open_store(f"sqlite:///{database}").close()
    assert database.stat().st_mode & 0o777 == 0o600
