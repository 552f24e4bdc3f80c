"""Walking out (擅离职守): a member stays away too long; two people of different duties record it, or excuse it.

Law: too long is `walk_out_min` beyond the end of a leave, after the seat of someone who left without one was locked, or
after everybody was called back from a pause. The record only says what two people saw; whether the member is replaced
on it (条例 48; 87号令 49) is another procedure. Until then, or until two people excuse the absence, the member's seat
does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import ApproveRelease, CallHelp, Command, GiveSheetKey, RecordRefusal
from app.evaluation.decisions import guards
from app.evaluation.decisions.releasing import RELEASERS
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, Line, Matter, Notice, Words
from app.evaluation.matters.leave.decisions import away, due
from app.evaluation.matters.pause.decisions import awaited, current
from app.evaluation.matters.presence.decisions import locks
from app.evaluation.matters.presence.records import LockKind
from app.evaluation.model import Evaluation
from app.evaluation.moments import after, clock, reached
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_WORK
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

GROUND = "absent"
"""The ground of replacement that a walk-out gives."""


@dataclass(frozen=True)
class WalkOutAttested(Event):
    """One of two people saw that the member stayed away too long."""

    alias: str
    reason: str


@dataclass(frozen=True)
class MemberWalkedOut(Event):
    """Two people saw it: on the record the member has left the post; `ground` is one of replacement."""

    alias: str
    ground: str


@dataclass(frozen=True)
class ExcuseAttested(Event):
    """One of two people would excuse the absence."""

    alias: str
    reason: str


@dataclass(frozen=True)
class WalkOutExcused(Event):
    """Two people excused it: the member may come back."""

    alias: str


@dataclass(frozen=True)
class RecordWalkOut(Command):
    """Attest that a member has stayed away too long."""

    alias: str
    reason: str


@dataclass(frozen=True)
class ExcuseWalkOut(Command):
    """Agree that a member whose walk-out is on record may come back."""

    alias: str
    reason: str


@dataclass(frozen=True)
class Absence:
    """Since when a member is away, and from when on that counts as having walked out."""

    alias: str
    since: str
    counts_from: str


@dataclass(frozen=True)
class WalkOuts:
    """Who attested what, about which absence; who is out, since when; and the lines for the report."""

    attested: dict[str, dict[str, str]] = field(default_factory=dict)
    """By alias: the start of the absence by the role that attested it."""
    out: dict[str, str] = field(default_factory=dict)
    """By alias: the start of the absence."""
    excused: dict[str, frozenset[str]] = field(default_factory=dict)
    """By alias: the roles that would excuse it."""
    lines: tuple[Line, ...] = ()


# --- what is so


def absences(state: Evaluation) -> dict[str, Absence]:
    """Members who are on leave, left the seat without one, or do not come back from a pause, by alias."""
    minutes = state.ruleset.procedure.walk_out_min
    found = {one.alias: Absence(one.alias, one.at, after(due(state, one), minutes)) for one in away(state)}
    gone = [lock for lock in locks(state) if lock.kind is LockKind.ABSENT]
    found |= {lock.alias: Absence(lock.alias, lock.at, after(lock.at, minutes)) for lock in gone}
    pause = current(state)
    if pause is not None and pause.called_at is not None:
        since = pause.called_at
        found |= {m.alias: Absence(m.alias, since, after(since, minutes)) for m in awaited(state) if m.alias}
    return found


def out(state: Evaluation, alias: str | None) -> bool:
    """Whether this member is out on the record and neither excused nor replaced yet."""
    member = state.by_alias(alias) if alias else None
    return member is not None and member.alias in state.memory(WalkOuts).out and member.stage in AT_WORK


def _attesters(state: Evaluation, absence: Absence) -> set[str]:
    """The roles that attested this absence; what was attested of an earlier one is void."""
    said = state.memory(WalkOuts).attested.get(absence.alias, {})
    return {role for role, since in said.items() if since == absence.since}


# --- what may be done


def record(state: Evaluation, command: RecordWalkOut, actor: Actor, at: str) -> list[Event]:
    """The second of two roles completes it."""
    absence = absences(state).get(command.alias)
    if absence is None:
        raise Refused("not_absent", "$.alias")
    if out(state, command.alias):
        raise Refused("walked_out", command.alias)
    if GROUND not in state.ruleset.procedure.replacement_grounds:
        raise Refused("no_lawful_ground", GROUND)
    if not reached(at, absence.counts_from):
        raise Refused("absence_too_short", command.alias, until=clock(absence.counts_from))
    guards.text(command.reason, "$.reason")
    before = _attesters(state, absence)
    if actor.role.value in before:
        raise Refused("already_approved", actor.role.value)
    made: list[Event] = [WalkOutAttested(**vars(command))]
    return [*made, MemberWalkedOut(command.alias, GROUND)] if before else made


def excuse(state: Evaluation, command: ExcuseWalkOut, actor: Actor, at: str) -> list[Event]:
    """The second of two roles completes it."""
    if not out(state, command.alias):
        raise Refused("not_absent", "$.alias")
    guards.text(command.reason, "$.reason")
    before = state.memory(WalkOuts).excused.get(command.alias, frozenset())
    if actor.role.value in before:
        raise Refused("already_approved", actor.role.value)
    made: list[Event] = [ExcuseAttested(**vars(command))]
    return [*made, WalkOutExcused(command.alias)] if before else made


_PASSING = (CallHelp, GiveSheetKey, RecordRefusal)


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Who is out on the record does not simply sit down again."""
    alias = actor.alias if actor.role is Party.MEMBER else None
    if isinstance(command, ApproveRelease):
        member = state.members.get(command.member)
        alias = member.alias if member else None
    if alias is not None and not isinstance(command, _PASSING) and out(state, alias):
        raise Refused("walked_out", alias)


# --- what becomes of it


def _attested(state: Evaluation, event: WalkOutAttested, actor: Actor, at: str) -> Evaluation:
    memory, absence = state.memory(WalkOuts), absences(state).get(event.alias)
    if absence is None:
        return state
    said = memory.attested.get(event.alias, {}) | {actor.role.value: absence.since}
    line = Line(at, "擅离职守", f"{event.alias}自 {clock(absence.since)} 起未在席：{event.reason}")
    return state.remembering(
        replace(memory, attested=memory.attested | {event.alias: said}, lines=(*memory.lines, line))
    )


def _walked_out(state: Evaluation, event: MemberWalkedOut, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(WalkOuts)
    since = memory.attested.get(event.alias, {}).get(actor.role.value, at)
    line = Line(at, "擅离职守", f"经两人确认，记录{event.alias}擅离职守。")
    return state.remembering(replace(memory, out=memory.out | {event.alias: since}, lines=(*memory.lines, line)))


def _excuse_attested(state: Evaluation, event: ExcuseAttested, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(WalkOuts)
    roles = memory.excused.get(event.alias, frozenset()) | {actor.role.value}
    line = Line(at, "擅离职守", f"同意{event.alias}返回：{event.reason}")
    return state.remembering(
        replace(memory, excused=memory.excused | {event.alias: roles}, lines=(*memory.lines, line))
    )


def _excused(state: Evaluation, event: WalkOutExcused, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(WalkOuts)
    return state.remembering(
        replace(
            memory,
            attested={key: one for key, one in memory.attested.items() if key != event.alias},
            out={key: one for key, one in memory.out.items() if key != event.alias},
            excused={key: one for key, one in memory.excused.items() if key != event.alias},
            lines=(*memory.lines, Line(at, "擅离职守", f"经两人同意，撤销{event.alias}的擅离职守记录。")),
        )
    )


# --- what is offered and seen

_REASON = Field("reason", Words("查看到的情况", "What was seen"))


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """For each who is away; first where the other one has attested already."""
    if viewer.role not in RELEASERS:
        return []
    found: list[Act] = []
    for alias, absence in absences(state).items():
        said = _attesters(state, absence)
        if out(state, alias):
            found += _excusing(state, viewer, alias)
        elif viewer.role.value not in said:
            title = Words(f"记录{alias}擅离职守", f"Record that {alias} walked out")
            help_ = Words(
                f"{alias}自 {clock(absence.since)} 起未在席；到 {clock(absence.counts_from)} 仍未返回的，"
                "经中心和见证两人确认后记录，可据此办理更换。",
                f"Away since {clock(absence.since)}; from {clock(absence.counts_from)} on two people may record it.",
            )
            found.append(Act("RecordWalkOut", title, help_, (_REASON,), {"alias": alias}, bool(said), grave=True))
    return found


def _excusing(state: Evaluation, viewer: Actor, alias: str) -> list[Act]:
    said = state.memory(WalkOuts).excused.get(alias, frozenset())
    if viewer.role.value in said:
        return []
    title = Words(f"撤销{alias}的擅离记录", f"Excuse {alias}")
    help_ = Words(
        "经中心和见证两人同意后，该成员可以刷脸返回席位。", "Two people agree; then the member may come back."
    )
    return [Act("ExcuseWalkOut", title, help_, (_REASON,), {"alias": alias}, urgent=bool(said))]


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Who is out on the record: to those who watch over the room, and to the member."""
    listed = [alias for alias in state.memory(WalkOuts).out if out(state, alias)]
    if viewer.role not in may.STAFF:
        member = may.own(state, viewer)
        listed = [alias for alias in listed if member is not None and alias == member.alias]
    if not listed:
        return {}
    names = "、".join(listed)
    text = Words(f"{names}已记录为擅离职守，请办理更换或撤销记录", f"{names}: walked out; replace or excuse")
    if viewer.role is Party.MEMBER:
        text = Words(
            "您已被记录为擅离职守，席位锁定，请找工作人员", "You are recorded as having walked out; see the staff"
        )
    return {"out": listed, "notices": [codec.to_json(Notice(text, urgent=True))]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(WalkOuts).lines)


_STAFF = by_role(staff=Told.WHOLE)
_STAFF_AND_OWN = by_role(staff=Told.WHOLE, own=Told.WHOLE)

WALK_OUT = Matter(
    name="walk_out",
    decisions={RecordWalkOut: record, ExcuseWalkOut: excuse},
    permits={RecordWalkOut: RELEASERS, ExcuseWalkOut: RELEASERS},
    starts={WalkOutAttested: RecordWalkOut, ExcuseAttested: ExcuseWalkOut},
    folds={
        WalkOutAttested: _attested,
        MemberWalkedOut: _walked_out,
        ExcuseAttested: _excuse_attested,
        WalkOutExcused: _excused,
    },
    told={
        WalkOutAttested: _STAFF,
        MemberWalkedOut: _STAFF_AND_OWN,
        ExcuseAttested: _STAFF,
        WalkOutExcused: _STAFF_AND_OWN,
    },
    entries={
        WalkOutAttested: Words("确认{alias}未在席：{reason}", "{alias} stays away: {reason}"),
        MemberWalkedOut: Words("记录{alias}擅离职守", "{alias} walked out"),
        ExcuseAttested: Words("同意{alias}返回：{reason}", "{alias} may come back: {reason}"),
        WalkOutExcused: Words("撤销{alias}的擅离职守记录", "{alias}'s walk-out is excused"),
    },
    gate=gate,
    acts=acts,
    view=view,
    report=_report,
)
