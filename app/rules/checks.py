"""Cross checks between a rule set, a tender and its lots, beyond the form of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.rules.awards import award_faults
from app.rules.marking import coefficient_faults
from app.rules.model import Factor, LateRejection, Lot, ProcedureKind, RuleSet, Tender, Track
from app.rules.reading import Node
from app.rules.refusal import Refusal

_FULL_MARKS = 100
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_tender(ruleset: RuleSet, tender: Tender, where: str = "$") -> tuple[Refusal, ...]:
    """Return everything in which the tender does not fit itself or the rule set, in reading order."""
    return tuple(_tender_faults(ruleset, tender, where))


def is_uscc(text: str) -> bool:
    """Whether a unified social credit code has its 18 signs and the right check character (GB 32100-2015)."""
    if len(text) != 18 or any(sign not in _USCC_SIGNS for sign in text):
        return False
    total = sum(_USCC_SIGNS.index(sign) * pow(3, i, 31) for i, sign in enumerate(text[:17]))
    return _USCC_SIGNS[(31 - total % 31) % 31] == text[17]


def _tender_faults(ruleset: RuleSet, tender: Tender, where: str) -> Iterator[Refusal]:
    if tender.track is not ruleset.track:
        yield Refusal("track_differs", f"{where}.track", tender=tender.track.value, ruleset=ruleset.track.value)
    if _before(tender.planned_at, tender.opening.opened_at):
        yield _order(
            f"{where}.planned_at",
            ("评审时间", "the planned evaluation", tender.planned_at),
            ("开标时间", "the opening", tender.opening.opened_at),
        )
    if tender.awards is not None:
        yield from award_faults(tender.awards, tender.lots, f"{where}.awards")
    for i, lot in enumerate(tender.lots):
        yield from _lot_faults(ruleset, tender, lot, f"{where}.lots[{i}]")


def _lot_faults(ruleset: RuleSet, tender: Tender, lot: Lot, where: str) -> Iterator[Refusal]:
    for i, item in enumerate(lot.review_items):
        if item.ground not in ruleset.grounds:
            yield Refusal(
                "unknown_ground",
                f"{where}.review_items[{i}].ground",
                ground=item.ground,
                allowed=", ".join(ruleset.grounds),
            )
    if lot.late_rejection is LateRejection.KEEP and ruleset.track is Track.ZC:
        yield Refusal("bad_value", f"{where}.late_rejection", value="keep", allowed=LateRejection.RECOMPUTE.value)
    yield from _kind_faults(ruleset.procedure.kind, lot, where)
    if not ruleset.procedure.carries_marks:
        for key, given in (("phases", lot.phases), ("second_envelope", lot.second_envelope), ("draws", lot.draws)):
            if given:
                yield Refusal("phases_not_carried", f"{where}.{key}")
    yield from _bidder_faults(lot, where)
    yield from _scoring_faults(ruleset, lot, where)
    yield from coefficient_faults(tender, lot, where)
    yield from _qualification_faults(ruleset, tender, lot, where)


def _kind_faults(kind: ProcedureKind, lot: Lot, where: str) -> Iterator[Refusal]:
    """A consultation is marked (财库〔2014〕214号 23); in negotiation, inquiry and single source prices alone decide
    (74号令 35, 48, 41), and a single source has one supplier."""
    if kind is ProcedureKind.OPEN_TENDER:
        return
    wanted = "comprehensive" if kind is ProcedureKind.CONSULTATION else "lowest_evaluated_price"
    if lot.scoring.get("method") != wanted:
        yield Refusal("method_of_kind", f"{where}.scoring.method", kind=kind.value, wanted=wanted)
    if kind is not ProcedureKind.CONSULTATION and lot.factors:
        yield Refusal("factors_of_kind", f"{where}.factors", kind=kind.value)
    if kind is ProcedureKind.SINGLE_SOURCE and len(lot.bids) != 1:
        yield Refusal("one_supplier", f"{where}.bids", count=len(lot.bids))


def _bidder_faults(lot: Lot, where: str) -> Iterator[Refusal]:
    first: dict[str, int] = {}
    for i, bid in enumerate(lot.bids):
        if bid.uscc and not is_uscc(bid.uscc):
            yield Refusal("bad_uscc", f"{where}.bids[{i}].uscc", value=bid.uscc[:40])
        for key, value in (("bidder", bid.bidder), ("uscc", bid.uscc)):
            if value and value in first:
                yield Refusal("duplicate_bidder", f"{where}.bids[{i}].{key}", first=first[value] + 1)
                break
        for value in (bid.bidder, bid.uscc):
            first.setdefault(value, i)


def _scoring_faults(ruleset: RuleSet, lot: Lot, where: str) -> Iterator[Refusal]:
    sound = True
    for i, factor in enumerate(lot.factors):
        if (fault := _range_fault(factor, f"{where}.factors[{i}].max")) is not None:
            sound = False
            yield fault
    scoring = lot.scoring
    for key in ("ceiling", "budget"):
        if scoring.get(key) is not None:
            try:
                Node(scoring[key], f"{where}.scoring.{key}").price()
            except Refusal as refusal:
                sound = False
                yield refusal
    if sound:
        yield from _amount_faults(scoring, where)
    if sound and scoring.get("check_sum"):
        yield from _sum_faults(lot, where)
    least = scoring.get("min_bids")
    if least is not None and least != ruleset.min_bids:
        yield Refusal("min_bids_differs", f"{where}.scoring.min_bids", lot=least, ruleset=ruleset.min_bids)


def _range_fault(factor: Factor, where: str) -> Refusal | None:
    if factor.min is None or factor.max is None or Decimal(factor.min) < Decimal(factor.max):
        return None
    return Refusal("bad_range", where, min=factor.min, max=factor.max)


def _amount_faults(scoring: dict[str, Any], where: str) -> Iterator[Refusal]:
    ceiling, budget = scoring.get("ceiling"), scoring.get("budget")
    if ceiling is not None and budget is not None and Decimal(ceiling) > Decimal(budget):
        yield Refusal("ceiling_above_budget", f"{where}.scoring.ceiling", ceiling=ceiling, budget=budget)


def _sum_faults(lot: Lot, where: str) -> Iterator[Refusal]:
    total = sum((Fraction(factor.max) for factor in lot.factors if factor.max is not None), Fraction(0))
    price = lot.scoring.get("price")
    if price is not None:
        rule = Node(price, f"{where}.scoring.price").table()
        if "full" not in rule:
            yield Refusal("missing_key", f"{where}.scoring.price.full", key="full")
            return
        try:
            total += Fraction(rule["full"].number())
        except Refusal as refusal:
            yield refusal
            return
    if total != _FULL_MARKS:
        yield Refusal("sum_not_100", f"{where}.factors", sum=_decimal(total))


def _qualification_faults(ruleset: RuleSet, tender: Tender, lot: Lot, where: str) -> Iterator[Refusal]:
    place, qualification = f"{where}.qualification", lot.qualification
    if qualification is None:
        if ruleset.qualification_by == "tenderee":
            yield Refusal("qualification_missing", place)
        return
    if ruleset.qualification_by != "tenderee":
        yield Refusal("qualification_unexpected", place)
    answered = [result.bid for result in qualification.results]
    wanted = [bid.id for bid in lot.bids]
    if sorted(answered) != sorted(wanted):
        differing = sorted(set(answered) ^ set(wanted)) or sorted({b for b in answered if answered.count(b) > 1})
        yield Refusal("qualification_incomplete", f"{place}.results", bids=", ".join(differing))
    for i, result in enumerate(qualification.results):
        if not result.passed and result.reason is None:
            yield Refusal("reason_missing", f"{place}.results[{i}].reason")
    if _before(qualification.signed_at, tender.opening.opened_at):
        yield _order(
            f"{place}.signed_at",
            ("资格审查签署时间", "the qualification review", qualification.signed_at),
            ("开标时间", "the opening", tender.opening.opened_at),
        )


def _decimal(value: Fraction) -> str:
    """Write a sum of decimals as a decimal."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _before(one: str, other: str) -> bool:
    return datetime.fromisoformat(one) < datetime.fromisoformat(other)


def _order(where: str, later: tuple[str, str, str], earlier: tuple[str, str, str]) -> Refusal:
    return Refusal(
        "dates_out_of_order",
        where,
        **dict(zip(("later_zh", "later_en", "later"), later, strict=True)),
        **dict(zip(("earlier_zh", "earlier_en", "earlier"), earlier, strict=True)),
    )
