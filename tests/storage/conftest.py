"""Stores to test: always SQLite, and PostgreSQL too where KAWEI_TEST_POSTGRES names an empty database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.storage import SqlStore, open_store, sqlite_url

POSTGRES = os.environ.get("KAWEI_TEST_POSTGRES", "")

T0 = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


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
