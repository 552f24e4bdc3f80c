"""Ranks: 1, 2, 2, 4; ties resolved only by the tie breakers that the case names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.scoring.model import Bid, TieBreaker


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides a bid's place: `lead` is sorted downwards, then the tie breakers speak.

    Group sums and the price score are in units of their last decimal, and so is a total for a lead.
    """

    bid: Bid
    lead: Fraction | int
    groups: Mapping[str, int]
    price_score: int


@dataclass(frozen=True, slots=True)
class Place:
    """A rank and the standings that share it, in input order."""

    rank: int
    standings: tuple[Standing, ...]


_BREAKERS: dict[TieBreaker, Callable[[Standing], Fraction | int]] = {
    TieBreaker.PRICE_ASC: lambda standing: standing.bid.price or 0,
    TieBreaker.TECHNICAL_DESC: lambda standing: -standing.groups.get("technical", 0),
    TieBreaker.COMMERCIAL_DESC: lambda standing: -standing.groups.get("commercial", 0),
    TieBreaker.PRICE_SCORE_DESC: lambda standing: -standing.price_score,
}


def rank(standings: Sequence[Standing], breakers: Sequence[TieBreaker]) -> list[Place]:
    """The places in rank order; what no breaker resolves shares a rank."""
    keyed = [
        ((-standing.lead, *(_BREAKERS[breaker](standing) for breaker in breakers)), standing) for standing in standings
    ]
    keyed.sort(key=lambda pair: pair[0])  # stable: equals stay in input order
    places: list[Place] = []
    last: tuple[Fraction | int, ...] | None = None
    for position, (key, standing) in enumerate(keyed, 1):
        if key == last:
            shared = places.pop()
            places.append(Place(shared.rank, (*shared.standings, standing)))
        else:
            places.append(Place(position, (standing,)))
        last = key
    return places
