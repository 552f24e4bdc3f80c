"""What a pause offers to whom, and what is seen of it."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Notice, Option, Words
from app.evaluation.matters.pause.decisions import STOPPED, awaited, current, limit, over
from app.evaluation.matters.pause.records import Pause, PauseKind, Pauses
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import clock
from app.evaluation.steps import Step
from app.rules.model import Party

STOPPERS = frozenset({Party.CENTRE, Party.WITNESS})
KINDS = {
    PauseKind.FAULT: Words("系统故障", "fault"),
    PauseKind.NIGHT: Words("隔夜", "for the night"),
    PauseKind.ORDER: Words("依指令", "by order"),
}
_REASON = Field("reason", Words("原因", "Why"))


def step(state: Evaluation, member: Member) -> Step | None:
    """Wait, until the own face is asked for."""
    pause = current(state)
    if pause is None or member.stage not in STOPPED:
        return None
    due = pause.called_at is not None and member in awaited(state)
    return Step("verify_presence", None, act=True) if due else Step("wait_pause", None, act=False)


# --- acts


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Stop, and what leads on from there."""
    pause = current(state)
    if pause is None:
        return _stopping() if viewer.role in STOPPERS and not over(state) else []
    if viewer.role is Party.TENDEREE:
        return _deciding(state, pause)
    found = [_call(pause)] if viewer.role in STOPPERS else []
    ready = not awaited(state) and pause.go_on is not False
    if viewer.role is Party.CENTRE and ready:
        found.insert(0, _resume(pause))
    return found


def _stopping() -> list[Act]:
    kinds = (PauseKind.FAULT, PauseKind.ORDER)
    kind = Field("kind", Words("事由", "Kind"), FieldKind.CHOICE, tuple(Option(k.value, KINDS[k]) for k in kinds))
    help_ = Words(
        "所有席位立即锁定，任何人不能再提交；已填写的内容自动保存。恢复前全体成员须重新核验身份。",
        "Every seat is locked at once; what was typed is kept. Before it goes on everybody shows the own face again.",
    )
    night = Words(
        "所有席位锁定，留痕以默克尔根封存并显示在各席位；次日核对根一致、全体成员重新核验后才能恢复。",
        "Every seat is locked and the journal's root is shown at all of them; in the morning it must be the same.",
    )
    return [
        Act("PauseEvaluation", Words("暂停评审", "Pause"), help_, (kind, _REASON), grave=True),
        Act("SealNight", Words("隔夜封存", "Seal for the night"), night, (_REASON,), grave=True),
    ]


def _call(pause: Pause) -> Act:
    again = pause.called_at is not None
    title = Words("重新召集核验", "Call everybody again") if again else Words("召集核验", "Call everybody")
    help_ = Words(
        "请全体成员回到席位刷脸；全部核验后才能恢复。" + ("已核验的须再核验一次。" if again else ""),
        "Every member shows the own face at the seat; only then can it go on.",
    )
    return Act("CallPresence", title, help_, urgent=not again)


def _resume(pause: Pause) -> Act:
    note = Field("note", Words("处理情况", "What was done"))
    proof = "系统同时核对封存时的默克尔根。" if pause.root else ""
    help_ = Words(f"全体成员已核验，席位解锁，从暂停处继续。{proof}", "Everybody is here; it goes on where it stopped.")
    return Act("ResumeEvaluation", Words("恢复评审", "Go on"), help_, (note,), urgent=True)


def _deciding(state: Evaluation, pause: Pause) -> list[Act]:
    until = limit(state, pause)
    if until is None or not pause.before_start or pause.go_on is not None:
        return []
    go_on = Field("go_on", Words("继续进行（否为延期）", "Go on (no = postpone)"), FieldKind.FLAG)
    help_ = Words(
        f"开始前的故障到 {clock(until)} 仍未恢复的，由您决定继续还是延期；延期的，封存资料并另行组织。",
        f"If the fault lasts beyond {clock(until)}, you decide whether to go on or to postpone.",
    )
    title = Words("故障超时：决定是否继续", "The fault lasts: decide")
    return [Act("DecideOnFault", title, help_, (go_on, _REASON), urgent=True, grave=True)]


# --- the view


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """That it is paused, to everyone at a seat or console; why, to who may know of the project; who is still missing,
    to those who watch over the room."""
    pause = current(state)
    if pause is None or (viewer.role is Party.MEMBER and may.own(state, viewer) is None):
        return {}
    until = limit(state, pause)
    open_ = may.knows_project(state, viewer)
    found: dict[str, Any] = {
        "kind": pause.kind.value,
        "since": pause.at,
        "limit": until,
        "called_at": pause.called_at,
        "reason": pause.reason if open_ else "",
        "size": pause.size,
        "root": pause.root,
        "notices": [codec.to_json(_notice(pause, until, open_))],
    }
    if viewer.role in may.STAFF:
        found |= {"missing": [m.alias for m in awaited(state)], "verified": dict(pause.verified)}
    return found


def _notice(pause: Pause, until: str | None, open_: bool) -> Notice:
    kind = KINDS[pause.kind]
    why = f"：{pause.reason}" if open_ else ""
    root = (f"；留痕 {pause.size} 条，根 {pause.root}", f"; {pause.size} entries, root {pause.root}")
    proof = root if pause.root else ("", "")
    text = Words(f"评审暂停（{kind.zh}）{why}{proof[0]}", f"Paused ({kind.en}){proof[1]}")
    return Notice(text, pause.at, until, urgent=True)


def report(state: Evaluation, lot: str) -> list[Line]:
    """The course of all pauses: they concern every lot."""
    return [Line(said.at, "暂停", said.text) for said in state.memory(Pauses).said]
