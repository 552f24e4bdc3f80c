"""What talks offer to whom, and who is told what of them."""

import json

from evaluation_factory import AGENCY, CENTRE, WITNESS, member
from evaluation_stages import refused
from matter_acts import filled, offered, seen
from talk_play import TENDEREE, at, everyone, ordinary, sound

from app.evaluation.actor import Actor
from app.evaluation.matters.talks import (
    TALKS,
    AgreePrice,
    CallOffers,
    ChangeDemands,
    ConcludeTalks,
    ConfirmChange,
    PassChange,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.redaction import Told, told
from app.evaluation.registry import read_event
from app.evaluation.stages import LotStage
from app.evaluation.views import view
from app.rules.model import Party


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


def test_with_too_few_suppliers_only_the_end_is_offered() -> None:
    it = at("talked")
    it.do(WithdrawSupplier("1", "C", "不再参加", True), AGENCY)
    it.do(ChangeDemands("1", "service", "质保五年"), it.chair)
    it.do(ConfirmChange("1", 1), it.delegate)
    assert offered(it, it.delegate, "ConfirmChange", "RefuseChange") == []
    it.do(PassChange("1", 1), AGENCY)
    assert {act["command"] for act in offered(it, it.chair)} >= {"HoldTalk", "EndTalks"}
    assert offered(it, it.chair, "CallOffers") == []
    for bid in ("A", "B"):
        it.do(WithdrawSupplier("1", bid, "不再参加", True), AGENCY)
    assert offered(it, it.chair, "HoldTalk", "CallOffers") == []
    (end,) = offered(it, it.chair, "EndTalks")
    it.do(filled(end), it.chair)
    assert it.it.lots["1"].failed == "too_few_bids"
    assert [line.text for line in TALKS.report(it.it, "1")][-1].startswith("终止磋商：")
