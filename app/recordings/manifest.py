"""The manifest of a recording: one line a segment, each bound to the line before, appended and never changed.

A line is the RFC 8785 form of {bytes, end, file, gaps, prev, seq, sha256, start}; `prev` is the SHA-256 of the line
before (without its line feed), 64 zeros for the first. Who knows the hash of the last line knows the whole recording.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Protocol, TypeVar

from app.journal import NotCanonical, canonical

NAME = "manifest.jsonl"
START = "0" * 64
"""What the first line is bound to."""


class Why(Enum):
    """Why a stretch of time is not in the recording."""

    SILENT = "silent"  # nothing came from this track: muted, or no such device
    PAUSED = "paused"  # nothing was to be recorded: no call
    INTERRUPTED = "interrupted"  # the recording was cut off: killed, or the power went
    DISK = "disk"  # no room, or the disk said no


class Timed(Protocol):
    """Something recorded from a moment to another, both RFC 3339 with offset."""

    @property
    def start(self) -> str:
        """The first moment."""
        ...

    @property
    def end(self) -> str:
        """The last one."""
        ...


T = TypeVar("T", bound=Timed)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that is not in the recording; `track` is `picture`, `sound` or `all`. Times in UTC, RFC 3339."""

    track: str
    start: str
    end: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One segment: its file, its time in UTC, and the gaps that ended in it or before it."""

    seq: int
    file: str
    bytes: int
    sha256: str
    prev: str
    start: str
    end: str
    gaps: tuple[Gap, ...]

    @property
    def hash(self) -> str:
        """What the next line is bound to, and what the journal keeps."""
        return hashlib.sha256(written(self)).hexdigest()


def written(line: Line) -> bytes:
    """A line as it stands in the manifest, without its line feed."""
    return canonical(asdict(line))


class BrokenManifest(Exception):
    """The manifest is not what its writer wrote; `code` is stable, `seq` the line it was found at."""

    def __init__(self, code: str, seq: int) -> None:
        super().__init__(f"{code}: {seq}")
        self.code, self.seq = code, seq


class Manifest:
    """The manifest of a folder, kept by the one who records into it."""

    def __init__(self, folder: Path) -> None:
        """Read what is there; the torn line of a writer that was killed is cut off. Raises `BrokenManifest`."""
        self._path = folder / NAME
        data = self._path.read_bytes() if self._path.exists() else b""
        whole = data[: data.rfind(b"\n") + 1]
        self._lines = list(read(whole))
        if whole != data:
            with self._path.open("r+b") as file:
                file.truncate(len(whole))
                os.fsync(file.fileno())

    @property
    def lines(self) -> Sequence[Line]:
        """All lines so far."""
        return self._lines

    def add(self, file: str, size: int, sha256: str, start: str, end: str, gaps: Sequence[Gap]) -> Line:
        """Append a line and see it on the disk."""
        prev = self._lines[-1].hash if self._lines else START
        line = Line(len(self._lines) + 1, file, size, sha256, prev, start, end, tuple(gaps))
        self.append(line)
        return line

    def append(self, line: Line) -> None:
        """Append a line that was made elsewhere and see it on the disk. Raises `BrokenManifest` `bad_chain`."""
        if line.seq != len(self._lines) + 1 or line.prev != (self._lines[-1].hash if self._lines else START):
            raise BrokenManifest("bad_chain", line.seq)
        with self._path.open("ab", buffering=0) as out:
            out.write(written(line) + b"\n")
            os.fsync(out.fileno())
        self._lines.append(line)


def whole(file: Path, line: Line) -> bool:
    """Whether a file is the segment of a line, to the last bit."""
    if not file.is_file() or file.stat().st_size != line.bytes:
        return False
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == line.sha256


def lines_in(folder: Path) -> Sequence[Line]:
    """The lines of a folder's manifest, none where there is none. Raises `BrokenManifest`: `bad_line`, `bad_chain`."""
    path = folder / NAME
    return tuple(read(path.read_bytes() if path.exists() else b""))


def check(folder: Path) -> Sequence[Line]:
    """All lines of a recording whose chain and files are whole.

    Raises `BrokenManifest`: `bad_line`, `bad_chain`, `missing_file`, `changed_file`.
    """
    lines = lines_in(folder)
    for line in lines:
        if not (folder / line.file).is_file():
            raise BrokenManifest("missing_file", line.seq)
        if not whole(folder / line.file, line):
            raise BrokenManifest("changed_file", line.seq)
    return lines


def place_of(lines: Sequence[T], at: str) -> tuple[T, float] | None:
    """The segment that holds a moment (RFC 3339 with offset) and the second in it; None where nothing was recorded.

    Raises ValueError for what is no moment.
    """
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    for line in lines:
        start, end = datetime.fromisoformat(line.start), datetime.fromisoformat(line.end)
        if start <= moment <= end:
            return line, (moment - start).total_seconds()
    return None


def read_line(text: bytes, number: int) -> Line:
    """One line, without its line feed. Raises `BrokenManifest` `bad_line`."""
    try:
        told = json.loads(text)
        line = Line(**(told | {"gaps": tuple(Gap(**gap) for gap in told["gaps"])}))
        kinds = [type(value) for value in (line.seq, line.bytes, line.file, line.sha256, line.prev)]
        plain = kinds == [int, int, str, str, str] and line.file == Path(line.file).name and line.file != ""
        same = written(line) == text
        for moment in (line.start, line.end):
            datetime.fromisoformat(moment)
    except (ValueError, TypeError, KeyError, NotCanonical):
        raise BrokenManifest("bad_line", number) from None
    if not same or not plain:
        raise BrokenManifest("bad_line", number)
    return line


def read(data: bytes) -> Sequence[Line]:
    """A whole manifest. Raises `BrokenManifest`: `bad_line`, `bad_chain`."""
    found: list[Line] = []
    for number, text in enumerate(data.splitlines(), 1):
        line = read_line(text, number)
        if line.seq != number or line.prev != (found[-1].hash if found else START):
            raise BrokenManifest("bad_chain", number)
        found.append(line)
    return found
