"""What `kawei doctor` looks at of recording: how many hours a seat's disk lasts at the rate of its last segments, and
a room's for all its seats."""

from __future__ import annotations

import json
import shutil
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
    from app.recordings.space import estimate
    from devices.call.recorder import space

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


def room_hours(data: Path, plan: Path | None, free: Callable[[Path], int] | None = None) -> Finding:
    """Hours for which a room's disk takes the recordings of all seats of its plan."""
    import resources
    from app.recordings.space import hours_for
    from app.room import read_plan
    from app.room.recordings import KEEP_FREE

    room = read_plan(json.loads((plan or resources.path("room", "default.json")).read_text("utf-8")))
    if not room.recording.on:
        return Finding(Level.OK, "布局规定不录音录像", "the plan wants no recordings")
    place = next(folder for folder in (data, *data.absolute().parents) if folder.is_dir())
    left = (free or (lambda folder: shutil.disk_usage(folder).free))(place) - KEEP_FREE
    seats = len(room.seats)
    hours = hours_for(left, seats)
    zh = f"磁盘还可录 {seats} 个席位 {hours} 小时（场地摄像机另计，每台相当于一个席位）"
    en = f"{hours} h left for {seats} seats; each camera of the room takes as much as a seat"
    if hours < room.recording.warn_hours:
        return Finding(Level.WARNING, f"{zh}；请在开评前清理磁盘。", f"{en}; make room before a session starts.")
    return Finding(Level.OK, zh, en)


def _rate(lines: Sequence[Line]) -> int:
    """Bytes an hour; 0 where there is nothing to go by."""
    seconds = sum(
        (datetime.fromisoformat(one.end) - datetime.fromisoformat(one.start)).total_seconds() for one in lines
    )
    return round(sum(line.bytes for line in lines) / seconds * 3600) if seconds >= 1 else 0
