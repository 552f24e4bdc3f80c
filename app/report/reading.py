"""Reading a report back: the printed result table, and what the report says it was made from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2

from app.evaluation.model import Evaluation
from app.report.scores import groups_of, result_caption, result_end, result_heads, result_rows

_TOP_MM, _BOTTOM_MM = 25.0, 22.0
"""Header and footer lie outside of these; the template's margins are wider."""
_WATERMARK = "演练REHEARSAL"
_POINTS_PER_MM = 72 / 25.4
_KEYWORDS = re.compile(r"kawei-report/([0-9a-f]{32}) journal/([1-9][0-9]{0,9}) issued/(\S+)")


class Unreadable(Exception):
    """The file is not a PDF that can be read, or lacks what every report has; `part` says which."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class PrintedResult:
    """The result table: its caption, its head and its rows, each row's text without blanks."""

    caption: str
    head: str
    rows: tuple[str, ...]

    @property
    def end(self) -> str:
        """The line below the table."""
        return _squeezed(result_end(len(self.rows)))


def expected_result(state: Evaluation, lot_id: str, result: dict[str, Any]) -> PrintedResult:
    """The table that the report of this lot must show for `result`."""
    lot = state.lots[lot_id].lot
    groups = groups_of(lot.factors)
    by_price = lot.scoring["method"] == "lowest_evaluated_price"
    heads = result_heads(state.ruleset.words, result, groups, by_price)
    rows = result_rows(state.lots[lot_id], state.ruleset.words, result, groups, by_price)
    caption = _squeezed(result_caption(by_price))
    return PrintedResult(caption, _squeezed(*(head["title"] for head in heads)), tuple(_squeezed(*row) for row in rows))


def printed_result(pdf: bytes, expected: PrintedResult) -> str:
    """The text of the printed result table without its heads, caption and end line, and without blanks.

    Raises `Unreadable`: `pdf` for what is no PDF, `result_table` where the table is not there exactly once.
    """
    text = "".join(_squeezed(page) for page in _bodies(pdf))
    before, _, rest = text.partition(expected.caption + expected.head)
    table, found, after = rest.partition(expected.end)
    if not before or not found or expected.caption in after:
        raise Unreadable("result_table")
    return table.replace(expected.head, "")


def pages_of(pdf: bytes) -> int:
    """How many pages a report has; raises `Unreadable`."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
        document.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("pdf") from None
    return count


def origin_of(pdf: bytes) -> tuple[str, int, str] | None:
    """What the report's keywords say: its name, the journal's size and the time of issue; None where they do not."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        found = _KEYWORDS.fullmatch(document.get_metadata_value("Keywords"))
        document.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("pdf") from None
    return None if found is None else (found[1], int(found[2]), found[3])


def attached(pdf: bytes) -> dict[str, bytes]:
    """The files attached to a report, by name; one of an earlier version has none. Raises `Unreadable`."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        files = [document.get_attachment(number) for number in range(document.count_attachments())]
        found = {file.get_name(): bytes(file.get_data()) for file in files}
        document.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("pdf") from None
    if len(found) != len(files):
        raise Unreadable("attached")
    return found


def _bodies(pdf: bytes) -> list[str]:
    """The text of each page between header and footer."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        bodies = []
        for page in document:
            width, height = page.get_size()
            read = page.get_textpage()
            bottom, top = _BOTTOM_MM * _POINTS_PER_MM, height - _TOP_MM * _POINTS_PER_MM
            bodies.append(read.get_text_bounded(0, bottom, width, top))
            read.close()
            page.close()
        document.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("pdf") from None
    return bodies


def _squeezed(*texts: str) -> str:
    """Text without blanks and the rehearsal's watermark, compatibility forms folded (a PDF may give either)."""
    return "".join(unicodedata.normalize("NFKC", "".join(texts)).split()).replace(_WATERMARK, "")
