"""A room in its own thread, for tests that look inside it; its clients are those of `room_clients`."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from room_clients import PASSWORD, PLAN, SEATS, Machine, Refusal, Seat, Stream

from app.ports.ambient import Clock
from app.ports.face import FaceFinder
from app.ports.store import Store
from app.room import Authority, RoomServer, load_keys, open_services, read_plan
from app.room.logins import make_user
from app.room.services import Services
from app.storage import FileBlobs, open_store, sqlite_url
from devices.ambient import SystemClock, SystemRandomness
from devices.face.vault import AesGcmVault

__all__ = ["CHEAP", "PASSWORD", "PLAN", "SEATS", "Machine", "Refusal", "Room", "Seat", "Stream", "a_room"]

DATABASE: list[str] = []
"""The address of the database that every room takes instead of its own SQLite file, if there is one."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Room:
    """The server in a thread of its own, over a folder that outlives it."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        checkpoint_s: float = 60.0,
        finder: FaceFinder | None = None,
        tls: bool = False,
        **plan: Any,
    ) -> None:
        self.folder = folder
        self.plan = read_plan(PLAN | plan)
        self.clock = clock or SystemClock()
        self._checkpoint_s = checkpoint_s
        self.finder = finder
        self._tls = tls
        self._ready: Future[str] = Future()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="room under test")
        self._end = asyncio.Event()
        self.open_streams: list[Stream] = []
        self.services: Services
        self.store: Store
        self._thread.start()
        self.url = self._ready.result(20)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run())
        except BaseException as error:
            if not self._ready.done():
                self._ready.set_exception(error)
            else:
                raise
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _run(self) -> None:
        await _begin_threads(self._loop)
        randomness = SystemRandomness()
        keys = load_keys(self.folder / "keys", randomness)
        self.store = store = open_store(DATABASE[0] if DATABASE else sqlite_url(self.folder / "kawei.sqlite"))
        try:
            blobs = FileBlobs(self.folder / "files")
            self.services = open_services(
                self.plan,
                keys,
                store,
                blobs,
                self.clock,
                randomness,
                self.folder,
                AesGcmVault(keys.faces, randomness),
                finder=self.finder,
                authority=Authority(self.folder / "keys", self.clock) if self._tls else None,
                hasher=CHEAP,
                checkpoint_s=self._checkpoint_s,
            )
            server = RoomServer(self.services)
            url = await server.start("127.0.0.1", 0)
            self._ready.set_result(url)
            await self._end.wait()
            await server.stop()
        finally:
            store.close()

    def do(self, work: Callable[[], Any]) -> Any:
        """Await something in the room's own loop."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(20)

    def stop(self) -> None:
        """End cleanly."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def add_users(self, *names: str) -> None:
        """Accounts named like `centre-a`."""
        users = [make_user(CHEAP, name, name.split("-", maxsplit=1)[0], PASSWORD, self.clock) for name in names]

        async def put() -> None:
            def work(page: Any) -> None:
                for user in users:
                    page.also(lambda tx, user=user: tx.put_user(user))

            await self.services.writer.run(work)

        self.do(put)

    def code(self, kind: str, seat: str | None = None) -> str:
        """A one-time code."""
        from app.evaluation.room.model import DeviceKind

        return str(self.do(lambda: self.services.sessions.issue_code(DeviceKind(kind), seat))[0])


async def _begin_threads(loop: asyncio.AbstractEventLoop) -> None:
    """Begin the loop's helper threads at once, so that no later test seems to leave one behind."""
    pool, together = ThreadPoolExecutor(4, thread_name_prefix="room under test"), threading.Barrier(4)
    loop.set_default_executor(pool)
    await asyncio.gather(*(loop.run_in_executor(pool, together.wait) for _ in range(4)))


@contextmanager
def a_room(folder: Path, **options: Any) -> Iterator[Room]:
    """A room that is ended whatever happens."""
    room = Room(folder, **options)
    try:
        yield room
    finally:
        for stream in room.open_streams:
            stream.close()
        room.stop()
