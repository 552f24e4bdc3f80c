"""What is wrong with a table of factors that came out of another system, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.exchange.factor_table import check_factor_table
from app.rules import Refusal

TABLES = Path(__file__).parents[1] / "data" / "criteria"


def table(name: str) -> Any:
    return json.loads((TABLES / f"{name}.json").read_text("utf-8"))


def test_everything_wrong_with_a_dirty_table_is_found() -> None:
    faults = check_factor_table(table("C2_hebei_dirty_table_2020"))
    found = {(fault.code, fault.where) for fault in faults}
    assert found >= {
        ("sum_not_100", "$.criteria"),  # 97
        ("vague_name", "$.criteria[3].name"),  # 其他
        ("no_rule", "$.criteria[3].rule_text"),
        ("no_rule", "$.criteria[4].rule_text"),
        ("band_top_differs", "$.criteria[12].rule_text"),  # 优4, out of 7
        ("full_differs", "$.criteria[13].rule_text"),  # 15 points in the text, 30 in the table
        ("band_gap", "$.criteria[5].rule_text"),  # 优7–10 良3–6: 6.5 belongs to none
    }
    gaps = {fault.where for fault in faults if fault.code == "band_gap"}
    assert gaps == {f"$.criteria[{i}].rule_text" for i in (5, 8, 9, 10, 11, 12)}
    assert not [fault for fault in faults if "[6]" in fault.where or "[7]" in fault.where]
    sentences = [fault.message() for fault in faults]
    assert "各项满分之和是 97，不是 100。" in sentences
    assert "评审标准写的满分是 15，表中却是 30。" in sentences
    assert all(fault.message("en").isascii() for fault in faults if fault.code != "vague_name")


def test_a_good_table_has_only_its_known_edges() -> None:
    faults = check_factor_table(table("C1_sichuan_supervision_2025"))
    assert [(fault.code, fault.where, dict(fault.details)) for fault in faults] == [
        ("edge_in_two_bands", "$.criteria[0].rule_text", {"edge": edge}) for edge in ("95", "90", "85")
    ]


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "X", "name": "方案", "type": "subjective", "max": "100", "rule_text": "酌情打分", **changes}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"rule_text": "优 8-10 分"}, ["band_top_differs", "band_bottom_differs"]),
        ({"max": "10", "rule_text": "优8-10 良4-8 差0-4"}, ["sum_not_100"]),
        ({"max": "10", "rule_text": "优7-10 良4-8 差0-4"}, ["band_overlap", "sum_not_100"]),
        ({"min": "1", "max": "3", "rule_text": "合理（1-3分）"}, ["sum_not_100"]),
        ({"min": "1", "max": "4", "rule_text": "合理（1-3分）"}, ["band_top_differs", "sum_not_100"]),
        ({"max": "3", "rule_text": "合理（1-3分）"}, ["band_bottom_differs", "sum_not_100"]),
        ({"min": "100"}, ["bad_range"]),
        ({"max": None}, ["no_maximum", "sum_not_100"]),
        ({"max": "1e2"}, ["bad_number", "sum_not_100"]),
        ({"max": "1０"}, ["bad_number", "sum_not_100"]),
        ({"type": "pass_fail"}, ["unexpected_maximum"]),
        ({"type": "art"}, ["unknown_kind"]),
        ({"type": "objective", "rule_text": "每个 2 分，最高 8 分"}, ["cap_differs"]),
        ({"name": ""}, ["vague_name"]),
        ({"rule_text": ""}, ["no_rule"]),
        ({"rule_text": "技术/商务/其他"}, []),
    ],
)
def test_each_fault_has_its_code(changes: dict[str, Any], codes: list[str]) -> None:
    faults = check_factor_table({"criteria": [row(**changes)]})
    assert [fault.code for fault in faults] == codes
    assert all(fault.message("zh") and fault.message("en") for fault in faults)


def test_an_id_twice_is_found() -> None:
    faults = check_factor_table({"criteria": [row(max="60"), row(max="40")]})
    assert [(fault.code, fault.where) for fault in faults] == [("duplicate_id", "$.criteria[1].id")]


@pytest.mark.parametrize("value", [None, [], {}, {"criteria": []}, {"criteria": [3]}, {"criteria": [{"id": 3}]}])
def test_what_is_no_table_is_refused(value: object) -> None:
    with pytest.raises(Refusal):
        check_factor_table(value)
