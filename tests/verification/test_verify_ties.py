"""A lot among tied bids in a package: from the one draw of the room that was for just these bids."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from evaluation_case import secret, tender_json
from evaluation_factory import WITNESS, Play, member
from evidence_factory import Evidence, pack, real_report

from app import drawing
from app.evaluation import commands as c
from app.evaluation.matters.ties import CallTie, DrawTie
from app.evaluation.room import commands as rc
from app.verification import inspect


@cache
def evidence(*, own: bool = False) -> Evidence:
    """Two bids of one price and the same marks; `own`: a lot that no draw of the room made."""
    tender: Any = copy.deepcopy(tender_json("GC"))
    tender["lots"][0]["ties"] = "lot"
    tender["lots"][0]["bids"][1]["price"] = tender["lots"][0]["bids"][0]["price"]
    it = Play("GC")
    it.open_room()
    it.import_package(tender=tender)
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1", lambda alias, bid, factor: "4" if factor == "T2" else "10")
    it.do(c.NoteFindings("1", "已逐条核对"), member(it.it.chair or ""))
    it.do(CallTie("1", ("A", "B")), WITNESS)
    number = it.call("tie/1/A,B", {"kind": "order", "items": ["A", "B"]})
    made = it.reveal(number)
    it.do_room(rc.OpenDraw(number, made))
    if own:
        request = drawing.read_request({"kind": "order", "items": ["A", "B"], "parties": ["centre", "kiosk"]})
        made = drawing.draw(request, {"centre": secret("x"), "kiosk": secret("y")}).to_json()
    it.do(DrawTie("1", made))
    it.finish_lot("1")
    report, pages = real_report(it, "1")
    it.issue("1", report, pages)
    it.leave()
    it.close()
    return pack(it, {"1": report})


def test_a_lot_of_the_room_passes_and_stands_in_the_package() -> None:
    found = evidence()
    verdict = inspect(found.folder(), found.key)
    assert verdict.failed is None
    assert any(b'"A"' in data and b'"order"' in data for path, data in found.files.items() if "/draws/" in path)


@pytest.mark.parametrize("rebag", [False, True])
def test_a_lot_that_the_room_did_not_draw_is_found(rebag: bool) -> None:
    found = evidence(own=True)
    failed = inspect(found.rebagged() if rebag else found.folder(), found.key).failed
    assert failed is not None
    assert failed.code == "draws"
