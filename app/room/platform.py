"""What a platform exported (伴随模式): taken from a console, computed again, kept by its hash, entered."""

from __future__ import annotations

import asyncio
import hashlib
import io
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from app.evaluation.decisions import guards
from app.evaluation.matters.accompany.records import CheckPlatform
from app.evaluation.model import Evaluation
from app.evaluation.permits import PERMITTED
from app.evaluation.stages import LotStage
from app.exchange.accompanied import examine, form_of
from app.ports.store import Blobs
from app.room.actors import Caller, actor_here
from app.room.incoming import Incoming
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.writer import Writer

MOST_BYTES = 32 << 20
"""Most bytes of one export: marks of some hundred bids by nine experts are a few."""


class Platform:
    """Takes exports of lots whose turn is the platform's."""

    def __init__(self, writer: Writer, blobs: Blobs, incoming: Path, scratch: Path) -> None:
        self._writer = writer
        self._blobs = blobs
        self._incoming = Incoming(incoming)
        self._scratch = scratch

    async def take(self, caller: Caller, stream: str, lot: str, body: AsyncIterator[bytes]) -> dict[str, Any]:
        """Check what `body` yields; returns `{"sha256", "bytes", "faults", "hints"}` once file and entry are on the
        disk. Of a refused export nothing is kept."""
        self._guard(caller, stream, lot)
        async with self._incoming.received(body, MOST_BYTES, "export") as path:
            data = await asyncio.to_thread(path.read_bytes)
        digest = hashlib.sha256(data).hexdigest()
        while True:
            state = self._guard(caller, stream, lot)
            answer = await asyncio.to_thread(self._examine, state, lot, data)
            if await self._keep(caller, state, CheckPlatform(lot, digest, len(data), form_of(data), answer), data):
                return {"sha256": digest, "bytes": len(data), **{key: answer[key] for key in ("faults", "hints")}}

    def _guard(self, caller: Caller, stream: str, lot: str) -> Evaluation:
        """The evaluation as it stands, if the caller may send something of it now: asked before anything is read."""
        book = self._writer.book
        if actor_here(book, caller, stream).role not in PERMITTED[CheckPlatform]:
            raise RoomRefusal("not_permitted", "platform", denied=True)
        state = book.evaluations.get(stream)
        if state is None:
            raise RoomRefusal("not_found", "stream")
        guards.lot(state, lot, LotStage.ACCOMPANYING)
        return state

    def _examine(self, state: Evaluation, lot: str, data: bytes) -> dict[str, Any]:
        self._scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        try:
            return examine(state, lot, data, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _keep(self, caller: Caller, state: Evaluation, command: CheckPlatform, data: bytes) -> bool:
        """Enter a check; False where the lot has changed since it was looked at, so that it has to be made again."""
        fresh = not self._blobs.has(command.sha256)
        if fresh:
            await asyncio.to_thread(self._blobs.put, io.BytesIO(data))

        def work(page: Page) -> bool:
            now = page.evaluation(state.stream)
            if (now.lots[command.lot], now.committee) != (state.lots[command.lot], state.committee):
                return False
            page.act(state.stream, command, actor_here(page.book, caller, state.stream))
            return True

        entered = False
        try:
            entered = await self._writer.run(work)
            return entered
        finally:
            if fresh and not entered:
                await asyncio.to_thread(self._blobs.delete, command.sha256)
