"""What is seen of a seat that is watched or locked, and what the report says of the locks."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Line, Words
from app.evaluation.matters.presence.decisions import is_watched, lock_of, locks
from app.evaluation.matters.presence.records import Lock, LockEnd, LockKind, Locks
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.steps import Step

KINDS = {
    LockKind.ABSENT: Words("席位无人", "nobody at the seat"),
    LockKind.SECOND_FACE: Words("席位前不止一人", "more than one person at the seat"),
    LockKind.OTHER_FACE: Words("席位前的面部与成员不符", "another face at the seat"),
    LockKind.COVERED: Words("摄像头被遮挡或画面不动", "the camera is covered or frozen"),
    LockKind.CAMERA_LOST: Words("摄像头没有画面", "the camera gives no picture"),
    LockKind.RESTARTED: Words("席位机重新启动", "the seat's program was started anew"),
    LockKind.MOVED: Words("换至本席位，待本人刷脸", "moved to this seat, the face is not shown yet"),
}


def step(state: Evaluation, member: Member) -> Step | None:
    """First of all show the face."""
    return None if lock_of(state, member.alias) is None else Step("unlock", None, act=True)


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """All locks to those who watch over the room; to the member the own, or after how long the seat would lock."""
    if viewer.role in may.STAFF:
        found = [_told(state, one) for one in locks(state)]
        return {"locked": found} if found else {}
    member = may.own(state, viewer)
    if member is None:
        return {}
    own = lock_of(state, member.alias)
    if own is not None:
        return {"locked": [_told(state, own)]}
    return {"timeout_s": state.ruleset.seat_timeout_s} if is_watched(state, member) else {}


def _told(state: Evaluation, one: Lock) -> dict[str, Any]:
    member = state.by_alias(one.alias)
    told: dict[str, Any] = codec.to_json(one)
    return told | {"seat": member.seat if member else None}


# --- the report

_MEANS = {
    LockEnd.FACE: "刷脸解锁",
    LockEnd.TWO_PERSON: "经两人核验解锁",
    LockEnd.LEAVE: "转为离席",
    LockEnd.PAUSE: "因评审暂停终止",
}


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line for each member whose seat was locked: how often, when, why, how it was opened. Facts only; they
    concern every lot."""
    memory = state.memory(Locks)
    found = sorted((*memory.past, *memory.now.values()), key=lambda one: moment(one.at))
    aliases = dict.fromkeys(one.alias for one in found)
    return [_line([one for one in found if one.alias == alias]) for alias in aliases]


def _line(found: list[Lock]) -> Line:
    first, said = found[0], "；".join(_span(one) for one in found)
    return Line(first.at, "席位锁定", f"{first.alias}席位锁定 {len(found)} 次：{said}。")


def _span(one: Lock) -> str:
    why = f"{clock(one.at)} {KINDS[one.kind].zh}" + (f"（持续 {one.seconds} 秒）" if one.seconds else "")
    if one.ended_at is None or one.means is None:
        return f"{why}，至记录时未解锁"
    lasted = whole_minutes(moment(one.ended_at) - moment(one.at))
    return f"{why}，{clock(one.ended_at)} {_MEANS[one.means]}，锁定 {lasted} 分钟"
