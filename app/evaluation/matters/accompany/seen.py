"""What people are offered and shown beside a platform, and what the report says of it."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, Line, Notice, Words
from app.evaluation.matters.accompany.decisions import endings
from app.evaluation.matters.accompany.records import Checked, OfLot, of_lot
from app.evaluation.model import Evaluation, LotState
from app.evaluation.stages import LotStage
from app.evaluation.telling import OFFICE, Told, by_role
from app.rules.model import Party

_SHOWN = (
    *(LotStage.ACCOMPANYING, LotStage.CONFIRMING, LotStage.REPORTING),
    *(LotStage.REPORTED, LotStage.CLOSED),
)
"""Stages in which a check is of what stands; in others it is of what is done again."""


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """The chair's alone; who sends an export does so by the export itself."""
    if viewer.role is not Party.MEMBER or viewer.alias is None or viewer.alias != state.chair:
        return []
    return [act for lot in state.lots.values() for act in _of_chair(state, lot)] if may.sits(state, viewer) else []


def _of_chair(state: Evaluation, lot: LotState) -> list[Act]:
    found = of_lot(state, lot.lot.id)
    if found.current is None or lot.failed is not None:
        return []
    made: list[Act] = []
    if lot.stage is LotStage.ACCOMPANYING and found.asked is None:
        made += [_noting(state, lot, found.current, failed) for failed in endings(state, found.current.count("live"))]
    if lot.stage in (LotStage.ACCOMPANYING, LotStage.CONFIRMING):
        help_ = Words(
            "写明要更正什么、为什么；平台更正并重新导出后，这里再核验一次。已确认的结果须重新确认。",
            "Say what is to be put right and why; the new export is checked again, and everyone confirms anew.",
        )
        reason = Field("reason", Words("要更正的内容和理由", "What, and why"))
        title = Words("要求平台更正", "Have the platform's figures put right")
        made.append(Act("AskPlatformCorrection", title, help_, (reason,), {"lot": lot.lot.id}))
    return made


def _noting(state: Evaluation, lot: LotState, current: Checked, failed: bool) -> Act:
    faults, word = current.count("faults"), state.ruleset.words
    needed = failed or faults > 0
    note = Field("note", Words(f"{word['committee']}的说明", "What the committee says"), needed=needed)
    data = {"lot": lot.lot.id, "failed": failed}
    if failed:
        title = Words(f"有效投标不足：{word['too_few']}", "Too few bids: without result")
        help_ = Words("平台数据显示有效投标不足法定家数。写明情况，随后全体签署。", "Too few bids are left there.")
    else:
        title = Words("记录对平台数据核验的说明", "Note what the committee says to the check")
        told = f"核验有差错 {faults} 项：逐项写明为何无误或如何处理。" if faults else "核验无差错，可不写说明。"
        help_ = Words(f"{told}提交后请全体成员确认。", f"{faults} faults: explain each; then everyone confirms.")
    data |= {} if needed else {"note": ""}
    return Act("NotePlatform", title, help_, (note,), data, urgent=True, grave=failed)


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Counts to everyone who may know the project; what was found to the committee, witness and regulator."""
    if not may.knows_project(state, viewer):
        return {}
    whole = viewer.role in (Party.WITNESS, Party.REGULATOR) or may.works(state, viewer)
    lots = {
        key: _seen(found, whole)
        for key, lot in state.lots.items()
        if lot.stage in _SHOWN and (found := of_lot(state, key)).lines
    }
    if not lots:
        return {}
    notices = [codec.to_json(_notice(state, lot)) for lot in state.lots.values() if lot.stage is LotStage.ACCOMPANYING]
    return {"lots": lots} | ({"notices": notices} if notices else {})


def _seen(found: OfLot, whole: bool) -> dict[str, Any]:
    now = found.current
    if now is None:
        return {"checks": len(found.checks), "current": None, "asked": found.asked, "note": None, "found": None}
    told = {"at": now.at, "by": now.by.role.value, "sha256": now.check.sha256, "bytes": now.check.bytes}
    counts = {key: now.count(key) for key in ("faults", "hints")}
    return {
        "checks": len(found.checks),
        "current": told | counts,
        "asked": found.asked,
        "note": found.note if whole else None,
        "found": dict(now.check.answer) if whole else None,
    }


def _notice(state: Evaluation, lot: LotState) -> Notice:
    found, word = of_lot(state, lot.lot.id), state.ruleset.words
    about = f"{word['lot']} {lot.lot.id}：" if len(state.lots) > 1 else ""
    if found.asked is not None:
        return Notice(Words(f"{about}已要求平台更正，等待新导出的数据。", f"{about}A correction is awaited."))
    if found.current is None:
        what = word["marking" if state.ruleset.procedure.carries_review else "evaluation"]
        zh = f"{about}{what}在平台进行；结束后由代理机构或中心把平台导出的数据送来核验。"
        return Notice(Words(zh, f"{about}It goes on upon the platform; its export is checked here afterwards."))
    zh = f"{about}平台数据已核验：差错 {found.current.count('faults')} 项，提示 {found.current.count('hints')} 项。"
    return Notice(Words(zh, f"{about}The platform's figures are checked; the chair notes what is said to it."))


def report(state: Evaluation, lot: str) -> list[Line]:
    """The course of the checks."""
    return list(of_lot(state, lot).lines)


def finding(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """What tells of marks and ranks: the whole to committee, witness and regulator, to the others that it happened."""
    if viewer.role in OFFICE or viewer.role is Party.CENTRE:
        return Told.HAPPENED
    return by_role(staff=Told.WHOLE, sitting=Told.WHOLE)(state, event, viewer)


everyone = by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE)
"""What a correction is asked for, those who make it on the platform have to know."""
