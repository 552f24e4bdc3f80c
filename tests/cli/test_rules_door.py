"""`kawei rules`: what is shipped, a file checked and merged, faults told with their place."""

from __future__ import annotations

import json
from pathlib import Path

from app import cli
from app.exchange.rulesets import shipped
from app.rules import read_ruleset, ruleset_hash
from resources import path as resource


def test_without_a_file_the_shipped_rule_sets_are_listed(capsysbinary):
    assert cli.main(["rules"]) == 0
    listed = json.loads(capsysbinary.readouterr().out)
    assert [one["id"] for one in listed] == list(shipped())
    assert {"gc", "zc", "zc-consultation", "zc-inquiry", "zc-negotiation", "zc-single-source"} <= set(shipped())
    assert all(len(one["hash"]) == 64 for one in listed)


def test_an_overlay_is_merged_and_hashed(capsysbinary):
    file = resource("rules", "zc-consultation.json")
    assert cli.main(["rules", str(file)]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    merged = read_ruleset(told["ruleset"])
    assert (told["id"], told["base"], told["hash"]) == ("zc-consultation", "zc 2026.1", ruleset_hash(merged))
    assert merged.words["committee"] == "磋商小组"


def test_a_whole_rule_set_has_no_base(capsysbinary):
    assert cli.main(["rules", str(resource("rules", "gc.json"))]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert "base" not in told
    assert told["ruleset"] == json.loads(resource("rules", "gc.json").read_text("utf-8"))


def test_a_fault_is_told_with_file_and_place(tmp_path: Path, capfd):
    spoilt = json.loads(resource("rules", "zc-inquiry.json").read_text("utf-8"))
    spoilt["changes"]["words"]["boss"] = "x"
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(spoilt), "utf-8")
    assert cli.main(["rules", str(file)]) == 2
    error = json.loads(capfd.readouterr().err.splitlines()[-1])["error"]
    assert (error["code"], error["where"]) == ("unknown_key", f"{file} $.changes.words.boss")
    assert cli.main(["rules", str(tmp_path / "none.json")]) == 2
