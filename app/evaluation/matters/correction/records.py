"""Figures of a bid that differ, the corrected price, and what the bidder says to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.rules.model import Correction


@dataclass(frozen=True)
class Difference:
    """Two figures that differ: the one that falls, the one that stands (decimal strings), and the page."""

    kind: Correction
    stated: str
    right: str
    place: str


@dataclass(frozen=True)
class DifferenceNoted(Event):
    """A member found figures that differ."""

    alias: str
    lot: str
    bid: str
    kind: Correction
    stated: str
    right: str
    place: str


@dataclass(frozen=True)
class DifferencesDropped(Event):
    """The differences noted for a bid are cleared."""

    lot: str
    bid: str
    reason: str


@dataclass(frozen=True)
class CorrectionStated(Event):
    """The committee states the corrected price and asks the bidder to confirm it."""

    letter: int
    lot: str
    bid: str
    price: str
    minutes: int
    differences: tuple[Difference, ...]
    text: str


@dataclass(frozen=True)
class CorrectionSettled(Event):
    """The bidder confirmed, and the corrected price is in force; or did not."""

    letter: int
    lot: str
    bid: str
    confirmed: bool
    price: str


@dataclass(frozen=True)
class NoteDifference(Command):
    """Note figures of a bid that differ."""

    lot: str
    bid: str
    kind: Correction
    stated: str
    right: str
    place: str


@dataclass(frozen=True)
class DropDifferences(Command):
    """Clear what was noted for a bid."""

    lot: str
    bid: str
    reason: str


@dataclass(frozen=True)
class StateCorrection(Command):
    """State what the price comes to and ask the bidder."""

    lot: str
    bid: str
    price: str
    minutes: int


@dataclass(frozen=True)
class SettleCorrection(Command):
    """Take note of the bidder's answer."""

    letter: int


@dataclass(frozen=True)
class Corrections:
    """Differences noted and not yet stated, by lot and bid; corrected prices by letter."""

    noted: dict[tuple[str, str], tuple[Difference, ...]] = field(default_factory=dict)
    stated: dict[int, str] = field(default_factory=dict)

    def of(self, lot: str, bid: str) -> tuple[Difference, ...]:
        """What is noted for a bid."""
        return self.noted.get((lot, bid), ())
