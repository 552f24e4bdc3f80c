"""Questions while bids have codes (暗标): a member names the own code, and the room alone knows whose it is.

条例 52; 87号令 51. Whoever asks does not learn whom, whoever passes it on does not learn under which code, and nothing
in the journal leads from the one to the other before the codes are opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.clarification.records import Draft, Drafts
from app.evaluation.matters.letters.decisions import at_work, next_letter, no_names, office
from app.evaluation.matters.letters.folds import opened_masked, unmasked
from app.evaluation.matters.letters.records import Answer, Letter, LetterKind, Letters, Mask
from app.evaluation.model import Evaluation, LotState, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.visibility import own
from app.rules.model import Party


@dataclass(frozen=True)
class DraftMaskedQuestion(Command):
    """Put a question forward by the own code of the bid that it is about; the chair sends it."""

    lot: str
    code: str
    question: str


@dataclass(frozen=True)
class SendMaskedQuestion(Command):
    """Send a draft to whoever its code stands for, with so many minutes for the answer."""

    draft: int
    minutes: int


@dataclass(frozen=True)
class MaskedQuestionDrafted(Event):
    """A member wants something asked about one of the own codes."""

    alias: str
    draft: int
    lot: str
    code: str
    question: str


@dataclass(frozen=True)
class MaskedQuestionSent(Event):
    """The committee asks whoever a member's code stands for."""

    letter: int
    draft: int
    minutes: int
    lot: str
    alias: str
    code: str
    question: str


def codes_of(lot: LotState) -> tuple[str, ...]:
    """The codes by which a member knows bids now: the same words for everyone, of other bids each."""
    return tuple(str(k) for k in range(1, len(coded(lot)) + 1))


def has_codes(lot: LotState) -> bool:
    """Members give blind marks, and nobody but the room can tell whose a code is."""
    closed = lot.codes is not None and lot.codes.seed is None
    return closed and lot.masked and lot.stage is LotStage.MARKING


def coded(lot: LotState) -> tuple[str, ...]:
    """The bids that have codes now."""
    found = lot.current(SheetKind.MARKS)
    return found.bids if found is not None else lot.live_bids()


def draft(state: Evaluation, command: DraftMaskedQuestion, actor: Actor, at: str) -> list[Event]:
    """Any member, also the chair, while blind marks are given; no bidder is named."""
    alias = guards.sitting(state, actor).alias or ""
    lot = _masked(state, command.lot)
    if command.code not in codes_of(lot):
        raise Refused("unknown_code", "$.code")
    no_names(state, command.lot, guards.text(command.question, "$.question"), "$.question")
    return [MaskedQuestionDrafted(alias=alias, draft=state.memory(Drafts).made + 1, **vars(command))]


def send(state: Evaluation, command: SendMaskedQuestion, actor: Actor, at: str) -> list[Event]:
    """The chair; one open question a code."""
    guards.chair(state, actor)
    found = state.memory(Drafts).waiting.get(command.draft)
    if found is None or found.mask is None:
        raise Refused("no_such_draft", "$.draft")
    _masked(state, found.lot)
    if is_waiting(state, found):
        raise Refused("letter_waiting", "$.draft", bid=f"暗标{found.mask.code}号")
    number = next_letter(state, LetterKind.CLARIFICATION, command.minutes)
    mask = found.mask
    return [
        MaskedQuestionSent(
            letter=number, lot=found.lot, alias=mask.alias, code=mask.code, question=found.question, **vars(command)
        )
    ]


def is_waiting(state: Evaluation, draft: Draft) -> bool:
    """Whether a question about the same code of the same member is still open."""
    return any(one.mask == draft.mask for one in at_work(state, draft.lot) if one.mask is not None)


def _masked(state: Evaluation, lot_id: str) -> LotState:
    lot = guards.lot(state, lot_id, LotStage.MARKING)
    if not has_codes(lot):
        raise Refused("not_masked", lot_id)
    return lot


def drafted_folded(state: Evaluation, event: MaskedQuestionDrafted, actor: Actor, at: str) -> Evaluation:
    """It waits for the chair."""
    mask = Mask(event.alias, event.code, coded(state.lots[event.lot]))
    made = Draft(event.draft, event.alias, event.lot, None, event.question, mask)
    return state.remembering(Drafts(state.memory(Drafts).waiting | {event.draft: made}, event.draft))


def sent_folded(state: Evaluation, event: MaskedQuestionSent, actor: Actor, at: str) -> Evaluation:
    """A letter is out; its draft waits no more."""
    memory = state.memory(Drafts)
    found = memory.waiting[event.draft]
    left = {key: one for key, one in memory.waiting.items() if key != event.draft}
    mask = found.mask or Mask(event.alias, event.code, ())
    return opened_masked(state.remembering(replace(memory, waiting=left)), event, mask, at)


# --- whose is it


def resolved(state: Evaluation, lot: str, seed: bytes) -> Evaluation:
    """The state once the codes of a lot are opened: every question has its bid; drafts nobody sent are gone."""
    sent = [one for one in state.memory(Letters).of(lot) if one.mask is not None]
    memory = state.memory(Drafts)
    left = {key: one for key, one in memory.waiting.items() if one.lot != lot or one.mask is None}
    whose = {one.number: _bid(state, lot, seed, one.mask) for one in sent if one.mask is not None}
    return unmasked(state.remembering(replace(memory, waiting=left)), whose)


def _bid(state: Evaluation, lot: str, seed: bytes, mask: Mask) -> str:
    return drawing.coded_bids(state.stream, lot, seed, mask.alias, mask.bids)[mask.code]


def addressed(state: Evaluation, viewer: Actor, seeds: Mapping[str, bytes]) -> Evaluation:
    """The state as this viewer may know it while codes are closed: who speaks with bidders, and the witness, who
    compares what was answered, know the bid and no code; members know their own code; others neither."""
    letters, drafts = state.memory(Letters), state.memory(Drafts)
    hidden = {one.number: one for one in letters.sent.values() if one.mask is not None and one.bid is None}
    waiting = {one.number: one for one in drafts.waiting.values() if one.mask is not None}
    if not hidden and not waiting:
        return state
    seen = {number: _letter_for(state, viewer, one, seeds.get(one.lot)) for number, one in hidden.items()}
    put = {
        number: replace(one, mask=_own(state, viewer, one.lot, one.mask, seeds.get(one.lot)))
        for number, one in waiting.items()
    }
    known = state.remembering(Letters(letters.sent | seen))
    return known.remembering(replace(drafts, waiting=drafts.waiting | put))


def _letter_for(state: Evaluation, viewer: Actor, letter: Letter, seed: bytes | None) -> Letter:
    if viewer.role in (office(state), Party.WITNESS):
        bid = None if seed is None or letter.mask is None else _bid(state, letter.lot, seed, letter.mask)
        return replace(letter, bid=bid, mask=_BLANK)
    seen = replace(letter, answer=_told(letter.given), mask=_own(state, viewer, letter.lot, letter.mask, seed))
    return seen if letter.silence is None else replace(seen, silence=replace(letter.silence, reason=""))


_BLANK = Mask("", "", ())
"""That there is a mask, and nothing of it."""


def _told(answer: Answer | None) -> Answer | None:
    """The words, when the witness let them pass; neither the original nor the moment at which the bidder wrote."""
    if answer is None or answer.looked is None:
        return None
    return replace(answer, papers=(), at=answer.looked.at)


def _own(state: Evaluation, viewer: Actor, lot: str, mask: Mask | None, seed: bytes | None) -> Mask:
    """The same bid by the viewer's own code; nothing to whoever has none."""
    member = own(state, viewer)
    if mask is None or member is None or member.alias is None or seed is None:
        return _BLANK
    bid = _bid(state, lot, seed, mask)
    codes = drawing.coded_bids(state.stream, lot, seed, member.alias, mask.bids)
    return Mask(member.alias, next(code for code, one in codes.items() if one == bid), mask.bids)
