"""Reading JSON strictly: every key known, every type right, every refusal with its path."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from app.scoring import numbers
from app.scoring.refusal import Code, Refusal, at

Choice = TypeVar("Choice", bound=StrEnum)


def decode(text: str | bytes) -> Any:
    """The JSON value of `text` (bytes: UTF-8, a byte order mark is allowed).

    Refuses broken JSON and raw NaN or Infinity (`bad_json`), and repeated keys (`duplicate_id`).
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as broken:  # bad UTF-8, bad syntax, endless digits, endless nesting
        raise Refusal(Code.BAD_JSON, "$") from broken


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise Refusal(Code.DUPLICATE_ID, next(key for key, count in counts.items() if count > 1))
    return value


def _no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def as_list(value: object, where: str) -> list[Any]:
    """`value` as a list; null is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refusal(Code.BAD_VALUE, where)
    return value


def as_object(value: object, where: str) -> dict[str, Any]:
    """`value` as an object; null is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refusal(Code.BAD_VALUE, where)
    return value


def as_text(value: object, where: str) -> str:
    """`value` as a string that is not empty and can be written as UTF-8 (no half surrogates)."""
    if not isinstance(value, str) or not value:
        raise Refusal(Code.BAD_VALUE, where)
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise Refusal(Code.BAD_VALUE, where)
    return value


def as_number(value: object, where: str, least: int | None = None) -> Fraction:
    """`value` as the exact number of a decimal string, not under `least`."""
    number = numbers.read_fraction(value)
    if number is None:
        raise Refusal(Code.BAD_NUMBER, where)
    if least is not None and number < least:
        raise Refusal(Code.OUT_OF_RANGE, where)
    return number


def as_choice(value: object, where: str, choices: Iterable[Choice]) -> Choice:
    """`value` as one of `choices`."""
    for choice in choices:
        if isinstance(value, str) and choice.value == value:
            return choice
    raise Refusal(Code.BAD_VALUE, where)


class Record:
    """A JSON object with a fixed set of keys; an absent key equals null."""

    __slots__ = ("_value", "where")

    def __init__(self, value: object, where: str, keys: Collection[str]) -> None:
        """Refuses anything but an object (`bad_value`) and keys other than `keys` (`unknown_key`)."""
        if not isinstance(value, dict):
            raise Refusal(Code.BAD_VALUE, where or "$")
        for key in value:
            if key not in keys:
                raise Refusal(Code.UNKNOWN_KEY, at(where, key))
        self._value = value
        self.where = where

    def path(self, key: str) -> str:
        """The path of `key`."""
        return at(self.where, key)

    def get(self, key: str) -> Any:
        """The raw value of `key`, None where it is absent."""
        return self._value.get(key)

    def need(self, key: str) -> Any:
        """The raw value of `key`; refuses its absence (`missing_key`)."""
        value = self._value.get(key)
        if value is None:
            raise Refusal(Code.MISSING_KEY, self.path(key))
        return value

    def items(self, key: str) -> Iterator[tuple[str, Any]]:
        """Path and raw value of each item of the list at `key`."""
        where = self.path(key)
        return ((at(where, position), item) for position, item in enumerate(as_list(self.get(key), where)))

    def text(self, key: str) -> str | None:
        """The string at `key`, None where absent."""
        value = self.get(key)
        return None if value is None else as_text(value, self.path(key))

    def number(self, key: str, least: int | None = None) -> Fraction | None:
        """The number at `key`, None where absent."""
        value = self.get(key)
        return None if value is None else as_number(value, self.path(key), least)

    def number_or(self, key: str, default: int, least: int | None = None) -> Fraction:
        """The number at `key`, `default` where absent."""
        value = self.number(key, least)
        return Fraction(default) if value is None else value

    def needed_number(self, key: str, least: int | None = None) -> Fraction:
        """The number at `key`, which must be there."""
        return as_number(self.need(key), self.path(key), least)

    def whole_or(self, key: str, default: int) -> int:
        """The count (a JSON integer, not below zero) at `key`, `default` where absent."""
        value = self.get(key)
        if value is None:
            return default
        if isinstance(value, float):
            raise Refusal(Code.BAD_NUMBER, self.path(key))
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Refusal(Code.BAD_VALUE, self.path(key))
        return value

    def places(self, key: str) -> int | None:
        """The number of decimals at `key`, None where absent."""
        if self.get(key) is None:
            return None
        places = self.whole_or(key, 0)
        if places > numbers.MOST_PLACES:
            raise Refusal(Code.BAD_VALUE, self.path(key))
        return places

    def flag(self, key: str) -> bool:
        """The JSON boolean at `key`, False where absent."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            raise Refusal(Code.BAD_VALUE, self.path(key))
        return bool(value)

    def choice_or(self, key: str, choices: Iterable[Choice], default: Choice) -> Choice:
        """One of `choices` at `key`, `default` where absent."""
        value = self.get(key)
        return default if value is None else as_choice(value, self.path(key), choices)
