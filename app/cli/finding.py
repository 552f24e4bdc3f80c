"""What one check of `kawei doctor` came to."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Level(Enum):
    """How a check came out; the value is printed in either language."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Finding(NamedTuple):
    """The outcome of one check in Chinese and English, with what to do where it is not OK."""

    level: Level
    zh: str
    en: str


def fine(said: str) -> Finding:
    """All is well, said in the same words in both languages."""
    return Finding(Level.OK, said, said)
