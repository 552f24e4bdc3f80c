"""A database server that goes away and comes back; runs where PostgreSQL is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text

from app.ports.store import StoreFault
from app.storage import SqlStore, open_store

pytestmark = pytest.mark.parametrize("url", ["postgres"], indirect=True)


@pytest.fixture
def administrator(store: SqlStore, url: str) -> Iterator[Engine]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def cut_all_lines(administrator: Engine) -> None:
    with administrator.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def code_of_writing(store: SqlStore, seq: int) -> str:
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:
        tx.append("room", seq, "T", "at", "h", "b")
    return caught.value.code


def test_a_cut_line_is_told_and_the_next_transaction_has_a_new_one(store: SqlStore, administrator: Engine) -> None:
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "h", "b")
    cut_all_lines(administrator)
    assert code_of_writing(store, 2) == "database_unreachable"
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "b") == 2
    assert store.last_position() == 2


def test_a_line_cut_within_a_transaction_undoes_it(store: SqlStore, administrator: Engine) -> None:
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:  # noqa: PT012 - the block is the case
        tx.append("room", 1, "T", "at", "h", "b")
        cut_all_lines(administrator)
        tx.append("room", 2, "T", "at", "h", "b")
    assert caught.value.code == "database_unreachable"
    with store.transaction() as tx:
        assert tx.append("room", 1, "T", "at", "h", "b") == 1


def test_who_took_the_data_over_while_the_line_was_cut_keeps_them(
    store: SqlStore, administrator: Engine, url: str
) -> None:
    cut_all_lines(administrator)
    assert code_of_writing(store, 1) == "database_unreachable"
    other = open_store(url, patience_s=2.0)
    assert code_of_writing(store, 1) == "database_in_use"
    other.close()
    with store.transaction() as tx:
        assert tx.append("room", 1, "T", "at", "h", "b") == 1


@pytest.mark.usefixtures("url")
def test_nobody_at_the_address_is_told_without_its_password() -> None:
    with pytest.raises(StoreFault) as caught:
        open_store("postgresql+psycopg://kawei:secret@127.0.0.1:1/room", patience_s=1.0)
    assert caught.value.code == "database_unreachable"
    assert "secret" not in caught.value.where
