"""How the room's writing stands: the consoles hear what keeps it from the disk, and it is tried until that is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from app.ports.ambient import Clock
from app.ports.store import StoreFault
from app.room.streams import Page
from app.room.writer import Writer

log = logging.getLogger(__name__)

OK, SLOW = "ok", "disk_slow"

SLOW_S = 3.0
"""From so long a wait for the disk on it is called slow: a mark has to be safe within a second."""

TRIED_S = 5.0
"""So often it is tried whether the trouble is over; nobody else may write meanwhile."""

_LOOK_S = 0.5
_TRIED = "writing_tried"
"""The setting that a try writes."""


class Writing:
    """Looks at the writer. `changed` is called in the event loop when `state` has become another, `catch_up` when what
    was left unwritten may be written again."""

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        changed: Callable[[], object],
        catch_up: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._writer, self._clock, self._changed, self._catch_up = writer, clock, changed, catch_up
        self._told = OK
        self._next_try = 0.0
        self._trying: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def state(self) -> str:
        """`ok`, else the code of what kept the last batch from the disk, or `disk_slow`."""
        if self._writer.fault is not None:
            return self._writer.fault.code
        return SLOW if self._writer.waited_s() > SLOW_S else OK

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._loop(), name="writing")

    async def stop(self) -> None:
        """End."""
        tasks = [task for task in (self._task, self._trying) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _loop(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(_LOOK_S)

    def look(self) -> None:
        """Say what has changed; try to write where that is due."""
        state, now = self.state, self._clock.monotonic()
        over = state == OK != self._told
        if state != self._told:
            log.info("writing: %s", state)
            self._told, self._next_try = state, now + TRIED_S
            self._changed()
        idle = self._trying is None or self._trying.done()
        if idle and (over or (state != OK and now >= self._next_try)):
            self._next_try = now + TRIED_S
            self._trying = asyncio.create_task(self._try(), name="writing tried")

    async def _try(self) -> None:
        with suppress(StoreFault):  # the writer has it, and says so
            await self._writer.run(_write)
            await self._catch_up()


def _write(page: Page) -> None:
    page.also(lambda tx: tx.put_setting(_TRIED, page.at))
