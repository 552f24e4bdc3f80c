"""Frozen dataclasses to JSON and back, strictly: what is unknown, missing or of a wrong type is refused by place."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from app.evaluation.refusal import Refused

T = TypeVar("T")


def spoken(default: T) -> T:
    """A field that is written only where it says something else than `default`: entries of before keep their bytes."""
    made: T = field(default=default, metadata={"spoken": True})
    return made


def to_json(value: object) -> Any:
    """Return `value` as plain JSON data; dataclasses become objects, enums their values, tuples arrays."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value) if _says(value, f)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"not JSON data: {type(value).__name__}")


def _says(value: object, f: Field[Any]) -> bool:
    return "spoken" not in f.metadata or getattr(value, f.name) != f.default


def from_json(kind: type[T], data: object, where: str = "$") -> T:
    """Build a `kind` from JSON data, or refuse naming the place (`unknown_key`, `missing_key`, `bad_value`)."""
    return cast(T, _build(kind, data, where))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, data: object, where: str) -> Any:
    if kind is Any:
        return data
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if data is None else _build(options[0], data, where)
    if origin is tuple:
        item_kind = get_args(kind)[0]
        rows = _expect(list, data, where)
        return tuple(_build(item_kind, item, f"{where}[{i}]") for i, item in enumerate(rows))
    if origin is dict:
        value_kind = get_args(kind)[1]
        pairs = _expect(dict, data, where)
        return {key: _build(value_kind, item, f"{where}.{key}") for key, item in pairs.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            raise Refused("bad_value", where) from None
    if is_dataclass(kind):
        return _build_dataclass(cast(type, kind), data, where)
    if kind is int and isinstance(data, bool):
        raise Refused("bad_value", where)
    return _expect(kind, data, where)


def _build_dataclass(kind: type, data: object, where: str) -> Any:
    values = _expect(dict, data, where)
    hints = _hints(kind)
    names = {f.name: f for f in fields(kind)}
    for key in values:
        if key not in names:
            raise Refused("unknown_key", f"{where}.{key}")
    made = {}
    for name, known in names.items():
        if name in values:
            made[name] = _build(hints[name], values[name], f"{where}.{name}")
        elif known.default is MISSING and known.default_factory is MISSING:
            raise Refused("missing_key", f"{where}.{name}")
    return kind(**made)


def _expect(kind: type[T], data: object, where: str) -> T:
    if not isinstance(data, kind):
        raise Refused("bad_value", where)
    return data
