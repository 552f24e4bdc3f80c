"""Everything in one file and a room built from it alone: the same roots, the same room, by two people."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from resting_door import BOTH, door
from room_play import STREAM, ready
from room_world import PASSWORD, Room


def rewritten(source: Path, target: Path, member: str, harm: Any) -> Path:
    """The same archive with one member changed, or without it where `harm` gives None."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content: bytes | None = old.read(name)
            if name.startswith(member):
                content = harm(content)
            if content is not None:
                new.writestr(name, content)
    return target


def test_a_room_is_built_from_the_file_alone_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, fresh, file = tmp_path / "data", tmp_path / "fresh", tmp_path / "all.kawei"
    play = ready(Room(data), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        number = play.lot("1")["round"]["number"]
        seat = play.sitting[0]
        seat.ask("PUT", f"/drafts/evaluation~ev1/1/marks/{number}", {"version": 1, "sealed": "typed"})
        code, told = door(capsys, "--data", str(data), "--export", str(file), *BOTH)
        assert (code, told["error"]["code"]) == (2, "database_in_use"), "the room that runs alone writes its journal"
        before = play.witness.evaluation()
        play.disconnect()
        play.room.stop()
        for both, passwords, why in ((BOTH[:2], None, "usage"), (BOTH, f"{PASSWORD}\nguessed\n", "bad_login")):
            assert door(capsys, "--data", str(data), "--export", str(file), *both, typed=passwords)[1]["error"][
                "code"
            ] == why  # fmt: skip
            assert not file.exists()
        code, made = door(capsys, "--data", str(data), "--export", str(file), *BOTH)
        assert code == 0
        assert (set(made["streams"]), file.stat().st_mode & 0o777) == ({"room", STREAM}, 0o600)
        assert made["files"] == len(list((data / "files").glob("??/*")))
        assert door(capsys, "--data", str(data), "--export", str(file), *BOTH)[1]["error"]["code"] == "backup_exists"
        with zipfile.ZipFile(file) as archive:
            last = json.loads(archive.read("journal.jsonl").splitlines()[-1])
            raw = b"".join(archive.read(name) for name in archive.namelist())
        assert (last["type"], last["data"], last["actor"]["post"]) == (
            "JournalExported",
            {"second": "witness-a"},
            "centre-a",
        )
        keys = [path.read_text().strip() for path in (data / "keys").glob("*.key")]
        assert keys
        assert not any(key.encode() in raw or bytes.fromhex(key) in raw for key in keys)

        code, built = door(capsys, "--data", str(fresh), "--rebuild", str(file), *BOTH)
        assert (code, built) == (0, made)
        assert door(capsys, "--data", str(fresh), "--rebuild", str(file), *BOTH)[1]["error"]["code"] == "data_in_use"
        (data / "keys").rename(fresh / "keys")
        data.rename(tmp_path / "gone")
        for machine in play.machines:
            machine.token = ""
        room = Room(fresh)
        play.room = room
        for machine in play.machines:
            machine.url = room.url
            machine.open()
        told = [row for row in room.store.entries("room") if row.type == "JournalRecovered"]
        (entry,) = [json.loads(row.body)["data"] for row in told]
        assert entry == {
            "position": made["position"],
            "made_at": made["made_at"],
            "first": "centre-a",
            "second": "witness-a",
        }
        play.connect()
        play.witness.login("witness-a")
        play.centre.login("centre-a")
        assert play.witness.evaluation() | {"sealing_key": None} == before | {"sealing_key": None}
        assert seat.ask("GET", f"/drafts/evaluation~ev1/1/marks/{number}") == {"version": 1, "sealed": "typed"}
        seat.until(lambda v: v["evaluations"][0]["sealing_key"], "for a key")
        play.mark("1")
    finally:
        play.disconnect()
        play.room.stop()


def _swap(lines: bytes) -> bytes:
    first, second, *rest = lines.splitlines(keepends=True)
    return b"".join((second, first, *rest))


HARMS: dict[str, tuple[str, Any]] = {
    "no manifest": ("export.json", lambda raw: None),
    "another root": ("export.json", lambda raw: raw.replace(b'"root": "', b'"root": "00', 1)),
    "an entry changed": ("journal.jsonl", lambda raw: raw.replace(b'"rehearsal":true', b'"rehearsal":null')),
    "an entry missing": ("journal.jsonl", lambda raw: raw.rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n"),
    "entries in another order": ("journal.jsonl", _swap),
    "no journal": ("journal.jsonl", lambda raw: None),
    "a row of no table": ("beside.jsonl", lambda raw: b'["journal", {}]\n' + raw),
    "a row that is none": ("beside.jsonl", lambda raw: b'["users", {"name": "x"}]\n' + raw),
    "a file changed": ("files/", lambda raw: raw + b"!"),
    "a file missing": ("files/", lambda raw: None),
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    room = Room(folder / "data")
    room.add_users("centre-a", "witness-a")
    room.services.blobs.put(io.BytesIO(b"a tender file"))
    room.stop()
    return folder


@pytest.mark.parametrize("harm", HARMS)
def test_a_file_that_was_changed_builds_nothing(
    harm: str, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = exported / "all.kawei"
    if not good.exists():
        assert door(capsys, "--data", str(exported / "data"), "--export", str(good), *BOTH)[0] == 0
    bad = rewritten(good, tmp_path / "bad.kawei", *HARMS[harm])
    code, told = door(capsys, "--data", str(tmp_path / "fresh"), "--rebuild", str(bad), *BOTH)
    assert (code, told["error"]["code"]) == (2, "bad_export")
    assert list((tmp_path / "fresh").iterdir()) == []


def test_what_is_no_export_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("hello")
    for path, why in ((tmp_path / "note.txt", "bad_export"), (tmp_path / "none", "not_found")):
        code, told = door(capsys, "--data", str(tmp_path / "fresh"), "--rebuild", str(path), *BOTH)
        assert (code, told["error"]["code"]) == (2, why)
