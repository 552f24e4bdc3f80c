"""What a correction leaves behind."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.matters.correction.records import (
    Corrections,
    CorrectionSettled,
    CorrectionStated,
    Difference,
    DifferenceNoted,
    DifferencesDropped,
)
from app.evaluation.matters.letters.folds import closed, opened
from app.evaluation.matters.letters.records import LetterKind, Outcome
from app.evaluation.model import Evaluation


def noted_folded(state: Evaluation, event: DifferenceNoted, actor: Actor, at: str) -> Evaluation:
    """One difference more."""
    memory = state.memory(Corrections)
    one = Difference(event.kind, event.stated, event.right, event.place)
    key = (event.lot, event.bid)
    return state.remembering(replace(memory, noted=memory.noted | {key: (*memory.of(*key), one)}))


def _cleared(state: Evaluation, lot: str, bid: str) -> Evaluation:
    memory = state.memory(Corrections)
    left = {key: found for key, found in memory.noted.items() if key != (lot, bid)}
    return state.remembering(replace(memory, noted=left))


def dropped_folded(state: Evaluation, event: DifferencesDropped, actor: Actor, at: str) -> Evaluation:
    """Nothing is noted for the bid any more."""
    return _cleared(state, event.lot, event.bid)


def stated_folded(state: Evaluation, event: CorrectionStated, actor: Actor, at: str) -> Evaluation:
    """A letter is out with what was noted."""
    state = opened(_cleared(state, event.lot, event.bid), LetterKind.CORRECTION, event, event.text, at)
    memory = state.memory(Corrections)
    return state.remembering(replace(memory, stated=memory.stated | {event.letter: event.price}))


def settled_folded(state: Evaluation, event: CorrectionSettled, actor: Actor, at: str) -> Evaluation:
    """Confirmed, the corrected price is in force."""
    outcome = Outcome.CONFIRMED if event.confirmed else Outcome.UNCONFIRMED
    state = closed(state, event.letter, outcome, "", at)
    if not event.confirmed:
        return state
    lot = state.lots[event.lot]
    return replace(state, lots=state.lots | {event.lot: replace(lot, prices=lot.prices | {event.bid: event.price})})
