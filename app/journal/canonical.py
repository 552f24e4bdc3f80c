"""The one byte form of a JSON value: RFC 8785 (JCS), without floats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from app.journal.faults import NotCanonical

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_INTEGER = 2**53 - 1
"""Largest integer that every JSON reader keeps exactly (RFC 8785, appendix B)."""
MAX_DEPTH = 64

# Given no floats, safe integers, whole code points and keys in UTF-16 order, which `plain` sees to, the
# standard library's encoder writes RFC 8785 exactly (same escapes, same numbers), in C.
# tests/journal/test_canonical.py holds it against `rfc8785`.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of `value`.

    Raises `NotCanonical` naming the JSON path of a float, an integer beyond 2^53-1, a lone surrogate, a
    nesting deeper than 64 or anything else that is no JSON.
    """
    return canonical_of_plain(plain(value))


def canonical_of_plain(value: JsonValue) -> bytes:
    """The RFC 8785 bytes of what `plain` returned, not looked at again."""
    return _encode(value).encode()


def plain(value: object) -> JsonValue:
    """A deep copy of `value` made of plain dicts (keys in RFC 8785 order), lists, str, int, bool and None.

    String and integer enums become their values, tuples lists. Raises `NotCanonical` as `canonical` does.
    """
    try:
        return _plain(value, MAX_DEPTH)
    except _FoundError as found:
        raise NotCanonical(found.code, "$" + "".join(reversed(found.path))) from None


class _FoundError(Exception):
    """Carries a fault up to `plain`, each level adding its step: no path is built while all is well."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.path: list[str] = []


def _plain(value: object, depth: int) -> JsonValue:
    if isinstance(value, str):
        return value if type(value) is str and value.isascii() else _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise _FoundError("integer_range")
        return int(value)
    if isinstance(value, float):
        raise _FoundError("float")
    if depth == 0:
        raise _FoundError("too_deep")
    if isinstance(value, (dict, Mapping)):
        return _plain_object(value, depth - 1)
    if isinstance(value, (list, tuple)):
        return _plain_array(value, depth - 1)
    raise _FoundError("not_json")


def _plain_object(value: Mapping[object, object], depth: int) -> dict[str, JsonValue]:
    keys: list[str] = []
    for key in value:
        if not isinstance(key, str):
            raise _FoundError("not_json")
        keys.append(_text(key))
    copy: dict[str, JsonValue] = {}
    key = ""
    try:
        for key in sorted(keys, key=_utf16):
            copy[key] = _plain(value[key], depth)
    except _FoundError as found:
        found.path.append(f".{key}")
        raise
    return copy


def _plain_array(value: list[object] | tuple[object, ...], depth: int) -> list[JsonValue]:
    copy: list[JsonValue] = []
    try:
        for item in value:
            copy.append(_plain(item, depth))
    except _FoundError as found:
        found.path.append(f"[{len(copy)}]")
        raise
    return copy


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _FoundError("bad_text") from None
    return str.__str__(value)


def _utf16(key: str) -> bytes:
    # RFC 8785, 3.2.3: keys are ordered by their UTF-16 code units, which is not code point order.
    return key.encode("utf-16-be")
