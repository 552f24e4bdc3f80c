"""A play made up for any package: drawn from the package's hash alone, so the same package plays the same."""

from __future__ import annotations

import hashlib
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from app.exchange.package import Package
from app.exchange.play import Admission, Election, Failure, Play, PlayLot, PlayMember, places_of
from app.rules.mark_form import MarkForm
from app.rules.model import Bid, Factor, Lot, MemberKind

_STRANGERS = ("astronaut_nasa.png", "impostor_2.jpg", "impostor_3.jpg")
"""The demo's single pictures: nobody is known by them, so such members are let in by two people."""

_OVER_CEILING = frozenset({"R5", "Z4"})
"""The grounds that name a price above the ceiling (条例 51(五), 87号令 63(四))."""


def make_play(package: Package) -> Play:
    """Return a play for `package`: every mark possible, objective marks equal, a bid over its ceiling failed."""
    chance = _Chance(package.hash)
    members = [member.id for member in package.members]
    experts = [member.id for member in package.members if member.kind is MemberKind.EXPERT]
    chair = chance.pick(experts or members)
    order = chance.shuffled(members)
    return Play(
        members=tuple(
            PlayMember(
                member=member,
                arrival=order.index(member) + 1,
                admission=Admission.TWO_PEOPLE,
                portrait=None,
                live=_STRANGERS[i % len(_STRANGERS)],
                recusal=None,
            )
            for i, member in enumerate(members)
        ),
        election=Election(
            proposed_by=next((m for m in order if m != chair), chair),
            candidate=chair,
            objection_by=None,
            ballots=(),
        ),
        lots=tuple(_lot(lot, members, chance) for lot in package.tender.lots),
    )


class _Chance:
    """A stream of numbers from SHA-256 over a seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = f"kawei/play/1 {seed}".encode()
        self._count = 0

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        block = hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
        self._count += 1
        return int.from_bytes(block, "big") % n

    def pick(self, items: list[str]) -> str:
        """Return one of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: list[str]) -> list[str]:
        """Return the items in another order."""
        rest, order = list(items), []
        while rest:
            order.append(rest.pop(self.below(len(rest))))
        return order


def _lot(lot: Lot, members: list[str], chance: _Chance) -> PlayLot:
    failed = {bid.id: item for bid in lot.bids if (item := _failing_item(lot, bid)) is not None}
    unqualified = () if lot.qualification is None else [r.bid for r in lot.qualification.results if not r.passed]
    failures = {
        bid: {item: Failure("投标报价高于最高限价。", "1")} for bid, item in failed.items() if bid not in unqualified
    }
    live = [bid for bid in lot.bids if bid.id not in failed and bid.id not in unqualified]
    marks: dict[str, dict[str, dict[str, str]]] = {member: {} for member in members}
    for bid in live:
        quality = 55 + chance.below(40)
        common = {factor.id: _mark(factor, lot, quality, chance) for factor in lot.factors}
        for member in members:
            marks[member][bid.id] = {
                factor.id: _mark(factor, lot, quality + chance.below(11) - 5, chance)
                if factor.kind == "subjective"
                else common[factor.id]
                for factor in lot.factors
            }
    return PlayLot(
        lot=lot.id,
        failures=dict.fromkeys(members, failures) if failures else {},
        marks=marks,
        findings_note="评审中提示的事项已逐项核对，各成员确认本人评分无误。",
        dissents={},
    )


def _failing_item(lot: Lot, bid: Bid) -> str | None:
    ceiling = lot.scoring.get("ceiling")
    if ceiling is None or bid.price is None or Decimal(bid.price) <= Decimal(ceiling):
        return None
    return next((item.id for item in lot.review_items if item.ground in _OVER_CEILING), None)


def _mark(factor: Factor, lot: Lot, quality: int, chance: _Chance) -> str:
    """Return a possible mark near `quality` per cent of the factor's range, in halves where they fit."""
    if factor.min is None or factor.max is None:
        return "pass"
    if factor.kind == "deduction":
        quality = 100 - quality
    if factor.form is not None:
        fitting = _of_the_form(factor.form, factor.min, factor.max)
        return fitting[min(max(quality, 0), 99) * len(fitting) // 100]
    unit = Decimal(1).scaleb(-places_of(lot))
    lowest = int((Decimal(factor.min) / unit).to_integral_value(ROUND_CEILING))
    highest = int((Decimal(factor.max) / unit).to_integral_value(ROUND_FLOOR))
    half = max(1, int(Decimal("0.5") / unit))
    step = half if highest - lowest >= half else 1
    wanted = Fraction(min(max(quality, 0), 100) * (highest - lowest), 100 * step)
    steps = min(int(wanted) + chance.below(2), (highest - lowest) // step)
    mark = (lowest + steps * step) * unit
    text = f"{mark:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _of_the_form(form: MarkForm, least: str, most: str) -> list[str]:
    """The marks that a form allows, from the lowest to the highest; those without need of a reason where there are."""
    if form.levels:
        allowed = sorted((level.points for level in form.levels), key=Decimal)
    else:
        size = Decimal(form.step or (form.each.points if form.each is not None else "1"))
        low, high = Decimal(least), Decimal(most)
        allowed = [*(f"{low + k * size:f}" for k in range(int((high - low) / size))), most]
    allowed = [mark for mark in allowed if form.allows(mark, least, most)]
    return [mark for mark in allowed if not form.asks(mark)] or allowed
