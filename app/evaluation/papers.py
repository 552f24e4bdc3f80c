"""A scanned paper as commands and entries name it, by what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.evaluation.decisions import guards
from app.evaluation.refusal import Refused

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Paper:
    """A scan that was brought to the room: its SHA-256 (hex), its size in bytes, and what people call the paper."""

    sha256: str
    bytes: int
    title: str


def check(paper: Paper, where: str = "$.paper") -> Paper:
    """Return a paper with a proper hash, size and title, or refuse. Whether the room has it, its door knows."""
    if not _HASH.fullmatch(paper.sha256) or paper.bytes < 1:
        raise Refused("bad_value", where)
    guards.text(paper.title, f"{where}.title")
    return paper
