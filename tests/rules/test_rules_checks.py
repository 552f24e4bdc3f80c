"""Composition of committees, credit codes, and the refusals that only show between rule set and tender."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.rulesets import read_rules, shipped_rules
from app.rules import CommitteeFault, Composition, check_tender, committee_faults, is_uscc, read_ruleset, read_tender
from app.rules.committee import least_members
from app.rules.model import RuleSet, Tender
from resources import path as resource


def ruleset(name: str) -> RuleSet:
    return read_ruleset(json.loads(resource("rules", f"{name}.json").read_text("utf-8")))


def tender(name: str) -> dict[str, Any]:
    """The tender of a built-in case, with placeholders where the packing fills in hashes."""

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            filled = {key: fill(item) for key, item in value.items()}
            return filled | ({"sha256": "0" * 64, "bytes": 1} if "path" in value else {})
        return [fill(item) for item in value] if isinstance(value, list) else value

    filled: dict[str, Any] = fill(json.loads(resource("cases", name, "tender.json").read_text("utf-8")))
    return filled


def with_budget(budget: str | None) -> Tender:
    value = tender("zc")
    value["lots"][0]["scoring"].update(budget=budget, ceiling=None)
    return read_tender(value)


@pytest.mark.parametrize(
    ("budget", "least"), [("9999999.99", 5), ("10000000", 7), ("10000000.00", 7), ("25000000", 7), (None, 5)]
)
def test_a_large_budget_wants_seven_members(budget: str | None, least: int) -> None:
    rule = ruleset("zc").committee
    assert least_members(rule, with_budget(budget).lots) == least
    assert least_members(ruleset("gc").committee, with_budget(budget).lots) == 5


@pytest.mark.parametrize(
    ("experts", "delegates", "authorised", "faults"),
    [
        (5, 0, 0, []),
        (4, 1, 1, []),
        (6, 3, 3, []),
        (4, 0, 0, [CommitteeFault.TOO_FEW, CommitteeFault.EVEN]),
        (3, 0, 0, [CommitteeFault.TOO_FEW]),
        (4, 2, 2, [CommitteeFault.EVEN]),
        (3, 2, 2, [CommitteeFault.TOO_FEW_EXPERTS]),
        (4, 3, 3, [CommitteeFault.TOO_FEW_EXPERTS]),
        (4, 1, 0, [CommitteeFault.NOT_AUTHORISED]),
        (0, 0, 0, [CommitteeFault.TOO_FEW, CommitteeFault.EVEN]),
    ],
)
def test_a_committee_is_odd_large_enough_and_two_thirds_experts(
    experts: int, delegates: int, authorised: int, faults: list[CommitteeFault]
) -> None:
    rule = ruleset("zc").committee
    found = committee_faults(rule, with_budget("100000").lots, Composition(experts, delegates, authorised))
    assert list(found) == faults


def test_without_the_rule_a_delegate_needs_no_letter() -> None:
    assert committee_faults(ruleset("gc").committee, with_budget(None).lots, Composition(4, 1, 0)) == ()


def test_the_standards_own_example_is_a_credit_code() -> None:
    assert is_uscc("91350100M000100Y43")
    assert not is_uscc("91350100M000100Y44")
    assert not is_uscc("91350100M000100Y4")
    assert not is_uscc("91350100M000100I43")


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_every_code_has_one_check_character(first: str) -> None:
    assert sum(is_uscc(first + sign) for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY") == 1


@pytest.mark.parametrize("name", ["zc", "gc"])
def test_the_built_in_tenders_fit_their_rule_sets_and_no_other(name: str) -> None:
    read = read_tender(tender(name))
    assert check_tender(ruleset(name), read) == ()
    other = {fault.code for fault in check_tender(ruleset("gc" if name == "zc" else "zc"), read)}
    assert other >= {"track_differs", "unknown_ground"}
    assert ("qualification_unexpected" in other) is (name == "zc")
    assert ("qualification_missing" in other) is (name == "gc")


def test_all_faults_are_told_in_reading_order() -> None:
    value = tender("zc")
    lot = value["lots"][0]
    lot["factors"][0]["min"] = "20"
    lot["scoring"]["ceiling"] = "0"
    lot["scoring"]["min_bids"] = 2
    lot["review_items"][0]["ground"] = "?"
    lot["qualification"]["results"].append(dict(lot["qualification"]["results"][0]))
    faults = check_tender(ruleset("zc"), read_tender(value))
    assert [fault.code for fault in faults] == [
        "unknown_ground",
        "bad_range",
        "bad_price",
        "min_bids_differs",
        "qualification_incomplete",
    ]
    assert all(fault.where.startswith("$.lots[0].") for fault in faults)
    assert all(fault.message("zh") and fault.message("en") for fault in faults)


@pytest.mark.parametrize(
    ("price", "codes"),
    [
        (None, ["sum_not_100"]),
        ({"full": "29.99"}, ["sum_not_100"]),
        ({"full": "30.0"}, []),
        ({}, ["missing_key"]),
        ({"full": 30}, ["bad_number"]),
    ],
)
def test_maxima_and_price_make_a_hundred(price: object, codes: list[str]) -> None:
    value = tender("zc")
    value["lots"][0]["scoring"]["price"] = price
    faults = check_tender(ruleset("zc"), read_tender(value))
    assert [fault.code for fault in faults] == codes
    if codes == ["sum_not_100"]:
        assert faults[0].details["sum"] == ("70" if price is None else "99.99")


def test_a_sum_that_is_not_asked_for_is_not_checked() -> None:
    value = tender("zc")
    value["lots"][0]["scoring"].update(price=None, check_sum=False)
    assert check_tender(ruleset("zc"), read_tender(value)) == ()


def test_a_model_can_be_changed_only_by_making_another() -> None:
    read = read_tender(tender("zc"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "method", "factors", "bids", "codes"),
    [
        ("consultation", "comprehensive", True, 3, []),
        ("consultation", "lowest_evaluated_price", True, 3, ["method_of_kind"]),
        ("negotiation", "lowest_evaluated_price", False, 3, []),
        ("negotiation", "comprehensive", True, 3, ["method_of_kind", "factors_of_kind"]),
        ("inquiry", "lowest_evaluated_price", True, 3, ["factors_of_kind"]),
        ("single-source", "lowest_evaluated_price", False, 1, []),
        ("single-source", "lowest_evaluated_price", False, 2, ["one_supplier"]),
    ],
)
def test_each_way_of_procurement_has_its_method(
    kind: str, method: str, factors: bool, bids: int, codes: list[str]
) -> None:
    rules = read_rules(shipped_rules(f"zc-{kind}"))
    value = tender("zc")
    lot = value["lots"][0]
    lot |= {"qualification": None, "bids": lot["bids"][:bids], "scoring": {"method": method}}
    lot["factors"] = lot["factors"] if factors else []
    value["lots"] = [lot]
    faults = check_tender(rules, read_tender(value))
    assert [fault.code for fault in faults] == codes
    for fault in faults:
        assert fault.where.startswith("$.lots[0].")
        assert all("{" not in fault.message(lang) for lang in ("zh", "en"))
