"""Rounds of offers: called for all at once, sealed one by one, opened together."""

from __future__ import annotations

from app.evaluation import papers
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.talks.decisions import (
    enough,
    equal_chances,
    live,
    may_talk,
    single_source,
    talking,
)
from app.evaluation.matters.talks.memory import LotTalks, OfferRound, of_lot
from app.evaluation.matters.talks.records import (
    CallOffers,
    EnterOffer,
    FileOffer,
    OfferFiled,
    OffersCalled,
    OfferSealed,
    OffersOpened,
    OpenOffers,
)
from app.evaluation.matters.talks.sealing import check_opened, check_sealed
from app.evaluation.model import Evaluation, LotState
from app.evaluation.moments import after, reached
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of

LONGEST_MIN = 7 * 24 * 60
"""A longer time for offers than a week is a slip of the finger."""


def call_offers(state: Evaluation, command: CallOffers, actor: Actor, at: str) -> list[Event]:
    """After equal talks with everybody; the last of the rule set's rounds is the final one (74号令 33; 214号 21)."""
    guards.chair(state, actor)
    lot, talks = talking(state, command.lot)
    if single_source(state):
        raise Refused("price_is_agreed", command.lot)
    may_talk(talks)
    equal_chances(state, lot, talks)
    if not enough(state, talks, len(lot.live_bids())):
        raise Refused("too_few_suppliers", command.lot, count=str(len(lot.live_bids())))
    if not 1 <= command.minutes <= LONGEST_MIN:
        raise Refused("bad_value", "$.minutes")
    number = len(talks.rounds) + 1
    final = number >= state.ruleset.procedure.offer_rounds
    return [OffersCalled(command.lot, command.minutes, number, final, after(at, command.minutes))]


def running(talks: LotTalks, number: int) -> OfferRound:
    """Return the round that runs, or refuse."""
    found = talks.running
    if found is None or found.number != number:
        raise Refused("no_such_round", str(number))
    return found


def enter_offer(state: Evaluation, command: EnterOffer, actor: Actor, at: str) -> list[Event]:
    """Once a supplier and round, in time; an offer given cannot be changed any more."""
    lot, talks = talking(state, command.lot)
    found = running(talks, command.round)
    bid = live(lot, command.bid)
    if bid in found.offers:
        raise Refused("offer_given", "$.bid", bid=bid)
    if reached(at, found.deadline):
        raise Refused("offers_over", found.deadline)
    guards.text(command.reference, "$.reference")
    check_sealed(state.stream, command.lot, command.round, bid, command.sealed)
    return [OfferSealed(**vars(command))]


def can_open(lot: LotState, found: OfferRound, at: str) -> bool:
    """All are in, or the time is over."""
    return set(lot.live_bids()) <= set(found.offers) or reached(at, found.deadline)


def open_offers(state: Evaluation, command: OpenOffers, actor: Actor, at: str) -> list[Event]:
    """All at once; each is the one that was sealed."""
    guards.chair(state, actor)
    lot, talks = talking(state, command.lot)
    found = running(talks, command.round)
    if not can_open(lot, found, at):
        raise Refused("offers_awaited", found.deadline)
    if set(command.offers) != set(found.offers):
        raise Refused("bad_value", "$.offers")
    for bid, opened in command.offers.items():
        check_opened(state.stream, command.lot, command.round, bid, found.offers[bid].sealed, opened)
    return [OffersOpened(**vars(command))]


def file_offer(state: Evaluation, command: FileOffer, actor: Actor, at: str) -> list[Event]:
    """Only once all are opened: the paper says the amount."""
    lot_of(state, command.lot)
    rounds = of_lot(state, command.lot).rounds
    if not 1 <= command.round <= len(rounds) or command.bid not in rounds[command.round - 1].offers:
        raise Refused("no_such_round", "$.round")
    found = rounds[command.round - 1]
    if found.opened_at is None:
        raise Refused("offers_awaited", found.deadline)
    if found.offers[command.bid].paper is not None:
        raise Refused("already_answered", command.bid)
    papers.check(command.paper)
    return [OfferFiled(**vars(command))]
