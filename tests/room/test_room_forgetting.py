"""Templates and portraits on the disk: worthless without the key, bound to one person, and gone once deleted.

The bytes of every file that the room keeps are searched; that the search finds what is there is proved first.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from faces_ground import MODEL, VERSION, enrol, template_of
from room_packages import document, portrait_of
from room_play import Play, ready
from room_world import Room, a_room

from app.room import load_keys
from app.storage import open_store, sqlite_url
from devices.ambient import SystemRandomness
from devices.face.vault import AesGcmVault


def files_with(folder: Path, needle: bytes) -> list[str]:
    """The files below a folder, database, log, shared memory and keys alike, in which the bytes lie."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes())


def sealed(room: Room, ref: str, model: str) -> bytes:
    return next(kept.sealed for kept in room.store.templates(ref) if kept.model == model)


def free_pages(database: Path) -> bytes:
    """Everything in the pages that SQLite has put aside, and in the trunk of their list."""
    raw = database.read_bytes()
    size = int.from_bytes(raw[16:18], "big") or 65536
    size = 65536 if size == 1 else size
    trunk, found = int.from_bytes(raw[32:36], "big"), b""
    while trunk:
        page = raw[(trunk - 1) * size : trunk * size]
        trunk, count = int.from_bytes(page[:4], "big"), int.from_bytes(page[4:8], "big")
        leaves = [int.from_bytes(page[8 + 4 * k : 12 + 4 * k], "big") for k in range(count)]
        found += page[8 + 4 * count :] + b"".join(raw[(leaf - 1) * size : leaf * size] for leaf in leaves)
    return found


def ask_to_forget(play: Play, expert: str) -> None:
    play.centre.ask("POST", "/faces/forget", {"expert": expert, "why": "request", "reason": "本人要求"})


def test_a_template_on_the_disk_is_not_to_be_read_without_the_key(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = ready(room, tmp_path)
        expert = enrol(play, 1)
        kept = sealed(room, expert, MODEL)
        assert files_with(data, kept) != []
        assert files_with(data, template_of(1)) == []
        assert files_with(data, template_of(1)[:16]) == []
        for told in (document(1), document(1).lower()):
            assert files_with(data, told.encode()) == []
        keys = load_keys(data / "keys", SystemRandomness())
        assert AesGcmVault(keys.faces, SystemRandomness()).open(expert, MODEL, VERSION, kept).data == template_of(1)
        for wrong in (keys.vault, keys.lookup, keys.names, bytes(32)):
            with pytest.raises(ValueError, match="does not belong"):
                AesGcmVault(wrong, SystemRandomness()).open(expert, MODEL, VERSION, kept)
        # The key lies beside the database, for its owner alone, and nowhere else.
        assert files_with(data, keys.faces.hex().encode()) == ["faces.key"]
        assert files_with(data, keys.faces) == []
        assert (data / "keys" / "faces.key").stat().st_mode & 0o777 == 0o600
        play.disconnect()


def test_a_template_moved_to_another_person_opens_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = ready(room, tmp_path)
        first, second = enrol(play, 1), enrol(play, 2)
        play.disconnect()
    with closing(sqlite3.connect(data / "kawei.sqlite")) as thief, thief:
        row = thief.execute("SELECT sealed FROM templates WHERE ref = ?", (first,)).fetchone()
        assert thief.execute("UPDATE templates SET sealed = ? WHERE ref = ?", (*row, second)).rowcount == 1
    with pytest.raises(Exception, match="key_differs"), a_room(data):
        pass


@pytest.mark.parametrize("column", ["model", "version"])
def test_nor_does_one_that_is_called_another_models(tmp_path: Path, column: str) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = ready(room, tmp_path)
        expert = enrol(play, 1)
        play.disconnect()
    with closing(sqlite3.connect(data / "kawei.sqlite")) as thief, thief:
        value = {"model": "another", "version": 2}[column]
        thief.execute(f"UPDATE templates SET {column} = ? WHERE ref = ?", (value, expert))  # noqa: S608 - a fixed name
    with pytest.raises(Exception, match="key_differs"), a_room(data):
        pass


def test_a_deleted_template_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with a_room(data) as room:
        play = ready(room, tmp_path)
        stays, goes = enrol(play, 1), enrol(play, 2)
        kept, lost = sealed(room, stays, MODEL), sealed(room, goes, MODEL)
        whose = next(expert.sealed for expert in room.store.experts() if expert.ref == goes)
        for needle in (kept, lost, whose):
            assert files_with(data, needle) != []
        ask_to_forget(play, goes)
        for needle in (lost, lost[12:44], lost[-48:], whose):
            assert files_with(data, needle) == []  # while the room runs, database, log and shared memory
        assert files_with(data, kept) != []
        play.disconnect()
    assert files_with(data, lost) == []
    assert files_with(data, kept) == ["kawei.sqlite"]


def test_hundreds_that_come_and_go_leave_nothing_in_free_pages(tmp_path: Path) -> None:
    """Enough of them that whole pages become free; a database without the precaution shows that the search sees."""
    data = tmp_path / "data"
    with a_room(data) as room:
        play = ready(room, tmp_path)
        play.disconnect()
    needles = [f"sealed template {number} ".encode() * 30 for number in range(300)]
    store = open_store(sqlite_url(data / "kawei.sqlite"))
    with store.transaction() as tx:
        for number, needle in enumerate(needles):
            tx.put_expert(f"x{number}", b"hash")
            tx.put_template(f"x{number}", MODEL, 1, needle)
    store.close()
    careless = tmp_path / "careless.sqlite"
    shutil.copy(data / "kawei.sqlite", careless)
    with closing(sqlite3.connect(careless)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM templates WHERE model = ?", (MODEL,))
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = free_pages(careless)
    assert sum(needle[:300] in left for needle in needles) > 100
    store = open_store(sqlite_url(data / "kawei.sqlite"))
    with store.transaction() as tx:
        for number in range(len(needles)):
            assert tx.delete_expert(f"x{number}")
    try:
        assert len(free_pages(data / "kawei.sqlite")) > 20 * 4096
        assert not free_pages(data / "kawei.sqlite").strip(b"\0")
        assert [needle for needle in needles if files_with(data, needle[:64])] == []
    finally:
        store.close()


def test_portraits_of_a_closed_evaluation_are_nowhere_on_the_disk(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with a_room(data, checkpoint_s=0.05) as room:
        play = ready(room, tmp_path)
        refs = [p.ref for p in room.store.persons() if any(t.model == "portrait" for t in room.store.templates(p.ref))]
        portraits = [sealed(room, ref, "portrait") for ref in refs]
        letter = next(
            t.sealed for p in room.store.persons() for t in room.store.templates(p.ref) if t.model != "portrait"
        )
        assert len(portraits) == 3
        assert all(files_with(data, needle) for needle in portraits)
        assert files_with(data, portrait_of("m1")) == []
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.conclude("1")
        play.leave()
        play.close()
        play.centre.until(lambda _: "PortraitsForgotten" in {row.type for row in room.store.entries("room")}, "for it")
        assert [needle for needle in portraits if files_with(data, needle[:200])] == []
        assert files_with(data, letter) != []
        play.disconnect()
