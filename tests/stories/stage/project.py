"""The project of a story: a small tender of either track, changed by a table in plain Chinese."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation_case import BIDS, bid, bid_file, ruleset_json, tender_json
from room_packages import package

_BIDDERS = "甲乙丙丁戊己庚辛壬癸"
_NUMERALS = "一二三四五六七八九"


@dataclass
class Project:
    """Who comes and what is tendered; `package` writes it as the file that the centre imports."""

    track: str
    name: str
    experts: int = 4
    delegates: int = 1
    lots: int = 1
    tender: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)

    @property
    def members(self) -> int:
        """How many come to the door."""
        return self.experts + self.delegates

    def package(self, folder: Path, first: int = 1) -> Path:
        """Write the import package; its members are numbered from `first` on."""
        return package(
            folder,
            self.track,
            members=self.members,
            delegates=self.delegates,
            tender=copy.deepcopy(self.tender),
            rules=self.rules,
            first=first,
        )

    def people(self) -> dict[str, int]:
        """The members by their names in the story, with their numbers on the list: delegates first."""
        title = {"ZC": "采购人代表", "GC": "招标人代表"}[self.track]
        named = {title if self.delegates == 1 else f"{title}{_NUMERALS[k]}": k + 1 for k in range(self.delegates)}
        return named | {f"专家{_NUMERALS[k]}": self.delegates + k + 1 for k in range(self.experts)}


def project(track: str, name: str, table: Iterable[tuple[str, str]] = ()) -> Project:
    """A project by the rows of a story's table; raises AssertionError for a row that is not known.

    `专家`, `代表`: how many. `包` or `标段`: how many lots. `报价` (or `报价 2`, for the second lot alone): the
    prices of its bids A, B, C, ... `暗标`, `双信封`: the lot whose bids have a
    blind file, or no price yet. `规则 PATH`, `项目 PATH`, `包1 PATH`: a value anywhere in the rule set, the
    tender or a lot, JSON where it reads as JSON, else text.
    """
    rows = list(table)
    found = Project(track, name, *((5, 0) if track == "GC" else (4, 1)))
    for key, value in rows:
        if key in _COUNTS:
            setattr(found, _COUNTS[key], int(value))
    found.rules = ruleset_json(track)
    found.tender = copy.deepcopy(tender_json(track, tuple(str(k + 1) for k in range(found.lots))))
    found.tender["name"] = name
    for key, value in rows:
        if key not in _COUNTS:
            _change(found, key, value)
    return found


_COUNTS = {"专家": "experts", "代表": "delegates", "包": "lots", "标段": "lots"}
_PRICES = re.compile(r"报价(?: *(\d+))?")
_PATH = re.compile(r"(规则|项目|(?:包|标段)(\d+)) +(\S+)")


def _change(found: Project, key: str, value: str) -> None:
    if prices := _PRICES.fullmatch(key):
        for lot in found.tender["lots"]:
            if prices[1] in (None, lot["id"]):
                _set_bids(found.track, lot, value.split())
        return
    if key in _SHAPES:
        _SHAPES[key](found.tender["lots"][int(value) - 1])
        return
    path = _PATH.fullmatch(key)
    assert path, f"a project has no '{key}'"
    whole = {"规则": found.rules, "项目": found.tender}.get(path[1])
    _put(whole if whole is not None else found.tender["lots"][int(path[2]) - 1], path[3].split("."), _read(value))


def _blind_files(lot: dict[str, Any]) -> None:
    """Every bid has a file that shows nothing of whose it is."""
    for one in lot["bids"]:
        one["files"].append({**bid_file(f"dark-{one['id']}"), "blind": True})


def _no_prices(lot: dict[str, Any]) -> None:
    """The prices are in second envelopes."""
    for one in lot["bids"]:
        one["price"] = None


_SHAPES: dict[str, Callable[[dict[str, Any]], None]] = {"暗标": _blind_files, "双信封": _no_prices}


def _set_bids(track: str, lot: dict[str, Any], prices: list[str]) -> None:
    known = BIDS[track]
    named = [b["bidder"] for b in known] + [f"{c}投标有限公司" for c in _BIDDERS[len(known) :]]
    lot["bids"] = [bid("ABCDEFGHIJ"[k], named[k], price) for k, price in enumerate(prices)]
    if lot["qualification"]:
        lot["qualification"]["results"] = [{"bid": b["id"], "passed": True, "reason": None} for b in lot["bids"]]


def _put(whole: Any, path: list[str], value: Any) -> None:
    for part in path[:-1]:
        whole = whole[int(part)] if isinstance(whole, list) else whole.setdefault(part, {})
    last: Any = int(path[-1]) if isinstance(whole, list) else path[-1]
    whole[last] = value


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
