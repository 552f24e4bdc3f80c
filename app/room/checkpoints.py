"""Signed checkpoints while entries come, heads of the streams in the room's stream, and machines' co-signatures."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from app.evaluation.actor import SYSTEM
from app.evaluation.room import commands as rc
from app.evaluation.visibility import STAFF
from app.journal import CheckpointFault, Tree, parse_checkpoint
from app.ports.store import Store, StoreFault
from app.room.actors import Caller, actor_of
from app.room.bodies import CheckpointAnswer
from app.room.reactions import Reactions
from app.room.refusal import RoomRefusal
from app.room.streams import ROOM, Page
from app.room.writer import Writer

INTERVAL_S = 10.0


class Checkpoints:
    """Signs what is new at least every ten seconds; a change of stage is signed at once, by the writer."""

    def __init__(self, writer: Writer, store: Store, reactions: Reactions, interval_s: float = INTERVAL_S) -> None:
        self._writer = writer
        self._store = store
        self._reactions = reactions
        self._interval_s = interval_s
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look at the streams."""
        self._task = asyncio.create_task(self._loop(), name="checkpoints")

    async def stop(self) -> None:
        """Sign what is left, then end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
            with suppress(StoreFault):  # a disk that takes nothing now: signed after the next start
                await self.sign()

    async def sign(self) -> None:
        """Sign every stream that grew since its last checkpoint."""
        tails = self._writer.book.tails.values()
        if any(tail.size > tail.noted for tail in tails):
            await self._writer.run(_sign)

    async def _loop(self) -> None:
        while True:
            await asyncio.sleep(self._interval_s)
            if self._writer.fault is None:
                await asyncio.gather(self.sign(), return_exceptions=True)
            self._reactions.look()

    async def newest(self, caller: Caller, stream: str, earlier: int) -> CheckpointAnswer:
        """The newest checkpoint of a stream, and the proof that it extends the tree of `earlier` entries."""
        self._check(caller, stream)
        note = await asyncio.to_thread(self._store.last_checkpoint, stream)
        if note is None or not 0 <= earlier <= note.size:
            raise RoomRefusal("not_found", "checkpoint")
        proof = await asyncio.to_thread(self._proof, stream, earlier, note.size)
        return CheckpointAnswer(stream, note.size, note.note, tuple(step.hex() for step in proof))

    def _proof(self, stream: str, earlier: int, size: int) -> list[bytes]:
        if earlier in (0, size):
            return []
        return Tree(row.body.encode() for row in self._store.entries(stream, limit=size)).consistency(earlier)

    async def cosign(self, caller: Caller, stream: str, size: int, text: str) -> None:
        """Add a machine's co-signature to a checkpoint of the room."""
        self._check(caller, stream)

        def work(page: Page) -> None:
            known = page.reading.last_checkpoint(stream, size)
            if known is None:
                raise RoomRefusal("not_found", "checkpoint")
            try:
                mine, offered = parse_checkpoint(known.note), parse_checkpoint(text)
            except CheckpointFault:
                raise RoomRefusal("bad_request", "$.note") from None
            key = bytes.fromhex(page.book.room.devices[caller.device].public_key)
            if mine.checkpoint != offered.checkpoint or offered.cosigned_at(caller.device, key) is None:
                raise RoomRefusal("bad_request", "$.note")
            line = next(s for s in offered.signatures if s.name == caller.device)
            # The room's lines stay as they are; of the offered note only this machine's own line is taken.
            others = tuple(s for s in mine.signatures if s.name != caller.device)
            merged = type(mine)(mine.checkpoint, (*others, line)).text()
            page.also(lambda tx: tx.add_checkpoint(stream, size, merged))

        await self._writer.run(work)

    def _check(self, caller: Caller, stream: str) -> None:
        """The room's stream is there for every machine, an evaluation's for those who watch over the room."""
        book = self._writer.book
        actor = actor_of(book, caller)
        staff = actor is not None and actor.role in STAFF
        if stream not in book.tails or (stream != ROOM and not staff):
            raise RoomRefusal("not_found", "stream")


def _sign(page: Page) -> None:
    for stream, tail in page.book.tails.items():
        if stream != ROOM and page.book.room.heads.get(stream, (0, ""))[0] != tail.size:
            page.act_room(rc.NoteHead(stream, tail.size, tail.frontier.root().hex()), SYSTEM)
    page.due |= {stream for stream, tail in page.book.tails.items() if tail.size > tail.noted}
