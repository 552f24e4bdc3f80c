"""Who may watch the seats' cameras, as a rule set says it: read, refused, written, and the same to the schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from app.rules import Refusal, read_ruleset, ruleset_hash, ruleset_to_json
from app.rules.model import Party, Watch
from resources import path as resource


def rules(name: str = "zc") -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resource("rules", f"{name}.json").read_text("utf-8"))
    return value


def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8")))


@pytest.mark.parametrize("name", ["zc", "gc"])
def test_those_who_watch_over_the_procedure_may_always_and_who_runs_the_room_not_while_members_work_alone(
    name: str,
) -> None:
    assert read_ruleset(rules(name)).procedure.watching == {
        Party.CENTRE: Watch.OPEN,
        Party.WITNESS: Watch.ALWAYS,
        Party.REGULATOR: Watch.ALWAYS,
    }


@pytest.mark.parametrize("value", [{}, {"regulator": "open"}])
def test_another_rule_is_written_back_as_it_was(value: dict[str, str]) -> None:
    made = rules()
    made["procedure"]["watching"] = value
    ruleset = read_ruleset(made)
    assert ruleset_to_json(ruleset)["procedure"]["watching"] == value
    assert ruleset_hash(ruleset) != ruleset_hash(read_ruleset(rules()))
    assert not list(schema().iter_errors(made))


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"agency": "always"}, "$.procedure.watching.agency"),
        ({"member": "open"}, "$.procedure.watching.member"),
        ({"witness": "sometimes"}, "$.procedure.watching.witness"),
        (["witness"], "$.procedure.watching"),
    ],
)
def test_nobody_else_may_and_no_other_time_is_known(value: object, where: str) -> None:
    made = rules()
    made["procedure"]["watching"] = value
    with pytest.raises(Refusal) as refused:
        read_ruleset(made)
    assert refused.value.where == where
    assert list(schema().iter_errors(made))
