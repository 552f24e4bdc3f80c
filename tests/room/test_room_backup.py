"""A copy of a room at work and its way back: what the copy holds is whole, and what it lacks is sent again."""

from __future__ import annotations

import io
import json
import shutil
import threading
from pathlib import Path

import pytest
from resting_door import BOTH, door
from room_play import STREAM, ready
from room_world import PASSWORD, Room

NAMED = {"first": "centre-a", "second": "witness-a"}


def test_a_backup_of_a_room_at_work_is_restored_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, copy, fresh = tmp_path / "data", tmp_path / "copy", tmp_path / "fresh"
    play = ready(Room(data), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        number = play.lot("1")["round"]["number"]
        first, second, *others = play.sitting
        first.seal("1", "marks", number, play.marks_sheet(first, "1"))
        place, ended = f"/drafts/evaluation~ev1/1/marks/{number}", threading.Event()
        written = []

        def typing() -> None:
            while not ended.is_set():
                written.append(len(written) + 1)
                second.ask("PUT", place, {"version": len(written), "sealed": "typed"})

        at_work = threading.Thread(target=typing)
        at_work.start()
        try:
            code, made = door(capsys, "--data", str(data), "--backup", str(copy))
        finally:
            ended.set()
            at_work.join(20)
        assert (code, made["format"]) == (0, "kawei-backup/1")
        assert set(made["streams"]) == {"room", STREAM}
        assert written
        assert not list(copy.rglob("*.key"))  # keys are kept apart
        assert door(capsys, "--data", str(data), "--backup", str(copy))[1]["error"]["code"] == "backup_exists"

        # This is not in the copy, and its clients have it still.
        second.seal("1", "marks", number, play.marks_sheet(second, "1"))
        read = play.room.store.last_position()
        play.disconnect()
        play.room.stop()

        # One person alone restores nothing, nor do two of one role, nor a guess.
        for both, passwords, why in (
            ((), None, "usage"),
            (("--by", "centre-a", "--second", "centre-a"), None, "second_person"),
            (BOTH, f"{PASSWORD}\nguessed\n", "bad_login"),
        ):
            refused = door(capsys, "--data", str(fresh), "--restore", str(copy), *both, typed=passwords)[1]
            assert refused["error"]["code"] == why
            assert list(fresh.iterdir()) == []
        code, _ = door(capsys, "--data", str(fresh), "--restore", str(copy), *BOTH)
        assert code == 0
        assert door(capsys, "--data", str(fresh), "--restore", str(copy))[1]["error"]["code"] == "data_in_use"
        shutil.copytree(data / "keys", fresh / "keys")
        play.move_to(Room(fresh))
        stream = play.witness.stream(0)
        told = stream.up_to(play.room.store.last_position())
        stream.close()
        (entry,) = [one for one in told if one["type"] == "JournalRecovered"]
        assert entry["data"] == {"position": made["position"], "made_at": made["made_at"]} | NAMED
        assert entry["position"] == made["position"] + 1 <= read  # so machines that had read further begin again
        assert play.lot("1", first)["round"]["mine"] is not None
        assert play.lot("1", second)["round"]["mine"] is None
        second.until(lambda v: v["evaluations"][0]["sealing_key"]["id"], "for a key")
        first.until(lambda v: len(v["evaluations"][0]["lots"][0]["round"]["mine"]["keys"]) < 3)
        first.give_keys_again()
        for seat in (second, *others):
            seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
        play.wait_stage("1", "opened")
        play.disconnect()
        play.room.stop()
        play.room = Room(fresh)  # said once
        assert [row.type for row in play.room.store.entries("room")].count("JournalRecovered") == 1
    finally:
        play.disconnect()
        play.room.stop()


@pytest.mark.parametrize("harm", ["manifest", "root", "file", "page", "gone"])
def test_a_backup_that_was_changed_is_refused_before_anything_is_there(
    harm: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, copy, fresh = tmp_path / "data", tmp_path / "copy", tmp_path / "fresh"
    room = Room(data)
    room.add_users("centre-a", "witness-a")
    room.services.blobs.put(io.BytesIO(b"a tender file"))
    assert door(capsys, "--data", str(data), "--backup", str(copy))[0] == 0
    room.stop()
    manifest = json.loads((copy / "backup.json").read_text("utf-8"))
    if harm == "manifest":
        (copy / "backup.json").write_text("{}")
    elif harm == "root":
        manifest["streams"]["room"]["root"] = "00" * 32
        (copy / "backup.json").write_text(json.dumps(manifest))
    elif harm == "file":
        next((copy / "files").glob("*/*")).unlink()
    elif harm == "page":
        kept = bytearray((copy / "kawei.sqlite").read_bytes())
        at = kept.rindex(b"RoomOpened")
        kept[at : at + 4] = b"XXXX"
        (copy / "kawei.sqlite").write_bytes(kept)
    else:
        (copy / "kawei.sqlite").unlink()
    code, told = door(capsys, "--data", str(fresh), "--restore", str(copy), *BOTH)
    assert code == 2
    assert told["error"]["code"] in ("bad_backup", "database_unopenable", "journal_damaged", "database_damaged")
    assert list(fresh.iterdir()) == []


def test_what_is_not_there_is_not_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = door(capsys, "--data", str(tmp_path / "none"), "--backup", str(tmp_path / "copy"))
    assert (code, told["error"]["code"]) == (2, "database_unopenable")
