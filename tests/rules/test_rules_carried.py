"""Which stages a rule set carries: without a gap, never without the talks, and nothing in phases beside a platform."""

from __future__ import annotations

import json
from typing import Any

import pytest
from evaluation_case import ruleset_json, tender_json
from jsonschema import Draft202012Validator
from phased import two_phases

from app.exchange.rulesets import read_rules, shipped_rules
from app.rules import Refusal, check_tender, read_ruleset, read_tender
from app.rules.procedure import procedure_to_json
from resources import path as resource

GAPS = [["marks"], ["report"], ["review", "report"], ["marks", "report"], ["marks", "review"]]


def carrying(carries: Any, track: str = "ZC") -> dict[str, Any]:
    base = ruleset_json(track)
    return base | {"procedure": base["procedure"] | {"carries": carries}}


@pytest.mark.parametrize("carries", [[], ["review"], ["review", "marks"], ["review", "marks", "report"]])
def test_a_rule_set_carries_from_the_review_on(carries: list[str]) -> None:
    rule = read_ruleset(carrying(carries)).procedure
    assert [rule.carries_review, rule.carries_marks, rule.carries_report] == [k < len(carries) for k in range(3)]
    assert procedure_to_json(rule)["carries"] == carries
    assert schema().is_valid(carrying(carries))


@pytest.mark.parametrize("carries", GAPS)
def test_a_gap_is_refused_at_its_place_and_by_the_schema(carries: list[str]) -> None:
    with pytest.raises(Refusal) as caught:
        read_ruleset(carrying(carries))
    assert (caught.value.code, caught.value.where) == ("carries_a_gap", "$.procedure.carries")
    assert "review" in caught.value.message("zh")
    assert "review" in caught.value.message("en")
    assert not schema().is_valid(carrying(carries))


def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8")))


def test_talks_are_never_left_to_a_platform() -> None:
    talks = dict(shipped_rules("zc-consultation"))  # type: ignore[call-overload]
    changes = talks["changes"] | {"procedure": talks["changes"].get("procedure", {}) | {"carries": ["review"]}}
    with pytest.raises(Refusal) as caught:
        read_rules(talks | {"changes": changes})
    assert caught.value.code == "talks_not_carried"
    assert caught.value.where == "$.changes.procedure.carries"


def test_nothing_is_marked_in_parts_where_marks_are_the_platforms() -> None:
    tender = tender_json("ZC")
    two_phases(tender["lots"][0])
    codes = {fault.code for fault in check_tender(read_ruleset(carrying([])), read_tender(tender))}
    assert "phases_not_carried" in codes
    assert "phases_not_carried" not in {
        f.code for f in check_tender(read_ruleset(ruleset_json("ZC")), read_tender(tender))
    }


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_shipped_overlays_carry_nothing_and_issue_no_report(track: str) -> None:
    rules = read_rules(shipped_rules(f"{track.lower()}-accompanied"))
    assert rules.procedure.carries == ()
    assert rules.words["report"].endswith("核验记录")
    assert "candidates" not in rules.report_sections
    assert "findings" in rules.report_sections
    assert check_tender(rules, read_tender(tender_json(track))) == ()
