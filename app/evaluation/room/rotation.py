"""A new signing key of the room (换钥): announced in the room's own stream and signed with the key before it.

So whoever trusts one key of the chain can follow it to the newest: machines that were enrolled under an earlier one,
and anyone with a slip or a report on which its fingerprint is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app import journal
from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as c
from app.evaluation.room import events as e
from app.evaluation.room.events import RoomEvent
from app.evaluation.room.model import KeyRotation, Room

_HEX = re.compile(r"[0-9a-f]{64}")


def rotation_message(room: str, replaced: str, public_key: str) -> bytes:
    """What the key that is replaced (hex) signs: the room's id, itself and the new key (hex)."""
    return b"kawei/room-key/1" + journal.canonical({"room": room, "replaces": replaced, "public_key": public_key})


def follow(room: str, trusted: str, rotations: Sequence[KeyRotation]) -> tuple[str, ...]:
    """The keys (hex) that may be believed by whoever trusts one: it, and each that was signed by the one before."""
    found = [trusted]
    for one in rotations:
        if one.replaces == found[-1] and _holds(room, one):
            found.append(one.public_key)
    return tuple(found)


def _holds(room: str, one: KeyRotation) -> bool:
    try:
        replaced, signature = bytes.fromhex(one.replaces), bytes.fromhex(one.signature)
    except ValueError:
        return False
    return journal.verify_signature(replaced, rotation_message(room, one.replaces, one.public_key), signature)


def rotate(room: Room, command: c.RotateSigningKey, actor: Actor) -> list[RoomEvent]:
    """By two people, and by the key itself."""
    if not command.second or command.second == actor.post:
        raise Refused("second_person", "$.second")
    if not _HEX.fullmatch(command.public_key) or command.public_key in room.keys:
        raise Refused("bad_value", "$.public_key")
    if not _holds(room.room, KeyRotation(room.public_key, command.public_key, command.signature)):
        raise Refused("bad_signature", "$.signature")
    return [e.SigningKeyRotated(**vars(command))]


def rotated(room: Room, event: e.SigningKeyRotated, actor: Actor, at: str) -> Room:
    """From now on checkpoints are signed with the new one."""
    made = KeyRotation(room.public_key, event.public_key, event.signature)
    return replace(room, public_key=event.public_key, rotations=(*room.rotations, made))
