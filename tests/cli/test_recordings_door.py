"""`kawei recordings`: what is there is listed and checked, and opens with the room's key, for a reason that is kept."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import av
import pytest

import resources
from app.cli import main
from app.cli.doctor_recording import hours_left, room_hours
from app.cli.finding import Level
from app.recordings.joining import NotAFilm, write_film
from app.recordings.manifest import lines_in
from app.recordings.space import estimate
from app.room import recordings as room
from devices.call.recorder import KEEP_FREE
from tests.devices.recording_ground import ROOM
from tests.devices.test_recorder import recorder, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One recording: two stays with ten seconds between them, 25 seconds of sound in all."""
    place = tmp_path / "recordings" / "E1" / "seat-1"
    for begin, end in ((0, 15_000), (25_000, 35_000)):
        made, _ = recorder(place)
        run(made, begin, end)
        made.close()
    return place


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "recordings.key").write_text(ROOM.hex() + "\n")
    return tmp_path / "keys"


def opened(folder: Path, keys: Path, out: Path, *more: str, reason: str = "有人举报") -> int:
    return main(["recordings", "open", str(folder), "--keys", str(keys), "--out", str(out), "--reason", reason, *more])


def sound_of(path: Path) -> tuple[float, float]:
    """Seconds of sound, and the time of the last of it."""
    samples, last = 0, 0.0
    with av.open(io.BytesIO(path.read_bytes())) as container:
        for frame in container.decode(audio=0):
            samples += frame.samples
            last = frame.time or 0.0
    return samples / 48_000, last


def test_what_is_there_is_listed_and_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = str(folder.parents[1])
    assert main(["recordings", "list", top, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("E1/seat-1  2 segments, 20")
    assert main(["recordings", "verify", top]) == 0
    assert capsys.readouterr().out.startswith("E1/seat-1  2 段，20")
    file = folder / "000002.kwr"
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    assert main(["recordings", "verify", top]) == 1
    assert capsys.readouterr().out == "E1/seat-1  FAILED changed_file 2\n"
    file.unlink()
    assert main(["recordings", "verify", top]) == 1
    assert capsys.readouterr().out == "E1/seat-1  FAILED missing_file 2\n"
    assert main(["recordings", "list", top]) == 0


def test_a_recording_opens_into_one_film_at_the_times_at_which_it_was_taken(
    folder: Path, keys: Path, tmp_path: Path
) -> None:
    whole, one = tmp_path / "whole.mkv", tmp_path / "one.mkv"
    assert opened(folder, keys, whole) == 0
    seconds, last = sound_of(whole)
    assert seconds == pytest.approx(25, abs=0.2)
    assert last == pytest.approx(35, abs=0.2)
    assert opened(folder, keys, one, "--segment", "2") == 0
    seconds, last = sound_of(one)
    assert seconds == pytest.approx(10, abs=0.2)
    assert last == pytest.approx(10, abs=0.2)
    kept = [json.loads(line) for line in (folder / "opened.jsonl").read_text().splitlines()]
    assert [(told["reason"], told["segments"]) for told in kept] == [("有人举报", [1, 2]), ("有人举报", [2])]
    assert len(lines_in(folder)) == 2


@pytest.mark.parametrize(
    ("more", "reason"), [(("--segment", "3"), "x"), ((), " ")], ids=["no such segment", "no reason"]
)
def test_without_segment_or_reason_nothing_opens(
    folder: Path, keys: Path, tmp_path: Path, more: tuple[str, ...], reason: str
) -> None:
    assert opened(folder, keys, tmp_path / "x.mkv", *more, reason=reason) == 2
    assert not (tmp_path / "x.mkv").exists()


def test_another_key_opens_nothing(folder: Path, keys: Path, tmp_path: Path, capfd: Any) -> None:
    (keys / "recordings.key").write_text(bytes(32).hex())
    assert opened(folder, keys, tmp_path / "x.mkv") == 2
    assert '"not_a_recipient"' in capfd.readouterr().err
    (keys / "recordings.key").write_text("no key")
    assert opened(folder, keys, tmp_path / "y.mkv") == 2
    assert opened(tmp_path, keys, tmp_path / "z.mkv") == 2
    assert main(["recordings", "list", str(keys)]) == 2


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7 + b"\x1f\x43\xb6\x75"]
)
def test_what_is_no_segment_is_no_film(content: bytes) -> None:
    with pytest.raises(NotAFilm):
        write_film(io.BytesIO(), [(0, content)])


def test_the_doctor_says_how_many_hours_fit_at_the_rate_of_the_last_segments(folder: Path, tmp_path: Path) -> None:
    lines = lines_in(folder)
    hour = sum(line.bytes for line in lines) * 3600 // 25
    plenty = hours_left(tmp_path, lambda _: KEEP_FREE + 101 * hour)
    assert (plenty.level, plenty.en[:7]) in ((Level.OK, "100 h l"), (Level.OK, "101 h l"))
    assert hours_left(tmp_path, lambda _: KEEP_FREE + 3 * hour).level is Level.WARNING
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert hours_left(fresh, lambda _: KEEP_FREE + estimate(3600) * 10).en.startswith("10 h left")
    (folder / "manifest.jsonl").write_text("{}\n")
    assert hours_left(tmp_path).level is Level.FAILED


def test_the_segment_of_a_journal_entrys_moment_is_found(
    folder: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = datetime.fromisoformat(lines_in(folder)[1].start) + timedelta(seconds=4)
    at = second.astimezone(timezone(timedelta(hours=8))).isoformat()
    assert opened(folder, keys, tmp_path / "x.mkv", "--at", at) == 0
    found, said = capsys.readouterr().out.splitlines()
    assert found == "000002.kwr +4.0 s"
    assert "无法记入日志" in said
    between = (second - timedelta(seconds=9)).isoformat()
    for bad in (between, "later", "2026-11-24T10:00:00"):
        assert opened(folder, keys, tmp_path / "y.mkv", "--at", bad) == 2
    assert not (tmp_path / "y.mkv").exists()


def test_the_doctor_says_for_how_many_hours_a_rooms_disk_takes_all_seats(tmp_path: Path) -> None:
    plan = json.loads(resources.path("room", "default.json").read_text("utf-8"))
    seats = len(plan["seats"])
    all_seats = seats * estimate(3600)
    free = room.KEEP_FREE + 20 * all_seats
    found = room_hours(tmp_path / "not yet" / "there", None, lambda _: free)
    assert (found.level, found.en[:20]) == (Level.OK, f"20 h left for {seats} seat")
    short = room_hours(tmp_path, None, lambda _: free - 13 * all_seats)
    assert (short.level, short.en[:4]) == (Level.WARNING, "7 h ")
    (tmp_path / "room.json").write_text(json.dumps(plan | {"recording": {"on": False}}))
    assert "no recordings" in room_hours(tmp_path, tmp_path / "room.json").en
