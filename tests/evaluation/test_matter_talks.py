"""Talks: the whole way of each procedure, equal chances, withdrawals, changes with the purchaser's word."""

from typing import Any

from evaluation_factory import AGENCY, CENTRE, WITNESS, member
from evaluation_stages import refused
from matter_acts import offered, seen
from talk_play import TENDEREE, TalkPlay, at, ordinary, sound, to_the_end

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
    ConfirmChange,
    EndTalks,
    HoldTalk,
    PassChange,
    RefuseChange,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.model import Drop, SheetKind
from app.evaluation.stages import LotStage
from app.evaluation.standing import candidates
from app.evaluation.steps import member_step
from app.evaluation.tally import result
from app.evaluation.views import view

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


def test_a_single_source_that_withdraws_leaves_only_the_end() -> None:
    it = at("talked", "single-source", bids=1)
    it.do(WithdrawSupplier("1", "A", "不再参加", True), AGENCY)
    with refused("too_few_suppliers"):
        it.do(AgreePrice("1", "940000", "质保三年"), it.chair)
    assert offered(it, it.chair, "AgreePrice", "HoldTalk") == []
    assert it.do(EndTalks("1", "供应商退出"), it.chair) == ["TalksEnded", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"


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
