"""Strict reading of decoded JSON: every value knows its place; nothing is taken that was not asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from app.rules.refusal import Refusal

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
"""A number on the wire: ASCII digits, a point, no sign but minus, no exponent."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LONGEST_NUMBER = 40
_LARGEST_WHOLE = 2**53 - 1
_DEEPEST = 40


def decode(data: bytes) -> object:
    """Decode a JSON document; repeated keys, floats, NaN and broken text are refused (`bad_json`, ...)."""
    try:
        text = data.decode("utf-8-sig")
        decoded: object = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError:
        raise Refusal("bad_json", "$", detail="not UTF-8") from None
    except json.JSONDecodeError as error:
        raise Refusal("bad_json", "$", detail=f"{error.msg}, line {error.lineno}") from None
    except (RecursionError, ValueError):
        raise Refusal("bad_json", "$", detail="too deep or too long") from None
    return decoded


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise Refusal("duplicate_key", key, key=key)
        made[key] = value
    return made


def _no_float(text: str) -> NoReturn:
    raise Refusal("bad_number", "$", value=text)


@dataclass(frozen=True)
class Node:
    """A decoded JSON value and its place, a path such as `$.lots[0].name`."""

    value: object
    where: str = "$"

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """Return the members of an object that has all `required` keys and no other than `optional` ones."""
        if not isinstance(self.value, dict):
            raise self.wrong_type("对象", "an object")
        required, optional = tuple(required), tuple(optional)
        for key in self.value:
            if key not in required and key not in optional:
                raise Refusal("unknown_key", f"{self.where}.{key}", key=key)
        for key in required:
            if key not in self.value:
                raise Refusal("missing_key", f"{self.where}.{key}", key=key)
        return {key: Node(value, f"{self.where}.{key}") for key, value in self.value.items()}

    def table(self) -> dict[str, Node]:
        """Return the members of an object whose keys are free."""
        if not isinstance(self.value, dict):
            raise self.wrong_type("对象", "an object")
        return {key: Node(value, f"{self.where}.{key}") for key, value in self.value.items()}

    def rows(self, at_least: int = 0) -> list[Node]:
        """Return the items of an array."""
        if not isinstance(self.value, list) or len(self.value) < at_least:
            if at_least:
                raise self.wrong_type(f"至少 {at_least} 项的数组", f"an array of at least {at_least} items")
            raise self.wrong_type("数组", "an array")
        return [Node(value, f"{self.where}[{i}]") for i, value in enumerate(self.value)]

    def each(self, read: Callable[[Node], T], at_least: int = 0) -> tuple[T, ...]:
        """Return what `read` makes of each item of an array."""
        return tuple(read(row) for row in self.rows(at_least))

    def maybe(self, read: Callable[[Node], T]) -> T | None:
        """Return None for null, else what `read` makes of the value."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """Return a text that says something: not empty, no control characters but line feeds."""
        text = self.text_or_empty()
        if not text.strip():
            raise self.wrong_type("非空文字", "a text that is not empty")
        return text

    def text_or_empty(self) -> str:
        """Return a text, which may be empty."""
        if not isinstance(self.value, str) or any(_is_control(c) for c in self.value):
            raise self.wrong_type("文字（不含控制字符）", "a text without control characters")
        return self.value

    def id(self) -> str:
        """Return an id: 1 to 32 of `A-Z a-z 0-9 . _ -`."""
        text = self.text()
        if not _ID.fullmatch(text):
            raise Refusal("bad_value", self.where, value=text[:40], allowed="A-Z a-z 0-9 . _ - (1-32)")
        return text

    def whole(self, at_least: int = 0) -> int:
        """Return a whole number that is at least `at_least`."""
        if type(self.value) is not int or not at_least <= self.value <= _LARGEST_WHOLE:
            raise self.wrong_type(f"不小于 {at_least} 的整数", f"a whole number of at least {at_least}")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong_type("true 或 false", "true or false")
        return self.value

    def number(self) -> str:
        """Return a decimal string as it stands (scoring contract: `-?[0-9]+(\\.[0-9]+)?`)."""
        text = self.value
        if not isinstance(text, str) or len(text) > _LONGEST_NUMBER or not NUMBER.fullmatch(text):
            raise Refusal("bad_number", self.where, value=shown(text))
        return text

    def price(self) -> str:
        """Return a decimal string above zero, in yuan."""
        text = self.number()
        if text.startswith("-") or not text.strip("0."):
            raise Refusal("bad_price", self.where, value=text)
        return text

    def moment(self) -> str:
        """Return an RFC 3339 time with its offset, as it stands."""
        text = self.value
        if isinstance(text, str) and _TIME.fullmatch(text):
            try:
                datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                return text
        raise Refusal("bad_time", self.where, value=shown(text))

    def sha256(self) -> str:
        """Return a SHA-256 in lower-case hex."""
        if not isinstance(self.value, str) or not _HASH.fullmatch(self.value):
            raise Refusal("bad_hash", self.where)
        return self.value

    def choice(self, kind: type[E]) -> E:
        """Return the member of an enum that the text names."""
        return kind(self.one_of([item.value for item in kind]))

    def one_of(self, allowed: Iterable[str]) -> str:
        """Return a text that is one of `allowed`."""
        allowed = tuple(allowed)
        if not isinstance(self.value, str) or self.value not in allowed:
            raise Refusal("bad_value", self.where, value=shown(self.value), allowed=", ".join(allowed))
        return self.value

    def plain(self) -> Any:
        """Return plain JSON data as it stands; floats and numbers beyond 2^53 are refused at their place."""
        _check_plain(self, 0)
        return self.value

    def wrong_type(self, wanted_zh: str, wanted_en: str) -> Refusal:
        """Return the refusal of a value of the wrong type."""
        return Refusal("bad_type", self.where, wanted_zh=wanted_zh, wanted_en=wanted_en)


def shown(value: object) -> str:
    """Return a value as a sentence shows it: short, and never more than a glimpse."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"


def unique(ids: Iterable[tuple[str, str]]) -> None:
    """Refuse a repeated id; `ids` are pairs of id and place."""
    seen: set[str] = set()
    for value, where in ids:
        if value in seen:
            raise Refusal("duplicate_id", where, id=value)
        seen.add(value)


def _is_control(character: str) -> bool:
    return (character < " " and character != "\n") or "\x7f" <= character <= "\x9f"


def _check_plain(node: Node, depth: int) -> None:
    value = node.value
    if depth > _DEEPEST:
        raise Refusal("bad_json", node.where, detail="too deep")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise node.wrong_type("对象", "an object")
            _check_plain(Node(item, f"{node.where}.{key}"), depth + 1)
    elif isinstance(value, list):
        for row in node.rows():
            _check_plain(row, depth + 1)
    elif isinstance(value, float) or (type(value) is int and abs(value) > _LARGEST_WHOLE):
        raise Refusal("bad_number", node.where, value=shown(value))
    elif value is not None and not isinstance(value, str | bool | int):
        raise Refusal("bad_type", node.where, wanted_zh="JSON 值", wanted_en="JSON data")


def text_table(node: Node) -> dict[str, str]:
    """Return an object of texts with free keys, in the order of the keys: the only one that a journal keeps."""
    return {key: item.text() for key, item in sorted(node.table().items())}
