"""Taking up what an earlier recorder left: a file that it had not brought into its list is closed and listed now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.recordings.manifest import Line, Manifest
from app.recordings.sealed_file import is_closed, mend

SUFFIX = ".kwr"


@dataclass(frozen=True)
class TakenUp:
    """The list as it is now; the lines that were missing in it; whether the last recorder came to its end."""

    manifest: Manifest
    found: Sequence[Line]
    clean: bool


def take_up(folder: Path) -> TakenUp:
    """Needs no key. Never while somebody records into the folder. Raises `BrokenManifest`, OSError."""
    manifest = Manifest(folder)
    named = {line.file for line in manifest.lines}
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path.name not in named:
            left = mend(path)
            if left is not None:
                times = (time_of(left.start_ms), time_of(left.end_ms))
                found.append(manifest.add(path.name, left.bytes, left.sha256, *times, ()))
    last = folder / manifest.lines[-1].file if manifest.lines else None
    return TakenUp(manifest, found, last is None or not last.is_file() or is_closed(last))


def time_of(ms: int) -> str:
    """Milliseconds since 1970 as a manifest writes them."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
