"""What the room plan shows of each seat."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ui.console.sight import Json, Sight
from ui.console.words import alias_word, member_word
from ui.models.room_time import hour_minute
from ui.theme import Tone
from ui.widgets.seat_tile import LineQuality, SeatSight
from ui.widgets.symbols import Symbol

translate = QCoreApplication.translate

_LINES = {"connected": LineQuality.GOOD, "lost": LineQuality.LOST}


def seat_sights(sight: Sight) -> Mapping[str, SeatSight]:
    """Every seat by its number, as far as this role may know it."""
    return {seat["id"]: _sight(sight, seat) for seat in sight.seats}


def _sight(sight: Sight, seat: Json) -> SeatSight:
    number = str(seat["id"])
    line = _LINES.get(str(seat.get("device_state")), LineQuality.NONE)
    held = sight.at_seat(number)
    if held is None:
        return _without_member(seat, number, line)
    evaluation, member = held
    word, tone, symbol = state_of(sight, number, evaluation, member)
    note = ""
    if evaluation["chair"] is not None and evaluation["chair"] == member["alias"]:
        note = str(evaluation["words"].get("chair", ""))
    since = max(member["at"].values(), default=None)
    if line is LineQuality.LOST:
        word, tone, symbol = translate("Console", "Line lost"), Tone.ERROR, Symbol.OFFLINE
        since = seat.get("since")
    return SeatSight(number, word, tone, symbol, alias_word(member["alias"]), note, hour_minute(since), line)


def _without_member(seat: Json, number: str, line: LineQuality) -> SeatSight:
    """A free seat, or one of which this role may know no more than that it is taken."""
    if seat.get("alias") or seat.get("in_use"):
        word = translate("Console", "In use")
        return SeatSight(number, word, Tone.INFO, Symbol.PROGRESS, alias_word(seat.get("alias")), line=line)
    if seat.get("device_state") == "absent":
        return SeatSight(number, translate("Console", "No machine"), Tone.QUIET, Symbol.OFFLINE)
    if line is LineQuality.LOST:
        word, since = translate("Console", "Line lost"), hour_minute(seat.get("since"))
        return SeatSight(number, word, Tone.QUIET, Symbol.OFFLINE, since=since, line=line)
    return SeatSight(number, translate("Console", "Free"), Tone.QUIET, Symbol.EMPTY, line=line)


def state_of(sight: Sight, number: str, evaluation: Json, member: Json) -> tuple[str, Tone, Symbol]:
    """The word for what a member at a seat is doing, with its tone: while they work, only 'in progress' or 'ended'."""
    if "centre" in (talking := sight.in_help_call(evaluation, member)) and sight.lock_at(number) is None:
        both = len(talking) > 1
        word = translate("Console", "Talks with the centre") if both else translate("Console", "Rung up by the centre")
        return word, Tone.INFO, Symbol.CALL
    if sight.call_from(number) is not None:
        return translate("Console", "Calls for help"), Tone.ATTENTION, Symbol.CALL
    if any((one["what"], one["member"]) in _opening(member) for one in evaluation["releases"]):
        return translate("Console", "Waits for staff"), Tone.ATTENTION, Symbol.CALL
    if sight.lock_at(number) is not None:
        return translate("Console", "Locked"), Tone.ATTENTION, Symbol.AWAY
    if member["stage"] in ("recused", "replaced"):
        return member_word(member["stage"], evaluation["words"]), Tone.ATTENTION, Symbol.AWAY
    if member["state"] is not None and member["stage"] == "pledged":
        if member["state"] == "ended":
            return translate("Console", "Ended"), Tone.OK, Symbol.DONE
        return translate("Console", "In progress"), Tone.INFO, Symbol.PROGRESS
    done = member["stage"] == "pledged"
    return (
        member_word(member["stage"], evaluation["words"]),
        Tone.OK if done else Tone.INFO,
        Symbol.DONE if done else Symbol.PROGRESS,
    )


def _opening(member: Json) -> set[tuple[str, str]]:
    """What a seat asks two people for before it opens, or opens again."""
    return {(what, member["member"]) for what in ("seat", "unlock")}
