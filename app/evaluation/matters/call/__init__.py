"""Talking over sound and picture (会商与呼叫): who may be in which call, when it is closed, who has the word.

There are three kinds of call in an evaluation. In the committee's (`committee`) its sitting members talk about facts,
over any number of venues; the chair gives the word, any member may speak. It is closed while any lot is reviewed or
marked (独立评审: 87号令 46, 62; 条例 48), while the evaluation is paused, and for a seat that is locked. A help call
(`help/ALIAS`) joins one seat and one of the staff: the centre, or to whom it hands the call over (`help_by` of the rule
set); it may be held at any stage, since nobody else of the committee is in it, and it is told to nobody else of the
committee. Whoever of the two hangs up ends it for both; the seat may so decline it while it rings. A locked seat may
talk with the centre too. While a call is on hold the room joins no two engines in it. In a broadcast (`broadcast`) the
centre is heard at every seat, locked ones too, and no seat anywhere. Who talked with whom, from when to when, stands in
the journal and the report; what was said does not.
"""

from __future__ import annotations

from app.evaluation.actor import SYSTEM
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.call import decisions, folds, offers, seen
from app.evaluation.matters.call.decisions import TALKERS, linked, obstacle, over, parties, party_of
from app.evaluation.matters.call.records import (
    BROADCAST,
    COMMITTEE,
    HELP,
    AskWord,
    Broadcast,
    BroadcastBegun,
    BroadcastEnded,
    CallHandedOver,
    CallHeld,
    CallJoined,
    CallLeft,
    CallResumed,
    Calls,
    CallsClosed,
    CallWritten,
    CloseCalls,
    EndBroadcast,
    GiveWord,
    HandOver,
    HoldCall,
    JoinCall,
    LeaveCall,
    ResumeCall,
    WordAsked,
    WordGiven,
    WriteInCall,
)
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

__all__ = [
    "BROADCAST",
    "CALL",
    "COMMITTEE",
    "HELP",
    "AskWord",
    "Broadcast",
    "CallJoined",
    "Calls",
    "CallsClosed",
    "CloseCalls",
    "EndBroadcast",
    "GiveWord",
    "HandOver",
    "HoldCall",
    "JoinCall",
    "LeaveCall",
    "ResumeCall",
    "WriteInCall",
    "linked",
    "obstacle",
    "over",
    "parties",
    "party_of",
]

_MEMBER = frozenset({Party.MEMBER})
_CENTRE = frozenset({Party.CENTRE})
_ANYONE = TALKERS | {Party.MEMBER, Party.AGENCY, Party.TENDEREE}

CALL = Matter(
    name="call",
    decisions={
        JoinCall: decisions.join,
        LeaveCall: decisions.leave,
        CloseCalls: decisions.close,
        HoldCall: decisions.hold,
        ResumeCall: decisions.resume,
        HandOver: decisions.hand_over,
        WriteInCall: decisions.write,
        AskWord: decisions.ask_word,
        GiveWord: decisions.give_word,
        Broadcast: decisions.broadcast,
        EndBroadcast: decisions.end_broadcast,
    },
    permits={
        JoinCall: _ANYONE,
        LeaveCall: _ANYONE,
        CloseCalls: frozenset({SYSTEM.role}),
        HoldCall: TALKERS,
        ResumeCall: TALKERS,
        HandOver: TALKERS,
        WriteInCall: TALKERS | _MEMBER,
        AskWord: _MEMBER,
        GiveWord: _MEMBER,
        Broadcast: _CENTRE,
        EndBroadcast: _CENTRE,
    },
    starts={
        CallJoined: JoinCall,
        CallLeft: LeaveCall,
        CallsClosed: CloseCalls,
        CallHeld: HoldCall,
        CallResumed: ResumeCall,
        CallHandedOver: HandOver,
        CallWritten: WriteInCall,
        WordAsked: AskWord,
        WordGiven: GiveWord,
        BroadcastBegun: Broadcast,
        BroadcastEnded: EndBroadcast,
    },
    folds={
        CallJoined: folds.joined,
        CallLeft: folds.left,
        CallHeld: folds.held,
        CallResumed: folds.resumed,
        CallHandedOver: folds.handed,
        CallWritten: folds.written,
        WordAsked: folds.word_asked,
        WordGiven: folds.word_given,
        BroadcastBegun: folds.broadcast_begun,
        BroadcastEnded: folds.broadcast_ended,
    },
    told={
        CallJoined: seen.told,
        CallLeft: seen.told,
        CallsClosed: by_role(staff=Told.WHOLE),
        CallHeld: seen.told,
        CallResumed: seen.told,
        CallHandedOver: seen.told,
        CallWritten: seen.told,
        WordAsked: seen.told,
        WordGiven: seen.told,
        BroadcastBegun: seen.told_at_seats,
        BroadcastEnded: seen.told_at_seats,
    },
    entries={
        CallJoined: Words("{party}加入{call}", "{party} joined {call}"),
        CallLeft: Words("{party}离开{call}", "{party} left {call}"),
        CallsClosed: Words("关闭不得继续的通话", "Calls that may not go on are closed"),
        CallHeld: Words("{call}保持等待", "{call} is on hold"),
        CallResumed: Words("{call}恢复", "{call} goes on"),
        CallHandedOver: Words("{call}转接给{to}", "{call} is handed over to {to}"),
        CallWritten: Words("{party}在{call}中写道：{text}", "{party} wrote in {call}: {text}"),
        WordAsked: Words("{alias}请求发言", "{alias} asks for the word"),
        WordGiven: Words("{alias}发言", "{alias} has the word"),
        BroadcastBegun: Words("中心广播：{text}", "The centre broadcasts: {text}"),
        BroadcastEnded: Words("中心广播结束", "The broadcast is over"),
    },
    view=seen.view,
    report=seen.report,
    acts=offers.acts,
)
