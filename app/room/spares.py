"""A member goes on at a spare seat: which seats are fit, what the old machine left in memory, what the new one gets.

The key of a seat's drafts comes here sealed to a key of the room's memory and stays in that memory. The drafts
themselves lie sealed on the disk; so neither the disk nor a seat that nobody was moved to can read one.
"""

from __future__ import annotations

import json
import re
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.decide import decide
from app.evaluation.matters.spare_seat import GiveDraftKey, MoveSeat, TakeOverSeat
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.model import DrawStage
from app.evaluation.sheets import current_round
from app.journal import canonical, seal_to
from app.ports.ambient import Randomness
from app.room import draws
from app.room.actors import Caller, actor_here, holder_of
from app.room.memory import Memory
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page

_PUBLIC = re.compile(r"[0-9a-f]{64}")


def take_over_purpose(stream: str, device: str) -> str:
    """What the answer to a new seat is sealed for."""
    return f"kawei/seat-take-over/1 {stream} {device}"


def move(page: Page, memory: Memory, state: Evaluation, command: MoveSeat, actor: Actor) -> list[str]:
    """Move a member to a free seat whose machine is connected, and shut the old machine out."""
    decide(state, command, actor, page.at)
    room = page.book.room
    if command.seat not in {seat["id"] for seat in room.seats}:
        raise Refused("bad_value", "$.seat")
    if holder_of(page.book, command.seat) is not None:
        raise Refused("seat_taken", command.seat)
    fit = _connected(page.book)
    if command.seat not in fit:
        raise Refused("seat_not_ready", command.seat)
    promised = _promised(page.book, memory, state)
    if command.seat in promised and any(
        seat not in promised and holder_of(page.book, seat) is None for seat in fit - {command.seat}
    ):
        raise Refused("seat_promised", command.seat)
    member = state.by_alias(command.alias)
    old = room.seat_device(member.seat) if member is not None and member.seat is not None else None
    names = page.act(state.stream, command, actor)
    if old is not None:
        page.act_room(rc.RevokeDevice(old.id, command.reason), actor)
    return names


def _connected(book: Book) -> set[str]:
    found = (book.room.seat_device(str(seat["id"])) for seat in book.room.seats)
    return {str(device.seat) for device in found if device is not None and device.connected}


def _promised(book: Book, memory: Memory, state: Evaluation) -> set[str]:
    """Seats of drawn slots that nobody took yet: who comes later must find them free."""
    seats: set[str] = set()
    for draw in book.room.draws.values():
        if draw.purpose == draws.SLOTS and draw.stage in (DrawStage.SEALED, DrawStage.OPENED):
            known = draw.transcript or memory.transcripts.get(draw.number) or {"seating": {}}
            taken = {m.slot for stream in draw.streams for m in book.evaluations[stream].members.values()}
            going_on = [stream for stream in draw.streams if not book.evaluations[stream].closed]
            seats |= {seat for slot, seat in known["seating"].items() if slot not in taken and going_on}
    return seats


def keep_key(page: Page, memory: Memory, stream: str, command: GiveDraftKey, actor: Actor) -> list[str]:
    """Take the keys of a seat's drafts into memory."""
    decide(page.evaluation(stream), command, actor, page.at)
    alias = actor.alias or ""
    keys = memory.open_draft_keys(command.key_id, command.key, stream, alias)
    names = page.act(stream, command, actor)
    page.afterwards(lambda: memory.draft_keys.__setitem__((stream, alias), keys))
    return names


def hand_over(page: Page, memory: Memory, randomness: Randomness, caller: Caller, public: str) -> dict[str, Any]:
    """What the old seat left in memory, sealed to the asking machine's `public` key, with the entry of it."""
    held = holder_of(page.book, caller.seat)
    if held is None or not _PUBLIC.fullmatch(public):
        raise RoomRefusal("bad_request" if held else "not_found", "$.public")
    state = page.evaluation(held.stream)
    actor = actor_here(page.book, caller, held.stream)
    alias = actor.alias or ""
    if alias in state.locked:
        raise RoomRefusal("seat_locked", "seat")
    page.act(held.stream, TakeOverSeat(), actor)
    content = {
        "drafts": [key.hex() for key in memory.draft_keys.get((held.stream, alias), ())],
        "sheets": _sheets(state, memory, alias),
    }
    purpose = take_over_purpose(held.stream, caller.device)
    chance = randomness.token_bytes
    box = seal_to([bytes.fromhex(public)], chance(32), chance(32), chance(12), purpose, canonical(content))
    return {"stream": held.stream, "alias": alias, "box": json.loads(json.dumps(box.to_json()))}


def _sheets(state: Evaluation, memory: Memory, alias: str) -> list[dict[str, Any]]:
    """Sealed sheets of rounds that are not opened: the new seat gives their keys if the room loses them."""
    found = []
    for (stream, lot, kind, number, whose), key in memory.sheet_keys.items():
        if (stream, whose) == (state.stream, alias):
            sealed = current_round(state, lot, SheetKind(kind)).sealed.get(alias)
            if sealed is not None:
                found.append({"lot": lot, "kind": kind, "number": number, "key": key.hex(), "sealed": sealed.sealed})
    return found


def forget(page: Page, memory: Memory, stream: str, alias: str) -> None:
    """The member has wiped the seat: nobody takes it over any more."""
    page.afterwards(lambda: memory.draft_keys.pop((stream, alias), None))
