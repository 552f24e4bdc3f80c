"""Evaluating again after signature (重新评审): the original members, in a new session, on a lawful ground.

87号令 64: after signature a wrong result is put right by the original committee, and the finance department hears
of it. Works: the original committee corrects after an objection or a complaint. One asks, another role agrees. The
closed stream goes on: everything that was found stands until it is lawfully changed, and the package of the first
session stays as it is beside the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.matters.duty import session_ended
from app.evaluation.matters.pause.folds import left_behind
from app.evaluation.matters.replacement.folds import reopened
from app.evaluation.matters.termination import terminated
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.stages import MemberStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_ASKERS = frozenset({Party.CENTRE, Party.AGENCY, Party.TENDEREE, Party.REGULATOR})
_DECIDERS = frozenset({Party.REGULATOR, Party.WITNESS, Party.TENDEREE})


@dataclass(frozen=True)
class ReevaluationAsked(Event):
    """Someone asks that a lot be evaluated again, on a lawful ground, at a planned time."""

    lot: str
    ground: str
    reason: str
    planned_at: str


@dataclass(frozen=True)
class ReevaluationApproved(Event):
    """Another role agreed."""

    lot: str
    reason: str


@dataclass(frozen=True)
class ReevaluationRefused(Event):
    """Another role said no."""

    lot: str
    reason: str


@dataclass(frozen=True)
class EvaluationReopened(Event):
    """A new session for one lot: the original members are expected again."""

    lot: str
    session: int


@dataclass(frozen=True)
class AskReevaluation(Command):
    """Ask for it, of a closed evaluation."""

    lot: str
    ground: str
    reason: str
    planned_at: str


@dataclass(frozen=True)
class ApproveReevaluation(Command):
    """Agree, as another role."""

    lot: str
    reason: str


@dataclass(frozen=True)
class RefuseReevaluation(Command):
    """Say no, as another role."""

    lot: str
    reason: str


@dataclass(frozen=True)
class Reevaluations:
    """What is asked for: by whom, and the request; the lines of the report by lot."""

    asked: tuple[Party, ReevaluationAsked] | None = None
    lines: tuple[tuple[str, Line], ...] = ()


def _ask(state: Evaluation, command: AskReevaluation, actor: Actor, at: str) -> list[Event]:
    if not state.closed:
        raise Refused("not_closed", state.stream)
    if terminated(state):
        raise Refused("no_lawful_ground", "$.lot")
    lot_of(state, command.lot)
    if state.memory(Reevaluations).asked is not None:
        raise Refused("already_requested", command.lot)
    if command.ground not in state.ruleset.procedure.reevaluation_grounds:
        raise Refused("no_lawful_ground", "$.ground")
    guards.text(command.reason, "$.reason")
    guards.moment(command.planned_at, "$.planned_at")
    return [ReevaluationAsked(**vars(command))]


def _pending(state: Evaluation, command: ApproveReevaluation | RefuseReevaluation, actor: Actor) -> None:
    asked = state.memory(Reevaluations).asked
    if asked is None or asked[1].lot != command.lot:
        raise Refused("nothing_requested", command.lot)
    if asked[0] is actor.role:
        raise Refused("same_role", actor.role.value)
    guards.text(command.reason, "$.reason")


def _approve(state: Evaluation, command: ApproveReevaluation, actor: Actor, at: str) -> list[Event]:
    _pending(state, command, actor)
    return [ReevaluationApproved(**vars(command)), EvaluationReopened(command.lot, state.session + 1)]


def _refuse(state: Evaluation, command: RefuseReevaluation, actor: Actor, at: str) -> list[Event]:
    _pending(state, command, actor)
    return [ReevaluationRefused(**vars(command))]


def _with_line(memory: Reevaluations, lot: str, at: str, text: str) -> Reevaluations:
    return replace(memory, lines=(*memory.lines, (lot, Line(at, "重新评审", text))))


def _on_asked(state: Evaluation, event: ReevaluationAsked, actor: Actor, at: str) -> Evaluation:
    memory = replace(state.memory(Reevaluations), asked=(actor.role, event))
    ground = state.ruleset.procedure.reevaluation_grounds[event.ground]
    return state.remembering(_with_line(memory, event.lot, at, f"提请重新评审：{ground}。{event.reason}"))


def _on_approved(state: Evaluation, event: ReevaluationApproved, actor: Actor, at: str) -> Evaluation:
    return state.remembering(_with_line(state.memory(Reevaluations), event.lot, at, f"同意重新评审：{event.reason}"))


def _on_refused(state: Evaluation, event: ReevaluationRefused, actor: Actor, at: str) -> Evaluation:
    memory = replace(state.memory(Reevaluations), asked=None)
    return state.remembering(_with_line(memory, event.lot, at, f"不同意重新评审：{event.reason}"))


def _on_reopened(state: Evaluation, event: EvaluationReopened, actor: Actor, at: str) -> Evaluation:
    """Everybody of the committee is expected again under the old alias; what was found stands."""
    memory = state.memory(Reevaluations)
    planned = memory.asked[1].planned_at if memory.asked else None
    state = left_behind(session_ended(state))
    lot = replace(reopened(state.lots[event.lot], state.committee), report=None)
    state = replace(
        state,
        closed=False,
        session=event.session,
        session_at=planned,
        members={ref: _expected(state, member) for ref, member in state.members.items()},
        lots=state.lots | {event.lot: lot},
        committee=(),
        slots=(),
        chair=None,
        chair_means=None,
        proposal=None,
        ballots=(),
        votes=(),
        ballots_before=state.ballots_before + len(state.ballots),
    )
    text = f"第 {event.session} 次评审，由原{state.ruleset.words['committee']}进行；第一次的档案包保持不变。"
    return state.remembering(_with_line(replace(memory, asked=None), event.lot, at, text))


def _expected(state: Evaluation, member: Member) -> Member:
    """A member of the committee comes in as at first, with times of its own, and keeps the alias; the others do not
    come."""
    if member.alias not in state.committee:
        return replace(member, slot=None, seat=None)
    return replace(member, stage=MemberStage.EXPECTED, means=None, locker=None, slot=None, seat=None, at={})


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    asked = state.memory(Reevaluations).asked
    reason = Field("reason", Words("理由", "Reason"))
    if not state.closed or terminated(state):
        return []
    if asked is not None:
        if viewer.role not in _DECIDERS or viewer.role is asked[0]:
            return []
        ground = state.ruleset.procedure.reevaluation_grounds[asked[1].ground]
        help_, data = Words(f"{ground}。{asked[1].reason}", asked[1].reason), {"lot": asked[1].lot}
        yes, no = Words("同意重新评审", "Agree to evaluate again"), Words("不同意重新评审", "Refuse to evaluate again")
        return [
            Act("ApproveReevaluation", yes, help_, (reason,), data, urgent=True, grave=True),
            Act("RefuseReevaluation", no, help_, (reason,), data),
        ]
    if viewer.role not in _ASKERS:
        return []
    grounds = state.ruleset.procedure.reevaluation_grounds.items()
    which = Field(
        "lot",
        Words(state.ruleset.words["lot"], "Lot"),
        FieldKind.CHOICE,
        tuple(Option(key, Words(one.lot.name, one.lot.name)) for key, one in state.lots.items()),
    )
    why = Field(
        "ground", Words("情形", "Ground"), FieldKind.CHOICE, tuple(Option(k, Words(text, text)) for k, text in grounds)
    )
    when = Field("planned_at", Words("评审时间", "When"), FieldKind.MOMENT)
    title = Words("提请重新评审", "Ask to evaluate again")
    help_ = Words("由原成员在新的场次进行，须另一角色同意；原档案包不变。", "The original members, in a new session.")
    return [Act("AskReevaluation", title, help_, (which, why, when, reason))]


def _report(state: Evaluation, lot: str) -> list[Line]:
    return [line for key, line in state.memory(Reevaluations).lines if key == lot]


_OFFICE = by_role(staff=Told.WHOLE, office=Told.WHOLE)

REEVALUATION = Matter(
    name="reevaluation",
    decisions={AskReevaluation: _ask, ApproveReevaluation: _approve, RefuseReevaluation: _refuse},
    seconds=frozenset({ApproveReevaluation}),
    permits={AskReevaluation: _ASKERS, ApproveReevaluation: _DECIDERS, RefuseReevaluation: _DECIDERS},
    starts={
        ReevaluationAsked: AskReevaluation,
        ReevaluationApproved: ApproveReevaluation,
        ReevaluationRefused: RefuseReevaluation,
    },
    folds={
        ReevaluationAsked: _on_asked,
        ReevaluationApproved: _on_approved,
        ReevaluationRefused: _on_refused,
        EvaluationReopened: _on_reopened,
    },
    told={
        ReevaluationAsked: _OFFICE,
        ReevaluationApproved: _OFFICE,
        ReevaluationRefused: _OFFICE,
        EvaluationReopened: _OFFICE,
    },
    entries={
        ReevaluationAsked: Words("提请重新评审：{reason}", "A re-evaluation is asked for: {reason}"),
        ReevaluationApproved: Words("同意重新评审", "The re-evaluation is approved"),
        ReevaluationRefused: Words("不同意重新评审", "The re-evaluation is refused"),
        EvaluationReopened: Words("重新开启：第 {session} 次评审", "Opened again: session {session}"),
    },
    after_close=frozenset({AskReevaluation, ApproveReevaluation, RefuseReevaluation}),
    acts=_acts,
    report=_report,
)
