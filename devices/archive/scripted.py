"""An archive in memory that can be away, or lose the line after so many bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.ports.archive_store import ArchiveFault, Kept, Progress
from devices.archive.folder import hash_of


class ScriptedStore:
    """Holds what was put, in pieces of `part` bytes; `away` and `cut_after` are set by whoever tests."""

    address = "scripted"

    def __init__(self, part: int = 1024) -> None:
        self.part = part
        self.away = False
        self.cut_after: int | None = None
        self.sent = 0
        """Bytes that went over the line, over all tries."""
        self.files: dict[str, tuple[bytes, Kept]] = {}
        self._growing: dict[tuple[str, str], bytes] = {}

    def put(self, name: str, file: Path, progress: Progress, lock_until: datetime | None = None) -> Kept:
        """See the port."""
        digest, size = hash_of(file)
        known = self.kept(name)
        if known is not None:
            if (known.sha256, known.size) != (digest, size):
                raise ArchiveFault("other_content", name)
            return known
        data, key = file.read_bytes(), (name, digest)
        there = self._growing.get(key, b"")
        while len(there) < size:
            if self.cut_after is not None and self.sent >= self.cut_after:
                self.cut_after = None
                raise ArchiveFault("unreachable", self.address)
            piece = data[len(there) : len(there) + self.part]
            there += piece
            self.sent += len(piece)
            self._growing[key] = there
            progress(len(there), size)
        kept = Kept(name, size, digest, lock_until)
        self.files[name] = (there, kept)
        return kept

    def kept(self, name: str) -> Kept | None:
        """See the port."""
        if self.away:
            raise ArchiveFault("unreachable", self.address)
        return self.files[name][1] if name in self.files else None

    def read(self, name: str) -> Iterator[bytes]:
        """See the port."""
        if self.kept(name) is None:
            raise ArchiveFault("missing", name)
        data = self.files[name][0]
        yield from (data[at : at + self.part] for at in range(0, len(data), self.part))
