"""Who may keep, ask for and give shares of a sheet's key, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app import journal
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.lost_seat.records import (
    HOLDERS,
    ApproveSheetRelease,
    AskSheetRelease,
    GiveShare,
    KeepShares,
    LostSeats,
    OfferShareKey,
    OfPlace,
    Place,
    RefuseSheetRelease,
    ShareGiven,
    ShareKeyOffered,
    SharesKept,
    SheetReleaseAsked,
    SheetReleased,
    SheetReleaseRefused,
)
from app.evaluation.model import Evaluation, Round
from app.evaluation.refusal import Refused
from app.evaluation.sheets import unopened_rounds

_HEX = re.compile(r"[0-9a-f]{64}")


def share_purpose(holder: str, commitment: str) -> str:
    """What a share is sealed for to its holder."""
    return f"kawei/sheet-share/1 {holder} {commitment}"


def given_purpose(holder: str, commitment: str) -> str:
    """What a share is sealed for to the room's memory."""
    return f"kawei/sheet-share-given/1 {holder} {commitment}"


def place_of(command: OfPlace, alias: str) -> Place:
    """Which sheet a command is about."""
    return (command.lot, command.kind, command.round, alias)


def sealed_places(state: Evaluation) -> Iterator[tuple[Place, Round]]:
    """Every sealed sheet that is not opened."""
    for lot, found in unopened_rounds(state):
        for alias in found.sealed:
            yield (lot, found.kind.value, found.number, alias), found


def missing_places(state: Evaluation) -> dict[Place, Round]:
    """Sheets that keep a round shut: everybody has ended, the shares are there, and the room, having lost its memory,
    has not been given this one's key again."""
    newest, kept = next(reversed(state.sealing_keys), ""), state.memory(LostSeats).kept
    return {
        place: found
        for place, found in sealed_places(state)
        if place in kept
        and found.ended == set(state.committee)
        and not state.vacant
        and newest not in found.sealed[place[3]].keys
    }


def offer(state: Evaluation, command: OfferShareKey, actor: Actor, at: str) -> list[Event]:
    """One key a console; a console that has held the one share never holds the other."""
    device, keys = actor.device or "", state.memory(LostSeats).keys
    if not _HEX.fullmatch(command.public):
        raise Refused("bad_value", "$.public")
    if not state.committee:
        raise Refused("no_committee", state.stream)
    if keys.get(actor.role.value, {}).get(device) == command.public:
        raise Refused("already_answered", device)
    for holder, by_device in keys.items():
        if holder != actor.role.value and (device in by_device or command.public in by_device.values()):
            raise Refused("holds_other_share", device)
    return [ShareKeyOffered(actor.role.value, device, command.public)]


def keep(state: Evaluation, command: KeepShares, actor: Actor, at: str) -> list[Event]:
    """Of the own sheet, sealed to every key which both holders offer now."""
    alias = guards.sitting(state, actor).alias or ""
    place = place_of(command, alias)
    found = dict(sealed_places(state)).get(place)
    if found is None:
        raise Refused("nothing_sealed", alias)
    if command.shares == state.memory(LostSeats).kept.get(place):
        raise Refused("already_answered", alias)
    if set(command.shares) != set(HOLDERS):
        raise Refused("bad_value", "$.shares")
    for holder in HOLDERS:
        _check_share(state, holder, command.shares[holder], found.sealed[alias].commitment)
    return [SharesKept(alias, command.lot, command.kind, command.round, command.shares)]


def _check_share(state: Evaluation, holder: str, share: Any, commitment: str) -> None:
    where = f"$.shares.{holder}"
    if not isinstance(share, dict) or set(share) != {"digest", "box"} or not _HEX.fullmatch(str(share["digest"])):
        raise Refused("bad_value", where)
    try:
        box = journal.SealedFor.from_json(share["box"])
    except journal.SealingFault:
        raise Refused("bad_value", where) from None
    keys = [public.hex() for public, _ in box.recipients]
    if box.purpose != share_purpose(holder, commitment) or keys != state.memory(LostSeats).publics(holder):
        raise Refused("old_key", where)


def ask(state: Evaluation, command: AskSheetRelease, actor: Actor, at: str) -> list[Event]:
    """Only when all have ended and nothing but this sheet's key is missing. Whether the seat is lost, the room says."""
    place, memory = place_of(command, command.alias), state.memory(LostSeats)
    if place not in missing_places(state):
        raise Refused("nothing_missing", command.alias)
    if place in memory.asked or place in memory.released:
        raise Refused("already_requested", command.alias)
    guards.text(command.reason, "$.reason")
    return [SheetReleaseAsked(**vars(command))]


def approve(state: Evaluation, command: ApproveSheetRelease, actor: Actor, at: str) -> list[Event]:
    """The other holder."""
    _expect_asked(state, command, actor)
    return [SheetReleased(**vars(command))]


def refuse(state: Evaluation, command: RefuseSheetRelease, actor: Actor, at: str) -> list[Event]:
    """The other holder."""
    _expect_asked(state, command, actor)
    return [SheetReleaseRefused(**vars(command))]


def _expect_asked(state: Evaluation, command: ApproveSheetRelease | RefuseSheetRelease, actor: Actor) -> None:
    place = place_of(command, command.alias)
    first = state.memory(LostSeats).asked.get(place)
    if first is None or place not in missing_places(state):
        raise Refused("nothing_requested", command.alias)
    if first == actor.role.value:
        raise Refused("same_role", first)
    guards.text(command.reason, "$.reason")


def give(state: Evaluation, command: GiveShare, actor: Actor, at: str) -> list[Event]:
    """Of a sheet that both released; what is in it the room has checked in its memory."""
    place, memory, holder = place_of(command, command.alias), state.memory(LostSeats), actor.role.value
    if place not in memory.released or place not in missing_places(state):
        raise Refused("nothing_requested", command.alias)
    if command.key_id != next(reversed(state.sealing_keys), None):
        raise Refused("old_key", "$.key_id")
    if (place, holder, command.key_id) in memory.given:
        raise Refused("already_answered", command.alias)
    return [ShareGiven(holder, **vars(command))]
