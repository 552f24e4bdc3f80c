"""The second envelope: closed until the first one is evaluated, entered by the agency, confirmed by the witness."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_case import good_marks, secret
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import refused
from phased import Change, drawn, finish, phase, second_envelope, working

from app.evaluation.actor import Actor
from app.evaluation.matters.envelope import (
    ConfirmSecondEnvelope,
    OpenSecondEnvelope,
    RejectSecondEnvelope,
    below_line,
)
from app.evaluation.matters.phases import AskUnsealing, ConfirmUnsealing
from app.evaluation.papers import Paper
from app.evaluation.registry import read_command
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.evaluation.tally import first_envelope, result, scoring_case
from app.evaluation.views import view
from app.report import report_data
from app.rules.model import Party

PAPER = Paper(secret("second opening").hex(), 2048, "第二信封开标记录")
PRICES = {"A": "880000", "B": "905000", "C": "861000.50", "D": "899000"}
REGULATOR = Actor(Party.REGULATOR, post="regulator-a")


def line(points: str) -> Change:
    return lambda lot: lot.update(pass_line=points)


def chair(it: Play) -> Actor:
    return member(it.it.chair or "")


def marked(*changes: Change) -> Play:
    """A play whose first envelope is marked."""
    it = working(second_envelope, *changes)
    it.review("1")
    it.conclude("1")
    it.mark("1")
    return it


def closed(*changes: Change) -> Play:
    """The same, and the chair has closed the first envelope."""
    it = marked(*changes)
    phase = it.it.lots["1"].to_unseal
    assert phase is not None
    it.do(AskUnsealing("1", phase.id), chair(it))
    return it


def entry(it: Play, **changes: Any) -> OpenSecondEnvelope:
    lot = it.it.lots["1"]
    passed = [bid for bid in lot.live_bids() if bid not in below_line(it.it, lot)]
    data = {"opened_at": it.now.isoformat(), "place": "开标一室", "coefficients": {}, "paper": PAPER} | changes
    return OpenSecondEnvelope(
        "1",
        prices=changes.pop("prices", {bid: PRICES[bid] for bid in passed}),
        **{key: value for key, value in data.items() if key != "prices"},
    )


def acts(it: Play, viewer: Actor) -> dict[str, dict[str, Any]]:
    seen = view(it.it, viewer)
    assert seen is not None
    return {act["command"]: act for act in seen["acts"]}


def test_prices_are_opened_behind_the_first_envelope() -> None:
    it = marked()
    lot = it.it.lots["1"]
    assert (lot.stage, lot.tallied, lot.known_price(lot.lot.bids[0])) == (LotStage.UNSEALING, False, None)
    with pytest.raises(LookupError):
        lot.price(lot.lot.bids[0])
    it.do(AskUnsealing("1", ""), chair(it))
    with refused("second_opening_due"):
        it.do(ConfirmUnsealing("1", ""), WITNESS)
    it.do(entry(it), AGENCY)
    assert it.do(ConfirmSecondEnvelope("1", ()), WITNESS) == ["SecondEnvelopeConfirmed", "PhaseUnsealed", "LotTallied"]
    lot = it.it.lots["1"]
    assert (lot.stage, lot.prices) == (LotStage.OPENED, PRICES)
    assert all(row["price_score"] is not None for row in result(it.it, lot)["bids"])
    finish(it)
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_bids_below_the_line_stay_closed() -> None:
    it = closed(line("50"))
    lot = it.it.lots["1"]
    assert it.it.committee == ("M1", "M2", "M3", "M4", "M6")
    # Spreads of 1, 2, 0, 1, 0 on T1 and C1: A has 15.5 + 0.8, 7 and 32 + 0.8.
    assert first_envelope(it.it, lot) == {"A": "56.10", "B": "48.10", "C": "44.10", "D": "52.10"}
    assert below_line(it.it, lot) == ("B", "C")
    at_the_line = closed(line("48.10"))
    assert below_line(at_the_line.it, at_the_line.it.lots["1"]) == ("C",)


def test_what_stays_closed_has_no_price_and_no_rank() -> None:
    it = closed(line("50"))
    below = below_line(it.it, it.it.lots["1"])
    assert below
    assert len(below) < 4
    with refused("not_the_opened_bids", "$.prices"):
        it.do(entry(it, prices=PRICES), AGENCY)
    it.do(entry(it), AGENCY)
    with refused("not_the_opened_bids", "$.not_opened"):
        it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    it.do(ConfirmSecondEnvelope("1", below), WITNESS)
    lot = it.it.lots["1"]
    assert lot.not_opened == below
    case = {bid["id"]: bid for bid in scoring_case(it.it, lot)["bids"]}
    rows = {row["id"]: row for row in result(it.it, lot)["bids"]}
    for bid in below:
        assert (case[bid]["not_opened"], case[bid]["rejected"], "price" in case[bid]) == (True, False, False)
        assert (rows[bid]["rank"], rows[bid]["price"]) == (None, None)
    seen = view(it.it, WITNESS)
    assert seen is not None
    assert {b["id"] for b in seen["lots"][0]["bids"] if b["status"] == "not_opened"} == set(below)
    finish(it)
    assert check(it.log.entries)[1] is None
    made = str(
        report_data(it.it, "1", room_name="室", key_fingerprint="k", journal=(1, "00"), issued_at=it.log.entries[-1].at)
    )
    assert "未达第一信封分数线 50 分、不开启" in made


def test_a_rejected_bid_is_never_opened() -> None:
    it = working(second_envelope, line("0"))
    it.review("1", lambda alias, bid, item: (bid, item) != ("B", "F2"))
    it.conclude("1", {"B": "R6"})
    it.mark("1")
    it.do(AskUnsealing("1", ""), chair(it))
    it.do(entry(it), AGENCY)
    it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    case = {bid["id"]: bid for bid in scoring_case(it.it, it.it.lots["1"])["bids"]}
    assert (case["B"]["rejected"], case["B"]["not_opened"]) == (True, True)
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_where_nobody_passes_the_lot_fails() -> None:
    it = closed(line("100"))
    it.do(entry(it), AGENCY)
    assert it.do(ConfirmSecondEnvelope("1", ("A", "B", "C", "D")), WITNESS)[-1] == "LotFailed"
    assert it.it.lots["1"].stage is LotStage.CONFIRMING


def test_the_record_is_entered_by_the_agency_and_answered_by_the_witness() -> None:
    it = marked()
    with refused("nothing_to_unseal"):  # the chair has not closed the first envelope
        it.do(entry(it), AGENCY)
    it.do(AskUnsealing("1", ""), chair(it))
    for actor in (CENTRE, WITNESS, chair(it)):
        with refused("not_permitted"):
            it.do(entry(it), actor)
    for changes, code in (
        ({"prices": {"A": "1"}}, "not_the_opened_bids"),
        ({"prices": PRICES | {"A": "-5"}}, "bad_number"),
        ({"prices": PRICES | {"A": "about 5"}}, "bad_number"),
        ({"coefficients": {"K": "0.97"}}, "not_the_coefficients"),
        ({"opened_at": "noon"}, "bad_value"),
        ({"opened_at": "2030-01-01T09:00:00+08:00"}, "held_out_of_order"),
        ({"place": " "}, "reason_needed"),
        ({"paper": Paper("x", 1, "t")}, "bad_value"),
    ):
        with refused(code):
            it.do(entry(it, **changes), AGENCY)
    with refused("nothing_requested"):
        it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    it.do(entry(it), AGENCY)
    with refused("already_requested"):
        it.do(entry(it), AGENCY)
    for actor in (CENTRE, AGENCY, chair(it)):
        with refused("not_permitted"):
            it.do(ConfirmSecondEnvelope("1", ()), actor)
    with refused("reason_needed"):
        it.do(RejectSecondEnvelope("1", ""), WITNESS)
    it.do(RejectSecondEnvelope("1", "乙的报价少一位"), WITNESS)
    it.do(entry(it), AGENCY)
    it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    with refused("wrong_stage"):
        it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    finish(it)
    assert check(it.log.entries)[1] is None


def test_what_is_offered_is_taken() -> None:
    it = marked()
    assert not {"OpenSecondEnvelope", "ConfirmSecondEnvelope"} & {*acts(it, AGENCY), *acts(it, WITNESS)}
    it.do(AskUnsealing("1", ""), chair(it))
    offered = acts(it, AGENCY)["OpenSecondEnvelope"]
    bids = [o["value"] for f in offered["fields"] if f["name"] == "prices" for o in f["options"]]
    paper = {"sha256": PAPER.sha256, "bytes": PAPER.bytes, "title": PAPER.title}
    filled = {"opened_at": it.now.isoformat(), "place": "开标一室", "paper": paper}
    filled |= {"prices": {bid: PRICES[bid] for bid in bids}}
    it.do(read_command("OpenSecondEnvelope", offered["data"] | filled), AGENCY)
    assert "OpenSecondEnvelope" not in acts(it, AGENCY)
    both = acts(it, WITNESS)
    assert {"ConfirmSecondEnvelope", "RejectSecondEnvelope"} <= set(both)
    it.do(read_command("ConfirmSecondEnvelope", both["ConfirmSecondEnvelope"]["data"]), WITNESS)
    assert it.it.lots["1"].stage is LotStage.OPENED


def test_who_sees_the_points_of_the_first_envelope() -> None:
    it = marked()
    own = member(it.it.committee[0])
    for viewer, sees in ((own, True), (WITNESS, True), (REGULATOR, True), (AGENCY, True), (CENTRE, False)):
        seen = view(it.it, viewer)
        assert seen is not None
        assert ("envelope" in seen["matters"]) is sees
        assert seen["lots"][0]["result"] is None


def test_coefficients_of_the_second_opening_come_with_its_record() -> None:
    it = closed(drawn("opening"), line("0"))
    with refused("not_the_coefficients"):
        it.do(entry(it), AGENCY)
    with refused("not_the_coefficients"):
        it.do(entry(it, coefficients={"C": "0.99"}), AGENCY)
    assert [f["name"] for f in acts(it, AGENCY)["OpenSecondEnvelope"]["fields"]].count("coefficients") == 1
    it.do(entry(it, coefficients={"C": "0.96"}), AGENCY)
    it.do(ConfirmSecondEnvelope("1", ()), WITNESS)
    assert scoring_case(it.it, it.it.lots["1"])["price"]["benchmark"]["factor"] == "0.96"


def test_an_envelope_between_two_phases() -> None:
    def split(lot: dict[str, Any]) -> None:
        lot["phases"] = [phase("tech", "T1", "T2", opens="prices"), phase("rest", "C1")]
        lot["pass_line"] = "20"

    it = closed(split)
    lot = it.it.lots["1"]
    assert set(first_envelope(it.it, lot)) == set("ABCD")
    expected = {bid: good_marks("M1", bid, "T2") for bid in "ABCD"}
    assert all(float(first_envelope(it.it, lot)[bid]) > float(expected[bid]) for bid in "ABCD")
    below = below_line(it.it, lot)
    it.do(entry(it), AGENCY)
    it.do(ConfirmSecondEnvelope("1", below), WITNESS)
    lot = it.it.lots["1"]
    assert (lot.stage, lot.phase.id) == (LotStage.MARKING, "rest")
    assert set(it.marks_of("1", it.it.committee[0])["marks"]) == set("ABCD") - set(below)
    it.mark("1")
    finish(it)
    assert check(it.log.entries)[1] is None
