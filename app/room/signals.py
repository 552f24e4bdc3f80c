"""Messages between the engines of one call: handed from machine to machine, never written, never looked into.

Only two machines that the journal says are in the same call now may send each other anything, so that a seat reaches
no call of another evaluation and none that is closed. A seat's camera is the same: its machine and one that watches it
may, and no two seats or two consoles. What is not fetched within seconds is dropped: engines try again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.evaluation.matters import watching
from app.evaluation.matters.call import linked, obstacle, parties
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.ports.ambient import Clock
from app.room.actors import Caller, actor_of
from app.room.refusal import RoomRefusal
from app.room.streams import Book

KEPT_S = 10.0
MOST_WAITING = 256
MOST_CHARACTERS = 64 * 1024
"""Of one message, keys and values together: a description of a connection with its candidates has a few thousand."""


@dataclass(frozen=True)
class SignalRequest:
    """For whom (an alias or a post, as the view names the partners), and what the engine has to say."""

    call: str
    to: str
    message: dict[str, str]


@dataclass(frozen=True)
class _Waiting:
    number: int
    until: float
    signal: dict[str, Any]


@dataclass(frozen=True)
class _Way:
    """Whom the partner takes the sender for, and the partner's machine."""

    me: str
    device: str


def _talking(caller: Caller, state: Evaluation, asked: SignalRequest) -> _Way | None:
    """Within a call: both are in it, nothing keeps either out, and they may hear each other now."""
    there = parties(state, asked.call)
    me = next((party for party, device in there.items() if device == caller.device), None)
    if me is None or asked.to not in linked(state, asked.call, me):
        return None
    if any(obstacle(state, asked.call, party) is not None for party in (me, asked.to)):
        return None
    return _Way(me, there[asked.to])


def _watching(book: Book, caller: Caller, state: Evaluation, asked: SignalRequest) -> _Way | None:
    """Between a seat and a machine that watches it, at which the one who asked for that is still logged in."""
    actor = actor_of(book, caller, state.stream)
    if actor is None:
        return None
    alias = actor.alias or asked.to
    for one in watching.watchers(state, alias):
        if actor.alias is not None and one.party == asked.to:
            return _Way(actor.alias, one.device)
        if (one.device, one.role) == (actor.device, actor.role):
            seat = next((member.seat for member in state.members.values() if member.alias == alias), None)
            machine = book.room.seat_device(seat) if seat is not None else None
            return _Way(one.party, machine.id) if machine is not None else None
    return None


class Signals:
    """A short queue for each machine, read by its live stream from where that began. `wake` lets the streams look."""

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock, self._wake = clock, wake
        self._waiting: dict[str, deque[_Waiting]] = {}
        self._number = 0

    @property
    def newest(self) -> int:
        """The number of the last message of all, behind which a stream that begins now reads."""
        return self._number

    def send(self, book: Book, caller: Caller, stream: str, asked: SignalRequest) -> None:
        """Hand a message on. Raises `RoomRefusal` or `Refused`: `not_found`, `not_in_call`, `too_large`."""
        state = book.evaluations.get(stream)
        if state is None:
            raise RoomRefusal("not_found", "$.stream")
        way = _watching(book, caller, state, asked) if asked.call == watching.CALL else _talking(caller, state, asked)
        if way is None:
            raise Refused("not_in_call", "$.call")
        if sum(len(key) + len(value) for key, value in asked.message.items()) > MOST_CHARACTERS:
            raise RoomRefusal("too_large", "$.message")
        self._number += 1
        signal = {"stream": stream, "call": asked.call, "from": way.me, "message": asked.message}
        queue = self._waiting.setdefault(way.device, deque(maxlen=MOST_WAITING))
        queue.append(_Waiting(self._number, self._clock.monotonic() + KEPT_S, signal))
        self._wake()

    def after(self, device: str, number: int) -> list[tuple[int, dict[str, Any]]]:
        """What waits for a machine behind a number, in order, each with its own; what is too old is forgotten."""
        queue, now = self._waiting.get(device), self._clock.monotonic()
        while queue and queue[0].until <= now:
            queue.popleft()
        return [(one.number, one.signal) for one in queue or () if one.number > number]
