"""What a replacement offers to whom, and what is seen of it."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.decisions import gathering
from app.evaluation.matter import Act, Field, FieldKind, Line, Option, Words
from app.evaluation.matters.replacement.decisions import may_depart, present, reporting
from app.evaluation.matters.replacement.records import Asked, Replacements
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.rules.model import Party

ASKERS = frozenset({Party.MEMBER, Party.CENTRE, Party.WITNESS, Party.REGULATOR})
DECIDERS = frozenset({Party.CENTRE, Party.WITNESS, Party.REGULATOR})

_REASON = Field("reason", Words("理由", "Reason"))


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Answers that wait first, then what may be asked for, then what the centre has to do."""
    found: list[Act] = []
    memory = state.memory(Replacements)
    if viewer.role in DECIDERS:
        for asked in memory.asked.values():
            if asked.by.role is not viewer.role:
                found += _answers(state, asked)
    if viewer.role in ASKERS and state.committee and not reporting(state):
        found += _asking(state, viewer)
    if viewer.role is Party.CENTRE:
        found += _centre(state)
    return found


def _asking(state: Evaluation, viewer: Actor) -> list[Act]:
    here = [alias for alias in state.committee if alias not in state.memory(Replacements).asked]
    grounds = state.ruleset.procedure.replacement_grounds
    ground = Field(
        "ground",
        Words("事由", "Ground"),
        FieldKind.CHOICE,
        tuple(Option(code, Words(text, text)) for code, text in grounds.items()),
    )
    if viewer.role is Party.MEMBER:
        if viewer.alias not in here:
            return []
        title = Words("我要退出（回避、健康等）", "I have to withdraw")
        help_ = Words(
            "经另一角色同意后，您的评审意见作废但保留，由补抽的专家从头评审。", "Another expert will start over."
        )
        return [Act("AskReplacement", title, help_, (ground, _REASON), {"alias": viewer.alias})]
    who = Field("alias", Words("成员", "Member"), FieldKind.CHOICE, tuple(Option(a, Words(a, a)) for a in here))
    title = Words("申请更换成员", "Ask to replace a member")
    help_ = Words("须另一角色同意；被更换成员的意见作废但保留。", "Another role has to agree.")
    return [Act("AskReplacement", title, help_, (who, ground, _REASON))] if here else []


def _answers(state: Evaluation, asked: Asked) -> list[Act]:
    ground = state.ruleset.procedure.replacement_grounds[asked.ground]
    help_ = Words(f"{ground}：{asked.reason}", asked.reason)
    data = {"alias": asked.alias}
    yes = Words(f"同意更换{asked.alias}", f"Agree to replace {asked.alias}")
    no = Words(f"不同意更换{asked.alias}", f"Refuse to replace {asked.alias}")
    refuse = Act("RefuseReplacement", no, help_, (_REASON,), data)
    return (
        [refuse] if reporting(state) else [Act("ApproveReplacement", yes, help_, (_REASON,), data, urgent=True), refuse]
    )


def _centre(state: Evaluation) -> list[Act]:
    acts: list[Act] = []
    if state.vacant and not gathering.members_missing(state) and _composes(state):
        title = Words(f"重新组成{state.ruleset.words['committee']}", "Compose the committee again")
        help_ = Words("人数和组成已合法；汇总结果重新打开，新成员从头评审。", "Group results reopen.")
        acts.append(Act("RecomposeCommittee", title, help_, urgent=True))
    for member in state.members.values():
        if may_depart(state, member):
            who = member.alias or "未领席位的成员"
            title = Words(f"登记{who}已离场", f"Record that {who} has left")
            help_ = Words("仅在本人未经闸口离开时使用；席位和储物柜由工作人员清理。", "Only if not through the door.")
            acts.append(Act("RecordDeparture", title, help_, (_REASON,), {"member": member.ref}))
    return acts


def _composes(state: Evaluation) -> bool:
    try:
        gathering.composition(state, present(state))
    except Refused:
        return False
    return True


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """That a place is vacant, to all who work or watch."""
    if not state.vacant or viewer.role in (Party.TENDEREE, Party.AGENCY):
        return {}
    centre = Words(
        "有成员被更换：请在“导入”页导入补抽名单；人数合法时也可直接重新组成。",
        "A member was replaced: import the supplementary list, or compose the committee again.",
    )
    words = (
        centre
        if viewer.role is Party.CENTRE
        else Words(
            "有成员被更换，正在补抽；您可以继续独立评审，汇总须待补齐后进行。",
            "A member is being replaced. Go on alone; the group waits until the committee is whole.",
        )
    )
    return {"vacant": True, "notices": [{"text": codec.to_json(words), "since": None, "until": None, "urgent": True}]}


def report(state: Evaluation, lot: str) -> list[Line]:
    """The course of all replacements: they concern every lot."""
    return list(state.memory(Replacements).lines)
