"""Who is recommended, in which order: ranks, lots drawn among tied bids, one brand, several lots of one bidder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from app.evaluation.model import Evaluation, LotState
from app.evaluation.tally import ranking_is_open, result
from app.rules.model import Ties, Track

Row = dict[str, Any]


@dataclass
class Standing:
    """The ranked bids of a lot in their order, who is passed over and why, and the tied bids that wait for a lot."""

    rows: list[Row] = field(default_factory=list)
    over: dict[str, str] = field(default_factory=dict)
    """A bid that cannot be a candidate, with the bid or the lots that stand before it."""
    due: tuple[str, ...] = ()


def standing(state: Evaluation, lot: LotState, found: dict[str, Any]) -> Standing:
    """Walk the ranks of a result; what is tied stands in the order drawn, where the document or the law wants a lot.

    The document (`ties`): all whom no tie breaker parts, as far as candidates are recommended. The law (87号令 31):
    bids of one brand of the core product that are equal, where the document has no other way.
    """
    made, won = Standing(), _won(state, lot)
    bids = {bid.id: bid for bid in lot.lot.bids}
    brands: dict[str, str] = {}
    for _, group in groupby(_ranked(found), key=lambda row: row["rank"]):
        rows = list(group)
        brand_of = {row["id"]: bids[row["id"]].brand if state.tender.track is Track.ZC else None for row in rows}
        for bid, brand in brand_of.items():
            if brand is not None and brand in brands:
                made.over[bid] = brands[brand]
            elif bids[bid].bidder in won:
                made.over[bid] = won[bids[bid].bidder]
        free = [row["id"] for row in rows if row["id"] not in made.over]
        recommended = sum(row["id"] not in made.over for row in made.rows)
        drawn_for = _to_draw(lot, free, brand_of, recommended < state.ruleset.candidates)
        order = lot.ties_drawn.get(drawn_for, ())
        if drawn_for and not order and not made.due:
            made.due = drawn_for
        made.rows += _arranged(lot, rows, order)
        for bid in sorted(free, key=lambda one: order.index(one) if one in order else len(order)):
            brand = brand_of[bid]
            if brand is not None and brand in brands:
                made.over[bid] = brands[brand]
            elif brand is not None:
                brands[brand] = bid
    return made


def _ranked(found: dict[str, Any]) -> Iterator[Row]:
    return (row for row in found["bids"] if row["rank"] is not None)


def _to_draw(lot: LotState, free: list[str], brand_of: dict[str, str | None], recommended: bool) -> tuple[str, ...]:
    """The bids of one rank among which a lot is drawn; none where nothing hangs on it."""
    if not recommended:
        return ()
    if lot.lot.ties is Ties.LOT:
        return tuple(free) if len(free) > 1 else ()
    times = Counter(brand_of[bid] for bid in free if brand_of[bid] is not None)
    return tuple(bid for bid in free if times[brand_of[bid]] > 1)


def _arranged(lot: LotState, rows: list[Row], order: tuple[str, ...]) -> list[Row]:
    """The rows of one rank: by the lot, each with a rank of its own, where the document has the order drawn."""
    if lot.lot.ties is not Ties.LOT or not order:
        return rows
    by_lot = sorted(rows, key=lambda row: order.index(row["id"]) if row["id"] in order else len(order))
    first = rows[0]["rank"]
    return [row | {"rank": first + min(k, len(order))} for k, row in enumerate(by_lot)]


def candidates(state: Evaluation, lot: LotState, found: dict[str, Any]) -> list[Row]:
    """Return the award candidates (中标候选人), at most as many as the rule set says, in their order."""
    made = standing(state, lot, found)
    return [row for row in made.rows if row["id"] not in made.over][: state.ruleset.candidates]


def passed_over(state: Evaluation, lot: LotState, found: dict[str, Any]) -> dict[str, str]:
    """Return the ranked bids that cannot be candidates, each with the bid or lot that stands before it.

    A bid of the same brand that ranks higher (87号令 31, ZC); or lots in which the bidder is first candidate already,
    as many as the document allows (兼投不兼中).
    """
    return standing(state, lot, found).over


def _won(state: Evaluation, lot: LotState) -> dict[str, str]:
    """Bidders who may win no more when it is this lot's turn, each with the lots that they are first in."""
    limit = state.tender.awards
    if limit is None:
        return {}
    firsts: dict[str, list[str]] = {}
    for earlier in limit.order[: limit.order.index(lot.lot.id)]:
        other = state.lots[earlier]
        best = candidates(state, other, result(state, other))[:1] if ranking_is_open(other) else []
        for row in best:
            bidder = next(bid.bidder for bid in other.lot.bids if bid.id == row["id"])
            firsts.setdefault(bidder, []).append(earlier)
    return {bidder: "、".join(lots) for bidder, lots in firsts.items() if len(lots) >= limit.most}
