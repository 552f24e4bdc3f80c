"""Plays an evaluation beside a platform: rule sets that carry less, answers of checks, the way to the signatures."""

from __future__ import annotations

import hashlib
from typing import Any

from evaluation_case import ruleset_json
from evaluation_factory import AGENCY, Play, member

from app.evaluation.matters.accompany.records import AskPlatformCorrection, CheckPlatform, NotePlatform

EXPORT = hashlib.sha256(b"export").hexdigest()


def rules(track: str, *carries: str) -> dict[str, Any]:
    """The track's rule set, carrying no more than this."""
    base = ruleset_json(track)
    return base | {"procedure": base["procedure"] | {"carries": list(carries)}}


def answer(faults: int = 0, hints: int = 0, *, live: int = 3, left_out: int = 0) -> dict[str, Any]:
    """What a check found, in its right shape."""
    remark = {"severity": "fault", "message": "总得分有误"}
    remarks = [remark | {"severity": "hint"} if k >= faults else remark for k in range(faults + hints - left_out)]
    counts = {"faults": faults, "hints": hints, "left_out": left_out, "live": live}
    return counts | {"remarks": remarks, "compared": {"marks": 15}, "untold": {}, "result": None, "sources": []}


def check(found: dict[str, Any], lot: str = "1", name: str = "export", **changed: Any) -> CheckPlatform:
    """The command that the room issues for an export."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return CheckPlatform(**{"lot": lot, "sha256": digest, "bytes": 900, "form": "json", "answer": found} | changed)


def beside(track: str = "ZC", *carries: str, lots: tuple[str, ...] = ("1",), tender: Any = None) -> Play:
    """An evaluation whose chair is chosen; what comes next is the review, or the platform's turn."""
    it = Play(track)
    it.open_room()
    it.import_package(lots=lots, delegates=1 if track == "ZC" else 0, tender=tender, rules=rules(track, *carries))
    it.draw_slots()
    for k in range(1, 6):
        it.arrive(f"p{k}")
    for found in list(it.it.members.values()):
        it.pledge(found.alias or "")
    it.constitute()
    it.choose_chair()
    return it


def chair(it: Play) -> Any:
    """Whoever chairs."""
    return member(it.it.chair or "")


def send(it: Play, found: dict[str, Any], lot: str = "1", name: str = "export") -> list[str]:
    """The agency sends an export."""
    return it.do(check(found, lot, name), AGENCY)


def note(it: Play, text: str = "已逐项核对", lot: str = "1", *, failed: bool = False) -> list[str]:
    """The chair notes what is said to the newest check."""
    return it.do(NotePlatform(lot, text, failed), chair(it))


def ask(it: Play, lot: str = "1") -> list[str]:
    """The chair has figures put right."""
    return it.do(AskPlatformCorrection(lot, "请更正 B 的总得分"), chair(it))
