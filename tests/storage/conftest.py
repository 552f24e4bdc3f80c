"""Stores to test: SQLite, and PostgreSQL wherever its server is installed; that database is emptied for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage_ground import NoServer, Server

from app.storage import SqlStore, open_store, sqlite_url


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a database on a server that runs for this process of tests."""
    try:
        found = Server()
    except NoServer as reason:
        pytest.skip(str(reason))
    yield found.url
    found.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on every engine that is at hand."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "room.db")
    address: str = request.getfixturevalue("server")
    from sqlalchemy import create_engine, text

    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    opened = open_store(url, patience_s=2.0)
    yield opened
    opened.close()


@pytest.fixture
def put(store: SqlStore) -> Callable[[str, int], int]:
    """Append one entry in a transaction of its own."""

    def append(stream: str, seq: int) -> int:
        with store.transaction() as tx:
            return tx.append(stream, seq, "T", f"at {seq}", f"hash {seq}", f"body {stream} {seq}")

    return append
