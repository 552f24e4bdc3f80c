"""Recordings at the end of their term, from a console of a running room: told, and deleted by two people."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.actor import Actor
from app.evaluation.visibility import STAFF
from app.ports.ambient import Clock
from app.room.actors import Caller, actor_here
from app.room.bodies import ExpiringAsked, KeptListed, KeptView
from app.room.expiry import Due, Expiry
from app.room.logins import Logins
from app.room.recordings import RecordingStore
from app.room.refusal import RoomRefusal
from app.room.streams import Book
from app.room.writer import Writer


@dataclass(frozen=True)
class Keeping:
    """What staff see of the terms of recordings, and the deleting."""

    writer: Writer
    expiry: Expiry
    recordings: RecordingStore
    logins: Logins
    clock: Clock

    async def listed(self, caller: Caller) -> KeptListed:
        """Every recording of which segments are here, and until when it is kept."""
        self._staff(caller)
        due = await self.expiry.told(self.clock.now().date())
        return KeptListed(tuple(_view(self.writer.book, one) for one in due))

    async def expire(self, caller: Caller, asked: ExpiringAsked) -> None:
        """Delete one by the post at this console and a second person of another role, who types the own password."""
        first = self._staff(caller)
        second = await self.logins.vouch(caller, asked.second, asked.password, "ExpireRecording")
        key = (asked.stream, asked.party, asked.device)
        due = next((one for one in await self.expiry.told(self.clock.now().date()) if one.key == key), None)
        if due is None:
            raise RoomRefusal("not_found", "recording")
        await self.expiry.expire(due, first, second)
        self.recordings.forget(key)

    def _staff(self, caller: Caller) -> Actor:
        actor = actor_here(self.writer.book, caller)
        if actor.role not in STAFF:
            raise RoomRefusal("not_permitted", "keeping", denied=True)
        return actor


def _view(book: Book, one: Due) -> KeptView:
    stream, party, device = one.key
    until = None if one.obstacle == "not_closed" else one.until.isoformat()
    return KeptView(
        stream, party, device, one.segments, one.bytes, until, one.article, one.obstacle, book.room.held.get(stream)
    )
