"""Talks: with each supplier apart and in the same measure, changes of the demands, who is out, when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.decisions.rounds import after_review, tally
from app.evaluation.events import ConfirmationDue, Event, LotFailed
from app.evaluation.matters.talks.memory import Change, LotTalks, Part, of_lot
from app.evaluation.matters.talks.records import (
    AgreePrice,
    AttestTalk,
    ChangeConfirmed,
    ChangeDemands,
    ChangePassed,
    ChangeRefused,
    ConcludeTalks,
    ConfirmChange,
    DemandsChanged,
    HoldTalk,
    PassChange,
    PriceAgreed,
    RefuseChange,
    SupplierWithdrawn,
    TalkAttested,
    TalkHeld,
    TalksConcluded,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.sealing import check_price
from app.evaluation.model import Drop, Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.rules.model import MemberKind, Party, ProcedureKind


def talking(state: Evaluation, lot_id: str) -> tuple[LotState, LotTalks]:
    """Return a lot that is being talked about, and its talks."""
    return guards.lot(state, lot_id, LotStage.TALKING), of_lot(state, lot_id)


def live(lot: LotState, bid: str) -> str:
    """Return a bid whose supplier still takes part."""
    if bid not in lot.live_bids():
        raise Refused("supplier_out", "$.bid")
    return bid


def single_source(state: Evaluation) -> bool:
    """One supplier, one agreed price, no rounds of offers."""
    return state.ruleset.procedure.kind is ProcedureKind.SINGLE_SOURCE


def enough(state: Evaluation, talks: LotTalks, count: int) -> bool:
    """Whether so many suppliers are enough to go on: the least number, or two with their lawful reason stated."""
    return count >= state.ruleset.min_bids or (count == 2 and talks.claim is not None)


# --- talks


def may_talk(talks: LotTalks) -> None:
    """Nobody talks while offers are sealed or after the last ones were opened."""
    if talks.running is not None:
        raise Refused("offers_running", str(talks.running.number))
    if talks.closed:
        raise Refused("offers_final", str(talks.rounds[-1].number))


def hold_talk(state: Evaluation, command: HoldTalk, actor: Actor, at: str) -> list[Event]:
    """All members together with one supplier at a time (74号令 31; 财库〔2014〕214号 19)."""
    guards.chair(state, actor)
    lot, talks = talking(state, command.lot)
    bid = live(lot, command.bid)
    may_talk(talks)
    guards.text(command.minutes, "$.minutes")
    turn = sum(talk.bid == bid for talk in talks.talks) + 1
    return [TalkHeld(command.lot, bid, command.minutes, turn)]


def attest_talk(state: Evaluation, command: AttestTalk, actor: Actor, at: str) -> list[Event]:
    """Each member once a talk."""
    alias = guards.sitting(state, actor).alias or ""
    _, talks = talking(state, command.lot)
    found = next((t for t in talks.talks if (t.bid, t.turn) == (command.bid, command.turn)), None)
    if found is None:
        raise Refused("no_such_talk", "$.turn")
    if alias not in found.present:
        raise Refused("not_present", alias)
    if alias in found.attested:
        raise Refused("already_answered", alias)
    return [TalkAttested(command.lot, command.bid, command.turn, command.remark.strip(), alias)]


def unequal(state: Evaluation, lot: LotState, talks: LotTalks) -> str | None:
    """The first live supplier that was talked with less than another, or not at all; None where chances are equal."""
    heard = {bid: talks.heard(bid, state.committee) for bid in lot.live_bids()}
    most = max(heard.values(), default=0)
    return next((bid for bid, count in heard.items() if count < max(1, most)), None)


def equal_chances(state: Evaluation, lot: LotState, talks: LotTalks) -> None:
    """Refuse to go on before every supplier had the same chance, or with changes that not all know of."""
    for number, change in enumerate(talks.changes, start=1):
        if not change.settled:
            raise Refused("change_open", str(number), number=str(number))
    behind = unequal(state, lot, talks)
    if behind is not None:
        raise Refused("talks_unequal", behind, bid=behind)


# --- changes of the demands


def change_demands(state: Evaluation, command: ChangeDemands, actor: Actor, at: str) -> list[Event]:
    """Technical and service demands and the draft of the contract, nothing else (74号令 32; 214号 20)."""
    guards.chair(state, actor)
    _, talks = talking(state, command.lot)
    may_talk(talks)
    if command.part not in {part.value for part in Part}:
        raise Refused("not_changeable", "$.part")
    guards.text(command.text, "$.text")
    return [DemandsChanged(command.lot, command.part, command.text, len(talks.changes) + 1)]


def _change(state: Evaluation, lot_id: str, number: int) -> Change:
    _, talks = talking(state, lot_id)
    if not 1 <= number <= len(talks.changes):
        raise Refused("no_such_change", "$.number")
    return talks.changes[number - 1]


def is_purchaser(state: Evaluation, actor: Actor) -> bool:
    """The purchaser at a console, or the purchaser's delegate in the group."""
    if actor.role is Party.TENDEREE:
        return True
    member = state.by_alias(actor.alias or "")
    return member is not None and member.kind is MemberKind.DELEGATE and member.alias in state.committee


def _unanswered(state: Evaluation, lot_id: str, number: int, actor: Actor) -> None:
    if actor.role is Party.MEMBER:
        guards.sitting(state, actor)
    if not is_purchaser(state, actor):
        raise Refused("not_the_purchaser", actor.alias or actor.role.value)
    change = _change(state, lot_id, number)
    if change.confirmed_at is not None or change.refused is not None:
        raise Refused("already_answered", str(number))


def confirm_change(state: Evaluation, command: ConfirmChange, actor: Actor, at: str) -> list[Event]:
    """Without the purchaser's word no change holds."""
    _unanswered(state, command.lot, command.number, actor)
    return [ChangeConfirmed(command.lot, command.number)]


def refuse_change(state: Evaluation, command: RefuseChange, actor: Actor, at: str) -> list[Event]:
    """The demands stay as they were."""
    _unanswered(state, command.lot, command.number, actor)
    guards.text(command.reason, "$.reason")
    return [ChangeRefused(**vars(command))]


def pass_change(state: Evaluation, command: PassChange, actor: Actor, at: str) -> list[Event]:
    """To all suppliers at once, in writing, once the purchaser has confirmed."""
    change = _change(state, command.lot, command.number)
    if change.confirmed_at is None or change.passed_at is not None:
        raise Refused("nothing_to_pass", str(command.number))
    return [ChangePassed(command.lot, command.number)]


# --- who is out


def withdraw_supplier(state: Evaluation, command: WithdrawSupplier, actor: Actor, at: str) -> list[Event]:
    """Before the last offer, and the deposit goes back (74号令 34; 214号 22)."""
    lot, talks = talking(state, command.lot)
    bid = live(lot, command.bid)
    last = talks.rounds[-1] if talks.rounds else None
    if last is not None and last.final and bid in last.offers:
        raise Refused("offer_given", "$.bid", bid=bid)
    if talks.closed:
        raise Refused("offers_final", str(talks.rounds[-1].number))
    guards.text(command.reason, "$.reason")
    return [SupplierWithdrawn(**vars(command))]


# --- the end


def drops(lot: LotState, talks: LotTalks) -> dict[str, Drop]:
    """Who goes on no more once the last offers are opened: no offer, or one above budget or ceiling."""
    if not talks.closed:
        return {}
    offers = talks.rounds[-1].offers
    found = {}
    for bid in lot.live_bids():
        offer = offers.get(bid)
        if offer is None or offer.price is None:
            found[bid] = Drop.NO_OFFER
        elif lot.limit is not None and Fraction(offer.price) > lot.limit:
            found[bid] = Drop.OVER_LIMIT
    return found


def going_on(lot: LotState, talks: LotTalks) -> Sequence[str]:
    """The suppliers that go on as things stand."""
    out = drops(lot, talks)
    return [bid for bid in lot.live_bids() if bid not in out]


def conclude_talks(state: Evaluation, command: ConcludeTalks, actor: Actor, at: str) -> list[Event]:
    """With enough suppliers to the marks, or at once to the order of prices; with too few the lot fails."""
    guards.chair(state, actor)
    lot, talks = talking(state, command.lot)
    if not talks.closed:
        raise Refused("offers_missing", command.lot)
    out = drops(lot, talks)
    ahead = replace(lot, talked=True, dropped=lot.dropped | out, prices=lot.prices | last_prices(talks))
    left = len(ahead.live_bids())
    made: list[Event] = [TalksConcluded(command.lot, {bid: drop.value for bid, drop in out.items()})]
    if enough(state, talks, left):
        return made + after_review(state, ahead)
    if left == 2 and state.ruleset.procedure.two_bids:
        raise Refused("two_suppliers", command.lot)
    return [*made, LotFailed(command.lot, "too_few_bids")]


def last_prices(talks: LotTalks) -> dict[str, str]:
    """The prices of the last offers, by bid."""
    return {bid: offer.price for bid, offer in talks.rounds[-1].offers.items() if offer.price is not None}


def agree_price(state: Evaluation, command: AgreePrice, actor: Actor, at: str) -> list[Event]:
    """单一来源: after a talk that everyone stands by, within budget and ceiling (74号令 41-43)."""
    guards.chair(state, actor)
    lot, talks = talking(state, command.lot)
    if not single_source(state):
        raise Refused("offers_are_asked", command.lot)
    if not lot.live_bids():
        raise Refused("too_few_suppliers", command.lot, count="0")
    equal_chances(state, lot, talks)
    guards.text(command.terms, "$.terms")
    price = check_price(command.price, "$.price")
    if lot.limit is not None and Fraction(price) > lot.limit:
        raise Refused("above_limit", "$.price")
    ahead = replace(lot, talked=True, prices=lot.prices | dict.fromkeys(lot.live_bids(), price))
    return [PriceAgreed(**vars(command)), *tally(state, ahead), ConfirmationDue(command.lot)]
