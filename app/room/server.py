"""The server: routes from the table, sessions, refusals as answers, starting and ending cleanly."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.ports.store import StoreFault
from app.room.actors import Caller, actor_of
from app.room.attempts import Attempts
from app.room.authority import Authority
from app.room.bodies import ErrorAnswer, ErrorBody
from app.room.bugs import log_bug
from app.room.call import Call, answer
from app.room.handlers import DOCUMENT
from app.room.openapi import document
from app.room.peers import Peers
from app.room.ports import pair_at, socket_at
from app.room.refusal import RoomRefusal, status_of
from app.room.routes import API, OPERATIONS, Handler, Operation
from app.room.services import Services
from app.rules import Refusal as PackageRefusal

log = logging.getLogger(__name__)

_MOST_RECORDED, _WITHIN_S = 10, 60.0
_RENEWED_EVERY_S = 86400.0
_GUESSABLE = frozenset({"enrol"})
"""Attempts are counted by address, and have to wait. Opening a session is not among them: a key of 256 bits is not
guessed, and machines behind one address could be kept out by any of them."""

_TRIED = frozenset({"second_person", "other_card"})
"""Refusals that the journal keeps although they are no matter of roles; those of commands are kept by their door."""

_STRANGERS = frozenset({"health", "authority", "enrol"})
"""All that an encrypted room does for a machine without a certificate, at a door of its own."""

_END_WITHIN_S = 5.0
"""How long open requests may take to end when the room goes down."""


class RoomServer:
    """One room on one port. `start` and `stop` are called in the event loop."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._closing = asyncio.Event()
        self._denied = Attempts(services.clock, _MOST_RECORDED, _WITHIN_S)
        self._strangers = Attempts(services.clock, _MOST_RECORDED * 3, _WITHIN_S)
        self._peers = Peers(services.writer)
        self._runners: list[web.AppRunner] = []
        self._renewing: asyncio.Task[None] | None = None
        self.enrolling = ""
        """Where a machine without a certificate enrols: the next port of an encrypted room, else the same address."""

    async def start(self, host: str, port: int) -> str:
        """Begin to serve; returns the address. Raises OSError where a port is in use.

        With an authority nobody gets through without a certificate; the port behind it is for enrolling alone."""
        await self.services.begin()
        authority = self.services.authority
        try:
            if authority is None:
                self.enrolling = await self._open(socket_at(host, port), OPERATIONS, None)
                return self.enrolling
            inner, outer = pair_at(host, port)
            strangers = [one for one in OPERATIONS if one.name in _STRANGERS]
            self.enrolling = await self._open(outer, strangers, authority.contexts.strangers)
            url = await self._open(inner, OPERATIONS, authority.contexts.machines)
        except OSError:
            await self.stop()
            raise
        self._renewing = asyncio.create_task(_renew_daily(authority))
        return url

    async def _open(self, bound: socket.socket, operations: Iterable[Operation], tls: ssl.SSLContext | None) -> str:
        app = web.Application()
        app[DOCUMENT] = document()
        for operation in operations:
            app.router.add_route(operation.method, API + operation.path, self._handler(operation))
        app.router.add_route("*", "/{rest:.*}", self._nowhere)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_END_WITHIN_S)
        self._runners.append(runner)
        await runner.setup()
        await web.SockSite(runner, bound, ssl_context=tls).start()
        host, port = bound.getsockname()[:2]
        return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"

    async def stop(self) -> None:
        """Say goodbye to every stream, finish what is under way, and end."""
        self._closing.set()
        self.services.feed.wake()
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        while self._runners:
            await self._runners.pop().cleanup()
        await self.services.end()

    # --- one request

    def _handler(self, operation: Operation) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            began, caller = time.perf_counter(), None
            try:
                if (request.content_length or 0) > operation.most:
                    raise RoomRefusal("too_large", "body")
                token, machine = _token(request), self._peers.machine(request)
                if operation.secured:
                    caller = self._caller(token, machine)
                elif operation.name in _GUESSABLE:
                    self._strangers.check(str(request.remote))
                call = Call(request, self.services, token, caller, self._closing)
                response = await self._guarded(operation.handler, call, operation)
            except RoomRefusal as refusal:
                response = _refusal(request, refusal.status, refusal)
            ms = (time.perf_counter() - began) * 1000
            device = caller.device if caller is not None else "-"
            log.info("%s %s %d %.1f ms device=%s", request.method, operation.path, response.status, ms, device)
            return response

        return handle

    def _caller(self, token: str, machine: str | None) -> Caller:
        """Who asks: on an encrypted line the machine of the certificate, whoever's token it shows."""
        caller = self.services.sessions.caller(token)
        if machine not in (None, caller.device):
            raise RoomRefusal("no_session")
        return caller

    async def _guarded(self, handler: Handler, call: Call, operation: Operation) -> web.StreamResponse:
        request = call.request
        try:
            return await handler(call)
        except RoomRefusal as refusal:
            if operation.name in _GUESSABLE and refusal.status == 401:
                self._strangers.count(str(request.remote))
            if refusal.denied and call.caller is not None:
                await self._record(call.caller, operation, refusal.code)
            return _refusal(request, refusal.status, refusal)
        except Refused as refused:
            if refused.code in _TRIED and call.caller is not None and operation.name != "command":
                await self._record(call.caller, operation, refused.code)
            return _refusal(request, status_of(refused), refused)
        except PackageRefusal as refused:
            return _refusal(request, 400, refused)
        except StoreFault as fault:
            return _refusal(request, 503, fault)
        except ConnectionError:  # the machine went away in mid-request: nobody is there to read this
            return _refusal(request, 400, RoomRefusal("bad_request", "body"))
        except (web.HTTPException, asyncio.CancelledError):
            raise
        except Exception as bug:
            log_bug(log, operation.name, bug)
            return _refusal(request, 500, RoomRefusal("internal_error"))

    async def _record(self, caller: Caller, operation: Operation, code: str) -> None:
        """Keep in the journal that a machine asked for what is not its own."""
        actor = actor_of(self.services.writer.book, caller)
        if actor is None or not self._denied.may(caller.device):
            return
        self._denied.count(caller.device)
        command = rc.RefuseAccess(operation.name, code)
        await self.services.writer.run(lambda page: page.act_room(command, actor))

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        return _refusal(request, 404, RoomRefusal("not_found", "path"))


async def _renew_daily(authority: Authority) -> None:
    while True:
        await asyncio.sleep(_RENEWED_EVERY_S)
        if await asyncio.to_thread(authority.renew):
            log.info("the server's certificate was renewed")


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


def _language(request: web.Request) -> str:
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"


def _refusal(
    request: web.Request, status: int, refused: RoomRefusal | Refused | PackageRefusal | StoreFault
) -> web.Response:
    body = ErrorBody(refused.code, refused.message(_language(request)), refused.where)
    response = answer(ErrorAnswer(body))
    response.set_status(status)
    return response
