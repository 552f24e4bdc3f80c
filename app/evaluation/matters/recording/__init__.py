"""Recordings (录音录像): what a seat kept of its camera and of the words spoken there is bound into the journal.

A seat records on its own disk, encrypted for the room, from its member's first entry to the last exit. Its segments
stand in a list in which each line is bound to the line before; the room, which is handed that list, notes its head and
the gaps since the last note. Whoever later shows the recording can so be held to it: no segment can be changed, left
out or added unseen. What was said is not in the journal, nor any picture.

A camera of the room is recorded likewise, by the console that has it, while anybody is at a seat; it stands in the
place of the member (`records.camera_party`).

Nobody looks at a recording before the evaluation has closed, unless two people of different roles open it for a reason;
and nobody at all while any lot is reviewed or marked. Each look is an entry of the room's own stream.
"""

from __future__ import annotations

from app.evaluation import visibility as may
from app.evaluation.actor import SYSTEM
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.recording import decisions, seen
from app.evaluation.matters.recording.records import (
    AskRecording,
    NoteRecording,
    OpenRecording,
    RecordingAsked,
    RecordingNoted,
    RecordingOpened,
    RecordingRefused,
    RecordingTold,
    RefuseRecording,
    TellRecording,
)
from app.evaluation.telling import Told, by_role

_STAFF_TOLD = by_role(staff=Told.WHOLE)

RECORDING = Matter(
    name="recording",
    decisions={
        NoteRecording: decisions.note,
        TellRecording: decisions.tell,
        AskRecording: decisions.ask,
        OpenRecording: decisions.open_,
        RefuseRecording: decisions.refuse,
    },
    seconds=frozenset({OpenRecording}),
    permits={
        NoteRecording: frozenset({SYSTEM.role}),
        TellRecording: frozenset({SYSTEM.role}),
        AskRecording: may.STAFF,
        OpenRecording: may.STAFF,
        RefuseRecording: may.STAFF,
    },
    starts={
        RecordingNoted: NoteRecording,
        RecordingTold: TellRecording,
        RecordingAsked: AskRecording,
        RecordingOpened: OpenRecording,
        RecordingRefused: RefuseRecording,
    },
    folds={
        RecordingNoted: decisions.noted,
        RecordingTold: decisions.told,
        RecordingAsked: decisions.asked,
        RecordingOpened: decisions.opened,
        RecordingRefused: decisions.refused,
    },
    told=dict.fromkeys((RecordingNoted, RecordingTold, RecordingAsked, RecordingOpened, RecordingRefused), _STAFF_TOLD),
    entries={
        RecordingNoted: Words("{party}的录音录像已存 {seq} 段", "{party}'s recording has {seq} segments"),
        RecordingTold: Words(
            "{party}的录音录像状态有变，磁盘还够 {hours_left} 小时",
            "{party}'s recording stands differently; its disk lasts {hours_left} hours",
        ),
        RecordingAsked: Words("申请调阅{party}的录音录像：{reason}", "{party}'s recording is asked for: {reason}"),
        RecordingOpened: Words("同意调阅{party}的录音录像：{reason}", "{party}'s recording is opened: {reason}"),
        RecordingRefused: Words("不同意调阅{party}的录音录像：{reason}", "{party}'s recording stays sealed: {reason}"),
    },
    view=seen.view,
    acts=seen.acts,
    report=seen.report,
)
