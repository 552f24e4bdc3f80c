"""What a leave offers to whom, what is seen of it, and what the report says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Notice, Option, Words
from app.evaluation.matters.leave.decisions import at_seats, away, due, on_leave
from app.evaluation.matters.leave.records import Leave, LeaveKind, Leaves
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.stages import AT_WORK
from app.evaluation.steps import Step
from app.rules.model import Party

KINDS = {
    LeaveKind.WASHROOM: Words("如厕", "washroom"),
    LeaveKind.MEAL: Words("就餐", "meal"),
    LeaveKind.OTHER: Words("其他", "other"),
}
ANSWERERS = frozenset({Party.CENTRE, Party.WITNESS})

_REASON = Field("reason", Words("理由", "Reason"))


def step(state: Evaluation, member: Member) -> Step | None:
    """First of all come back."""
    return None if on_leave(state, member.alias) is None else Step("return", None, act=True)


# --- acts


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """The member asks, the staff answers, the centre sends everybody to eat."""
    if all(m.alias in state.locked for m in at_seats(state)):  # nobody is there, or the evaluation is paused
        return []
    if viewer.role is Party.MEMBER:
        member = may.own(state, viewer)
        return [] if member is None else _of_member(state, member)
    found = _answers(state) if viewer.role in ANSWERERS else []
    if viewer.role is Party.CENTRE:
        limit = state.ruleset.procedure.meal_min
        title = Words("全体就餐", "A meal for all")
        help_ = Words(
            f"在席成员全部离席就餐，席位锁定；须在 {limit} 分钟内返回，各自刷脸解锁。",
            f"All seats are locked; everybody is back within {limit} minutes and unlocks the own seat by face.",
        )
        found.append(Act("CallMeal", title, help_))
    return found


def _of_member(state: Evaluation, member: Member) -> list[Act]:
    if member.stage not in AT_WORK or member.alias in state.locked:
        return []
    if member.alias in state.memory(Leaves).asked:
        title = Words("撤回离席申请", "Take the request back")
        help_ = Words("您已申请离席，工作人员正在处理；不需要离席的可以撤回。", "Staff are on it.")
        return [Act("WithdrawLeave", title, help_)]
    rule = state.ruleset.procedure
    kind = Field(
        "kind",
        Words("事由", "What for"),
        FieldKind.CHOICE,
        tuple(Option(one.value, words) for one, words in KINDS.items()),
    )
    reason = Field("reason", Words("说明（选“其他”的必填）", "Why (needed for “other”)"), FieldKind.LINE, needed=False)
    help_ = Words(
        f"如厕登记后即可离席，{rule.leave_min} 分钟内返回；就餐（{rule.meal_min} 分钟）和其他事由须等工作人员同意。"
        "离席期间席位锁定，回来刷脸解锁。",
        f"For the washroom just go, {rule.leave_min} minutes; a meal ({rule.meal_min} minutes) and anything else need "
        "the staff's yes. The seat is locked until it knows your face again.",
    )
    return [Act("AskLeave", Words("申请离席", "Leave the seat for a while"), help_, (kind, reason))]


def _answers(state: Evaluation) -> list[Act]:
    found = []
    for asked in state.memory(Leaves).asked.values():
        member = state.by_alias(asked.alias)
        if member is None or member.stage not in AT_WORK:
            continue
        word, data = KINDS[asked.kind], {"alias": asked.alias}
        said = f"：{asked.reason}" if asked.reason else ""
        help_ = Words(f"{asked.alias}申请离席（{word.zh}）{said}。", f"{asked.alias}: {word.en}. {asked.reason}")
        yes = Words(f"同意{asked.alias}离席", f"Let {asked.alias} go")
        no = Words(f"暂不同意{asked.alias}离席", f"Not now, {asked.alias}")
        found.append(Act("GrantLeave", yes, help_, (), data, urgent=True))
        found.append(Act("DenyLeave", no, help_, (_REASON,), data))
    return found


# --- the view


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """All of it to those who watch over the room, the own leave to the member; to nobody else anything."""
    if viewer.role in may.STAFF:
        running = away(state)
        if not running and not state.memory(Leaves).asked:
            return {}
        return {
            "asked": [codec.to_json(one) for one in state.memory(Leaves).asked.values()],
            "away": [codec.to_json(one) | {"due": due(state, one)} for one in running],
            "notices": [codec.to_json(_notice(state, one, who=True)) for one in running],
        }
    member = may.own(state, viewer)
    leave = on_leave(state, member.alias) if member else None
    if leave is None:
        return {}
    mine = codec.to_json(leave) | {"due": due(state, leave)}
    return {"away": [mine], "notices": [codec.to_json(_notice(state, leave, who=False))]}


def _notice(state: Evaluation, leave: Leave, *, who: bool) -> Notice:
    until, word = due(state, leave), KINDS[leave.kind]
    name = (f"{leave.alias} ", f"{leave.alias}: ") if who else ("您", "You: ")
    text = Words(
        f"{name[0]}离席中（{word.zh}），应于 {clock(until)} 前返回",
        f"{name[1]}away ({word.en}) until {clock(until)}",
    )
    return Notice(text, leave.at, until, urgent=not who)


# --- the report


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line for each leave: they concern every lot."""
    memory = state.memory(Leaves)
    return [_line(state, leave) for leave in (*memory.past, *memory.away.values())]


_MEANS = {"face": "刷脸核验返回", "two_person": "经两人核验返回", "pause": "因评审暂停终止"}


def _line(state: Evaluation, leave: Leave) -> Line:
    why = f"；{leave.reason}" if leave.reason else ""
    begun = f"{leave.alias}离席（{KINDS[leave.kind].zh}{why}）"
    if leave.ended_at is None or leave.means is None:
        return Line(leave.at, "离席", f"{begun}，至记录时未返回。")
    lasted = whole_minutes(moment(leave.ended_at) - moment(leave.at))
    over = whole_minutes(max(moment(leave.ended_at) - moment(due(state, leave)), timedelta()))
    late = f"，超过时限 {over} 分钟" if over else ""
    return Line(leave.at, "离席", f"{begun}，{clock(leave.ended_at)} {_MEANS[leave.means]}，历时 {lasted} 分钟{late}。")
