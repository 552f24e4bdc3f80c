"""Bad picture files of every kind are refused with their reason, good ones of every format are read."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.pictures import MAX_BYTES, BadPicture, PictureFault, read_picture

FACES = Path(__file__).parent.parent / "data" / "faces"
WHOLE = (FACES / "person_b_1.jpg").read_bytes()


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing: 40,000 x 40,000 pixels would decode to 4.8 GB."""
    ihdr = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", ihdr), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PictureFault.EMPTY),
        (b"not a picture at all", PictureFault.NOT_A_PICTURE),
        (b"%PDF-1.7\n", PictureFault.NOT_A_PICTURE),
        (_png_header(40_000, 40_000), PictureFault.TOO_LARGE),
        (_png_header(9_000, 9_000), PictureFault.TOO_LARGE),
        (_png_header(12_000, 12_000), PictureFault.TOO_LARGE),
        (_png_header(200, 200), PictureFault.TRUNCATED),
        (WHOLE[: len(WHOLE) // 2], PictureFault.TRUNCATED),
        (WHOLE[:200], PictureFault.TRUNCATED),
    ],
    ids=["empty", "text", "pdf", "huge", "large", "bomb", "hollow", "half", "head"],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, data: bytes, fault: PictureFault) -> None:
    file = tmp_path / "picture"
    file.write_bytes(data)
    for source in (file, data):
        with pytest.raises(BadPicture) as refused:
            read_picture(source)
        assert refused.value.fault is fault


def test_what_is_no_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "vast").open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # takes no room on the disk
    expected = {
        tmp_path / "none": PictureFault.MISSING,
        tmp_path / ("x" * 300): PictureFault.MISSING,
        tmp_path / "zero\0byte": PictureFault.MISSING,
        tmp_path: PictureFault.IS_FOLDER,
        tmp_path / "pipe": PictureFault.NOT_A_PICTURE,
        tmp_path / "vast": PictureFault.TOO_LARGE,
    }
    for path, fault in expected.items():
        with pytest.raises(BadPicture) as refused:
            read_picture(path)
        assert refused.value.fault is fault, path


@given(st.binary(min_size=1, max_size=60), st.integers(0, len(WHOLE) - 61))
def test_a_damaged_file_is_read_or_refused_never_worse(patch: bytes, at: int) -> None:
    try:
        frame = read_picture(WHOLE[:at] + patch + WHOLE[at + len(patch) :], max_side=64)
    except BadPicture:
        return
    assert max(frame.width, frame.height) <= 64


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF"])
def test_every_usual_format_is_read(form: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 100, 50)).save(out, form)
    frame = read_picture(out.getvalue())
    assert (frame.width, frame.height) == (40, 30)
    assert all(abs(got - want) < 12 for got, want in zip(frame.rgb[:3], (200, 100, 50), strict=True))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "I;16", "1"])
def test_every_usual_mode_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 6)).save(out, "TIFF")
    frame = read_picture(out.getvalue())
    assert (frame.width, frame.height, len(frame.rgb)) == (8, 6, 144)


def test_what_is_clear_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert read_picture(out.getvalue()).rgb == b"\xff" * 48


def test_a_picture_taken_sideways_stands_upright() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif)
    frame = read_picture(out.getvalue())
    assert (frame.width, frame.height) == (30, 40)


def test_a_large_picture_is_brought_down() -> None:
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000)).save(out, "JPEG")
    frame = read_picture(out.getvalue(), max_side=640)
    assert (frame.width, frame.height) == (640, 427)
