"""What an inquiry leaves behind."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.matters.letters.folds import closed, opened
from app.evaluation.matters.letters.records import LetterKind, Outcome
from app.evaluation.matters.low_price.records import (
    Finding,
    Inquiry,
    Lookup,
    LookupRecorded,
    LowPriceAsked,
    LowPriceDecided,
    LowPrices,
    LowPriceVoted,
)
from app.evaluation.model import Evaluation


def asked_folded(state: Evaluation, event: LowPriceAsked, actor: Actor, at: str) -> Evaluation:
    """An inquiry has begun."""
    state = opened(state, LetterKind.LOW_PRICE, event, event.question, at)
    return _kept(state, event.letter, Inquiry(event.trigger, event.reason))


def looked_up_folded(state: Evaluation, event: LookupRecorded, actor: Actor, at: str) -> Evaluation:
    """One page more is kept."""
    inquiry = state.memory(LowPrices).inquiries[event.letter]
    looked = Lookup(at, event.url, event.title, event.paper)
    return _kept(state, event.letter, replace(inquiry, lookups=(*inquiry.lookups, looked)))


def voted_folded(state: Evaluation, event: LowPriceVoted, actor: Actor, at: str) -> Evaluation:
    """One vote more."""
    inquiry = state.memory(LowPrices).inquiries[event.letter]
    votes = inquiry.votes | {event.alias: Finding(event.agree, event.reason)}
    return _kept(state, event.letter, replace(inquiry, votes=votes))


def decided_folded(state: Evaluation, event: LowPriceDecided, actor: Actor, at: str) -> Evaluation:
    """The letter is closed by the vote."""
    outcome = Outcome.JUSTIFIED if event.justified else Outcome.NOT_JUSTIFIED
    return closed(state, event.letter, outcome, _votes_words(state, event.letter), at)


def _kept(state: Evaluation, number: int, inquiry: Inquiry) -> Evaluation:
    return state.remembering(LowPrices(state.memory(LowPrices).inquiries | {number: inquiry}))


def _votes_words(state: Evaluation, number: int) -> str:
    votes = state.memory(LowPrices).inquiries[number].votes
    said = [
        f"{alias}认为{'合理' if votes[alias].agree else '不合理'}：{votes[alias].reason}" for alias in sorted(votes)
    ]
    return "；".join(said)
