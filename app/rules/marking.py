"""How a lot is marked where it is not in one round: phases, blind marking, second envelope, drawn coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.rules.model import CoefficientDraw, DrawnWhen, Held, Lot, Opens, Phase, Tender
from app.rules.reading import Node, unique
from app.rules.refusal import Refusal

MARKING_KEYS = ("phases", "envelope", "pass_line", "draws", "bid_order")
"""Keys of a lot that may be left out: then everything is marked in one round, with open prices."""

_SECOND = "second"
_DRAWN = "drawn"
_ORDERS = ("fixed", _DRAWN)
_DRAWN_INTO = ("price", "weights")
"""Parts of the scoring rule that a coefficient may be drawn into."""


def read_marking(lot: Lot, node: Node, f: Mapping[str, Node]) -> Lot:
    """Return the lot with what its optional keys say. Raises `Refusal` where they do not fit the lot."""
    phases = f["phases"].each(_phase, at_least=1) if "phases" in f else ()
    second = "envelope" in f and f["envelope"].maybe(lambda n: n.one_of((_SECOND,))) is not None
    line = f["pass_line"].maybe(Node.number) if "pass_line" in f else None
    draws = f["draws"].each(_draw) if "draws" in f else ()
    drawn = "bid_order" in f and f["bid_order"].one_of(_ORDERS) == _DRAWN
    made = replace(lot, phases=phases, second_envelope=second, pass_line=line, draws=draws, bids_drawn=drawn)
    for fault in (*_phase_faults(made, node.where), *_envelope_faults(made, node.where), *_draw_faults(made, node)):
        raise fault
    return made


def marking_to_json(lot: Lot) -> dict[str, Any]:
    """Return the optional keys of a lot that say something."""
    made: dict[str, Any] = {}
    if lot.phases:
        made["phases"] = [_phase_to_json(phase) for phase in lot.phases]
    if lot.second_envelope:
        made["envelope"] = _SECOND
    if lot.pass_line is not None:
        made["pass_line"] = lot.pass_line
    if lot.draws:
        made["draws"] = [vars(draw) | {"values": list(draw.values), "when": draw.when.value} for draw in lot.draws]
    if lot.bids_drawn:
        made["bid_order"] = _DRAWN
    return made


def with_coefficients(lot: Lot, drawn: Mapping[str, str]) -> dict[str, Any]:
    """The lot's scoring rule with the coefficients that are known, each at its place."""
    scoring: dict[str, Any] = lot.scoring
    for draw in lot.draws:
        if draw.id in drawn:
            scoring = _put(scoring, draw.into.split("."), drawn[draw.id])
    return scoring


def coefficient_faults(tender: Tender, lot: Lot, where: str) -> Iterator[Refusal]:
    """Coefficients drawn at the opening stand in its record, and are among the values of the document.

    A lot with a second envelope may learn them at its second opening.
    """
    for i, draw in enumerate(lot.draws):
        stated = tender.opening.coefficients.get(draw.id)
        if draw.when is not DrawnWhen.OPENING:
            if stated is not None:
                yield Refusal("coefficient_drawn_twice", f"{where}.draws[{i}].when", id=draw.id)
        elif stated is None:
            if not lot.second_envelope:
                yield Refusal("coefficient_missing", f"{where}.draws[{i}]", id=draw.id)
        elif stated not in draw.values:
            allowed = ", ".join(draw.values)
            yield Refusal("bad_value", f"$.opening.coefficients.{draw.id}", value=stated[:40], allowed=allowed)


def _phase(node: Node) -> Phase:
    f = node.fields(("id", "name", "factors", "blind", "opens"), ("held", "order"))
    return Phase(
        id=f["id"].id(),
        name=f["name"].text(),
        factors=f["factors"].each(Node.id, at_least=1),
        blind=f["blind"].flag(),
        opens=f["opens"].choice(Opens),
        held=f["held"].maybe(lambda n: n.choice(Held)) if "held" in f else None,
        order_drawn="order" in f and f["order"].maybe(lambda n: n.one_of((_DRAWN,))) is not None,
    )


def _phase_to_json(phase: Phase) -> dict[str, Any]:
    made: dict[str, Any] = {"id": phase.id, "name": phase.name, "factors": list(phase.factors)}
    made |= {"blind": phase.blind, "opens": phase.opens.value}
    made |= {"held": phase.held.value} if phase.held is not None else {}
    return made | ({"order": _DRAWN} if phase.order_drawn else {})


def _draw(node: Node) -> CoefficientDraw:
    f = node.fields(("id", "values", "into", "when"))
    values = f["values"].each(Node.number, at_least=2)
    unique((value, f"{f['values'].where}[{i}]") for i, value in enumerate(values))
    return CoefficientDraw(f["id"].id(), values, f["into"].text(), f["when"].choice(DrawnWhen))


def _phase_faults(lot: Lot, where: str) -> Iterator[Refusal]:
    if not lot.phases:
        return
    place = f"{where}.phases"
    unique((phase.id, f"{place}[{i}].id") for i, phase in enumerate(lot.phases))
    kinds = {factor.id: factor.kind for factor in lot.factors}
    named = [(factor, f"{place}[{i}].factors") for i, phase in enumerate(lot.phases) for factor in phase.factors]
    unique(named)
    for factor, at in named:
        if factor not in kinds:
            yield Refusal("bad_value", at, value=factor, allowed=", ".join(kinds))
    missing = [factor for factor in kinds if factor not in {name for name, _ in named}]
    if missing:
        yield Refusal("phase_missing", place, factors=", ".join(missing))
    for i, phase in enumerate(lot.phases):
        if phase.order_drawn and phase.held is None:
            yield Refusal("order_of_nothing", f"{place}[{i}].order")
        if not phase.blind:
            continue
        if any(not before.blind for before in lot.phases[:i]):
            yield Refusal("blind_too_late", f"{place}[{i}].blind")
        if any(kinds.get(factor) in ("objective", "pass_fail") for factor in phase.factors):
            yield Refusal("blind_objective", f"{place}[{i}].factors")
        if phase.held is not None:
            yield Refusal("blind_held", f"{place}[{i}].held")
    if any(phase.blind for phase in lot.phases):
        for i, bid in enumerate(lot.bids):
            if not any(file.blind for file in bid.files):
                yield Refusal("blind_file_missing", f"{where}.bids[{i}].files", bid=bid.id)


def _envelope_faults(lot: Lot, where: str) -> Iterator[Refusal]:
    opening = [i for i, phase in enumerate(lot.phases) if phase.opens is Opens.PRICES]
    if len(opening) > 1 or (lot.second_envelope and lot.phases and not opening):
        yield Refusal("one_phase_opens", f"{where}.phases")
    for i in opening:
        if any(phase.blind for phase in lot.phases[i + 1 :]):
            yield Refusal("blind_too_late", f"{where}.phases[{i}].opens")
    if lot.pass_line is not None and not (lot.second_envelope and lot.factors):
        yield Refusal("no_second_envelope", f"{where}.pass_line")
    for i, bid in enumerate(lot.bids):
        if (bid.price is None) != lot.second_envelope:
            code = "price_in_envelope" if lot.second_envelope else "price_missing"
            yield Refusal(code, f"{where}.bids[{i}].price")


def _draw_faults(lot: Lot, node: Node) -> Iterator[Refusal]:
    place = f"{node.where}.draws"
    unique((draw.id, f"{place}[{i}].id") for i, draw in enumerate(lot.draws))
    unique((draw.into, f"{place}[{i}].into") for i, draw in enumerate(lot.draws))
    for i, draw in enumerate(lot.draws):
        *parents, _ = draw.into.split(".")
        found: Any = lot.scoring
        for part in parents:
            found = found.get(part) if isinstance(found, dict) else None
        if not parents or parents[0] not in _DRAWN_INTO or not isinstance(found, dict):
            yield Refusal("no_such_place", f"{place}[{i}].into", value=draw.into[:40])


def _put(table: dict[str, Any], path: list[str], value: str) -> dict[str, Any]:
    first, *rest = path
    return table | {first: _put(table[first], rest, value) if rest else value}
