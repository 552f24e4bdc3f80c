"""Papers instead of steps (纸质办理): what a member did on paper is entered by the centre and checked by the witness.

Law: both see the same scan by its hash. A confirmed paper takes the place of the member's own step, and only where the
member could have taken that step at the seat: every rule of the step holds. Sheets that have to stay secret (ballot,
review, marks) are never typed or scanned by staff, who would see them: the member fills them in at a seat, a spare one
if need be. A paper sheet stays in its sealed envelope, which two people put on record by its number and nobody opens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.paper.decisions import confirm, enter, in_place, keep, reject
from app.evaluation.matters.paper.records import (
    ConfirmPaper,
    EnterPaper,
    Entry,
    EnvelopeKept,
    Found,
    KeepEnvelope,
    PaperConfirmed,
    PaperEntered,
    PaperRejected,
    Papers,
    RejectPaper,
    Step,
)
from app.evaluation.matters.paper.seen import acts, report, view
from app.evaluation.model import Evaluation
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


def _entered(state: Evaluation, event: PaperEntered, actor: Actor, at: str) -> Evaluation:
    data = vars(event) | {"what": Step(event.what)}
    return _with(state, Entry(label="", at=at, **data))


def _kept(state: Evaluation, event: EnvelopeKept, actor: Actor, at: str) -> Evaluation:
    data = vars(event) | {"what": Step(event.what)}
    return _with(state, Entry(paper=None, words="", at=at, **data))


def _with(state: Evaluation, entry: Entry) -> Evaluation:
    return state.remembering(Papers((*state.memory(Papers).entries, entry)))


def _confirmed(state: Evaluation, event: PaperConfirmed, actor: Actor, at: str) -> Evaluation:
    return _settle(state, event.number, found=Found.CONFIRMED, settled_at=at)


def _rejected(state: Evaluation, event: PaperRejected, actor: Actor, at: str) -> Evaluation:
    return _settle(state, event.number, found=Found.REJECTED, settled_at=at, why=event.reason)


def _settle(state: Evaluation, number: int, **changes: Any) -> Evaluation:
    entries = state.memory(Papers).entries
    return state.remembering(Papers(tuple(replace(one, **changes) if one.number == number else one for one in entries)))


_TOLD = by_role(staff=Told.WHOLE, own=Told.WHOLE)

PAPER = Matter(
    name="paper",
    decisions={EnterPaper: enter, KeepEnvelope: keep, ConfirmPaper: confirm, RejectPaper: reject},
    seconds=frozenset({ConfirmPaper}),
    permits={
        EnterPaper: frozenset({Party.CENTRE}),
        KeepEnvelope: frozenset({Party.CENTRE}),
        ConfirmPaper: frozenset({Party.WITNESS}),
        RejectPaper: frozenset({Party.WITNESS}),
    },
    starts={
        PaperEntered: EnterPaper,
        EnvelopeKept: KeepEnvelope,
        PaperConfirmed: ConfirmPaper,
        PaperRejected: RejectPaper,
    },
    folds={PaperEntered: _entered, EnvelopeKept: _kept, PaperConfirmed: _confirmed, PaperRejected: _rejected},
    told={PaperEntered: _TOLD, EnvelopeKept: _TOLD, PaperConfirmed: _TOLD, PaperRejected: _TOLD},
    entries={
        PaperEntered: Words(
            "{alias}：纸质材料已登记，等待见证人员核对（{reason}）", "{alias}: a paper was entered ({reason})"
        ),
        EnvelopeKept: Words(
            "{alias}：密封信封 {label} 已登记（{reason}）", "{alias}: envelope {label} put on record ({reason})"
        ),
        PaperConfirmed: Words("{alias}：纸质材料经见证人员核对一致", "{alias}: the witness confirmed a paper"),
        PaperRejected: Words("{alias}：纸质材料与登记不符（{reason}）", "{alias}: paper and entry differ ({reason})"),
    },
    acts=acts,
    in_place=in_place,
    view=view,
    report=report,
)
