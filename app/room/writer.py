"""The one writer: takes queued jobs, lets each write on its page, commits them together, and only then tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from app.journal import Origin, Signer, make_checkpoint, timestamp
from app.ports.ambient import Clock
from app.ports.store import Store, StoreFault, Transaction
from app.room.bugs import log_bug
from app.room.streams import ROOM, Book, Line, Page

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Page], Any]

BATCH = 64
"""Most jobs of one transaction."""


@dataclass(frozen=True)
class _Job:
    work: Work
    done: asyncio.Future[Any]


@dataclass
class _Written:
    book: Book
    outcomes: list[tuple[bool, Any]]
    lines: list[Line]
    callbacks: list[Callable[[], object]]


class Writer:
    """Owns the book. `run` is called in the event loop; the jobs themselves run in the writer's thread.

    `listeners` are called in the event loop after every batch that wrote entries, with the lines.
    """

    def __init__(self, store: Store, clock: Clock, signer: Signer, book: Book) -> None:
        self.book = book
        self.listeners: list[Callable[[list[Line]], object]] = []
        self.fault: StoreFault | None = None
        """What kept the last batch from the disk; None when all is well."""
        self._store = store
        self._clock = clock
        self._signer = signer
        self._queue: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kawei-writer")
        self._task: asyncio.Task[None] | None = None
        self._begun: float | None = None
        self._took_s = 0.0

    def waited_s(self) -> float:
        """How long the last batch took to be on the disk, or the one at hand has waited, whichever is longer."""
        took = 0.0 if self._begun is None else self._clock.monotonic() - self._begun
        return max(took, self._took_s)

    def start(self) -> None:
        """Begin to take jobs."""
        self._task = asyncio.create_task(self._loop(), name="writer")

    async def stop(self) -> None:
        """Finish what is queued, then end."""
        if self._task is not None:
            await self._queue.put(None)
            await self._task
            self._task = None
        self._thread.shutdown()

    async def run(self, work: Callable[[Page], T]) -> T:
        """Let a job write; returns its value once it is on the disk. Raises what the job raised, or `StoreFault`."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Job(work, done))
        return await done  # whoever asked may go away: the job is done all the same

    async def _loop(self) -> None:
        while True:
            first = await self._queue.get()
            if first is None:
                return
            jobs, last = [first], False
            while len(jobs) < BATCH and not self._queue.empty():
                following = self._queue.get_nowait()
                if following is None:
                    last = True
                    break
                jobs.append(following)
            await self._write(jobs)
            if last:
                return

    async def _write(self, jobs: list[_Job]) -> None:
        try:
            written = await self._timed([job.work for job in jobs])
        except StoreFault as fault:
            if len(jobs) > 1:  # one job's trouble is not the others'
                for job in jobs:
                    await self._write([job])
                return
            self.fault = fault
            log.error("not written code=%s", fault.code)
            _settle(jobs[0], (False, fault))
            return
        except Exception as bug:
            log_bug(log, "the writer", bug)
            for job in jobs:
                _settle(job, (False, bug))
            return
        self.fault = None
        self.book = written.book
        for callback in written.callbacks:
            callback()
        for job, outcome in zip(jobs, written.outcomes, strict=True):
            _settle(job, outcome)
        if written.lines:
            for listener in self.listeners:
                listener(written.lines)

    async def _timed(self, works: list[Work]) -> _Written:
        self._begun = begun = self._clock.monotonic()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._batch, works, self.book)
        finally:
            self._took_s, self._begun = self._clock.monotonic() - begun, None

    def _batch(self, works: list[Work], book: Book) -> _Written:
        written = _Written(book, [], [], [])
        due: set[str] = set()
        with self._store.transaction() as tx:
            for work in works:
                page = Page(written.book, tx, timestamp(self._clock.now()))
                try:
                    value = work(page)
                except StoreFault:
                    raise
                except Exception as refused:
                    written.outcomes.append((False, refused))
                    continue
                _flush(page, tx)
                due |= page.due
                written.book = page.book
                written.outcomes.append((True, value))
                written.lines += [line for line, _ in page.lines]
                written.callbacks += page.callbacks
            for stream in sorted(due):
                written.book = self._checkpoint(tx, written.book, stream)
        return written

    def _checkpoint(self, tx: Transaction, book: Book, stream: str) -> Book:
        tail = book.tails[stream]
        state = book.room if stream == ROOM else book.evaluations[stream]
        origin = Origin(book.room.room, stream, state.rehearsal)
        note = make_checkpoint(origin, tail.size, tail.frontier.root(), self._signer).text()
        tx.add_checkpoint(stream, tail.size, note)
        return book.noted(stream, tail.size)


def _flush(page: Page, tx: Transaction) -> None:
    for line, leaf in page.lines:
        entry = line.entry
        position = tx.append(entry.stream, entry.seq, entry.type, entry.at, entry.hash, leaf.decode())
        if position != line.position:
            raise RuntimeError("the journal has another writer")
    for effect in page.effects:
        effect(tx)


def _settle(job: _Job, outcome: tuple[bool, Any]) -> None:
    if job.done.done():
        return
    good, value = outcome
    if good:
        job.done.set_result(value)
    else:
        job.done.set_exception(value)
