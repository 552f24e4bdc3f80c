"""What talks and offers leave behind: minutes, changes, offers, and at the end the prices in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.matter import Line
from app.evaluation.matters.talks.decisions import last_prices
from app.evaluation.matters.talks.memory import Change, Offer, OfferRound, Part, Talk, Withdrawal, of_lot, with_lot
from app.evaluation.matters.talks.records import (
    ChangeConfirmed,
    ChangePassed,
    ChangeRefused,
    DemandsChanged,
    OfferFiled,
    OffersCalled,
    OfferSealed,
    OffersOpened,
    PriceAgreed,
    SupplierWithdrawn,
    TalkAttested,
    TalkHeld,
    TalksConcluded,
    TalksEnded,
    TwoSuppliersClaimed,
)
from app.evaluation.model import Drop, Evaluation, LotState


def _noted(state: Evaluation, lot: str, at: str, text: str, **changes: Any) -> Evaluation:
    """The state with a line for the report, and what else changed of the talks."""
    line = Line(at, state.ruleset.words["talk"], text)
    return with_lot(state, lot, lines=(*of_lot(state, lot).lines, line), **changes)


def _lot(state: Evaluation, lot: str, **changes: Any) -> Evaluation:
    return replace(state, lots=state.lots | {lot: replace(state.lots[lot], **changes)})


def bidder(lot: LotState, bid: str) -> str:
    """The bidder's name with its code."""
    return next(f"{b.id}　{b.bidder}" for b in lot.lot.bids if b.id == bid)


def talk_held(state: Evaluation, event: TalkHeld, actor: Actor, at: str) -> Evaluation:
    """Minutes that the members have to stand by."""
    talks = of_lot(state, event.lot)
    talk = Talk(event.bid, event.turn, event.minutes, at, state.committee)
    word = state.ruleset.words["talk"]
    text = f"与 {bidder(state.lots[event.lot], event.bid)} 第 {event.turn} 次{word}"
    return _noted(state, event.lot, at, text, talks=(*talks.talks, talk))


def talk_attested(state: Evaluation, event: TalkAttested, actor: Actor, at: str) -> Evaluation:
    """One member more."""

    def attest(talk: Talk) -> Talk:
        if (talk.bid, talk.turn) != (event.bid, event.turn):
            return talk
        return replace(talk, attested=talk.attested | {event.alias: event.remark})

    return with_lot(state, event.lot, talks=tuple(attest(talk) for talk in of_lot(state, event.lot).talks))


def demands_changed(state: Evaluation, event: DemandsChanged, actor: Actor, at: str) -> Evaluation:
    """A change that waits for the purchaser."""
    change = Change(event.number, Part(event.part), event.text, at)
    text = f"提出第 {event.number} 项变动：{event.text}"
    return _noted(state, event.lot, at, text, changes=(*of_lot(state, event.lot).changes, change))


def _change(state: Evaluation, lot: str, number: int, change: Callable[[Change], Change]) -> tuple[Change, ...]:
    return tuple(change(one) if one.number == number else one for one in of_lot(state, lot).changes)


def change_confirmed(state: Evaluation, event: ChangeConfirmed, actor: Actor, at: str) -> Evaluation:
    """It waits for the agency now."""
    changes = _change(state, event.lot, event.number, lambda one: replace(one, confirmed_at=at))
    return _noted(state, event.lot, at, f"第 {event.number} 项变动经采购人代表确认", changes=changes)


def change_refused(state: Evaluation, event: ChangeRefused, actor: Actor, at: str) -> Evaluation:
    """It is void."""
    changes = _change(state, event.lot, event.number, lambda one: replace(one, refused=event.reason))
    text = f"第 {event.number} 项变动未经采购人代表确认，不作变动：{event.reason}"
    return _noted(state, event.lot, at, text, changes=changes)


def change_passed(state: Evaluation, event: ChangePassed, actor: Actor, at: str) -> Evaluation:
    """All suppliers know."""
    changes = _change(state, event.lot, event.number, lambda one: replace(one, passed_at=at))
    text = f"第 {event.number} 项变动已书面同时通知全部供应商"
    return _noted(state, event.lot, at, text, changes=changes)


def supplier_withdrawn(state: Evaluation, event: SupplierWithdrawn, actor: Actor, at: str) -> Evaluation:
    """Out, and live no more."""
    lot = state.lots[event.lot]
    deposit = "保证金已退还" if event.deposit_returned else "保证金待退还"
    text = f"{bidder(lot, event.bid)} 退出：{event.reason}；{deposit}"
    withdrawal = Withdrawal(event.reason, event.deposit_returned, at)
    state = _lot(state, event.lot, dropped=lot.dropped | {event.bid: Drop.WITHDREW})
    return _noted(state, event.lot, at, text, withdrawn=of_lot(state, event.lot).withdrawn | {event.bid: withdrawal})


def two_claimed(state: Evaluation, event: TwoSuppliersClaimed, actor: Actor, at: str) -> Evaluation:
    """Two are enough from here on."""
    reason = state.ruleset.procedure.two_bids[event.code]
    text = f"符合要求的供应商两家，依法继续：{reason}；依据：{event.reference}"
    return _noted(state, event.lot, at, text, claim=(event.code, event.reference))


def round_name(number: int, final: bool, word: str) -> str:
    """What a round of offers is called."""
    return word if final else f"第 {number} 轮报价"


def offers_called(state: Evaluation, event: OffersCalled, actor: Actor, at: str) -> Evaluation:
    """A round begins."""
    found = OfferRound(event.round, event.final, at, event.deadline)
    name = round_name(event.round, event.final, state.ruleset.words["offer"])
    text = f"要求全部供应商在 {event.minutes} 分钟内提交{name}"
    return _noted(state, event.lot, at, text, rounds=(*of_lot(state, event.lot).rounds, found))


def _round(state: Evaluation, lot: str, number: int, change: Callable[[OfferRound], OfferRound]) -> Evaluation:
    rounds = of_lot(state, lot).rounds
    return with_lot(state, lot, rounds=tuple(change(one) if one.number == number else one for one in rounds))


def offer_sealed(state: Evaluation, event: OfferSealed, actor: Actor, at: str) -> Evaluation:
    """One offer more, under seal."""
    offer = Offer(event.reference, event.sealed, at)
    return _round(state, event.lot, event.round, lambda one: replace(one, offers=one.offers | {event.bid: offer}))


def offers_opened(state: Evaluation, event: OffersOpened, actor: Actor, at: str) -> Evaluation:
    """All amounts in the clear; they are in force only once the talks are concluded."""

    def opened(one: OfferRound) -> OfferRound:
        offers = {bid: replace(offer, price=event.offers[bid]["price"]) for bid, offer in one.offers.items()}
        return replace(one, offers=offers, opened_at=at)

    state = _round(state, event.lot, event.round, opened)
    found = of_lot(state, event.lot).rounds[event.round - 1]
    name = round_name(found.number, found.final, state.ruleset.words["offer"])
    return _noted(state, event.lot, at, f"{name}一并开启，共 {len(event.offers)} 家")


def offer_filed(state: Evaluation, event: OfferFiled, actor: Actor, at: str) -> Evaluation:
    """With its paper."""

    def filed(one: OfferRound) -> OfferRound:
        return replace(one, offers=one.offers | {event.bid: replace(one.offers[event.bid], paper=event.paper)})

    return _round(state, event.lot, event.round, filed)


def talks_concluded(state: Evaluation, event: TalksConcluded, actor: Actor, at: str) -> Evaluation:
    """Prices are final."""
    lot = state.lots[event.lot]
    drops = {bid: Drop(code) for bid, code in event.dropped.items()}
    prices = lot.prices | last_prices(of_lot(state, event.lot))
    return _lot(state, event.lot, talked=True, dropped=lot.dropped | drops, prices=prices)


def price_agreed(state: Evaluation, event: PriceAgreed, actor: Actor, at: str) -> Evaluation:
    """The one price is final."""
    lot = state.lots[event.lot]
    prices = lot.prices | dict.fromkeys(lot.live_bids(), event.price)
    state = _lot(state, event.lot, talked=True, prices=prices)
    return _noted(state, event.lot, at, "商定成交价格", agreed=(event.price, event.terms))


def talks_ended(state: Evaluation, event: TalksEnded, actor: Actor, at: str) -> Evaluation:
    """Without result."""
    return _noted(state, event.lot, at, f"{state.ruleset.words['too_few']}：{event.reason}")
