"""Letters to a bidder (澄清函、确认函): written, through the agency or platform, with a deadline by the server's time.

条例 52; 12号令 19, 21, 22; 87号令 51, 59, 60. The committee never learns who passed a letter on; it knows a bid
by code. An answer that nobody asked for cannot be entered; a late one is marked, and taken only on a reason.
Clarification, correction and low price build upon it: each sends its own letters and closes them.
"""

from __future__ import annotations

from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.letters import decisions, folds
from app.evaluation.matters.letters.acts import acts, report, view
from app.evaluation.matters.letters.decisions import OFFICE, office
from app.evaluation.matters.letters.records import (
    AnswerCompared,
    AnswerEntered,
    AttachPaper,
    CompareAnswer,
    EnterAnswer,
    EnterNoAnswer,
    JudgeLateAnswer,
    LateAnswerJudged,
    LetterPassed,
    Letters,
    LetterWithdrawn,
    NoAnswerEntered,
    PaperAttached,
    PassLetter,
    WithdrawLetter,
)
from app.evaluation.model import Evaluation
from app.evaluation.telling import Rule, Told
from app.rules.model import Party


def to_letter_sides(sitting: Told, office_: Told) -> Rule:
    """A rule for a letter's steps: those who watch are told all, the office that speaks with bidders its part."""

    def rule(state: Evaluation, event: Any, viewer: Actor) -> Told:
        if viewer.role in may.STAFF:
            return Told.WHOLE
        if viewer.role is office(state):
            return office_
        return sitting if may.sits(state, viewer) else Told.NOTHING

    return rule


ASKED = to_letter_sides(Told.WHOLE, Told.HAPPENED)
"""By the committee: the office reads the letter in its view, not which member wrote it."""
_BROUGHT = to_letter_sides(Told.HAPPENED, Told.WHOLE)
"""By the office: the committee reads the answer in its view, without what tells who wrote or brought it."""
_CHAIR = frozenset({Party.MEMBER})


def _brought(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """While bids have codes the committee is not told when the bidder's side moved: that could be a sign, too."""
    letter = state.memory(Letters).sent[event.letter]
    hidden = letter.mask is not None and letter.bid is None
    return Told.NOTHING if hidden and viewer.role is Party.MEMBER else _BROUGHT(state, event, viewer)


LETTERS = Matter(
    name="letters",
    decisions={
        PassLetter: decisions.pass_on,
        EnterAnswer: decisions.answer,
        AttachPaper: decisions.attach,
        EnterNoAnswer: decisions.no_answer,
        CompareAnswer: decisions.compare,
        JudgeLateAnswer: decisions.judge_late,
        WithdrawLetter: decisions.withdraw,
    },
    permits={
        PassLetter: OFFICE,
        EnterAnswer: OFFICE,
        AttachPaper: OFFICE,
        EnterNoAnswer: OFFICE,
        CompareAnswer: frozenset({Party.WITNESS}),
        JudgeLateAnswer: _CHAIR,
        WithdrawLetter: _CHAIR,
    },
    starts={
        LetterPassed: PassLetter,
        AnswerEntered: EnterAnswer,
        PaperAttached: AttachPaper,
        NoAnswerEntered: EnterNoAnswer,
        AnswerCompared: CompareAnswer,
        LateAnswerJudged: JudgeLateAnswer,
        LetterWithdrawn: WithdrawLetter,
    },
    folds={
        LetterPassed: folds.passed,
        AnswerEntered: folds.answered,
        PaperAttached: folds.attached,
        NoAnswerEntered: folds.silent,
        AnswerCompared: folds.compared,
        LateAnswerJudged: folds.judged,
        LetterWithdrawn: folds.withdrawn,
    },
    told={
        LetterPassed: _BROUGHT,
        AnswerEntered: _brought,
        PaperAttached: _brought,
        NoAnswerEntered: _BROUGHT,
        AnswerCompared: to_letter_sides(Told.HAPPENED, Told.WHOLE),
        LateAnswerJudged: to_letter_sides(Told.WHOLE, Told.NOTHING),
        LetterWithdrawn: ASKED,
    },
    entries={
        LetterPassed: Words("第 {letter} 号函已转交（{bid}）", "Letter {letter} passed on ({bid})"),
        AnswerEntered: Words("第 {letter} 号函的答复已录入（{bid}）", "Letter {letter} answered ({bid})"),
        PaperAttached: Words("第 {letter} 号函的答复补充了附件", "A paper was added to the answer to letter {letter}"),
        NoAnswerEntered: Words("第 {letter} 号函没有答复：{reason}", "No answer to letter {letter}: {reason}"),
        AnswerCompared: Words("见证人员核对了第 {letter} 号函的答复", "The answer to letter {letter} was compared"),
        LateAnswerJudged: Words("第 {letter} 号函的迟到答复已议定：{reason}", "Late answer {letter} judged: {reason}"),
        LetterWithdrawn: Words("撤回第 {letter} 号函：{reason}", "Letter {letter} withdrawn: {reason}"),
    },
    gate=decisions.gate,
    acts=acts,
    view=view,
    report=report,
)
