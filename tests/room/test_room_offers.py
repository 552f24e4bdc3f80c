"""Offers through the door: sealed before anything is written, not to be guessed on the disk, opened after a restart."""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

from room_play import STREAM, Play, ready
from room_world import Refusal, Room
from talk_play import talk_tender

from app.journal import canonical

AMOUNT = "951234.56"
RULES = {
    "format": 1,
    "base": "zc-negotiation",
    "base_version": "2026.1",
    "id": "minle-negotiation",
    "version": "1",
    "name": "岷乐市竞争性谈判规则",
    "source": "虚构",
    "changes": {},
}


def to_the_offers(play: Play) -> None:
    """Three members, a review, equal talks, a round of offers."""
    play.gather(3)
    play.choose_chair()
    play.review("1")
    assert play.lot("1")["stage"] == "talking"
    for bid in ("A", "B", "C"):
        play.chair.do(STREAM, "HoldTalk", {"lot": "1", "bid": bid, "minutes": "就质保作了说明"})
        for seat in play.sitting:
            seat.do(STREAM, "AttestTalk", {"lot": "1", "bid": bid, "turn": 1, "remark": ""})
    play.chair.do(STREAM, "CallOffers", {"lot": "1", "minutes": 30})


def offer(bid: str, price: str) -> dict[str, Any]:
    return {"lot": "1", "bid": bid, "price": price, "reference": f"报价单 {bid}"}


def refusal_of(act: Any) -> Refusal:
    try:
        act()
    except Refusal as refusal:
        return refusal
    raise AssertionError("nothing was refused")


def test_an_offer_is_sealed_and_opened_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    tender = talk_tender("negotiation")
    play = ready(Room(folder), tmp_path, members=3, tender=tender, rules=RULES)
    try:
        to_the_offers(play)
        ids = {bid: str(uuid.uuid4()) for bid in "ABC"}
        first = play.agency.do(STREAM, "EnterOffer", offer("A", AMOUNT), id=ids["A"])
        assert first["events"] == ["OfferSealed"]
        assert play.agency.do(STREAM, "EnterOffer", offer("A", AMOUNT), id=ids["A"]) == first
        other = refusal_of(lambda: play.agency.do(STREAM, "EnterOffer", offer("A", "1"), id=ids["A"]))
        assert other.code == "id_reused"
        for bad in ("-1", "1e5", "", "9,5"):
            refusal = refusal_of(lambda bad=bad: play.agency.do(STREAM, "EnterOffer", offer("B", bad)))
            assert (refusal.code, refusal.where) == ("bad_offer", "$.data.price")
        assert refusal_of(lambda: play.centre.do(STREAM, "EnterOffer", offer("B", "1"))).code == "not_permitted"
        raw = {"lot": "1", "bid": "B", "round": 1, "reference": "1", "sealed": {}}
        assert refusal_of(lambda: play.agency.do(STREAM, "EnterOffer", raw)).code in {"unknown_key", "missing_key"}
        assert refusal_of(lambda: play.chair.do(STREAM, "OpenOffers", {"lot": "1"})).code == "offers_awaited"

        guess = canonical({"stream": STREAM, "type": "EnterOffer", "data": offer("A", AMOUNT)})
        digest = hashlib.sha256(guess).hexdigest().encode()
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert AMOUNT.encode() not in content, path
                assert digest not in content, path  # an amount could be guessed from a plain hash
        for machine in (*play.consoles.values(), *play.sitting):
            assert AMOUNT not in json.dumps(machine.view(), ensure_ascii=False)

        play.disconnect()
        play.room.stop()  # type: ignore[attr-defined]
        play.move_to(Room(folder))
        for bid, price in (("B", "960000"), ("C", "940000")):
            play.agency.do(STREAM, "EnterOffer", offer(bid, price), id=ids[bid])
        assert play.chair.do(STREAM, "OpenOffers", {"lot": "1"})["events"] == ["OffersOpened"]
        rounds = play.chair.evaluation()["matters"]["talks"]["lots"]["1"]["rounds"]
        assert rounds[0]["offers"] == {"A": AMOUNT, "B": "960000", "C": "940000"}
        assert refusal_of(lambda: play.chair.do(STREAM, "OpenOffers", {"lot": "1"})).code == "no_such_round"
        made = play.chair.do(STREAM, "ConcludeTalks", {"lot": "1"})
        assert made["events"] == ["TalksConcluded", "LotTallied"]
        ranked = [row["id"] for row in play.lot("1")["result"]["bids"]]
        assert ranked == ["C", "A", "B"]
    finally:
        play.disconnect()
        play.room.stop()  # type: ignore[attr-defined]
