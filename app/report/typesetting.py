"""Setting the report: typst, the program's own fonts only, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

import pypdfium2
import typst

import resources


def make_report(data: Mapping[str, Any]) -> bytes:
    """The report as PDF/A-2b. The document's date is the data's `issued_at`; nothing else enters but the data."""
    template = resources.path("report", "report.typ")
    made = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"data": _text(data), "keywords": keywords(data)},
        timestamp=int(datetime.fromisoformat(str(data["issued_at"])).timestamp()),
        pdf_standards=["a-2b"],
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def pages_of(pdf: bytes) -> int:
    """How many pages a report has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def keywords(data: Mapping[str, Any]) -> str:
    """The PDF's keywords: what a verifier needs to set the very same bytes again from the journal.

    The first names data and setting together: where it comes out the same, the bytes must too.
    """
    origin = data["origin"]
    return f"kawei-report/{report_name(data)} journal/{origin['journal_size']} issued/{origin['issued_at']}"


def report_name(data: Mapping[str, Any]) -> str:
    """What names these data set in this way: 128 bits in hex."""
    return hashlib.sha256(_setting() + _text(data).encode()).hexdigest()[:32]


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def _setting() -> bytes:
    """A name for this way of setting: the typesetter's version, the template and the fonts."""
    name = hashlib.sha256(f"typst {version('typst')}\n".encode())
    for file in (resources.path("report", "report.typ"), *sorted(resources.path("fonts").glob("*.ttf"))):
        name.update(hashlib.sha256(file.read_bytes()).digest())
    return name.digest()
