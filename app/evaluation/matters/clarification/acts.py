"""What clarification offers to whom, and what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Option, Words
from app.evaluation.matters.clarification.decisions import (
    ASKING,
    possible,
)
from app.evaluation.matters.clarification.masked import codes_of, has_codes, is_waiting
from app.evaluation.matters.clarification.records import Draft, Drafts
from app.evaluation.matters.letters.acts import (
    OUTCOMES,
    REASON,
    answer_words,
    bid_field,
    minutes_field,
    name_of,
    scan_of,
)
from app.evaluation.matters.letters.decisions import at_work
from app.evaluation.matters.letters.records import LetterKind, Letters
from app.evaluation.model import Evaluation, LotState


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Drafting for every member, sending and judging for the chair."""
    if not may.sits(state, viewer):
        return []
    masked = [lot for lot in state.lots.values() if has_codes(lot)]
    lots = [lot for lot in state.lots.values() if lot.stage in ASKING and not lot.masked]
    drafting = [act for lot in masked for act in _drafting_masked(state, lot)]
    if viewer.alias != state.chair:
        return drafting + [act for lot in lots for act in _drafting(state, lot)]
    sending = [act for lot in lots for act in (*_sending(state, lot), *_asking(state, lot))]
    sending += [act for lot in masked for act in _sending_masked(state, lot)]
    return drafting + sending + [act for lot in state.lots for act in _finding(state, lot)]


def _where(state: Evaluation, lot: LotState) -> str:
    return f"（{state.ruleset.words['lot']} {lot.lot.id}）" if len(state.lots) > 1 else ""


_QUESTION = Field("question", Words("问题", "Question"))


def _drafting(state: Evaluation, lot: LotState) -> Iterator[Act]:
    if not lot.live_bids():
        return
    words = state.ruleset.words
    title = Words(f"提出{words['clarification']}问题{_where(state, lot)}", f"Draft a question ({lot.lot.id})")
    zh = f"只问事实，不要提示怎么答。交{words['chair']}发出，{words['bidder']}书面答复。"
    data = {"lot": lot.lot.id}
    yield Act(
        "DraftClarification", title, Words(zh, "Facts only, no hints."), (bid_field(lot.live_bids()), _QUESTION), data
    )


def _drafting_masked(state: Evaluation, lot: LotState) -> Iterator[Act]:
    words = state.ruleset.words
    title = Words(f"就暗标提出{words['clarification']}问题{_where(state, lot)}", f"Draft a question ({lot.lot.id})")
    zh = (
        f"只写您自己看到的编号，只问事实，不要提示怎么答，也不要问能看出是谁的事。交{words['chair']}发出，由系统寄给这一编号的"
        f"{words['bidder']}；答复不写明是谁，全体评委按各自的编号看到。"
    )
    options = tuple(Option(code, Words(f"{code} 号", code)) for code in codes_of(lot))
    fields = (Field("code", Words("您看到的编号", "Your code"), FieldKind.CHOICE, options), _QUESTION)
    yield Act("DraftMaskedQuestion", title, Words(zh, "By your own code."), fields, {"lot": lot.lot.id})


def _sending_masked(state: Evaluation, lot: LotState) -> Iterator[Act]:
    for draft in state.memory(Drafts).waiting.values():
        if draft.lot != lot.lot.id or draft.mask is None:
            continue
        whose = f"暗标{draft.mask.code}号" if draft.mask.code else "暗标"
        help_ = Words(draft.question, draft.question)
        if not is_waiting(state, draft):
            title = Words(f"发出{draft.alias}提出的问题（{whose}）", f"Send the question of {draft.alias}")
            fields = (minutes_field(state.ruleset.procedure.clarification_min),)
            yield Act("SendMaskedQuestion", title, help_, fields, {"draft": draft.number}, urgent=True)
        title = Words(f"不发出{draft.alias}提出的问题（{whose}）", f"Do not send the question of {draft.alias}")
        yield Act("DeclineDraft", title, help_, (REASON,), {"draft": draft.number})


def _asking(state: Evaluation, lot: LotState) -> Iterator[Act]:
    letters_ = state.memory(Letters)
    free = tuple(b for b in lot.live_bids() if letters_.open_for(lot.lot.id, b, LetterKind.CLARIFICATION) is None)
    if not free:
        return
    words = state.ruleset.words
    title = Words(f"发出{words['clarification']}函{_where(state, lot)}", f"Ask a bidder ({lot.lot.id})")
    zh = f"只问事实，不得暗示或者诱导。由代理机构转交，{words['bidder']}书面答复；答复不得改变实质性内容。"
    fields = (bid_field(free), _QUESTION, minutes_field(state.ruleset.procedure.clarification_min))
    yield Act("AskClarification", title, Words(zh, "No hints."), fields, {"lot": lot.lot.id, "draft": None})


def _sending(state: Evaluation, lot: LotState) -> Iterator[Act]:
    for draft in state.memory(Drafts).waiting.values():
        if draft.lot != lot.lot.id or draft.bid is None:
            continue
        who, bid = draft.alias, draft.bid
        help_ = Words(draft.question, draft.question)
        data: dict[str, Any] = {"draft": draft.number}
        waiting = state.memory(Letters).open_for(draft.lot, bid, LetterKind.CLARIFICATION)
        if waiting is None and bid in lot.live_bids():
            title = Words(f"发出{who}提出的问题（{bid}）", f"Send the question of {who} ({bid})")
            fixed = data | {"lot": draft.lot, "bid": bid, "question": draft.question}
            fields = (minutes_field(state.ruleset.procedure.clarification_min),)
            yield Act("AskClarification", title, help_, fields, fixed, urgent=True)
        title = Words(f"不发出{who}提出的问题（{bid}）", f"Do not send the question of {who} ({bid})")
        yield Act("DeclineDraft", title, help_, (REASON,), data)


def _finding(state: Evaluation, lot: str) -> Iterator[Act]:
    for letter in at_work(state, lot, LetterKind.CLARIFICATION):
        if not letter.settled:
            continue
        name = name_of(state, letter)
        options = tuple(Option(one.value, OUTCOMES[one]) for one in possible(letter))
        finding = Field("finding", Words("认定", "Finding"), FieldKind.CHOICE, options)
        title = Words(f"认定{name.zh}的答复", f"Judge {name.en}")
        zh = f"{answer_words(letter)}\n请商定后认定：答复改变实质性内容的不予采纳。"
        fields = (finding, REASON)
        paper = scan_of(letter) if letter.bid is not None else None
        data = {"letter": letter.number}
        yield Act("FindClarification", title, Words(zh, zh), fields, data, urgent=True, paper=paper)


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Drafts are the committee's own."""
    waiting = state.memory(Drafts).waiting.values()
    if not waiting or not may.sits(state, viewer):
        return {}
    return {"drafts": [_seen(draft) for draft in waiting]}


def _seen(draft: Draft) -> dict[str, Any]:
    """A draft, with the reader's own code in place of the drafter's."""
    seen = {key: value for key, value in vars(draft).items() if key != "mask"}
    return seen | {"code": None if draft.mask is None else draft.mask.code}
