"""One request with what its handler needs: who asks, the parts that know, the JSON body read strictly; JSON answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from aiohttp import web

from app.evaluation import codec
from app.room.actors import Caller
from app.room.refusal import RoomRefusal
from app.room.services import Services

MOST_JSON = 2 << 20
"""Most bytes of a JSON body: a sealed sheet of hundreds of bids stays below."""

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """One request with what its handler needs; `caller` is None only where no session is needed."""

    request: web.Request
    services: Services
    token: str
    caller: Caller | None
    closing: asyncio.Event

    @property
    def here(self) -> Caller:
        """The machine that asks."""
        if self.caller is None:
            raise RoomRefusal("no_session")
        return self.caller

    def part(self, name: str) -> str:
        """A part of the address."""
        return self.request.match_info[name]

    @property
    def language(self) -> str:
        """`en` where the client asks for English, else `zh`."""
        return "en" if self.request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"

    async def body(self, kind: type[T]) -> T:
        """The JSON body as a `kind`."""
        return codec.from_json(kind, await self.json())

    async def json(self) -> object:
        """The JSON body."""
        raw = await self.request.content.read(MOST_JSON + 1)
        while len(raw) <= MOST_JSON and (more := await self.request.content.read(MOST_JSON + 1 - len(raw))):
            raw += more
        if len(raw) > MOST_JSON:
            raise RoomRefusal("too_large", "body")
        try:
            return _read(raw.decode())
        except (ValueError, RecursionError):
            raise RoomRefusal("bad_json", "$") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


# Made once: what `json.loads` and `json.dumps` make anew for each text costs as much as a short text itself.
_read = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant).decode
_write = json.JSONEncoder(ensure_ascii=False).encode


def answer(value: object) -> web.Response:
    """A JSON answer."""
    return web.json_response(codec.to_json(value), dumps=dumps)


def dumps(value: object) -> str:
    """JSON text with Chinese as it is."""
    return _write(value)
