"""Which prices are abnormally low, who asks, votes and decides."""

from __future__ import annotations

from dataclasses import replace

from app import scoring
from app.evaluation import papers
from app.evaluation.actor import Actor
from app.evaluation.commands import Command, NoteFindings
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.letters.decisions import (
    check_new,
    clock,
    is_late,
    live_bid,
)
from app.evaluation.matters.letters.records import Letter, LetterKind, Letters, Outcome
from app.evaluation.matters.low_price.records import (
    JUDGEMENT,
    TRIGGERS,
    AskLowPrice,
    Finding,
    Inquiry,
    LookupRecorded,
    LowPriceAsked,
    LowPriceDecided,
    LowPrices,
    LowPriceVoted,
    RecordLookup,
    VoteLowPrice,
)
from app.evaluation.matters.rejection.decisions import check_vote, missing, rejected, sides
from app.evaluation.matters.rejection.records import Case, Rejections
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.tally import case_bytes
from app.scoring.findings import abnormally_low

ASKING = (LotStage.MARKING, LotStage.OPENED)
"""After the review is concluded, before the result is settled."""


def hits(state: Evaluation, lot: LotState) -> list[dict[str, str]]:
    """The triggers that live bids hit, as the scoring core finds them: id, trigger, price, threshold. None while the
    prices lie in second envelopes."""
    live_bids = [bid for bid in lot.lot.bids if bid.id in lot.live_bids()]
    if not live_bids or any(lot.known_price(bid) is None for bid in live_bids):
        return []
    case = scoring.parse(case_bytes(state, replace(lot, marks=())))
    live = [position for position, bid in enumerate(case.bids) if bid.live]
    return abnormally_low(case, live) if live else []


def untreated(state: Evaluation, lot: LotState) -> list[str]:
    """Bids that hit a trigger of the law and have no decision; none where the rule set knows no such law."""
    if not state.ruleset.procedure.low_price_rates:
        return []
    found = state.memory(Letters).of(lot.lot.id, LetterKind.LOW_PRICE)
    decided = {one.bid for one in found if one.outcome in (Outcome.JUSTIFIED, Outcome.NOT_JUSTIFIED)}
    return [bid for bid in dict.fromkeys(hit["id"] for hit in hits(state, lot)) if bid not in decided]


def ask(state: Evaluation, command: AskLowPrice, actor: Actor, at: str) -> list[Event]:
    """The chair; a trigger must be one that the bid hits."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, *ASKING)
    live_bid(lot, command.bid)
    if command.trigger not in TRIGGERS:
        raise Refused("bad_value", "$.trigger")
    known = {hit["trigger"] for hit in hits(state, lot) if hit["id"] == command.bid} | {JUDGEMENT}
    if command.trigger not in known:
        raise Refused("no_such_trigger", "$.trigger", bid=command.bid)
    guards.text(command.reason, "$.reason")
    guards.text(command.question, "$.question")
    if state.memory(Rejections).open_for(command.lot, command.bid) is not None:
        raise Refused("rejection_waiting", "$.bid", bid=command.bid)
    number = check_new(state, command.lot, command.bid, LetterKind.LOW_PRICE, command.minutes)
    return [LowPriceAsked(letter=number, **vars(command))]


def _inquiry(state: Evaluation, number: int) -> Letter:
    letter = state.memory(Letters).sent.get(number)
    if letter is None or letter.kind is not LetterKind.LOW_PRICE:
        raise Refused("no_such_letter", "$.letter")
    if not letter.open:
        raise Refused("letter_closed", "$.letter")
    live_bid(guards.lot(state, letter.lot, *ASKING), letter.known_bid)
    return letter


def look_up(state: Evaluation, command: RecordLookup, actor: Actor, at: str) -> list[Event]:
    """Entered by the staff of the recorded look-up place, where seats have no web."""
    _inquiry(state, command.letter)
    guards.text(command.url, "$.url")
    guards.text(command.title, "$.title")
    papers.check(command.paper)
    return [LookupRecorded(**vars(command))]


def vote(state: Evaluation, command: VoteLowPrice, actor: Actor, at: str) -> list[Event]:
    """After the explanation or after its time, each with a reason; the last vote decides."""
    alias = guards.sitting(state, actor).alias or ""
    letter = _inquiry(state, command.letter)
    if letter.answer is not None and not letter.settled:
        raise Refused("letter_unsettled", "$.letter")
    if not letter.settled and not is_late(letter, at):
        raise Refused("time_not_over", "$.letter", until=clock(letter.deadline or "") or "—")
    guards.text(command.reason, "$.reason")
    inquiry = state.memory(LowPrices).inquiries[letter.number]
    check_vote(state, inquiry.votes, alias)
    made: list[Event] = [LowPriceVoted(alias=alias, **vars(command))]
    votes = inquiry.votes | {alias: Finding(command.agree, command.reason)}
    if missing(state, votes):
        return made
    agreed, against = sides(state, votes)
    justified = len(agreed) > len(against)
    made.append(LowPriceDecided(letter.number, letter.lot, letter.known_bid, justified, agreed, against))
    if justified:
        return made
    case = _case(state, letter, inquiry, [votes[one].reason for one in against])
    return [*made, *rejected(state, state.lots[letter.lot], case, against, agreed)]


def _case(state: Evaluation, letter: Letter, inquiry: Inquiry, reasons: list[str]) -> Case:
    clause = {
        "GC": "《评标委员会和评标方法暂行规定》第二十一条",
        "ZC": "财政部令第87号第六十条、财库〔2026〕2号",
    }[state.tender.track.value]
    said = "；".join(dict.fromkeys(reasons))
    facts = f"{TRIGGERS[inquiry.trigger].zh}，不能证明报价合理：{said}"
    return Case(letter.lot, letter.known_bid, state.ruleset.procedure.low_price_ground, clause, "投标报价", facts)


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Every hit of the law is treated before the result is settled."""
    if isinstance(command, NoteFindings) and command.lot in state.lots:
        lot = state.lots[command.lot]
        waiting = untreated(state, lot) if lot.stage is LotStage.OPENED else []
        if waiting:
            raise Refused("low_price_untreated", command.lot, bid=waiting[0])
