"""Clarification (澄清、说明、补正): a member drafts a question, the chair sends it, the committee judges the answer.

条例 52; 12号令 19, 22; 87号令 51: in writing, never a hint, and an answer must not change the substance of the bid.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters import letters
from app.evaluation.matters.clarification import masked
from app.evaluation.matters.clarification.acts import acts, view
from app.evaluation.matters.clarification.decisions import ask, decline, draft, find
from app.evaluation.matters.clarification.folds import asked_folded, declined_folded, drafted_folded, found_folded
from app.evaluation.matters.clarification.records import (
    AskClarification,
    ClarificationAsked,
    ClarificationDrafted,
    ClarificationFound,
    DeclineDraft,
    DraftClarification,
    DraftDeclined,
    FindClarification,
)
from app.evaluation.telling import Told, by_role, in_committee
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})


_INSIDE = in_committee()


CLARIFICATION = Matter(
    name="clarification",
    decisions={
        DraftClarification: draft,
        DeclineDraft: decline,
        AskClarification: ask,
        FindClarification: find,
        masked.DraftMaskedQuestion: masked.draft,
        masked.SendMaskedQuestion: masked.send,
    },
    permits=dict.fromkeys(
        (
            *(DraftClarification, DeclineDraft, AskClarification, FindClarification),
            *(masked.DraftMaskedQuestion, masked.SendMaskedQuestion),
        ),
        _MEMBER,
    ),
    starts={
        ClarificationDrafted: DraftClarification,
        DraftDeclined: DeclineDraft,
        ClarificationAsked: AskClarification,
        ClarificationFound: FindClarification,
        masked.MaskedQuestionDrafted: masked.DraftMaskedQuestion,
        masked.MaskedQuestionSent: masked.SendMaskedQuestion,
    },
    folds={
        ClarificationDrafted: drafted_folded,
        DraftDeclined: declined_folded,
        ClarificationAsked: asked_folded,
        ClarificationFound: found_folded,
        masked.MaskedQuestionDrafted: masked.drafted_folded,
        masked.MaskedQuestionSent: masked.sent_folded,
    },
    told={
        ClarificationDrafted: _INSIDE,
        DraftDeclined: _INSIDE,
        ClarificationAsked: letters.ASKED,
        ClarificationFound: _INSIDE,
        masked.MaskedQuestionDrafted: by_role(sitting=Told.HAPPENED),
        masked.MaskedQuestionSent: by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.HAPPENED),
    },
    entries={
        ClarificationDrafted: Words("{alias}提出澄清问题（{bid}）", "{alias} drafted a question ({bid})"),
        DraftDeclined: Words("一个澄清问题不予发出：{reason}", "A drafted question was declined: {reason}"),
        ClarificationAsked: Words("发出第 {letter} 号澄清函（{bid}）", "Letter {letter}: a question on {bid}"),
        ClarificationFound: Words("第 {letter} 号澄清函已认定：{reason}", "Letter {letter} was judged: {reason}"),
        masked.MaskedQuestionDrafted: Words("有评委按暗标编号提出澄清问题", "A question on a coded bid was drafted"),
        masked.MaskedQuestionSent: Words("发出暗标阶段的澄清函", "A question on a coded bid was sent"),
    },
    acts=acts,
    view=view,
)
