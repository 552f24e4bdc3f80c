"""Overlays: merged onto their base, refused at their own places, hashed like any rule set."""

from __future__ import annotations

import copy
import json
from dataclasses import fields
from typing import Any

import jsonschema
import pytest

from app.exchange.rulesets import read_rules, shipped, shipped_rules
from app.rules import Refusal, is_overlay, read_overlay, read_ruleset, ruleset_hash, ruleset_to_json
from app.rules.model import Party, ProcedureRule, RuleSet
from app.rules.overlay import TABLES, merge
from resources import path as resource

GROUNDS: dict[str, Any] = {"low_price_ground": "Z7", "unconfirmed_price_ground": "Z7"}
"""What names a ground names one that is there."""


def overlay(base: str = "zc", **changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "base": base,
        "base_version": "2026.1",
        "id": "sichuan",
        "version": "1",
        "name": "四川省补充规则",
        "source": "川财采〔2026〕1号",
        "changes": changes,
    }


def base_json() -> dict[str, Any]:
    found = shipped_rules("zc")
    assert isinstance(found, dict)
    return found


def test_an_empty_overlay_is_its_base_under_another_name() -> None:
    made = read_rules(overlay())
    own = {key: overlay()[key] for key in ("id", "version", "name", "source")}
    assert ruleset_to_json(made) == base_json() | own
    assert ruleset_hash(made) != ruleset_hash(read_ruleset(base_json()))


def test_objects_merge_arrays_and_values_replace_and_null_takes_out_of_tables() -> None:
    made = read_rules(
        overlay(
            words={"chair": "评审组长"},
            committee={"large_minimum": None, "large_from": None},
            check_by=["agency", "centre"],
            candidates=1,
            grounds={"Z6": None, "Z7": "串通投标"},
            procedure=GROUNDS | {"leave_min": 10, "termination_codes": {"203": None}, "back_step": ["regulator"]},
        )
    )
    base = read_ruleset(base_json())
    assert made.words == base.words | {"chair": "评审组长"}
    assert (made.committee.minimum, made.committee.large_minimum, made.committee.large_from) == (5, None, None)
    assert made.check_by == (Party.AGENCY, Party.CENTRE)
    assert (made.candidates, base.candidates) == (1, 3)
    assert list(made.grounds) == ["Z1", "Z2", "Z3", "Z4", "Z5", "Z7"]
    assert made.procedure.leave_min == 10
    assert made.procedure.meal_min == base.procedure.meal_min
    assert set(base.procedure.termination_codes) - set(made.procedure.termination_codes) == {"203"}
    assert made.procedure.back_step == (Party.REGULATOR,)
    again = read_ruleset(json.loads(json.dumps(ruleset_to_json(made))))
    assert (again, ruleset_hash(again)) == (made, ruleset_hash(made))


def test_the_base_itself_is_not_touched() -> None:
    base = base_json()
    kept = copy.deepcopy(base)
    merge(overlay(words={"chair": "x"}, procedure={"two_bids": {"a": "b"}}), lambda _: base)
    assert base == kept


def test_an_overlay_may_stand_upon_another() -> None:
    made = read_rules(overlay("zc-negotiation", procedure={"offer_rounds": 2}))
    below = read_rules(shipped_rules("zc-negotiation"))
    assert (made.procedure.offer_rounds, below.procedure.offer_rounds) == (2, 1)
    assert made.words == below.words


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (overlay(words={"boss": "x"}), "unknown_key", "$.changes.words.boss"),
    (overlay(words={"chair": ""}), "bad_type", "$.changes.words.chair"),
    (overlay(words={"chair": None}), "word_missing", "$.changes.words.chair"),
    (
        overlay(report_sections=[*base_json()["report_sections"], "talks"]),
        "word_missing",
        "$.changes.words.section.talks",
    ),
    (overlay(discipline=["一", ""]), "bad_type", "$.changes.discipline[1]"),
    (overlay(committee={"minimum": None}), "bad_type", "$.changes.committee.minimum"),
    (overlay(committee=None), "bad_type", "$.changes.committee"),
    (overlay(committee={"large_minimum": None}), "bad_type", "$.changes.committee.large_from"),
    (overlay(grounds={"Z9": None}), "nothing_to_remove", "$.changes.grounds.Z9"),
    (overlay(grounds=dict.fromkeys((f"Z{i}" for i in range(1, 7)), None)), "bad_type", "$.changes.grounds"),
    (overlay(min_bids=1.5), "bad_number", "$.changes.min_bids"),
    (overlay(formula="x"), "unknown_key", "$.changes.formula"),
    (overlay(procedure={"kind": "negotiation"}), "word_missing", "$.changes.words.talk"),
    (overlay(track="GC"), "unknown_key", "$.changes.track"),
    (overlay(source="x"), "unknown_key", "$.changes.source"),
    (overlay() | {"changes": []}, "bad_type", "$.changes"),
    (overlay() | {"format": 2}, "unknown_rule_format", "$.format"),
    (overlay() | {"track": "ZC"}, "unknown_key", "$.track"),
    (overlay() | {"name": " "}, "bad_type", "$.name"),
    (overlay() | {"base": "../zc"}, "unknown_base", "$.base"),
    (overlay() | {"base": "recompute"}, "unknown_base", "$.base"),
    (overlay() | {"base_version": "2025.1"}, "base_version_differs", "$.base_version"),
    (overlay("sichuan"), "base_ring", "$.base"),
    ({key: value for key, value in overlay().items() if key != "source"}, "missing_key", "$.source"),
]


@pytest.mark.parametrize(("value", "code", "where"), FAULTS, ids=[f"{code} {where}" for _, code, where in FAULTS])
def test_a_wrong_overlay_is_refused_at_its_place(value: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_rules(value)
    assert (caught.value.code, caught.value.where) == (code, where)
    for lang in ("zh", "en"):
        assert "{" not in caught.value.message(lang)


def test_what_is_wrong_with_the_base_is_told_at_the_base() -> None:
    spoilt = base_json() | {"candidates": 0}
    with pytest.raises(Refusal) as caught:
        read_overlay(overlay(), lambda _: spoilt)
    assert (caught.value.code, caught.value.where) == ("bad_type", "zc.json $.candidates")
    with pytest.raises(Refusal) as caught:
        read_overlay(overlay(), lambda _: [])
    assert caught.value.where == "zc.json $"


def test_a_ring_of_overlays_is_refused() -> None:
    files = {"a": overlay("b") | {"id": "a"}, "b": overlay("a") | {"id": "b"}}
    with pytest.raises(Refusal) as caught:
        read_overlay(overlay("a"), files.__getitem__)
    assert (caught.value.code, caught.value.where) == ("base_ring", "a.json b.json $.base")


def test_the_tables_are_those_with_free_keys() -> None:
    assert ("grounds",) in TABLES
    assert ("procedure", "two_bids") in TABLES
    assert all(path[-1] in {f.name for f in (*fields(RuleSet), *fields(ProcedureRule))} for path in TABLES)
    rules = ruleset_to_json(read_ruleset(base_json()))
    for path in TABLES:
        value: Any = rules
        for key in path:
            value = value[key]
        assert isinstance(value, dict), path


def test_the_schema_takes_what_is_read_and_refuses_another_form() -> None:
    schema = json.loads(resource("rules", "schema", "overlay.json").read_text("utf-8"))
    rules = json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    overlays = [found for name in shipped() if is_overlay(found := shipped_rules(name))]
    assert len(overlays) == 6
    for value in (*overlays, overlay(), overlay(grounds={"Z6": None})):
        assert not list(validator.iter_errors(value))
    for value in (overlay(track="GC"), overlay() | {"base": ""}, overlay() | {"format": 2}, overlay() | {"more": 1}):
        assert list(validator.iter_errors(value))
    for value in overlays:
        merged = ruleset_to_json(read_rules(value))
        assert not list(jsonschema.Draft202012Validator(rules).iter_errors(merged))


def test_the_four_ways_say_what_their_laws_say() -> None:
    named = [name for name in shipped() if name.startswith("zc-") and name != "zc-accompanied"]
    sets = {name.removeprefix("zc-"): read_rules(shipped_rules(name)) for name in named}
    assert sorted(sets) == ["consultation", "inquiry", "negotiation", "single-source"]
    groups = {name: rules.words["committee"] for name, rules in sets.items()}
    assert groups == {
        "consultation": "磋商小组",
        "negotiation": "谈判小组",
        "inquiry": "询价小组",
        "single-source": "协商小组",
    }
    for rules in sets.values():
        assert rules.qualification_by == "committee"
        assert rules.committee.minimum == 3
        assert (rules.words["bidder"], rules.words["bid"]) == ("供应商", "响应文件")
        assert not any("投标" in word or "评标" in word or "招标" in word for word in rules.words.values())
        assert not any("投标" in text or "评标" in text for text in (*rules.discipline, rules.pledge))
        assert [text[: text.index("、")] for text in rules.discipline] == [
            *("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
        ][: len(rules.discipline)]
    assert {name: rules.procedure.offer_rounds for name, rules in sets.items()} == {
        "consultation": 1,
        "negotiation": 1,
        "inquiry": 0,
        "single-source": 0,
    }
    assert {name: rules.least_after_review for name, rules in sets.items()} == {
        "consultation": 2,  # 财库〔2015〕124号; 财库〔2014〕214号 21
        "negotiation": 2,  # 74号令 27
        "inquiry": 3,
        "single-source": 1,
    }
    assert [name for name, rules in sets.items() if rules.check_by] == ["consultation"]
    assert [name for name, rules in sets.items() if rules.procedure.repeat_grounds] == ["consultation"]
