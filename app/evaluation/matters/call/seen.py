"""Who sees what of calls, and what the report says of them."""

from __future__ import annotations

from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.codec import to_json
from app.evaluation.matter import Line, Notice, Words
from app.evaluation.matters.call.decisions import (
    TALKERS,
    announcement,
    linked,
    obstacle,
    parties,
    party_of,
    rings,
)
from app.evaluation.matters.call.records import BROADCAST, COMMITTEE, HELP, Announcement, Calls, Talk
from app.evaluation.model import Evaluation
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.stages import AT_THE_SEAT
from app.evaluation.telling import Told
from app.rules.calling import call_mask_to_json
from app.rules.model import Party

LAST = 3
"""So many of the lines that were written in a call are shown."""


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To a member the own calls, with whom, and whether the committee's is open; to staff who is in which.

    For whoever of the staff may talk with a seat `mine` are the calls of the viewer's own machine: another console may
    hold others.
    """
    memory, party = state.memory(Calls), party_of(viewer)
    told: dict[str, Any] = {}
    if may.sits(state, viewer):
        found = obstacle(state, COMMITTEE, party)
        mask = call_mask_to_json(state.ruleset.procedure.call_mask)
        told["committee"] = {"open": found is None, "obstacle": found, "mask": mask, **mine(state, COMMITTEE, party)}
        told["word"], told["asked"] = memory.word, list(memory.asked)
    own = may.own(state, viewer)
    if own is not None:
        call = HELP + party
        answer = state.help_answers.get(party)
        told["help"] = {"rings": rings(state, call, party), **_help(state, call, party)}
        told["help"]["answer"] = to_json(answer) if answer is not None and answer.text else None
        if own.stage in AT_THE_SEAT:
            told |= _announced(state, party)
    if viewer.role in TALKERS:
        held = (call for call, there in memory.inside.items() if there.get(party) == (viewer.device or ""))
        told["mine"] = [_help(state, call, party) for call in sorted(held)]
    if viewer.role in may.STAFF:
        told["inside"] = {call: sorted(there) for call, there in memory.inside.items()}
        told["since"] = {talk.call: talk.at for talk in reversed(memory.talks) if talk.ended_at is None}
        told["held"], told["offered"] = sorted(memory.held), dict(memory.offered)
        told["takers"] = [one.value for one in (Party.CENTRE, *state.ruleset.procedure.help_by)]
        told |= _announced(state, party)
    return told


def mine(state: Evaluation, call: str, party: str) -> dict[str, Any]:
    """Who is in a call, and with which of them this party's engine makes the offer: with those behind it by name."""
    peers = [{"party": other, "offers": party < other} for other in linked(state, call, party)]
    return {"call": call, "inside": party in parties(state, call), "party": party, "peers": peers}


def _help(state: Evaluation, call: str, party: str) -> dict[str, Any]:
    """A call of a seat as one of its two sides sees it, with what was written last."""
    said = [to_json(one) for one in state.memory(Calls).written.get(call, ())[-LAST:]]
    return {"held": _held(state, call), "written": said, **mine(state, call, party)}


def _held(state: Evaluation, call: str) -> str:
    """Whether a call waits: `held`, the role that it waits for, or empty."""
    memory = state.memory(Calls)
    return memory.offered.get(call, "held") if call in memory.held else ""


def _announced(state: Evaluation, party: str) -> dict[str, Any]:
    """What the centre tells every seat, above every page of seats and of those who watch over them."""
    found = announcement(state)
    if found is None:
        return {}
    text = found.text.rstrip("。.")  # what stands says since when behind it
    words = Words(f"中心广播：{text}", f"The centre: {text}")
    if not found.text:
        words = Words("中心正在广播", "The centre speaks to everybody")
    told: dict[str, Any] = {"broadcast": {"at": found.at, "spoken": found.spoken, **mine(state, BROADCAST, party)}}
    return told | {"notices": [to_json(Notice(words, found.at, urgent=True))]}


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line a stay in a call and one a broadcast: they concern every lot."""
    memory = state.memory(Calls)
    stays = [_line(stay) for stay in memory.talks if stay.call != BROADCAST]
    heard = {talk.party for talk in memory.talks if talk.call == BROADCAST}
    return stays + [_told_line(one, len(heard)) for one in memory.announced]


_WHO = {
    Party.CENTRE.value: "中心",
    Party.WITNESS.value: "见证人",
    Party.REGULATOR.value: "监督人员",
    Party.AGENCY.value: "代理机构",
    Party.TENDEREE.value: "招标人（采购人）",
}


def _line(stay: Talk) -> Line:
    what = "会商" if stay.call == COMMITTEE else "语音呼叫"
    who = _WHO.get(stay.party, stay.party)
    if stay.ended_at is None:
        return Line(stay.at, what, f"{who}加入，至记录时未离开。")
    minutes = whole_minutes(moment(stay.ended_at) - moment(stay.at))
    why = {"closed": "，因进入独立评审等由系统关闭", "handed": "，转由他人接续"}.get(str(stay.why), "")
    return Line(stay.at, what, f"{who}加入，{clock(stay.ended_at)} 离开，历时 {minutes} 分钟{why}。")


def _told_line(told: Announcement, heard: int) -> Line:
    how = f"语音广播，本次评审共 {heard} 个席位接收过语音" if told.spoken else "文字广播"
    text = f"：{told.text}" if told.text else ""
    until = f"，{clock(told.ended_at)} 结束" if told.ended_at is not None else ""
    return Line(told.at, "中心广播", f"{how}{until}{text}。")


def told(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """Of the committee's call to those who sit and to staff; of a help call to staff and the one seat; of who hears a
    broadcast to staff alone."""
    if viewer.role in may.STAFF:
        return Told.WHOLE
    call = getattr(event, "call", COMMITTEE)
    if call == COMMITTEE:
        return Told.WHOLE if may.sits(state, viewer) else Told.NOTHING
    own = may.own(state, viewer)
    return Told.WHOLE if own is not None and call == f"{HELP}{own.alias}" else Told.NOTHING


def told_at_seats(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """To staff, and to everyone who has a seat."""
    own = may.own(state, viewer)
    return Told.WHOLE if viewer.role in may.STAFF or (own is not None and own.stage in AT_THE_SEAT) else Told.NOTHING
