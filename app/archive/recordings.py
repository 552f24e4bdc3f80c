"""The lists of recordings (`data/recordings/`): as the room collected them, held to what the journal has noted.

The segments themselves are sealed and large; they lie beside a package (`recordings/ALIAS/MACHINE/`), not in it.
Whoever has a package and the segments can prove of each that it is the recorded one, without any key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.evaluation.matters.recording.records import Kept, RecordingGap, Recordings
from app.evaluation.model import Evaluation
from app.recordings.manifest import BrokenManifest, Line, read

FOLDER = "data/recordings/"


class RecordingFault(Exception):
    """A list is not the one that the journal has noted; `part` says what is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def noted(state: Evaluation) -> dict[str, Kept]:
    """By its path in a package, what the journal has noted of each recording."""
    kept = state.memory(Recordings).kept.values()
    return {f"{FOLDER}{one.party}/{one.device}.jsonl": one for one in kept}


def index_of(state: Evaluation) -> dict[str, Any]:
    """`manifest.json`: which lists there are, how long, and the hash of the last line of each."""
    due = noted(state)
    if not due:
        return {"v": 1, "segments": []}
    listed = [
        {"party": one.party, "device": one.device, "segments": one.seq, "sha256": one.sha256, "list": path}
        for path, one in sorted(due.items())
    ]
    return {"v": 2, "recordings": listed}


def list_files(state: Evaluation, lists: Mapping[tuple[str, str], bytes]) -> dict[str, bytes]:
    """The lists that the room has, by path."""
    return {
        path: lists[one.party, one.device] for path, one in noted(state).items() if (one.party, one.device) in lists
    }


def check_list(content: bytes, due: Kept) -> tuple[Line, ...]:
    """The lines of a list; raises `RecordingFault` where it is not whole or not the one that was noted."""
    try:
        lines = tuple(read(content))
    except BrokenManifest as broken:
        raise RecordingFault(f"{broken.code} {broken.seq}") from None
    if len(lines) != due.seq or lines[-1].hash != due.sha256 or not content.endswith(b"\n"):
        raise RecordingFault("not_noted")
    told = [(gap.track, gap.start, gap.end, gap.why) for line in lines for gap in line.gaps]
    if told != [_plain(gap) for gap in due.gaps]:
        raise RecordingFault("gaps")
    return lines


def _plain(gap: RecordingGap) -> tuple[str, str, str, str]:
    return gap.track.value, gap.start, gap.end, gap.why.value
