"""The room's disk as staff see it: for how many hours all seats can be recorded, told before a session and in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec
from app.evaluation.matter import Notice, Words


@dataclass(frozen=True)
class Disk:
    """`hours` for all `seats` at once, at the most that recording takes; below `warn_hours` staff are warned."""

    hours: int
    seats: int
    warn_hours: int


def disk_part(disk: Disk) -> dict[str, Any]:
    """The room's part of a view for staff: the estimate, and the standing notice where it is short."""
    part: dict[str, Any] = {"disk": {"hours": disk.hours, "seats": disk.seats}}
    if disk.hours < disk.warn_hours:
        part["notices"] = [codec.to_json(Notice(_words(disk), urgent=True))]
    return part


def _words(disk: Disk) -> Words:
    if not disk.hours:
        return Words(
            "机房磁盘已满或不足一小时：录音录像将暂存在席位，请立即清理机房磁盘",
            "The room's disk is full or lasts less than an hour: recordings stay at the seats; make room on it now",
        )
    return Words(
        f"机房磁盘只够 {disk.seats} 个席位录音录像 {disk.hours} 小时，请清理机房磁盘",
        f"The room's disk lasts {disk.hours} hours of recording {disk.seats} seats: make room on it",
    )
