"""The pages of the bids in the report, where the rule set wants them there; `kawei verify` accepts such a package."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from basis_play import PAGE, BasisPlay
from evaluation_factory import Play
from evidence_factory import evidence, played_evidence
from phased import blind, finish, working
from test_report_paper import data_of, strings, text_of

from app.evaluation.model import SheetKind
from app.rules.model import Basis
from app.verification import inspect


class FailingPlay(BasisPlay):
    rule = "failing"


class UnaskedPlay(BasisPlay):
    rule = "none"


def one_fails(alias: str, bid: str, item: str) -> bool:
    return not (bid == "C" and item == "F2")


def made(kind: type[Play]) -> Any:
    return played_evidence(kind=kind, verdict=one_fails, rejections={"C": "Z6"})


def test_a_package_with_pages_is_verified_and_the_report_shows_them_with_who_named_them() -> None:
    found = played_evidence(kind=BasisPlay)
    assert inspect(found.folder(), found.key).good
    text = text_of(found.parts.report)
    assert "评分的依据" in text
    assert text.count("bid-A，第12页（M1、M2、M3、M4、M6）") == 5


def test_a_failing_verdict_is_shown_with_its_place_on_the_page() -> None:
    found = made(FailingPlay)
    assert inspect(found.folder(), found.key).good
    assert "bid-C，第37页，自左10–90%、自上20.5–30%（M1、M2、M3、M4、M6）" in text_of(found.parts.report)


@pytest.mark.parametrize("kind", [UnaskedPlay, Play])
def test_a_rule_set_that_does_not_ask_keeps_the_report_without_them(kind: type[Play]) -> None:
    found = made(kind)
    assert inspect(found.folder(), found.key).good
    assert "的依据序号" not in text_of(found.parts.report)
    if kind is Play:
        assert "的依据序号" not in text_of(evidence("zc").parts.report)


def test_pages_behind_codes_are_told_of_the_bids_that_stood_behind_them() -> None:
    it = working(blind)
    rules = it.it.ruleset
    it.state = replace(it.it, ruleset=replace(rules, procedure=replace(rules.procedure, basis=Basis.FAILING)))
    sheets = {one: it.marks_of("1", one) for one in it.it.committee}
    for sheet in sheets.values():
        sheet["basis"] = {code: {"T1": PAGE} for code in sheet["marks"]}
    it.seal_all("1", SheetKind.MARKS, sheets)
    it.unseal("1")
    it.review("1")
    it.conclude("1")
    it.mark("1")
    finish(it)
    told = "".join(strings(data_of(it.it)))
    assert f"dark-A，第 12 页（{'、'.join(sorted(sheets))}）" in told
