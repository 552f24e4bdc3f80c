"""A lot evaluated on a platform: its exports in the package, checked again, and what a bent one is caught by."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from accompanied_play import ask, beside, note
from evaluation_factory import AGENCY, Play, member
from evidence_factory import Evidence, pack, parts_of, real_report
from platform_export import export, wrong_total

from app.archive.writing import evidence_files
from app.evaluation import commands as c
from app.evaluation.matters.accompany.records import CheckPlatform, PlatformChecked
from app.exchange.accompanied import examine, form_of
from app.report import report_data
from app.verification.checks import Outcome
from app.verification.verdict import Verdict, inspect


def sent(it: Play, data: bytes, folder: Path, **changed: Any) -> bytes:
    """What the room does with an export."""
    answer = examine(it.it, "1", data, folder) | changed
    it.do(CheckPlatform("1", hashlib.sha256(data).hexdigest(), len(data), form_of(data), answer), AGENCY)
    return data


def ended(it: Play) -> bytes:
    """Everybody confirms and leaves; returns the record."""
    for alias in it.it.committee:
        it.do(c.ConfirmResult("1"), member(alias))
    made, pages = real_report(it, "1")
    it.issue("1", made, pages)
    it.leave()
    it.close()
    return made


@pytest.fixture(scope="module", params=["ZC", "GC"])
def packed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    it, folder = beside(request.param), tmp_path_factory.mktemp("exports")
    files = [sent(it, export(it.it, change=wrong_total), folder)]
    ask(it)
    files.append(sent(it, export(it.it), folder))
    note(it, "")
    made = ended(it)
    contents = {hashlib.sha256(data).hexdigest(): data for data in files}
    return pack(it, {"1": made}, exports=contents)


def outcome(verdict: Verdict, code: str) -> tuple[Outcome, str]:
    check = next(one for one in verdict.checks if one.code == code)
    return check.outcome, check.problem.details.get("part", check.problem.code) if check.problem else ""


def test_the_package_has_every_export_in_its_order_and_is_found_good(packed: Evidence) -> None:
    assert {path for path in packed.files if path.startswith("data/platform/")} == {
        "data/platform/1.json",
        "data/platform/2.json",
    }
    verdict = inspect(packed.folder(), packed.key)
    assert verdict.good, verdict.failed
    assert outcome(verdict, "platform") == (Outcome.PASS, "")
    assert {code for code in ("case", "result") if outcome(verdict, code)[0] is Outcome.NOT_DUE} == {"case", "result"}


def test_the_record_says_that_it_is_no_report_and_what_the_check_found(packed: Evidence) -> None:
    it = packed.played
    told = report_data(
        it.it, "1", room_name="三室", key_fingerprint="ab", journal=(1, "00"), issued_at="2026-03-02T12:00:00+08:00"
    )
    text = str(told)
    assert told["title"] == it.it.ruleset.words["report"]
    assert "不是评标报告" in text
    assert "共核验 2 次，最后一次：差错 0 项" in text
    assert "按平台所载评分复算的排序" in text
    assert "要求平台更正" in text


def test_a_bent_export_is_caught_in_a_bag_that_was_made_anew(packed: Evidence) -> None:
    path = "data/platform/1.json"
    bent = packed.files[path].replace(b"99.99", b"99.98")
    assert outcome(inspect(packed.rebagged(**{path: bent})), "platform") == (Outcome.FAILED, "content")
    assert outcome(inspect(packed.rebagged(**{path: None})), "platform") == (Outcome.FAILED, "missing_file")
    more = {"data/platform/3.json": b"{}"}
    assert outcome(inspect(packed.rebagged(**more)), "platform") == (Outcome.FAILED, "extra_file")


def lying(folder: Path, data: bytes, **changed: Any) -> Evidence:
    """A package of a room that enters what its check did not find."""
    it = beside("ZC")
    answer = examine(it.it, "1", export(it.it, change=wrong_total), folder) | changed.pop("answer", {})
    given = {"lot": "1", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "form": "json"}
    it.do(CheckPlatform(**(given | changed), answer=answer), AGENCY)
    note(it, "已核对")
    made = ended(it)
    return pack(it, {"1": made}, exports={hashlib.sha256(data).hexdigest(): data})


def test_a_room_that_enters_another_answer_or_form_is_caught(tmp_path: Path) -> None:
    it = beside("ZC")
    data = export(it.it, change=wrong_total)
    silent = lying(tmp_path, data, answer={"faults": 0, "hints": 0, "remarks": []})
    assert outcome(inspect(silent.folder()), "platform") == (Outcome.FAILED, "answer")
    other = lying(tmp_path, data, form="zip")
    assert outcome(inspect(other.folder()), "platform") == (Outcome.FAILED, "form")
    nonsense = lying(tmp_path, b"{}")
    assert outcome(inspect(nonsense.folder()), "platform") == (Outcome.FAILED, "missing_key")


def test_a_package_is_not_made_without_the_file_of_a_check(packed: Evidence) -> None:
    with pytest.raises(ValueError, match="not handed over"):
        evidence_files(parts_of(packed.played, "1", packed.parts.report))


def test_an_event_of_a_check_names_no_paper_by_accident() -> None:
    assert "title" not in PlatformChecked("1", "ab" * 32, 3, "json", {}).data()
