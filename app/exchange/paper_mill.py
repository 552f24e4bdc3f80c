"""Papers set by typst: a template and data in, a PDF file out, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from resources import path as resource

_STAMP = 1_747_699_200
"""The time that the files carry inside, 2025-05-20; it belongs to the cases, not to whoever builds them."""


class PaperMill:
    """One typst compiler over a folder of templates, with the project's own fonts and no other."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._fonts = [str(resource("fonts"))]

    def make(self, template: str, data: Mapping[str, Any], out: Path) -> None:
        """Set `template` with `data` and write the PDF to `out`, making its folder."""
        out.parent.mkdir(parents=True, exist_ok=True)
        pdf = typst.compile(
            str(self._templates / template),
            root=str(self._templates),
            font_paths=self._fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            timestamp=_STAMP,
        )
        if not isinstance(pdf, bytes):
            raise TypeError("typst gave no single document")
        out.write_bytes(pdf)
