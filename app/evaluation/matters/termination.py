"""Ending an evaluation without result (终止评审): a code of the rule set, a reason, and two people of different roles.

The lots that have no report yet go to their report as they stand: it says that and why the evaluation ended, and
recommends nobody. What was sealed and not opened stays sealed. 采条 41; 政府采购法 36; data norm codes 201 to 206.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Notice, Option, Words
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_ASKERS = frozenset({Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE})
_DECIDERS = frozenset({Party.WITNESS, Party.REGULATOR, Party.TENDEREE})
_DONE = (LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED)

FAILED = "terminated"
"""What a lot failed of whose evaluation was ended."""


@dataclass(frozen=True)
class TerminationAsked(Event):
    """Someone asks to end the evaluation."""

    code: str
    reason: str


@dataclass(frozen=True)
class TerminationApproved(Event):
    """Another role agreed."""

    reason: str


@dataclass(frozen=True)
class TerminationRefused(Event):
    """Another role said no."""

    reason: str


@dataclass(frozen=True)
class EvaluationTerminated(Event):
    """The evaluation is over without result for every lot that has no report yet."""

    code: str


@dataclass(frozen=True)
class AskTermination(Command):
    """Ask to end the evaluation, by a code of the rule set."""

    code: str
    reason: str


@dataclass(frozen=True)
class ApproveTermination(Command):
    """Agree, as another role."""

    reason: str


@dataclass(frozen=True)
class RefuseTermination(Command):
    """Say no, as another role."""

    reason: str


@dataclass(frozen=True)
class Termination:
    """What is asked for, by whom; the code once it happened; the lines of the report."""

    asked: tuple[Party, str, str] | None = None
    code: str | None = None
    lines: tuple[Line, ...] = ()


def terminated(state: Evaluation) -> str | None:
    """The code by which the evaluation was ended, or None."""
    return state.memory(Termination).code


def _ask(state: Evaluation, command: AskTermination, actor: Actor, at: str) -> list[Event]:
    if all(lot.stage in _DONE for lot in state.lots.values()):
        raise Refused("already_reporting", state.stream)
    if state.memory(Termination).asked is not None:
        raise Refused("already_requested", state.stream)
    if command.code not in state.ruleset.procedure.termination_codes:
        raise Refused("no_lawful_ground", "$.code")
    guards.text(command.reason, "$.reason")
    return [TerminationAsked(**vars(command))]


def _pending(state: Evaluation, actor: Actor, reason: str) -> str:
    """The code that is asked for; who answers is of another role than who asked."""
    asked = state.memory(Termination).asked
    if asked is None:
        raise Refused("nothing_requested", state.stream)
    if asked[0] is actor.role:
        raise Refused("same_role", actor.role.value)
    guards.text(reason, "$.reason")
    return asked[1]


def _approve(state: Evaluation, command: ApproveTermination, actor: Actor, at: str) -> list[Event]:
    code = _pending(state, actor, command.reason)
    return [TerminationApproved(command.reason), EvaluationTerminated(code)]


def _refuse(state: Evaluation, command: RefuseTermination, actor: Actor, at: str) -> list[Event]:
    _pending(state, actor, command.reason)
    return [TerminationRefused(command.reason)]


def _with_line(state: Evaluation, at: str, text: str, **changes: Any) -> Evaluation:
    memory = state.memory(Termination)
    return state.remembering(replace(memory, lines=(*memory.lines, Line(at, "终止", text)), **changes))


def _on_asked(state: Evaluation, event: TerminationAsked, actor: Actor, at: str) -> Evaluation:
    asked = (actor.role, event.code, event.reason)
    said = state.ruleset.procedure.termination_codes[event.code]
    return _with_line(state, at, f"提请终止（{event.code}）：{said}。{event.reason}", asked=asked)


def _on_approved(state: Evaluation, event: TerminationApproved, actor: Actor, at: str) -> Evaluation:
    return _with_line(state, at, f"同意终止：{event.reason}", asked=None)


def _on_refused(state: Evaluation, event: TerminationRefused, actor: Actor, at: str) -> Evaluation:
    return _with_line(state, at, f"不同意终止：{event.reason}", asked=None)


def _on_terminated(state: Evaluation, event: EvaluationTerminated, actor: Actor, at: str) -> Evaluation:
    """The stages move by the table; a result that was computed is none any more."""
    lots = {
        key: lot
        if lot.stage in _DONE
        else replace(lot, failed=FAILED, case_hash=None, result_hash=None, finding_note=None, opinions={})
        for key, lot in state.lots.items()
    }
    state = replace(state, lots=lots, vacant=False)
    said = state.ruleset.procedure.termination_codes[event.code]
    return _with_line(state, at, f"{state.ruleset.words['evaluation']}终止（{event.code}）：{said}。", code=event.code)


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    memory = state.memory(Termination)
    if all(lot.stage in _DONE for lot in state.lots.values()):
        return []
    codes = state.ruleset.procedure.termination_codes
    reason = Field("reason", Words("理由", "Reason"))
    word = state.ruleset.words["evaluation"]
    if memory.asked is None:
        if viewer.role not in _ASKERS:
            return []
        options = tuple(Option(code, Words(f"{code} {text}", f"{code} {text}")) for code, text in codes.items())
        code = Field("code", Words("情形", "Code"), FieldKind.CHOICE, options)
        help_ = Words("须另一角色同意；终止后不推荐候选人，已封存的不再开启。", "Another role has to agree.")
        return [Act("AskTermination", Words(f"提请终止{word}", "Ask to end it"), help_, (code, reason), grave=True)]
    role, asked, why = memory.asked
    if viewer.role is role or viewer.role not in _DECIDERS:
        return []
    help_ = Words(f"{codes[asked]}。{why}", f"{codes[asked]}. {why}")
    yes, no = Words(f"同意终止{word}", "Agree to end it"), Words(f"不同意终止{word}", "Refuse to end it")
    return [
        Act("ApproveTermination", yes, help_, (reason,), urgent=True, grave=True),
        Act("RefuseTermination", no, help_, (reason,)),
    ]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    code = terminated(state)
    if code is None:
        return {}
    text = state.ruleset.procedure.termination_codes[code]
    word = state.ruleset.words["evaluation"]
    said = Words(f"{word}已终止：{text}。请清理席位并离场。", f"Ended without result: {text}.")
    return {"code": code, "notices": [codec.to_json(Notice(said, urgent=True))]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Termination).lines)


_STAFF = by_role(staff=Told.WHOLE, office=Told.HAPPENED)

TERMINATION = Matter(
    name="termination",
    decisions={AskTermination: _ask, ApproveTermination: _approve, RefuseTermination: _refuse},
    seconds=frozenset({ApproveTermination}),
    permits={AskTermination: _ASKERS, ApproveTermination: _DECIDERS, RefuseTermination: _DECIDERS},
    starts={
        TerminationAsked: AskTermination,
        TerminationApproved: ApproveTermination,
        TerminationRefused: RefuseTermination,
    },
    folds={
        TerminationAsked: _on_asked,
        TerminationApproved: _on_approved,
        TerminationRefused: _on_refused,
        EvaluationTerminated: _on_terminated,
    },
    told={
        TerminationAsked: _STAFF,
        TerminationApproved: _STAFF,
        TerminationRefused: _STAFF,
        EvaluationTerminated: by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE),
    },
    entries={
        TerminationAsked: Words("提请终止（{code}）", "Asked to end the evaluation ({code})"),
        TerminationApproved: Words("同意终止", "Ending approved"),
        TerminationRefused: Words("不同意终止", "Ending refused"),
        EvaluationTerminated: Words("已终止（{code}）", "Ended without result ({code})"),
    },
    acts=_acts,
    view=_view,
    report=_report,
)
