"""A room moves to another database: everything or nothing, the same roots, and never over what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from storage_ground import T0

from app.cli import main
from app.journal import ZERO, entry_bytes, make_entry
from app.ports.store import Draft, StoreFault, User
from app.storage import SqlStore, open_store, sqlite_url
from app.storage.tables import metadata

SYSTEM = {"role": "system", "alias": None, "post": None, "device": None}
OPENED = {"rehearsal": True, "room": "r1", "name": "一室", "seats": [], "public_key": "ab" * 32}


def filled(path: Path) -> SqlStore:
    """A store with something of most kinds; its journal folds."""
    source = open_store(sqlite_url(path))
    with source.transaction() as tx:
        entry = make_entry("room", 1, "2026-03-02T09:00:00.000000+08:00", "RoomOpened", SYSTEM, OPENED, ZERO)
        tx.append("room", 1, entry.type, entry.at, entry.hash, entry_bytes(entry).decode())
        tx.add_checkpoint("room", 1, "note")
        tx.remember("c1", "console-1", "digest", "{}")
        tx.put_draft(Draft("evaluation/ev1", "1", "marks", 1, "M1", 3, "sealed", T0))
        tx.put_person("p1", b"\x00\xff")
        tx.put_user(User("centre-a", "centre", "hash", T0, False))
        tx.put_setting("k", "v")
    return source


def everything(store: SqlStore) -> dict[str, list[str]]:
    return {table.name: sorted(map(repr, store._fetch(table.select()))) for table in metadata.sorted_tables}


def test_everything_moves(store: SqlStore, tmp_path: Path) -> None:
    source = filled(tmp_path / "old.db")
    assert store.take_over(source) == 1
    assert everything(store) == everything(source)
    assert sum(map(len, everything(store).values())) == 7
    with store.transaction() as tx:
        assert tx.append("room", 2, "T", "at", "h", "b") == 2
    source.close()


def test_nothing_moves_over_what_is_there(store: SqlStore, tmp_path: Path) -> None:
    source = filled(tmp_path / "old.db")
    with store.transaction() as tx:
        tx.put_setting("here", "first")
    before = everything(store)
    with pytest.raises(StoreFault) as refused:
        store.take_over(source)
    assert refused.value.code == "database_not_empty"
    assert everything(store) == before
    source.close()


def test_a_move_cut_half_way_leaves_an_empty_target_and_a_whole_source(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = filled(tmp_path / "old.db")
    whole, real, asked = everything(source), SqlStore._fetch, []

    def broken(self: SqlStore, statement: object) -> object:
        asked.append(statement)
        if len(asked) == 4:
            raise OSError("pulled out")
        return real(self, statement)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "_fetch", broken)
        with pytest.raises(StoreFault, match="disk_fault"):
            store.take_over(source)
    assert not any(everything(store).values())
    assert everything(source) == whole
    assert store.take_over(source) == 1
    source.close()


def test_the_door_moves_a_room_and_says_its_roots(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path / "data" / "kawei.sqlite").close()
    target = url if url.startswith("postgresql") else sqlite_url(tmp_path / "new.db")
    assert main(["room", "--data", str(tmp_path / "data"), "--move-to", target]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["moved"], told["streams"]["room"]["size"]) == (1, 1)
    assert main(["room", "--data", str(tmp_path / "data"), "--move-to", target]) == 2
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"]["code"] == "database_moved"
    # Neither does a room start over what was left behind; the copy carries no such mark.
    assert main(["room", "--data", str(tmp_path / "data"), "--rehearsal"]) == 2
    error = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    assert error["code"] == "database_moved"
    assert "kawei@" in error["where"] or "new.db" in error["where"]
    arrived = open_store(target)
    assert arrived.setting("moved") is None
    arrived.close()
