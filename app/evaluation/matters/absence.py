"""A member who does not come (未到场): at the first session, or an original one weeks later at a re-evaluation.

财库〔2016〕198号 15; 87号令 49; 条例 48. The centre reports it with a lawful ground, another role confirms; the
composition is then checked with whoever came, and a supplementary list makes up what the law wants. At a re-evaluation
what the absent member had concluded is void and kept, like that of anyone who is replaced: the newcomer starts over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.matters.replacement.folds import without
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_DECIDERS = frozenset({Party.WITNESS, Party.REGULATOR})


@dataclass(frozen=True)
class AbsenceReported(Event):
    """A member (by the opaque reference) does not come, on a ground of the rule set."""

    member: str
    ground: str
    reason: str


@dataclass(frozen=True)
class AbsenceConfirmed(Event):
    """Another role agreed: the member is expected no more, and what it had concluded before is void."""

    member: str
    reason: str


@dataclass(frozen=True)
class AbsenceDismissed(Event):
    """Another role said no: the member is still waited for."""

    member: str
    reason: str


@dataclass(frozen=True)
class ReportAbsence(Command):
    """Report that a member does not come."""

    member: str
    ground: str
    reason: str


@dataclass(frozen=True)
class ConfirmAbsence(Command):
    """Agree, as another role."""

    member: str
    reason: str


@dataclass(frozen=True)
class DismissAbsence(Command):
    """Say no, as another role."""

    member: str
    reason: str


@dataclass(frozen=True)
class Absences:
    """What is reported and not decided, by member; and the course."""

    reported: dict[str, AbsenceReported] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def _awaited(state: Evaluation, ref: str) -> Member:
    """A member who has not come in, while the committee does not sit yet."""
    if state.committee:
        raise Refused("already_constituted", state.stream)
    return guards.member(state, ref, MemberStage.EXPECTED)


def _report_absence(state: Evaluation, command: ReportAbsence, actor: Actor, at: str) -> list[Event]:
    _awaited(state, command.member)
    if command.ground not in state.ruleset.procedure.replacement_grounds:
        raise Refused("no_lawful_ground", "$.ground")
    guards.text(command.reason, "$.reason")
    if command.member in state.memory(Absences).reported:
        raise Refused("already_requested", command.member)
    return [AbsenceReported(**vars(command))]


def _pending(state: Evaluation, ref: str, reason: str) -> None:
    if ref not in state.memory(Absences).reported:
        raise Refused("nothing_requested", ref)
    guards.text(reason, "$.reason")


def _confirm(state: Evaluation, command: ConfirmAbsence, actor: Actor, at: str) -> list[Event]:
    """Unless the member came in meanwhile."""
    _pending(state, command.member, command.reason)
    _awaited(state, command.member)
    return [AbsenceConfirmed(**vars(command))]


def _dismiss(state: Evaluation, command: DismissAbsence, actor: Actor, at: str) -> list[Event]:
    _pending(state, command.member, command.reason)
    return [AbsenceDismissed(**vars(command))]


def _name(state: Evaluation, ref: str) -> str:
    return state.members[ref].alias or "一名未领席位的成员"


def _line(memory: Absences, at: str, text: str) -> Absences:
    return replace(memory, lines=(*memory.lines, Line(at, "成员未到场", text)))


def _but(memory: Absences, ref: str) -> Absences:
    return replace(memory, reported={key: one for key, one in memory.reported.items() if key != ref})


def _reported(state: Evaluation, event: AbsenceReported, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Absences)
    memory = replace(memory, reported=memory.reported | {event.member: event})
    ground = state.ruleset.procedure.replacement_grounds[event.ground]
    return state.remembering(_line(memory, at, f"{_name(state, event.member)}不能到场：{ground}；{event.reason}"))


def _confirmed(state: Evaluation, event: AbsenceConfirmed, actor: Actor, at: str) -> Evaluation:
    member, memory = state.members[event.member], _but(state.memory(Absences), event.member)
    ground = state.memory(Absences).reported[event.member].ground
    void = "，其原评审意见无效，原记录保留" if member.alias else ""
    memory = _line(memory, at, f"确认{_name(state, event.member)}不到场{void}：{event.reason}")
    if member.alias:
        again = {id: without(lot, member.alias) for id, lot in state.lots.items() if lot.stage is LotStage.GATHERING}
        gone = replace(member, replaced=ground)
        state = replace(state, lots=state.lots | again, members=state.members | {member.ref: gone})
    return state.remembering(memory)


def _dismissed(state: Evaluation, event: AbsenceDismissed, actor: Actor, at: str) -> Evaluation:
    memory = _but(state.memory(Absences), event.member)
    return state.remembering(_line(memory, at, f"继续等候{_name(state, event.member)}：{event.reason}"))


_REASON = Field("reason", Words("理由", "Reason"))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if state.committee:
        return []
    reported = state.memory(Absences).reported
    found = []
    for event in reported.values() if viewer.role in _DECIDERS else ():
        found += _answers(state, event)
    waiting = [m for m in state.members.values() if m.stage is MemberStage.EXPECTED and m.ref not in reported]
    if viewer.role is Party.CENTRE and waiting:
        found.append(_reporting(state, waiting))
    return found


def _reporting(state: Evaluation, waiting: list[Member]) -> Act:
    grounds = state.ruleset.procedure.replacement_grounds.items()
    who = tuple(Option(m.ref, Words(m.alias or f"成员 {m.ref[:8]}", m.alias or m.ref[:8])) for m in waiting)
    fields = (
        Field("member", Words("成员", "Member"), FieldKind.CHOICE, who),
        Field("ground", Words("事由", "Ground"), FieldKind.CHOICE, tuple(Option(k, Words(t, t)) for k, t in grounds)),
        _REASON,
    )
    zh = "经另一角色确认后不再等候；其余成员不合法定组成的，导入补抽名单补足。重新评审的，其原评审意见作废但保留。"
    return Act(
        "ReportAbsence", Words("成员不能到场", "A member does not come"), Words(zh, "Another role agrees."), fields
    )


def _answers(state: Evaluation, event: AbsenceReported) -> list[Act]:
    ground, data = state.ruleset.procedure.replacement_grounds[event.ground], {"member": event.member}
    help_, name = Words(f"{ground}：{event.reason}", event.reason), _name(state, event.member)
    no = Act("DismissAbsence", Words(f"继续等候{name}", f"Wait for {name}"), help_, (_REASON,), data)
    if state.members[event.member].stage is not MemberStage.EXPECTED:
        return [no]
    yes = Words(f"确认{name}不到场", f"Confirm that {name} does not come")
    return [Act("ConfirmAbsence", yes, help_, (_REASON,), data, urgent=True, grave=True), no]


def _lines(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Absences).lines)


_STAFF = by_role(staff=Told.WHOLE, kiosk=Told.HAPPENED)

ABSENCE = Matter(
    name="absence",
    decisions={ReportAbsence: _report_absence, ConfirmAbsence: _confirm, DismissAbsence: _dismiss},
    permits={ReportAbsence: frozenset({Party.CENTRE}), ConfirmAbsence: _DECIDERS, DismissAbsence: _DECIDERS},
    starts={
        AbsenceReported: ReportAbsence,
        AbsenceConfirmed: ConfirmAbsence,
        AbsenceDismissed: DismissAbsence,
    },
    folds={AbsenceReported: _reported, AbsenceConfirmed: _confirmed, AbsenceDismissed: _dismissed},
    told={AbsenceReported: _STAFF, AbsenceConfirmed: _STAFF, AbsenceDismissed: _STAFF},
    entries={
        AbsenceReported: Words("{person}不能到场：{reason}", "{person} does not come: {reason}"),
        AbsenceConfirmed: Words("确认{person}不到场：{reason}", "{person} is expected no more: {reason}"),
        AbsenceDismissed: Words("继续等候{person}：{reason}", "{person} is still waited for: {reason}"),
    },
    acts=_acts,
    report=_lines,
)
