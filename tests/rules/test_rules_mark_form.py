"""How marks may be made: tables, steps, counts and reasons, read, refused, written back and held to."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
from evaluation_case import tender_json

from app.rules import Refusal, read_tender, tender_to_json
from app.rules.mark_form import MarkForm, read_form
from app.rules.reading import Node
from resources import path as resource

LEVELS = [{"points": "10", "name": "优"}, {"points": "6", "name": "良"}, {"points": "0", "name": "无"}]


def form(**keys: Any) -> MarkForm:
    return read_form(Node(keys), "0", "10")


def tender(form: Any, order: str | None = None) -> dict[str, Any]:
    made = copy.deepcopy(tender_json("GC"))
    made["lots"][0]["factors"][1]["form"] = form
    if order is not None:
        made["lots"][0]["bid_order"] = order
    return made


@pytest.mark.parametrize(
    "given",
    [
        {"levels": LEVELS},
        {"step": "0.5", "explain": {"below": "6"}},
        {"each": {"points": "2", "name": "业绩"}},
        {"explain": {"below": "6", "above": "9.5"}},
        {"explain": {"above": "0"}},
    ],
)
def test_a_form_is_read_written_back_and_fits_the_schema(given: dict[str, Any]) -> None:
    made = tender(given, "drawn")
    read = read_tender(made)
    assert tender_to_json(read)["lots"][0]["factors"][1]["form"] == given
    assert read_tender(tender_to_json(read)) == read
    assert read.lots[0].bids_drawn
    schema = json.loads(resource("rules", "schema", "tender.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(made)


def test_a_tender_without_forms_keeps_its_bytes() -> None:
    made = tender_json("GC")
    written = tender_to_json(read_tender(made))
    assert "form" not in json.dumps(written)
    assert "bid_order" not in json.dumps(written)
    assert not read_tender(made | {"lots": [made["lots"][0] | {"bid_order": "fixed"}]}).lots[0].bids_drawn


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({}, "bad_type", ""),
        ({"step": "1", "levels": LEVELS}, "bad_type", ""),
        ({"levels": LEVELS[:1]}, "bad_type", ".levels"),
        ({"levels": [*LEVELS, {"points": "10.0", "name": "优秀"}]}, "duplicate_id", ".levels[3].points"),
        ({"levels": [*LEVELS, {"points": "11", "name": "满"}]}, "bad_value", ".levels[3].points"),
        ({"step": "0"}, "bad_price", ".step"),
        ({"step": "20"}, "bad_value", ".step"),
        ({"each": {"points": "12", "name": "业绩"}}, "bad_value", ".each.points"),
        ({"each": {"points": "2", "name": ""}}, "bad_type", ".each.name"),
        ({"explain": {}}, "bad_type", ".explain"),
        ({"explain": {"below": "11"}}, "bad_value", ".explain.below"),
        ({"words": "x"}, "unknown_key", ".words"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_at_its_place(given: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_tender(tender(given))
    assert (caught.value.code, caught.value.where) == (code, f"$.lots[0].factors[1].form{where}")


def test_a_verdict_has_no_form() -> None:
    made = tender({"step": "1"})
    made["lots"][0]["factors"][1] |= {"kind": "pass_fail", "min": None, "max": None}
    with pytest.raises(Refusal) as caught:
        read_tender(made)
    assert caught.value.where == "$.lots[0].factors[1].form"


def test_an_order_that_is_none_is_refused() -> None:
    with pytest.raises(Refusal, match="bid_order"):
        read_tender(tender({"step": "1"}, "random"))


@pytest.mark.parametrize(
    ("made", "possible", "impossible"),
    [
        (MarkForm(), ["0", "3.75", "10"], []),
        (form(levels=LEVELS), ["10", "6.0", "0"], ["5", "9.99", "1"]),
        (form(step="0.3"), ["0", "0.3", "9.9", "10"], ["0.1", "9.95"]),
        (form(each={"points": "3", "name": "项"}), ["0", "3", "9", "10"], ["2", "9.5"]),
        (form(explain={"below": "6"}), ["0", "5.5"], []),
    ],
)
def test_a_form_allows_its_own_marks_only(made: MarkForm, possible: list[str], impossible: list[str]) -> None:
    assert [made.allows(mark, "0", "10") for mark in possible] == [True] * len(possible)
    assert [made.allows(mark, "0", "10") for mark in impossible] == [False] * len(impossible)


def test_reasons_are_asked_for_beyond_the_limits_and_not_at_them() -> None:
    both = form(explain={"below": "6", "above": "9.5"})
    assert [both.asks(mark) for mark in ("5.99", "6", "9.5", "9.51")] == [True, False, False, True]
    assert not form(step="1").asks("0")
    assert not form(explain={"above": "0"}).asks("0")
    assert form(explain={"below": "1"}).asks("0.5")
