"""Words that several pages share: aliases, seats, stops of the rail, how far a member is, money."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.rules.procedure import CARRIED
from ui.seat.steps import STOP_OF, PageCode, Stop, member_number
from ui.widgets.rail import Stage, StageState


def member_name(alias: str) -> str:
    """An alias as people say it; it is the only name that a member has on a screen."""
    return QCoreApplication.translate("SeatWords", "Member {number}").format(number=member_number(alias))


def seat_name(seat: str) -> str:
    """A seat's badge."""
    return QCoreApplication.translate("SeatWords", "Seat {number}").format(number=seat) if seat else ""


def in_progress() -> str:
    """The one word for a member who still works."""
    return QCoreApplication.translate("SeatWords", "in progress")


def ended() -> str:
    """The one word for a member who has nothing to do now."""
    return QCoreApplication.translate("SeatWords", "ended")


def stop_name(stop: Stop, words: Mapping[str, str]) -> str:
    """What the track calls a stop of the rail."""
    own = {
        Stop.DISCIPLINE: "discipline",
        Stop.PLEDGE: "pledge",
        Stop.CHAIR: "chair",
        Stop.PRELIMINARY: "preliminary",
        Stop.TALKING: "talk",
        Stop.MARKING: "marking",
        Stop.TALLY: "tally",
        Stop.REPORT: "report",
    }
    if stop is Stop.SEAT:
        return QCoreApplication.translate("SeatWords", "Taking the seat")
    if stop is Stop.PLATFORM:
        return QCoreApplication.translate("SeatWords", "Platform check")
    if stop is Stop.LEAVE:
        return QCoreApplication.translate("SeatWords", "Leaving")
    return words.get(own[stop], own[stop])


def _due(stop: Stop, words: Mapping[str, str], carries: Collection[str]) -> bool:
    """Whether the way of this evaluation has a stop: talks by its words, the others by what is carried here."""
    return {
        Stop.TALKING: "talk" in words,
        Stop.PRELIMINARY: "review" in carries,
        Stop.MARKING: "marks" in carries,
        Stop.TALLY: "marks" in carries,
        Stop.PLATFORM: "marks" not in carries,
    }.get(stop, True)


def rail(page: PageCode, words: Mapping[str, str], carries: Collection[str] = CARRIED) -> tuple[Stage, ...]:
    """The rail as it stands on a page; nothing while nobody has the seat."""
    here = STOP_OF.get(page)
    if here is None:
        return ()
    stops = tuple(stop for stop in Stop if stop is here or _due(stop, words, carries))
    now = stops.index(here)

    def state(at: int) -> StageState:
        if page is PageCode.GOODBYE or at < now:
            return StageState.DONE
        return StageState.CURRENT if at == now else StageState.COMING

    return tuple(Stage(stop_name(stop, words), state(at)) for at, stop in enumerate(stops))


def yuan(price: str | None) -> str:
    """An amount with separators, exactly as precise as it was given; '—' for none."""
    if price is None:
        return "—"
    try:
        return f"{Decimal(price):,}"
    except InvalidOperation:
        return price


def bidders(lot: Mapping[str, Any]) -> dict[str, str]:
    """The bidders' names by bid."""
    return {bid["id"]: bid["bidder"] for bid in lot["bids"]}


def factors(lot: Mapping[str, Any]) -> dict[str, str]:
    """The factors' names by id."""
    return {factor["id"]: factor["name"] for factor in lot["factors"]}


def items(lot: Mapping[str, Any]) -> dict[str, str]:
    """The review items' names by id."""
    return {item["id"]: item["name"] for item in lot["items"]}


def lot_title(lot: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """A lot with its word: 'Lot 1 · name' in the track's own word."""
    return f"{words.get('lot', '')} {lot['id']} · {lot['name']}".strip()


def and_more(count: int) -> str:
    """The tail of a list that is cut."""
    return QCoreApplication.translate("SeatWords", "and {count} more").format(count=count)


def watchers_name(roles: Sequence[str], words: Mapping[str, str]) -> str:
    """Who sees this seat's camera, as the seat says it; empty for nobody."""
    translate = QCoreApplication.translate
    names = {
        "centre": translate("SeatWords", "the centre"),
        "witness": translate("SeatWords", "the witness"),
        "regulator": words.get("regulator") or translate("SeatWords", "the regulator"),
    }
    who = translate("SeatWords", ", ").join(names.get(role, role) for role in roles)
    return translate("SeatWords", "Seen by {who}").format(who=who) if who else ""
