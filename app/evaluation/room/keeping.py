"""Recordings beyond and at the end of their term: held while an objection is open, deleted by two people and named."""

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
    if not command.second or command.second == actor.post:
        raise Refused("second_person", "$.second")
    return [e.RecordingExpired(**vars(command))]


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


def _expect_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_needed", "$.reason")
