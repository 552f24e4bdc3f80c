"""What is recorded of a seat whose sheet only two people together can let the room open, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line
from app.rules.model import Party

HOLDERS = (Party.WITNESS, Party.REGULATOR)
"""Who hold the two shares of a sheet's key. Neither tenderee nor agency, nor the centre, which has the disk."""


@dataclass(frozen=True)
class ShareKeyOffered(Event):
    """A console of a `holder` tells the raw X25519 public key (hex) to which seats seal that holder's shares."""

    holder: str
    device: str
    public: str


@dataclass(frozen=True)
class SharesKept(Event):
    """A seat split the key of its sealed sheet: by holder `{"digest", "box"}`, the box sealed to all keys which that
    holder offers."""

    alias: str
    lot: str
    kind: str
    round: int
    shares: dict[str, Any]


@dataclass(frozen=True)
class SheetReleaseAsked(Event):
    """One holder asks for the sheet of a lost seat to be released to the room."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class SheetReleased(Event):
    """The other holder agreed: both consoles give their shares to the room's memory."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class SheetReleaseRefused(Event):
    """The other holder said no."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class ShareGiven(Event):
    """A holder's console gave its share, sealed to the key `key_id` that lives in the room's memory alone."""

    holder: str
    lot: str
    kind: str
    round: int
    alias: str
    key_id: str
    share: dict[str, Any]


@dataclass(frozen=True)
class OfferShareKey(Command):
    """Tell this console's public key for shares."""

    public: str


@dataclass(frozen=True)
class KeepShares(Command):
    """Keep the two shares of the own sealed sheet's key."""

    lot: str
    kind: str
    round: int
    shares: dict[str, Any]


@dataclass(frozen=True)
class AskSheetRelease(Command):
    """Ask for the sheet of a lost seat to be released."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class ApproveSheetRelease(Command):
    """Agree, as the other holder."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class RefuseSheetRelease(Command):
    """Say no, as the other holder."""

    lot: str
    kind: str
    round: int
    alias: str
    reason: str


@dataclass(frozen=True)
class GiveShare(Command):
    """Seal the own share of a released sheet's key to the room's newest offered key."""

    lot: str
    kind: str
    round: int
    alias: str
    key_id: str
    share: dict[str, Any]


Place = tuple[str, str, int, str]
"""Lot, kind, round, alias."""

OfPlace = KeepShares | AskSheetRelease | ApproveSheetRelease | RefuseSheetRelease | GiveShare


@dataclass(frozen=True)
class LostSeats:
    """What is known of shares: never a share."""

    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    """By holder: the public key of each of its consoles, by device."""
    kept: dict[Place, dict[str, Any]] = field(default_factory=dict)
    """The sealed shares by place, as `SharesKept` has them."""
    asked: dict[Place, str] = field(default_factory=dict)
    """The holder who asks."""
    released: frozenset[Place] = frozenset()
    given: frozenset[tuple[Place, str, str]] = frozenset()
    """Place, holder, and the room's key to which that share was given."""
    lines: tuple[Line, ...] = ()

    def publics(self, holder: str) -> list[str]:
        """The keys to which that holder's shares are sealed, in a fixed order."""
        return sorted(self.keys.get(holder, {}).values())

    def line(self, at: str, text: str) -> LostSeats:
        """With one line more for the report."""
        return replace(self, lines=(*self.lines, Line(at, "席位失联", text)))
