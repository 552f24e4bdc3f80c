"""Scanned papers that consoles bring: kept by their hash, shown to nobody until an entry names them that one sees."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.model import Evaluation
from app.evaluation.papers import named_in
from app.evaluation.redaction import told
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.ports.store import Blobs, Store
from app.room.actors import Caller, actor_here, actor_of
from app.room.importing import files_of
from app.room.incoming import Incoming
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page, line_of
from app.room.writer import Writer
from app.rules.model import Party

MOST_BYTES = 64 << 20
"""Most bytes of one scan: some hundred pages."""

BRINGERS = frozenset({Party.CENTRE, Party.WITNESS, Party.AGENCY, Party.TENDEREE})
"""Who may bring a paper; seats and kiosks take none."""

_MARKS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How the files begin that are taken, PDF, JPEG and PNG: nothing that a viewer would run."""


UNNAMED_FOR = timedelta(days=1)
"""So long a scan waits for an entry that names it; then it was brought by mistake, and goes."""


class Scans:
    """Takes scans, says who may have one back, and deletes those that nothing came of."""

    def __init__(self, writer: Writer, store: Store, blobs: Blobs, incoming: Path) -> None:
        self._writer = writer
        self._store = store
        self._blobs = blobs
        self._incoming = Incoming(incoming)

    async def take(self, caller: Caller, body: AsyncIterator[bytes]) -> dict[str, Any]:
        """Keep what `body` yields; returns `{"sha256", "bytes"}` once content and entry are on the disk."""
        if actor_here(self._writer.book, caller).role not in BRINGERS:
            raise RoomRefusal("not_permitted", "papers", denied=True)
        async with self._incoming.received(body, MOST_BYTES, "paper") as path:
            return await self._keep(caller, path)

    async def _keep(self, caller: Caller, path: Path) -> dict[str, Any]:
        digest = await asyncio.to_thread(_digest, path)
        size = path.stat().st_size
        fresh = not self._blobs.has(digest)
        if fresh:
            await asyncio.to_thread(self._put, path)

        def work(page: Page) -> dict[str, Any]:
            if self._is_due_again(page, digest):
                page.act_room(rc.KeepPaper(digest, size), actor_here(page.book, caller))
            return {"sha256": digest, "bytes": size}

        try:
            kept = await self._writer.run(work)
        except BaseException:
            if fresh:
                await asyncio.to_thread(self._blobs.delete, digest)
            raise
        if not self._blobs.has(digest):  # it was swept while it was brought again
            await asyncio.to_thread(self._put, path)
        return kept

    def _is_due_again(self, page: Page, digest: str) -> bool:
        """Whether an entry says that a scan was brought: once, and anew where it would be swept before it is named."""
        kept = page.book.room.papers.get(digest)
        if kept is None:
            return True
        waited = datetime.fromisoformat(page.at) - datetime.fromisoformat(kept.at)
        return digest not in page.book.named and waited > UNNAMED_FOR / 2

    def _put(self, path: Path) -> None:
        with path.open("rb") as content:
            self._blobs.put(content, limit=MOST_BYTES)

    def unnamed(self, book: Book, now: datetime) -> Iterator[str]:
        """The scans whose time to be named is over."""
        for digest, kept in book.room.papers.items():
            if digest not in book.named and now - datetime.fromisoformat(kept.at) >= UNNAMED_FOR:
                yield digest

    async def drop(self, digest: str, now: datetime) -> None:
        """Delete a scan that is still unnamed, with the entry of it; a content that is kept as another file stays."""

        def work(page: Page) -> None:
            if digest in self.unnamed(page.book, now):
                page.act_room(rc.DropPaper(digest), SYSTEM)
                page.afterwards(lambda: self._delete(digest))

        await self._writer.run(work)

    def _delete(self, digest: str) -> None:
        book = self._writer.book
        others = {file.sha256 for state in book.evaluations.values() for file in files_of(state.tender)}
        others |= {
            lot.report.sha256 for state in book.evaluations.values() for lot in state.lots.values() if lot.report
        }
        if digest not in book.room.papers and digest not in others:
            self._blobs.delete(digest)

    def shown_to(self, caller: Caller, sha256: str) -> str:
        """The digest of a paper that the caller may have: it stands in the caller's view, or in an entry told whole."""
        book = self._writer.book
        if sha256 in book.room.papers:
            for stream, state in book.evaluations.items():
                actor = actor_of(book, caller, stream)
                if actor is not None and (_in_view(state, actor, sha256) or self._told(state, actor, sha256)):
                    return sha256
        raise RoomRefusal("not_found", "paper", denied=sha256 in book.room.papers)

    def _told(self, state: Evaluation, actor: Actor, sha256: str) -> bool:
        events = (line_of(row)[0].event for row in self._store.entries(state.stream) if sha256 in row.body)
        return any(isinstance(event, Event) and told(state, event, actor) is Told.WHOLE for event in events)


def _in_view(state: Evaluation, actor: Actor, sha256: str) -> bool:
    seen = view(state, actor) or {}
    shown = named_in([seen.get("matters"), seen.get("acts")])
    return any(paper["sha256"] == sha256 for _, paper in shown)


def _digest(path: Path) -> str:
    """The hash of a scan; raises `RoomRefusal` `not_a_scan` for anything else."""
    with path.open("rb") as content:
        if not content.read(max(map(len, _MARKS))).startswith(_MARKS):
            raise RoomRefusal("not_a_scan", "paper")
        content.seek(0)
        return hashlib.file_digest(content, "sha256").hexdigest()


def check_papers(book: Book, command: Command) -> None:
    """Refuse a command that names a paper which nobody has brought (`paper_unknown`)."""
    for where, paper in named_in(codec.to_json(command), "$.data"):
        kept = book.room.papers.get(str(paper["sha256"]))
        if kept is None or kept.bytes != paper["bytes"]:
            raise Refused("paper_unknown", where)
