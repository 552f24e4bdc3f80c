"""Frozen dataclasses to JSON and back, strictly: what is unknown, missing or of a wrong type is refused by place."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
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
    try:
        return cast(T, _reader(cast(Any, kind))(data))
    except _Misfit as misfit:
        raise Refused(misfit.code, where + misfit.place) from None


class _Misfit(Exception):
    """What does not fit; each reader that it passes on its way out puts its own part before the place."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code, self.place = code, place


_Reader = Callable[[object], Any]


@cache
def _reader(kind: Any) -> _Reader:
    """What reads a `kind`: a type is looked at once, however often it is read."""
    if kind is Any:
        return lambda data: data
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional_reader(_reader(next(option for option in inner if option is not type(None))))
    if origin is tuple:
        return _tuple_reader(_reader(inner[0]))
    if origin is dict:
        return _dict_reader(_reader(inner[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    return _dataclass_reader(kind) if is_dataclass(kind) else _plain_reader(kind)


def _optional_reader(read: _Reader) -> _Reader:
    return lambda data: None if data is None else read(data)


def _tuple_reader(read: _Reader) -> _Reader:
    def reader(data: object) -> Any:
        made = []
        for item in _expect(list, data):
            try:
                made.append(read(item))
            except _Misfit as misfit:
                misfit.place = f"[{len(made)}]{misfit.place}"
                raise
        return tuple(made)

    return reader


def _dict_reader(read: _Reader) -> _Reader:
    def reader(data: object) -> Any:
        made = {}
        for key, item in _expect(dict, data).items():
            try:
                made[key] = read(item)
            except _Misfit as misfit:
                misfit.place = f".{key}{misfit.place}"
                raise
        return made

    return reader


def _enum_reader(kind: type[Enum]) -> _Reader:
    def reader(data: object) -> Any:
        try:
            return kind(data)
        except ValueError:
            raise _Misfit("bad_value") from None

    return reader


def _dataclass_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    known = {f.name: _reader(hints[f.name]) for f in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def reader(data: object) -> Any:
        values = _expect(dict, data)
        for key in values:
            if key not in known:
                raise _Misfit("unknown_key", f".{key}")
        made = {}
        for name, read in known.items():
            if name in values:
                try:
                    made[name] = read(values[name])
                except _Misfit as misfit:
                    misfit.place = f".{name}{misfit.place}"
                    raise
            elif name in needed:
                raise _Misfit("missing_key", f".{name}")
        return kind(**made)

    return reader


def _plain_reader(kind: type) -> _Reader:
    def reader(data: object) -> Any:
        if kind is int and isinstance(data, bool):
            raise _Misfit("bad_value")
        return _expect(kind, data)

    return reader


def _expect(kind: type[T], data: object) -> T:
    if not isinstance(data, kind):
        raise _Misfit("bad_value")
    return data
