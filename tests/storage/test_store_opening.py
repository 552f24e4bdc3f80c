"""What is in the way of opening or writing is told in a sentence, and nothing is changed."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.ports.store import StoreFault
from app.storage import SqlStore, open_store, sqlite_url
from app.storage.engine import make_private
from app.storage.faults import _SENTENCES, told


def refused(url: str) -> StoreFault:
    with pytest.raises(StoreFault) as caught:
        open_store(url, patience_s=0.05)
    return caught.value


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one entry, closed."""
    path = tmp_path / "room.db"
    store = open_store(sqlite_url(path))
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "h", "kept")
    store.close()
    return path


@pytest.mark.parametrize(
    "url", ["", "room.db", "sqlite://", "sqlite:///:memory:", "mysql://h/d", "sqlite:///a.db?mode=ro", "::"]
)
def test_addresses_that_cannot_be_used(url: str) -> None:
    assert refused(url).code == "bad_database_url"


def test_a_password_in_an_address_is_never_shown() -> None:
    fault = refused("mysql://kawei:secret@host/name")
    assert "secret" not in fault.where + str(fault) + fault.message()


def test_a_missing_driver_is_named() -> None:
    fault = refused("postgresql+psycopg2://host/name")
    assert (fault.code, fault.where) == ("driver_missing", "postgresql+psycopg2")


def test_a_newer_database_is_refused_and_untouched(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()
    fault = refused(sqlite_url(database))
    assert fault.code == "database_newer"
    assert "9999" in fault.where
    assert database.read_bytes() == before


def test_somebody_elses_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE photos (name TEXT)")
    path.chmod(0o644)
    before = path.read_bytes()
    assert refused(sqlite_url(path)).code == "database_foreign"
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear Sir or Madam, " * 100)
    assert refused(sqlite_url(path)).code == "database_foreign"
    assert path.read_bytes() == b"Dear Sir or Madam, " * 100


def test_a_damaged_database_is_told(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[100:4096] = b"\xff" * 3996
    database.write_bytes(content)
    assert refused(sqlite_url(database)).code == "database_damaged"


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "room.db").touch()
    store = open_store(sqlite_url(tmp_path / "room.db"))
    assert store.last_position() == 0
    store.close()


def test_a_folder_and_a_path_through_a_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(sqlite_url(tmp_path)).code == "database_unopenable"
    assert refused(sqlite_url(tmp_path / "file" / "room.db")).code == "database_unopenable"


def test_two_servers_cannot_use_the_same_data(url: str) -> None:
    first = open_store(url)
    assert refused(url).code == "database_in_use"
    with first.transaction() as tx:
        tx.append("room", 1, "T", "at", "h", "undisturbed")
    first.close()
    second = open_store(url)
    assert second.last_position() == 1
    second.close()


def test_after_a_refusal_the_data_can_be_opened_by_whoever_comes_next(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(sqlite_url(database)).code == "database_locked"
    store = open_store(sqlite_url(database))
    assert store.last_position() == 1
    store.close()


def test_a_lock_by_another_program_while_running_is_told_and_passes(database: Path) -> None:
    store = open_store(sqlite_url(database), patience_s=0.05)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFault) as caught, store.transaction():
            pass
        assert caught.value.code == "database_locked"
        assert store.last_position() == 1
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "then") == 2
    store.close()


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write anything; be nobody for a while where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter there")
@pytest.mark.parametrize(
    ("folder", "file", "hold", "code"),
    [
        (0o777, 0o444, 0o666, "database_read_only"),
        (0o777, 0o666, 0o666, "database_unopenable"),
        (0o000, 0o666, 0o666, "database_unopenable"),
    ],
)
def test_a_database_without_the_right_to_write_is_told(folder: int, file: int, hold: int, code: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "room.db"
        open_store(sqlite_url(path)).close()
        path.chmod(file)
        path.with_name("room.db.owner").chmod(hold)
        path.parent.chmod(folder)
        try:
            with without_rights():
                assert refused(sqlite_url(path)).code == code
        finally:
            path.parent.chmod(0o700)


def writer_of(store: SqlStore) -> sqlite3.Connection:
    with store.transaction():
        assert store._connection is not None
        driver = store._connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def test_a_full_disk_keeps_nothing_of_the_transaction_and_all_that_was_before(database: Path) -> None:
    store = open_store(sqlite_url(database))
    writer = writer_of(store)
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:  # noqa: PT012 - any of them may fail
        for seq in range(2, 100):
            tx.append("room", seq, "T", "at", "h", "x" * 4000)
    assert caught.value.code == "disk_full"
    assert [row.body for row in store.entries_after(0)] == ["kept"]
    writer.execute("PRAGMA max_page_count = 1000000")
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "room was made") == 2
    store.close()


def test_after_a_full_disk_the_same_transaction_takes_nothing_more(database: Path) -> None:
    store = open_store(sqlite_url(database))
    writer = writer_of(store)
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFault) as told_, store.transaction() as tx:  # noqa: PT012 - the block is the case
        with pytest.raises(StoreFault):
            tx.put_setting("big", "x" * 100_000)
        writer.execute("PRAGMA max_page_count = 1000000")
        with pytest.raises(StoreFault):
            tx.put_setting("small", "x")
    assert told_.value.code == "disk_full"
    assert store.settings() == {}
    store.close()


def test_a_transaction_that_cannot_even_be_undone_costs_its_connection_only(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(sqlite_url(database))

    def cannot(connection: object) -> None:
        monkeypatch.undo()
        raise sqlite3.OperationalError("cannot roll back")

    monkeypatch.setattr(store._engine.dialect, "do_rollback", cannot)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:  # noqa: PT012 - the block is the case
        tx.append("room", 2, "T", "at", "h", "undone all the same")
        raise ZeroDivisionError
    assert store.last_position() == 1
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "b") == 2
    store.close()


def test_a_connection_that_broke_is_replaced_by_a_new_one(database: Path) -> None:
    store = open_store(sqlite_url(database))
    writer = writer_of(store)
    with pytest.raises(DBAPIError), store.transaction():
        writer.close()
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "b") == 2
    store.close()


def test_a_migration_that_breaks_half_way_leaves_nothing(tmp_path: Path) -> None:
    from sqlalchemy import Engine, event

    def break_at_the_last_table(*call: object) -> None:
        if "CREATE TABLE settings" in str(call[2]):
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", break_at_the_last_table)
    path = tmp_path / "room.db"
    try:
        with pytest.raises(KeyboardInterrupt):
            open_store(sqlite_url(path))
    finally:
        event.remove(Engine, "before_cursor_execute", break_at_the_last_table)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    open_store(sqlite_url(path)).close()


def test_settings_of_durability_are_on_in_every_connection(database: Path) -> None:
    store = open_store(sqlite_url(database))
    with store._engine.connect() as reader:
        for connection in (writer_of(store), reader.connection.driver_connection):
            assert connection is not None
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
            assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    store.close()


def test_a_disk_that_cannot_carry_the_log_is_told(tmp_path: Path) -> None:
    path = tmp_path / "room.db"
    path.touch()
    with closing(sqlite3.connect(":memory:")) as cannot, pytest.raises(StoreFault) as caught:
        make_private(path, cannot)
    assert caught.value.code == "disk_unsuitable"


class Reported(Exception):
    """Stands for a driver's error."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("as a server says it")
        self.sqlstate = sqlstate


class OperationalError(Reported):
    """Drivers raise one of this name without a state when nobody answers."""


def sqlite3_error(words: str, code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Reported("53100"), "disk_full"),
        (Reported("53300"), "database_unreachable"),
        (Reported("25006"), "database_read_only"),
        (Reported("55P03"), "database_locked"),
        (Reported("08006"), "database_unreachable"),
        (Reported("57P01"), "database_unreachable"),
        (Reported("28P01"), "database_unreachable"),
        (Reported("3D000"), "database_unreachable"),
        (Reported("58030"), "disk_fault"),
        (Reported("XX001"), "database_damaged"),
        (OperationalError(None), "database_unreachable"),
        (sqlite3_error("database is locked", sqlite3.SQLITE_BUSY_SNAPSHOT), "database_locked"),
        (OSError(28, "no space"), "disk_full"),
        (OSError(5, "input/output error"), "disk_fault"),
    ],
)
def test_what_servers_and_disks_report(error: Exception, code: str) -> None:
    raised = error if isinstance(error, OSError | sqlite3.Error) else DBAPIError("SELECT 1", {}, error)
    with pytest.raises(StoreFault) as caught, told("there"):
        raise raised
    assert (caught.value.code, caught.value.where) == (code, "there")


@pytest.mark.parametrize("error", [Reported("42601"), Reported(None), sqlite3.OperationalError("no such table")])
def test_a_bug_is_not_dressed_up(error: Exception) -> None:
    with pytest.raises(DBAPIError), told("there"):
        raise DBAPIError("SELECT 1", {}, error)


@pytest.mark.parametrize("code", sorted(_SENTENCES))
def test_every_sentence_is_said_in_both_languages(code: str) -> None:
    chinese, english = _SENTENCES[code]
    fault = StoreFault(code, "", chinese, english)
    assert fault.message() == chinese
    assert fault.message("en") == english
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert english[0].isupper()
