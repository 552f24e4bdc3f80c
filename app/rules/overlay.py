"""Overlays: what a province, a centre or another way of procurement changes in a rule set, told as the change alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from app.rules.model import ProcedureRule, RuleSet
from app.rules.reading import Node
from app.rules.refusal import Refusal
from app.rules.ruleset import FORMAT, check_format, read_ruleset

Bases = Callable[[str], object]
"""From an id to the decoded file of that rule set or overlay, or `Refusal` (`unknown_base`)."""

KEYS = ("format", "base", "base_version", "id", "version", "name", "source", "changes")
OWN = ("format", "id", "version", "name", "source")
"""What every overlay says of itself; none of it is a change."""

_TABLE = "dict[str, str]"
TABLES = frozenset(
    {
        *((f.name,) for f in fields(RuleSet) if f.type == _TABLE),
        *(("procedure", f.name) for f in fields(ProcedureRule) if f.type == _TABLE),
    }
)
"""Objects whose keys are free: only there null takes a key away; elsewhere null is a value like any other."""


@dataclass(frozen=True)
class Overlay:
    """The head of an overlay file and its changes."""

    base: str
    base_version: str
    id: str
    version: str
    name: str
    source: str
    changes: Node


def is_overlay(obj: object) -> bool:
    """Whether a decoded rule file names a base that it changes."""
    return isinstance(obj, dict) and "base" in obj


def read_overlay(obj: object, bases: Bases, where: str = "$") -> RuleSet:
    """Read an overlay from decoded JSON and return the rule set that it makes of its base.

    Objects merge, arrays and values replace, null takes a key out of a table (`TABLES`). The result is a rule set
    like any other, with its own hash. Raises `Refusal`; what is wrong in the result is named by its place in the
    overlay, for the base is sound by itself.
    """
    merged = merge(obj, bases, where)
    try:
        return read_ruleset(merged)
    except Refusal as refusal:
        place = f"{where}.changes{refusal.where.removeprefix('$')}"
        raise Refusal(refusal.code, place, **refusal.details) from None


def merge(obj: object, bases: Bases, where: str = "$", trail: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the JSON of the rule set that an overlay makes; `trail` names the overlays that stand upon this one."""
    overlay = _head(Node(obj, where))
    if overlay.base in (overlay.id, *trail):
        raise Refusal("base_ring", f"{where}.base", base=overlay.base)
    base = _base(overlay, bases, (*trail, overlay.id))
    if base["version"] != overlay.base_version:
        place = f"{where}.base_version"
        raise Refusal("base_version_differs", place, stated=overlay.base_version, actual=base["version"])
    for key in overlay.changes.table():
        if key in (*OWN, "track"):
            raise Refusal("unknown_key", f"{overlay.changes.where}.{key}", key=key)
    own = {key: getattr(overlay, key) for key in OWN if key != "format"}
    return _merged(base, overlay.changes, ()) | own


def _head(node: Node) -> Overlay:
    check_format(node)
    f = node.fields(KEYS)
    texts = {key: f[key].text() for key in KEYS if key not in ("format", "changes")}
    f["changes"].plain()
    return Overlay(**texts, changes=f["changes"])


def _base(overlay: Overlay, bases: Bases, trail: tuple[str, ...]) -> dict[str, Any]:
    """The base as JSON, itself an overlay or a whole rule set; what is wrong with it is told at its own file."""
    found = bases(overlay.base)
    try:
        if is_overlay(found):
            return merge(found, bases, trail=trail)
        read_ruleset(found)
    except Refusal as refusal:
        raise refusal.within(f"{overlay.base}.json") from None
    return dict(found) if isinstance(found, dict) else {"format": FORMAT}


def _merged(base: dict[str, Any], change: Node, path: tuple[str, ...]) -> dict[str, Any]:
    made = dict(base)
    for key, node in change.table().items():
        if node.value is None and path in TABLES:
            if key not in made:
                raise Refusal("nothing_to_remove", node.where, key=key)
            del made[key]
        elif isinstance(node.value, dict) and isinstance(made.get(key), dict):
            made[key] = _merged(made[key], node, (*path, key))
        else:
            made[key] = node.value
    return made
