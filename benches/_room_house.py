"""The two servers that `bench room` measures, each in a process of its own: the room, and a bare loop beside it.

The bare loop is the same web server on the same library, with the same connections, the same bodies and the same
commits (one transaction for what has queued up, durable before it is answered), and nothing else: no sessions, no
roles, no rules, no journal, no redaction. What the room takes more than this is what the room's own work costs.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import sqlite3
import ssl
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "evaluation"))
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT))

from aiohttp import web  # noqa: E402 - behind the place of the program

from app.cli.garbage import leave_out_what_stays  # noqa: E402

SEATS, EACH = 200, 5
"""Seats, and members of one committee; `SEATS / EACH` evaluations are at their marks."""
CONSOLES = ("centre", "witness", "regulator")


def stream_of(group: int) -> str:
    """The evaluation in which a committee sits."""
    return f"evaluation/ev{group + 1}"


# --- the room


async def room(folder: Path, url: str, tls: ssl.SSLContext | None, ready: Callable[[dict[str, Any]], None]) -> None:
    """A room of 200 seats in which forty committees mark, as far as its state goes; sessions are handed out at once."""
    from evaluation_stages import at

    from app.evaluation.actor import SYSTEM
    from app.evaluation.room import commands as rc
    from app.ports.store import Session
    from app.room import RoomServer, load_keys, open_services, read_plan
    from app.room.routes import API, OPERATIONS
    from app.room.sessions import token_hash
    from app.room.streams import Page
    from app.storage import FileBlobs, open_store
    from devices.ambient import SystemClock, SystemRandomness
    from devices.face.vault import AesGcmVault

    seats = [f"S{k:03}" for k in range(SEATS)]
    plan = read_plan(
        {
            "format": "kawei-room/1",
            "room": "bench",
            "name": "bench",
            "rehearsal": True,
            "seats": [{"id": s, "x": 2 * (k % 20), "y": 2 * (k // 20), "way": s} for k, s in enumerate(seats)],
            "lockers": ["01"],
        }
    )
    chance, clock = SystemRandomness(), SystemClock()
    keys = load_keys(folder / "keys", chance)
    store = open_store(url)
    vault = AesGcmVault(keys.faces, chance)
    services = open_services(plan, keys, store, FileBlobs(folder / "files"), clock, chance, folder, vault)
    server = RoomServer(services)
    await services.begin()
    tokens: dict[str, str] = {}

    def enrol(page: Page, device: str, kind: str, seat: str | None) -> None:
        tokens[device] = chance.token_bytes(16).hex()
        page.act_room(rc.EnrolDevice(device, kind, seat, chance.token_bytes(32).hex()), SYSTEM)
        now = clock.now()
        session = Session(token_hash(tokens[device]), device, "{}", now, now + timedelta(hours=2))
        page.also(lambda tx: tx.put_session(session))
        page.afterwards(lambda: services.sessions._replace(session))

    def everyone(page: Page) -> None:
        for seat in seats:
            enrol(page, f"seat-{seat.lower()}", "seat", seat)
        for role in CONSOLES:
            enrol(page, role, "console", None)
            page.act_room(rc.TakePost(f"{role}-a", role, role), SYSTEM)

    await services.writer.run(everyone)
    one = at("marking").it
    sitting = [m for m in one.members.values() if m.alias in one.committee]
    evaluations = {}
    for group in range(SEATS // EACH):
        taken = dict(zip((m.ref for m in sitting), seats[group * EACH :], strict=False))
        members = {ref: replace(m, seat=taken.get(ref)) for ref, m in one.members.items()}
        evaluations[stream_of(group)] = replace(one, stream=stream_of(group), members=members)
    services.writer.book = replace(services.writer.book, evaluations=evaluations)
    app = web.Application()
    for operation in OPERATIONS:
        app.router.add_route(operation.method, API + operation.path, server._handler(operation))
    number = one.lots["1"].marks[-1].number
    await _serve(app, tls, lambda port: ready({"port": port, "tokens": tokens, "round": number}))
    server._closing.set()
    services.feed.wake()
    await services.end()
    store.close()


# --- the bare loop


class _Sqlite:
    """Rows of a file with the room's own settings."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, body TEXT)")

    def keep(self, bodies: list[str]) -> None:
        """One transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO kept (body) VALUES (?)", [(body,) for body in bodies])
        self._connection.execute("COMMIT")


class _Postgres:
    """Rows of a server's table."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=False)
        self._connection.execute("CREATE TABLE kept (number BIGSERIAL PRIMARY KEY, body TEXT)")
        self._connection.commit()

    def keep(self, bodies: list[str]) -> None:
        """One transaction, one statement."""
        marks = ",".join(["(%s)"] * len(bodies))
        self._connection.execute(f"INSERT INTO kept (body) VALUES {marks}", bodies)  # noqa: S608 - marks alone
        self._connection.commit()


async def bare(folder: Path, url: str, tls: ssl.SSLContext | None, ready: Callable[[dict[str, Any]], None]) -> None:
    """Keep and answer; tell the others of the same committee and the consoles what is a command."""
    table = _Sqlite(str(folder / "bare.sqlite")) if url.startswith("sqlite") else _Postgres(url)
    thread, loop = ThreadPoolExecutor(1), asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, asyncio.Future[None]]] = asyncio.Queue()
    sockets: dict[str, set[asyncio.Queue[str]]] = {}

    async def write() -> None:
        while True:
            jobs = [await queue.get()]
            while len(jobs) < 64 and not queue.empty():
                jobs.append(queue.get_nowait())
            await loop.run_in_executor(thread, table.keep, [body for body, _ in jobs])
            for _, done in jobs:
                done.set_result(None)

    async def kept(body: str) -> None:
        done: asyncio.Future[None] = loop.create_future()
        await queue.put((body, done))
        await done

    async def draft(request: web.Request) -> web.Response:
        await kept(await request.text())
        return web.json_response({"version": 1})

    async def command(request: web.Request) -> web.Response:
        text = await request.text()
        await kept(text)
        for group in (json.loads(text)["stream"], "consoles"):
            for waiting in sockets.get(group, ()):
                waiting.put_nowait(text)
        return web.json_response({"id": "x", "position": 1, "events": []})

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"position": 0})

    async def stream(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=10.0)
        await socket.prepare(request)
        told: asyncio.Queue[str] = asyncio.Queue()
        sockets.setdefault(request.query["group"], set()).add(told)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while True:
                await socket.send_str(await told.get())
        return socket

    app = web.Application()
    app.router.add_put("/api/v1/drafts/{stream}/{lot}/{kind}/{round}", draft)
    app.router.add_post("/api/v1/commands", command)
    app.router.add_get("/api/v1/stream", stream)
    app.router.add_get("/api/v1/health", health)
    writing = asyncio.create_task(write())
    await _serve(app, tls, lambda port: ready({"port": port, "tokens": {}, "round": 1}))
    writing.cancel()
    thread.shutdown()


# --- both


async def _serve(app: web.Application, tls: ssl.SSLContext | None, ready: Callable[[int], None]) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    leave_out_what_stays()  # as the door of the room does
    ready(runner.addresses[0][1])
    ending = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.set)
    await ending.wait()
    await runner.cleanup()


def _say(words: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(kind: str, folder: str, url: str, certificate: str) -> None:
    """`room` or `bare`, over a folder and a database, in the clear or with a certificate."""
    sys.setswitchinterval(0.0005)
    logging.basicConfig(level=logging.INFO, filename=str(Path(folder, f"{kind}.log")))
    tls = None
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    asyncio.run({"room": room, "bare": bare}[kind](Path(folder), url, tls, _say))


if __name__ == "__main__":
    main(*sys.argv[1:])
