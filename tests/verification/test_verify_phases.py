"""Packages of lots that were marked in parts: blind, with a drawn coefficient, with a second envelope."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

import pytest
from evaluation_case import secret
from evaluation_factory import AGENCY, STREAM, WITNESS, Play, member
from evidence_factory import Evidence, pack, real_report
from phased import Change, blind, drawn, second_envelope, working

from app import drawing
from app.evaluation.matters.coefficients import CallCoefficient, DrawCoefficient
from app.evaluation.matters.envelope import ConfirmSecondEnvelope, OpenSecondEnvelope, below_line
from app.evaluation.matters.phases import AskUnsealing
from app.evaluation.papers import Paper
from app.evaluation.room import commands as rc
from app.verification import inspect

RECORD = b"%PDF-1.7\n% the record of the second opening\n%%EOF\n"
PRICES = {"A": "880000", "B": "905000", "C": "861000.50", "D": "899000"}


def _draw(it: Play, *, own: bool) -> None:
    it.do(CallCoefficient("1", "C"), WITNESS)
    items = ["0.95", "0.96", "0.97"]
    number = it.call("coefficient/1/C", {"kind": "order", "items": items})
    made: dict[str, Any] = it.reveal(number)
    it.do_room(rc.OpenDraw(number, made))
    if own:
        request = drawing.read_request({"kind": "order", "items": items, "parties": ["centre", "kiosk"]})
        made = drawing.draw(request, {"centre": secret("x"), "kiosk": secret("y")}).to_json()
    it.do(DrawCoefficient("1", "C", made))


def _ended(it: Play) -> Evidence:
    it.finish_lot("1")
    made, pages = real_report(it, "1")
    it.issue("1", made, pages)
    it.leave()
    it.close()
    return pack(it, {"1": made}, papers={hashlib.sha256(RECORD).hexdigest(): RECORD})


@cache
def blind_with_draw(*, own: bool = False) -> Evidence:
    it = working(blind, drawn("after_marks"))
    it.mark("1")
    it.unseal("1")
    it.review("1")
    it.conclude("1")
    it.mark("1")
    _draw(it, own=own)
    return _ended(it)


@cache
def in_envelopes(line: str) -> Evidence:
    change: Change = lambda lot: lot.update(pass_line=line)  # noqa: E731 - one of the changes of a tender
    it = working(second_envelope, change)
    it.review("1")
    it.conclude("1")
    it.mark("1")
    it.do(AskUnsealing("1", ""), member(it.it.chair or ""))
    below = below_line(it.it, it.it.lots["1"])
    prices = {bid: price for bid, price in PRICES.items() if bid not in below}
    paper = Paper(hashlib.sha256(RECORD).hexdigest(), len(RECORD), "第二信封开标记录")
    it.do(OpenSecondEnvelope("1", it.now.isoformat(), "开标一室", prices, {}, paper), AGENCY)
    it.do(ConfirmSecondEnvelope("1", below), WITNESS)
    return _ended(it)


@pytest.mark.parametrize("made", [blind_with_draw, lambda: in_envelopes("40"), lambda: in_envelopes("50")])
def test_a_sound_package_passes(made: Any) -> None:
    found = made()
    verdict = inspect(found.folder(), found.key)
    assert verdict.failed is None


def test_sheets_lie_there_by_codes_with_the_stage_of_their_phase() -> None:
    found = blind_with_draw()
    sheet = json.loads(found.files["data/sheets/marks-1-M1.json"])
    assert sheet["stage"] == "1/marks/dark"
    assert set(sheet["sheet"]["marks"]) == {"1", "2", "3", "4"}
    rest = json.loads(found.files["data/sheets/marks-2-M1.json"])
    assert (rest["stage"], set(rest["sheet"]["marks"])) == ("1/marks/rest", set("ABCD"))
    case = json.loads(found.files["data/scoring-case.json"])
    behind = drawing.coded_bids(STREAM, "1", secret("codes/1"), "M1", ["A", "B", "C", "D"])
    for code, row in sheet["sheet"]["marks"].items():
        assert case["sheets"]["M1"][behind[code]]["T1"] == row["T1"]


def test_the_transcript_of_the_coefficient_lies_there() -> None:
    found = blind_with_draw()
    drawn_here = [json.loads(data) for path, data in found.files.items() if path.startswith("data/draws/")]
    (one,) = [made for made in drawn_here if made.get("items") == ["0.95", "0.96", "0.97"]]
    assert drawing.verify(one) is None
    case = json.loads(found.files["data/scoring-case.json"])
    assert case["price"]["benchmark"]["factor"] == one["order"][0]


def test_a_coefficient_from_a_draw_that_the_room_never_made_is_found_out() -> None:
    found = blind_with_draw(own=True)
    failed = inspect(found.folder(), found.key).failed
    assert failed is not None
    assert (failed.code, failed.problem and failed.problem.code) == ("draws", "draw_missing")


def test_what_stayed_closed_has_neither_price_nor_rank() -> None:
    found = in_envelopes("50")
    rows = {row["id"]: row for row in json.loads(found.files["data/result.json"])["bids"]}
    assert {bid for bid, row in rows.items() if row["price"] is None and row["rank"] is None} == {"B", "C"}
