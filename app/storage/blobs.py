"""Files in a folder, named by the SHA-256 of what is in them; no name from outside ever reaches the disk."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.storage.faults import fault, told

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024


class FileBlobs:
    """The store of `app.ports.store.Blobs`: `ROOT/ab/cdef...`, folders 0700, files 0600.

    A file comes in under a name of chance in `ROOT/incoming`, reaches the disk, and only then gets its name;
    what a crash left in `incoming` is swept when the folder is opened. One process at a time uses a folder:
    the one that has the store. Any thread may call.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        with told(str(root)):
            for folder in (root, self._incoming):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
            for left in self._incoming.iterdir():
                left.unlink()

    def put(self, stream: BinaryIO, limit: int | None = None) -> str:
        """Keep everything that `stream` yields; returns its SHA-256; raises `blob_too_large`, `disk_full`."""
        with self._arriving() as (descriptor, path):
            digest = hashlib.sha256()
            size = 0
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if limit is not None and size > limit:
                    raise fault("blob_too_large", f"> {limit}")
                digest.update(chunk)
                with told(str(self._root)):
                    _write(descriptor, chunk)
            name = digest.hexdigest()
            with told(str(self._root)):
                os.fsync(descriptor)
                self._name(path, name)
        return name

    def open(self, sha256: str) -> BinaryIO:
        """The content; the caller closes it. Raises `blob_missing`, `bad_digest`."""
        with self._existing(sha256) as path:
            return path.open("rb")

    def check(self, sha256: str) -> int:
        """Read the content through and return its size; raises `blob_damaged`."""
        digest = hashlib.sha256()
        size = 0
        with self.open(sha256) as content, told(sha256):
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
        if digest.hexdigest() != sha256:
            raise fault("blob_damaged", sha256)
        return size

    def has(self, sha256: str) -> bool:
        """Whether this content is kept."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Its size in bytes; raises `blob_missing`."""
        with self._existing(sha256) as path:
            return path.stat().st_size

    def digests(self) -> Sequence[str]:
        """The digests of everything kept, sorted."""
        with told(str(self._root)):
            names = (path.parent.name + path.name for path in self._root.glob("[0-9a-f][0-9a-f]/*"))
            return sorted(name for name in names if _DIGEST.fullmatch(name))

    def delete(self, sha256: str) -> bool:
        """Delete a content when its retention has ended; returns whether it was there."""
        path = self._path(sha256)
        with told(sha256):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            _sync_folder(path.parent)
        return True

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise fault("bad_digest", "sha256")
        return self._root / sha256[:2] / sha256[2:]

    @contextmanager
    def _existing(self, sha256: str) -> Iterator[Path]:
        path = self._path(sha256)
        with told(sha256):
            try:
                yield path
            except FileNotFoundError as error:
                raise fault("blob_missing", sha256) from error

    @contextmanager
    def _arriving(self) -> Iterator[tuple[int, str]]:
        with told(str(self._root)):
            descriptor, path = tempfile.mkstemp(dir=self._incoming)  # 0600 by itself
        try:
            yield descriptor, path
        finally:
            os.close(descriptor)
            Path(path).unlink(missing_ok=True)

    def _name(self, arrived: str, name: str) -> None:
        """Give a file that is on the disk its name; the same content twice is the same file."""
        final = self._path(name)
        if not final.parent.exists():
            final.parent.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(self._root)
        Path(arrived).replace(final)
        _sync_folder(final.parent)


def _write(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk when its folder is; Windows, which opens no folder, sees to it itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
