"""What is remembered of talks and offers, by lot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.evaluation.matter import Line
from app.evaluation.model import Evaluation
from app.evaluation.papers import Paper


class Part(StrEnum):
    """What of the demands talks may change, and nothing else (74号令 32; 财库〔2014〕214号 20)."""

    TECHNICAL = "technical"
    SERVICE = "service"
    CONTRACT = "contract"


@dataclass(frozen=True)
class Talk:
    """A talk with a supplier: who sat in the group, and with what remarks they stand by its minutes."""

    bid: str
    turn: int
    minutes: str
    at: str
    present: tuple[str, ...]
    attested: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A change of the demands on its way from the group over the purchaser to the suppliers."""

    number: int
    part: Part
    text: str
    at: str
    confirmed_at: str | None = None
    refused: str | None = None
    """The reason why it was not confirmed."""
    passed_at: str | None = None

    @property
    def settled(self) -> bool:
        """Void, or known to every supplier."""
        return self.refused is not None or self.passed_at is not None


@dataclass(frozen=True)
class Offer:
    """A supplier's offer in a round: sealed, then with its price (yuan), then with its paper."""

    reference: str
    sealed: dict[str, Any]
    at: str
    price: str | None = None
    paper: Paper | None = None


@dataclass(frozen=True)
class OfferRound:
    """A round of offers."""

    number: int
    final: bool
    called_at: str
    deadline: str
    offers: dict[str, Offer] = field(default_factory=dict)
    opened_at: str | None = None


@dataclass(frozen=True)
class Withdrawal:
    """Why a supplier withdrew, and whether its deposit went back."""

    reason: str
    deposit_returned: bool
    at: str


@dataclass(frozen=True)
class LotTalks:
    """Everything about the talks of one lot."""

    talks: tuple[Talk, ...] = ()
    changes: tuple[Change, ...] = ()
    rounds: tuple[OfferRound, ...] = ()
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    claim: tuple[str, str] | None = None
    """Code and reference of the two-supplier exception."""
    agreed: tuple[str, str] | None = None
    """单一来源: price and terms."""
    lines: tuple[Line, ...] = ()

    @property
    def running(self) -> OfferRound | None:
        """The round of offers that is not opened yet."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].opened_at is None else None

    @property
    def closed(self) -> bool:
        """The last offers are opened: nothing is talked about any more."""
        return bool(self.rounds) and self.rounds[-1].final and self.rounds[-1].opened_at is not None

    def heard(self, bid: str, committee: tuple[str, ...]) -> int:
        """How many talks with a supplier everyone stands by who sits in the committee now."""
        return sum(talk.bid == bid and set(committee) <= set(talk.attested) for talk in self.talks)


@dataclass(frozen=True)
class Talks:
    """The talks by lot."""

    lots: dict[str, LotTalks] = field(default_factory=dict)


def of_lot(state: Evaluation, lot: str) -> LotTalks:
    """The talks of a lot; empty where there were none."""
    return state.memory(Talks).lots.get(lot, LotTalks())


def with_lot(state: Evaluation, lot: str, **changes: Any) -> Evaluation:
    """The state in which the talks of a lot are changed."""
    memory = state.memory(Talks)
    return state.remembering(replace(memory, lots=memory.lots | {lot: replace(of_lot(state, lot), **changes)}))
