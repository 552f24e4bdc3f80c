"""A recording of a call through the real engine: it plays, it holds what left the seat, and it survives a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.ports.call import CallNews, EngineLost, RecordingChanged, RecordingState, SegmentKept
from app.recordings.manifest import check
from app.recordings.sealed_file import opened
from app.recordings.space import estimate
from devices.call.process import EngineCall
from devices.call.recorder import Recording
from devices.camera.reel import SegmentReel
from tests.devices.call_ground import TONE_HZ
from tests.devices.recording_ground import ROOM, ROOM_PUBLIC, play, play_file
from tests.devices.test_call import Post, Talker


class Watcher:
    """Keeps what the engine says of its recording."""

    def __init__(self, call: EngineCall) -> None:
        self._changed = threading.Condition()
        self.news: list[CallNews] = []
        call.subscribe(self._take)

    def _take(self, news: CallNews) -> None:
        if isinstance(news, RecordingChanged | SegmentKept | EngineLost):
            with self._changed:
                self.news.append(news)
                self._changed.notify_all()

    def until(self, holds: Callable[[list[CallNews]], bool], limit_s: float = 20.0) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: holds(self.news), limit_s)


def recording_call(folder: Path) -> tuple[EngineCall, Watcher]:
    call = EngineCall(Post("one", {}), recording=Recording(folder, (ROOM_PUBLIC,)))
    return call, Watcher(call)


def grows_to(path: Path, size: int, limit_s: float = 20.0) -> bool:
    """Whether a segment has come to so many bytes in time."""
    pause, end = threading.Event(), time.monotonic() + limit_s
    while not (path.exists() and path.stat().st_size >= size):
        if time.monotonic() > end:
            return False
        pause.wait(0.05)
    return True


def seconds(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def test_what_is_said_and_shown_is_kept_with_nobody_there_and_plays(tmp_path: Path) -> None:
    call, watcher = recording_call(tmp_path)
    call.start()
    assert watcher.until(lambda news: bool(news))
    first = watcher.news[0]
    assert isinstance(first, RecordingChanged)
    assert first.state is RecordingState.RUNNING
    assert estimate(first.seconds_left) > 0
    talker = Talker(call, (200, 40, 40))
    try:
        assert grows_to(tmp_path / "000001.kwr", 20_000)
    finally:
        talker.end()
        call.stop()
        assert call.join(10)
    (line,) = check(tmp_path)
    (kept,) = (news for news in watcher.news if isinstance(news, SegmentKept))
    assert (kept.seq, kept.sha256, kept.gaps) == (1, line.hash, ())
    played = play_file(tmp_path / line.file)
    long = seconds(line.start, line.end)
    assert long > 1
    assert played.size == (320, 180)
    assert played.pictures >= 6 * long  # ten a second are shown on a quiet machine
    assert abs(played.sound_s - long) < 0.5
    reel = SegmentReel(opened(tmp_path / line.file, ROOM))  # as a console replays it
    heard = np.frombuffer(reel.sound_between(0.5, 1.0), "<i2")
    assert np.argmax(np.abs(np.fft.rfft(heard))) / 0.5 == pytest.approx(TONE_HZ, abs=4)
    assert np.abs(heard).max() > 4_000
    reel.close()


def test_a_killed_engine_loses_less_than_a_second_and_the_hole_is_named(tmp_path: Path) -> None:
    call, watcher = recording_call(tmp_path)
    call.start()
    talker = Talker(call, (40, 200, 40))
    try:
        assert grows_to(tmp_path / "000001.kwr", 20_000)
        killed_at = time.time()
        assert call.engine_pid is not None
        os.kill(call.engine_pid, signal.SIGKILL)
        assert watcher.until(lambda news: any(isinstance(one, EngineLost) for one in news))
        assert watcher.until(lambda news: any(isinstance(one, SegmentKept) for one in news))
        assert grows_to(tmp_path / "000002.kwr", 20_000)
    finally:
        talker.end()
        call.stop()
        assert call.join(10)
    cut, whole = check(tmp_path)
    assert killed_at - datetime.fromisoformat(cut.end).timestamp() < 1.0
    assert cut.gaps == ()
    (gap,) = whole.gaps
    assert (gap.track, gap.start, gap.end, gap.why) == ("all", cut.end, whole.start, "interrupted")
    for line in (cut, whole):
        played = play_file(tmp_path / line.file)
        assert played.pictures > 5
        # More may be in it: what was said while the engine started waited for it, and came all at once.
        assert played.sound_s > seconds(line.start, line.end) - 0.5


def test_a_killed_owner_leaves_a_recording_that_its_engine_brings_to_an_end(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "tests.devices.recording_owner_run", str(tmp_path)]
    owner = subprocess.Popen(run, cwd=Path(__file__).parents[2])
    try:
        assert grows_to(tmp_path / "000001.kwr", 20_000)
    finally:
        killed_at = time.time()
        owner.kill()
        owner.wait()
    assert grows_to(tmp_path / "manifest.jsonl", 1)
    (line,) = check(tmp_path)
    assert killed_at - datetime.fromisoformat(line.end).timestamp() < 1.0
    assert play_file(tmp_path / line.file).pictures > 5


def test_what_is_muted_is_not_in_the_recording_and_the_gap_says_so(tmp_path: Path) -> None:
    call, watcher = recording_call(tmp_path)
    call.start()
    assert watcher.until(lambda news: bool(news))
    talker = Talker(call, (40, 40, 200))
    try:
        assert grows_to(tmp_path / "000001.kwr", 10_000)
        call.mute(sound=True, picture=False)
        muted_at = time.time()
        assert _later(muted_at + 2.5)
        call.mute(sound=False, picture=False)
        assert _later(muted_at + 3.5)
    finally:
        talker.end()
        call.stop()
        assert call.join(10)
    (line,) = check(tmp_path)
    (gap,) = line.gaps
    assert (gap.track, gap.why) == ("sound", "silent")
    assert 2.0 < seconds(gap.start, gap.end) < 3.5
    played = play(opened(tmp_path / line.file, ROOM))
    assert played.longest_step_s < 1.5
    assert played.sound_s < seconds(line.start, line.end) - 1.5


@pytest.mark.slow
def test_each_segment_of_a_long_call_begins_with_a_key_frame_and_none_is_lost(tmp_path: Path) -> None:
    call, watcher = recording_call(tmp_path)
    call.start()
    assert watcher.until(lambda news: bool(news))
    talker = Talker(call, (200, 200, 40))
    try:
        assert watcher.until(lambda news: sum(isinstance(one, SegmentKept) for one in news) == 2, 70.0)
    finally:
        talker.end()
        call.stop()
        assert call.join(10)
    lines = check(tmp_path)
    assert len(lines) == 3
    for line in lines[:2]:
        assert 10 < seconds(line.start, line.end) < 30
    for earlier, later in pairwise(lines):
        assert abs(seconds(earlier.end, later.start)) < 0.3
        assert later.gaps == ()
    for line in lines:
        played = play_file(tmp_path / line.file)
        assert played.longest_step_s < 1.0
        assert played.pictures > 0
        assert played.sound_s > seconds(line.start, line.end) - 0.5


def test_a_tap_whose_link_breaks_makes_it_again_beginning_with_a_key_frame() -> None:
    script = Path(__file__).with_name("tap_run.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines() == [*["['PICTURE', 'SOUND'] True (64, 48)"] * 2, "0"], done.stderr


def test_a_recording_that_was_changed_is_not_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text("{}\n")
    call, watcher = recording_call(tmp_path)
    call.start()
    try:
        assert watcher.until(lambda news: bool(news))
        first = watcher.news[0]
        assert isinstance(first, RecordingChanged)
        assert first.state is RecordingState.BROKEN
    finally:
        call.stop()
        assert call.join(10)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.jsonl"]


def _later(moment: float) -> bool:
    """Let real time pass: how long a mute lasts is what is measured."""
    threading.Event().wait(max(0.0, moment - time.time()))
    return True
