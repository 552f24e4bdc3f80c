"""Replacing a member (更换成员): what the member concluded is void but kept; the newcomer does everything anew.

条例 48: on recusal, absence without leave or illness; 87号令 49: on recusal or absence, and where nobody can be found
the evaluation stops. One asks, another role agrees. Supplementary experts arrive as everybody does; then the
committee is composed again, checked as at first, and every group result reopens: the sheets of those who stay stand.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters.replacement import decisions, folds
from app.evaluation.matters.replacement.acts import ASKERS, DECIDERS, acts, report, view
from app.evaluation.matters.replacement.records import (
    AddMembers,
    ApproveReplacement,
    AskReplacement,
    ChairVacated,
    CommitteeRecomposed,
    MemberDeparted,
    MemberReplaced,
    MembersAdded,
    RecomposeCommittee,
    RecordDeparture,
    RefuseReplacement,
    ReplacementApproved,
    ReplacementAsked,
    ReplacementRefused,
)
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_H, _W = Told.HAPPENED, Told.WHOLE
_WATCHED = by_role(staff=_W, own=_H, sitting=_H)

REPLACEMENT = Matter(
    name="replacement",
    decisions={
        AskReplacement: decisions.ask,
        ApproveReplacement: decisions.approve,
        RefuseReplacement: decisions.refuse,
        AddMembers: decisions.add,
        RecomposeCommittee: decisions.recompose,
        RecordDeparture: decisions.depart,
    },
    seconds=frozenset({ApproveReplacement}),
    permits={
        AskReplacement: ASKERS,
        ApproveReplacement: DECIDERS,
        RefuseReplacement: DECIDERS,
        AddMembers: frozenset({Party.CENTRE}),
        RecomposeCommittee: frozenset({Party.CENTRE}),
        RecordDeparture: frozenset({Party.CENTRE}),
    },
    starts={
        ReplacementAsked: AskReplacement,
        ReplacementApproved: ApproveReplacement,
        ReplacementRefused: RefuseReplacement,
        MembersAdded: AddMembers,
        CommitteeRecomposed: RecomposeCommittee,
        MemberDeparted: RecordDeparture,
    },
    folds={
        ReplacementAsked: folds.asked_folded,
        ReplacementApproved: folds.approved_folded,
        ReplacementRefused: folds.refused_folded,
        MemberReplaced: folds.replaced_folded,
        ChairVacated: folds.vacated_folded,
        MembersAdded: folds.added_folded,
        CommitteeRecomposed: folds.recomposed_folded,
        MemberDeparted: folds.departed_folded,
    },
    told={
        ReplacementAsked: by_role(staff=_W, own=_W),
        ReplacementApproved: by_role(staff=_W, own=_W),
        ReplacementRefused: by_role(staff=_W, own=_W),
        MemberReplaced: _WATCHED,
        ChairVacated: by_role(staff=_W, sitting=_W),
        MembersAdded: by_role(staff=_W),
        CommitteeRecomposed: by_role(staff=_W, office=_H, sitting=_W),
        MemberDeparted: by_role(staff=_W),
    },
    entries={
        ReplacementAsked: Words("申请更换{alias}", "Replacement of {alias} asked for"),
        ReplacementApproved: Words("同意更换{alias}", "Replacement of {alias} approved"),
        ReplacementRefused: Words("不同意更换{alias}", "Replacement of {alias} refused"),
        MemberReplaced: Words("{alias}退出，其意见无效但保留", "{alias} is out; conclusions void, kept"),
        ChairVacated: Words("{alias}为组长（负责人），须重新推选", "{alias} chaired; a chair is chosen again"),
        MembersAdded: Words("补抽成员名单已导入", "Supplementary members taken in"),
        CommitteeRecomposed: Words("评审委员会重新组成", "The committee is composed again"),
        MemberDeparted: Words("成员已离场，由工作人员登记", "A member's departure was recorded by the staff"),
    },
    gate=decisions.gate,
    acts=acts,
    view=view,
    report=report,
)
