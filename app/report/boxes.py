"""Where on the set report each member signs, as the typesetter places it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import typst

import resources
from app.report.typesetting import setting_inputs

_PAGE_HEIGHT = 841.89
"""Of A4, in points: the typesetter counts from above, a PDF from below."""


@dataclass(frozen=True)
class SignatureBox:
    """Whose cell, on which page (from 0), and left, bottom, width, height in points."""

    alias: str
    page: int
    left: float
    bottom: float
    width: float
    height: float


def signature_boxes(data: Mapping[str, Any]) -> tuple[SignatureBox, ...]:
    """The places for signatures of the report that `make_report` sets of the same data. Takes as long as setting it."""
    template = resources.path("report", "report.typ")
    found = typst.query(
        str(template),
        "<signature>",
        field="value",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs=setting_inputs(data),
    )
    return tuple(
        SignatureBox(
            one["who"],
            one["page"] - 1,
            one["x"],
            _PAGE_HEIGHT - one["y"] - one["height"],
            one["width"],
            one["height"],
        )
        for one in json.loads(found)
    )
