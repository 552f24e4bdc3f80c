"""Leaving the seat for a while (离席): a member goes, the seat is locked, a face or two people open it again.

Law: the washroom is recorded at once; a meal or anything else waits for one yes of centre or witness. Limits come from
the rule set (`leave_min`, `meal_min`). A locked seat shows nothing and does nothing; that a member is away is told to
the staff and to nobody else, so that no leave says how far anyone has come.
"""

from __future__ import annotations

from app.evaluation.decisions.releasing import Releasable
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.leave import decisions, seen
from app.evaluation.matters.leave.records import (
    AskLeave,
    CallMeal,
    DenyLeave,
    GrantLeave,
    LeaveAsked,
    LeaveBegun,
    LeaveDenied,
    LeaveEnded,
    LeaveWithdrawn,
    MealCalled,
    ReturnFromLeave,
    WithdrawLeave,
)
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})
_STAFF_AND_OWN = by_role(staff=Told.WHOLE, own=Told.WHOLE)

LEAVE = Matter(
    name="leave",
    decisions={
        AskLeave: decisions.ask,
        WithdrawLeave: decisions.withdraw,
        GrantLeave: decisions.grant,
        DenyLeave: decisions.deny,
        ReturnFromLeave: decisions.come_back,
        CallMeal: decisions.call_meal,
    },
    permits={
        AskLeave: _MEMBER,
        WithdrawLeave: _MEMBER,
        GrantLeave: seen.ANSWERERS,
        DenyLeave: seen.ANSWERERS,
        ReturnFromLeave: _MEMBER,
        CallMeal: frozenset({Party.CENTRE}),
    },
    starts={
        LeaveAsked: AskLeave,
        LeaveWithdrawn: WithdrawLeave,
        LeaveBegun: GrantLeave,
        LeaveDenied: DenyLeave,
        LeaveEnded: ReturnFromLeave,
        MealCalled: CallMeal,
    },
    folds={
        LeaveAsked: decisions.asked_folded,
        LeaveWithdrawn: decisions.settled_folded,
        LeaveBegun: decisions.begun_folded,
        LeaveDenied: decisions.settled_folded,
        LeaveEnded: decisions.ended_folded,
    },
    told={
        LeaveAsked: _STAFF_AND_OWN,
        LeaveWithdrawn: _STAFF_AND_OWN,
        LeaveBegun: _STAFF_AND_OWN,
        LeaveDenied: _STAFF_AND_OWN,
        LeaveEnded: _STAFF_AND_OWN,
        MealCalled: by_role(staff=Told.WHOLE),
    },
    entries={
        LeaveAsked: Words("{alias}申请离席", "{alias} asks to leave the seat"),
        LeaveWithdrawn: Words("{alias}撤回离席申请", "{alias} took the request back"),
        LeaveBegun: Words("{alias}离席，席位锁定", "{alias} is away, the seat is locked"),
        LeaveDenied: Words("暂不同意{alias}离席：{reason}", "{alias} may not leave now: {reason}"),
        LeaveEnded: Words("{alias}离席结束，席位解锁", "{alias}'s leave is over, the seat is open again"),
        MealCalled: Words("全体就餐", "Everybody goes to eat"),
    },
    gate=decisions.gate,
    releases={
        "return": Releasable(
            Party.MEMBER,
            decisions.returnable,
            lambda member: LeaveEnded(member.alias or "", "two_person", None, None),
        )
    },
    step=seen.step,
    acts=seen.acts,
    view=seen.view,
    report=seen.report,
)
