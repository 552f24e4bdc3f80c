"""What the room keeps, taken out or put back by two people: recordings at the end of their term, the whole journal."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as c
from app.evaluation.room import events as e
from app.evaluation.room.events import RoomEvent
from app.evaluation.room.model import Room


def hold(room: Room, command: c.HoldRecordings, actor: Actor) -> list[RoomEvent]:
    """One person is enough to keep something."""
    _known(room, command.stream)
    if command.stream in room.held:
        raise Refused("already_requested", command.stream)
    _expect_reason(command.reason)
    return [e.RecordingsHeld(command.stream, command.reason)]


def free(room: Room, command: c.FreeRecordings, actor: Actor) -> list[RoomEvent]:
    """Another role than the one that held."""
    _known(room, command.stream)
    holder = room.held.get(command.stream)
    if holder is None:
        raise Refused("nothing_requested", command.stream)
    if holder == actor.role.value:
        raise Refused("already_approved", holder)
    _expect_reason(command.reason)
    return [e.RecordingsFreed(command.stream, command.reason)]


def expire(room: Room, command: c.ExpireRecording, actor: Actor) -> list[RoomEvent]:
    """Never while held, never twice, never by one person alone."""
    _known(room, command.stream)
    if command.stream in room.held:
        raise Refused("recordings_held", command.stream)
    if (command.stream, command.party, command.device) in room.expired:
        raise Refused("nothing_new", command.party)
    _expect_two(actor.post or "", command.second)
    return [e.RecordingExpired(**vars(command))]


def recover(room: Room, command: c.RecoverJournal, actor: Actor) -> list[RoomEvent]:
    """By two people, whom the room names itself when it starts over what they restored; a database that was restored
    by an earlier program knows none."""
    if command.first or command.second:
        _expect_two(command.first, command.second)
    return [e.JournalRecovered(**vars(command))]


def export(room: Room, command: c.ExportJournal, actor: Actor) -> list[RoomEvent]:
    """By two people, before the file is written."""
    _expect_two(actor.post or "", command.second)
    return [e.JournalExported(command.second)]


def held(room: Room, event: e.RecordingsHeld, actor: Actor, at: str) -> Room:
    """The term does not count."""
    return replace(room, held=room.held | {event.stream: actor.role.value})


def freed(room: Room, event: e.RecordingsFreed, actor: Actor, at: str) -> Room:
    """It counts again."""
    return replace(room, held={stream: role for stream, role in room.held.items() if stream != event.stream})


def expired(room: Room, event: e.RecordingExpired, actor: Actor, at: str) -> Room:
    """Its list is all there is."""
    return replace(room, expired=room.expired | {(event.stream, event.party, event.device)})


def _known(room: Room, stream: str) -> None:
    if stream not in room.evaluations:
        raise Refused("bad_value", "$.stream")


def _expect_two(first: str, second: str) -> None:
    if not first or not second or first == second:
        raise Refused("second_person", "$.second")


def _expect_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_needed", "$.reason")
