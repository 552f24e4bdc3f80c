"""The journal: positions, order, all or nothing."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ports.store import Blobs, Reading, Row, Store, StoreFault, Transaction
from app.storage import FileBlobs, SqlStore, open_store, sqlite_url
from app.storage.transaction import SqlTransaction

Put = Callable[[str, int], int]


def test_an_empty_journal_says_so(store: SqlStore) -> None:
    assert store.last_position() == 0
    assert store.head("room") is None
    assert list(store.streams()) == []
    assert list(store.entries("room")) == []
    assert list(store.entries_after(0)) == []


def test_entries_come_back_as_they_were_given(store: SqlStore) -> None:
    body = '{"卡位":"评标室","n":"\\u0000"}' + "长" * 40_000
    with store.transaction() as tx:
        position = tx.append("evaluation/ev1", 1, "SheetSealed", "2026-03-02T09:00:00.1+08:00", "ab" * 32, body)
    row = Row(1, "evaluation/ev1", 1, "SheetSealed", "2026-03-02T09:00:00.1+08:00", "ab" * 32, body)
    assert position == 1
    assert list(store.entries("evaluation/ev1")) == [row]
    assert store.head("evaluation/ev1") == row


def test_positions_count_all_streams_and_seq_counts_one(store: SqlStore, put: Put) -> None:
    assert [put("room", 1), put("evaluation/b", 1), put("room", 2), put("evaluation/a", 1)] == [1, 2, 3, 4]
    assert list(store.streams()) == ["evaluation/a", "evaluation/b", "room"]
    assert [row.seq for row in store.entries("room")] == [1, 2]
    assert [row.position for row in store.entries_after(1)] == [2, 3, 4]
    assert [row.position for row in store.entries_after(1, limit=2)] == [2, 3]
    assert [row.seq for row in store.entries("room", after_seq=1)] == [2]
    assert [row.seq for row in store.entries("room", limit=1)] == [1]
    head = store.head("room")
    assert head is not None
    assert (head.seq, head.position) == (2, 3)
    assert store.last_position() == 4


@pytest.mark.parametrize("seq", [1, 2, 4, 0, -1])
def test_only_the_next_seq_of_a_stream_is_taken(store: SqlStore, put: Put, seq: int) -> None:
    put("room", 1), put("room", 2)
    with pytest.raises(StoreFault) as caught:
        put("room", seq)
    assert caught.value.code == "journal_conflict"
    assert store.last_position() == 2
    assert put("room", 3) == 3


def test_an_exception_undoes_everything(store: SqlStore, put: Put) -> None:
    put("room", 1)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:  # noqa: PT012 - the block is the case
        tx.append("room", 2, "T", "at", "hash", "body")
        tx.remember("c1", "M1", "d", "{}")
        tx.put_setting("k", "v")
        tx.add_checkpoint("room", 2, "note")
        assert tx.last_position() == 2
        raise ZeroDivisionError
    assert store.last_position() == 1
    assert store.recall("c1") is None
    assert store.settings() == {}
    assert store.last_checkpoint("room") is None
    assert put("room", 2) == 2


def test_a_fault_undoes_everything_even_where_it_is_caught(store: SqlStore, put: Put) -> None:
    put("room", 1)
    with pytest.raises(StoreFault) as told, store.transaction() as tx:  # noqa: PT012 - the block is the case
        tx.append("room", 2, "T", "at", "hash", "body")
        with pytest.raises(StoreFault) as caught:
            tx.append("room", 2, "T", "at", "hash", "again")
        assert caught.value.code == "journal_conflict"
    assert told.value.code == "journal_conflict"
    assert store.last_position() == 1


def test_an_error_of_the_block_itself_is_not_dressed_up(store: SqlStore) -> None:
    with pytest.raises(FileNotFoundError), store.transaction():
        raise FileNotFoundError("the caller's own")


def test_a_transaction_sees_its_own_work_and_nobody_else_does_before_its_end(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "hash", "body")
        assert tx.last_position() == 1
        assert tx.head("room") is not None
        assert store.last_position() == 0
        assert store.head("room") is None
    assert store.last_position() == 1


def test_a_transaction_that_has_ended_takes_nothing(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.append("room", 1, "T", "at", "hash", "body")
    with pytest.raises(RuntimeError, match="ended"):
        tx.append("room", 2, "T", "at", "hash", "body")
    with pytest.raises(RuntimeError, match="ended"):
        tx.last_position()
    assert store.last_position() == 1


def test_transactions_do_not_nest(store: SqlStore) -> None:
    with store.transaction() as outer:
        outer.append("room", 1, "T", "at", "hash", "body")
        with pytest.raises(RuntimeError, match="nest"), store.transaction():
            pass
    assert store.last_position() == 1


def test_a_closed_store_takes_nothing(store: SqlStore) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.last_position()
    with pytest.raises(RuntimeError, match="closed"), store.transaction():
        pass


def test_what_was_written_is_there_after_opening_again(url: str) -> None:
    first = open_store(url)
    with first.transaction() as tx:
        tx.append("room", 1, "T", "at", "hash", "body")
    first.close()
    second = open_store(url)
    assert [row.body for row in second.entries("room")] == ["body"]
    second.close()


def test_many_threads_write_one_after_another_and_readers_never_see_a_gap(store: SqlStore) -> None:
    writers, each = 4, 15
    done = threading.Event()

    def write(number: int) -> None:
        for seq in range(1, each + 1):
            with store.transaction() as tx:
                tx.append(f"stream {number}", seq, "T", "at", "hash", "first of a pair")
                tx.append(f"pair {number}", seq, "T", "at", "hash", "second of a pair")

    def read() -> int:
        looks = 0
        while not done.is_set() or looks == 0:
            seen = [row.position for row in store.entries_after(0)]
            assert seen == list(range(1, len(seen) + 1))
            assert len(seen) % 2 == 0
            looks += 1
        return looks

    with ThreadPoolExecutor(writers + 2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for writing in [pool.submit(write, number) for number in range(writers)]:
                writing.result()
        finally:
            done.set()
        assert all(reader.result() > 0 for reader in readers)
    assert store.last_position() == 2 * writers * each


GROUPS = st.lists(st.tuples(st.lists(st.sampled_from("abc"), max_size=5), st.booleans()), min_size=1, max_size=8)


@given(GROUPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_run_of_kept_and_undone_groups_equals_a_plain_list(
    tmp_path_factory: pytest.TempPathFactory, groups: list[tuple[list[str], bool]]
) -> None:
    store = open_store(sqlite_url(tmp_path_factory.mktemp("run") / "room.db"))
    expected: list[tuple[int, str, int]] = []
    for streams, kept in groups:
        planned = list(expected)
        try:
            with store.transaction() as tx:
                for stream in streams:
                    seq = 1 + sum(1 for row in planned if row[1] == stream)
                    planned.append((tx.append(stream, seq, "T", "at", "hash", "body"), stream, seq))
                if not kept:
                    raise InterruptedError
        except InterruptedError:
            pass
        else:
            expected = planned
    assert [(row.position, row.stream, row.seq) for row in store.entries_after(0)] == expected
    assert [row[0] for row in expected] == list(range(1, len(expected) + 1))
    store.close()


@pytest.mark.parametrize(
    ("port", "kept_by"),
    [(Reading, SqlStore), (Store, SqlStore), (Transaction, SqlTransaction), (Blobs, FileBlobs)],
)
def test_the_port_is_kept_to_the_letter(port: type, kept_by: type) -> None:
    asked = {name: member for name, member in inspect.getmembers(port, inspect.isfunction) if name[0] != "_"}
    assert asked
    for name, member in asked.items():
        given_, wanted = inspect.signature(getattr(kept_by, name)), inspect.signature(member)
        assert given_.parameters == wanted.parameters, name
        if name != "transaction":  # a context manager's function is annotated with what it yields
            assert given_.return_annotation == wanted.return_annotation, name
