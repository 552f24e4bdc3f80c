"""A recording at rest: a file of encrypted chunks that only the holder of the room's key reads, also when cut short.

Byte for byte: `MAGIC`; the length of the head in four bytes and the head, the file's own key sealed to its recipients
as `app.journal.recipients` seals (purpose `kawei/recording/` and the file's name); then chunks, each

    length of the ciphertext (4 bytes), start and end of what it holds in ms since 1970 (8 and 8), last (1): 0 or 1
    ciphertext = AES-256-GCM(file key, nonce = the chunk's number in 12 bytes, content,
                             associated data = MAGIC || SHA-256(head) || the 21 bytes before it)

The last chunk of a file that was closed is empty and says `last`. A file without one was cut short, and everything up
to its last whole chunk is as good as ever. Numbers are big-endian. No key of a file is kept where it was written.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.journal import SealedFor, SealingFault, canonical, seal_to
from app.journal.box import KEY_BYTES, NONCE_BYTES
from app.journal.recipients import open_with

MAGIC = b"kawei/recording/1\n"
_PURPOSE = "kawei/recording/"
_LENGTH = struct.Struct(">I")
_CHUNK = struct.Struct(">IQQB")
MOST = 64 * 1024 * 1024
"""Bytes of one chunk at most: a second of the best picture is far less."""

Chance = Callable[[int], bytes]
"""So many bytes that nobody foresees."""


class SealedFile:
    """Written from its beginning to its end, never gone back in; it is there from its first chunk on."""

    def __init__(self, path: Path, recipients: Sequence[bytes], chance: Chance) -> None:
        self.path = path
        self.bytes = 0
        key = chance(KEY_BYTES)
        sealed = seal_to(
            recipients, chance(KEY_BYTES), chance(KEY_BYTES), chance(NONCE_BYTES), _PURPOSE + path.name, key
        )
        head = canonical(sealed.to_json())
        self._cipher = AESGCM(key)
        self._bound = _bound(head)
        self._waiting = MAGIC + _LENGTH.pack(len(head)) + head
        self._hash = hashlib.sha256()
        self._count = 0
        self._file: BinaryIO | None = None

    @property
    def sha256(self) -> str:
        """Of all that was written."""
        return self._hash.hexdigest()

    def append(self, content: bytes, start_ms: int, end_ms: int) -> None:
        """One chunk, in one write: whoever is killed after it has it in the file. OSError where the disk says no."""
        self._write(content, start_ms, end_ms, last=False)

    def close(self, end_ms: int) -> None:
        """Say that nothing follows, and see it on the disk."""
        self._write(b"", end_ms, end_ms, last=True)
        self.abandon(sync=True)

    def abandon(self, *, sync: bool = False) -> None:
        """Let go of the file as it is."""
        file, self._file = self._file, None
        if file is not None:
            with file:
                if sync:
                    os.fsync(file.fileno())

    def _write(self, content: bytes, start_ms: int, end_ms: int, *, last: bool) -> None:
        chunk = _CHUNK.pack(len(content) + 16, start_ms, end_ms, last)
        box = self._cipher.encrypt(_nonce(self._count), content, self._bound + chunk)
        if self._file is None:
            self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        data = self._waiting + chunk + box
        if self._file.write(data) != len(data):
            raise OSError(28, "the disk took a part only")
        self._waiting = b""
        self._count += 1
        self._hash.update(data)
        self.bytes += len(data)


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies there, told without any key: `closed` says whether its writer came to its end."""

    bytes: int
    sha256: str
    start_ms: int
    end_ms: int
    closed: bool


def mend(path: Path) -> Found | None:
    """Cut off the torn end of a file whose writer was killed; None, and the file gone, where nothing is whole."""
    with path.open("r+b") as file:
        chunks = list(_chunks(file))
        whole = chunks[-1].ends if chunks else 0
        file.truncate(whole)
        os.fsync(file.fileno())
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if not chunks:
        path.unlink()
        return None
    return Found(whole, digest, chunks[0].start_ms, max(chunk.end_ms for chunk in chunks), chunks[-1].last)


def is_closed(path: Path) -> bool:
    """Whether its writer came to its end."""
    with path.open("rb") as file:
        chunks = list(_chunks(file))
    return bool(chunks) and chunks[-1].last


def opened(path: Path, private: bytes) -> bytes:
    """What a file holds, up to its last whole chunk, for the holder of a recipient's raw private key.

    Raises `SealingFault`: `not_a_recipient`, `not_opened` where anything was changed, `bad_sealed` for another file.
    """
    with path.open("rb") as file:
        head = _head(file)
        if head is None:
            raise SealingFault("bad_sealed", path.name)
        file.seek(0)
        chunks = list(_chunks(file))
        try:
            sealed = SealedFor.from_json(json.loads(head))
        except ValueError:
            raise SealingFault("bad_sealed", path.name) from None
        cipher, bound = AESGCM(open_with(private, sealed, _PURPOSE + path.name)), _bound(head)
        parts = []
        for number, chunk in enumerate(chunks):
            file.seek(chunk.ends - chunk.length)
            box = file.read(chunk.length)
            told = _CHUNK.pack(chunk.length, chunk.start_ms, chunk.end_ms, chunk.last)
            try:
                parts.append(cipher.decrypt(_nonce(number), box, bound + told))
            except InvalidTag:
                raise SealingFault("not_opened", path.name) from None
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class _Chunk:
    length: int
    start_ms: int
    end_ms: int
    last: bool
    ends: int
    """Where in the file it ends."""


def _head(file: BinaryIO) -> bytes | None:
    start = file.read(len(MAGIC) + _LENGTH.size)
    if len(start) < len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
        return None
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    head = file.read(length) if length <= MOST else b""
    return head if len(head) == length else None


def _chunks(file: BinaryIO) -> Iterator[_Chunk]:
    """The whole chunks; what follows the first one that is not whole is no chunk."""
    if _head(file) is None:
        return
    size = os.fstat(file.fileno()).st_size
    while len(told := file.read(_CHUNK.size)) == _CHUNK.size:
        length, start_ms, end_ms, last = _CHUNK.unpack(told)
        ends = file.tell() + length
        if length > MOST or ends > size:
            return
        yield _Chunk(length, start_ms, end_ms, bool(last), ends)
        file.seek(ends)


def _bound(head: bytes) -> bytes:
    return MAGIC + hashlib.sha256(head).digest()


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES, "big")
