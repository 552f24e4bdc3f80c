"""A scanned paper as commands and entries name it, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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


def named_in(value: Any, where: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every paper (`{"sha256", "bytes", "title"}`) in the data of a command or an entry, with its place."""
    if isinstance(value, dict):
        if set(value) == {"sha256", "bytes", "title"}:
            yield where, value
        for key, inner in value.items():
            yield from named_in(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from named_in(inner, f"{where}[{index}]")
