"""The recorder by itself: where segments end, which gaps it names, what a kill leaves, what a full disk does."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from app.recordings.manifest import Line, check
from app.recordings.space import estimate
from devices.call.mkv import Track
from devices.call.recorder import (
    CLUSTER_MS,
    KEEP_FREE,
    LONGEST_SEGMENT_MS,
    RETRY_MS,
    SEGMENT_MS,
    EncodedFrame,
    Recorder,
    Space,
    Timeline,
    space,
)
from tests.devices.recording_ground import ROOM_PUBLIC, play_sound

START = 1_800_000_000_000
SILENCE = b"\xf8\xff\xfe"

ExpectsLog = Callable[..., AbstractContextManager[list[logging.LogRecord]]]


def sound(at: int) -> EncodedFrame:
    return EncodedFrame(Track.SOUND, START + at, at * 48 % (1 << 32), False, SILENCE)


def picture(at: int, *, key: bool = False) -> EncodedFrame:
    return EncodedFrame(Track.PICTURE, START + at, at * 90 % (1 << 32), key, b"picture", 320, 180)


def recorder(folder: Path, free: Callable[[Path], int] | None = None) -> tuple[Recorder, list[Line]]:
    told: list[Line] = []
    return Recorder(folder, [ROOM_PUBLIC], os.urandom, on_line=told.append, free=free), told


def run(to: Recorder, begin: int, end: int, *, pictures: bool = True, sounds: bool = True, keys: bool = True) -> None:
    """Fifty blocks of sound and five pictures a second; a key frame at the beginning and whenever one is wanted."""
    for at in range(begin, end, 20):
        if pictures and at % 200 == 0:
            to.take(picture(at, key=at == begin or (keys and to.key_wanted)))
        if sounds:
            to.take(sound(at))
        to.tick(START + at)


def stamp(at: int) -> str:
    return datetime.fromtimestamp((START + at) / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def gaps(line: Line) -> list[tuple[str, str, str, str]]:
    return [(gap.track, gap.start, gap.end, gap.why) for gap in line.gaps]


def test_a_segment_ends_at_a_key_frame_that_was_asked_for(tmp_path: Path) -> None:
    made, told = recorder(tmp_path)
    assert not made.key_wanted
    run(made, 0, 50_000)
    made.close()
    lines = check(tmp_path)
    assert list(lines) == told
    starts = [line.start for line in lines]
    assert starts[0] == stamp(0)
    assert len(lines) == 3
    for earlier, later in pairwise(starts):
        assert SEGMENT_MS <= _ms(later) - _ms(earlier) < SEGMENT_MS + 500
    assert all(line.gaps == () for line in lines)
    assert lines[-1].end == stamp(50_000)


def test_without_a_picture_it_ends_by_the_clock_and_each_line_names_what_is_missing(tmp_path: Path) -> None:
    made, _ = recorder(tmp_path)
    run(made, 0, 30_000, pictures=False)
    made.close()
    first, second = check(tmp_path)
    assert gaps(first) == [("picture", stamp(0), first.end, "silent")]
    assert gaps(second) == [("picture", first.end, second.end, "silent")]
    assert play_sound(tmp_path / first.file) == pytest.approx(20, abs=0.05)


def test_a_picture_without_key_frames_ends_no_later_than_the_longest(tmp_path: Path) -> None:
    made, _ = recorder(tmp_path)
    run(made, 0, 62_000, keys=False)
    made.close()
    first, second = check(tmp_path)
    assert _ms(second.start) - _ms(first.start) == pytest.approx(LONGEST_SEGMENT_MS, abs=100)


def test_a_segment_into_which_nothing_comes_any_more_is_closed(tmp_path: Path) -> None:
    made, told = recorder(tmp_path)
    run(made, 0, 5_000)
    for at in range(5_000, LONGEST_SEGMENT_MS + 400, 200):
        made.tick(START + at)
    assert len(told) == 1
    assert told[0].end == stamp(5_000)
    run(made, 100_000, 101_000)
    made.close()
    second = check(tmp_path)[1]
    assert gaps(second) == [
        ("picture", stamp(4_800), stamp(100_000), "silent"),
        ("sound", stamp(5_000), stamp(100_000), "silent"),
    ]


def test_a_muted_stretch_is_named_once_also_across_two_segments(tmp_path: Path) -> None:
    made, _ = recorder(tmp_path)
    run(made, 0, 3_000)
    run(made, 3_000, 3_600, sounds=False)  # shorter than a gap
    run(made, 3_600, 6_000)
    run(made, 6_000, 9_000, sounds=False)
    run(made, 9_000, 10_000)
    made.close()
    (line,) = check(tmp_path)
    assert gaps(line) == [("sound", stamp(6_000), stamp(9_000), "silent")]


def test_what_was_taken_is_in_the_file_within_a_cluster_and_a_tick(tmp_path: Path) -> None:
    made, _ = recorder(tmp_path)
    run(made, 0, 10_000)
    made.tick(START + 10_000 + CLUSTER_MS)
    (path,) = tmp_path.glob("*.kwr")
    assert play_sound(path) == pytest.approx(10, abs=0.02)
    made.close()


def test_what_a_killed_recorder_left_is_closed_by_the_next_and_the_hole_is_named(tmp_path: Path) -> None:
    killed, _ = recorder(tmp_path / "killed")
    run(killed, 0, 25_000)
    left = tmp_path / "left"
    shutil.copytree(tmp_path / "killed", left)  # what the disk has at this moment, and a chunk half written
    killed.close()
    path = left / "000002.kwr"
    with path.open("ab") as file:
        file.write(b"\x00\x00\x10\x00torn")
    made, told = recorder(left)
    assert [line.seq for line in told] == [2]
    run(made, 40_000, 42_000)
    made.close()
    first, second, third = check(left)
    assert first.gaps == second.gaps == ()
    assert 25_000 - 1_000 < _ms(second.end) - START <= 25_000
    assert gaps(third) == [("all", second.end, stamp(40_000), "interrupted")]
    assert play_sound(path) == pytest.approx((_ms(second.end) - _ms(second.start)) / 1000, abs=0.05)


def test_a_pause_between_two_calls_is_named(tmp_path: Path) -> None:
    for begin in (0, 60_000):
        made, _ = recorder(tmp_path)
        run(made, begin, begin + 2_000)
        made.close()
    first, second = check(tmp_path)
    assert first.gaps == ()
    assert gaps(second) == [("all", first.end, stamp(60_000), "paused")]


def test_a_full_disk_stops_it_and_room_lets_it_go_on(tmp_path: Path, expects_log: ExpectsLog) -> None:
    free = [KEEP_FREE * 2]
    made, _ = recorder(tmp_path, lambda folder: free[0])
    run(made, 0, 5_000)
    free[0] = KEEP_FREE
    with expects_log(r"recording stopped: .*no room", reason="the disk has no room"):
        run(made, 5_000, 6_000)
    assert made.stopped
    free[0] = KEEP_FREE * 2
    run(made, 6_000, 6_000 + RETRY_MS // 2)
    assert made.stopped
    run(made, 20_000, 22_000)
    assert not made.stopped
    made.close()
    first, second = check(tmp_path)
    assert _ms(first.end) - START > 4_000
    ((track, start, end, why),) = gaps(second)
    assert (track, start, end, why) == ("all", first.end, second.start, "disk")
    assert play_sound(tmp_path / first.file) == pytest.approx((_ms(first.end) - START) / 1000, abs=0.05)


def test_a_full_disk_at_the_end_is_said_and_the_rest_is_found_later(tmp_path: Path, expects_log: ExpectsLog) -> None:
    free = [KEEP_FREE * 2]
    made, _ = recorder(tmp_path, lambda folder: free[0])
    run(made, 0, 5_000)
    free[0] = 0
    with expects_log(r"recording stopped", reason="the disk has no room"):
        made.close()
    assert made.stopped
    _, told = recorder(tmp_path)
    assert [line.file for line in told] == ["000001.kwr"]
    assert check(tmp_path) == tuple(told)


def test_a_recorder_whose_owner_was_lost_lists_all_and_the_next_one_calls_the_hole_so(tmp_path: Path) -> None:
    made, _ = recorder(tmp_path)
    run(made, 0, 3_000)
    made.close(orderly=False)
    (line,) = check(tmp_path)
    made, _ = recorder(tmp_path)
    run(made, 9_000, 11_000)
    made.close()
    _, second = check(tmp_path)
    assert gaps(second) == [("all", line.end, stamp(9_000), "interrupted")]


def test_space_is_told_in_seconds_before_a_session(tmp_path: Path) -> None:
    hour = estimate(3_600)
    assert 300 * 10**6 < hour < 600 * 10**6
    assert space(tmp_path, lambda folder: KEEP_FREE + hour) == Space(hour, 3_600)
    assert space(tmp_path, lambda folder: 0) == Space(0, 0)
    assert space(tmp_path).bytes > 0


def test_a_track_keeps_its_own_even_time_and_is_set_anew_after_a_pause() -> None:
    line = Timeline(Track.SOUND)
    late = [0, 3, 50, 0, 20]  # ms that each block comes late
    at = [line.at(EncodedFrame(Track.SOUND, START + 20 * n + d, 960 * n, False, b"")) for n, d in enumerate(late)]
    assert at == [START + 20 * n for n in range(5)]
    wrapped = line.at(EncodedFrame(Track.SOUND, START + 5_000, 960 * 5, False, b""))
    assert wrapped == START + 5_000


def test_a_track_that_began_late_is_held_to_its_quickest_frames() -> None:
    line = Timeline(Track.SOUND)
    burst = [line.at(EncodedFrame(Track.SOUND, START, 960 * n, False, b"")) for n in range(25)]
    assert set(burst) == {START}
    assert line.at(EncodedFrame(Track.SOUND, START + 20, 960 * 25, False, b"")) == START + 20


def test_a_stamp_may_wrap() -> None:
    line = Timeline(Track.PICTURE)
    assert line.at(EncodedFrame(Track.PICTURE, START, (1 << 32) - 900, True, b"")) == START
    assert line.at(EncodedFrame(Track.PICTURE, START + 21, 900, False, b"")) == START + 20


def _ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)
