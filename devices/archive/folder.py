"""An archive in a folder: a file appears whole or not at all, with its hash beside it, and is never written over."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.ports.archive_store import ArchiveFault, Kept, Progress

PIECE = 1024 * 1024
_SUM = ".sha256"


class FolderStore:
    """The store below `root`, which must be there: an archive that is not mounted is not made anew beside it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._root)

    def put(self, name: str, file: Path, progress: Progress, lock_until: datetime | None = None) -> Kept:
        """See the port. A folder keeps no locks: asking for one is refused."""
        if lock_until is not None:
            raise ArchiveFault("unlockable", self.address)
        if not self._root.is_dir():
            raise ArchiveFault("unreachable", self.address)
        digest, size = hash_of(file)
        known = self.kept(name)
        if known is not None:
            if (known.sha256, known.size) != (digest, size):
                raise ArchiveFault("other_content", name)
            return known
        target = self._path(name)
        growing = target.with_name(f".{target.name}.{digest[:16]}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._grow(growing, file, size, progress)
            if hash_of(growing) != (digest, size):
                growing.unlink()
                raise ArchiveFault("changed", str(file))
            _write(target.with_name(target.name + _SUM), f"{digest}  {target.name}\n".encode())
            growing.rename(target)
            _sync(target.parent)
        except OSError as error:
            raise ArchiveFault("full" if error.errno == errno.ENOSPC else "unreachable", self.address) from error
        return Kept(name, size, digest)

    def _grow(self, growing: Path, file: Path, size: int, progress: Progress) -> None:
        with file.open("rb") as source, growing.open("ab") as target:
            there = target.tell()
            if there > size:
                target.truncate(there := 0)
            source.seek(there)
            progress(there, size)
            while piece := source.read(PIECE):
                target.write(piece)
                there += len(piece)
                progress(there, size)
            target.flush()
            os.fsync(target.fileno())

    def kept(self, name: str) -> Kept | None:
        """See the port."""
        path = self._path(name)
        try:
            if not path.is_file():
                return None
            listed = path.with_name(path.name + _SUM).read_text("ascii").split("  ")[0]
            return Kept(name, path.stat().st_size, listed)
        except (OSError, ValueError):
            raise ArchiveFault("damaged", name) from None

    def read(self, name: str) -> Iterator[bytes]:
        """See the port."""
        path = self._path(name)
        if not path.is_file():
            raise ArchiveFault("missing", name)
        try:
            with path.open("rb") as source:
                while piece := source.read(PIECE):
                    yield piece
        except OSError as error:
            raise ArchiveFault("unreachable", self.address) from error

    def _path(self, name: str) -> Path:
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root.resolve()) or path == self._root.resolve():
            raise ArchiveFault("denied", name)
        return path


def hash_of(file: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest(), os.fstat(source.fileno()).st_size


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
