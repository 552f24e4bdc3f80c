"""Brings what this machine recorded to the room: the lists at once, the segments in the background, each exactly once.

The room is asked how far it has it, so nothing is remembered here: a machine that was killed goes on where the room is.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.timing import Pace, Timing
from app.link.worker import Worker
from app.recordings.manifest import BrokenManifest, Line, lines_in, whole, written
from app.recordings.taking_up import SUFFIX, take_up

log = logging.getLogger(__name__)

MOST_LINES = 50
PIECE = 128 * 1024
"""Bytes sent at once; with `PIECE_S` at most 1.6 Mbit/s, twice what a recording makes."""
PIECE_S = 0.64
QUIET_S = 10.0
"""A file that nobody has written to for so long is nobody's: the engine of a killed seat ends within a second."""

Place = tuple[str, str]
"""Stream, alias; or, at a console, the party of a camera of the room."""


def folder_of(root: Path, place: Place) -> Path:
    """Where this machine records a member, or a camera."""
    return root / place[0].replace("/", "~") / place[1]


class RecordingPost:
    """One worker; the window says where it records, how that stands, and when the line is needed for something else."""

    def __init__(
        self,
        client: RoomClient,
        root: Path,
        timing: Timing,
        *,
        pause_s: float = PIECE_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client, self._root, self._pause_s, self._now = client, root, pause_s, now
        self._pace = Pace(timing)
        self._lock = threading.Lock()
        self._settled = self._held = False
        self._current: frozenset[Place] = frozenset()
        self._states: dict[Place, tuple[str, int]] = {}
        self._brought: dict[Place, tuple[int, int, str]] = {}
        """By place: lines and segments that the room has, and the state that it was told."""
        self.worker = Worker("recordings", self._bring_all)

    # --- what the window says

    def record_into(self, place: Place | None) -> Path | None:
        """From now on this is recorded here, and nothing else; the folder. None: nothing is."""
        found = self.record_all(() if place is None else (place,))
        return None if place is None else found[place]

    def record_all(self, places: Collection[Place]) -> dict[Place, Path]:
        """From now on these are recorded here, and nothing else; the folder of each."""
        with self._lock:
            self._settled, self._current = True, frozenset(places)
        self.worker.ring()
        return {place: folder_of(self._root, place) for place in places}

    def tell(self, place: Place, state: str, hours_left: int) -> None:
        """So it stands with a recording; also when a segment was kept."""
        with self._lock:
            self._states[place] = (state, hours_left)
        self.worker.ring()

    def hold(self, *, held: bool) -> None:
        """While a call needs the line, lists go on and segments wait."""
        with self._lock:
            self._held = held
        self.worker.ring()

    # --- the worker

    def _bring_all(self) -> float | None:
        pause: float | None = None
        with self._lock:
            settled = self._settled
        if not settled:
            return None
        for place in self._places():
            try:
                more = self._bring(place)
            except LinkFault:
                return self._pace.next()
            except RoomRefused as refused:
                if refused.passes:
                    return self._pace.next()
                log.error("the room does not take a recording: %s", refused.code)
                more = None
            except (BrokenManifest, OSError) as error:
                log.error("a recording cannot be read: %s", error)
                more = None
            if self.worker.stopped.is_set():
                return None
            pause = more if pause is None else pause if more is None else min(pause, more)
        self._pace.reset()
        return pause

    def _places(self) -> list[Place]:
        found = sorted(self._root.glob("*/*")) if self._root.is_dir() else []
        return [(path.parent.name.replace("~", "/", 1), path.name) for path in found if path.is_dir()]

    def _bring(self, place: Place) -> float | None:
        """One recording; returns when to look again, None where nothing is to be done."""
        with self._lock:
            current, held = place in self._current, self._held
            pause_s = self._pause_s / max(1, len(self._current))  # each camera brings as much as a seat does
            state, hours = self._states.get(place, ("running", 1_000_000))
        folder = folder_of(self._root, place)
        later = None if current else self._take_up(folder)
        lines = lines_in(folder)
        known = self._brought.get(place)
        if known is not None and known[0] == len(lines) and known[2] == state and (held or known[1] == len(lines)):
            return later
        if not lines and known is None and state == "running":
            return later
        far = self._client.recording_held(*place)
        far = self._send_lines(place, lines, far, (state, hours))
        if not held and far["segments"] < far["lines"]:
            held = not self._fits(folder, lines[far["segments"]])
        while not held and far["segments"] < far["lines"] and not self.worker.stopped.is_set():
            far = self._send_piece(place, folder, lines[far["segments"]], far)
            self._remember(place, far, state)
            self.worker.stopped.wait(pause_s)
            with self._lock:
                held = self._held
        self._remember(place, far, state)
        if far["lines"] < len(lines):  # its evaluation has closed: what was not handed in by then stays here
            self._brought[place] = (len(lines), len(lines), state)
        return later

    def _fits(self, folder: Path, line: Line) -> bool:
        """Whether a segment is still the listed one; what was changed since is not worth the line."""
        if whole(folder / line.file, line):
            return True
        log.error("a segment was changed since it was recorded: %s", line.file)
        return False

    def _remember(self, place: Place, far: dict[str, Any], state: str) -> None:
        self._brought[place] = (far["lines"], far["segments"], state)

    def _take_up(self, folder: Path) -> float | None:
        """List what a recorder that was killed had left unlisted, once it surely is dead."""
        named = {line.file for line in lines_in(folder)}
        left = [path for path in folder.glob(f"*{SUFFIX}") if path.name not in named]
        if not left:
            return None
        quiet = self._now() - max(path.stat().st_mtime for path in left)
        if quiet < QUIET_S:
            return QUIET_S - quiet
        take_up(folder)
        return None

    def _send_lines(
        self, place: Place, lines: Sequence[Line], far: dict[str, Any], told: tuple[str, int]
    ) -> dict[str, Any]:
        while True:
            fresh = [written(line).decode() for line in lines[far["lines"] :][:MOST_LINES]]
            before = far["lines"]
            far = self._client.send_recording(*place, fresh, *told)
            if far["lines"] >= len(lines) or far["lines"] == before:
                return far

    def _send_piece(self, place: Place, folder: Path, line: Line, far: dict[str, Any]) -> dict[str, Any]:
        with (folder / line.file).open("rb") as file:
            file.seek(far["bytes"])
            piece = file.read(PIECE)
        try:
            return self._client.send_segment(*place, line.seq, far["bytes"], piece)
        except RoomRefused as refused:
            if refused.code != "wrong_place":
                raise
            return self._client.recording_held(*place)
