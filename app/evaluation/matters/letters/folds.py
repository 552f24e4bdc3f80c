"""What the steps of a letter leave behind, and how other matters open and close one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.matters.letters.records import (
    Answer,
    AnswerCompared,
    AnswerEntered,
    LateAnswerJudged,
    Letter,
    LetterKind,
    LetterPassed,
    Letters,
    LetterWithdrawn,
    Looked,
    Mask,
    NoAnswerEntered,
    Outcome,
    PaperAttached,
    Silence,
)
from app.evaluation.model import Evaluation


def opened(state: Evaluation, kind: LetterKind, event: Any, text: str, at: str) -> Evaluation:
    """The state with a new letter; `event` names `letter`, `lot`, `bid` and `minutes`."""
    return _kept(state, Letter(event.letter, kind, event.lot, event.bid, text, event.minutes, at))


def closed(state: Evaluation, number: int, outcome: Outcome, reason: str, at: str) -> Evaluation:
    """The state in which the committee has closed a letter."""
    return _changed(state, number, outcome=outcome, reason=reason, closed_at=at)


def opened_masked(state: Evaluation, event: Any, mask: Mask, at: str) -> Evaluation:
    """The state with a new question to whoever a code stands for; `event` names `letter`, `lot`, `question`."""
    kind = LetterKind.CLARIFICATION
    return _kept(state, Letter(event.letter, kind, event.lot, None, event.question, event.minutes, at, mask=mask))


def unmasked(state: Evaluation, whose: Mapping[int, str]) -> Evaluation:
    """The state in which it is known which bid each of these letters is about."""
    sent = state.memory(Letters).sent
    return state.remembering(Letters(sent | {number: replace(sent[number], bid=bid) for number, bid in whose.items()}))


def _kept(state: Evaluation, letter: Letter) -> Evaluation:
    sent = state.memory(Letters).sent
    return state.remembering(Letters(sent | {letter.number: letter}))


def _changed(state: Evaluation, number: int, **changes: Any) -> Evaluation:
    return _kept(state, replace(state.memory(Letters).sent[number], **changes))


def _answer(state: Evaluation, number: int) -> Answer:
    answer = state.memory(Letters).sent[number].answer
    assert answer is not None  # noqa: S101 - narrowing: only an answer that is there is added to or judged
    return answer


def passed(state: Evaluation, event: LetterPassed, actor: Actor, at: str) -> Evaluation:
    """The time for the answer runs."""
    return _changed(state, event.letter, passed_at=at, deadline=event.deadline)


def answered(state: Evaluation, event: AnswerEntered, actor: Actor, at: str) -> Evaluation:
    """The answer lies before the committee."""
    papers = () if event.paper is None else (event.paper,)
    before = state.memory(Letters).sent[event.letter]
    if before.answer is not None and before.answer.looked is not None:
        state = _changed(state, event.letter, sent_back=(*before.sent_back, before.answer.looked))
    return _changed(state, event.letter, answer=Answer(event.text, papers, event.confirms, at, event.late))


def attached(state: Evaluation, event: PaperAttached, actor: Actor, at: str) -> Evaluation:
    """One paper more."""
    answer = _answer(state, event.letter)
    return _changed(state, event.letter, answer=replace(answer, papers=(*answer.papers, event.paper)))


def compared(state: Evaluation, event: AnswerCompared, actor: Actor, at: str) -> Evaluation:
    """The words lie before the committee, or go back to the office."""
    answer = _answer(state, event.letter)
    looked = Looked(event.in_order, event.reason, at)
    return _changed(state, event.letter, answer=replace(answer, looked=looked))


def silent(state: Evaluation, event: NoAnswerEntered, actor: Actor, at: str) -> Evaluation:
    """No answer will come."""
    return _changed(state, event.letter, silence=Silence(event.refused, event.reason, at))


def judged(state: Evaluation, event: LateAnswerJudged, actor: Actor, at: str) -> Evaluation:
    """A late answer counts, or does not."""
    answer = _answer(state, event.letter)
    return _changed(state, event.letter, answer=replace(answer, taken=event.taken, why=event.reason))


def withdrawn(state: Evaluation, event: LetterWithdrawn, actor: Actor, at: str) -> Evaluation:
    """Closed without an answer."""
    return closed(state, event.letter, Outcome.WITHDRAWN, event.reason, at)
