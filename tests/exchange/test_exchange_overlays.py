"""A package may bring an overlay in place of a whole rule set: what is frozen is the merged one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchange_factory import parts, with_manifest, write_folder, write_zip

from app.exchange.package import read_package
from app.exchange.rulesets import read_rules
from app.exchange.writing import build_package
from app.rules import Refusal, ruleset_hash


def overlay(**changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "base": "zc",
        "base_version": "2026.1",
        "id": "minle",
        "version": "3",
        "name": "岷乐市补充规则",
        "source": "岷乐市公共资源交易中心 2026 年规则",
        "changes": changes,
    }


def files_with(rules: dict[str, Any]) -> dict[str, bytes]:
    def spoil(value: Any) -> None:
        value.clear()
        value.update(rules)

    return parts(spoil_ruleset=spoil)


def named(rules: dict[str, Any], digest: str) -> Any:
    def spoil(manifest: Any) -> None:
        manifest["ruleset"] = {"id": rules["id"], "version": rules["version"], "hash": digest}

    return spoil


def test_the_merged_rule_set_is_the_package_s(tmp_path: Path) -> None:
    rules = overlay(candidates=1, procedure={"leave_min": 10})
    merged = read_rules(rules)
    files = with_manifest(files_with(rules), named(rules, ruleset_hash(merged)))
    package = read_package(write_zip(tmp_path / "p.zip", files))
    assert package.ruleset == merged
    assert (package.ruleset.candidates, package.ruleset.procedure.leave_min) == (1, 10)
    assert package.ruleset_hash == ruleset_hash(merged)


def test_packing_names_the_merged_rule_set(tmp_path: Path) -> None:
    rules = overlay(candidates=1)
    folder = write_folder(tmp_path / "folder", files_with(rules))
    package = build_package(folder, tmp_path / "p.zip", rehearsal=True)
    assert (package.ruleset.id, package.ruleset_hash) == ("minle", ruleset_hash(read_rules(rules)))


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"words": {"boss": "x"}}, "$.changes.words.boss"), ({"candidates": 0}, "$.changes.candidates")],
)
def test_what_is_wrong_is_told_at_its_place_in_the_overlay(tmp_path: Path, changes: Any, where: str) -> None:
    rules = overlay(**changes)
    files = with_manifest(files_with(rules), named(rules, "00" * 32))
    with pytest.raises(Refusal) as caught:
        read_package(write_zip(tmp_path / "p.zip", files))
    assert caught.value.where == f"ruleset.json {where}"
    with pytest.raises(Refusal) as caught:
        build_package(write_folder(tmp_path / "folder", files_with(rules)), tmp_path / "out.zip", rehearsal=True)
    assert caught.value.where == f"ruleset.json {where}"


def test_another_hash_than_the_merged_one_is_refused(tmp_path: Path) -> None:
    rules = overlay(candidates=1)
    files = with_manifest(files_with(rules), named(rules, ruleset_hash(read_rules(overlay()))))
    with pytest.raises(Refusal) as caught:
        read_package(write_zip(tmp_path / "p.zip", files))
    assert caught.value.code == "ruleset_hash_differs"
    assert json.loads(files["ruleset.json"])["base"] == "zc"
