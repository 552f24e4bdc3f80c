"""Going back a stage (流程回退): the chair asks with a reason, another approves; meanwhile the group decides nothing.

Local practice differs: the rule set names who may approve, or nobody, and then going back is forbidden. What was there
stays in the journal; the entry names the hash of all tables as they stood, and everybody does the stage anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Notice, Option, Words
from app.evaluation.matters.group import is_of_group
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.journal import canonical
from app.rules.model import Party

_FROM = {
    "reviewing": (
        *(LotStage.MARKING, LotStage.ACCOMPANYING, LotStage.OPENED, LotStage.CHECKING),
        LotStage.CONFIRMING,
    ),
    "marking": (LotStage.OPENED, LotStage.CHECKING, LotStage.CONFIRMING),
}
"""Where one may go back to, and from which stages. Nearer steps the chair has repeated by `RepeatStage`."""


@dataclass(frozen=True)
class BackStepAsked(Event):
    """The chair asks to go back."""

    lot: str
    to: str
    reason: str


@dataclass(frozen=True)
class BackStepApproved(Event):
    """The approver agreed."""

    lot: str
    reason: str


@dataclass(frozen=True)
class BackStepRefused(Event):
    """The approver said no."""

    lot: str
    reason: str


@dataclass(frozen=True)
class SteppedBackToReview(Event):
    """The lot is back in its review; `tables` is the SHA-256 of all tables as they stood."""

    lot: str
    tables: str


@dataclass(frozen=True)
class SteppedBackToMarking(Event):
    """The lot is back in its marking; `tables` is the SHA-256 of all tables as they stood."""

    lot: str
    tables: str


@dataclass(frozen=True)
class AskBackStep(Command):
    """Ask to go back to `reviewing` or `marking`."""

    lot: str
    to: str
    reason: str


@dataclass(frozen=True)
class ApproveBackStep(Command):
    """Agree."""

    lot: str
    reason: str


@dataclass(frozen=True)
class RefuseBackStep(Command):
    """Say no."""

    lot: str
    reason: str


@dataclass(frozen=True)
class BackSteps:
    """What is asked for by lot (target and reason), and the report's lines by lot."""

    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)


def tables_hash(lot: LotState) -> str:
    """The SHA-256 over all tables of a lot: every opened round, rejections and the result's hash."""
    rounds = [
        {"kind": r.kind.value, "number": r.number, "sheets": r.contents()}
        for r in (*lot.reviews, *lot.marks)
        if r.opened
    ]
    tables = {"rounds": rounds, "rejected": dict(lot.rejected), "result": lot.result_hash}
    return hashlib.sha256(canonical(tables)).hexdigest()


def _may_go_back(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """Where the lot may go back to now."""
    if lot.failed is not None:
        return ()
    here = {"reviewing": state.ruleset.procedure.carries_review, "marking": bool(lot.marks)}
    return tuple(to for to, stages in _FROM.items() if lot.stage in stages and here[to])


def _ask(state: Evaluation, command: AskBackStep, actor: Actor, at: str) -> list[Event]:
    if not state.ruleset.procedure.back_step:
        raise Refused("back_step_forbidden", command.lot)
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, *_FROM["reviewing"])
    if command.to not in _may_go_back(state, lot):
        raise Refused("bad_value", "$.to")
    if command.lot in state.memory(BackSteps).asked:
        raise Refused("already_requested", command.lot)
    guards.text(command.reason, "$.reason")
    return [BackStepAsked(**vars(command))]


def _pending(state: Evaluation, lot: str, actor: Actor) -> str:
    asked = state.memory(BackSteps).asked.get(lot)
    if asked is None:
        raise Refused("nothing_requested", lot)
    if actor.role not in state.ruleset.procedure.back_step:
        raise Refused("not_permitted", actor.role.value)
    return asked[0]


def _approve(state: Evaluation, command: ApproveBackStep, actor: Actor, at: str) -> list[Event]:
    """The lot goes back at once."""
    to = _pending(state, command.lot, actor)
    guards.text(command.reason, "$.reason")
    kind = SteppedBackToReview if to == "reviewing" else SteppedBackToMarking
    return [BackStepApproved(**vars(command)), kind(command.lot, tables_hash(state.lots[command.lot]))]


def _refuse(state: Evaluation, command: RefuseBackStep, actor: Actor, at: str) -> list[Event]:
    _pending(state, command.lot, actor)
    guards.text(command.reason, "$.reason")
    return [BackStepRefused(**vars(command))]


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Nothing is decided on a lot that may go back any moment."""
    held = is_of_group(command) and getattr(command, "lot", None) in state.memory(BackSteps).asked
    if held:
        raise Refused("back_step_open", str(getattr(command, "lot", "")))


def _with_line(memory: BackSteps, lot: str, at: str, text: str) -> BackSteps:
    lines = (*memory.lines.get(lot, ()), Line(at, "流程回退", text))
    return replace(memory, lines=memory.lines | {lot: lines})


def _without(memory: BackSteps, lot: str) -> BackSteps:
    return replace(memory, asked={key: value for key, value in memory.asked.items() if key != lot})


def _stage_word(state: Evaluation, to: str) -> str:
    return state.ruleset.words["preliminary" if to == "reviewing" else "marking"]


def _on_asked(state: Evaluation, event: BackStepAsked, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(BackSteps)
    memory = replace(memory, asked=memory.asked | {event.lot: (event.to, event.reason)})
    text = f"{actor.alias}申请退回{_stage_word(state, event.to)}：{event.reason}"
    return state.remembering(_with_line(memory, event.lot, at, text))


def _on_approved(state: Evaluation, event: BackStepApproved, actor: Actor, at: str) -> Evaluation:
    memory = _without(state.memory(BackSteps), event.lot)
    return state.remembering(_with_line(memory, event.lot, at, f"同意回退：{event.reason}"))


def _on_refused(state: Evaluation, event: BackStepRefused, actor: Actor, at: str) -> Evaluation:
    memory = _without(state.memory(BackSteps), event.lot)
    return state.remembering(_with_line(memory, event.lot, at, f"不同意回退：{event.reason}"))


def _on_back(state: Evaluation, event: SteppedBackToReview | SteppedBackToMarking, actor: Actor, at: str) -> Evaluation:
    """The result is none any more; what the review decided only where the review itself is done again."""
    lot = replace(
        state.lots[event.lot],
        case_hash=None,
        result_hash=None,
        finding_note=None,
        check_remarks=None,
        opinions={},
    )
    to = "marking"
    if isinstance(event, SteppedBackToReview):
        lot, to = replace(lot, rejected={}, competition=None), "reviewing"
    text = f"已退回{_stage_word(state, to)}，此前各评审表保留（SHA-256 {event.tables[:16]}…）。"
    state = replace(state, lots=state.lots | {event.lot: lot})
    return state.remembering(_with_line(state.memory(BackSteps), event.lot, at, text))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    rule, memory = state.ruleset.procedure.back_step, state.memory(BackSteps)
    reason = Field("reason", Words("理由", "Reason"))
    acts: list[Act] = []
    for key, lot in state.lots.items():
        if key in memory.asked and viewer.role in rule:
            to, why = memory.asked[key]
            help_ = Words(f"退回{_stage_word(state, to)}：{why}", why)
            yes, no = Words("同意流程回退", "Agree to go back"), Words("不同意流程回退", "Refuse to go back")
            acts.append(Act("ApproveBackStep", yes, help_, (reason,), {"lot": key}, urgent=True, grave=True))
            acts.append(Act("RefuseBackStep", no, help_, (reason,), {"lot": key}))
        targets = _may_go_back(state, lot)
        chairs = viewer.role is Party.MEMBER and viewer.alias is not None and viewer.alias == state.chair
        if rule and chairs and targets and key not in memory.asked and viewer.alias in state.committee:
            options = tuple(Option(to, Words(_stage_word(state, to), to)) for to in targets)
            where = Field("to", Words("退回到", "Back to"), FieldKind.CHOICE, options)
            title = Words("申请流程回退", "Ask to go back")
            help_ = Words("须监督或见证人员批准；批准前不能汇总，原表全部保留。", "Someone else has to approve.")
            acts.append(Act("AskBackStep", title, help_, (where, reason), {"lot": key}))
    return acts


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    if not state.memory(BackSteps).asked or viewer.role in (Party.TENDEREE, Party.AGENCY):
        return {}
    words = Words(
        "已申请流程回退，等待批准；批准或驳回前不能进行汇总环节。", "A back-step waits for approval; the group waits."
    )
    return {"notices": [codec.to_json(Notice(words, urgent=True))]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(BackSteps).lines.get(lot, ()))


_COMMITTEE = by_role(staff=Told.WHOLE, sitting=Told.WHOLE)

BACK_STEP = Matter(
    name="back_step",
    decisions={AskBackStep: _ask, ApproveBackStep: _approve, RefuseBackStep: _refuse},
    seconds=frozenset({ApproveBackStep}),
    permits={
        AskBackStep: frozenset({Party.MEMBER}),
        ApproveBackStep: frozenset({Party.WITNESS, Party.REGULATOR, Party.CENTRE, Party.TENDEREE}),
        RefuseBackStep: frozenset({Party.WITNESS, Party.REGULATOR, Party.CENTRE, Party.TENDEREE}),
    },
    starts={BackStepAsked: AskBackStep, BackStepApproved: ApproveBackStep, BackStepRefused: RefuseBackStep},
    folds={
        BackStepAsked: _on_asked,
        BackStepApproved: _on_approved,
        BackStepRefused: _on_refused,
        SteppedBackToReview: _on_back,
        SteppedBackToMarking: _on_back,
    },
    told={
        BackStepAsked: _COMMITTEE,
        BackStepApproved: _COMMITTEE,
        BackStepRefused: _COMMITTEE,
        SteppedBackToReview: by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.WHOLE),
        SteppedBackToMarking: by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.WHOLE),
    },
    entries={
        BackStepAsked: Words("申请流程回退：{reason}", "A back-step is asked for: {reason}"),
        BackStepApproved: Words("同意流程回退", "The back-step is approved"),
        BackStepRefused: Words("不同意流程回退", "The back-step is refused"),
        SteppedBackToReview: Words("已退回{preliminary}", "Back in {preliminary}"),
        SteppedBackToMarking: Words("已退回{marking}", "Back in {marking}"),
    },
    gate=_gate,
    acts=_acts,
    view=_view,
    report=_report,
)
