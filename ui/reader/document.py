"""One PDF as the reader's process has it: sizes, contents, pages painted, words found."""

from __future__ import annotations

import math

import pypdfium2
import pypdfium2.raw as pdfium_c

from ui.reader.file_view import FileView
from ui.reader.shapes import Hit
from ui.reader.words import hits

MOST_SIDE = 5_000.0
"""Points: A0 is 2384 x 3370. A page that calls itself larger is shown as if it were so large."""
MOST_PIXELS = 24_000_000
"""Pages with an area beyond this (plans at high zoom) are painted coarser and drawn larger: 72 MB a picture."""
A4 = (595.0, 842.0)
"""What a page is shown as that has no size."""


class Document:
    """Raises `pypdfium2.PdfiumError` where the file is none."""

    def __init__(self, file: int) -> None:
        # Seen in place, not copied: through a file's own calls PDFium searches a quarter slower.
        self._bytes = FileView(file)
        raw = pdfium_c.FPDF_LoadMemDocument64(self._bytes.place, self._bytes.size, None)
        if pdfium_c.FPDF_GetPageCount(raw) < 1:
            code = pdfium_c.FPDF_GetLastError()
            self._bytes.close()
            raise pypdfium2.PdfiumError("no document", err_code=code)
        self._pdf = pypdfium2.PdfDocument(raw)
        self._count = len(self._pdf)

    def __len__(self) -> int:
        return self._count

    def _shrunk(self, number: int) -> tuple[tuple[float, float], float]:
        """The size of a page as it is shown, and its share of the size that the page says it has."""
        width, height = self._pdf.get_page_size(number)
        side = max(width, height)
        by = MOST_SIDE / side if math.isfinite(side) and side > MOST_SIDE else 1.0
        return _shown(width, height, by), by

    def sizes(self, first: int, count: int) -> list[tuple[float, float]]:
        """The sizes of so many pages as they are shown, in points, fewer at the end."""
        return [self._shrunk(number)[0] for number in range(first, min(first + count, self._count))]

    def close(self) -> None:
        """Let go of it."""
        self._pdf.close()
        self._bytes.close()

    def contents(self) -> list[tuple[str, int, int]]:
        """The bookmarks that lead to a page of this document: title, page counted from 1, depth."""
        entries: list[tuple[str, int, int]] = []
        try:
            for mark in self._pdf.get_toc():
                target = mark.get_dest()
                page = target.get_index() if target is not None else None
                if page is not None and 0 <= page < len(self):
                    entries.append((mark.get_title().strip(), page + 1, mark.level))
        except pypdfium2.PdfiumError:
            # A broken outline does not make the pages unreadable.
            return entries
        return entries

    def paint(self, number: int, scale: float, turned: int) -> tuple[int, int, int, bytes]:
        """Width, height, bytes a line and the pixels (BGR) of a page, `turned` by 0, 90, 180 or 270 degrees to the
        right. Raises `pypdfium2.PdfiumError` where the page is damaged."""
        page = self._pdf[number]
        try:
            (width, height), by = self._shrunk(number)
            coarse = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=coarse * by, rotation=turned)
            try:
                return bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
            finally:
                bitmap.close()
        finally:
            page.close()

    def find(self, number: int, folded: str) -> list[Hit]:
        """The places of words, folded for comparison, on a page."""
        found = hits(self._pdf, number, folded)
        by = self._shrunk(number)[1] if found else 1.0
        return [
            (number, tuple((a * by, b * by, c * by, d * by) for a, b, c, d in boxes), around) for boxes, around in found
        ]


def fault_of(fault: Exception) -> str:
    """What is wrong with a file that does not open: `protected` or `damaged`."""
    return "protected" if getattr(fault, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD else "damaged"


def _shown(width: float, height: float, by: float) -> tuple[float, float]:
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        return A4
    return width * by, height * by
