"""What a person may do beside the main way: acts read from a view, filled in, checked, and made into a command's data.

Plain Python: the forms of seat and console show what is here. The room judges again whatever is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from app.evaluation import codec
from app.evaluation.matter import Act, Field, FieldKind
from app.evaluation.registry import COMMANDS
from ui.models.digits import plain_number

Json = Mapping[str, Any]

MOMENT = "%Y-%m-%d %H:%M"
"""How a moment is typed."""


class Fault(StrEnum):
    """What is wrong with what stands in a field."""

    MISSING = "missing"
    NO_NUMBER = "no_number"
    NO_COUNT = "no_count"
    NO_MOMENT = "no_moment"
    NO_PAPER = "no_paper"


class FieldFault(ValueError):
    """A field cannot be sent as it stands; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Offer:
    """An act that is offered towards a stream."""

    stream: str
    act: Act

    @property
    def key(self) -> str:
        """Names the act as long as it is the same thing to do, whatever else of the view changes."""
        return json.dumps([self.stream, self.act.command, self.act.data], ensure_ascii=False, sort_keys=True)


def offers(evaluation: Json) -> tuple[Offer, ...]:
    """The acts that an evaluation's part of a view offers, in its order: what somebody waits for comes first."""
    stream = str(evaluation["stream"])
    return tuple(Offer(stream, codec.from_json(Act, act)) for act in evaluation.get("acts") or ())


def urgent_offers(evaluation: Json) -> tuple[Offer, ...]:
    """Of these the urgent ones; no other is read."""
    return offers({**evaluation, "acts": [act for act in evaluation.get("acts") or () if act.get("urgent")]})


def read(field: Field, typed: Any, zone: tzinfo | None) -> Any:
    """The value on the wire of what stands in a field, None where nothing does. FieldFault where it cannot be sent.

    `typed` is a text, for choices a sequence of values, for a flag True, False or None, for a table a mapping of
    texts by option, for a paper what the room answered to its upload. `zone` is that of the room.
    """
    value = _READERS[field.kind](typed, zone)
    if value is None and field.needed:
        raise FieldFault(Fault.MISSING)
    return value


def data(act: Act, values: Mapping[str, Any]) -> dict[str, Any]:
    """The command's data: what the act has fixed, and the values read; what is empty goes as the command wants it."""
    made = dict(act.data)
    for field in act.fields:
        value = values.get(field.name)
        if value is not None:
            made[field.name] = value
        else:
            made |= _empty(act.command, field)
    return made


def field_named(where: str, act: Act) -> str | None:
    """The field that a refusal's place is about (`$.data.reason`, `$.reason`, `$.prices.A`); None for none of them."""
    names = {field.name for field in act.fields}
    parts = where.replace("[", ".").split(".")
    return next((part for part in parts[:3] if part in names), None)


def _text(typed: Any, zone: tzinfo | None) -> str | None:
    return str(typed or "").strip() or None


def _choice(typed: Any, zone: tzinfo | None) -> str | None:
    return str(typed[0]) if typed else None


def _choices(typed: Any, zone: tzinfo | None) -> list[str] | None:
    return [str(one) for one in typed] or None


def _number(typed: Any, zone: tzinfo | None) -> str | None:
    plain = plain_number(str(typed or "")).replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise FieldFault(Fault.NO_NUMBER) from None
    if not number.is_finite():
        raise FieldFault(Fault.NO_NUMBER)
    return f"{number:f}"


def _count(typed: Any, zone: tzinfo | None) -> int | None:
    plain = plain_number(str(typed or "")).strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        raise FieldFault(Fault.NO_COUNT)
    return int(plain)


def _flag(typed: Any, zone: tzinfo | None) -> bool | None:
    return None if typed is None else bool(typed)


def _moment(typed: Any, zone: tzinfo | None) -> str | None:
    plain = " ".join(plain_number(str(typed or "")).replace("：", ":").replace("/", "-").split())
    if not plain:
        return None
    try:
        return datetime.strptime(plain, MOMENT).replace(tzinfo=zone or UTC).isoformat()
    except ValueError:
        raise FieldFault(Fault.NO_MOMENT) from None


def _paper(typed: Any, zone: tzinfo | None) -> dict[str, Any] | None:
    if typed is None:
        return None
    if not {"sha256", "bytes", "title"} <= set(typed):
        raise FieldFault(Fault.NO_PAPER)
    return dict(typed)


def _table(typed: Any, zone: tzinfo | None) -> dict[str, str] | None:
    return {key: text for key, one in typed.items() if (text := str(one).strip())} or None


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.LINE: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.NUMBER: _number,
    FieldKind.COUNT: _count,
    FieldKind.FLAG: _flag,
    FieldKind.MOMENT: _moment,
    FieldKind.PAPER: _paper,
    FieldKind.TABLE: _table,
}

_NOTHING: dict[FieldKind, Any] = {
    FieldKind.CHOICES: [],
    FieldKind.TABLE: {},
    FieldKind.FLAG: False,
    FieldKind.COUNT: 0,
}
"""The empty value by kind, for a command that knows no None; every other kind is an empty text."""


def _empty(command: str, field: Field) -> dict[str, Any]:
    """A field that was left empty: left out where the command has its own default, None where it takes that."""
    defaults, optional = _shape(command)
    if field.name in defaults:
        return {}
    return {field.name: None if field.name in optional else _NOTHING.get(field.kind, "")}


@cache
def _shape(command: str) -> tuple[frozenset[str], frozenset[str]]:
    """Which fields of a command have a default, and which take None."""
    kind = COMMANDS.get(command)
    if kind is None:
        return frozenset(), frozenset()
    found = kind.__dataclass_fields__
    defaults = {n for n, f in found.items() if f.default is not MISSING or f.default_factory is not MISSING}
    optional = {name for name, hint in get_type_hints(kind).items() if type(None) in getattr(hint, "__args__", ())}
    return frozenset(defaults), frozenset(optional)
