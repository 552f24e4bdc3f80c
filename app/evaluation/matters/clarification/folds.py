"""What drafts and questions leave behind."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.matters.clarification.records import (
    ClarificationAsked,
    ClarificationDrafted,
    ClarificationFound,
    Draft,
    DraftDeclined,
    Drafts,
)
from app.evaluation.matters.letters.folds import closed, opened
from app.evaluation.matters.letters.records import LetterKind
from app.evaluation.model import Evaluation


def drafted_folded(state: Evaluation, event: ClarificationDrafted, actor: Actor, at: str) -> Evaluation:
    """It waits for the chair."""
    memory = state.memory(Drafts)
    draft = Draft(event.draft, event.alias, event.lot, event.bid, event.question)
    return state.remembering(Drafts(memory.waiting | {event.draft: draft}, event.draft))


def _gone(state: Evaluation, number: int | None) -> Evaluation:
    memory = state.memory(Drafts)
    left = {key: draft for key, draft in memory.waiting.items() if key != number}
    return state.remembering(replace(memory, waiting=left))


def declined_folded(state: Evaluation, event: DraftDeclined, actor: Actor, at: str) -> Evaluation:
    """It waits no more."""
    return _gone(state, event.draft)


def asked_folded(state: Evaluation, event: ClarificationAsked, actor: Actor, at: str) -> Evaluation:
    """A letter is out; its draft waits no more."""
    return _gone(opened(state, LetterKind.CLARIFICATION, event, event.question, at), event.draft)


def found_folded(state: Evaluation, event: ClarificationFound, actor: Actor, at: str) -> Evaluation:
    """The letter is closed."""
    return closed(state, event.letter, event.finding, event.reason, at)
