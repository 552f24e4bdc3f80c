"""What `kawei doctor` looks at of recording: how many hours this seat's disk lasts at the rate of its last segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.finding import Finding, Level

if TYPE_CHECKING:
    from app.recordings.manifest import Line

WARN_HOURS = 8
"""The room's plan may set another number; a seat learns it with its session."""
NEWEST = 200
"""So many segments say what a second costs today."""


def hours_left(state: Path, free: Callable[[Path], int] | None = None) -> Finding:
    """Hours of recording that fit on the disk of a seat; what an earlier session left broken is said as well."""
    from app.recordings.manifest import NAME, BrokenManifest, lines_in
    from devices.call.recorder import estimate, space

    root = state / "recordings"
    lines: list[Line] = []
    for manifest in sorted(root.rglob(NAME)) if root.is_dir() else ():
        try:
            lines += lines_in(manifest.parent)
        except BrokenManifest:
            return Finding(
                Level.FAILED,
                f"{manifest.parent} 的录音录像清单被改动过；请保留该目录备查，并移出后再使用本席位。",
                f"The list of the recording in {manifest.parent} was changed; keep that folder aside before going on.",
            )
    left = space(root if root.is_dir() else state, free)
    rate = _rate(sorted(lines, key=lambda line: line.end)[-NEWEST:]) or estimate(3600)
    hours = left.bytes // rate
    zh, en = f"磁盘还可录 {hours} 小时（每小时 {rate // 10**6} MB）", f"{hours} h left at {rate // 10**6} MB an hour"
    if hours < WARN_HOURS:
        return Finding(Level.WARNING, f"{zh}；请在开评前清理磁盘。", f"{en}; make room before a session starts.")
    return Finding(Level.OK, zh, en)


def _rate(lines: Sequence[Line]) -> int:
    """Bytes an hour; 0 where there is nothing to go by."""
    seconds = sum(
        (datetime.fromisoformat(one.end) - datetime.fromisoformat(one.start)).total_seconds() for one in lines
    )
    return round(sum(line.bytes for line in lines) / seconds * 3600) if seconds >= 1 else 0
