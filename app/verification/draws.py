"""The draws of an evaluation: the ones it used are the last ones, open, signed, and they seat as it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from app.archive import Extract
from app.evaluation.matters.coefficients import purpose_of
from app.evaluation.matters.demonstration import purpose_of as order_purpose
from app.evaluation.matters.ties import purpose_of as tie_purpose
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
    aliases_of: dict[str, str] = {}
    later: int | None = None
    sessions = []
    for session in reversed(_sessions(entries)):
        allotted = [entry for entry in session if entry.type == "SlotsAllotted"]
        if not allotted:
            raise Failed("no_draw", JOURNAL)
        sessions.append((session, allotted[-1], later))
        later = int(str(allotted[-1].data["draw_no"]))
    for session, last, before in reversed(sessions):
        slots = _used(room, stream, "slots", last.data["draw_no"], last.data["transcript_hash"], before)
        aliases = _used(room, stream, "aliases", last.data["alias_draw_no"], last.data["alias_transcript_hash"])
        for draw in (slots, aliases):
            if _moment(last.at) < _moment(sealed_at[draw.number]) - CLOCK_STEP:
                raise Failed("too_early", f"{JOURNAL} #{last.seq}")
        _check_seats(session, last, slots, aliases, aliases_of)
    used = [entry for entry in entries if entry.type == "LotDrawn"]
    for turn, entry in enumerate(used):
        _check_lot(room, stream, entry, sealed_at, turn, last=turn == len(used) - 1)
    for entry in entries:
        if entry.type == "CoefficientDrawn":
            purpose = purpose_of(str(entry.data["lot"]), str(entry.data["coefficient"]))
            _check_own(room, stream, entry, purpose, sealed_at)
        elif entry.type == "OrderDrawn":
            purpose = order_purpose(str(entry.data["lot"]), str(entry.data["phase"]))
            _check_own(room, stream, entry, purpose, sealed_at)
        elif entry.type == "TieDrawn":
            transcript: Any = entry.data["transcript"]
            _check_own(room, stream, entry, tie_purpose(str(entry.data["lot"]), tuple(transcript["items"])), sealed_at)


def _sessions(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    """The entries of each session: a re-evaluation begins a further one."""
    cuts = [index for index, entry in enumerate(entries) if entry.type == "EvaluationReopened"]
    return [entries[start:end] for start, end in pairwise([0, *cuts, len(entries)])]


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _used(room: Room, stream: str, purpose: str, number: Any, digest: Any, before: int | None = None) -> Draw:
    """The draw that was used: there, for this purpose, open, accepted, the last one that was not cancelled; where
    another one had its turn later (in the next session, the next election), the last one before that."""
    found = room.draws.get(number)
    if found is None or stream not in found.streams or found.purpose != purpose:
        raise Failed("draw_missing", ENTRIES, number=str(number))
    candidates = [d for d in room.draws_for(purpose, stream) if before is None or d.number < before]
    if not candidates or candidates[-1] is not found:
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


def _check_seats(entries: Sequence[Entry], allotted: Entry, slots: Draw, aliases: Draw, known: dict[str, str]) -> None:
    """Each takes the seat of the slot and the next alias that was drawn; who comes again (`known`) keeps the alias."""
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
        slot, member = entry.data["slot"], str(entry.data["member"])
        fresh = next((alias for alias in order if alias not in known.values()), None)
        known[member] = due_alias = known.get(member, fresh) or ""
        due = (seating.get(slot), due_alias)
        if (entry.data["seat"], entry.data["alias"]) != due:
            raise Failed("seat", f"{JOURNAL} #{entry.seq}")


def _check_lot(room: Room, stream: str, entry: Entry, sealed_at: dict[int, str], turn: int, last: bool) -> None:
    """The lot that chose the chair came from a draw of the room, of just these candidates: of each election its own."""
    transcript: Any = entry.data["transcript"]
    digest = transcript_hash(transcript)
    found = [draw for draw in room.draws.values() if draw.transcript_hash == digest and stream in draw.streams]
    if not found:
        raise Failed("draw_missing", f"{JOURNAL} #{entry.seq}", number="?")
    number = found[-1].number
    if [d.number for d in room.draws_for("chair", stream)][turn : turn + 1] != [number]:
        raise Failed("draw_not_last", ENTRIES, number=str(number))
    used = _used(room, stream, "chair", number, digest, None if last else number + 1)
    if _moment(entry.at) < _moment(sealed_at[used.number]) - CLOCK_STEP:
        raise Failed("too_early", f"{JOURNAL} #{entry.seq}")


def _check_own(room: Room, stream: str, entry: Entry, purpose: str, sealed_at: dict[int, str]) -> None:
    """A coefficient, or the order of tied bids or of demonstrations, came from the one draw that was for just that."""
    transcript: Any = entry.data["transcript"]
    digest = transcript_hash(transcript)
    found = [draw.number for draw in room.draws_for(purpose, stream) if draw.transcript_hash == digest]
    if not found:
        raise Failed("draw_missing", f"{JOURNAL} #{entry.seq}", number="?")
    used = _used(room, stream, purpose, found[-1], digest)
    if _moment(entry.at) < _moment(sealed_at[used.number]) - CLOCK_STEP:
        raise Failed("too_early", f"{JOURNAL} #{entry.seq}")
