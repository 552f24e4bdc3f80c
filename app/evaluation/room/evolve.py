"""Folding the room's stream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.room import events as e
from app.evaluation.room import keeping, rotation
from app.evaluation.room.model import Device, DeviceKind, Draw, DrawStage, EnrolledFace, FaceStage, KeptPaper, Room


def evolve_room(room: Room | None, event: e.RoomEvent, actor: Actor, at: str, stream: str) -> Room:
    """Return the room after `event`, caused by `actor` at server time `at`."""
    if isinstance(event, e.RoomOpened):
        return Room(stream, event.rehearsal, event.room, event.name, event.seats, event.public_key, size=1)
    if room is None:
        raise ValueError("the first entry of the room is RoomOpened")
    fold = _FOLDS.get(type(event))
    return replace(fold(room, event, actor, at) if fold else room, size=room.size + 1)


def _enrolled(room: Room, event: e.DeviceEnrolled, actor: Actor, at: str) -> Room:
    device = Device(event.device, DeviceKind(event.kind), event.seat, event.public_key, since=at)
    return replace(room, devices=room.devices | {event.device: device})


def _change_device(room: Room, device: str, **changes: Any) -> Room:
    if device not in room.devices:
        return room
    return replace(room, devices=room.devices | {device: replace(room.devices[device], **changes)})


def _revoked(room: Room, event: e.DeviceRevoked, actor: Actor, at: str) -> Room:
    shut = _change_device(room, event.device, revoked=True, connected=False, since=at)
    return replace(shut, posts=_posts_without(room, event.device))


def _connected(room: Room, event: e.DeviceConnected, actor: Actor, at: str) -> Room:
    return _change_device(room, event.device, connected=True, since=at)


def _disconnected(room: Room, event: e.DeviceDisconnected, actor: Actor, at: str) -> Room:
    return _change_device(room, event.device, connected=False, since=at)


def _post_taken(room: Room, event: e.PostTaken, actor: Actor, at: str) -> Room:
    return replace(room, posts=room.posts | {event.device: {"post": event.post, "role": event.role, "since": at}})


def _post_left(room: Room, event: e.PostLeft, actor: Actor, at: str) -> Room:
    return replace(room, posts=_posts_without(room, event.device))


def _posts_without(room: Room, device: str) -> dict[str, dict[str, str]]:
    """Who is logged in anywhere else."""
    return {other: post for other, post in room.posts.items() if other != device}


def _imported(room: Room, event: e.EvaluationImported, actor: Actor, at: str) -> Room:
    return replace(room, evaluations=room.evaluations | {event.stream: event.package})


def _called(room: Room, event: e.DrawCalled, actor: Actor, at: str) -> Room:
    draw = Draw(event.draw_no, event.purpose, event.streams, event.request)
    return replace(room, draws=room.draws | {event.draw_no: draw})


def _change_draw(room: Room, number: int, change: Callable[[Draw], Draw]) -> Room:
    return replace(room, draws=room.draws | {number: change(room.draws[number])})


def _committed(room: Room, event: e.NonceCommitted, actor: Actor, at: str) -> Room:
    def change(draw: Draw) -> Draw:
        commitments = draw.commitments | {event.party: event.commitment}
        stage = DrawStage.REVEALING if set(commitments) == set(draw.parties) else draw.stage
        devices = draw.devices | {event.party: event.device}
        return replace(draw, commitments=commitments, devices=devices, stage=stage)

    return _change_draw(room, event.draw_no, change)


def _revealed(room: Room, event: e.NonceRevealed, actor: Actor, at: str) -> Room:
    def change(draw: Draw) -> Draw:
        revealed = (*draw.revealed, event.party)
        stage = DrawStage.COMPUTING if set(revealed) == set(draw.parties) else draw.stage
        return replace(draw, revealed=revealed, stage=stage)

    return _change_draw(room, event.draw_no, change)


def _sealed(room: Room, event: e.DrawSealed, actor: Actor, at: str) -> Room:
    return _change_draw(
        room,
        event.draw_no,
        lambda draw: replace(
            draw,
            stage=DrawStage.SEALED,
            transcript_hash=event.transcript_hash,
            relaxed=event.relaxed,
            accepted=event.relaxed == 0,
        ),
    )


def _accepted(room: Room, event: e.DrawAccepted, actor: Actor, at: str) -> Room:
    return _change_draw(room, event.draw_no, lambda draw: replace(draw, accepted=True))


def _cancel_asked(room: Room, event: e.CancelRequested, actor: Actor, at: str) -> Room:
    return _change_draw(room, event.draw_no, lambda draw: replace(draw, cancel_asked_by=actor.role.value))


def _cancelled(room: Room, event: e.DrawCancelled, actor: Actor, at: str) -> Room:
    return _change_draw(room, event.draw_no, lambda draw: replace(draw, stage=DrawStage.CANCELLED))


def _opened(room: Room, event: e.DrawOpened, actor: Actor, at: str) -> Room:
    return _change_draw(
        room, event.draw_no, lambda draw: replace(draw, stage=DrawStage.OPENED, transcript=event.transcript)
    )


def _session_opened(room: Room, event: e.SessionOpened, actor: Actor, at: str) -> Room:
    return replace(room, sessions=room.sessions | {event.stream: event.session})


def _paper_kept(room: Room, event: e.PaperKept, actor: Actor, at: str) -> Room:
    return replace(room, papers=room.papers | {event.sha256: KeptPaper(event.bytes, at)})


def _paper_dropped(room: Room, event: e.PaperDropped, actor: Actor, at: str) -> Room:
    return replace(room, papers={digest: kept for digest, kept in room.papers.items() if digest != event.sha256})


def _face_proposed(room: Room, event: e.FaceProposed, actor: Actor, at: str) -> Room:
    face = EnrolledFace(event.expert, event.model, event.version, event.until, actor.post or "", at)
    return replace(room, faces=room.faces | {event.expert: face})


def _face_enrolled(room: Room, event: e.FaceEnrolled, actor: Actor, at: str) -> Room:
    face = room.faces[event.expert]
    enrolled = replace(face, stage=FaceStage.ENROLLED, confirmed_by=actor.post or "", confirmed_at=at)
    return replace(room, faces=room.faces | {event.expert: enrolled})


def _face_forgotten(room: Room, event: e.TemplateForgotten, actor: Actor, at: str) -> Room:
    return replace(room, faces={expert: face for expert, face in room.faces.items() if expert != event.expert})


def _head(room: Room, event: e.StreamHead, actor: Actor, at: str) -> Room:
    return replace(room, heads=room.heads | {event.stream: (event.size, event.root)})


_FOLDS: dict[type[e.RoomEvent], Callable[[Room, Any, Actor, str], Room]] = {
    e.RecordingsHeld: keeping.held,
    e.RecordingsFreed: keeping.freed,
    e.RecordingExpired: keeping.expired,
    e.SigningKeyRotated: rotation.rotated,
    e.DeviceEnrolled: _enrolled,
    e.DeviceRevoked: _revoked,
    e.DeviceConnected: _connected,
    e.DeviceDisconnected: _disconnected,
    e.PostTaken: _post_taken,
    e.PostLeft: _post_left,
    e.EvaluationImported: _imported,
    e.DrawCalled: _called,
    e.NonceCommitted: _committed,
    e.NonceRevealed: _revealed,
    e.DrawSealed: _sealed,
    e.DrawAccepted: _accepted,
    e.CancelRequested: _cancel_asked,
    e.DrawCancelled: _cancelled,
    e.DrawOpened: _opened,
    e.SessionOpened: _session_opened,
    e.PaperKept: _paper_kept,
    e.PaperDropped: _paper_dropped,
    e.FaceProposed: _face_proposed,
    e.FaceEnrolled: _face_enrolled,
    e.TemplateForgotten: _face_forgotten,
    e.StreamHead: _head,
}
