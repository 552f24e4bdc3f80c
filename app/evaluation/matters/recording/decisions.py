"""What a machine may note of its recording, who opens one, and what becomes of it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line
from app.evaluation.matters.recording.records import (
    AskRecording,
    Kept,
    NoteRecording,
    OpenRecording,
    RecordingAsked,
    RecordingNoted,
    RecordingOpened,
    RecordingRefused,
    Recordings,
    RecordingTold,
    RefuseRecording,
    TellRecording,
    is_camera,
)
from app.evaluation.model import Evaluation
from app.evaluation.moments import moment
from app.evaluation.refusal import Refused
from app.evaluation.stages import SEALED_STAGES

MOST_GAPS = 1_000
"""Gaps of one note at most; who has more notes more often."""
MOST_CAMERAS = 16
"""Cameras of the room that one machine records in an evaluation at most."""
_HASH = re.compile(r"[0-9a-f]{64}")


# --- what is so


def sealed(state: Evaluation) -> bool:
    """Whether any lot is reviewed or marked now."""
    return any(lot.stage in SEALED_STAGES for lot in state.lots.values())


def may_look(state: Evaluation, viewer: Actor, party: str) -> bool:
    """Who may look at the recording of a member now."""
    if viewer.role not in may.STAFF:
        return False
    return state.closed or (party in state.memory(Recordings).opened and not sealed(state))


# --- what may be done


def note(state: Evaluation, command: NoteRecording, actor: Actor, at: str) -> list[Event]:
    """Segments only grow in number."""
    _recorded(state, command.party, command.device)
    if not _HASH.fullmatch(command.sha256):
        raise Refused("bad_value", "$.sha256")
    if len(command.gaps) > MOST_GAPS:
        raise Refused("bad_value", "$.gaps")
    for number, gap in enumerate(command.gaps):
        begin, end = (guards.moment(value, f"$.gaps[{number}]") for value in (gap.start, gap.end))
        if moment(end) < moment(begin):
            raise Refused("bad_value", f"$.gaps[{number}]")
    known = state.memory(Recordings).kept.get((command.party, command.device))
    if command.seq <= (known.seq if known is not None else 0):
        raise Refused("recording_noted", str(command.seq))
    return [RecordingNoted(**vars(command))]


def tell(state: Evaluation, command: TellRecording, actor: Actor, at: str) -> list[Event]:
    """Only what is new: the hours alone are no news."""
    _recorded(state, command.party, command.device)
    known = state.memory(Recordings).states.get((command.party, command.device))
    if known is not None and known.state is command.state:
        raise Refused("nothing_new", command.device)
    return [RecordingTold(**vars(command))]


def ask(state: Evaluation, command: AskRecording, actor: Actor, at: str) -> list[Event]:
    """Of something that is there, and not open."""
    memory = state.memory(Recordings)
    _unsealed(state)
    if command.party not in {party for party, _ in memory.kept}:
        raise Refused("no_recording", "$.party")
    if command.party in memory.opened or command.party in memory.asked:
        raise Refused("already_requested", command.party)
    guards.text(command.reason, "$.reason")
    return [RecordingAsked(**vars(command))]


def open_(state: Evaluation, command: OpenRecording, actor: Actor, at: str) -> list[Event]:
    """The second of two people, whose roles differ."""
    _unsealed(state)
    _second(state, command.party, command.reason, actor)
    return [RecordingOpened(**vars(command))]


def refuse(state: Evaluation, command: RefuseRecording, actor: Actor, at: str) -> list[Event]:
    """One no is enough."""
    _second(state, command.party, command.reason, actor)
    return [RecordingRefused(**vars(command))]


def _recorded(state: Evaluation, party: str, device: str) -> None:
    """A member, or one of the few cameras of a machine."""
    if not is_camera(party) and state.by_alias(party) is None:
        raise Refused("bad_value", "$.party")
    kept = state.memory(Recordings).kept
    cameras = {one for one, by in kept if by == device and is_camera(one)} | {party}
    if is_camera(party) and len(cameras) > MOST_CAMERAS:
        raise Refused("bad_value", "$.party")


def _unsealed(state: Evaluation) -> None:
    if sealed(state):
        raise Refused("recording_sealed", state.stream)


def _second(state: Evaluation, party: str, reason: str, actor: Actor) -> None:
    first = state.memory(Recordings).asked.get(party)
    if first is None:
        raise Refused("nothing_requested", party)
    if first == actor.role.value:
        raise Refused("already_approved", first)
    guards.text(reason, "$.reason")


# --- what becomes of it


def noted(state: Evaluation, event: RecordingNoted, actor: Actor, at: str) -> Evaluation:
    """It has so many segments."""
    memory, key = state.memory(Recordings), (event.party, event.device)
    before = memory.kept[key].gaps if key in memory.kept else ()
    kept = Kept(at, event.party, event.device, event.seq, event.sha256, (*before, *event.gaps))
    return state.remembering(replace(memory, kept=memory.kept | {key: kept}))


def told(state: Evaluation, event: RecordingTold, actor: Actor, at: str) -> Evaluation:
    """So it stands with it."""
    memory = state.memory(Recordings)
    return state.remembering(replace(memory, states=memory.states | {(event.party, event.device): event}))


def asked(state: Evaluation, event: RecordingAsked, actor: Actor, at: str) -> Evaluation:
    """Another role has to answer."""
    memory = state.memory(Recordings)
    told = replace(memory, asked=memory.asked | {event.party: actor.role.value})
    return state.remembering(_with_line(told, at, f"申请调阅{event.party}的录音录像：{event.reason}"))


def opened(state: Evaluation, event: RecordingOpened, actor: Actor, at: str) -> Evaluation:
    """Staff may look."""
    memory = _without(state.memory(Recordings), event.party)
    told = replace(memory, opened=memory.opened | {event.party})
    return state.remembering(_with_line(told, at, f"第二人同意调阅{event.party}的录音录像：{event.reason}"))


def refused(state: Evaluation, event: RecordingRefused, actor: Actor, at: str) -> Evaluation:
    """It stays sealed."""
    memory = _without(state.memory(Recordings), event.party)
    return state.remembering(_with_line(memory, at, f"不同意调阅{event.party}的录音录像：{event.reason}"))


def _without(memory: Recordings, party: str) -> Recordings:
    return replace(memory, asked={one: role for one, role in memory.asked.items() if one != party})


def _with_line(memory: Recordings, at: str, text: str) -> Recordings:
    return replace(memory, lines=(*memory.lines, Line(at, "录音录像", text)))
