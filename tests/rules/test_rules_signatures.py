"""Whether members sign the report electronically: off where a rule set says nothing, written back where it does."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from app.rules import Refusal, read_ruleset, ruleset_hash, ruleset_to_json
from resources import path as resource


def rules(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resource("rules", "gc.json").read_text("utf-8"))
    value["procedure"] |= changes
    return value


def test_a_rule_set_that_says_nothing_asks_for_none_and_keeps_its_bytes() -> None:
    ruleset = read_ruleset(rules())
    assert ruleset.procedure.electronic_signatures is False
    assert ruleset_to_json(ruleset) == rules()
    assert ruleset_hash(read_ruleset(rules(electronic_signatures=False))) == ruleset_hash(ruleset)


def test_one_that_asks_for_them_is_written_back_and_has_another_hash() -> None:
    asked = rules(electronic_signatures=True)
    ruleset = read_ruleset(asked)
    assert ruleset.procedure.electronic_signatures is True
    assert ruleset_to_json(ruleset) == asked
    assert ruleset_hash(ruleset) != ruleset_hash(read_ruleset(rules()))
    schema = json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(asked)


def test_anything_but_yes_or_no_is_refused_with_its_place() -> None:
    with pytest.raises(Refusal) as raised:
        read_ruleset(rules(electronic_signatures="maybe"))
    assert raised.value.where.endswith("procedure.electronic_signatures")
