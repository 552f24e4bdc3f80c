"""The live stream: every missed message, then live ones, each told as far as the session's role may know it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.redaction import told
from app.evaluation.room.events import DeviceConnected, DeviceDisconnected, RoomEvent, StreamHead
from app.evaluation.room.model import DeviceKind
from app.evaluation.room.redaction import told_of_room
from app.evaluation.telling import Told
from app.evaluation.visibility import STAFF
from app.ports.store import Store
from app.room.actors import Caller, actor_of
from app.room.streams import Book, Line, line_of
from app.room.writer import Writer
from app.rules.model import Party

KEPT = 4096
"""Latest lines kept in memory; who missed more reads them from the store."""
CHUNK = 256

_NO_SESSION_ENDS = (DeviceConnected, DeviceDisconnected, StreamHead)
"""Entries of the room after which every session is as it was; behind any other all look whether theirs has ended."""


@dataclass(eq=False)
class Listener:
    """One live stream: whose, how far it has read, and the bell that lets it look. While it is `idle` the feed reads
    on for it, past what it may not know, and wakes it for the rest alone."""

    caller: Caller
    position: int
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    idle: bool = False


class Feed:
    """Serves lines by position, and wakes whoever has something to hear."""

    def __init__(self, writer: Writer, store: Store) -> None:
        self._writer = writer
        self._store = store
        self._lines: deque[Line] = deque(maxlen=KEPT)
        self._listeners: set[Listener] = set()
        self._texts: dict[tuple[int, Told, bool], str] = {}
        """The messages of the newest lines as they go out, by position, level and whether with their proof: the same
        for all who are told."""
        writer.listeners.append(self._arrived)

    def join(self, caller: Caller, position: int) -> Listener:
        """A live stream begins behind a position; `leave` ends it."""
        listener = Listener(caller, position)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream has ended."""
        self._listeners.discard(listener)

    def _arrived(self, lines: list[Line]) -> None:
        self._lines.extend(lines)
        self._texts.clear()
        if any(isinstance(line.event, RoomEvent) and not isinstance(line.event, _NO_SESSION_ENDS) for line in lines):
            self.wake()
            return
        book, first, last = self._writer.book, lines[0].position, lines[-1].position
        judges = [Judge(book, line) for line in lines]
        told_outside = any(judge.outside is not Told.NOTHING for judge in judges)
        inside = {seat for judge in judges for seat in judge.seats}
        for listener in self._listeners:
            caller = listener.caller
            if not listener.idle or listener.position + 1 != first:
                hears = True
            elif caller.kind is DeviceKind.SEAT and caller.seat not in inside:
                hears = told_outside
            else:
                hears = any(judge.level(caller) is not Told.NOTHING for judge in judges)
            if hears:
                listener.bell.set()
            else:
                listener.position = last

    def wake(self) -> None:
        """Let everyone look: a session may have ended, or there is a signal."""
        for listener in self._listeners:
            listener.bell.set()

    async def after(self, position: int) -> list[Line]:
        """The next lines behind a position, at most a chunk."""
        if position >= self._writer.book.position:
            return []
        if self._lines and self._lines[0].position <= position + 1:
            return list(islice(self._behind(position), CHUNK))
        rows = await asyncio.to_thread(self._store.entries_after, position, CHUNK)
        return [line_of(row)[0] for row in rows if row.position <= self._writer.book.position]

    def _behind(self, position: int) -> Iterator[Line]:
        first = self._lines[0].position
        return islice(self._lines, max(0, position + 1 - first), None)

    def text(self, caller: Caller, line: Line) -> str | None:
        """The message of a line to a session as things stand now, or None where it may not even know."""
        book = self._writer.book
        level = Judge(book, line).level(caller)
        if level is Told.NOTHING:
            return None
        proven = isinstance(line.event, RoomEvent) and _watches(book, caller)
        found = self._texts.get((line.position, level, proven))
        if found is None:
            told = message(line, level) | (proof_of(line) if proven else {})
            found = json.dumps(told, ensure_ascii=False)
            if self._lines and line.position >= self._lines[-1].position - CHUNK:
                self._texts[line.position, level, proven] = found
        return found


class Judge:
    """How much of one line whoever listens is told, as things stand in one book."""

    def __init__(self, book: Book, line: Line) -> None:
        self._book, self._line = book, line

    @cached_property
    def outside(self) -> Told:
        """What a seat is told of the room, or of an evaluation in which nobody of it works: one seat as the next."""
        return self._told(Actor(Party.MEMBER))

    @property
    def seats(self) -> Iterator[str]:
        """The seats at which somebody works in the evaluation of this line."""
        stream = self._line.entry.stream
        state = self._book.evaluations.get(stream)
        for member in state.members.values() if state is not None else ():
            if member.seat is not None and self._book.holders.get(member.seat, ("",))[0] == stream:
                yield member.seat

    def level(self, caller: Caller) -> Told:
        """How much this machine is told."""
        stream = self._line.entry.stream
        if caller.kind is DeviceKind.SEAT:
            held = self._book.holders.get(caller.seat or "")
            if held is None or held[0] != stream:
                return self.outside
        return self._told(actor_of(self._book, caller, stream))

    def _told(self, actor: Actor | None) -> Told:
        event = self._line.event
        if isinstance(event, RoomEvent):
            return told_of_room(event, actor)
        return told(self._book.evaluations[self._line.entry.stream], event, actor)


def message(line: Line, level: Told) -> dict[str, Any]:
    """A line as it is told."""
    entry, whole = line.entry, level is Told.WHOLE
    return {
        "position": line.position,
        "stream": entry.stream,
        "at": entry.at,
        "type": entry.type,
        "actor": dict(entry.actor) if whole else {"role": entry.actor["role"]},
        "data": dict(entry.data) if whole else None,
    }


def proof_of(line: Line) -> dict[str, Any]:
    """What an entry's place in the chain is checked by. Only of the room's stream, and only for those who are told all
    of it: where something is held back, the hash of the next entry would be a means to guess it."""
    entry = line.entry
    return {"v": entry.v, "seq": entry.seq, "prev": entry.prev, "hash": entry.hash}


def _watches(book: Book, caller: Caller) -> bool:
    actor = actor_of(book, caller)
    return actor is not None and actor.role in STAFF
