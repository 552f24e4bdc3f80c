"""The draws of an evaluation: the ones it used are the last ones, open, signed, and they seat as it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.archive import Extract
from app.evaluation.room.decide import reveal_message, transcript_hash
from app.evaluation.room.model import Draw, DrawStage, Room
from app.journal import Entry, verify_signature
from app.verification.checks import CLOCK_STEP, Failed
from app.verification.room import ENTRIES
from app.verification.stream import JOURNAL


def check_draws(entries: Sequence[Entry], extract: Extract, room: Room) -> None:
    """Fail where a draw is missing, not the last, not as signed, or seats and aliases are not the drawn ones.

    `room` is what the `extract` folds to.
    """
    stream = entries[0].stream
    drawn = extract.draws(stream)
    for number, of_draw in drawn.items():
        _check_reveals(room, room.draws[number], of_draw)
    sealed_at = {
        number: entry.at for number, of_draw in drawn.items() for entry in of_draw if entry.type == "DrawSealed"
    }
    allotted = [entry for entry in entries if entry.type == "SlotsAllotted"]
    if not allotted:
        raise Failed("no_draw", JOURNAL)
    last = allotted[-1]
    slots = _used(room, stream, "slots", last.data["draw_no"], last.data["transcript_hash"])
    aliases = _used(room, stream, "aliases", last.data["alias_draw_no"], last.data["alias_transcript_hash"])
    for draw in (slots, aliases):
        if _moment(last.at) < _moment(sealed_at[draw.number]) - CLOCK_STEP:
            raise Failed("too_early", f"{JOURNAL} #{last.seq}")
    _check_seats(entries, last, slots, aliases)
    for entry in entries:
        if entry.type == "LotDrawn":
            _check_lot(room, stream, entry, sealed_at)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _used(room: Room, stream: str, purpose: str, number: Any, digest: Any) -> Draw:
    """The draw that was used: there, for this purpose, open, accepted, the last one that was not cancelled."""
    found = room.draws.get(number)
    if found is None or stream not in found.streams or found.purpose != purpose:
        raise Failed("draw_missing", ENTRIES, number=str(number))
    if room.latest_draw(purpose, stream) is not found:
        raise Failed("draw_not_last", ENTRIES, number=str(number))
    if found.stage is not DrawStage.OPENED or found.transcript is None:
        raise Failed("draw_not_opened", ENTRIES, number=str(number))
    if found.transcript_hash != digest or transcript_hash(found.transcript) != digest:
        raise Failed("draw_hash", ENTRIES, number=str(number))
    if not found.accepted or found.relaxed != found.transcript.get("relaxed", 0):
        raise Failed("draw_not_accepted", ENTRIES, number=str(number))
    return found


def _check_reveals(room: Room, draw: Draw, of_draw: Sequence[Entry]) -> None:
    """Each party signed, before the transcript was open, the very nonce that stands in it."""
    if draw.transcript is None:
        return
    for entry in of_draw:
        if entry.type != "NonceRevealed":
            continue
        party, signature = str(entry.data["party"]), bytes.fromhex(str(entry.data["signature"]))
        key = bytes.fromhex(room.devices[draw.devices[party]].public_key)
        nonce = bytes.fromhex(draw.transcript["nonces"][party])
        if not verify_signature(key, reveal_message(draw, party, nonce), signature):
            raise Failed("reveal_signature", ENTRIES, number=str(draw.number), party=party)


def _check_seats(entries: Sequence[Entry], allotted: Entry, slots: Draw, aliases: Draw) -> None:
    taken: Any = allotted.data["slots"]
    seating, order = (slots.transcript or {})["seating"], (aliases.transcript or {})["order"]
    people = slots.request["people"]
    group = next((person["group"] for person in people if person["id"] == taken[0]), None)
    # The slots of one group, all of them, in the request's order: the outcome leaves no choice. There may be more
    # aliases than slots, never fewer.
    if [person["id"] for person in people if person["group"] == group] != list(taken) or len(order) < len(taken):
        raise Failed("slots", f"{JOURNAL} #{allotted.seq}")
    for entry in entries:
        if entry.type != "SlotTaken":
            continue
        slot = entry.data["slot"]
        due = (seating.get(slot), order[taken.index(slot)])
        if (entry.data["seat"], entry.data["alias"]) != due:
            raise Failed("seat", f"{JOURNAL} #{entry.seq}")


def _check_lot(room: Room, stream: str, entry: Entry, sealed_at: dict[int, str]) -> None:
    """The lot that chose the chair came from a draw of the room, of just these candidates."""
    transcript: Any = entry.data["transcript"]
    digest = transcript_hash(transcript)
    found = [draw for draw in room.draws.values() if draw.transcript_hash == digest and stream in draw.streams]
    if not found:
        raise Failed("draw_missing", f"{JOURNAL} #{entry.seq}", number="?")
    used = _used(room, stream, "chair", found[-1].number, digest)
    if _moment(entry.at) < _moment(sealed_at[used.number]) - CLOCK_STEP:
        raise Failed("too_early", f"{JOURNAL} #{entry.seq}")
