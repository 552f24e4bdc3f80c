"""Which verdicts and marks need the page on which they rest: read, refused, and silent where it says nothing."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from app.rules import Refusal, read_ruleset, ruleset_hash, ruleset_to_json
from app.rules.model import Basis
from resources import path as resource


def rules(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resource("rules", "zc.json").read_text("utf-8"))
    value["procedure"] |= changes
    return value


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8")))


def test_a_rule_set_that_says_nothing_asks_for_none_and_keeps_its_bytes() -> None:
    ruleset = read_ruleset(rules())
    assert ruleset.procedure.basis is Basis.NONE
    assert ruleset_to_json(ruleset) == rules()
    assert ruleset_hash(read_ruleset(rules(basis="none"))) == ruleset_hash(ruleset)


@pytest.mark.parametrize("value", ["failing", "all"])
def test_another_rule_is_written_back_and_has_another_hash(value: str, schema: Any) -> None:
    ruleset = read_ruleset(rules(basis=value))
    assert ruleset.procedure.basis is Basis(value)
    assert ruleset_to_json(ruleset) == rules(basis=value)
    assert ruleset_hash(ruleset) != ruleset_hash(read_ruleset(rules()))
    schema.validate(rules(basis=value))


@pytest.mark.parametrize("value", ["some", 1, None])
def test_another_word_is_refused_by_reader_and_schema(value: object, schema: Any) -> None:
    with pytest.raises(Refusal) as refused:
        read_ruleset(rules(basis=value))
    assert refused.value.where == "$.procedure.basis"
    assert not schema.is_valid(rules(basis=value))
