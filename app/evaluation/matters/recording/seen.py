"""What staff see of recordings, what they may ask of each other, what the report says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.codec import to_json
from app.evaluation.matter import Act, Field, Line, Notice, Words
from app.evaluation.matters.recording.decisions import may_look, sealed
from app.evaluation.matters.recording.records import (
    FAILURES,
    Kept,
    Recordings,
    RecordingState,
    RecordingTold,
    is_camera,
)
from app.evaluation.model import Evaluation
from app.evaluation.moments import moment

_SAID = {
    RecordingState.LOW: Words(
        "{party}的录音录像磁盘只够 {hours} 小时，请清理磁盘或更换本机",
        "The disk of {party}'s recording lasts {hours} more hours: make room on it, or change the machine",
    ),
    RecordingState.DISK: Words(
        "{party}的录音录像已中断：磁盘已满或不能写入，请立即处理",
        "{party}'s recording has stopped: its disk is full or cannot be written; see to it at once",
    ),
    RecordingState.BROKEN: Words(
        "{party}的录音录像已中断：已存的清单被改动过，请更换本机并保留其磁盘",
        "{party}'s recording has stopped: its list was changed; change the machine, and keep its disk",
    ),
}


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To staff every recording, which may be looked at, and which of them are in trouble; to nobody else anything."""
    if viewer.role not in may.STAFF:
        return {}
    memory = state.memory(Recordings)
    kept = [to_json(one) for one in memory.kept.values()]
    told: dict[str, Any] = {"kept": kept} if kept else {}
    open_now = sorted({party for party, _ in memory.kept if may_look(state, viewer, party)})
    if open_now:
        told["open"] = open_now
    notices = [] if state.closed else [_notice(one) for one in memory.states.values() if one.state in _SAID]
    if notices:
        told["notices"] = [to_json(notice) for notice in notices]
    return told


def _notice(told: RecordingTold) -> Notice:
    said, hours = _SAID[told.state], str(told.hours_left)
    text = Words(said.zh.format(party=told.party, hours=hours), said.en.format(party=told.party, hours=hours))
    return Notice(text, urgent=True)


_REASON = Field("reason", Words("理由", "Reason"))


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """What one of staff may ask for, and what another may answer."""
    if viewer.role not in may.STAFF or sealed(state):
        return []
    memory = state.memory(Recordings)
    made = []
    for party in dict.fromkeys(party for party, _ in memory.kept):
        first = memory.asked.get(party)
        if first is None and party not in memory.opened:
            made.append(_ask_act(party))
        elif first is not None and first != viewer.role.value:
            made += _answer_acts(party)
    return made


def _ask_act(party: str) -> Act:
    return Act(
        "AskRecording",
        Words(f"申请调阅{party}的录音录像", f"Ask for {party}'s recording to be opened"),
        Words(
            "须由另一角色的人员同意；独立评审期间不能调阅", "Another role has to agree; never while members work alone"
        ),
        (_REASON,),
        {"party": party},
    )


def _answer_acts(party: str) -> list[Act]:
    return [
        Act(
            "OpenRecording",
            Words(f"同意调阅{party}的录音录像", f"Agree to open {party}'s recording"),
            Words("同意后见证、监督和管理人员可以调阅，每次调阅都会留痕", "Staff may then look; each look is an entry"),
            (_REASON,),
            {"party": party},
            urgent=True,
        ),
        Act(
            "RefuseRecording",
            Words(f"不同意调阅{party}的录音录像", f"Do not open {party}'s recording"),
            Words("录音录像仍然封存", "The recording stays sealed"),
            (_REASON,),
            {"party": party},
        ),
    ]


_PLACE = ("席位", "（场地摄像机）")


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line a machine, and what became of each wish to look: they concern every lot."""
    memory = state.memory(Recordings)
    return [*(_line(one) for one in memory.kept.values()), *memory.lines]


def _line(kept: Kept) -> Line:
    failed = [moment(gap.end) - moment(gap.start) for gap in kept.gaps if gap.why in FAILURES]
    seconds = -(-sum(failed, timedelta()) // timedelta(seconds=1))  # a part of a second counts as one
    gaps = f"中断 {len(failed)} 处，共 {seconds} 秒" if failed else "无中断"
    whose = f"{kept.party}{_PLACE[is_camera(kept.party)]}"
    text = f"{whose}的录音录像共 {kept.seq} 段，{gaps}；末段清单摘要 {kept.sha256[:16]}。"
    return Line(kept.at, "录音录像", text)
