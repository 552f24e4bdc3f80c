"""Each way in which a tender fails to fit itself or its rule set is told at its place, in both languages."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from evaluation_case import ruleset_json, tender_json

from app.rules import Refusal, check_tender, read_ruleset, read_tender, tender_to_json
from app.rules.model import Track

Change = Callable[[dict[str, Any]], Any]

SOUND = "91350100M000100Y43"


def changed(track: str, change: Change) -> dict[str, Any]:
    made = copy.deepcopy(tender_json(track))
    change(made)
    return made


def faults(track: str, change: Change) -> tuple[Refusal, ...]:
    return check_tender(read_ruleset(ruleset_json(track)), read_tender(changed(track, change)))


def lot(change: Change) -> Change:
    return lambda tender: change(tender["lots"][0])


def second_bid_as_the_first(*keys: str) -> Change:
    def change(one: dict[str, Any]) -> None:
        one["bids"][0]["uscc"] = SOUND
        one["bids"][1].update({key: one["bids"][0][key] for key in keys})

    return lot(change)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_plain_tenders_have_no_fault(track: str) -> None:
    assert faults(track, lambda _: None) == ()
    assert faults(track, lot(lambda one: one["bids"][0].update(uscc=SOUND))) == ()


@pytest.mark.parametrize(
    ("track", "change", "code", "where"),
    [
        (
            "ZC",
            lambda tender: tender.update(planned_at="2001-01-01T09:00:00+08:00"),
            "dates_out_of_order",
            "planned_at",
        ),
        (
            "ZC",
            lot(lambda one: one["qualification"].update(signed_at="2001-01-01T09:00:00+08:00")),
            "dates_out_of_order",
            "lots[0].qualification.signed_at",
        ),
        (
            "ZC",
            lot(lambda one: one["qualification"]["results"][0].update(passed=False, reason=None)),
            "reason_missing",
            "lots[0].qualification.results[0].reason",
        ),
        (
            "ZC",
            lot(lambda one: one["qualification"]["results"].pop()),
            "qualification_incomplete",
            "lots[0].qualification.results",
        ),
        ("ZC", lot(lambda one: one.update(late_rejection="keep")), "bad_value", "lots[0].late_rejection"),
        (
            "GC",
            lot(lambda one: one["scoring"].update(ceiling="200.01", budget="200")),
            "ceiling_above_budget",
            "lots[0].scoring.ceiling",
        ),
        ("GC", lot(lambda one: one["bids"][2].update(uscc=f"{SOUND[:-1]}4")), "bad_uscc", "lots[0].bids[2].uscc"),
        ("GC", second_bid_as_the_first("bidder"), "duplicate_bidder", "lots[0].bids[1].bidder"),
        ("GC", second_bid_as_the_first("uscc"), "duplicate_bidder", "lots[0].bids[1].uscc"),
        ("GC", second_bid_as_the_first("bidder", "uscc"), "duplicate_bidder", "lots[0].bids[1].bidder"),
        ("GC", lambda tender: tender.update(awards={"most": 1, "order": ["?"]}), "bad_value", "awards.order"),
    ],
)
def test_a_fault_is_told_once_and_at_its_place(track: str, change: Change, code: str, where: str) -> None:
    (fault,) = faults(track, change)
    assert (fault.code, fault.where) == (code, f"$.{where}")
    sentences = [fault.message(lang) for lang in ("zh", "en")]
    assert sentences[0] != sentences[1]
    assert not any("{" in sentence for sentence in sentences)


def test_a_bidder_who_comes_a_third_time_is_compared_with_the_first() -> None:
    def change(one: dict[str, Any]) -> None:
        for bid in one["bids"][1:]:
            bid["bidder"] = one["bids"][0]["bidder"]

    assert {fault.details["first"] for fault in faults("GC", lot(change))} == {1}


def test_a_limit_of_awards_names_every_lot_once_and_comes_back_as_it_was() -> None:
    order = [one["id"] for one in tender_json("GC")["lots"]]
    assert faults("GC", lambda tender: tender.update(awards={"most": 2, "order": order})) == ()
    made = changed("GC", lambda tender: tender.update(awards={"most": 2, "order": order}))
    assert tender_to_json(read_tender(made)) == made
    with pytest.raises(Refusal) as caught:
        read_tender(changed("GC", lambda tender: tender.update(awards={"most": 1, "order": [*order, order[0]]})))
    assert (caught.value.code, caught.value.where) == ("duplicate_id", f"$.awards.order[{len(order)}]")
    with pytest.raises(Refusal):
        read_tender(changed("GC", lambda tender: tender.update(awards={"most": 0, "order": order})))


def test_a_coefficient_that_is_drawn_later_need_not_stand_in_the_opening_record() -> None:
    draw = {"id": "L", "values": ["0.97", "0.98"], "into": "price.benchmark.factor", "when": "after_marks"}
    assert faults("GC", lot(lambda one: one.update(draws=[draw]))) == ()


def test_the_tracks_of_tender_and_rule_set_are_never_mixed() -> None:
    found = check_tender(read_ruleset(ruleset_json("GC")), read_tender(tender_json("ZC")))
    assert found[0].code == "track_differs"
    assert found[0].details == {"tender": Track.ZC.value, "ruleset": Track.GC.value}
