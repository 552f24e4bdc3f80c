"""Finds words on the pages of a PDF as people mean them; called in the reader's process only."""

from __future__ import annotations

import ctypes
import unicodedata
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium_c

from ui.reader.shapes import Box

AROUND = 12
"""Characters before and behind a hit that are shown with it."""


def fold(text: str) -> str:
    """`text` as it is compared: no blanks or line ends, no case, and each character in its plain form.

    Many PDF writers store ⽬ (a radical) for 目 and break lines within words; PDFium's own search finds neither.
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class _Folds(dict[int, str]):
    """Each character's folded form, found once: normalising every page anew costs a third of its reading."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold(chr(code))
        return folded


_FOLDS: Final = _Folds()


def hits(document: Any, number: int, wanted: str) -> list[tuple[tuple[Box, ...], str]]:
    """The places of folded words on a page, each as its boxes in points from the top left of the page as shown, and
    with the words around it."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    text = page.get_textpage()
    found: list[tuple[tuple[Box, ...], str]] = []
    # Most pages hold nothing: they are passed over at the price of one comparison.
    if wanted and wanted in text.get_text_range().translate(_FOLDS):
        for start, count in _places(text, wanted):
            rects = range(text.count_rects(start, count))
            before = max(0, start - AROUND)
            around = text.get_text_range(before, start - before + count + AROUND)
            found.append((tuple(shown(page, text.get_rect(at)) for at in rects), " ".join(around.split())))
    text.close()
    page.close()
    return found


def _places(text: Any, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands, as (index, count) of PDFium's own characters, which only it can count."""
    folded: list[str] = []
    source: list[int] = []
    for at in range(text.count_chars()):
        plain = _FOLDS[pdfium_c.FPDFText_GetUnicode(text, at)]
        folded.append(plain)
        source.extend([at] * len(plain))
    whole = "".join(folded)
    places: list[tuple[int, int]] = []
    start = whole.find(wanted)
    while start >= 0:
        first, last = source[start], source[start + len(wanted) - 1]
        places.append((first, last - first + 1))
        start = whole.find(wanted, start + len(wanted))
    return places


def shown(page: Any, rect: Box) -> Box:
    """A box of PDF space (origin below, before rotation and cropping) as it lies on the page that is shown."""
    # PDFium answers in whole device units: a tenth of a point is fine enough.
    fine = 10
    width, height = (round(side * fine) for side in page.get_size())
    points: list[tuple[float, float]] = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        points.append((across.value / fine, down.value / fine))
    (x1, y1), (x2, y2) = points
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
