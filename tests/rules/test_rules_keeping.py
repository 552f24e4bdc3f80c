"""How long recordings are kept: the track's term, which a rule set lengthens and never shortens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.rules import read_ruleset, ruleset_to_json
from app.rules.keeping import recording_term
from app.rules.model import RuleSet
from resources import path as resource


def ruleset(track: str, **changes: Any) -> RuleSet:
    value: dict[str, Any] = json.loads(resource("rules", f"{track}.json").read_text("utf-8"))
    value["procedure"] |= changes
    return read_ruleset(value)


@pytest.mark.parametrize(("track", "years", "article"), [("zc", 15, "政府采购法"), ("gc", 5, "DA/T 103-2024")])
def test_a_track_has_its_term_and_says_why(track: str, years: int, article: str) -> None:
    term = recording_term(ruleset(track))
    assert term.years == years
    assert article in term.article


def test_a_rule_set_lengthens_the_term_and_is_named() -> None:
    own = ruleset("zc", recording_years=30)
    assert recording_term(own).years == 30
    assert own.id in recording_term(own).article
    assert read_ruleset(ruleset_to_json(own)) == own


def test_a_rule_set_shortens_nothing() -> None:
    assert recording_term(ruleset("zc", recording_years=3)).years == 15
