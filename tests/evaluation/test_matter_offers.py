"""Offers: sealed until all are opened, bound to supplier, round and time; two suppliers by law."""

import json
from dataclasses import replace

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS
from evaluation_stages import refused
from matter_acts import filled, offered, seen
from talk_play import TENDEREE, TalkPlay, at, everyone, ordinary, sound, to_the_end

from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.matters.talks import (
    ClaimTwoSuppliers,
    EndTalks,
    FileOffer,
    OpenOffers,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.model import Drop
from app.evaluation.papers import Paper
from app.evaluation.stages import LotStage
from app.evaluation.standing import candidates
from app.evaluation.tally import result
from app.evaluation.views import view
from app.rules.model import Party

PAPER = Paper("ab" * 32, 1200, "最后报价单")
SECRET = "973512.46"


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
    for wrong in (replace(PAPER, sha256="x"), replace(PAPER, bytes=0)):
        with refused("bad_value", "$.paper"):
            it.do(FileOffer("1", "A", 1, wrong), AGENCY)
    with refused("reason_needed", "$.paper.title"):
        it.do(FileOffer("1", "A", 1, replace(PAPER, title=" ")), AGENCY)
    for bid, number in (("X", 1), ("A", 2), ("A", 0)):
        with refused("no_such_round"):
            it.do(FileOffer("1", bid, number, PAPER), AGENCY)
    assert len(offered(it, AGENCY, "FileOffer")) == 3
    it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    with refused("already_answered"):
        it.do(FileOffer("1", "A", 1, PAPER), AGENCY)
    assert [act["data"]["bid"] for act in offered(it, AGENCY, "FileOffer")] == ["B", "C"]
    assert seen(it, WITNESS, "talks")["lots"]["1"]["rounds"][0]["papers"] == {"A": codec.to_json(PAPER)}
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
