"""What a rule set says of calls: masks, the agency's line, who may take a call over; read, refused, written, hashed."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from app.rules import Refusal, read_ruleset, ruleset_hash, ruleset_to_json
from app.rules.model import Party, PictureMask, VoiceMask
from resources import path as resource


def rules(name: str = "zc") -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resource("rules", f"{name}.json").read_text("utf-8"))
    return value


def changed(key: str, value: object, name: str = "zc") -> dict[str, Any]:
    made = copy.deepcopy(rules(name))
    made["procedure"][key] = value
    return made


def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "picture", "parties", "helpers"),
    [
        ("zc", PictureMask.NONE, (Party.AGENCY,), (Party.WITNESS,)),
        ("gc", PictureMask.DRAWN, (Party.AGENCY, Party.TENDEREE), (Party.WITNESS, Party.REGULATOR)),
    ],
)
def test_each_track_says_how_members_are_masked_and_whom_they_may_ask(
    name: str, picture: PictureMask, parties: tuple[Party, ...], helpers: tuple[Party, ...]
) -> None:
    rule = read_ruleset(rules(name)).procedure
    assert (rule.call_mask.voice, rule.call_mask.picture) == (VoiceMask.CHANGED, picture)
    assert (rule.agency_line.parties, rule.help_by) == (parties, helpers)
    assert "第" in rule.call_mask.reason
    assert "第" in rule.agency_line.reason


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("call_mask", {"voice": "plain", "picture": "blurred", "reason": "本级规定"}),
        ("agency_line", {"parties": [], "reason": "本级规定不得询问"}),
        ("help_by", []),
        ("help_by", ["regulator"]),
    ],
)
def test_another_rule_is_written_back_as_it_was_and_has_another_hash(key: str, value: object) -> None:
    made = changed(key, value)
    ruleset = read_ruleset(made)
    assert ruleset_to_json(ruleset) == made
    assert ruleset_hash(ruleset) != ruleset_hash(read_ruleset(rules()))
    assert schema().is_valid(made)


@pytest.mark.parametrize(
    ("key", "value", "code", "where"),
    [
        ("call_mask", {"voice": "loud", "picture": "none", "reason": "x"}, "bad_value", ".voice"),
        ("call_mask", {"voice": "plain", "picture": "plain", "reason": "x"}, "bad_value", ".picture"),
        ("call_mask", {"voice": "plain", "picture": "none", "reason": " "}, "bad_type", ".reason"),
        ("call_mask", {"voice": "plain", "picture": "none"}, "missing_key", ".reason"),
        ("agency_line", {"parties": ["member"], "reason": "x"}, "bad_value", ".parties[0]"),
        ("agency_line", {"parties": ["agency", "agency"], "reason": "x"}, "duplicate_id", ".parties[1]"),
        ("agency_line", [], "bad_type", ""),
        ("help_by", ["agency"], "bad_value", "[0]"),
    ],
)
def test_a_wrong_rule_is_refused_at_its_place(key: str, value: object, code: str, where: str) -> None:
    made = changed(key, value)
    with pytest.raises(Refusal) as caught:
        read_ruleset(made)
    assert (caught.value.code, caught.value.where) == (code, f"$.procedure.{key}{where}")
    assert not schema().is_valid(made)
