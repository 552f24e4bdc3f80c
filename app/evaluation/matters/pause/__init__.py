"""Pausing the whole evaluation (暂停): a fault, the night, an order; and what must be so before it goes on.

Law: centre or witness stops; while it is paused nobody seals, marks, concludes, checks or signs, and drafts stay as
they are. It goes on only when every member was verified anew at the own seat, by face or by two people. A fault that
lasts beyond the rule set's limit: before the start the tenderee decides, during the evaluation a new committee is due
(丽江 20, 21). In the evening the journal is named by size and Merkle root; in the morning it must still begin with it.
"""

from __future__ import annotations

from app.evaluation.decisions.releasing import Releasable
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.pause import decisions, folds, seen
from app.evaluation.matters.pause.records import (
    CallPresence,
    DecideOnFault,
    EvaluationPaused,
    EvaluationResumed,
    FaultDecided,
    NightSealed,
    PauseEvaluation,
    PresenceCalled,
    PresenceVerified,
    ResumeEvaluation,
    SealNight,
    VerifyPresence,
)
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_H, _W = Told.HAPPENED, Told.WHOLE
_ALL = by_role(staff=_W, office=_W, sitting=_W)

PAUSE = Matter(
    name="pause",
    decisions={
        PauseEvaluation: decisions.pause,
        SealNight: decisions.seal_night,
        DecideOnFault: decisions.decide_on_fault,
        CallPresence: decisions.call_presence,
        VerifyPresence: decisions.verify,
        ResumeEvaluation: decisions.resume,
    },
    permits={
        PauseEvaluation: seen.STOPPERS,
        SealNight: seen.STOPPERS,
        DecideOnFault: frozenset({Party.TENDEREE}),
        CallPresence: seen.STOPPERS,
        VerifyPresence: frozenset({Party.MEMBER}),
        ResumeEvaluation: frozenset({Party.CENTRE}),
    },
    starts={
        EvaluationPaused: PauseEvaluation,
        NightSealed: SealNight,
        FaultDecided: DecideOnFault,
        PresenceCalled: CallPresence,
        PresenceVerified: VerifyPresence,
        EvaluationResumed: ResumeEvaluation,
    },
    folds={
        EvaluationPaused: folds.paused_folded,
        NightSealed: folds.night_folded,
        FaultDecided: folds.decided_folded,
        PresenceCalled: folds.called_folded,
        PresenceVerified: folds.verified_folded,
        EvaluationResumed: folds.resumed_folded,
    },
    told={
        EvaluationPaused: _ALL,
        NightSealed: _ALL,
        FaultDecided: _ALL,
        PresenceCalled: by_role(staff=_W, sitting=_W),
        PresenceVerified: by_role(staff=_W, own=_H),
        EvaluationResumed: _ALL,
    },
    entries={
        EvaluationPaused: Words("评审暂停：{reason}", "Paused: {reason}"),
        NightSealed: Words("隔夜封存：留痕 {size} 条，根 {root}", "Sealed for the night: {size} entries, root {root}"),
        FaultDecided: Words("故障超时，已作出决定：{reason}", "Decided about the fault: {reason}"),
        PresenceCalled: Words("召集全体成员核验", "Everybody is called to the own seat"),
        PresenceVerified: Words("{alias}已重新核验（{means}）", "{alias} was verified again ({means})"),
        EvaluationResumed: Words("评审恢复：{note}", "It goes on: {note}"),
    },
    gate=decisions.gate,
    releases={
        "presence": Releasable(
            Party.MEMBER,
            decisions.verifiable,
            lambda member: PresenceVerified(member.alias or "", "two_person", None, None),
        )
    },
    step=seen.step,
    acts=seen.acts,
    view=seen.view,
    report=seen.report,
)
