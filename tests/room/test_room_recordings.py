"""Recordings on their way: from a seat's disk to the room, bound into the journal, opened when two people agree."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play, ready
from room_world import PASSWORD, Machine, Refusal, a_room

from app.cli import main
from app.link import enrol, save
from app.link.client import RoomClient
from app.link.recordings import RecordingPost, folder_of
from app.recordings.manifest import Gap, Manifest, lines_in, written
from app.recordings.sealed_file import SealedFile
from app.recordings.space import estimate
from app.recordings.taking_up import time_of
from app.room.recordings import KEEP_FREE
from tests.devices.film_ground import grey_segment
from tests.link.link_ground import QUICK, KnownMachine

START = 1_790_000_000_000
WORDS = "PLAYED IN CLEAR"


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """A committee that stands and has not begun to review."""
    with a_room(tmp_path_factory.mktemp("room")) as room:
        made = ready(room, tmp_path_factory.mktemp("package"))
        made.gather()
        yield made


def path_of(alias: str) -> str:
    return f"/recordings/{STREAM.replace('/', '~')}/{alias}/mine"


def write_segment(folder: Path, key: bytes, content: bytes, *, close: bool = True, gaps: tuple[Gap, ...] = ()) -> None:
    """One more segment, as a recorder leaves it; `close`: it came to its end, and is listed."""
    folder.mkdir(parents=True, exist_ok=True)
    count = len(list(folder.glob("*.kwr")))
    start = START + count * 20_000
    file = SealedFile(folder / f"{count + 1:06d}.kwr", [key], os.urandom)
    file.append(content, start, start + 19_000)
    if not close:
        file.abandon()
        return
    file.close(start + 19_000)
    times = (time_of(start), time_of(start + 19_000))
    Manifest(folder).add(file.path.name, file.bytes, file.sha256, *times, gaps)


class SeatDisk:
    """What a seat's program is to its recordings: folder, client, post."""

    def __init__(self, play: Play, number: int, root: Path) -> None:
        self.seat = play.sitting[number]
        self.alias = self.seat.mine()["alias"]
        self.key = bytes.fromhex(self.seat.view()["room"]["recording"]["key"])
        self.place = (STREAM, self.alias)
        self.folder = folder_of(root, self.place)
        secret = hashlib.sha256(self.seat.device.encode()).digest()
        identity = KnownMachine(self.seat.device, "seat", self.seat.seat, self.seat.url, "", secret)
        self.client = RoomClient(identity, "en", QUICK)
        self.client._token = self.seat.token
        self.root, self.late_s = root, 0.0
        self.post = self.new_post()

    def new_post(self) -> RecordingPost:
        import time

        return RecordingPost(self.client, self.root, QUICK, pause_s=0.0, now=lambda: time.time() + self.late_s)

    def bring(self) -> float | None:
        return self.post._bring_all()


@pytest.fixture
def disk(play: Play, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SeatDisk]:
    made = SeatDisk(play, request.param, tmp_path / "recordings")
    yield made
    made.client.close()


def kept(machine: Machine, alias: str) -> Any:
    found = machine.evaluation()["matters"].get("recording", {}).get("kept", [])
    return next((one for one in found if one["party"] == alias), None)


def entries(play: Play, kind: str, stream: str = STREAM) -> list[Any]:
    import json

    return [json.loads(row.body) for row in play.room.store.entries(stream) if row.type == kind]  # type: ignore[attr-defined]


def at_the_room(play: Play, disk: SeatDisk) -> Path:
    return Path(play.room.folder) / "recordings" / STREAM.replace("/", "~") / disk.alias / disk.seat.device  # type: ignore[attr-defined]


@pytest.mark.parametrize("disk", [0], indirect=True)
def test_lists_and_segments_come_to_the_room_once_and_sealed(play: Play, disk: SeatDisk) -> None:
    hole = Gap("all", time_of(START - 5_000), time_of(START), "interrupted")
    write_segment(disk.folder, disk.key, WORDS.encode() * 30_000, gaps=(hole,))
    write_segment(disk.folder, disk.key, b"second")
    disk.post.record_into(disk.place)
    disk.post.tell(disk.place, "running", 100)
    assert disk.bring() is None
    lines = lines_in(disk.folder)
    assert (kept(play.centre, disk.alias)["seq"], kept(play.centre, disk.alias)["sha256"]) == (2, lines[-1].hash)
    assert [gap["why"] for gap in kept(play.centre, disk.alias)["gaps"]] == ["interrupted"]
    there = at_the_room(play, disk)
    for line in lines:
        assert (there / line.file).read_bytes() == (disk.folder / line.file).read_bytes()
        assert WORDS.encode() not in (there / line.file).read_bytes()
    assert not list(there.glob("*.part"))
    disk.post = disk.new_post()  # a seat that was started again remembers nothing
    disk.post.record_into(disk.place)
    disk.bring()
    disk.bring()
    assert len([e for e in entries(play, "RecordingNoted") if e["data"]["party"] == disk.alias]) == 1
    assert kept(disk.seat, disk.alias) is None


@pytest.mark.parametrize("disk", [1], indirect=True)
def test_what_a_killed_recorder_left_is_listed_and_brought_at_the_next_start(play: Play, disk: SeatDisk) -> None:
    write_segment(disk.folder, disk.key, b"first")
    write_segment(disk.folder, disk.key, b"cut off", close=False)
    disk.post.record_into(disk.place)
    disk.bring()
    assert kept(play.centre, disk.alias)["seq"] == 1  # it may still be written to
    disk.post.record_into(None)
    wait = disk.bring()
    assert wait is not None
    assert wait > 5
    disk.late_s = 60.0
    disk.bring()
    assert kept(play.centre, disk.alias)["seq"] == 2


@pytest.mark.parametrize("disk", [2], indirect=True)
def test_while_a_call_needs_the_line_lists_go_on_and_segments_wait(play: Play, disk: SeatDisk) -> None:
    write_segment(disk.folder, disk.key, b"x" * 300_000)
    disk.post.record_into(disk.place)
    disk.post.hold(held=True)
    disk.bring()
    assert kept(play.centre, disk.alias)["seq"] == 1
    assert disk.client.recording_held(*disk.place) == {"lines": 1, "segments": 0, "bytes": 0}
    disk.client.send_segment(*disk.place, 1, 0, (disk.folder / "000001.kwr").read_bytes()[:1000])
    with pytest.raises(Exception, match="wrong_place"):
        disk.client.send_segment(*disk.place, 1, 500, b"overlapping")
    disk.post.hold(held=False)
    disk.bring()  # goes on behind the first thousand
    assert disk.client.recording_held(*disk.place) == {"lines": 1, "segments": 1, "bytes": 0}


@pytest.mark.parametrize("disk", [3], indirect=True)
def test_trouble_is_told_once_and_shows_at_the_centre(play: Play, disk: SeatDisk) -> None:
    write_segment(disk.folder, disk.key, b"first")
    disk.post.record_into(disk.place)
    for state, hours in (("running", 100), ("running", 2), ("running", 1), ("disk", 0), ("running", 90)):
        disk.post.tell(disk.place, state, hours)
        write_segment(disk.folder, disk.key, b"more")
        disk.bring()
    told = [e["data"]["state"] for e in entries(play, "RecordingTold") if e["data"]["party"] == disk.alias]
    assert told == ["low", "disk", "running"]


@pytest.mark.parametrize("disk", [4], indirect=True)
def test_what_is_no_continuation_or_not_the_own_is_refused(play: Play, disk: SeatDisk, tmp_path: Path) -> None:
    write_segment(disk.folder, disk.key, b"first")
    disk.post.record_into(disk.place)
    disk.bring()
    other = tmp_path / "other"
    write_segment(other, disk.key, b"another first")
    write_segment(other, disk.key, b"another second")
    texts = [written(line).decode() for line in lines_in(other)]
    sent = {"state": "running", "hours_left": 100}
    for lines, code in (([texts[0]], "other_list"), ([texts[1]], "other_list"), (["{}"], "bad_request")):
        with pytest.raises(Refusal, match=code):
            disk.seat.ask("POST", path_of(disk.alias), {"lines": lines, **sent})
    with pytest.raises(Refusal, match="bad_request"):
        disk.seat.ask("POST", path_of(disk.alias), {"lines": [], "state": "fine", "hours_left": 1})
    somebody = play.sitting[0]
    for machine in (somebody, play.centre):
        with pytest.raises(Refusal, match="not_permitted"):
            machine.ask("POST", path_of(disk.alias), {"lines": [], **sent})
    assert kept(play.centre, disk.alias)["seq"] == 1
    # A list that follows, with a content that is not the listed one: the listed hash decides.
    write_segment(disk.folder, disk.key, b"second")
    line = lines_in(disk.folder)[1]
    disk.seat.ask("POST", path_of(disk.alias), {"lines": [written(line).decode()], **sent})
    with pytest.raises(Exception, match="wrong_content"):
        disk.client.send_segment(*disk.place, 2, 0, b"z" * line.bytes)
    assert disk.client.recording_held(*disk.place) == {"lines": 2, "segments": 1, "bytes": 0}


class CameraDisk:
    """What a console is to the recording of one of its cameras of the room."""

    def __init__(self, console: Machine, root: Path) -> None:
        self.console, self.place = console, (STREAM, "@北墙全景")
        secret = hashlib.sha256(console.device.encode()).digest()
        identity = KnownMachine(console.device, "console", None, console.url, "", secret)
        self.client = RoomClient(identity, "en", QUICK)
        self.client._token = console.token
        self.folder = folder_of(root, self.place)
        self.post = RecordingPost(self.client, root, QUICK, pause_s=0.0)

    def bring(self) -> None:
        self.post.record_all((self.place, (STREAM, "@门口")))
        self.post._bring_all()


def test_a_camera_of_the_room_comes_from_a_console_of_staff_and_from_no_other(play: Play, tmp_path: Path) -> None:
    seen = play.witness.view()["room"]["recording"]
    assert seen["streams"] == [STREAM]  # somebody is at a seat
    assert "recording" not in play.agency.view()["room"]
    assert "streams" not in play.sitting[0].view()["room"]["recording"]
    disk = CameraDisk(play.witness, tmp_path / "recordings")
    write_segment(disk.folder, bytes.fromhex(seen["key"]), WORDS.encode() * 1000)
    disk.bring()
    assert kept(play.centre, "@北墙全景")["seq"] == 1
    assert disk.client.recording_held(*disk.place) == {"lines": 1, "segments": 1, "bytes": 0}
    disk.client.close()
    there = Path(play.room.folder) / "recordings" / STREAM.replace("/", "~") / "@北墙全景" / play.witness.device  # type: ignore[attr-defined]
    assert (there / "000001.kwr").read_bytes() == (disk.folder / "000001.kwr").read_bytes()
    sent = {"state": "running", "hours_left": 100, "lines": []}
    for machine in (play.agency, play.sitting[0], play.kiosk):
        with pytest.raises(Refusal, match="not_permitted"):
            machine.ask("POST", path_of("@北墙全景"), sent)
    with pytest.raises(Refusal, match="not_permitted"):
        play.witness.ask("POST", path_of("@..%2F..%2Fx"), sent)
    segment = f"/recordings/{STREAM.replace('/', '~')}/@北墙全景/{play.witness.device}/1"
    with pytest.raises(Refusal, match="recording_closed"):
        play.witness.ask("GET", segment)
    play.centre.do(STREAM, "AskRecording", {"party": "@北墙全景", "reason": "有人走动"})
    play.witness.do(STREAM, "OpenRecording", {"party": "@北墙全景", "reason": "同意"})
    assert WORDS.encode() in play.centre.ask("GET", segment)
    play.witness.ask("POST", "/logout", {})
    try:  # nobody is logged in: what was begun goes on
        assert play.witness.view()["room"]["recording"]["streams"] == [STREAM]
        play.witness.ask("POST", path_of("@北墙全景"), sent)
        with pytest.raises(Refusal, match="not_permitted"):
            play.witness.ask("POST", path_of("@门口"), sent)
    finally:
        play.witness.ask("POST", "/login", {"user": "witness-a", "password": PASSWORD})


def test_the_command_line_opens_one_through_the_room_alone(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    alias = play.sitting[3].mine()["alias"]
    disk = SeatDisk(play, 3, tmp_path / "recordings")
    write_segment(disk.folder, disk.key, b"no film")
    for line in lines_in(at_the_room(play, disk)):  # what it brought before
        shutil.copy(at_the_room(play, disk) / line.file, disk.folder / line.file)
    shutil.copy(at_the_room(play, disk) / "manifest.jsonl", disk.folder / "manifest.jsonl")
    write_segment(disk.folder, disk.key, grey_segment([40, 80, 120]))
    disk.post.record_into(disk.place)
    disk.bring()
    disk.client.close()
    number = len(lines_in(disk.folder))
    code = play.centre.ask("POST", "/enrolments", {"kind": "console", "seat": None})["code"]
    save(enrol(play.centre.url, code, "auditors", "en"), tmp_path / "state")
    film = tmp_path / "film.mkv"
    name = f"{STREAM.replace('/', '~')}/{alias}/{disk.seat.device}"
    asked = ["recordings", "open", name, "--state", str(tmp_path / "state"), "--user", "witness-a", "--out", str(film)]
    asked += ["--reason", "投诉", "--segment", str(number), "--lang", "en"]

    def open_it() -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        film.unlink(missing_ok=True)
        return main(asked)

    looks = len(entries(play, "RecordingLooked", "room"))
    assert open_it() == 2
    assert "recording_closed" in capfd.readouterr().err
    assert len(entries(play, "RecordingLooked", "room")) == looks
    play.centre.do(STREAM, "AskRecording", {"party": alias, "reason": "有人举报"})
    play.witness.do(STREAM, "OpenRecording", {"party": alias, "reason": "同意"})
    assert open_it() == 0
    look = entries(play, "RecordingLooked", "room")[-1]
    assert (look["data"]["party"], look["data"]["seq"], look["actor"]["post"]) == (alias, number, "witness-a")
    assert grey_segment([40, 80, 120])[:40] == film.read_bytes()[:40]
    asked[2] = f"{name}9"
    assert open_it() == 2


def test_two_people_open_a_recording_and_each_look_is_an_entry(play: Play) -> None:
    found = play.centre.ask("GET", f"/recordings/{STREAM.replace('/', '~')}")["recordings"]
    alias, device = found[0]["party"], found[0]["device"]
    assert not found[0]["open"]
    assert found[0]["segments"][0]["held"]
    segment = f"/recordings/{STREAM.replace('/', '~')}/{alias}/{device}/1"
    for machine, code in (
        (play.centre, "recording_closed"),
        (play.agency, "not_permitted"),
        (play.sitting[1], "not_permitted"),
    ):
        with pytest.raises(Refusal, match=code):
            machine.ask("GET", segment)
    with pytest.raises(Refusal, match="not_permitted"):
        play.agency.ask("GET", f"/recordings/{STREAM.replace('/', '~')}")
    before = len(entries(play, "RecordingLooked", "room"))
    play.centre.do(STREAM, "AskRecording", {"party": alias, "reason": "有人举报"})
    with pytest.raises(Refusal, match="already_approved"):
        play.centre.do(STREAM, "OpenRecording", {"party": alias, "reason": "我同意"})
    play.witness.do(STREAM, "OpenRecording", {"party": alias, "reason": "同意"})
    assert WORDS.encode() in play.witness.ask("GET", segment)
    with pytest.raises(Refusal, match="not_found"):
        play.centre.ask("GET", segment[:-1] + "9")
    (look,) = entries(play, "RecordingLooked", "room")[before:]
    assert look["data"] == {"stream": STREAM, "party": alias, "device": device, "seq": 1}
    assert look["actor"]["role"] == "witness"
    play.choose_chair()
    with pytest.raises(Refusal, match="recording_closed"):
        play.witness.ask("GET", segment)  # the committee works alone now
    assert len(entries(play, "RecordingLooked", "room")) == before + 1


def test_a_room_with_a_full_disk_takes_nothing_and_says_so(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = play.sitting[0]
    monkeypatch.setattr(play.room.services.recordings, "_free", lambda folder: 1)  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="no_room_left"):
        seat.ask("POST", path_of(seat.mine()["alias"]), {"lines": [], "state": "running", "hours_left": 9})


def test_the_rooms_disk_is_told_to_staff_in_hours_and_warned_of(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(size: int) -> Any:
        monkeypatch.setattr(play.room.services.recordings, "_free", lambda folder: KEEP_FREE + size)  # type: ignore[attr-defined]
        return play.witness.view()["room"]

    seats = len(play.witness.view()["room"]["seats"])
    plenty = left(estimate(3600) * seats * 20)
    assert plenty["disk"] == {"hours": 20, "seats": seats}
    assert not plenty.get("notices")
    assert f"{seats} seats" in left(estimate(3600) * seats * 3)["notices"][0]["text"]["en"]
    assert "full" in left(-5)["notices"][0]["text"]["en"]
    for machine in (play.agency, play.sitting[0]):
        assert machine.view()["room"].get("disk") is None
        assert not machine.view()["room"].get("notices")


def test_a_recording_that_was_copied_away_opens_with_the_rooms_key_alone(play: Play, tmp_path: Path) -> None:
    from app.journal import SealingFault
    from app.recordings.sealed_file import opened

    alias = play.sitting[0].mine()["alias"]
    source = Path(play.room.folder) / "recordings" / STREAM.replace("/", "~") / alias / play.sitting[0].device  # type: ignore[attr-defined]
    copied = Path(shutil.copy(source / "000001.kwr", tmp_path / "000001.kwr"))
    assert WORDS.encode() in opened(copied, play.room.services.keys.recordings)  # type: ignore[attr-defined]
    with pytest.raises(SealingFault):
        opened(copied, play.room.services.keys.names)  # type: ignore[attr-defined]
