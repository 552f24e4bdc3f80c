"""Archives that climb, lie, link or explode are refused before they are unpacked."""

from __future__ import annotations

import os
import stat
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from exchange_factory import PDF, parts, with_manifest, write_folder, write_zip

from app.exchange.limits import Limits
from app.exchange.package import read_package
from app.rules import Refusal

GIB = 1 << 30
SOON_S = 5.0


def refused(path: Path, limits: Limits | None = None) -> tuple[str, str]:
    before = sorted(path.parent.rglob("*"))
    begun = time.monotonic()
    with pytest.raises(Refusal) as caught:
        read_package(path, limits)
    assert time.monotonic() - begun < SOON_S
    assert sorted(path.parent.rglob("*")) == before
    assert caught.value.message("zh")
    assert caught.value.message("en")
    return caught.value.code, caught.value.where


@pytest.mark.parametrize(
    "name",
    [
        "../evil.pdf",
        "files/../../evil.pdf",
        "/etc/evil.pdf",
        "files\\evil.pdf",
        "C:/evil.pdf",
        "files//evil.pdf",
        "./evil.pdf",
        "files/evil.pdf.",
        "files/ evil.pdf",
        "files/e\u202evil.pdf",
        "a" * 300,
    ],
)
def test_a_name_that_could_climb_is_refused(tmp_path: Path, name: str) -> None:
    files = with_manifest(parts())
    files[name] = PDF
    assert refused(write_zip(tmp_path / "p.zip", files))[0] == "bad_path"
    assert not (tmp_path.parent / "evil.pdf").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_a_link_or_special_file_in_a_zip_is_refused(tmp_path: Path, kind: int) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("files/link.pdf")
        link.external_attr = (kind | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refused(path) == ("not_regular_file", "files/link.pdf")


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", with_manifest(parts()))
    (folder / "files" / "A.pdf").unlink()
    (folder / "files" / "A.pdf").symlink_to("B.pdf")
    assert refused(folder) == ("not_regular_file", "files/A.pdf")
    (folder / "files" / "A.pdf").unlink()
    (folder / "files" / "A.pdf").write_bytes(PDF)
    assert read_package(folder)
    (folder / "more").symlink_to(tmp_path)
    assert refused(folder) == ("not_regular_file", "more")


def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", with_manifest(parts()))
    os.mkfifo(folder / "pipe")
    assert refused(folder) == ("not_regular_file", "pipe")


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    files = with_manifest(parts())
    files["files/a.PDF"] = PDF
    assert refused(write_zip(tmp_path / "p.zip", files)) == ("duplicate_name", "files/a.PDF")


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("files/A.pdf", PDF)
    assert refused(path) == ("duplicate_name", "files/A.pdf")


def test_folders_inside_a_zip_are_taken(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("files")
    assert len(read_package(path).files) == 10


def patch_directory(path: Path, offset: int, layout: str, value: int) -> None:
    """Overwrite one field in every entry of the zip's directory."""
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into(layout, content, at + offset, value)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)


def test_a_name_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()) | {"files/标.pdf": PDF})
    patch_directory(path, 8, "<H", 0)  # the mark of UTF-8 taken away
    assert refused(path)[0] == "bad_path"


@pytest.mark.parametrize("folder", ["../up/", "/root/"])
def test_a_folder_entry_that_could_climb_is_refused(tmp_path: Path, folder: str) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(folder), b"")
    assert refused(path)[0] == "bad_path"


def test_sizes_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    stored = write_zip(tmp_path / "stored.zip", with_manifest(parts()), zipfile.ZIP_STORED)
    patch_directory(stored, 20, "<I", 7)
    assert refused(stored)[0] == "broken_zip"
    beyond = write_zip(tmp_path / "beyond.zip", {"package.json": b"{}"})
    patch_directory(beyond, 20, "<I", 1 << 20)
    assert refused(beyond)[0] == "broken_zip"


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    patch_directory(path, 8, "<H", 1)
    assert refused(path)[0] == "unsupported_zip"


def test_a_rare_method_is_refused(tmp_path: Path) -> None:
    assert refused(write_zip(tmp_path / "p.zip", with_manifest(parts()), zipfile.ZIP_LZMA))[0] == "unsupported_zip"


def test_100_gb_claimed_is_refused_by_the_claim(tmp_path: Path) -> None:
    files = with_manifest(parts()) | {f"files/{i}.pdf": PDF for i in range(30)}
    path = write_zip(tmp_path / "p.zip", files)
    patch_directory(path, 24, "<I", 0xFFFFFFF0)
    patch_directory(path, 20, "<I", 60)
    code, _ = refused(path)
    assert code == "too_large"


def bomb(path: Path, size: int, claimed: int) -> Path:
    """Write a zip whose one file really inflates to `size` zero bytes and claims `claimed`."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    count, name = size >> 20, b"package.json"
    packed = count * len(block) + len(end)
    large = struct.pack("<HHQQ", 1, 16, claimed, packed)
    full = 0xFFFFFFFF
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 45, 0x800, 8, 0, 0x21, 0, full, full, len(name), len(large))
    with path.open("wb") as out:
        out.write(local + name + large)
        for _ in range(count // 1024):
            out.write(block * 1024)
        out.write(block * (count % 1024) + end)
        at = out.tell()
        entry = struct.pack("<4s6H3I", b"PK\x01\x02", 0x31E, 45, 0x800, 8, 0, 0x21, 0, full, full)
        entry += struct.pack("<5H2I", len(name), len(large), 0, 0, 0, 0, 0)
        out.write(entry + name + large)
        out.write(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry + name + large), at, 0))
    return path


def test_a_zip_that_really_unpacks_to_100_gb_is_refused_unopened(tmp_path: Path) -> None:
    assert refused(bomb(tmp_path / "p.zip", 100 * GIB, 100 * GIB)) == ("too_large", "package.json")


def test_a_zip_that_lies_about_its_size_is_cut_off_at_the_lie(tmp_path: Path) -> None:
    assert refused(bomb(tmp_path / "p.zip", 10 * GIB, 1000)) == ("broken_zip", "package.json")


def test_a_small_bomb_is_known_by_its_ratio(tmp_path: Path) -> None:
    assert refused(bomb(tmp_path / "p.zip", 32 << 20, 32 << 20)) == ("suspicious_compression", "package.json")


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    patch_directory(path, 42, "<I", 0)
    assert refused(path)[0] == "overlapping_entries"


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    files = with_manifest(parts()) | {f"files/{i}.pdf": PDF for i in range(30)}
    for path in (write_zip(tmp_path / "p.zip", files), write_folder(tmp_path / "p", files)):
        assert refused(path, Limits(files=20))[0] == "too_many_files"


def test_a_directory_of_claims_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.rfind(b"PK\x05\x06") + 10, 60_000)
    path.write_bytes(content)
    assert refused(path)[0] == "too_many_files"


def test_large_folders_and_files_have_limits(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", with_manifest(parts()))
    assert refused(folder, Limits(total=500)) == ("too_large", "")
    assert refused(folder, Limits(one_file=40)) == ("too_large", "files/A.pdf")
    assert refused(folder, Limits(json=100)) == ("too_large", "members.json")


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    missing, empty, text, cut = (tmp_path / name for name in ("none.zip", "empty.zip", "text.zip", "cut.zip"))
    empty.write_bytes(b"")
    text.write_bytes("这不是压缩包".encode())
    cut.write_bytes(write_zip(tmp_path / "p.zip", with_manifest(parts())).read_bytes()[:-300])
    assert refused(missing)[0] == "not_found"
    assert refused(empty)[0] == "empty_file"
    assert refused(text)[0] == "not_a_package"
    assert refused(cut)[0] == "broken_zip"


def test_a_zip64_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    assert b"PK\x06\x07" in path.read_bytes()
    assert len(read_package(path).files) == 10
    assert refused(path, Limits(files=9))[0] == "too_many_files"
