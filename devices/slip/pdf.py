"""Sets a slip for a receipt printer of 80 mm as PDF, and prints it through the system's queue where one is named."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import segno
import typst

import resources
from app.ports.device import DeviceError, DeviceFault
from app.ports.gate import Slip

PRINT_TIMEOUT_S = 20.0


class PdfSlipPrinter:
    """A SlipPrinter: writes `slip-N.pdf` into `folder`, then `lp -d QUEUE` if there is a queue."""

    def __init__(
        self,
        folder: Path,
        queue: str | None = None,
        run: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run,
    ) -> None:
        self._folder = folder
        self._queue = queue
        self._run = run

    def print(self, slip: Slip) -> None:
        """Set and print one slip; returns when the file is whole and the queue has taken it."""
        file = self._keep(set_slip(slip))
        if self._queue is None:
            return
        try:
            done = self._run(
                ["lp", "-d", self._queue, "-o", "fit-to-page", str(file)],
                capture_output=True,
                timeout=PRINT_TIMEOUT_S,
                check=False,
            )
        except FileNotFoundError as error:
            raise DeviceError(DeviceFault.NOT_FOUND, "lp") from error
        except subprocess.TimeoutExpired as error:
            raise DeviceError(DeviceFault.UNREACHABLE, "lp") from error
        if done.returncode != 0:
            raise DeviceError(DeviceFault.NO_PAPER, done.stderr.decode("utf-8", "replace").strip()[:200])

    def _keep(self, pdf: bytes) -> Path:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = 1 + sum(1 for _ in self._folder.glob("slip-*.pdf"))
            while True:
                file = self._folder / f"slip-{number}.pdf"
                try:
                    with file.open("xb") as out:
                        out.write(pdf)
                    return file
                except FileExistsError:
                    number += 1
        except OSError as error:
            raise DeviceError(DeviceFault.DISK, str(error)) from error


def set_slip(slip: Slip) -> bytes:
    """The slip as PDF: title, seat in large type, the hash in groups of four, its QR code, further lines."""
    groups = [slip.digest[i : i + 4] for i in range(0, len(slip.digest), 4)]
    content = {
        "title": slip.title,
        "seat": slip.seat,
        "digest": groups,
        "lines": list(slip.lines),
        "qr": qr_svg(slip.code),
    }
    template = resources.path("slip", "slip.typ")
    pdf = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"slip": json.dumps(content, ensure_ascii=False)},
    )
    if not isinstance(pdf, bytes):
        raise DeviceError(DeviceFault.CRASHED, "typst gave no page")
    return pdf


def qr_svg(code: str) -> str:
    """A QR code (error correction M: a crumpled slip still reads) as SVG text."""
    out = io.BytesIO()
    segno.make_qr(code, error="m").save(out, kind="svg", scale=4, border=2)
    return out.getvalue().decode()
