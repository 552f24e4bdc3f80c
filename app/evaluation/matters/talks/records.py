"""The commands and events of talks and offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.papers import Paper

# --- commands


@dataclass(frozen=True)
class HoldTalk(Command):
    """The whole group has talked with one supplier; the chair puts the minutes down."""

    lot: str
    bid: str
    minutes: str


@dataclass(frozen=True)
class AttestTalk(Command):
    """A member took part in a talk and stands by its minutes; `remark` says what is to be added, or nothing."""

    lot: str
    bid: str
    turn: int
    remark: str


@dataclass(frozen=True)
class ChangeDemands(Command):
    """The group changes the demands in writing: `part` is a `Part`."""

    lot: str
    part: str
    text: str


@dataclass(frozen=True)
class ConfirmChange(Command):
    """The purchaser's delegate, or the purchaser, confirms a change."""

    lot: str
    number: int


@dataclass(frozen=True)
class RefuseChange(Command):
    """The purchaser's delegate, or the purchaser, does not confirm a change."""

    lot: str
    number: int
    reason: str


@dataclass(frozen=True)
class PassChange(Command):
    """The agency passed a change on, in writing, to all suppliers at once."""

    lot: str
    number: int


@dataclass(frozen=True)
class WithdrawSupplier(Command):
    """A supplier withdraws before its last offer, and the agency records it."""

    lot: str
    bid: str
    reason: str
    deposit_returned: bool


@dataclass(frozen=True)
class ClaimTwoSuppliers(Command):
    """The agency or purchaser states why two suppliers are lawful: a code of the rule set, approval or document."""

    lot: str
    code: str
    reference: str


@dataclass(frozen=True)
class CallOffers(Command):
    """The chair asks all live suppliers for their offers within so many minutes."""

    lot: str
    minutes: int


@dataclass(frozen=True)
class EnterOffer(Command):
    """The agency enters a supplier's offer. The room seals the amount before anything is written; `sealed` is an
    `app.journal.SealedSheet` of `{"price": ...}` in the supplier's name, `reference` the number of the paper."""

    lot: str
    bid: str
    round: int
    reference: str
    sealed: dict[str, Any]


@dataclass(frozen=True)
class OpenOffers(Command):
    """The chair opens all offers of a round at once; the room fills in what was sealed: price and salt by bid."""

    lot: str
    round: int
    offers: dict[str, dict[str, str]]


@dataclass(frozen=True)
class FileOffer(Command):
    """The agency files the signed paper of an opened offer: `{"sha256", "bytes", "title"}`."""

    lot: str
    bid: str
    round: int
    paper: Paper


@dataclass(frozen=True)
class ConcludeTalks(Command):
    """The chair states that the last offers are in and which suppliers go on."""

    lot: str


@dataclass(frozen=True)
class AgreePrice(Command):
    """单一来源: the price that was agreed on, and the main terms of the contract (74号令 42)."""

    lot: str
    price: str
    terms: str


@dataclass(frozen=True)
class EndTalks(Command):
    """The chair ends the talks without result: too few suppliers, or no price can be agreed on."""

    lot: str
    reason: str


# --- events


@dataclass(frozen=True)
class TalkHeld(Event):
    """A talk with one supplier, its minutes; `turn` counts the talks with this supplier."""

    lot: str
    bid: str
    minutes: str
    turn: int


@dataclass(frozen=True)
class TalkAttested(Event):
    """A member took part in a talk and stands by its minutes."""

    lot: str
    bid: str
    turn: int
    remark: str
    alias: str


@dataclass(frozen=True)
class DemandsChanged(Event):
    """A change of the demands, in writing, which the purchaser has to confirm."""

    lot: str
    part: str
    text: str
    number: int


@dataclass(frozen=True)
class ChangeConfirmed(Event):
    """The purchaser's side confirmed a change."""

    lot: str
    number: int


@dataclass(frozen=True)
class ChangeRefused(Event):
    """The purchaser's side did not confirm a change; it is void."""

    lot: str
    number: int
    reason: str


@dataclass(frozen=True)
class ChangePassed(Event):
    """All suppliers were told of a change in writing, at once."""

    lot: str
    number: int


@dataclass(frozen=True)
class SupplierWithdrawn(Event):
    """A supplier is out by its own will."""

    lot: str
    bid: str
    reason: str
    deposit_returned: bool


@dataclass(frozen=True)
class TwoSuppliersClaimed(Event):
    """Why it is lawful to go on with two suppliers."""

    lot: str
    code: str
    reference: str


@dataclass(frozen=True)
class OffersCalled(Event):
    """A round of offers runs until `deadline` (RFC 3339, server time)."""

    lot: str
    minutes: int
    round: int
    final: bool
    deadline: str


@dataclass(frozen=True)
class OfferSealed(Event):
    """A supplier's offer, sealed."""

    lot: str
    bid: str
    round: int
    reference: str
    sealed: dict[str, Any]


@dataclass(frozen=True)
class OffersOpened(Event):
    """The offers of a round in the clear, all at once."""

    lot: str
    round: int
    offers: dict[str, dict[str, str]]


@dataclass(frozen=True)
class OfferFiled(Event):
    """The signed paper of an offer lies with the record."""

    lot: str
    bid: str
    round: int
    paper: Paper


@dataclass(frozen=True)
class TalksConcluded(Event):
    """Prices are final; `dropped` are the suppliers that go on no more, by bid with the code of a `Drop`."""

    lot: str
    dropped: dict[str, str]


@dataclass(frozen=True)
class PriceAgreed(Event):
    """单一来源: price and terms were agreed on."""

    lot: str
    price: str
    terms: str


@dataclass(frozen=True)
class TalksEnded(Event):
    """The talks ended without result."""

    lot: str
    reason: str
