"""Recording what a seat says and shows in a call: encrypted segments, a chained manifest, gaps named, the disk watched.

Law: whoever is killed loses less than a second. What was taken is in the file after `CLUSTER_MS` and a tick; a segment
that a killed recorder left open is closed by the next one, up to its last whole chunk, and the hole is named.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.recordings.manifest import Gap, Line, Why
from app.recordings.sealed_file import Chance, SealedFile
from app.recordings.space import estimate
from app.recordings.taking_up import SUFFIX, take_up, time_of
from devices.call import mkv
from devices.call.mkv import Track

log = logging.getLogger(__name__)

SEGMENT_MS = 20_000
"""From here on a segment ends at the next key frame of the picture, or at once where there is no picture."""
LONGEST_SEGMENT_MS = 60_000
CLUSTER_MS = 400
"""What is written at once: together with a tick less than the second that a killed recorder may lose."""
GAP_MS = 1_000
"""A track that gives nothing for longer has a gap."""
LATE_MS = 120
"""How late a frame may come by its track's own clock before that is set anew, as after a muted stretch."""
RETRY_MS = 5_000
"""How long a disk that had no room or said no is left alone."""
KEEP_FREE = 512 * 1024 * 1024
"""Bytes of a disk that recording leaves to everything else."""
RATES = {Track.PICTURE: 90_000, Track.SOUND: 48_000}
"""Ticks of a second in the stamps that an encoder puts on its frames."""
FRAME_MS = {Track.PICTURE: 0, Track.SOUND: 20}
_WRAP = 1 << 32


@dataclass(frozen=True, slots=True)
class Recording:
    """What an engine is to record into, and the raw X25519 keys of those who may ever look at it: the room's."""

    folder: Path
    recipients: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class EncodedFrame:
    """A frame as it left an encoder: when it did, in ms since 1970, and its own stamp in ticks of its track."""

    track: Track
    at_ms: int
    stamp: int
    key: bool
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Space:
    """What the disk has for recording: bytes, and the seconds that they last at the most a recording takes."""

    bytes: int
    seconds: int


def space(folder: Path, free: Callable[[Path], int] | None = None) -> Space:
    """What is left for recording into a folder; asked before a session as well as during it."""
    left = max(0, (free or _free)(folder) - KEEP_FREE)
    return Space(left, left // estimate(1))


class Timeline:
    """One track's frames on the machine's clock: evenly spaced as they were taken, not as they came out.

    No frame comes out before it was taken, so the quickest ones tell the truth and the others are held against them.
    """

    def __init__(self, track: Track) -> None:
        self._rate = RATES[track]
        self._base: tuple[int, int] | None = None
        self._last = 0

    def at(self, frame: EncodedFrame) -> int:
        """Milliseconds since 1970; never before the frame before."""
        stamp, at = self._base or (frame.stamp, frame.at_ms)
        ticks = (frame.stamp - stamp + _WRAP // 2) % _WRAP - _WRAP // 2
        found = at + ticks * 1000 // self._rate
        if self._base is None or not -LATE_MS <= found - frame.at_ms <= 0:
            self._base, found = (frame.stamp, frame.at_ms), frame.at_ms
        self._last = max(self._last, found)
        return self._last


class Recorder:
    """Takes frames in the order they come; one thread's. Raises `BrokenManifest` where the folder's was changed."""

    def __init__(
        self,
        folder: Path,
        recipients: Sequence[bytes],
        chance: Chance,
        *,
        on_line: Callable[[Line], None] = lambda line: None,
        free: Callable[[Path], int] | None = None,
    ) -> None:
        self._folder, self._recipients, self._chance = folder, tuple(recipients), chance
        self._on_line, self._free = on_line, free or _free
        self._timelines = {track: Timeline(track) for track in Track}
        self._ends: dict[Track, int] = {}
        self._last_picture = 0
        self._size = (640, 360)  # until a picture says its own: every decoder goes by the key frame's
        self._gaps: list[Gap] = []
        self._segment: _Segment | None = None
        self._stopped, self._retry_ms = False, 0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._begin(Why.PAUSED)

    @property
    def stopped(self) -> bool:
        """Whether nothing is being recorded since the disk has no room or says no."""
        return self._stopped

    @property
    def key_wanted(self) -> bool:
        """Whether a segment waits for the picture's key frame to end."""
        segment = self._segment
        if segment is None:
            return False
        return self._last_picture - segment.start_ms >= SEGMENT_MS

    def take(self, frame: EncodedFrame) -> None:
        """One frame; dropped while `stopped`."""
        at = self._timelines[frame.track].at(frame)
        if self._stopped:
            return
        try:
            if self._segment is not None and self._ends_before(frame, at):
                self._end_segment()
            self._name_gap(frame.track, at)
            self._ends[frame.track] = at + FRAME_MS[frame.track]
            if frame.track is Track.PICTURE:
                self._last_picture = at
                if frame.key and frame.width and frame.height:
                    self._size = (frame.width, frame.height)
            segment = self._segment = self._segment or self._new_segment(at)
            segment.add(frame, at)
            if segment.waiting_ms(at) >= CLUSTER_MS:
                self._flush(segment)
        except OSError as error:
            self._stop(error)

    def tick(self, now_ms: int) -> None:
        """Whether anything comes or not, several times a second: write what waits, see whether the disk has room."""
        try:
            if self._stopped:
                self._retry_ms = self._retry_ms or now_ms + RETRY_MS
                if now_ms >= self._retry_ms and self._has_room():
                    self._begin(Why.DISK)
                return
            segment = self._segment
            if segment is None:
                return
            if segment.waiting_ms(now_ms) >= CLUSTER_MS:
                self._flush(segment)
            if now_ms - segment.start_ms >= LONGEST_SEGMENT_MS:
                self._end_segment()
        except OSError as error:
            self._stop(error)

    def close(self, *, orderly: bool = True) -> None:
        """The end of the recording, for now; not `orderly` where its owner was lost: the next one calls the hole so."""
        try:
            if self._segment is not None:
                self._end_segment(orderly=orderly)
        except OSError as error:
            self._stop(error)

    # --- segments

    def _begin(self, why: Why) -> None:
        """Take up a folder: close what an earlier recorder left open, and remember since when there is nothing."""
        taken = take_up(self._folder)
        self._manifest = taken.manifest
        for line in taken.found:
            self._on_line(line)
        if why is not Why.DISK and (taken.found or not taken.clean):
            why = Why.INTERRUPTED
        self._stopped = False
        self._ends.clear()
        lines = self._manifest.lines
        self._before = (lines[-1].end, why) if lines else None

    def _new_segment(self, at: int) -> _Segment:
        path = self._folder / f"{len(self._manifest.lines) + 1:06d}{SUFFIX}"
        return _Segment(SealedFile(path, self._recipients, self._chance), at)

    def _ends_before(self, frame: EncodedFrame, at: int) -> bool:
        segment = self._segment
        age = at - segment.start_ms if segment is not None else 0
        if age < SEGMENT_MS:
            return False
        pictured = self._last_picture >= at - GAP_MS
        key = frame.track is Track.PICTURE and frame.key
        return key or not pictured or age >= LONGEST_SEGMENT_MS

    def _flush(self, segment: _Segment) -> None:
        if not self._has_room():
            raise OSError(28, "no room is left for recording")
        segment.flush(self._size)

    def _end_segment(self, *, orderly: bool = True) -> None:
        segment = self._segment
        if segment is None:
            return
        self._flush(segment)
        if orderly:
            segment.file.close(segment.end_ms)
        else:
            segment.file.abandon(sync=True)
        self._segment = None
        for track in Track:  # a line is whole by itself: what is silent at its end is said, and goes on in the next
            self._name_gap(track, segment.end_ms)
        self._add(segment.file.path, segment.file.bytes, segment.file.sha256, segment.start_ms, segment.end_ms)

    def _add(self, path: Path, size: int, sha256: str, start_ms: int, end_ms: int) -> None:
        line = self._manifest.add(path.name, size, sha256, time_of(start_ms), time_of(end_ms), self._gaps)
        self._gaps = []
        self._on_line(line)

    # --- gaps and the disk

    def _name_gap(self, track: Track, at: int) -> None:
        """Whatever is missing before `at`, of all or of this track."""
        if not self._ends:
            if self._before is not None and time_of(at) > self._before[0]:
                self._gaps.append(Gap("all", self._before[0], time_of(at), self._before[1].value))
            self._ends = dict.fromkeys(Track, at)
        if at - self._ends[track] > GAP_MS:
            self._gaps.append(Gap(track.name.lower(), time_of(self._ends[track]), time_of(at), Why.SILENT.value))
            self._ends[track] = at

    def _has_room(self) -> bool:
        return self._free(self._folder) > KEEP_FREE

    def _stop(self, error: OSError) -> None:
        log.error("recording stopped: %s", error)
        self._stopped, self._retry_ms = True, 0
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.file.abandon()


class _Segment:
    """A segment that is being written: what waits for its next chunk."""

    def __init__(self, file: SealedFile, start_ms: int) -> None:
        self.file, self.start_ms, self.end_ms = file, start_ms, start_ms
        self._blocks: list[mkv.Block] = []
        self._since_ms = start_ms

    def add(self, frame: EncodedFrame, at: int) -> None:
        if not self._blocks:
            self._since_ms = at
        key = frame.key or frame.track is Track.SOUND
        # The two tracks come out of two encoders: one may be some milliseconds before the other that began the file.
        self._blocks.append(mkv.Block(frame.track, max(0, at - self.start_ms), key, frame.data))
        self.end_ms = max(self.end_ms, at + FRAME_MS[frame.track])

    def waiting_ms(self, now_ms: int) -> int:
        return now_ms - self._since_ms if self._blocks else 0

    def flush(self, size: tuple[int, int]) -> None:
        if self._blocks:
            content = mkv.cluster(self._blocks)
            begins = self.start_ms + min(block.at_ms for block in self._blocks)
            self.file.append(content if self.file.bytes else mkv.head(*size) + content, begins, self.end_ms)
            self._blocks = []


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
