"""Recordings of calls (录音录像): what a machine kept of its own words and pictures is bound into the journal.

A machine records on its own disk, encrypted for the room, what it says and shows in a call. Its segments stand in a
list in which each line is bound to the line before; here it notes the head of that list and the gaps since the last
note. Whoever later shows the recording can so be held to it: no segment can be changed, left out or added unseen. What
was said is not in the journal, nor any picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.codec import to_json
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.matters.call import Calls, party_of
from app.evaluation.model import Evaluation
from app.evaluation.moments import moment
from app.evaluation.refusal import Refused
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

MOST_GAPS = 1_000
"""Gaps of one note at most; who has more notes more often."""
_HASH = re.compile(r"[0-9a-f]{64}")


class GapTrack(StrEnum):
    """What is missing."""

    PICTURE = "picture"
    SOUND = "sound"
    ALL = "all"


class GapReason(StrEnum):
    """Why it is missing."""

    SILENT = "silent"
    """Nothing was sent: muted, or no such device."""
    PAUSED = "paused"
    """There was no call."""
    INTERRUPTED = "interrupted"
    """The recording was cut off, and begun again."""
    DISK = "disk"
    """The disk had no room, or failed."""


FAILURES = frozenset({GapReason.INTERRUPTED, GapReason.DISK})
"""Gaps in which something may have been said or shown that nobody has."""


@dataclass(frozen=True)
class RecordingGap:
    """A stretch that is not in a recording, by the clock of the machine that recorded."""

    track: GapTrack
    start: str
    end: str
    why: GapReason


@dataclass(frozen=True)
class RecordingNoted(Event):
    """A machine has so many segments, and this is the hash of the last line of their list."""

    call: str
    party: str
    device: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...]


@dataclass(frozen=True)
class NoteRecording(Command):
    """Bind the own recording up to a segment; `gaps` are those since the last note."""

    call: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...]


@dataclass(frozen=True)
class Kept:
    """What one machine has recorded of one party by its last note; `at` is the room's time of it."""

    at: str
    party: str
    device: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...] = ()


@dataclass(frozen=True)
class Recordings:
    """By party and machine, in the order of their first notes."""

    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)


def note(state: Evaluation, command: NoteRecording, actor: Actor, at: str) -> list[Event]:
    """Of a call that one is or was in; segments only grow in number."""
    party, device = party_of(actor), actor.device or ""
    if not any((talk.call, talk.party) == (command.call, party) for talk in state.memory(Calls).talks):
        raise Refused("not_in_call", command.call)
    if not _HASH.fullmatch(command.sha256):
        raise Refused("bad_value", "$.sha256")
    if len(command.gaps) > MOST_GAPS:
        raise Refused("bad_value", "$.gaps")
    for number, gap in enumerate(command.gaps):
        begin, end = (guards.moment(value, f"$.gaps[{number}]") for value in (gap.start, gap.end))
        if moment(end) < moment(begin):
            raise Refused("bad_value", f"$.gaps[{number}]")
    known = state.memory(Recordings).kept.get((party, device))
    if command.seq <= (known.seq if known is not None else 0):
        raise Refused("recording_noted", str(command.seq))
    return [RecordingNoted(command.call, party, device, command.seq, command.sha256, command.gaps)]


def _noted(state: Evaluation, event: RecordingNoted, actor: Actor, at: str) -> Evaluation:
    memory, key = state.memory(Recordings), (event.party, event.device)
    before = memory.kept[key].gaps if key in memory.kept else ()
    kept = Kept(at, event.party, event.device, event.seq, event.sha256, (*before, *event.gaps))
    return state.remembering(replace(memory, kept=memory.kept | {key: kept}))


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To staff every recording; to a machine what the room has of its own, so that it notes what is missing."""
    kept = state.memory(Recordings).kept
    told: dict[str, Any] = {}
    if viewer.role in may.STAFF:
        told["kept"] = [to_json(one) for one in kept.values()]
    own = kept.get((party_of(viewer), viewer.device or ""))
    if own is not None:
        told["mine"] = {"seq": own.seq, "sha256": own.sha256}
    return told


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line a machine: they concern every lot."""
    return [_line(one) for one in state.memory(Recordings).kept.values()]


def _line(kept: Kept) -> Line:
    who = "中心" if kept.party == Party.CENTRE.value else kept.party
    failed = [moment(gap.end) - moment(gap.start) for gap in kept.gaps if gap.why in FAILURES]
    seconds = -(-sum(failed, timedelta()) // timedelta(seconds=1))  # a part of a second counts as one
    gaps = f"中断 {len(failed)} 处，共 {seconds} 秒" if failed else "无中断"
    text = f"{who}所在终端的通话录音录像共 {kept.seq} 段，{gaps}；末段清单摘要 {kept.sha256[:16]}。"
    return Line(kept.at, "录音录像", text)


RECORDING = Matter(
    name="recording",
    decisions={NoteRecording: note},
    permits={NoteRecording: frozenset({Party.MEMBER, Party.CENTRE})},
    starts={RecordingNoted: NoteRecording},
    folds={RecordingNoted: _noted},
    told={RecordingNoted: by_role(staff=Told.WHOLE)},
    entries={
        RecordingNoted: Words(
            "{party}的通话录音录像已存 {seq} 段（{call}）", "{party}'s recording of the call {call} has {seq} segments"
        )
    },
    view=view,
    report=report,
)
