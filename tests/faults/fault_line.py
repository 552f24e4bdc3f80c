"""A line between a machine and the room that can be cut: hung up at once, or fallen silent as a pulled cable is."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress


class Lines:
    """All lines of a season, in one thread. `port` is where the room listens, once it does."""

    def __init__(self) -> None:
        self.port = 0
        self._cut: dict[str, str] = {}
        self._open: dict[str, set[_End]] = {}
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="lines")
        self._thread.start()

    def lay(self, name: str) -> str:
        """A new line; the address at which its machine finds the room."""
        server = asyncio.run_coroutine_threadsafe(self._lay(name), self._loop).result(10)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _lay(self, name: str) -> asyncio.Server:
        self._open[name] = set()
        server = await self._loop.create_server(lambda: _Near(self, name), "127.0.0.1", 0)
        self._servers.append(server)
        return server

    def cut(self, name: str, how: str) -> None:
        """`reset`: connections break and none is made; `silent`: nothing comes through and nobody is told."""
        self._loop.call_soon_threadsafe(self._do_cut, name, how)

    def _do_cut(self, name: str, how: str) -> None:
        self._cut[name] = how
        if how == "reset":
            self._abort(name)

    def mend(self, name: str) -> None:
        """The line is whole again; what hung on the old one breaks now."""
        self._loop.call_soon_threadsafe(self._do_mend, name)

    def _do_mend(self, name: str) -> None:
        if self._cut.pop(name, None) is not None:
            self._abort(name)

    def _abort(self, name: str) -> None:
        for end in tuple(self._open[name]):
            end.abort()

    def state(self, name: str) -> str:
        """How the line is cut, or nothing."""
        return self._cut.get(name, "")

    def know(self, name: str, end: _End) -> None:
        """Remember an open end."""
        self._open[name].add(end)

    def forget(self, name: str, end: _End) -> None:
        """An end is closed."""
        self._open[name].discard(end)

    def close(self) -> None:
        """End everything."""

        async def end() -> None:
            for server in self._servers:
                server.close()
            for name in self._open:
                self._abort(name)
            await asyncio.sleep(0.05)  # lets the transports say goodbye
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class _End(asyncio.Protocol):
    """One end of a connection; what it hears goes out at the other."""

    def __init__(self, lines: Lines, name: str) -> None:
        self.lines, self.name = lines, name
        self.other: _End | None = None
        self.transport: asyncio.Transport | None = None
        self.early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.lines.know(self.name, self)

    def data_received(self, data: bytes) -> None:
        if self.lines.state(self.name):
            return
        if self.other is not None and self.other.transport is not None:
            self.other.transport.write(data)
        else:
            self.early.append(data)

    def connection_lost(self, error: Exception | None) -> None:
        self.lines.forget(self.name, self)
        if self.other is not None and self.other.transport is not None:
            self.other.transport.close()

    def abort(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class _Near(_End):
    """The machine's end."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        state = self.lines.state(self.name)
        if state == "reset":
            self.abort()
        elif not state:
            self._task = asyncio.ensure_future(self._reach())

    async def _reach(self) -> None:
        with suppress(OSError):
            loop = asyncio.get_running_loop()
            _, far = await loop.create_connection(lambda: _End(self.lines, self.name), "127.0.0.1", self.lines.port)
            self.other, far.other = far, self
            if self.transport is None or self.transport.is_closing():
                far.abort()
            for data in self.early:
                if far.transport is not None:
                    far.transport.write(data)
            return
        self.abort()
