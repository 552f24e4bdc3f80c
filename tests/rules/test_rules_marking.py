"""Lots that are marked in parts: phases, blind files, second envelopes and drawn coefficients, read and refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from evaluation_case import ruleset_json, tender_json

from app.rules import Refusal, check_tender, read_ruleset, read_tender, tender_to_json
from app.rules.marking import with_coefficients
from resources import path as resource

Change = Callable[[dict[str, Any]], Any]


def phase(name: str, *factors: str, blind: bool = False, opens: str = "nothing", **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "factors": list(factors), "blind": blind, "opens": opens, **more}


def tender(change: Change | None = None) -> dict[str, Any]:
    """A GC tender in phases: blind technical marks, then the rest."""
    made = copy.deepcopy(tender_json("GC"))
    lot = made["lots"][0]
    lot["phases"] = [phase("tech", "T1", blind=True), phase("rest", "T2", "C1", held="demonstration")]
    for bid in lot["bids"]:
        bid["files"].append({**bid["files"][0], "path": f"files/b-{bid['id']}.pdf", "blind": True})
    if change is not None:
        change(lot)
    return made


def second(lot: dict[str, Any]) -> None:
    lot.update(envelope="second", pass_line="60", phases=[phase("all", "T1", "T2", "C1", opens="prices")])
    for bid in lot["bids"]:
        bid["price"] = None


def draws(**changes: Any) -> Change:
    one = {"id": "K", "values": ["0.97", "0.98"], "into": "price.benchmark.factor", "when": "opening"} | changes
    return lambda lot: lot.update(draws=[one])


def both(*changes: Change) -> Change:
    def change(lot: dict[str, Any]) -> None:
        for one in changes:
            one(lot)

    return change


@pytest.mark.parametrize("change", [None, second, draws(), both(second, draws(id="X"))])
def test_it_is_read_written_back_and_fits_the_schema(change: Change | None) -> None:
    made = tender(change)
    read = read_tender(made)
    assert read_tender(tender_to_json(read)) == read
    assert tender_to_json(read) == made
    schema = json.loads(resource("rules", "schema", "tender.json").read_text("utf-8"))
    jsonschema.validate(made, schema)
    assert check_tender(read_ruleset(ruleset_json("GC")), read) == ()


def test_a_lot_without_phases_has_one_of_all_factors() -> None:
    lot = read_tender(tender_json("GC")).lots[0]
    assert [(p.id, p.factors, p.blind) for p in lot.marking()] == [("", ("T1", "T2", "C1"), False)]
    assert lot.factors_of("") == lot.factors
    assert "phases" not in tender_to_json(read_tender(tender_json("GC")))["lots"][0]


def test_the_factors_of_a_phase() -> None:
    lot = read_tender(tender()).lots[0]
    assert [f.id for f in lot.factors_of("rest")] == ["T2", "C1"]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (lambda lot: lot["phases"].pop(), "phase_missing", "phases"),
        (lambda lot: lot["phases"].clear(), "bad_type", "phases"),
        (lambda lot: lot["phases"].reverse(), "blind_too_late", "phases[1].blind"),
        (lambda lot: lot["phases"][0]["factors"].append("T2"), "duplicate_id", "phases[1].factors"),
        (lambda lot: lot["phases"][1]["factors"].append("T9"), "bad_value", "phases[1].factors"),
        (lambda lot: lot["phases"][1].update(id="tech"), "duplicate_id", "phases[1].id"),
        (lambda lot: lot["phases"][1].update(held="lunch"), "bad_value", "phases[1].held"),
        (lambda lot: lot["phases"][0].update(held="samples"), "blind_held", "phases[0].held"),
        (lambda lot: lot["phases"][0].update(order="drawn"), "order_of_nothing", "phases[0].order"),
        (lambda lot: lot["phases"][0].update(opens="all"), "bad_value", "phases[0].opens"),
        (
            lambda lot: lot.update(phases=[phase("tech", "T1", "T2", blind=True), phase("rest", "C1")]),
            "blind_objective",
            "phases[0].factors",
        ),
        (lambda lot: lot["bids"][2]["files"].pop(), "blind_file_missing", "bids[2].files"),
        (
            lambda lot: lot.update(
                phases=[phase("a", "T1", opens="prices"), phase("b", "T2", "C1", opens="prices")],
            ),
            "one_phase_opens",
            "phases",
        ),
        (
            lambda lot: lot.update(
                phases=[phase("a", "T1", blind=True, opens="prices"), phase("b", "C1", blind=True), phase("c", "T2")],
            ),
            "blind_too_late",
            "phases[0].opens",
        ),
        (both(second, lambda lot: lot["phases"][0].update(opens="nothing")), "one_phase_opens", "phases"),
        (both(second, lambda lot: lot["bids"][1].update(price="5")), "price_in_envelope", "bids[1].price"),
        (lambda lot: lot["bids"][1].update(price=None), "price_missing", "bids[1].price"),
        (lambda lot: lot.update(envelope="third"), "bad_value", "envelope"),
        (lambda lot: lot.update(pass_line="60"), "no_second_envelope", "pass_line"),
        (draws(values=["0.97"]), "bad_type", "draws[0].values"),
        (draws(values=["0.97", "0.97"]), "duplicate_id", "draws[0].values[1]"),
        (draws(into="ceiling"), "no_such_place", "draws[0].into"),
        (draws(into="places.x"), "no_such_place", "draws[0].into"),
        (draws(into="price.benchmark.float.x"), "no_such_place", "draws[0].into"),
        (draws(into="price.none.x"), "no_such_place", "draws[0].into"),
        (draws(when="now"), "bad_value", "draws[0].when"),
    ],
)
def test_what_does_not_fit_the_lot_is_refused_at_its_place(change: Change, code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_tender(tender(change))
    assert (caught.value.code, caught.value.where) == (code, f"$.lots[0].{where}")
    assert all("{" not in caught.value.message(lang) for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (draws(id="X"), "coefficient_missing", "$.lots[0].draws[0]"),
        (draws(values=["0.95", "0.96"]), "bad_value", "$.opening.coefficients.K"),
        (draws(when="after_marks"), "coefficient_drawn_twice", "$.lots[0].draws[0].when"),
    ],
)
def test_coefficients_of_the_opening_are_those_of_its_record(change: Change, code: str, where: str) -> None:
    (fault,) = check_tender(read_ruleset(ruleset_json("GC")), read_tender(tender(change)))
    assert (fault.code, fault.where) == (code, where)
    assert all("{" not in fault.message(lang) for lang in ("zh", "en"))


def test_a_drawn_coefficient_goes_to_its_place_and_nothing_else_changes() -> None:
    lot = read_tender(tender(draws())).lots[0]
    before = copy.deepcopy(lot.scoring)
    made = with_coefficients(lot, {"K": "0.98"})
    assert made["price"]["benchmark"] == {**before["price"]["benchmark"], "factor": "0.98"}
    assert lot.scoring == before
    assert with_coefficients(lot, {"Z": "1"}) == before
