"""Draws at the room: making the requests, taking nonces into memory, computing, and reading what was drawn."""

from __future__ import annotations

from typing import Any

from app import drawing
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.decide import reveal_message, transcript_hash
from app.evaluation.room.model import Draw, DrawStage, Room
from app.evaluation.stages import AT_THE_SEAT
from app.journal import verify_signature
from app.room.memory import Memory
from app.room.refusal import RoomRefusal
from app.room.streams import ROOM, Book, Page

SLOTS, ALIASES, CHAIR = "slots", "aliases", "chair"
SPARES = 2
"""Slots beyond the members, for experts called in later, where seats allow."""

_RULES = [{"kind": "apart", "neighbourhood": 8}, {"kind": "apart", "neighbourhood": 4}]
_KNOWN = (DrawStage.REVEALING, DrawStage.COMPUTING, DrawStage.SEALED)
"""Stages in which the room's memory must hold the nonces revealed so far."""


def short(stream: str) -> str:
    """The name by which a draw calls an evaluation: `evaluation/ev1` is `ev1`."""
    return stream.rsplit("/", maxsplit=1)[-1]


# --- calling


def call(page: Page, purpose: str, streams: tuple[str, ...], core: dict[str, Any], actor: Actor) -> list[str]:
    """Call a draw with the next number, bound to the room's stream as it is now."""
    number = len(page.book.room.draws) + 1
    root = page.book.tails[ROOM].frontier.root().hex()
    request = core | {
        "parties": _parties(page, streams),
        "binding": {"stream": ROOM, "draw_no": number, "root": root},
    }
    return page.act_room(rc.CallDraw(number, purpose, streams, request), actor)


def _parties(page: Page, streams: tuple[str, ...]) -> list[str]:
    wanted = (party.value for stream in streams for party in page.evaluation(stream).ruleset.draw_parties)
    return list(dict.fromkeys(wanted))


def call_slots(page: Page, memory: Memory, streams: tuple[str, ...], actor: Actor) -> list[str]:
    """Call the draw of seats for the slots of evaluations that have not begun to arrive."""
    if not streams or len(set(streams)) != len(streams):
        raise Refused("bad_value", "$.data.streams")
    states = [page.evaluation(stream) for stream in streams]
    if any(member.slot is not None for state in states for member in state.members.values()):
        raise Refused("slots_in_use", "$.data.streams")
    seats = _free_seats(page.book, memory, streams)
    people = _people(page.book.room, states, len(seats))
    return call(page, SLOTS, streams, {"seats": seats, "people": people, "rules": _RULES}, actor)


def _free_seats(book: Book, memory: Memory, streams: tuple[str, ...]) -> list[dict[str, Any]]:
    """Seats whose machine is connected, neither sat on nor promised to another evaluation's slots."""
    gone = {m.seat for state in book.evaluations.values() for m in state.members.values() if m.stage in AT_THE_SEAT}
    for draw in book.room.draws.values():
        pending = draw.purpose == SLOTS and draw.stage is DrawStage.SEALED
        if pending and not set(draw.streams) & set(streams):
            gone |= set(transcript_of(memory, draw)["seating"].values())
    free = []
    for seat in book.room.seats:
        device = book.room.seat_device(seat["id"])
        if device is not None and device.connected and seat["id"] not in gone:
            free.append(dict(seat))
    return free


def aliases_of(room: Room, stream: str) -> int | None:
    """How many aliases an evaluation has: they are drawn once for all its sessions; None before that."""
    found = room.latest_draw(ALIASES, stream)
    return None if found is None else len(found.request["items"])


def _people(room: Room, states: list[Evaluation], seats: int) -> list[dict[str, str]]:
    """One slot a member, then spares in turn while seats are left."""
    counts = [len(state.members) for state in states]
    if sum(counts) > seats:
        raise Refused("too_few_seats", "room", seats=str(seats), people=str(sum(counts)))
    for _ in range(SPARES):
        for i in range(len(counts)):
            most = aliases_of(room, states[i].stream)
            counts[i] += sum(counts) < seats and (most is None or counts[i] < most)
    names = [short(state.stream) for state in states]
    return [{"id": f"{n}-{k}", "group": n} for n, count in zip(names, counts, strict=True) for k in range(1, count + 1)]


def call_aliases(page: Page, stream: str) -> list[str]:
    """Call the order draw of 评委编号: enough for every slot that a later draw could have."""
    count = len(page.evaluation(stream).members) + SPARES
    items = [f"M{k}" for k in range(1, count + 1)]
    return call(page, ALIASES, (stream,), {"kind": "order", "items": items}, SYSTEM)


def call_chair(page: Page, stream: str, tied: tuple[str, ...]) -> list[str]:
    """Call the lot among tied candidates."""
    return call(page, CHAIR, (stream,), {"kind": "order", "items": list(tied)}, SYSTEM)


# --- nonces


def reveal(page: Page, memory: Memory, actor: Actor, number: int, nonce_hex: str, signature_hex: str) -> list[str]:
    """Take a party's nonce into memory; the entry holds its signature. After a restart it only refills the memory."""
    draw = page.book.room.draws.get(number)
    party = actor.role.value
    if draw is None or party not in draw.commitments:
        raise Refused("no_such_draw", "$.data.draw_no")
    device = page.book.room.devices.get(actor.device or "")
    if device is None or draw.devices.get(party) != device.id:
        raise Refused("not_a_party", party)
    try:
        nonce, signature = bytes.fromhex(nonce_hex), bytes.fromhex(signature_hex)
    except ValueError:
        raise Refused("bad_value", "$.data.nonce") from None
    context = drawing.context(drawing.read_request(draw.request))
    if drawing.commitment(context, party, nonce).hex() != draw.commitments[party]:
        raise Refused("wrong_commitment", "$.data.nonce")
    if not verify_signature(bytes.fromhex(device.public_key), reveal_message(draw, party, nonce), signature):
        raise Refused("bad_signature", party)
    again = party in needs_nonce(memory, draw)
    names = [] if again else page.act_room(rc.RevealNonce(number, party, signature_hex), actor)
    page.afterwards(lambda: memory.nonces.__setitem__((number, party), nonce))
    return names


def needs_nonce(memory: Memory, draw: Draw) -> list[str]:
    """Parties that revealed to a room which has lost its memory since."""
    if draw.stage not in _KNOWN:
        return []
    return [party for party in draw.revealed if (draw.number, party) not in memory.nonces]


def compute(draw: Draw, nonces: dict[str, bytes]) -> dict[str, Any]:
    """The transcript; may take a second where rules have to be dropped, so it runs outside the event loop."""
    return drawing.draw(drawing.read_request(draw.request), nonces).to_json()


def nonces_of(memory: Memory, draw: Draw) -> dict[str, bytes] | None:
    """The nonces of a draw in which all have revealed, if the memory holds them."""
    if draw.stage not in _KNOWN or set(draw.revealed) != set(draw.parties) or needs_nonce(memory, draw):
        return None
    return {party: memory.nonces[draw.number, party] for party in draw.parties}


def seal_outcome(page: Page, memory: Memory, number: int, transcript: dict[str, Any]) -> None:
    """Seal a computed draw, or take the transcript of one sealed before a restart back into memory."""
    draw = page.book.room.draws[number]
    digest = transcript_hash(transcript)
    if draw.stage is DrawStage.COMPUTING:
        page.act_room(rc.SealDraw(number, digest, int(transcript.get("relaxed", 0))), SYSTEM)
    elif draw.stage is not DrawStage.SEALED or draw.transcript_hash != digest:
        return
    page.afterwards(lambda: memory.transcripts.__setitem__(number, transcript))


# --- reading what was drawn


def transcript_of(memory: Memory, draw: Draw) -> dict[str, Any]:
    """The transcript of a sealed or opened draw; raises `RoomRefusal` `nonces_needed` after a restart."""
    found = draw.transcript or memory.transcripts.get(draw.number)
    if found is None:
        raise RoomRefusal("nonces_needed", f"draw {draw.number}")
    return found


def drawn(room: Room, stream: str) -> tuple[Draw, Draw] | None:
    """The draws of slots and aliases that seat an evaluation, once both are sealed and may be used."""
    slots, aliases = room.latest_draw(SLOTS, stream), room.latest_draw(ALIASES, stream)
    done = (DrawStage.SEALED, DrawStage.OPENED)
    if slots is None or aliases is None or slots.stage not in done or aliases.stage not in done:
        return None
    return (slots, aliases) if slots.accepted else None


def next_place(page: Page, memory: Memory, stream: str, ref: str) -> tuple[str, str, str]:
    """Slot, seat and alias of the next one to press the key; who comes again keeps the alias."""
    state = page.evaluation(stream)
    found = drawn(page.book.room, stream)
    taken = sum(member.slot is not None for member in state.members.values())
    if found is None or found[0].number not in state.draws or taken >= len(state.slots):
        raise Refused("not_drawn_yet", "seat")
    slots, aliases = (transcript_of(memory, draw) for draw in found)
    slot = state.slots[taken]
    known = {member.alias for member in state.members.values()}
    alias = state.members[ref].alias or next(alias for alias in aliases["order"] if alias not in known)
    return slot, slots["seating"][slot], alias


def lot_at_hand(room: Room, state: Evaluation) -> Draw | None:
    """The lot for the chair that is called and not used yet; one election's lot is not another's."""
    return next(iter(room.draws_for(CHAIR, state.stream)[state.chair_lots :]), None)


def guard_cancelling(book: Book, number: int) -> None:
    """A draw by which somebody sits already cannot be cancelled any more."""
    draw = book.room.draws.get(number)
    if draw is None or draw.purpose not in (SLOTS, ALIASES):
        return
    seated = (m for s in draw.streams for m in _members(book, s) if m.slot is not None)
    if any(True for _ in seated):
        raise Refused("slots_in_use", "$.data.draw_no")


def _members(book: Book, stream: str) -> list[Member]:
    state = book.evaluations.get(stream)
    return [] if state is None else list(state.members.values())
