"""Stores to test: always SQLite, and PostgreSQL too where KAWEI_TEST_POSTGRES names a database.

That database is emptied for every test, so such a run is one process (`-p no:xdist`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage_ground import POSTGRES

from app.storage import SqlStore, open_store, sqlite_url

ENGINES = ["sqlite", *(["postgres"] if POSTGRES else [])]


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on every engine that is at hand."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "room.db")
    from sqlalchemy import create_engine, text

    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


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
