"""Requests for a draw: what may be asked, read strictly from decoded JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeAlias

from app.drawing.refusal import Refusal

NONCE_BYTES = 32
MAX_RULES = 16
"""Each rule may cost 20,000 attempts more before it is dropped; only two different ones exist."""

_MAX_INTEGER = 2**53 - 1  # what RFC 8785 can write
_NONCE = re.compile(r"[0-9a-fA-F]{64}")
_ROOT = re.compile(r"[0-9a-f]{64}")
_SEATING_KEYS = ("seats", "people", "rules", "parties")
_ORDER_KEYS = ("kind", "items", "parties")
_NEIGHBOURHOODS = (4, 8)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat at a whole grid cell of its room; `room` is None where the request names none."""

    id: str
    x: int
    y: int
    room: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """One who is to be seated (in the room a slot, never a named person), and the group it belongs to."""

    id: str
    group: str


@dataclass(frozen=True, slots=True)
class Apart:
    """The rule that no two of one group sit on neighbouring cells, of 4 (sides) or 8 (corners too)."""

    neighbourhood: int


@dataclass(frozen=True, slots=True)
class Occupied:
    """A seat already taken by someone of `group`."""

    seat: Seat
    group: str


@dataclass(frozen=True, slots=True)
class Binding:
    """Which draw of which journal stream this is, and the stream's Merkle root (hex) before it."""

    stream: str
    draw_no: int
    root: str


@dataclass(frozen=True, slots=True)
class _Common:
    core: Mapping[str, object]
    """The request as given, without `nonces`; read only."""
    parties: tuple[str, ...]
    nonces: Mapping[str, bytes]
    """The nonces that the request brought along; often none."""
    binding: Binding | None


@dataclass(frozen=True, slots=True)
class SeatingRequest(_Common):
    """Draw a seat for each of `people`."""

    seats: tuple[Seat, ...]
    people: tuple[Slot, ...]
    rules: tuple[Apart, ...]
    occupied: tuple[Occupied, ...]


@dataclass(frozen=True, slots=True)
class OrderRequest(_Common):
    """Shuffle `items`; a choice of one is the first."""

    items: tuple[str, ...]


Request: TypeAlias = SeatingRequest | OrderRequest


def read_request(obj: object) -> Request:
    """Read a request from decoded JSON; what is kept of it is copied.

    Raises `Refusal` with code and JSON path for anything that the format does not allow: unknown, missing or
    ill-typed values, empty or repeated parties, seats, people or items, more people than seats, bad nonces.
    """
    if isinstance(obj, dict) and ("kind" in obj or "items" in obj):
        if obj.get("kind", "order") != "order":
            raise _bad("$.kind", "“order”，排座请求不写 kind", "'order', or left out for seats")
        found = _object(obj, "$", _ORDER_KEYS, ("binding", "nonces"))
    else:
        found = _object(obj, "$", _SEATING_KEYS, ("occupied", "binding", "nonces"))
    parties = _parties(found["parties"])
    nonces = _nonces(found.get("nonces", {}), parties)
    binding = _binding(found["binding"]) if "binding" in found else None
    core = deepcopy({key: value for key, value in found.items() if key != "nonces"})
    if "kind" in found:
        return OrderRequest(core, parties, nonces, binding, _items(found["items"]))
    seats = tuple(_seat(item, at) for item, at in _array(found["seats"], "$.seats"))
    people = tuple(_slot(item, at) for item, at in _array(found["people"], "$.people"))
    rules = tuple(_rule(item, at) for item, at in _array(found["rules"], "$.rules", may_be_empty=True))
    occupied = tuple(
        _occupied(item, at) for item, at in _array(found.get("occupied", []), "$.occupied", may_be_empty=True)
    )
    _unique([(seat.id, f"$.seats[{i}].id") for i, seat in enumerate(seats)])
    _unique(
        [(seat.id, "") for seat in seats]
        + [(taken.seat.id, f"$.occupied[{i}].seat.id") for i, taken in enumerate(occupied)]
    )
    _unique([(slot.id, f"$.people[{i}].id") for i, slot in enumerate(people)])
    if len(people) > len(seats):
        raise Refusal("too_many_people", "$.people", f"{len(people)} > {len(seats)}")
    if len(rules) > MAX_RULES:
        raise Refusal("too_many_rules", "$.rules", str(MAX_RULES))
    return SeatingRequest(core, parties, nonces, binding, seats, people, rules, occupied)


def _parties(value: object) -> tuple[str, ...]:
    parties = [(_word(item, at), at) for item, at in _array(value, "$.parties")]
    _unique(parties)
    return tuple(party for party, _ in parties)


def _items(value: object) -> tuple[str, ...]:
    items = [(_word(item, at), at) for item, at in _array(value, "$.items")]
    _unique(items)
    return tuple(item for item, _ in items)


def _nonces(value: object, parties: tuple[str, ...]) -> dict[str, bytes]:
    if not isinstance(value, dict):
        raise _bad("$.nonces", "对象", "an object")
    nonces: dict[str, bytes] = {}
    for party, nonce in value.items():
        if party not in parties:
            raise Refusal("unknown_party", f"$.nonces.{party}", str(party))
        if not isinstance(nonce, str) or not _NONCE.fullmatch(nonce):
            raise Refusal("bad_nonce", f"$.nonces.{party}", str(party))
        nonces[str(party)] = bytes.fromhex(nonce)
    return nonces


def _binding(value: object) -> Binding:
    found = _object(value, "$.binding", ("stream", "draw_no", "root"))
    draw_no = _integer(found["draw_no"], "$.binding.draw_no")
    if draw_no < 1:
        raise _bad("$.binding.draw_no", "从 1 起的整数", "a whole number from 1 on")
    root = found["root"]
    if not isinstance(root, str) or not _ROOT.fullmatch(root):
        raise _bad("$.binding.root", "64 位小写十六进制", "64 digits of lower-case hex")
    return Binding(_word(found["stream"], "$.binding.stream"), draw_no, root)


def _seat(value: object, where: str) -> Seat:
    found = _object(value, where, ("id", "x", "y"), ("room",))
    return Seat(
        _word(found["id"], f"{where}.id"),
        _integer(found["x"], f"{where}.x"),
        _integer(found["y"], f"{where}.y"),
        _word(found["room"], f"{where}.room") if "room" in found else None,
    )


def _slot(value: object, where: str) -> Slot:
    found = _object(value, where, ("id", "group"))
    return Slot(_word(found["id"], f"{where}.id"), _word(found["group"], f"{where}.group"))


def _occupied(value: object, where: str) -> Occupied:
    found = _object(value, where, ("seat", "group"))
    return Occupied(_seat(found["seat"], f"{where}.seat"), _word(found["group"], f"{where}.group"))


def _rule(value: object, where: str) -> Apart:
    found = _object(value, where, ("kind", "neighbourhood"))
    if found["kind"] != "apart":
        raise _bad(f"{where}.kind", "“apart”", "'apart'")
    neighbourhood = _integer(found["neighbourhood"], f"{where}.neighbourhood")
    if neighbourhood not in _NEIGHBOURHOODS:
        raise _bad(f"{where}.neighbourhood", "4 或 8", "4 or 8")
    return Apart(neighbourhood)


def _object(value: object, where: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _bad(where, "对象", "an object")
    for key in value:
        if key not in required and key not in optional:
            raise Refusal("unknown_key", f"{where}.{key}", str(key))
    for key in required:
        if key not in value:
            raise Refusal("missing_key", f"{where}.{key}", key)
    return dict(value)


def _array(value: object, where: str, *, may_be_empty: bool = False) -> list[tuple[object, str]]:
    if not isinstance(value, list):
        raise _bad(where, "数组", "an array")
    if not value and not may_be_empty:
        raise Refusal("empty", where)
    return [(item, f"{where}[{i}]") for i, item in enumerate(value)]


def _word(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise _bad(where, "非空的字符串", "a string that is not empty")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _bad(where, "合法的 Unicode 文字", "valid Unicode text") from None
    return value


def _integer(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MAX_INTEGER:
        raise _bad(where, "整数", "a whole number")
    return value


def _unique(found: Iterable[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, where in found:
        if name in seen:
            raise Refusal("duplicate_id", where, name)
        seen.add(name)


def _bad(where: str, zh: str, en: str) -> Refusal:
    return Refusal("bad_value", where, zh=zh, en=en)
