"""The live stream: every missed message, then live ones, each told as far as the session's role may know it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.evaluation.events import Event
from app.evaluation.redaction import told
from app.evaluation.room.events import RoomEvent
from app.evaluation.room.redaction import told_of_room
from app.evaluation.telling import Told
from app.ports.store import Store
from app.room.actors import Caller, actor_of
from app.room.streams import Book, Line, line_of
from app.room.writer import Writer

KEPT = 4096
"""Latest lines kept in memory; who missed more reads them from the store."""
CHUNK = 256


class Feed:
    """Serves lines by position. Whoever waits is woken after each batch."""

    def __init__(self, writer: Writer, store: Store) -> None:
        self._writer = writer
        self._store = store
        self._lines: deque[Line] = deque(maxlen=KEPT)
        self._news = asyncio.Event()
        writer.listeners.append(self._arrived)

    def _arrived(self, lines: list[Line]) -> None:
        self._lines.extend(lines)
        self.wake()

    def wake(self) -> None:
        """Let everyone look: there are new lines, or a session ended."""
        self._news.set()
        self._news = asyncio.Event()

    @property
    def news(self) -> asyncio.Event:
        """Set at the next news; take it before looking for lines, so that none is missed."""
        return self._news

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


def message_for(book: Book, caller: Caller, line: Line) -> dict[str, Any] | None:
    """The message of a line to a session as things stand now, or None where it may not even know."""
    entry, event = line.entry, line.event
    if isinstance(event, RoomEvent):
        level = told_of_room(event, actor_of(book, caller))
    else:
        level = _told_of_evaluation(book, caller, entry.stream, event)
    if level is Told.NOTHING:
        return None
    whole = level is Told.WHOLE
    return {
        "position": line.position,
        "stream": entry.stream,
        "at": entry.at,
        "type": entry.type,
        "actor": dict(entry.actor) if whole else {"role": entry.actor["role"]},
        "data": dict(entry.data) if whole else None,
    }


def _told_of_evaluation(book: Book, caller: Caller, stream: str, event: Event) -> Told:
    return told(book.evaluations[stream], event, actor_of(book, caller, stream))
