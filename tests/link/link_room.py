"""A small room for tests of the link: it speaks the protocol and can be killed, restarted, slow, or of another mind."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from app.journal import verify_signature
from app.journal.recipients import public_key_of

STREAM = "evaluation/ev1"


@dataclass
class Refusal:
    """What the room answers to the next `times` requests whose path or command type is `to`; the body is JSON of the
    protocol where `code` is given, else something that no room says."""

    to: str
    status: int
    code: str | None
    times: int = 1


@dataclass
class FakeRoom:
    """Everything but the knobs outlives a restart. Its view is `view`, changed by a test as it likes."""

    view: dict[str, Any] = field(default_factory=dict)
    port: int = 0
    public_key: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, tuple[Any, dict[str, Any]]] = field(default_factory=dict)
    effects: list[dict[str, Any]] = field(default_factory=list)
    """Commands that had an effect, in their order."""
    tried: Counter[str] = field(default_factory=Counter)
    """Requests by path or command type, also refused ones."""
    drafts: dict[str, tuple[int, str]] = field(default_factory=dict)
    draft_history: list[tuple[str, int]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    logins: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    lose_answers: int = 0
    """So many commands have their effect and no answer."""
    hanging: set[str] = field(default_factory=set)
    """Paths and command types that are not answered."""
    starts: list[int] = field(default_factory=list)
    """`after` of every stream."""
    sealing: dict[str, bytes] = field(default_factory=dict)

    # --- life

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> FakeRoom:
        self._loop = asyncio.new_event_loop()
        self._streams: set[web.WebSocketResponse] = set()
        ready: Future[int] = Future()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="fake room")
        self._thread.start()
        self.port = ready.result(10)
        return self

    def kill(self) -> None:
        """End at once: open requests and streams break off."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(10)
            assert not self._thread.is_alive()

    def _serve(self, ready: Future[int]) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._run(ready))
        self._loop.close()

    async def _run(self, ready: Future[int]) -> None:
        self._end = asyncio.Event()
        app = web.Application(client_max_size=1 << 24)
        app.router.add_get("/api/v1/stream", self._stream)
        app.router.add_route("*", "/api/v1/{rest:.*}", self._any)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        ready.set_result(runner.addresses[0][1])
        await self._end.wait()
        # Whoever is just being accepted becomes a connection first: asyncio loses the socket of one that comes to a
        # server which has closed in the same turn of its loop.
        for listening in site._server.sockets:  # type: ignore[union-attr]
            self._loop.remove_reader(listening.fileno())
        await _settle()
        await site.stop()
        for connection in list(runner.server.connections):  # type: ignore[union-attr]
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await _settle()

    def do(self, work: Callable[[], Any]) -> Any:
        """Await something in the room's own thread."""
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(10)

    # --- what a test does to it

    def happen(self, *types: str) -> None:
        """Entries come into the journal and go out on every stream."""

        async def work() -> None:
            for kind in types:
                entry = {"position": len(self.entries) + 1, "stream": STREAM, "type": kind, "data": None}
                self.entries.append(entry)
                for stream in list(self._streams):
                    with suppress(ConnectionError):
                        await stream.send_str(json.dumps(entry))

        self.do(work)

    def say(self, text: str) -> None:
        """Put a text on every stream."""

        async def work() -> None:
            for stream in list(self._streams):
                await stream.send_str(text)

        self.do(work)

    def ping(self) -> None:
        async def work() -> None:
            for stream in list(self._streams):
                await stream.ping(b"there?")

        self.do(work)

    def drop_streams(self, bye: str | None = None) -> None:
        """End every stream, with a word or without."""

        async def work() -> None:
            for stream in list(self._streams):
                if bye is not None:
                    await stream.send_str(json.dumps({"bye": bye}))
                await stream.close()

        self.do(work)

    def offer_key(self) -> dict[str, str]:
        """A fresh sealing key in the view, as after a restart; older ones are forgotten."""
        private = secrets.token_bytes(32)
        key = {"id": secrets.token_hex(8), "public": public_key_of(private).hex()}
        self.sealing = {key["id"]: private}
        for evaluation in self.view.get("evaluations", ()):
            evaluation["sealing_key"] = key
        return key

    @property
    def streaming(self) -> int:
        return len(self._streams)

    # --- requests

    def _refusal(self, *names: str) -> web.Response | None:
        for refusal in self.refusals:
            if refusal.to in names and refusal.times > 0:
                refusal.times -= 1
                if refusal.code is None:
                    return web.Response(status=refusal.status, text="<html>", headers={"Location": self.url + "/x"})
                return _error(refusal.status, refusal.code)
        return None

    async def _any(self, request: web.Request) -> web.StreamResponse:
        rest = request.match_info["rest"]
        path = rest.split("/")[0]
        try:
            raw = await request.read()
        except (RuntimeError, ConnectionError):  # killed in the middle
            return web.Response(status=500)
        body = json.loads(raw) if raw[:1] == b"{" else {}
        names = (path, str(body.get("type", "")), f"{request.method} {path}")
        self.tried.update(name for name in names if name)
        if not self.hanging.isdisjoint(names):
            await self._end.wait()
            return web.Response(status=500)
        refused = self._refusal(*names)
        if refused is not None:
            return refused
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if path not in ("enrol", "challenge", "session") and token not in self.tokens:
            return _error(401, "no_session")
        handler = getattr(self, f"_do_{path}")
        return await handler(request, rest, body)  # type: ignore[no-any-return]

    async def _do_enrol(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        if body["code"] != "CODE":
            return _error(401, "unknown_code")
        self.public_key = body["public_key"]
        return web.json_response({"device": body["device"], "kind": "seat", "seat": "A01", "room": {"key": "K"}})

    async def _do_challenge(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        self._challenge = secrets.token_bytes(32)
        return web.json_response({"challenge": self._challenge.hex()})

    async def _do_session(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        message = b"kawei/session/1" + bytes.fromhex(body["challenge"])
        if self.public_key and not verify_signature(
            bytes.fromhex(self.public_key), message, bytes.fromhex(body["signature"])
        ):
            return _error(401, "bad_challenge")
        token = secrets.token_hex(16)
        self.tokens = {token}
        return web.json_response({"token": token, "expires_at": ""})

    async def _do_login(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        self.logins.append((body["user"], body["password"]))
        if body["password"] != "right":
            return _error(401, "bad_login")
        return web.json_response({"role": "centre", "post": body["user"]})

    async def _do_logout(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response({})

    async def _do_view(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        whole = {"position": len(self.entries), "role": None, "room": {}, "evaluations": []} | self.view
        return web.json_response(whole)

    async def _do_commands(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        content = {key: body[key] for key in ("stream", "type", "data")}
        known = self.answers.get(body["id"])
        if known is None:
            key_id = body["data"].get("key_id")
            if key_id is not None and key_id not in self.sealing:
                return _error(409, "old_key")
            known = (content, {"id": body["id"], "position": len(self.entries), "events": []})
            self.answers[body["id"]] = known
            self.effects.append(body)
        if known[0] != content:
            return _error(409, "id_reused")
        if self.lose_answers > 0:
            self.lose_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(known[1])

    async def _do_drafts(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        place = rest.removeprefix("drafts/")
        known = self.drafts.get(place)
        if request.method == "GET":
            if known is None:
                return _error(404, "not_found")
            return web.json_response({"version": known[0], "sealed": known[1]})
        new = (body["version"], body["sealed"])
        if known is not None and known != new and known[0] >= new[0]:
            return _error(409, "old_version")
        if known != new:
            self.draft_history.append((place, new[0]))
        self.drafts[place] = new
        return web.json_response({"version": new[0]})

    async def _do_files(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        content = self.files.get(rest.removeprefix("files/"))
        return _error(404, "not_found") if content is None else web.Response(body=content)

    async def _do_checkpoints(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return _error(404, "not_found")

    async def _do_reports(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.Response(body=f"report {rest}".encode())

    async def _do_evidence(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.Response(body=f"evidence {rest}".encode())

    async def _do_packages(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        raw = await request.read()
        return web.json_response({"stream": STREAM, "position": len(raw)})

    async def _do_kiosk(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response({"asked": body})

    async def _do_seat(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response({"member": "m1", "kind": "portrait", "image": None})

    async def _do_faces(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response({"asked": body, "path": rest})

    async def _do_enrolments(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response({"code": "NEXT", "expires_at": "", "asked": body})

    async def _do_strange(self, request: web.Request, rest: str, body: dict[str, Any]) -> web.Response:
        return web.json_response([1, 2])

    # --- the stream

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        self.tried["stream"] += 1
        if "stream" in self.hanging:
            await self._end.wait()
            return web.Response(status=500)
        refused = self._refusal("stream")
        if refused is not None:
            return refused
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _error(401, "no_session")
        stream = web.WebSocketResponse(autoping=True)
        with suppress(ConnectionError):  # the machine ended in the middle
            await stream.prepare(request)
            after = int(request.query["after"])
            self.starts.append(after)
            for entry in self.entries[after:]:
                await stream.send_str(json.dumps(entry))
            self._streams.add(stream)
            async for _ in stream:
                pass
        self._streams.discard(stream)
        return stream if stream.prepared else web.Response(status=500)


async def _settle() -> None:
    """Let what is due in the loop come to its end."""
    for _ in range(5):
        await asyncio.sleep(0)


def _error(status: int, code: str) -> web.Response:
    error = {"error": {"code": code, "message": f"sentence of {code}", "where": "$"}}
    return web.json_response(error, status=status)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
