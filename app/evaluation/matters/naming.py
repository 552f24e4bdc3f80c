"""The chair named by the tenderee (招标人确定负责人): 12号令 9 lets the tenderee do it where the rule set says so."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import election, guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class ChairNamed(Event):
    """The tenderee named the chair."""

    candidate: str
    reason: str


@dataclass(frozen=True)
class NameChair(Command):
    """Name a member who may chair."""

    candidate: str
    reason: str


@dataclass(frozen=True)
class Naming:
    """Who was named, when and why."""

    lines: tuple[Line, ...] = ()


def _may_name(state: Evaluation) -> bool:
    by = state.ruleset.procedure.chair_by
    return "tenderee" in by and bool(state.committee) and state.chair is None and not state.vacant


def _name(state: Evaluation, command: NameChair, actor: Actor, at: str) -> list[Event]:
    """While nobody chairs; an election that was begun is over with it."""
    if "tenderee" not in state.ruleset.procedure.chair_by:
        raise Refused("chair_is_elected", "$.candidate")
    if not state.committee or state.vacant:
        raise Refused("wrong_stage", state.stream, stage="gathering")
    if state.chair is not None:
        raise Refused("chair_chosen", state.chair)
    if command.candidate not in election.eligible(state):
        raise Refused("not_eligible", "$.candidate")
    guards.text(command.reason, "$.reason")
    return [ChairNamed(command.candidate, command.reason), *election.chosen(state, command.candidate, "named")]


def _named(state: Evaluation, event: ChairNamed, actor: Actor, at: str) -> Evaluation:
    words = state.ruleset.words
    text = f"{words['tenderee']}确定{event.candidate}为{words['chair']}：{event.reason}"
    memory = state.memory(Naming)
    return state.remembering(Naming((*memory.lines, Line(at, words["chair"], text))))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is not Party.TENDEREE or not _may_name(state):
        return []
    chair = state.ruleset.words["chair"]
    who = Field(
        "candidate",
        Words("成员", "Member"),
        FieldKind.CHOICE,
        tuple(Option(a, Words(a, a)) for a in election.eligible(state)),
    )
    help_ = Words("也可以由委员会成员自己推举；您确定后推举即告结束。", "The members may also choose by themselves.")
    title = Words(f"确定{chair}", "Name the chair")
    return [Act("NameChair", title, help_, (who, Field("reason", Words("理由", "Reason"))))]


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Naming).lines)


NAMING = Matter(
    name="naming",
    decisions={NameChair: _name},
    permits={NameChair: frozenset({Party.TENDEREE})},
    starts={ChairNamed: NameChair},
    folds={ChairNamed: _named},
    told={ChairNamed: by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.WHOLE)},
    entries={ChairNamed: Words("{candidate}由{tenderee}确定为{chair}", "{candidate} was named {chair}")},
    acts=_acts,
    report=_report,
)
