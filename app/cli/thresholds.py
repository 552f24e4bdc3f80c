"""The thresholds of faces in force at a machine: `face.json` in its folder, else the program's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault

if TYPE_CHECKING:
    from devices.face.decision import Thresholds

FILE = "face.json"


def thresholds_in(folder: Path) -> Thresholds:
    """The thresholds of a machine's or room's folder. `Fault` `bad_thresholds` with the place: no start by guess."""
    from devices.face.decision import Thresholds

    file = folder / FILE
    return thresholds_of(file) if file.exists() else Thresholds()


def thresholds_of(file: Path) -> Thresholds:
    """The thresholds of a file that was named; the same faults, and `FileNotFoundError`."""
    from devices.face.settings import BadThresholds, read_thresholds

    try:
        return read_thresholds(file.read_text("utf-8"))
    except BadThresholds as bad:
        raise _bad(file, bad.place, bad.allowed) from bad
    except UnicodeDecodeError as error:
        raise _bad(file, "$", "") from error


def _bad(file: Path, place: str, allowed: str) -> Fault:
    zh, en = (f"，应为 {allowed}", f" (it takes {allowed})") if allowed else ("", "")
    return Fault(
        "bad_thresholds",
        f"{file}:{place}",
        f"人脸阈值有误（{place}{zh}），请改正 {file} 后重试。",
        f"The face thresholds are wrong at {place}{en}; correct {file} and retry.",
    )
