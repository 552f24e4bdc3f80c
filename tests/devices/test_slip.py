"""Slips: one contract for the PDF printer and for the stand-in; the printed page is read back, QR code and all."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from app.ports.device import DeviceError, DeviceFault
from app.ports.gate import Slip, SlipPrinter
from devices.slip.pdf import PdfSlipPrinter, set_slip
from devices.slip.scripted import ScriptedSlipPrinter

DIGEST = "0123456789abcdef01234567"
SLIP = Slip("席位抽取凭条", "A-07", DIGEST, f"kawei:draw:{DIGEST}", ("2026-11-24 09:30", "见证人留存"))
Runner = Callable[..., "subprocess.CompletedProcess[bytes]"]


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text_page = page.get_textpage()
        text = str(text_page.get_text_range())
        text_page.close()
        page.close()
    return text


def _picture(pdf: bytes) -> np.ndarray:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        bitmap = page.render(scale=3)
        picture = np.array(bitmap.to_numpy())
        bitmap.close()
        page.close()
    return picture


def _lp(returncode: int = 0, error: Exception | None = None) -> tuple[Runner, list[list[str]]]:
    asked: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        if error is not None:
            raise error
        return subprocess.CompletedProcess(command, returncode, b"", b"lp: out of paper")

    return run, asked


class TestEveryPrinter:
    """The contract of app.ports.gate.SlipPrinter."""

    @pytest.fixture(params=["pdf", "scripted"])
    def rig(self, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[SlipPrinter, SlipPrinter, Path]:
        """A printer that works and one without paper."""
        if request.param == "scripted":
            empty = ScriptedSlipPrinter()
            empty.fail(DeviceFault.NO_PAPER)
            return ScriptedSlipPrinter(), empty, tmp_path
        return PdfSlipPrinter(tmp_path), PdfSlipPrinter(tmp_path, "slips", _lp(1)[0]), tmp_path

    def test_each_slip_is_printed_once(self, rig: tuple[SlipPrinter, SlipPrinter, Path]) -> None:
        printer, _, folder = rig
        printer.print(SLIP)
        printer.print(SLIP)
        if isinstance(printer, ScriptedSlipPrinter):
            assert printer.slips == [SLIP, SLIP]
        else:
            assert sorted(file.name for file in folder.iterdir()) == ["slip-1.pdf", "slip-2.pdf"]

    def test_without_paper_it_says_so(self, rig: tuple[SlipPrinter, SlipPrinter, Path]) -> None:
        with pytest.raises(DeviceError) as refused:
            rig[1].print(SLIP)
        assert refused.value.fault is DeviceFault.NO_PAPER


class TestPdf:
    """What only the real one does."""

    def test_what_is_printed_is_what_was_meant(self) -> None:
        pdf = set_slip(SLIP)
        text = _text(pdf)
        for words in (*SLIP.lines, SLIP.title, SLIP.seat, "0123 4567 89ab cdef 0123 4567"):
            assert words in text
        found, *_ = cv2.QRCodeDetector().detectAndDecode(_picture(pdf))
        assert found == SLIP.code

    def test_words_are_never_taken_for_markup(self) -> None:
        slip = Slip("#panic()", "*1*", DIGEST, "x", ('"]#read("/etc/passwd")', "$ a $ \\ _b_"))
        text = _text(set_slip(slip))
        for words in (slip.title, slip.seat, *slip.lines):
            assert words in text

    def test_it_goes_to_the_queue(self, tmp_path: Path) -> None:
        run, asked = _lp()
        PdfSlipPrinter(tmp_path, "slips", run).print(SLIP)
        assert asked == [["lp", "-d", "slips", "-o", "fit-to-page", str(tmp_path / "slip-1.pdf")]]

    @pytest.mark.parametrize(
        ("error", "fault"),
        [
            (FileNotFoundError(), DeviceFault.NOT_FOUND),
            (subprocess.TimeoutExpired("lp", 1), DeviceFault.UNREACHABLE),
        ],
    )
    def test_a_queue_that_is_not_there(self, tmp_path: Path, error: Exception, fault: DeviceFault) -> None:
        with pytest.raises(DeviceError) as refused:
            PdfSlipPrinter(tmp_path, "slips", _lp(0, error)[0]).print(SLIP)
        assert refused.value.fault is fault
        assert set_slip(SLIP)[:5] == (tmp_path / "slip-1.pdf").read_bytes()[:5] == b"%PDF-"  # what can be printed later

    def test_without_paper_the_slip_is_kept(self, tmp_path: Path) -> None:
        with pytest.raises(DeviceError):
            PdfSlipPrinter(tmp_path, "slips", _lp(1)[0]).print(SLIP)
        assert [file.name for file in tmp_path.iterdir()] == ["slip-1.pdf"]

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(DeviceError) as refused:
            PdfSlipPrinter(tmp_path / "file" / "slips").print(SLIP)
        assert refused.value.fault is DeviceFault.DISK

    def test_a_slip_of_before_is_not_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "slip-2.pdf").write_bytes(b"of before")
        PdfSlipPrinter(tmp_path).print(SLIP)
        assert (tmp_path / "slip-2.pdf").read_bytes() == b"of before"
        assert (tmp_path / "slip-3.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("digest", ["0123456789abcdef012", "", "0123456789ABCDEF01234567", "x" * 24])
def test_a_slip_shows_80_bits_at_least(digest: str) -> None:
    with pytest.raises(ValueError, match="80 bits"):
        Slip("t", "s", digest, "c")
