"""Time on duty (评审时长): minutes of each member by alias, and the slip (时长确认单) that each confirms or objects to.

Law: counted by the server from check-in until all opinions on every lot are given, or until the member was out;
leaves and pauses of the kinds that the rule set names (`off_duty`) are not counted. Nothing waits for the slip: nobody
can hold up a report over minutes or pay. Each sees the own minutes, those who watch and those who pay all, by alias.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, Line, Matter, Notice, Words
from app.evaluation.matters.leave.records import Leaves
from app.evaluation.matters.leave.seen import KINDS as LEAVE_WORDS
from app.evaluation.matters.pause.records import Pauses
from app.evaluation.matters.pause.seen import KINDS as PAUSE_WORDS
from app.evaluation.matters.walk_out import WalkOuts
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.telling import OFFICE, Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class MinutesConfirmed(Event):
    """A member confirmed the own minutes on duty."""

    alias: str
    minutes: int


@dataclass(frozen=True)
class MinutesObjected(Event):
    """A member objects to the own minutes, with reasons."""

    alias: str
    minutes: int
    reason: str


@dataclass(frozen=True)
class ConfirmMinutes(Command):
    """Confirm the own minutes as they stand on the slip."""

    minutes: int


@dataclass(frozen=True)
class ObjectToMinutes(Command):
    """Object to the own minutes as they stand on the slip."""

    minutes: int
    reason: str


@dataclass(frozen=True)
class Off:
    """Time that is not counted, and why: a kind of leave or of pause."""

    kind: str
    since: str
    until: str


@dataclass(frozen=True)
class Answer:
    """What a member said to the slip: `reason` None is a confirmation."""

    minutes: int
    reason: str | None
    at: str


@dataclass(frozen=True)
class Duty:
    """The newest answer by alias, the objections for the report, and the slips of the sessions before this one."""

    answers: dict[str, Answer] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    before: tuple[tuple[Row, ...], ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of the slip; `until` and `minutes` are None while the member still works."""

    alias: str
    since: str
    until: str | None
    minutes: int | None
    off: tuple[Off, ...]
    answer: Answer | None


# --- counting

_DONE = frozenset({LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED})
_DECIDED = ("ReportDue", "EvaluationTerminated")
_OUT = ("MemberRecused", "MemberReplaced", "SeatWiped", "MemberDeparted", "MemberLeft")


def decided_at(state: Evaluation) -> str | None:
    """When the last opinion on the last lot was given, or the evaluation ended without a result; None while open."""
    if any(lot.stage not in _DONE for lot in state.lots.values()):
        return None
    ends = [lot.at[step] for lot in state.lots.values() for step in _DECIDED if step in lot.at]
    return max(ends, key=moment, default=None)


def _until(state: Evaluation, member: Member) -> str | None:
    ends = [member.at[step] for step in _OUT if step in member.at]
    ends += [end for end in (decided_at(state), state.memory(WalkOuts).out.get(member.alias or "")) if end]
    since = moment(member.at["MemberCheckedIn"])
    return min((end for end in ends if moment(end) >= since), key=moment, default=None)  # of this session


def _absences(state: Evaluation, alias: str) -> Iterable[tuple[str, str, str | None]]:
    """Kind, beginning and end of every leave of a member and of every pause."""
    leaves, pauses = state.memory(Leaves), state.memory(Pauses)
    running = (leaves.away[alias],) if alias in leaves.away else ()
    for leave in (*(one for one in leaves.past if one.alias == alias), *running):
        yield leave.kind.value, leave.at, leave.ended_at
    for pause in (*pauses.past, *((pauses.now,) if pauses.now else ())):
        yield pause.kind.value, pause.at, pause.resumed_at


def _off(state: Evaluation, member: Member, since: str, until: str) -> tuple[Off, ...]:
    """What is not counted between two moments, in the order of time."""
    found = []
    for kind, begun, ended in _absences(state, member.alias or ""):
        first, last = max(begun, since, key=moment), min(ended or until, until, key=moment)
        if kind in state.ruleset.procedure.off_duty and moment(first) < moment(last):
            found.append(Off(kind, first, last))
    return tuple(sorted(found, key=lambda off: moment(off.since)))


def _counted(since: str, until: str, off: tuple[Off, ...]) -> timedelta:
    """The span without what is off; overlapping parts are taken away once."""
    left, covered = moment(until) - moment(since), moment(since)
    for part in off:
        first: datetime = max(moment(part.since), covered)
        covered = max(covered, moment(part.until))
        left -= max(covered - first, timedelta())
    return left


def row(state: Evaluation, member: Member) -> Row | None:
    """The line of one member; None for someone who has no seat."""
    since = member.at.get("MemberCheckedIn")
    if member.alias is None or since is None or member.slot is None:
        return None
    until = _until(state, member)
    answer = state.memory(Duty).answers.get(member.alias)
    if until is None:
        return Row(member.alias, since, None, None, (), answer)
    off = _off(state, member, since, until)
    minutes = whole_minutes(_counted(since, until, off))
    return Row(member.alias, since, until, minutes, off, answer)


def time_slip(state: Evaluation) -> tuple[Row, ...]:
    """The slip of all members who have a seat, by alias."""
    members = sorted(state.members.values(), key=lambda m: (len(m.alias or ""), m.alias or ""))
    return tuple(found for member in members if (found := row(state, member)) is not None)


def session_ended(state: Evaluation) -> Evaluation:
    """The state in which the slip of the session that is over is kept as it stands: the next one is counted apart."""
    memory = state.memory(Duty)
    return state.remembering(replace(memory, answers={}, before=(*memory.before, time_slip(state))))


# --- answering

_ANSWERING = (MemberStage.PLEDGED, MemberStage.RECUSED, MemberStage.REPLACED)


def _own(state: Evaluation, minutes: int, actor: Actor) -> Row:
    found = row(state, guards.acting(state, actor, *_ANSWERING))
    if found is None or found.minutes is None:
        raise Refused("minutes_open", actor.alias or "")
    if found.minutes != minutes:
        raise Refused("minutes_differ", "$.minutes", minutes=str(found.minutes))
    return found


def confirm(state: Evaluation, command: ConfirmMinutes, actor: Actor, at: str) -> list[Event]:
    """Once; also after an objection that was talked over."""
    found = _own(state, command.minutes, actor)
    if found.answer is not None and (found.answer.minutes, found.answer.reason) == (command.minutes, None):
        raise Refused("already_answered", found.alias)
    return [MinutesConfirmed(found.alias, command.minutes)]


def object_to(state: Evaluation, command: ObjectToMinutes, actor: Actor, at: str) -> list[Event]:
    """Once for the same minutes."""
    found = _own(state, command.minutes, actor)
    guards.text(command.reason, "$.reason")
    if found.answer is not None and found.answer.minutes == command.minutes:
        raise Refused("already_answered", found.alias)
    return [MinutesObjected(found.alias, command.minutes, command.reason)]


def _confirmed(state: Evaluation, event: MinutesConfirmed, actor: Actor, at: str) -> Evaluation:
    return _answered(state, event.alias, Answer(event.minutes, None, at))


def _objected(state: Evaluation, event: MinutesObjected, actor: Actor, at: str) -> Evaluation:
    state = _answered(state, event.alias, Answer(event.minutes, event.reason, at))
    memory = state.memory(Duty)
    line = Line(at, "评审时长", f"{event.alias}对 {event.minutes} 分钟有异议：{event.reason}")
    return state.remembering(replace(memory, lines=(*memory.lines, line)))


def _answered(state: Evaluation, alias: str, answer: Answer) -> Evaluation:
    memory = state.memory(Duty)
    return state.remembering(replace(memory, answers=memory.answers | {alias: answer}))


# --- what is offered and seen


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """The own slip, once the minutes are certain."""
    member = may.own(state, viewer)
    if member is None or member.stage not in _ANSWERING:
        return []
    found = row(state, member)
    if found is None or found.minutes is None:
        return []
    data, open_ = {"minutes": found.minutes}, found.answer is None or found.answer.minutes != found.minutes
    said = Words(_sentence(found), f"{found.minutes} minutes on duty.")
    made = []
    if open_ or (found.answer is not None and found.answer.reason is not None):
        made.append(Act("ConfirmMinutes", Words("确认评审时长", "Confirm the time on duty"), said, (), data))
    if open_:
        reason = Field("reason", Words("异议及理由", "What is wrong, and why"))
        made.append(Act("ObjectToMinutes", Words("对时长有异议", "Object to the minutes"), said, (reason,), data))
    return made


def _sentence(found: Row) -> str:
    off = "、".join(f"{_kind_words(o.kind)} {clock(o.since)}—{clock(o.until)}" for o in found.off)
    span = f"{clock(found.since)}—{clock(found.until or found.since)}"
    return f"您的评审时长 {found.minutes} 分钟（{span}{'，不计' + off if off else ''}）。是否签署报告与此无关。"


def _kind_words(kind: str) -> str:
    words = {one.value: said for one, said in LEAVE_WORDS.items()} | {one.value: s for one, s in PAUSE_WORDS.items()}
    return words[kind].zh


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """The own line to a member; all lines to those who watch over the room, to those who pay once all is decided."""
    if viewer.role in may.STAFF or (viewer.role in OFFICE and decided_at(state) is not None):
        rows, before = time_slip(state), state.memory(Duty).before
        seen: dict[str, Any] = {"rows": [codec.to_json(one) for one in rows]} if rows else {}
        return seen | ({"before": codec.to_json(before)} if before else {})
    member = may.own(state, viewer)
    mine = row(state, member) if member is not None else None
    if mine is None:
        return {}
    found: dict[str, Any] = {"rows": [codec.to_json(mine)]}
    if mine.minutes is not None and mine.answer is None:
        text = Words(
            f"您的评审时长 {mine.minutes} 分钟，请在“办理事项”中确认", f"{mine.minutes} minutes on duty: confirm."
        )
        found["notices"] = [codec.to_json(Notice(text))]
    return found


def report(state: Evaluation, lot: str) -> list[Line]:
    """Objections; and the minutes in one line, where something was not counted."""
    settled, rows = decided_at(state), time_slip(state)
    if settled is None or not any(one.off for one in rows):
        return list(state.memory(Duty).lines)
    said = "、".join(f"{one.alias} {one.minutes} 分钟" for one in rows)
    return [Line(settled, "评审时长", f"扣除不计入的离席、暂停后：{said}。"), *state.memory(Duty).lines]


_SAID = by_role(staff=Told.WHOLE, office=Told.HAPPENED, own=Told.WHOLE)

DUTY = Matter(
    name="duty",
    decisions={ConfirmMinutes: confirm, ObjectToMinutes: object_to},
    permits={ConfirmMinutes: frozenset({Party.MEMBER}), ObjectToMinutes: frozenset({Party.MEMBER})},
    starts={MinutesConfirmed: ConfirmMinutes, MinutesObjected: ObjectToMinutes},
    folds={MinutesConfirmed: _confirmed, MinutesObjected: _objected},
    told={MinutesConfirmed: _SAID, MinutesObjected: _SAID},
    entries={
        MinutesConfirmed: Words("{alias}确认评审时长 {minutes} 分钟", "{alias} confirmed {minutes} minutes on duty"),
        MinutesObjected: Words("{alias}对评审时长有异议：{reason}", "{alias} objects to the minutes: {reason}"),
    },
    acts=acts,
    view=view,
    report=report,
)
