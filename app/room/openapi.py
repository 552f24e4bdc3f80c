"""The OpenAPI document: made from the table of operations and the dataclasses, so that it cannot fall behind."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from importlib.metadata import version
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from app.evaluation.permits import PERMITTED
from app.evaluation.registry import COMMANDS, EVENTS
from app.evaluation.room import commands as rc
from app.evaluation.room import events as re_
from app.evaluation.room.decide import PERMITTED as ROOM_PERMITTED
from app.room import bodies as b
from app.room.by_ticket import BY_TICKET
from app.room.door import FROM_CLIENT, INSIDE, MAY_TAKE_A_SECOND, CommandRequest
from app.room.routes import API, BYTES, FILM, JSON, OPERATIONS, PDF, SOCKET, ZIP, Operation
from app.rules.model import Party

Json = dict[str, Any]

_MEANING = {
    400: "Malformed: the place of the first fault",
    401: "No session, or a dead one",
    403: "The role may not",
    404: "Not there for you",
    409: "Refused by the procedure",
    413: "Too large",
    429: "Too many attempts",
    500: "An error inside the server",
    503: "The room cannot write; nothing was changed",
}
_PART = re.compile(r"\{(\w+)\}")
_PARTS = {
    "stream": "the stream's name with `~` in place of `/`, as in `evaluation~ev1`",
    "lot": "the lot's id; `-` for a ballot",
    "kind": "`ballot`, `review` or `marks`",
    "round": "the round's number",
    "sha256": "SHA-256 of the content in hex",
    "party": "the alias of the member who was recorded",
    "device": "the seat's machine that recorded",
    "seq": "the segment's number, from 1",
    "what": "what two people decide: `admission` or `entry`",
    "member": "the member's reference, as the release names it",
}

_WORDS = frozenset({"model"})
"""Parts of a query that are no number."""


class _Schemas:
    """Collects the schemas of dataclasses under their names."""

    def __init__(self) -> None:
        self.found: dict[str, Json] = {}
        self._kinds: dict[str, type] = {}

    def of(self, kind: Any, *, name: str | None = None) -> Json:
        """The schema of an annotation; dataclasses become components."""
        origin = get_origin(kind)
        if kind is Any:
            return {}
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(option) for option in get_args(kind)]}
        if kind is type(None):
            return {"type": "null"}
        if origin is tuple:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(get_args(kind)[1]) or True}
        if is_dataclass(kind):
            return self._component(cast(type, kind), name or cast(type, kind).__name__)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [member.value for member in kind]}
        return {"type": {str: "string", int: "integer", bool: "boolean"}[kind]}

    def _component(self, kind: type, name: str) -> Json:
        if self._kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"two schemas of the name {name}")
        if name not in self.found:
            self.found[name] = {}  # holds the place while its parts are looked at
            hints = get_type_hints(kind)
            needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
            self.found[name] = {
                "type": "object",
                "description": " ".join((kind.__doc__ or "").split()),
                "properties": {f.name: self.of(hints[f.name]) for f in fields(kind)},
                "required": needed,
                "additionalProperties": False,
            }
        return {"$ref": f"#/components/schemas/{name}"}


@cache
def document() -> Json:
    """The whole document."""
    schemas = _Schemas()
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        paths.setdefault(API + operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    schemas.found["CommandRequest"] = _command_request(schemas)
    schemas.found["Message"]["oneOf"] = _message_types(schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kawei 卡位: the room",
            "version": version("kawei"),
            "description": "One door in (commands), one truth (the journal), one way out (what a role may see).",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.found.items())),
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"session": []}],
    }


def _operation(operation: Operation, schemas: _Schemas) -> Json:
    made: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "responses": _responses(operation, schemas),
    }
    parts = [(name, "path", _PARTS[name]) for name in _PART.findall(operation.path)]
    parts += [(name, "query", text) for name, text in operation.query]
    if parts:
        made["parameters"] = [
            {
                "name": name,
                "in": place,
                "required": place == "path",
                "description": text,
                "schema": {"type": "integer" if place == "query" and name not in _WORDS else "string"},
            }
            for name, place, text in parts
        ]
    if operation.body is not None:
        made["requestBody"] = {"required": True, "content": _content(operation.body, schemas)}
    if not operation.secured:
        made["security"] = []
    return made


def _responses(operation: Operation, schemas: _Schemas) -> Json:
    good = "101" if operation.gives == SOCKET else "200"
    made: Json = {good: {"description": "Done"}}
    if operation.gives == SOCKET:
        made[good]["description"] = "The websocket is open; it brings `Message` objects, the last may be a `Goodbye`"
        schemas.of(b.Message)
        schemas.of(b.Goodbye)
    else:
        made[good]["content"] = _content(operation.gives, schemas)
    statuses = set(operation.refusals) | {500, 503}
    if operation.secured:
        statuses.add(401)
    if operation.body is not None or operation.query or _PART.search(operation.path):
        statuses |= {400, 413} if operation.body is not None else {400}
    for status in sorted(statuses):
        content = {JSON: {"schema": schemas.of(b.ErrorAnswer)}}
        made[str(status)] = {"description": _MEANING[status], "content": content}
    return made


def _content(kind: type | str, schemas: _Schemas) -> Json:
    if isinstance(kind, str):
        opaque = kind in (PDF, ZIP, BYTES, FILM)
        return {kind: {"schema": {"type": "string", "format": "binary"} if opaque else {"type": "object"}}}
    if kind is CommandRequest:
        return {JSON: {"schema": {"$ref": "#/components/schemas/CommandRequest"}}}
    return {JSON: {"schema": schemas.of(kind)}}


def _command_request(schemas: _Schemas) -> Json:
    """A command by its type: what a client sends, not what the room fills in."""
    groups: dict[str, Mapping[str, type]] = {
        "evaluation": _sent(COMMANDS, PERMITTED, Party.KIOSK),  # a kiosk knows tickets, never streams
        "room": _sent(rc.TYPES, ROOM_PERMITTED, Party.MEMBER),
        "kiosk": BY_TICKET,
    }
    variants = []
    for group, kinds in groups.items():
        for name, kind in kinds.items():
            sent = FROM_CLIENT.get(name, kind) if group != "kiosk" else kind
            label = f"Kiosk{name}" if group == "kiosk" else f"Command{name}"
            second = (
                {"password": {"type": ["string", "null"]}} if group != "kiosk" and name in MAY_TAKE_A_SECOND else {}
            )
            stream: Json = {"const": group} if group != "evaluation" else {"type": "string", "pattern": "^evaluation/"}
            variants.append(
                {
                    "type": "object",
                    "title": f"{name} ({group})",
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "stream": stream,
                        "type": {"const": name},
                        "data": schemas.of(sent, name=label),
                        **second,
                    },
                    "required": ["id", "stream", "type", "data"],
                    "additionalProperties": False,
                }
            )
    return {"description": "A command; the same id again gives the same answer.", "oneOf": variants}


def _sent(kinds: Mapping[str, type], permitted: Mapping[Any, frozenset[Party]], never: Party) -> dict[str, type]:
    """The commands that some client may send: neither the room's own nor those of a role that `never` sends here."""
    return {k: kind for k, kind in kinds.items() if k not in INSIDE and permitted[kind] - {Party.SYSTEM, never}}


def _message_types(schemas: _Schemas) -> list[Json]:
    """A message's data by its type; null where only the fact may be known."""
    kinds: dict[str, type] = {**EVENTS, **re_.TYPES}
    return [
        {
            "title": name,
            "properties": {
                "type": {"const": name},
                "data": {"anyOf": [schemas.of(kind, name=f"Entry{name}"), {"type": "null"}]},
            },
        }
        for name, kind in kinds.items()
    ]
