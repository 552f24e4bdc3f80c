"""Files by the hash of what is in them."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path

import pytest

from app.ports.store import StoreFault
from app.storage import FileBlobs

EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "files")


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(StoreFault) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.code


class Trickle(io.RawIOBase):
    """Yields a few bytes at a time and may break."""

    def __init__(self, pieces: list[bytes | Exception]) -> None:
        self._pieces = iter(pieces)

    def read(self, size: int = -1) -> bytes:
        piece = next(self._pieces, b"")
        if isinstance(piece, Exception):
            raise piece
        return piece


@pytest.mark.parametrize("content", [b"", b"a", "投标文件".encode(), bytes(range(256)) * 9000])
def test_a_file_comes_back_by_its_hash(blobs: FileBlobs, content: bytes) -> None:
    digest = blobs.put(io.BytesIO(content))
    assert digest == hashlib.sha256(content).hexdigest()
    with blobs.open(digest) as found:
        assert found.read() == content
    assert blobs.has(digest)
    assert blobs.size(digest) == len(content)
    assert blobs.check(digest) == len(content)
    assert list(blobs.digests()) == [digest]


def test_the_same_content_twice_is_one_file(blobs: FileBlobs, tmp_path: Path) -> None:
    assert blobs.put(io.BytesIO(b"bid")) == blobs.put(Trickle([b"b", b"i", b"d"]))  # type: ignore[arg-type]
    files = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert len(files) == 1


def test_folders_and_files_are_their_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir(mode=0o755)
    blobs = FileBlobs(tmp_path / "files")
    blobs.put(io.BytesIO(b"bid"))
    found = [tmp_path / "files", *(tmp_path / "files").rglob("*")]
    assert len(found) == 4
    for path in found:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_beyond_the_limit_nothing_is_kept(blobs: FileBlobs, tmp_path: Path) -> None:
    assert blobs.put(io.BytesIO(b"12345"), limit=5)
    endless = Trickle([b"x" * 4] * 1000)
    assert code_of(blobs.put, endless, 5) == "blob_too_large"
    assert len(blobs.digests()) == 1
    assert list((tmp_path / "files" / "incoming").iterdir()) == []


def test_a_source_that_breaks_leaves_nothing(blobs: FileBlobs, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        blobs.put(Trickle([b"half", ConnectionResetError()]))  # type: ignore[arg-type]
    assert list(blobs.digests()) == []
    assert list((tmp_path / "files" / "incoming").iterdir()) == []


def test_what_a_crash_left_is_swept_and_what_was_kept_stays(blobs: FileBlobs, tmp_path: Path) -> None:
    digest = blobs.put(io.BytesIO(b"kept"))
    (tmp_path / "files" / "incoming" / "half").write_bytes(b"ha")
    again = FileBlobs(tmp_path / "files")
    assert list((tmp_path / "files" / "incoming").iterdir()) == []
    assert list(again.digests()) == [digest]


@pytest.mark.parametrize(
    "name",
    ["", "../../etc/passwd", "/etc/passwd", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n", "０" * 64, "..", "\0"],
)
def test_no_name_from_outside_reaches_the_disk(blobs: FileBlobs, name: str) -> None:
    for call in (blobs.open, blobs.has, blobs.size, blobs.check, blobs.delete):
        assert code_of(call, name) == "bad_digest"


def test_a_content_that_is_not_there_is_told(blobs: FileBlobs) -> None:
    assert not blobs.has(EMPTY)
    assert not blobs.delete(EMPTY)
    for call in (blobs.open, blobs.size, blobs.check):
        assert code_of(call, EMPTY) == "blob_missing"


def test_a_changed_file_is_found(blobs: FileBlobs, tmp_path: Path) -> None:
    digest = blobs.put(io.BytesIO(b"price 100"))
    (tmp_path / "files" / digest[:2] / digest[2:]).write_bytes(b"price 900")
    assert code_of(blobs.check, digest) == "blob_damaged"


def test_a_changed_file_is_made_whole_by_importing_it_again(blobs: FileBlobs, tmp_path: Path) -> None:
    digest = blobs.put(io.BytesIO(b"price 100"))
    (tmp_path / "files" / digest[:2] / digest[2:]).write_bytes(b"price 900")
    blobs.put(io.BytesIO(b"price 100"))
    assert blobs.check(digest) == 9


def test_deleting_is_for_good(blobs: FileBlobs) -> None:
    digest = blobs.put(io.BytesIO(b"x"))
    assert blobs.delete(digest)
    assert not blobs.delete(digest)
    assert not blobs.has(digest)
    assert list(blobs.digests()) == []


def test_a_full_disk_is_told_and_keeps_nothing(
    blobs: FileBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, content: object) -> int:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "write", full)
    assert code_of(blobs.put, io.BytesIO(b"x")) == "disk_full"
    assert list((tmp_path / "files" / "incoming").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with tempfile.NamedTemporaryFile() as file:
        assert code_of(FileBlobs, Path(file.name) / "files") == "database_unopenable"
