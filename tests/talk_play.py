"""Plays of procedures with talks: a consultation, a negotiation, an inquiry, a single source, step by step."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from evaluation_case import bid, lot_json, secret, tender_json
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member

from app import journal
from app.evaluation.actor import Actor
from app.evaluation.matters.talks import (
    AttestTalk,
    CallOffers,
    ConcludeTalks,
    EnterOffer,
    HoldTalk,
    OpenOffers,
)
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.matters.talks.sealing import offer_stage
from app.evaluation.replay import check
from app.evaluation.stages import LotStage
from app.exchange.rulesets import read_rules, shipped_rules
from app.rules import ruleset_to_json
from app.rules.model import Party

TENDEREE = Actor(Party.TENDEREE, post="tenderee-a")
REGULATOR = Actor(Party.REGULATOR, post="regulator-a")
KINDS = ("consultation", "negotiation", "inquiry", "single-source")


def rules_json(kind: str, **procedure: Any) -> dict[str, Any]:
    """The merged rule set of a way of procurement, with other rules of procedure."""
    made = ruleset_to_json(read_rules(shipped_rules(f"zc-{kind}")))
    return made | {"procedure": made["procedure"] | procedure}


def talk_lot(kind: str, bids: int = 3) -> dict[str, Any]:
    """A lot of so many suppliers; marks only in a consultation."""
    lot = lot_json("ZC") | {"qualification": None}
    if kind != "consultation":
        lot = lot | {"factors": [], "scoring": {"method": "lowest_evaluated_price", "ceiling": "1200000"}}
    more = [bid("D", "丁商贸有限公司", "990000")]
    return lot | {"bids": [*lot["bids"], *more][:bids]}


def talk_tender(kind: str, bids: int = 3) -> dict[str, Any]:
    """A tender of one such lot."""
    return tender_json("ZC") | {"lots": [talk_lot(kind, bids)]}


class TalkPlay(Play):
    """A play of a procedure with talks; the room's sealing of offers is played as well."""

    offer_key = secret("offers")
    salts: dict[tuple[int, str], bytes]
    prices: dict[tuple[int, str], str]

    def begin(self, kind: str, bids: int = 3, members: int = 3, **procedure: Any) -> None:
        """From the room's opening to the choice of the chair."""
        self.salts, self.prices = {}, {}
        self.open_room()
        rules = rules_json(kind, **procedure)
        self.import_package(members, delegates=1, tender=talk_tender(kind, bids), rules=rules)
        self.draw_slots()
        for alias in [self.arrive(f"p{k}") for k in range(1, members + 1)]:
            self.pledge(alias)
        self.constitute()
        self.choose_chair()

    @property
    def chair(self) -> Actor:
        assert self.it.chair is not None
        return member(self.it.chair)

    @property
    def delegate(self) -> Actor:
        """The purchaser's delegate in the group."""
        return member(next(m.alias or "" for m in self.it.pledged if m.kind.value == "delegate"))

    @property
    def stage(self) -> LotStage:
        return self.it.lots["1"].stage

    def talk(self, *bids: str, attest: bool = True) -> None:
        """One talk with each of the suppliers (none named: all live ones), everybody standing by the minutes."""
        for one in bids or self.it.lots["1"].live_bids():
            self.do(HoldTalk("1", one, f"{one}：就交货期、培训和质保作了说明"), self.chair)
            turn = sum(talk.bid == one for talk in of_lot(self.it, "1").talks)
            for alias in self.it.committee if attest else ():
                self.do(AttestTalk("1", one, turn, ""), member(alias))

    def ask_offers(self, minutes: int = 30) -> None:
        self.do(CallOffers("1", minutes), self.chair)

    def sealed_offer(self, one: str, price: str, number: int | None = None) -> EnterOffer:
        """The command as the room makes it of an amount."""
        running = of_lot(self.it, "1").running
        number = number or (running.number if running else 1)
        salt = self.fresh("offer salt")
        self.salts[number, one], self.prices[number, one] = salt, price
        where = (self.it.stream, offer_stage("1"), number, one)
        sealed = journal.seal(self.offer_key, self.fresh("nonce")[:12], *where, salt, {"price": price}, block=1024)
        return EnterOffer("1", one, number, f"报价单 {one}-{number}", sealed.to_json())

    def offer(self, **prices: str) -> None:
        """Offers entered by the agency."""
        for one, price in prices.items():
            self.do(self.sealed_offer(one, price), AGENCY)

    def opening(self) -> OpenOffers:
        """The opening of the round that runs, as the room fills it in."""
        running = of_lot(self.it, "1").running
        assert running is not None
        offers = {
            one: {"price": self.prices[running.number, one], "salt": self.salts[running.number, one].hex()}
            for one in running.offers
        }
        return OpenOffers("1", running.number, offers)

    def open_offers(self) -> None:
        self.do(self.opening(), self.chair)

    def conclude_talks(self) -> list[str]:
        return self.do(ConcludeTalks("1"), self.chair)

    def fork(self) -> TalkPlay:
        """A copy that goes its own way: states and entries are immutable."""
        fork = copy.copy(self)
        fork.log, fork.room_log = copy.copy(self.log), copy.copy(self.room_log)
        fork.log.entries, fork.room_log.entries = list(self.log.entries), list(self.room_log.entries)
        fork.salts, fork.prices = dict(self.salts), dict(self.prices)
        return fork


@cache
def _at(stage: str, kind: str, bids: int) -> TalkPlay:
    it = TalkPlay("ZC")
    it.begin(kind, bids)
    if stage == "chair":
        return it
    it.review("1")
    if stage == "reviewed":
        return it
    it.conclude("1")
    if stage == "talked":
        it.talk()
    return it


def at(stage: str, kind: str = "consultation", bids: int = 3) -> TalkPlay:
    """A play at `chair`, `reviewed`, `talking` or `talked`."""
    return _at(stage, kind, bids).fork()


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
