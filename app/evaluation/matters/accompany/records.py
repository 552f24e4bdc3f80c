"""What the accompanied mode enters, takes and remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line
from app.evaluation.model import Evaluation

FORMS = ("json", "xlsx", "zip")
"""The forms of an export; also how its file ends in the evidence package."""

MOST_REMARKS = 500
"""So many remarks of a check are entered, the worst; the others are counted."""

KEYS = frozenset({"faults", "hints", "left_out", "remarks", "compared", "untold", "live", "result", "sources"})
"""What the answer of a check holds; `app.exchange.accompanied` makes it, and a verification makes it again."""


@dataclass(frozen=True)
class PlatformChecked(Event):
    """What the platform exported was recomputed; the file is kept by its hash, `answer` is what was found."""

    lot: str
    sha256: str
    bytes: int
    form: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class PlatformCorrectionAsked(Event):
    """The chair has the platform's figures put right and exported again."""

    lot: str
    reason: str


@dataclass(frozen=True)
class PlatformNoted(Event):
    """The chair notes what the committee says to the check; `failed`: too few bids are left on the platform."""

    lot: str
    note: str
    failed: bool


@dataclass(frozen=True)
class CheckPlatform(Command):
    """Enter a check. Only the room issues it, for the one who sent the export."""

    lot: str
    sha256: str
    bytes: int
    form: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class AskPlatformCorrection(Command):
    """Have figures put right on the platform, by those who make them there."""

    lot: str
    reason: str


@dataclass(frozen=True)
class NotePlatform(Command):
    """Note what the committee says to the newest check, and go on to the signatures."""

    lot: str
    note: str
    failed: bool


@dataclass(frozen=True)
class Checked:
    """One check: when, by whom it was sent, and what was found."""

    at: str
    by: Actor
    check: PlatformChecked

    def count(self, key: str) -> int:
        """A count of the answer."""
        return int(self.check.answer[key])


@dataclass(frozen=True)
class OfLot:
    """What is remembered of one lot."""

    checks: tuple[Checked, ...] = ()
    """All of them, of all sessions, oldest first."""
    before: int = 0
    """So many checks were made before the platform's turn came last: they are of what is done again."""
    asked: str | None = None
    """Why a correction is awaited."""
    note: str | None = None
    lines: tuple[Line, ...] = ()

    @property
    def current(self) -> Checked | None:
        """The newest check of what stands on the platform now."""
        return self.checks[-1] if len(self.checks) > self.before else None


@dataclass(frozen=True)
class Accompanied:
    """What is remembered by lot."""

    lots: dict[str, OfLot] = field(default_factory=dict)


def of_lot(state: Evaluation, lot: str) -> OfLot:
    """What is remembered of a lot."""
    return state.memory(Accompanied).lots.get(lot, OfLot())


def current(state: Evaluation, lot: str) -> Checked | None:
    """The check that the committee signs beside; None where nothing was sent since the platform's turn came last."""
    return of_lot(state, lot).current
