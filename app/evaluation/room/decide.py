"""The room's door: guards of devices, posts and draws."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from app import drawing, journal
from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as c
from app.evaluation.room import events as e
from app.evaluation.room import faces, keeping, rotation
from app.evaluation.room.events import RoomEvent
from app.evaluation.room.model import Device, DeviceKind, Draw, DrawStage, Room
from app.rules.model import Party

_HASH = re.compile(r"[0-9a-f]{64}")
_SYSTEM = frozenset({Party.SYSTEM})
_STAFF = frozenset({Party.CENTRE, Party.WITNESS})

PERMITTED: dict[type[c.RoomCommand], frozenset[Party]] = {
    c.OpenRoom: _SYSTEM,
    c.EnrolDevice: _SYSTEM,
    c.RevokeDevice: frozenset({Party.CENTRE}),
    c.ConnectDevice: _SYSTEM,
    c.DisconnectDevice: _SYSTEM,
    c.TakePost: _SYSTEM,
    c.LeavePost: _SYSTEM,
    c.ImportEvaluation: frozenset({Party.CENTRE}),
    c.CallDraw: frozenset({Party.CENTRE, Party.SYSTEM}),
    c.CommitNonce: frozenset(Party) - {Party.MEMBER, Party.SYSTEM},
    c.RevealNonce: frozenset(Party) - {Party.MEMBER, Party.SYSTEM},
    c.SealDraw: _SYSTEM,
    c.AcceptDraw: frozenset({Party.WITNESS}),
    c.CancelDraw: _STAFF,
    c.OpenDraw: _SYSTEM,
    c.LookAtNames: frozenset(Party),
    c.SearchExpected: frozenset({Party.KIOSK}),
    c.LookAtRecording: _STAFF | {Party.REGULATOR},
    c.HoldRecordings: _STAFF | {Party.REGULATOR},
    c.FreeRecordings: _STAFF | {Party.REGULATOR},
    c.ExpireRecording: _STAFF | {Party.REGULATOR},
    c.OpenSession: frozenset({Party.SYSTEM}),
    c.KeepPaper: frozenset({Party.CENTRE, Party.WITNESS, Party.AGENCY, Party.TENDEREE}),
    c.DropPaper: _SYSTEM,
    c.ProposeFace: frozenset({Party.CENTRE}),
    c.ConfirmFace: _STAFF,
    c.LookAtFace: _STAFF,
    c.ForgetFace: _STAFF | _SYSTEM,
    c.ForgetPortraits: _SYSTEM,
    c.RecoverJournal: _SYSTEM,
    c.ExportJournal: _STAFF | {Party.REGULATOR},
    c.RotateSigningKey: _STAFF | {Party.REGULATOR},
    c.NoteHead: _SYSTEM,
    c.RefuseAccess: frozenset(Party),
}
"""`LookAtNames`, `LookAtRecording`, `KeepPaper`, `RefuseAccess` and what concerns faces carry the one who looked,
brought, asked or decided; only the room itself issues them, since what they tell of is done with them."""


SECONDS = frozenset({c.CancelDraw.__name__})
"""What a second person says with the own password, typed afresh; see `is_second`."""


def is_second(room: Room, command: c.RoomCommand) -> bool:
    """Whether a command is the word of a second person, by which something takes effect that touches the result."""
    found = room.draws.get(command.draw_no) if isinstance(command, c.CancelDraw) else None
    return found is not None and found.cancel_asked_by is not None


def decide_room(room: Room | None, command: c.RoomCommand, actor: Actor) -> list[RoomEvent]:
    """Return the events of a command to the room, or raise `Refused`."""
    if actor.role not in PERMITTED[type(command)]:
        raise Refused("not_permitted", actor.role.value)
    if (room is None) != isinstance(command, c.OpenRoom):
        raise Refused("already_open" if room else "not_open", "room")
    return _DECISIONS[type(command)](room, command, actor)


def _as_is(kind: type[RoomEvent]) -> Callable[[Any, Any, Actor], list[RoomEvent]]:
    """A command that the room itself vouches for becomes its event unchanged."""
    return lambda room, command, actor: [kind(**vars(command))]


def _enrol(room: Room, command: c.EnrolDevice, actor: Actor) -> list[RoomEvent]:
    kind = _device_kind(command.kind)
    if command.device in room.devices:
        raise Refused("bad_value", "$.device")
    known = {seat["id"] for seat in room.seats}
    if command.seat not in (known if kind is DeviceKind.SEAT else {None}):
        raise Refused("bad_value", "$.seat")
    if command.seat is not None and room.seat_device(command.seat) is not None:
        raise Refused("seat_taken", command.seat)
    if not _HASH.fullmatch(command.public_key):
        raise Refused("bad_value", "$.public_key")
    return [e.DeviceEnrolled(**vars(command))]


def _device_kind(value: str) -> DeviceKind:
    try:
        return DeviceKind(value)
    except ValueError:
        raise Refused("bad_value", "$.kind") from None


def _device(room: Room, device: str) -> Device:
    found = room.devices.get(device)
    if found is None or found.revoked:
        raise Refused("unknown_device", device)
    return found


def _revoke(room: Room, command: c.RevokeDevice, actor: Actor) -> list[RoomEvent]:
    _device(room, command.device)
    if not command.reason.strip():
        raise Refused("reason_needed", "$.reason")
    return [e.DeviceRevoked(command.device, command.reason)]


def _import(room: Room, command: c.ImportEvaluation, actor: Actor) -> list[RoomEvent]:
    if command.stream in room.evaluations:
        raise Refused("already_open", command.stream)
    return [e.EvaluationImported(command.stream, command.package)]


def _keep_paper(room: Room, command: c.KeepPaper, actor: Actor) -> list[RoomEvent]:
    if not _HASH.fullmatch(command.sha256) or command.bytes < 1:
        raise Refused("bad_value", "$.sha256")
    return [e.PaperKept(command.sha256, command.bytes)]


def _drop_paper(room: Room, command: c.DropPaper, actor: Actor) -> list[RoomEvent]:
    if command.sha256 not in room.papers:
        raise Refused("bad_value", "$.sha256")
    return [e.PaperDropped(command.sha256)]


def _is_drawn(room: Room, purpose: str, stream: str) -> bool:
    """Seats are drawn once a session, lots as often as something is tied, all else once."""
    times = len(room.draws_for(purpose, stream))
    if purpose == "chair":
        return False
    return times >= (room.sessions.get(stream, 1) if purpose == "slots" else 1)


def _open_session(room: Room, command: c.OpenSession, actor: Actor) -> list[RoomEvent]:
    if command.stream not in room.evaluations:
        raise Refused("not_open", "$.stream")
    if command.session != room.sessions.get(command.stream, 1) + 1:
        raise Refused("bad_value", "$.session")
    return [e.SessionOpened(**vars(command))]


def _call_draw(room: Room, command: c.CallDraw, actor: Actor) -> list[RoomEvent]:
    if command.draw_no != len(room.draws) + 1:
        raise Refused("bad_value", "$.draw_no")
    running = (DrawStage.COMMITTING, DrawStage.REVEALING, DrawStage.COMPUTING)
    if any(draw.stage in running for draw in room.draws.values()):
        raise Refused("draw_running", "room")
    if any(stream not in room.evaluations for stream in command.streams):
        raise Refused("not_open", "$.streams")
    if any(_is_drawn(room, command.purpose, stream) for stream in command.streams):
        raise Refused("already_drawn", "$.streams")
    binding = command.request.get("binding")
    if not isinstance(binding, dict) or (binding.get("stream"), binding.get("draw_no")) != (
        room.stream,
        command.draw_no,
    ):
        raise Refused("bad_value", "$.request.binding")
    try:
        drawing.read_request(command.request)
    except drawing.Refusal as refusal:
        raise Refused("bad_value", f"$.request{str(refusal.where).removeprefix('$')}") from None
    return [e.DrawCalled(**vars(command))]


def _draw(room: Room, number: int, *stages: DrawStage) -> Draw:
    found = room.draws.get(number)
    if found is None or found.stage not in stages:
        raise Refused("no_such_draw", str(number))
    return found


def context_of(draw: Draw) -> bytes:
    """The context that every party's commitment is bound to."""
    return drawing.context(drawing.read_request(draw.request))


def commit_message(draw: Draw, party: str, commitment: str) -> bytes:
    """What a party signs when it commits."""
    return b"kawei/draw/sign-commit/1" + context_of(draw) + party.encode() + bytes.fromhex(commitment)


def reveal_message(draw: Draw, party: str, nonce: bytes) -> bytes:
    """What a party signs when it reveals."""
    return b"kawei/draw/sign-reveal/1" + context_of(draw) + party.encode() + nonce


def _commit_nonce(room: Room, command: c.CommitNonce, actor: Actor) -> list[RoomEvent]:
    draw = _draw(room, command.draw_no, DrawStage.COMMITTING)
    if command.party not in draw.parties or command.party != actor.role.value:
        raise Refused("not_a_party", command.party)
    if command.party in draw.commitments:
        raise Refused("already_committed", command.party)
    if command.device != actor.device:
        raise Refused("not_a_party", command.device)
    device = _device(room, command.device)
    if not _HASH.fullmatch(command.commitment):
        raise Refused("bad_value", "$.commitment")
    message, key = commit_message(draw, command.party, command.commitment), bytes.fromhex(device.public_key)
    try:
        signature = bytes.fromhex(command.signature)
    except ValueError:
        raise Refused("bad_value", "$.signature") from None
    if not journal.verify_signature(key, message, signature):
        raise Refused("bad_signature", command.party)
    return [e.NonceCommitted(**vars(command))]


def _reveal_nonce(room: Room, command: c.RevealNonce, actor: Actor) -> list[RoomEvent]:
    draw = _draw(room, command.draw_no, DrawStage.REVEALING)
    if draw.devices.get(command.party) != actor.device or command.party != actor.role.value:
        raise Refused("not_a_party", command.party)
    if command.party in draw.revealed:
        raise Refused("already_committed", command.party)
    return [e.NonceRevealed(**vars(command))]


def _seal_draw(room: Room, command: c.SealDraw, actor: Actor) -> list[RoomEvent]:
    _draw(room, command.draw_no, DrawStage.COMPUTING)
    return [e.DrawSealed(**vars(command))]


def _accept_draw(room: Room, command: c.AcceptDraw, actor: Actor) -> list[RoomEvent]:
    draw = _draw(room, command.draw_no, DrawStage.SEALED)
    if draw.accepted or not draw.relaxed:
        raise Refused("nothing_requested", str(command.draw_no))
    return [e.DrawAccepted(**vars(command))]


def _cancel_draw(room: Room, command: c.CancelDraw, actor: Actor) -> list[RoomEvent]:
    open_stages = [stage for stage in DrawStage if stage not in (DrawStage.OPENED, DrawStage.CANCELLED)]
    draw = _draw(room, command.draw_no, *open_stages)
    if not command.reason.strip():
        raise Refused("reason_needed", "$.reason")
    if draw.cancel_asked_by == actor.role.value:
        raise Refused("already_approved", actor.role.value)
    asked: RoomEvent = e.CancelRequested(command.draw_no, command.reason)
    if draw.cancel_asked_by is None:
        return [asked]
    return [asked, e.DrawCancelled(command.draw_no, command.reason)]


def transcript_hash(transcript: dict[str, Any]) -> str:
    """SHA-256 (hex) of a transcript's RFC 8785 form: the code on slip and screen is its beginning."""
    return hashlib.sha256(journal.canonical(transcript)).hexdigest()


def _open_draw(room: Room, command: c.OpenDraw, actor: Actor) -> list[RoomEvent]:
    draw = _draw(room, command.draw_no, DrawStage.SEALED)
    if transcript_hash(command.transcript) != draw.transcript_hash:
        raise Refused("wrong_hash", "$.transcript")
    if drawing.verify(command.transcript) is not None:
        raise Refused("bad_transcript", "$.transcript")
    if command.transcript["commitments"] != draw.commitments:
        raise Refused("bad_transcript", "$.transcript.commitments")
    return [e.DrawOpened(**vars(command))]


_DECISIONS: dict[type[c.RoomCommand], Callable[[Any, Any, Actor], list[RoomEvent]]] = {
    c.OpenRoom: _as_is(e.RoomOpened),
    c.EnrolDevice: _enrol,
    c.RevokeDevice: _revoke,
    c.ConnectDevice: _as_is(e.DeviceConnected),
    c.DisconnectDevice: _as_is(e.DeviceDisconnected),
    c.TakePost: _as_is(e.PostTaken),
    c.LeavePost: _as_is(e.PostLeft),
    c.ImportEvaluation: _import,
    c.CallDraw: _call_draw,
    c.CommitNonce: _commit_nonce,
    c.RevealNonce: _reveal_nonce,
    c.SealDraw: _seal_draw,
    c.AcceptDraw: _accept_draw,
    c.CancelDraw: _cancel_draw,
    c.OpenDraw: _open_draw,
    c.LookAtNames: _as_is(e.NamesLooked),
    c.SearchExpected: _as_is(e.ExpectedSearched),
    c.LookAtRecording: _as_is(e.RecordingLooked),
    c.HoldRecordings: keeping.hold,
    c.FreeRecordings: keeping.free,
    c.ExpireRecording: keeping.expire,
    c.OpenSession: _open_session,
    c.KeepPaper: _keep_paper,
    c.DropPaper: _drop_paper,
    c.ProposeFace: faces.propose,
    c.ConfirmFace: faces.confirm,
    c.LookAtFace: _as_is(e.FaceLooked),
    c.ForgetFace: faces.forget,
    c.ForgetPortraits: _as_is(e.PortraitsForgotten),
    c.RecoverJournal: keeping.recover,
    c.ExportJournal: keeping.export,
    c.RotateSigningKey: rotation.rotate,
    c.NoteHead: _as_is(e.StreamHead),
    c.RefuseAccess: _as_is(e.AccessRefused),
}
