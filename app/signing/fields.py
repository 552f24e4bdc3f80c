"""The fields of a report to be signed: all made before the first signature, in one update of the issued bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field


@dataclass(frozen=True)
class Box:
    """Where somebody signs: the field's name, the page (from 0), and left, bottom, width, height in points."""

    name: str
    page: int
    left: float
    bottom: float
    width: float
    height: float


def open_for_signing(issued: bytes, boxes: Sequence[Box]) -> bytes:
    """The issued report with an empty field in every box; it begins with exactly the issued bytes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(issued))
    for box in boxes:
        corners = (box.left, box.bottom, box.left + box.width, box.bottom + box.height)
        left, bottom, right, top = (round(edge) for edge in corners)
        append_signature_field(writer, SigFieldSpec(box.name, on_page=box.page, box=(left, bottom, right, top)))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
