"""Tenders that are marked in parts, and plays that stand where such a lot begins to be worked on."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from evaluation_case import bid_file, tender_json
from evaluation_factory import Play

Change = Callable[[dict[str, Any]], None]


def phase(name: str, *factors: str, blind: bool = False, opens: str = "nothing", **more: Any) -> dict[str, Any]:
    """One phase of a lot."""
    return {"id": name, "name": f"{name}阶段", "factors": list(factors), "blind": blind, "opens": opens, **more}


def two_phases(lot: dict[str, Any]) -> None:
    """Technical marks first; prices are opened behind them."""
    lot["phases"] = [phase("tech", "T1", "T2", opens="prices"), phase("rest", "C1")]


def blind(lot: dict[str, Any]) -> None:
    """A blind phase before the review, then the rest."""
    lot["phases"] = [phase("dark", "T1", blind=True), phase("rest", "T2", "C1")]
    for one in lot["bids"]:
        one["files"].append({**bid_file(f"dark-{one['id']}"), "blind": True})


def all_blind(lot: dict[str, Any]) -> None:
    """Two blind phases, and nothing else to mark."""
    blind(lot)
    lot["factors"] = [f for f in lot["factors"] if f["kind"] != "objective"]
    lot["phases"] = [phase("dark", "T1", blind=True), phase("deep", "C1", blind=True)]


def shown(lot: dict[str, Any]) -> None:
    """A demonstration with a factor of its own, behind everything else."""
    lot["phases"] = [phase("paper", "T1", "T2"), phase("demo", "C1", held="demonstration")]


def second_envelope(lot: dict[str, Any]) -> None:
    """Prices in a second envelope, for who has at least 40 points in the first."""
    lot.update(envelope="second", pass_line="40")
    for one in lot["bids"]:
        one["price"] = None


def drawn(when: str, into: str = "price.benchmark.factor") -> Change:
    """A coefficient that is drawn in the room."""
    one = {"id": "C", "values": ["0.95", "0.96", "0.97"], "into": into, "when": when}
    return lambda lot: lot.update(draws=[one])


def tender(*changes: Change, track: str = "GC") -> dict[str, Any]:
    """A tender whose only lot is changed so."""
    made: dict[str, Any] = copy.deepcopy(tender_json(track))
    for change in changes:
        change(made["lots"][0])
    return made


def working(*changes: Change, track: str = "GC", members: int = 5) -> Play:
    """A play in which the chair was just chosen."""
    it = constituted(*changes, track=track, members=members)
    it.choose_chair()
    return it


def constituted(*changes: Change, track: str = "GC", members: int = 5) -> Play:
    """A play whose committee sits and has no chair yet."""
    it = Play(track)
    it.open_room()
    it.import_package(members, delegates=0, tender=tender(*changes, track=track))
    it.draw_slots()
    for k in range(1, members + 1):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    return it


def finish(it: Play) -> None:
    """From opened marks to the end."""
    it.finish_lot("1")
    it.issue("1", b"report", 1)
    it.leave()
    it.close()
