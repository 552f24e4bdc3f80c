"""Strict reading of the JSON documents of a draw."""

from __future__ import annotations

import json
from typing import NoReturn

from app.drawing.refusal import Refusal


def decode(text: str | bytes) -> object:
    """The JSON value in `text` (UTF-8 where bytes).

    Raises `Refusal`: `bad_json`, also for NaN; `duplicate_id` for a repeated key, with the key as its place.
    """
    try:
        return json.loads(
            text if isinstance(text, str) else text.decode(),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
        )
    except RecursionError:
        raise Refusal("bad_json", "$", "nested too deeply") from None
    except ValueError as error:
        raise Refusal("bad_json", "$", str(error)) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Refusal("duplicate_id", key, key)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
