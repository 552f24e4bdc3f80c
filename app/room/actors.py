"""Who a session is: the actor follows from the machine, from who holds its seat, or from who is logged in at it."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.actor import Actor
from app.evaluation.model import Member
from app.evaluation.room.model import DeviceKind
from app.room.refusal import RoomRefusal
from app.room.streams import Book
from app.rules.model import Party


@dataclass(frozen=True)
class Caller:
    """An enrolled machine with a live session."""

    device: str
    kind: DeviceKind
    seat: str | None


@dataclass(frozen=True)
class Holder:
    """Who holds a seat, and in which evaluation."""

    stream: str
    member: Member


def holder_of(book: Book, seat: str | None) -> Holder | None:
    """The member who holds a seat now."""
    found = book.holders.get(seat) if seat is not None else None
    return None if found is None else Holder(*found)


def actor_of(book: Book, caller: Caller, stream: str | None = None) -> Actor | None:
    """The actor that a session is towards a stream; None at a board, or at a console where nobody is logged in.

    An alias holds in its own evaluation only: towards any other stream the seat's member has none.
    """
    if caller.kind is DeviceKind.KIOSK:
        return Actor(Party.KIOSK, device=caller.device)
    if caller.kind is DeviceKind.SEAT:
        held = holder_of(book, caller.seat)
        alias = held.member.alias if held is not None and held.stream == stream else None
        return Actor(Party.MEMBER, alias=alias, device=caller.device)
    post = book.room.posts.get(caller.device)
    if caller.kind is DeviceKind.CONSOLE and post is not None:
        return Actor(Party(post["role"]), post=post["post"], device=caller.device)
    return None


def actor_here(book: Book, caller: Caller, stream: str | None = None) -> Actor:
    """As `actor_of`; raises `RoomRefusal` `no_post` where there is nobody."""
    found = actor_of(book, caller, stream)
    if found is None:
        raise RoomRefusal("no_post")
    return found
