"""Portraits of the lists, deleted when their evaluation is closed and the room's time for them is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.evaluation.actor import SYSTEM
from app.evaluation.room import commands as rc
from app.ports.store import Store
from app.room.plan import RoomPlan
from app.room.streams import ROOM, Book, Page
from app.room.vault import Vault
from app.room.writer import Writer


class Portraits:
    """Letters of authorisation stay, as papers of the evaluation; pictures of faces have no use behind its close."""

    def __init__(self, writer: Writer, store: Store, vault: Vault, plan: RoomPlan) -> None:
        self._writer = writer
        self._store = store
        self._vault = vault
        self._kept = timedelta(days=plan.privacy.portrait_days)

    def due(self, book: Book, now: datetime) -> Iterator[str]:
        """Streams of closed evaluations whose portraits are to go."""
        for stream in self._vault.with_portraits():
            state = book.evaluations.get(stream)
            if state is not None and state.closed and self._is_over(stream, now):
                yield stream

    def _is_over(self, stream: str, now: datetime) -> bool:
        if not self._kept:
            return True
        last = self._store.head(stream)  # nothing follows the entry that closes an evaluation
        return last is not None and now - datetime.fromisoformat(last.at) >= self._kept

    async def forget(self, stream: str) -> None:
        """Delete them, with the entry of it."""

        def work(page: Page) -> None:
            refs = self._vault.with_portraits().get(stream, frozenset())
            if refs and page.evaluation(stream).closed:
                page.act_room(rc.ForgetPortraits(stream, len(refs)), SYSTEM)
                page.also(partial(self._vault.forget_portraits, refs=refs))
                page.afterwards(lambda: self._vault.without_portraits(stream))
                page.due.add(ROOM)

        await self._writer.run(work)
