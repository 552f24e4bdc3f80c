"""The whole view of a session: the room's part, and the evaluations that its role may see."""

from __future__ import annotations

from typing import Any

from app.drawing import slip_code
from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.matters.recording.records import Recordings, is_camera
from app.evaluation.model import Evaluation
from app.evaluation.room.model import DeviceKind, Draw
from app.evaluation.stages import AT_THE_SEAT
from app.evaluation.views import view
from app.evaluation.visibility import STAFF
from app.journal import fingerprint
from app.room import draws
from app.room.actors import Caller, actor_of
from app.room.disk import Disk, disk_part
from app.room.memory import Memory
from app.room.presence import Presence
from app.room.seeds import Seeds
from app.room.streams import Book
from app.rules.model import Party

Json = dict[str, Any]


def view_for(
    book: Book,
    memory: Memory,
    seeds: Seeds,
    presence: Presence,
    caller: Caller,
    recording: Json | None = None,
    search: bool = False,
    disk: Disk | None = None,
) -> Json:
    """What the session may see now; `recording` is what a machine has to know to record, `search` whether a kiosk may
    have a face sought among those expected, `disk` what staff see of the room's."""
    actor = actor_of(book, caller)
    seen = []
    for stream, state in book.evaluations.items():
        viewer = actor_of(book, caller, stream)
        found = None if viewer is None else view(state, viewer, seeds.of(stream))
        if found is not None:
            seen.append((viewer, found))
    alias = next((viewer.alias for viewer, _ in seen if viewer is not None and viewer.alias is not None), None)
    return {
        "position": book.position,
        "role": None if actor is None else actor.role.value,
        "post": None if actor is None else actor.post,
        "alias": alias,
        "seat": caller.seat,
        "room": _room(book, memory, presence, caller, actor)
        | (disk_part(disk) if disk is not None and actor is not None and actor.role in STAFF else {})
        | (_recording(book, caller, actor, recording) if recording is not None else {})
        | ({"search": search} if caller.kind is DeviceKind.KIOSK else {}),
        "evaluations": [found for _, found in seen],
    }


def _room(book: Book, memory: Memory, presence: Presence, caller: Caller, actor: Actor | None) -> Json:
    room = book.room
    staff = actor is not None and actor.role in STAFF
    taking_part = actor is not None and actor.role is not Party.MEMBER
    part: Json = {
        "room": room.room,
        "name": room.name,
        "rehearsal": room.rehearsal,
        "key": fingerprint(bytes.fromhex(room.public_key)),
        "key_rotations": [vars(one) for one in room.rotations],
        "seats": [_seat(book, presence, seat, staff) for seat in room.seats],
        "draws": [_draw(memory, draw) for draw in room.draws.values()] if taking_part else [],
    }
    if staff:
        part["devices"] = [
            {
                "id": device.id,
                "kind": device.kind.value,
                "seat": device.seat,
                "state": presence.state(device),
                "since": device.since,
                "revoked": device.revoked,
            }
            for device in room.devices.values()
        ]
        part["faces"] = [codec.to_json(face) for face in room.faces.values()]
        part["posts"] = [{"device": device, **post} for device, post in room.posts.items()]
    return part


def _recording(book: Book, caller: Caller, actor: Actor | None, recording: Json) -> Json:
    """A seat learns how to record its member, a console of staff besides when its cameras of the room are to: while
    anybody is at a seat. One that has begun goes on when nobody is logged in there."""
    if caller.kind is DeviceKind.SEAT:
        return {"recording": recording}
    if caller.kind is not DeviceKind.CONSOLE:
        return {}
    staff = actor is not None and actor.role in STAFF
    streams = [
        stream
        for stream, state in book.evaluations.items()
        if any(member.stage in AT_THE_SEAT for member in state.members.values())
        and (staff or _begun(state, caller.device))
    ]
    return {"recording": recording | {"streams": streams}} if streams else {}


def _begun(state: Evaluation, device: str) -> bool:
    return any(by == device and is_camera(party) for party, by in state.memory(Recordings).kept)


def _seat(book: Book, presence: Presence, seat: Json, staff: bool) -> Json:
    """Anyone may see whether a seat is taken, as in the room itself; by whom (alias), only staff."""
    device = book.room.seat_device(seat["id"])
    held = next(
        (
            (stream, member.alias)
            for stream, state in book.evaluations.items()
            for member in state.members.values()
            if member.seat == seat["id"] and member.stage in AT_THE_SEAT
        ),
        (None, None),
    )
    part: Json = {
        **seat,
        "room": seat.get("room"),
        "device_state": presence.state(device),
        "since": None if device is None else device.since,
        "in_use": held[0] is not None,
    }
    return part | {"stream": held[0], "alias": held[1]} if staff else part


def _draw(memory: Memory, draw: Draw) -> Json:
    digest = draw.transcript_hash
    return {
        "number": draw.number,
        "purpose": draw.purpose,
        "stage": draw.stage.value,
        "streams": list(draw.streams),
        "parties": list(draw.parties),
        "committed": list(draw.commitments),
        "revealed": list(draw.revealed),
        "relaxed": draw.relaxed,
        "accepted": draw.accepted,
        "cancel_asked_by": draw.cancel_asked_by,
        "code": None if digest is None else slip_code(bytes.fromhex(digest)),
        "request": draw.request,
        "needs_nonce": draws.needs_nonce(memory, draw),
    }
