"""Who drafts, sends and judges a question."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.clarification.records import (
    AskClarification,
    ClarificationAsked,
    ClarificationDrafted,
    ClarificationFound,
    DeclineDraft,
    DraftClarification,
    DraftDeclined,
    Drafts,
    FindClarification,
)
from app.evaluation.matters.letters.decisions import by_chair, check_new, live_bid
from app.evaluation.matters.letters.records import Letter, LetterKind, Outcome
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage

ASKING = (
    *(LotStage.REVIEWED, LotStage.TALKING, LotStage.MARKING, LotStage.ACCOMPANYING),
    *(LotStage.OPENED, LotStage.CHECKING),
)
"""Stages in which the committee may ask; facts may be asked while members work alone as well."""


FINDINGS = (Outcome.ACCEPTED, Outcome.CHANGES_SUBSTANCE, Outcome.REFUSED)


def draft(state: Evaluation, command: DraftClarification, actor: Actor, at: str) -> list[Event]:
    """Any member of the committee."""
    alias = guards.sitting(state, actor).alias or ""
    live_bid(guards.lot(state, command.lot, *ASKING), command.bid)
    guards.text(command.question, "$.question")
    number = state.memory(Drafts).made + 1
    return [ClarificationDrafted(alias=alias, draft=number, **vars(command))]


def decline(state: Evaluation, command: DeclineDraft, actor: Actor, at: str) -> list[Event]:
    """The chair, with the reason; the member who drafted it can read it."""
    guards.chair(state, actor)
    if command.draft not in state.memory(Drafts).waiting:
        raise Refused("no_such_draft", "$.draft")
    guards.text(command.reason, "$.reason")
    return [DraftDeclined(command.draft, command.reason)]


def ask(state: Evaluation, command: AskClarification, actor: Actor, at: str) -> list[Event]:
    """The chair only, one question a bid at a time, in writing."""
    guards.chair(state, actor)
    live_bid(guards.lot(state, command.lot, *ASKING), command.bid)
    guards.text(command.question, "$.question")
    if command.draft is not None:
        draft = state.memory(Drafts).waiting.get(command.draft)
        if draft is None or (draft.lot, draft.bid) != (command.lot, command.bid):
            raise Refused("no_such_draft", "$.draft")
    number = check_new(state, command.lot, command.bid, LetterKind.CLARIFICATION, command.minutes)
    return [ClarificationAsked(letter=number, **vars(command))]


def find(state: Evaluation, command: FindClarification, actor: Actor, at: str) -> list[Event]:
    """An answer that counts is accepted or changes the substance; without one the bidder did not answer as asked."""
    letter = by_chair(state, command.letter, actor, LetterKind.CLARIFICATION)
    if not letter.settled:
        raise Refused("letter_unsettled", "$.letter")
    if command.finding not in possible(letter):
        raise Refused("finding_does_not_fit", "$.finding")
    guards.text(command.reason, "$.reason")
    return [ClarificationFound(lot=letter.lot, bid=letter.bid, **vars(command))]


def possible(letter: Letter) -> tuple[Outcome, ...]:
    """The findings that a settled letter allows."""
    return FINDINGS if letter.heard is not None else (Outcome.REFUSED,)
