"""What a check says: pass, not due, or FAILED with the first thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

CLOCK_STEP = timedelta(minutes=5)
"""How far the room's clock may have been set back between two entries, before their times contradict each other."""


class Outcome(StrEnum):
    """How a check ended; the value is what is printed in every language."""

    PASS = "pass"  # noqa: S105 - no password
    NOT_DUE = "not due"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Problem:
    """What is wrong: a key of `sentences.PROBLEMS`, the file or entry, and what fills the sentence."""

    code: str
    where: str = ""
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One line of the verification; `code` is a key of `sentences.TITLES`."""

    code: str
    outcome: Outcome
    problem: Problem | None = None


class Failed(Exception):
    """Ends a check: the first thing that is wrong."""

    def __init__(self, code: str, where: str = "", **details: str) -> None:
        super().__init__(code, where)
        self.problem = Problem(code, where, details)
