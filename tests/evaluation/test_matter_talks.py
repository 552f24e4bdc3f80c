"""Talks and offers: equal chances, the purchaser's word, offers sealed until all are opened, two suppliers by law."""

import json
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, member
from evaluation_stages import refused
from matter_acts import filled, offered, seen
from talk_play import TENDEREE, TalkPlay, at

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.rejection import ProposeRejection, VoteRejection
from app.evaluation.matters.replacement import (
    AddMembers,
    ApproveReplacement,
    AskReplacement,
    RecomposeCommittee,
)
from app.evaluation.matters.talks import (
    AgreePrice,
    AttestTalk,
    CallOffers,
    ChangeDemands,
    ClaimTwoSuppliers,
    ConcludeTalks,
    ConfirmChange,
    EndTalks,
    FileOffer,
    HoldTalk,
    OpenOffers,
    PassChange,
    RefuseChange,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.records import of_lot
from app.evaluation.model import Drop, SheetKind
from app.evaluation.redaction import Told, told
from app.evaluation.registry import read_event
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.evaluation.steps import member_step
from app.evaluation.tally import candidates, result
from app.evaluation.views import view
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")
PAPER = {"sha256": "ab" * 32, "bytes": 1200, "title": "最后报价单"}
SECRET = "973512.46"


def sound(it: TalkPlay) -> None:
    """Every entry is one that the engine would make again."""
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def ordinary(it: TalkPlay) -> Actor:
    """A member of the group who neither chairs nor stands for the purchaser."""
    return member(next(a for a in it.it.committee if a not in (it.it.chair, it.delegate.alias)))


def everyone(it: TalkPlay) -> list[Actor]:
    return [*(member(a) for a in it.it.committee), AGENCY, TENDEREE, WITNESS, REGULATOR, CENTRE]


def to_the_end(it: TalkPlay) -> None:
    """From the opened result to a closed evaluation."""
    it.finish_lot("1")
    it.issue("1", b"report", 1)
    it.leave()
    it.close()
    sound(it)


# --- the whole way


def test_a_consultation_goes_from_review_over_talks_and_last_offers_to_marks() -> None:
    it = at("reviewed")
    it.conclude("1")
    assert it.stage is LotStage.TALKING
    assert not it.it.lots["1"].marks
    assert {member_step(it.it, m).code for m in it.it.pledged} == {"wait_talk"}
    it.talk()
    it.ask_offers(30)
    it.offer(A="950000", B="970000", C="960000")
    it.open_offers()
    assert it.it.lots["1"].prices == {}  # in force only once the group has concluded
    assert it.conclude_talks() == ["TalksConcluded"]
    lot = it.it.lots["1"]
    assert lot.stage is LotStage.MARKING
    assert lot.prices == {"A": "950000", "B": "970000", "C": "960000"}
    assert [r.bids for r in lot.marks] == [("A", "B", "C")]
    it.mark("1")
    found = result(it.it, it.it.lots["1"])
    assert found["benchmark"]["value"] == "950000"
    assert {row["id"]: row["price"] for row in found["bids"]} == lot.prices
    assert it.it.lots["1"].stage is LotStage.OPENED
    to_the_end(it)


def test_a_negotiation_is_ranked_by_its_last_offers_without_marks() -> None:
    it = at("talked", "negotiation")
    it.ask_offers()
    it.offer(A="950000", B="930000", C="960000")
    it.open_offers()
    assert it.conclude_talks() == ["TalksConcluded", "LotTallied"]
    lot = it.it.lots["1"]
    assert (lot.stage, lot.marks) == (LotStage.OPENED, ())
    assert [row["id"] for row in candidates(it.it, lot, result(it.it, lot))] == ["B", "A", "C"]
    with refused("nothing_marked"):
        it.do(c.RepeatStage("1", "marks", "sum", "重来"), it.chair)
    assert seen_result(it, WITNESS) is not None
    assert seen_result(it, CENTRE) is None
    it.do(c.NoteFindings("1", "已核对"), it.chair)
    assert it.stage is LotStage.CONFIRMING  # nobody checks marks where there are none
    to_the_end(it)


def seen_result(it: TalkPlay, viewer: Actor) -> Any:
    return (view(it.it, viewer) or {})["lots"][0]["result"]


def test_an_inquiry_has_one_price_and_no_talks() -> None:
    it = at("reviewed", "inquiry")
    it.do(c.ConcludeReview("1", {}, None), it.chair)
    lot = it.it.lots["1"]
    assert (lot.stage, lot.prices) == (LotStage.OPENED, {})
    assert [row["id"] for row in candidates(it.it, lot, result(it.it, lot))] == ["C", "A", "B"]
    for command in (HoldTalk("1", "A", "x"), CallOffers("1", 30), AgreePrice("1", "1", "x"), EndTalks("1", "x")):
        with refused("wrong_stage"):
            it.do(command, it.chair)
    assert offered(it, it.chair, "HoldTalk", "CallOffers", "EndTalks") == []
    to_the_end(it)


def test_an_inquiry_with_two_suppliers_left_fails() -> None:
    it = at("reviewed", "inquiry", bids=2)
    assert it.do(c.ConcludeReview("1", {}, None), it.chair) == ["ReviewConcluded", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"


def test_a_single_source_agrees_on_a_price_and_confirms() -> None:
    it = at("talking", "single-source", bids=1)
    with refused("talks_unequal"):
        it.do(AgreePrice("1", "940000", "质保三年"), it.chair)
    it.talk()
    with refused("price_is_agreed"):
        it.do(CallOffers("1", 30), it.chair)
    with refused("above_limit"):
        it.do(AgreePrice("1", "1200000.01", "质保三年"), it.chair)
    with refused("bad_offer"):
        it.do(AgreePrice("1", "0", "质保三年"), it.chair)
    with refused("reason_needed"):
        it.do(AgreePrice("1", "940000", " "), it.chair)
    events = it.do(AgreePrice("1", "940000", "质保三年，分两期付款"), it.chair)
    assert events == ["PriceAgreed", "LotTallied", "ConfirmationDue"]
    lot = it.it.lots["1"]
    assert (lot.stage, lot.prices) == (LotStage.CONFIRMING, {"A": "940000"})
    assert [row["price"] for row in candidates(it.it, lot, result(it.it, lot))] == ["940000"]
    assert of_lot(it.it, "1").agreed == ("940000", "质保三年，分两期付款")
    to_the_end(it)


def test_a_single_source_may_end_without_a_price() -> None:
    it = at("talked", "single-source", bids=1)
    assert it.do(EndTalks("1", "报价明显高于同类项目"), it.chair) == ["TalksEnded", "LotFailed"]
    assert (it.stage, it.it.lots["1"].failed) == (LotStage.CONFIRMING, "no_agreement")
    to_the_end(it)


def test_open_tender_at_the_lowest_price_is_not_asked_for_empty_marks() -> None:
    it = TalkPlay("ZC")
    it.salts, it.prices = {}, {}
    from evaluation_case import lot_json, tender_json

    lot = lot_json("ZC") | {"factors": [], "scoring": {"method": "lowest_evaluated_price", "ceiling": "1200000"}}
    it.open_room()
    it.import_package(5, tender=tender_json("ZC") | {"lots": [lot]})
    it.draw_slots()
    for alias in [it.arrive(f"p{k}") for k in range(1, 6)]:
        it.pledge(alias)
    it.constitute()
    it.choose_chair()
    it.review("1")
    assert it.do(c.ConcludeReview("1", {}, None), it.chair) == ["ReviewConcluded", "LotTallied"]
    assert it.stage is LotStage.OPENED
    it.do(c.NoteFindings("1", "已核对"), it.chair)
    assert it.stage is LotStage.CHECKING  # the tables are checked all the same
    assert seen_result(it, AGENCY) is not None
    to_the_end(it)


# --- talks


def test_equal_chances_and_minutes_that_everyone_stands_by() -> None:
    it = at("talking")
    with refused("talks_unequal", "A"):
        it.ask_offers()
    it.talk("A", "B")
    with refused("talks_unequal", "C"):
        it.ask_offers()
    it.talk("C", attest=False)
    with refused("talks_unequal", "C"):
        it.ask_offers()
    for alias in it.it.committee:
        it.do(AttestTalk("1", "C", 1, "补充：质保期为三年" if alias == it.it.chair else ""), member(alias))
    with refused("already_answered"):
        it.do(AttestTalk("1", "C", 1, ""), it.chair)
    it.talk("B")
    with refused("talks_unequal", "A"):
        it.ask_offers()
    it.talk("A", "C")
    assert not offered(it, it.chair, "AttestTalk")
    it.ask_offers()
    talks = of_lot(it.it, "1").talks
    assert [(t.bid, t.turn) for t in talks] == [("A", 1), ("B", 1), ("C", 1), ("B", 2), ("A", 2), ("C", 2)]
    assert talks[2].attested[it.it.chair or ""] == "补充：质保期为三年"
    sound(it)


def test_only_the_chair_of_the_group_leads_and_only_live_suppliers_are_talked_with() -> None:
    it = at("talking", bids=4)
    it.do(WithdrawSupplier("1", "D", "交货期无法满足", True), AGENCY)
    with refused("not_the_chair"):
        it.do(HoldTalk("1", "A", "记录"), ordinary(it))
    with refused("not_permitted"):
        it.do(HoldTalk("1", "A", "记录"), AGENCY)
    for unknown in ("D", "X"):
        with refused("supplier_out", "$.bid"):
            it.do(HoldTalk("1", unknown, "记录"), it.chair)
    with refused("reason_needed", "$.minutes"):
        it.do(HoldTalk("1", "A", "  "), it.chair)
    with refused("no_such_talk"):
        it.do(AttestTalk("1", "A", 1, ""), it.chair)
    with refused("unknown_lot"):
        it.do(HoldTalk("9", "A", "记录"), it.chair)


def test_a_withdrawal_before_the_last_offer_with_its_deposit() -> None:
    it = at("talked", bids=4)
    with refused("reason_needed", "$.reason"):
        it.do(WithdrawSupplier("1", "D", "", True), AGENCY)
    it.do(WithdrawSupplier("1", "D", "交货期无法满足", True), AGENCY)
    lot = it.it.lots["1"]
    assert (lot.dropped, lot.live_bids()) == ({"D": Drop.WITHDREW}, ("A", "B", "C"))
    it.ask_offers()
    it.offer(A="950000")
    with refused("offer_given", "$.bid"):
        it.do(WithdrawSupplier("1", "A", "后悔", True), AGENCY)
    it.do(WithdrawSupplier("1", "B", "不再参加", False), AGENCY)
    it.offer(C="960000")
    it.open_offers()
    with refused("offer_given"):
        it.do(WithdrawSupplier("1", "C", "后悔", True), AGENCY)
    (status,) = [b["status"] for b in (view(it.it, it.chair) or {})["lots"][0]["bids"] if b["id"] == "D"]
    assert status == "withdrew"
    assert seen(it, TENDEREE, "talks")["lots"]["1"]["withdrawn"]["D"]["deposit_returned"] is True
    sound(it)


def test_with_a_new_member_the_talks_are_held_anew() -> None:
    it = at("talked")
    gone = ordinary(it)
    it.do(AskReplacement(gone.alias or "", "health", "身体不适"), gone)
    it.do(ApproveReplacement(gone.alias or "", "情况属实"), WITNESS)
    it.do(AddMembers(({"ref": "p9", "kind": "expert", "authorised": False},), "ab" * 32, "补抽一人"), CENTRE)
    newcomer = it.arrive("p9")
    it.pledge(newcomer)
    it.do(RecomposeCommittee(), CENTRE)
    sheet = {"bids": {b: {i: {"pass": True} for i in ("F1", "F2")} for b in "ABC"}}
    it.seal_all("1", SheetKind.REVIEW, {newcomer: sheet})
    it.conclude("1")
    assert it.stage is LotStage.TALKING
    assert offered(it, member(newcomer), "AttestTalk") == []
    with refused("not_present"):
        it.do(AttestTalk("1", "A", 1, ""), member(newcomer))
    with refused("talks_unequal", "A"):
        it.ask_offers()
    it.talk()
    it.ask_offers()
    it.offer(A="950000", B="970000", C="960000")
    it.open_offers()
    it.conclude_talks()
    it.mark("1")
    it.finish_lot("1")
    sound(it)


def test_once_prices_are_final_a_new_member_does_not_bring_the_talks_back() -> None:
    it = at("talked")
    it.ask_offers()
    it.offer(A="950000", B="970000", C="1300000")
    it.open_offers()
    it.do(ClaimTwoSuppliers("1", "service", "川财采〔2026〕9号"), AGENCY)
    it.conclude_talks()
    gone = ordinary(it)
    it.do(AskReplacement(gone.alias or "", "health", "身体不适"), gone)
    it.do(ApproveReplacement(gone.alias or "", "情况属实"), WITNESS)
    it.do(AddMembers(({"ref": "p9", "kind": "expert", "authorised": False},), "ab" * 32, "补抽一人"), CENTRE)
    newcomer = it.arrive("p9")
    it.pledge(newcomer)
    it.do(RecomposeCommittee(), CENTRE)
    reviewed = it.it.lots["1"].reviews[-1].bids
    sheet = {"bids": {b: {i: {"pass": True} for i in ("F1", "F2")} for b in reviewed}}
    it.seal_all("1", SheetKind.REVIEW, {newcomer: sheet})
    it.conclude("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.prices["A"], lot.live_bids()) == (LotStage.MARKING, "950000", ("A", "B"))
    it.mark("1")
    it.finish_lot("1")
    sound(it)


def test_a_supplier_that_does_not_meet_the_changed_demands_is_rejected_by_vote() -> None:
    it = at("talked", bids=4)
    it.ask_offers()
    it.offer(A="950000", D="940000")
    it.do(ProposeRejection("1", "D", "Z5", "第三章第 2 条", "18", "内存仅 32GB"), it.chair)
    made: list[str] = []
    for alias in it.it.committee:
        made = it.do(VoteRejection("1", "D", True, ""), member(alias))
    assert made == ["RejectionVoted", "BidRejected"]
    assert it.stage is LotStage.TALKING
    it.offer(B="970000", C="960000")
    it.open_offers()
    it.conclude_talks()
    lot = it.it.lots["1"]
    assert (lot.stage, lot.live_bids(), lot.rejected) == (LotStage.MARKING, ("A", "B", "C"), {"D": "Z5"})
    it.mark("1")
    to_the_end(it)


# --- changes of the demands


def test_a_change_holds_with_the_purchasers_word_and_is_told_to_all_at_once() -> None:
    it = at("talked")
    with refused("not_changeable", "$.part"):
        it.do(ChangeDemands("1", "qualification", "放宽资格"), it.chair)
    with refused("not_the_chair"):
        it.do(ChangeDemands("1", "technical", "内存不低于 32GB"), ordinary(it))
    it.do(ChangeDemands("1", "technical", "内存不低于 32GB"), it.chair)
    with refused("change_open"):
        it.ask_offers()
    with refused("nothing_to_pass"):
        it.do(PassChange("1", 1), AGENCY)
    with refused("not_the_purchaser"):
        it.do(ConfirmChange("1", 1), ordinary(it))
    with refused("no_such_change"):
        it.do(ConfirmChange("1", 2), it.delegate)
    it.do(ConfirmChange("1", 1), it.delegate)
    with refused("already_answered"):
        it.do(RefuseChange("1", 1, "不同意"), TENDEREE)
    with refused("change_open"):
        it.ask_offers()
    it.do(PassChange("1", 1), AGENCY)
    with refused("nothing_to_pass"):
        it.do(PassChange("1", 1), AGENCY)
    it.do(ChangeDemands("1", "contract", "付款改为三期"), it.chair)
    with refused("reason_needed", "$.reason"):
        it.do(RefuseChange("1", 2, " "), TENDEREE)
    it.do(RefuseChange("1", 2, "预算已定"), TENDEREE)
    with refused("nothing_to_pass"):
        it.do(PassChange("1", 2), AGENCY)
    it.ask_offers()
    with refused("offers_running"):
        it.do(ChangeDemands("1", "service", "质保五年"), it.chair)
    changes = seen(it, AGENCY, "talks")["lots"]["1"]["changes"]
    assert [(change["part"], bool(change["passed_at"]), change["refused"]) for change in changes] == [
        ("technical", True, None),
        ("contract", False, "预算已定"),
    ]
    sound(it)


# --- offers


def test_offers_are_sealed_until_all_are_opened() -> None:
    it = at("talked")
    it.ask_offers()
    it.offer(A=SECRET)
    with refused("offer_given", "$.bid"):
        it.fork().offer(A="1")
    with refused("not_permitted"):
        it.do(it.fork().sealed_offer("B", "1"), it.chair)
    for viewer in everyone(it):
        known = json.dumps(view(it.it, viewer), ensure_ascii=False)
        assert SECRET not in known
    assert SECRET not in json.dumps([e.data for e in it.log.entries], ensure_ascii=False)
    received = seen(it, WITNESS, "talks")["lots"]["1"]["rounds"][0]
    assert (received["received"], received["offers"]) == (["A"], {})
    with refused("offers_awaited"):
        it.open_offers()
    with refused("not_the_chair"):
        it.do(OpenOffers("1", 1, {}), ordinary(it))


def test_an_opened_offer_is_the_one_that_was_sealed() -> None:
    it = at("talked")
    it.ask_offers()
    it.offer(A=SECRET, B="970000", C="960000")
    good = it.opening()
    for change, code in (
        ({"A": {"price": "1.00", "salt": good.offers["A"]["salt"]}}, "wrong_commitment"),
        ({"A": {"price": SECRET, "salt": "00" * 32}}, "wrong_commitment"),
        ({"A": {"price": SECRET, "salt": "xx"}}, "bad_value"),
        ({"A": {"price": SECRET}}, "bad_value"),
        ({"A": {"price": "-1", "salt": good.offers["A"]["salt"]}}, "bad_offer"),
        ({"D": good.offers["A"]}, "bad_value"),
    ):
        with refused(code):
            it.do(OpenOffers("1", 1, good.offers | change), it.chair)  # type: ignore[operator]
    with refused("no_such_round"):
        it.do(OpenOffers("1", 2, good.offers), it.chair)
    it.do(good, it.chair)
    with refused("no_such_round"):
        it.do(good, it.chair)
    with refused("offers_final"):
        it.talk("A")
    lots = {viewer.role: seen(it, viewer, "talks")["lots"]["1"] for viewer in everyone(it)}
    assert lots[Party.MEMBER]["rounds"][0]["offers"]["A"] == SECRET
    assert lots[Party.AGENCY]["rounds"][0]["offers"]["A"] == SECRET
    assert lots[Party.CENTRE]["rounds"][0]["offers"] == {}
    sound(it)


def test_an_offer_is_bound_to_its_supplier_round_and_time() -> None:
    it = at("talked")
    it.ask_offers(1)
    good = it.sealed_offer("A", "950000")
    wrong = it.fork().sealed_offer("B", "970000")
    with refused("bound_elsewhere"):
        it.do(type(good)("1", "A", 1, "1", wrong.sealed), AGENCY)
    with refused("no_such_round"):
        it.do(type(good)("1", "A", 2, "1", good.sealed), AGENCY)
    with refused("bad_value"):
        it.do(type(good)("1", "A", 1, "1", {"alg": "none"}), AGENCY)
    with refused("reason_needed", "$.reference"):
        it.do(type(good)("1", "A", 1, "", good.sealed), AGENCY)
    it.do(good, AGENCY)
    for _ in range(9):
        it.tick()
    with refused("offers_over"):
        it.offer(C="960000")
    it.open_offers()  # the time is over: who offered nothing has withdrawn
    with refused("offers_final"):
        it.do(WithdrawSupplier("1", "B", "不再参加", True), AGENCY)
    with refused("not_two_suppliers"):
        it.do(ClaimTwoSuppliers("1", "service", "财采〔2026〕9号"), AGENCY)
    assert it.conclude_talks() == ["TalksConcluded", "LotFailed"]
    lot = it.it.lots["1"]
    assert lot.dropped == {"B": Drop.NO_OFFER, "C": Drop.NO_OFFER}
    assert (lot.stage, lot.failed) == (LotStage.CONFIRMING, "too_few_bids")
    to_the_end(it)


def test_several_rounds_of_offers_where_the_rules_say_so() -> None:
    it = TalkPlay("ZC")
    it.begin("negotiation", offer_rounds=2)
    it.review("1")
    it.conclude("1")
    it.talk()
    it.ask_offers()
    it.offer(A="950000", B="930000", C="960000")
    it.open_offers()
    assert of_lot(it.it, "1").rounds[0].final is False
    with refused("offers_missing"):
        it.conclude_talks()
    for viewer in (CENTRE, TENDEREE):
        assert "930000" not in json.dumps(view(it.it, viewer), ensure_ascii=False)
    it.talk()
    it.ask_offers()
    it.offer(A="920000", B="925000", C="940000")
    it.open_offers()
    it.conclude_talks()
    assert it.it.lots["1"].prices == {"A": "920000", "B": "925000", "C": "940000"}
    to_the_end(it)


def test_the_paper_of_an_offer_is_filed_once_it_is_opened() -> None:
    it = at("talked")
    it.ask_offers()
    it.offer(A="950000", B="970000", C="960000")
    with refused("offers_awaited"):
        it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    it.open_offers()
    for wrong in ({}, PAPER | {"sha256": "x"}, PAPER | {"bytes": 0}, PAPER | {"bytes": True}, PAPER | {"more": 1}):
        with refused("bad_value", "$.paper"):
            it.do(FileOffer("1", "A", 1, wrong), AGENCY)
    with refused("reason_needed", "$.paper.title"):
        it.do(FileOffer("1", "A", 1, PAPER | {"title": " "}), AGENCY)
    for bid, number in (("X", 1), ("A", 2), ("A", 0)):
        with refused("no_such_round"):
            it.do(FileOffer("1", bid, number, PAPER), AGENCY)
    assert len(offered(it, AGENCY, "FileOffer")) == 3
    it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    with refused("already_answered"):
        it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    assert [act["data"]["bid"] for act in offered(it, AGENCY, "FileOffer")] == ["B", "C"]
    assert seen(it, WITNESS, "talks")["lots"]["1"]["rounds"][0]["papers"] == {"A": PAPER}
    sound(it)


def test_an_offer_above_the_budget_goes_on_no_more() -> None:
    it = at("talked", "negotiation", bids=4)
    it.ask_offers()
    it.offer(A="1200000.01", B="1200000", C="960000", D="970000")
    it.open_offers()
    it.conclude_talks()
    lot = it.it.lots["1"]
    assert lot.dropped == {"A": Drop.OVER_LIMIT}
    assert [row["id"] for row in candidates(it.it, lot, result(it.it, lot))] == ["C", "D", "B"]
    sound(it)


def test_first_offers_are_not_for_those_who_could_tell_another_supplier() -> None:
    it = at("talked")
    for viewer in everyone(it):
        prices = [b["price"] for b in (view(it.it, viewer) or {})["lots"][0]["bids"]]
        hidden = viewer.role in {Party.CENTRE, Party.TENDEREE}
        assert prices == ([None] * 3 if hidden else ["980000", "1000000", "960000"]), viewer
    it.ask_offers()
    it.offer(A="950000", B="970000", C="955000")
    it.open_offers()
    it.conclude_talks()
    for viewer in everyone(it):
        assert [b["price"] for b in (view(it.it, viewer) or {})["lots"][0]["bids"]] == ["950000", "970000", "955000"]


# --- two suppliers


@pytest.mark.parametrize(
    ("kind", "code"), [("consultation", "service"), ("consultation", "research"), ("negotiation", "approved")]
)
def test_two_suppliers_go_on_by_law_with_their_reference(kind: str, code: str) -> None:
    it = at("reviewed", kind, bids=2)
    assert it.do(c.ConcludeReview("1", {}, None), it.chair)[:2] == ["ReviewConcluded", "TalksDue"]
    it.talk()
    with refused("too_few_suppliers"):
        it.ask_offers()
    with refused("no_lawful_ground", "$.code"):
        it.do(ClaimTwoSuppliers("1", "because", "无"), AGENCY)
    with refused("reason_needed", "$.reference"):
        it.do(ClaimTwoSuppliers("1", code, " "), AGENCY)
    with refused("not_permitted"):
        it.do(ClaimTwoSuppliers("1", code, "川财采〔2026〕9号"), it.chair)
    it.do(ClaimTwoSuppliers("1", code, "川财采〔2026〕9号"), AGENCY)
    with refused("already_answered"):
        it.do(ClaimTwoSuppliers("1", code, "川财采〔2026〕9号"), TENDEREE)
    it.ask_offers()
    it.offer(A="950000", B="970000")
    it.open_offers()
    it.conclude_talks()
    if kind == "consultation":
        it.mark("1")
    assert len(candidates(it.it, it.it.lots["1"], result(it.it, it.it.lots["1"]))) == 2
    to_the_end(it)


def test_two_suppliers_without_a_lawful_reason_end_the_talks() -> None:
    it = at("talking", "negotiation", bids=2)
    assert it.do(EndTalks("1", "不足三家，也没有经批准"), it.chair) == ["TalksEnded", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"
    to_the_end(it)


def test_three_suppliers_cannot_be_ended_nor_be_called_two() -> None:
    it = at("talked")
    with refused("no_lawful_ground"):
        it.do(EndTalks("1", "不想谈了"), it.chair)
    with refused("not_two_suppliers"):
        it.do(ClaimTwoSuppliers("1", "service", "川财采〔2026〕9号"), AGENCY)


def test_the_third_supplier_lost_at_the_last_offer_needs_the_reason_too() -> None:
    it = at("talked")
    it.ask_offers()
    it.offer(A="950000", B="970000", C="1300000")
    it.open_offers()
    with refused("two_suppliers"):
        it.conclude_talks()
    assert offered(it, it.chair, "ConcludeTalks") == []
    (act,) = offered(it, TENDEREE, "ClaimTwoSuppliers")
    assert act["urgent"]
    it.do(filled(act, reference="川财采〔2026〕9号"), TENDEREE)
    assert offered(it, TENDEREE, "ClaimTwoSuppliers") == []
    it.conclude_talks()
    assert it.stage is LotStage.MARKING
    assert it.it.lots["1"].live_bids() == ("A", "B")
    sound(it)


# --- who is offered and told what


def test_acts_offered_are_taken_when_filled_in() -> None:
    it = at("talking")
    assert {act["command"] for act in offered(it, it.chair)} >= {"HoldTalk", "ChangeDemands"}
    assert "CallOffers" not in {act["command"] for act in offered(it, it.chair)}
    assert "EndTalks" not in {act["command"] for act in offered(it, it.chair)}
    it.do(filled(offered(it, it.chair, "HoldTalk")[0], bid="A"), it.chair)
    for alias in it.it.committee:
        (act,) = offered(it, member(alias), "AttestTalk")
        assert act["urgent"]
        it.do(filled(act), member(alias))
    it.talk("B", "C")
    it.do(filled(offered(it, it.chair, "ChangeDemands")[0], part="service"), it.chair)
    assert offered(it, ordinary(it), "ConfirmChange", "RefuseChange") == []
    assert len(offered(it, TENDEREE, "ConfirmChange", "RefuseChange")) == 2
    (yes,) = offered(it, it.delegate, "ConfirmChange")
    it.do(filled(yes), it.delegate)
    (tell,) = offered(it, AGENCY, "PassChange")
    it.do(filled(tell), AGENCY)
    (call,) = offered(it, it.chair, "CallOffers")
    it.do(filled(call, minutes=30), it.chair)
    assert offered(it, it.chair, "HoldTalk", "ChangeDemands") == []
    (enter,) = offered(it, AGENCY, "EnterOffer")
    assert [o["value"] for o in enter["fields"][0]["options"]] == ["A", "B", "C"]
    assert [f["name"] for f in enter["fields"]] == ["bid", "price", "reference"]
    (withdraw,) = offered(it, AGENCY, "WithdrawSupplier")
    assert withdraw["grave"]
    it.offer(A="950000", B="970000", C="960000")
    assert offered(it, AGENCY, "EnterOffer", "WithdrawSupplier") == []
    (opening,) = offered(it, it.chair, "OpenOffers")
    assert (opening["urgent"], opening["data"]) == (True, {"lot": "1"})
    it.open_offers()
    (conclude,) = offered(it, it.chair, "ConcludeTalks")
    it.do(filled(conclude), it.chair)
    assert it.stage is LotStage.MARKING
    assert {act["command"] for viewer in everyone(it) for act in offered(it, viewer)} & {
        *("HoldTalk", "AttestTalk", "CallOffers", "EnterOffer", "OpenOffers", "ConcludeTalks", "EndTalks"),
    } == set()
    sound(it)


def test_the_acts_of_a_single_source() -> None:
    it = at("talked", "single-source", bids=1)
    commands = {act["command"] for act in offered(it, it.chair)}
    assert {"HoldTalk", "AgreePrice", "EndTalks"} <= commands
    assert not {"ChangeDemands", "CallOffers"} & commands
    ended = it.fork()
    ended.do(filled(offered(it, it.chair, "EndTalks")[0]), it.chair)
    assert ended.it.lots["1"].failed == "no_agreement"
    it.do(filled(offered(it, it.chair, "AgreePrice")[0], price="940000"), it.chair)
    assert it.stage is LotStage.CONFIRMING


def test_what_one_supplier_said_is_for_the_group_and_those_who_watch() -> None:
    it = at("talked")
    it.do(ChangeDemands("1", "technical", "内存不低于 32GB"), it.chair)
    words = "就交货期、培训和质保作了说明"
    for viewer in everyone(it):
        told_words = words in json.dumps(view(it.it, viewer), ensure_ascii=False)
        told_change = "内存不低于 32GB" in json.dumps(view(it.it, viewer), ensure_ascii=False)
        assert told_words is (viewer.role in {Party.MEMBER, Party.WITNESS, Party.REGULATOR}), viewer
        assert told_change, viewer
    for entry in it.log.entries:
        if entry.type in {"TalkHeld", "TalkAttested"}:
            event = read_event(entry.type, entry.data)
            assert told(it.it, event, WITNESS) is Told.WHOLE
            assert told(it.it, event, CENTRE) is Told.HAPPENED
            assert told(it.it, event, AGENCY) is Told.NOTHING
    assert seen(it, Actor(Party.KIOSK), "talks") == {}
    assert seen(it, member("M99"), "talks") == {}


def test_while_offers_come_in_everyone_sees_how_long_and_how_many() -> None:
    it = at("talked")
    it.ask_offers(30)
    it.offer(A="950000")
    for viewer in everyone(it):
        (notice,) = seen(it, viewer, "talks")["notices"]
        assert notice["until"] == of_lot(it.it, "1").rounds[0].deadline
        assert "已收到 1 家" in notice["text"]["zh"]
    it.offer(B="970000", C="960000")
    it.open_offers()
    assert seen(it, it.chair, "talks")["notices"] == []


def test_minutes_outside_a_week_are_a_slip() -> None:
    it = at("talked")
    for minutes in (0, -5, 7 * 24 * 60 + 1):
        with refused("bad_value", "$.minutes"):
            it.do(CallOffers("1", minutes), it.chair)


def test_conclude_needs_the_last_offers() -> None:
    it = at("talked")
    with refused("offers_missing"):
        it.do(ConcludeTalks("1"), it.chair)
    with refused("offers_are_asked"):
        it.do(AgreePrice("1", "940000", "质保三年"), it.chair)
