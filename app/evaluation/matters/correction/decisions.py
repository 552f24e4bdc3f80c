"""Who notes, states and settles a correction."""

from __future__ import annotations

from decimal import Decimal

from app.evaluation.actor import Actor
from app.evaluation.commands import Command, ConcludeReview
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.correction.arithmetic import (
    KINDS,
    amount,
    check_difference,
    corrected,
    letter_text,
    price_of,
)
from app.evaluation.matters.correction.records import (
    Corrections,
    CorrectionSettled,
    CorrectionStated,
    Difference,
    DifferenceNoted,
    DifferencesDropped,
    DropDifferences,
    NoteDifference,
    SettleCorrection,
    StateCorrection,
)
from app.evaluation.matters.letters.acts import answer_words
from app.evaluation.matters.letters.decisions import at_work, by_chair, check_new, live_bid
from app.evaluation.matters.letters.records import Letter, LetterKind, Letters
from app.evaluation.matters.rejection.records import RejectionProposed, Rejections
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage


def note(state: Evaluation, command: NoteDifference, actor: Actor, at: str) -> list[Event]:
    """Any member; between the opened review and its conclusion, in the legal order of the kinds."""
    alias = guards.sitting(state, actor).alias or ""
    lot = _reviewed(state, command.lot, command.bid)
    order = state.ruleset.procedure.correction_order
    one = Difference(command.kind, command.stated, command.right, command.place)
    check_difference(one, price_of(lot, command.bid), order)
    before = state.memory(Corrections).of(command.lot, command.bid)
    if before and order.index(before[-1].kind) > order.index(one.kind):
        raise Refused("wrong_correction_order", "$.kind", order=" → ".join(KINDS[k].zh for k in order))
    if state.memory(Letters).open_for(command.lot, command.bid, LetterKind.CORRECTION) is not None:
        raise Refused("letter_waiting", "$.bid", bid=command.bid)
    return [DifferenceNoted(alias=alias, **vars(command))]


def drop(state: Evaluation, command: DropDifferences, actor: Actor, at: str) -> list[Event]:
    """The chair, where something was noted wrongly."""
    guards.chair(state, actor)
    if not state.memory(Corrections).of(command.lot, command.bid):
        raise Refused("nothing_noted", "$.bid")
    guards.text(command.reason, "$.reason")
    return [DifferencesDropped(**vars(command))]


def state_price(state: Evaluation, command: StateCorrection, actor: Actor, at: str) -> list[Event]:
    """The chair; the price must be exactly what the differences come to."""
    guards.chair(state, actor)
    lot = _reviewed(state, command.lot, command.bid)
    differences = state.memory(Corrections).of(command.lot, command.bid)
    if not differences:
        raise Refused("nothing_noted", "$.bid")
    due = corrected(price_of(lot, command.bid), differences)
    if amount(command.price, "$.price") <= 0 or Decimal(command.price) != due:
        raise Refused("not_the_corrected_price", "$.price", price=f"{due:f}")
    number = check_new(state, command.lot, command.bid, LetterKind.CORRECTION, command.minutes)
    text = letter_text(price_of(lot, command.bid), differences, command.price)
    return [CorrectionStated(letter=number, differences=differences, text=text, **vars(command))]


def settle(state: Evaluation, command: SettleCorrection, actor: Actor, at: str) -> list[Event]:
    """Confirmed in writing, the price is in force; otherwise the bid is put to the vote on the rule set's ground."""
    letter = by_chair(state, command.letter, actor, LetterKind.CORRECTION)
    guards.lot(state, letter.lot, LotStage.REVIEWED)
    if not letter.settled:
        raise Refused("letter_unsettled", "$.letter")
    confirmed = letter.heard is not None and letter.heard.confirms is True
    price = state.memory(Corrections).stated[letter.number]
    made: list[Event] = [CorrectionSettled(letter.number, letter.lot, letter.known_bid, confirmed, price)]
    if confirmed or state.memory(Rejections).open_for(letter.lot, letter.known_bid) is not None:
        return made
    return [*made, _unconfirmed(state, letter, price)]


def _unconfirmed(state: Evaluation, letter: Letter, price: str) -> RejectionProposed:
    clause = {"GC": "《评标委员会和评标方法暂行规定》第十九条", "ZC": "财政部令第87号第五十九条"}
    facts = f"对第 {letter.number} 号函所列修正后的报价 {price} 元，投标人未书面确认：{answer_words(letter)}"
    ground = state.ruleset.procedure.unconfirmed_price_ground
    track = clause[state.tender.track.value]
    return RejectionProposed(letter.lot, letter.known_bid, ground, track, "见确认函所列页码", facts)


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Marks are given, and prices scored, on settled prices only."""
    if not isinstance(command, ConcludeReview) or command.lot not in state.lots:
        return
    waiting = [one.known_bid for one in at_work(state, command.lot, LetterKind.CORRECTION)]
    live = state.lots[command.lot].live_bids()
    waiting += [bid for lot, bid in state.memory(Corrections).noted if lot == command.lot and bid in live]
    if waiting:
        raise Refused("correction_waiting", command.lot, bid=waiting[0])


def _reviewed(state: Evaluation, lot_id: str, bid: str) -> LotState:
    lot = guards.lot(state, lot_id, LotStage.REVIEWED)
    live_bid(lot, bid)
    return lot
