"""Setting the report: typst, the program's own fonts only, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

import typst

import resources


def make_report(data: Mapping[str, Any]) -> bytes:
    """The report as PDF/A-3b, with what a machine reads attached; nothing enters but the data.

    The document's date is the data's `issued_at`.
    """
    template = resources.path("report", "report.typ")
    made = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs=setting_inputs(data),
        timestamp=int(datetime.fromisoformat(str(data["issued_at"])).timestamp()),
        pdf_standards=["a-3b"],
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def keywords(data: Mapping[str, Any]) -> str:
    """The PDF's keywords: what a verifier needs to set the very same bytes again from the journal."""
    origin = data["origin"]
    return f"kawei-report/{setting_name()} journal/{origin['journal_size']} issued/{origin['issued_at']}"


def setting_inputs(data: Mapping[str, Any]) -> dict[str, str]:
    """What the template is given."""
    return {"data": _text(data), "keywords": keywords(data)}


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def setting_name() -> str:
    """A name for this way of setting: the program's version, the typesetter's, template and fonts (128 bits, hex).

    Two programs that agree on it set the same journal to the same bytes.
    """
    name = hashlib.sha256(f"kawei {version('kawei')} typst {version('typst')}\n".encode())
    for file in (resources.path("report", "report.typ"), *sorted(resources.path("fonts").glob("*.ttf"))):
        name.update(hashlib.sha256(file.read_bytes()).digest())
    return name.hexdigest()[:32]
