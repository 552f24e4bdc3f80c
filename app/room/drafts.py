"""Drafts: the latest sealed value of each sitting member's unfinished sheet, on the disk before it is answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from app.evaluation import visibility
from app.evaluation.actor import Actor
from app.evaluation.decisions.rounds import sheet_kind
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.sheets import current_round
from app.ports.ambient import Clock
from app.ports.store import Draft, Store
from app.room.actors import Caller, actor_here
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page
from app.room.writer import Writer

MOST_BYTES = 1 << 20
"""Most that a sealed draft may have as text."""


@dataclass(frozen=True)
class DraftPlace:
    """Which sheet a draft is for; `lot` is empty for a ballot."""

    stream: str
    lot: str
    kind: str
    round: int


def read_place(stream: str, lot: str, kind: str, number: str) -> DraftPlace:
    """Read a draft's place from the parts of its address."""
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise RoomRefusal("not_found", "round")
    return DraftPlace(stream.replace("~", "/"), "" if lot == "-" else lot, kind, int(number))


class Drafts:
    """Each member's own drafts, and nobody else's."""

    def __init__(self, writer: Writer, store: Store, clock: Clock) -> None:
        self._writer = writer
        self._store = store
        self._clock = clock
        self._newest: dict[tuple[str, str, str, int, str], tuple[int, bytes]] = {}
        """Version and hash of what is on the disk, so that not every key has to ask it; nobody else writes drafts."""

    def _read(self, page: Page, key: tuple[str, str, str, int, str]) -> tuple[int, bytes]:
        known = page.reading.draft(*key)
        return (0, b"") if known is None else (known.version, _digest(known.sealed))

    async def put(self, caller: Caller, place: DraftPlace, version: int, sealed: str) -> dict[str, Any]:
        """Keep a newer draft; an older one never overwrites. Returns `{"version"}` kept."""
        if version < 1:
            raise RoomRefusal("bad_request", "$.version")
        if len(sealed) > MOST_BYTES:
            raise RoomRefusal("too_large", "$.sealed")

        def work(page: Page) -> int:
            alias = _own(page.book, caller, place)
            _check_running(page.evaluation(place.stream), place, alias)
            key = (place.stream, place.lot, place.kind, place.round, alias)
            known = self._newest.get(key) or self._read(page, key)
            offered = (version, _digest(sealed))
            if known[0] >= version and known != offered:
                raise RoomRefusal("old_version", "$.version")
            draft = Draft(*key, version, sealed, self._clock.now())
            page.also(lambda tx: tx.put_draft(draft))
            page.afterwards(lambda: self._newest.__setitem__(key, offered))
            return version

        return {"version": await self._writer.run(work)}

    def get(self, caller: Caller, place: DraftPlace) -> dict[str, Any]:
        """The caller's own draft."""
        alias = _own(self._writer.book, caller, place)
        found = self._store.draft(place.stream, place.lot, place.kind, place.round, alias)
        if found is None:
            raise RoomRefusal("not_found", "draft")
        return {"version": found.version, "sealed": found.sealed}


def _digest(sealed: str) -> bytes:
    return hashlib.sha256(sealed.encode()).digest()


def _own(book: Book, caller: Caller, place: DraftPlace) -> str:
    state = book.evaluations.get(place.stream)
    actor: Actor = actor_here(book, caller, place.stream)
    if state is None or not visibility.may_draft(state, actor) or actor.alias is None:
        raise RoomRefusal("not_found", "draft")
    if not visibility.works(state, actor):
        raise RoomRefusal("seat_locked", "draft")
    return actor.alias


def _check_running(state: Evaluation, place: DraftPlace, alias: str) -> None:
    found = current_round(state, place.lot, sheet_kind(place.kind))
    if found.number != place.round or found.opened or alias in found.ended:
        raise Refused("round_over", place.lot)
