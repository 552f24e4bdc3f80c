"""The kiosk's commands as it sends them: they name a person by the ticket of a look-up, never by reference."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.events import Liveness


@dataclass(frozen=True)
class CheckIn:
    """The kiosk knew the face of a living person."""

    ticket: str
    score: str
    engine: str
    liveness: Liveness


@dataclass(frozen=True)
class RequestRelease:
    """The face did not decide (`what` is `admission` or `entry`): two people are asked."""

    ticket: str
    what: str
    reason: str


@dataclass(frozen=True)
class StorePhone:
    """The phone lies in the locker."""

    ticket: str
    locker: str


@dataclass(frozen=True)
class TakeSlot:
    """The key was pressed."""

    ticket: str


@dataclass(frozen=True)
class ReturnPhone:
    """The phone was taken out."""

    ticket: str
    locker: str


@dataclass(frozen=True)
class LeaveRoom:
    """The person goes through the door."""

    ticket: str


@dataclass(frozen=True)
class EnterRoom:
    """The door of the room is to open; the face is left out in the visit in which the key was pressed."""

    ticket: str
    score: str | None = None
    engine: str | None = None
    liveness: Liveness | None = None


ByTicket = CheckIn | RequestRelease | StorePhone | TakeSlot | EnterRoom | ReturnPhone | LeaveRoom
BY_TICKET: dict[str, type[ByTicket]] = {
    kind.__name__: kind for kind in (CheckIn, RequestRelease, StorePhone, TakeSlot, EnterRoom, ReturnPhone, LeaveRoom)
}
"""The kiosk's commands as a client sends them, to the stream `kiosk`."""
