"""Where a package's files come from: a zip file or a folder, looked over before a single byte is unpacked."""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol

from app.exchange.limits import Limits
from app.exchange.refusal import PackageRefusal
from app.rules.tender import is_safe_path

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 20
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_END = _END_SIZE + 0xFFFF
_LOCATOR = struct.Struct("<4sIQI")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LONGEST_ENTRY = 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_UTF8 = 0x800


class Source(Protocol):
    """The files of a package by their path, with their claimed sizes."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Claimed size of every file in bytes."""

    def open(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open one file for reading; never more than its claimed size comes out."""


@contextmanager
def open_source(path: Path, limits: Limits) -> Iterator[Source]:
    """Open a zip file or a folder; whatever looks wrong from outside is refused before anything is read."""
    try:
        if path.is_dir():
            yield FolderSource(path, limits)
        elif path.is_file():
            _check_directory_size(path, limits)
            with zipfile.ZipFile(path) as archive:
                yield ZipSource(archive, path.stat().st_size, limits)
        else:
            raise PackageRefusal("not_found", "", path=path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as error:
        raise PackageRefusal("broken_zip", path.name, detail=str(error)[:80]) from None
    except NotImplementedError as error:
        raise PackageRefusal("unsupported_zip", path.name, detail=str(error)[:80]) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PackageRefusal("not_readable", "", path=path.name, detail=detail) from None


class FolderSource:
    """A package laid out as a folder."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Look over the whole folder; no link is followed."""
        self._root = root
        self._sizes: dict[str, int] = {}
        for path, status in _walk(root, ""):
            if not stat.S_ISREG(status.st_mode):
                raise PackageRefusal("not_regular_file", path, path=path)
            self._sizes[path] = status.st_size
            if len(self._sizes) > limits.files:
                raise PackageRefusal("too_many_files", "", count=len(self._sizes), limit=limits.files)
        _check_names(self._sizes)
        _check_sizes(self._sizes, limits)

    @property
    def sizes(self) -> Mapping[str, int]:
        """Size of every file in bytes."""
        return self._sizes

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one file for reading; a link put in its place meanwhile is refused."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._root / path, flags), "rb") as stream:
            yield stream


class ZipSource:
    """A package as a zip file."""

    def __init__(self, archive: zipfile.ZipFile, archive_size: int, limits: Limits) -> None:
        """Look over the directory of the zip file; nothing is unpacked."""
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        entries = archive.infolist()
        names = [entry.filename for entry in entries if not _is_folder(entry)]
        _check_names(names)
        for entry in entries:
            _check_entry(entry)
            if not _is_folder(entry):
                self._entries[entry.filename] = entry
        self._sizes = {name: entry.file_size for name, entry in self._entries.items()}
        _check_sizes(self._sizes, limits)
        _check_bomb(entries, archive_size, limits)

    @property
    def sizes(self) -> Mapping[str, int]:
        """Claimed size of every file in bytes."""
        return self._sizes

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one file for reading; the zip module stops at the claimed size and checks the CRC there."""
        with self._archive.open(self._entries[path]) as stream:
            yield io.BufferedReader(_InPieces(stream), CHUNK)


class _InPieces(io.RawIOBase):
    """Asks a zip entry for no more than a buffer at a time.

    Asked for everything at once, the zip module inflates all that lies there before it cuts off at the claimed
    size, so an entry that lies about its size could still fill the memory.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as there is something."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder / entry.name, f"{path}/")
            else:
                yield path, entry.stat(follow_symlinks=False)


def _check_names(paths: Iterable[str]) -> None:
    seen: set[str] = set()
    for path in paths:
        if not is_safe_path(path):
            raise PackageRefusal("bad_path", path[:80], path=path[:80])
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise PackageRefusal("duplicate_name", path, path=path)
        seen.add(folded)


def _check_sizes(sizes: Mapping[str, int], limits: Limits) -> None:
    if len(sizes) > limits.files:
        raise PackageRefusal("too_many_files", "", count=len(sizes), limit=limits.files)
    for path, size in sizes.items():
        limit = limits.json if path.endswith((".json", ".csv")) else limits.one_file
        if size > limit:
            raise PackageRefusal("too_large", path, size=size, limit=limit)
    total = sum(sizes.values())
    if total > limits.total:
        raise PackageRefusal("too_large", "", size=total, limit=limits.total)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse what a plain zip of plain files does not have: links, tricks with names, encryption, rare methods."""
    name = entry.filename
    shown = name[:80]
    if entry.orig_filename != name or not (entry.flag_bits & _UTF8 or name.isascii()):
        raise PackageRefusal("bad_path", shown, path=shown)
    if _is_folder(entry) and (not is_safe_path(name[:-1]) or entry.file_size):
        raise PackageRefusal("bad_path", shown, path=shown)
    mode = entry.external_attr >> 16
    kind = stat.S_IFMT(mode)
    if kind not in (0, stat.S_IFDIR if _is_folder(entry) else stat.S_IFREG):
        raise PackageRefusal("not_regular_file", shown, path=shown)
    if entry.flag_bits & _ENCRYPTED:
        raise PackageRefusal("unsupported_zip", shown, detail="encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageRefusal("unsupported_zip", shown, detail=f"method {entry.compress_type}")
    if entry.compress_type == zipfile.ZIP_STORED and entry.compress_size != entry.file_size:
        raise PackageRefusal("broken_zip", shown, detail="stored size differs")


def _check_bomb(entries: list[zipfile.ZipInfo], archive_size: int, limits: Limits) -> None:
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise PackageRefusal("overlapping_entries", entry.filename)
        end = entry.header_offset + _LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size >= limits.ratio_from and ratio > limits.ratio:
            raise PackageRefusal("suspicious_compression", entry.filename, ratio=ratio)
    if end > archive_size:
        raise PackageRefusal("broken_zip", "", detail="entries beyond the end")


def _check_directory_size(path: Path, limits: Limits) -> None:
    """Read how long the zip's directory claims to be before the zip module builds a list of it."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        start = stream.seek(max(0, size - _LONGEST_END))
        tail = stream.read()
        if not tail:
            raise PackageRefusal("empty_file", "", path=path.name)
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_SIZE:
            if tail[:2] == b"PK" or start:
                raise PackageRefusal("broken_zip", "", detail="no directory")
            raise PackageRefusal("not_a_package", "")
        count, length = struct.unpack_from("<HI", tail, at + 10)
        stream.seek(max(0, start + at - _LOCATOR.size))
        locator = stream.read(_LOCATOR.size)
        if locator.startswith(b"PK\x06\x07"):
            stream.seek(_LOCATOR.unpack(locator)[2])
            record = _END64.unpack(stream.read(_END64.size))
            count, length = record[7], record[8]
    if count > limits.files or length > limits.files * _LONGEST_ENTRY:
        raise PackageRefusal("too_many_files", "", count=count, limit=limits.files)
