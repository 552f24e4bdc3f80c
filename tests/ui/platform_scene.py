"""An evaluation beside a platform as windows see it: the export is due, checked with faults, or noted."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from accompanied_play import beside, note
from evaluation_case import tender_json
from evaluation_factory import AGENCY, Play
from platform_export import export

from app.evaluation.matters.accompany.records import CheckPlatform
from app.exchange.accompanied import examine


def several_faults(document: dict[str, Any]) -> None:
    """A wrong total, a wrong rank, a mark that is too high, and objective marks that differ."""
    bids = document["stated"]["bids"]
    bids["B"]["total"] = "99.99"
    bids["A"]["rank"], bids["B"]["rank"] = 2, 1
    sheets = document["case"]["sheets"]
    sheets["评委2"]["C"]["T1"] = "24"
    sheets["评委3"]["A"]["T2"] = "9"


def send(play: Play, change: Any = several_faults) -> None:
    """What the room does with an export of the agency."""
    data = export(play.it, change=change)
    with tempfile.TemporaryDirectory() as folder:
        answer = examine(play.it, "1", data, Path(folder))
    play.do(CheckPlatform("1", hashlib.sha256(data).hexdigest(), len(data), "json", answer), AGENCY)


def due(track: str = "ZC") -> Play:
    """The chair is chosen: it is the platform's turn."""
    return beside(track, tender=tender_json(track))


def checked(track: str = "ZC") -> Play:
    """An export with faults is checked; the chair has to say something."""
    play = due(track)
    send(play)
    return play


def noted(track: str = "ZC") -> Play:
    """The committee signs beside the check."""
    play = checked(track)
    note(play, "B 的总得分、排序已由平台更正；客观分差异经核对为录入错误，平台已统一。")
    return play
