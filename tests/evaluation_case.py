"""What tests play with: a small tender of each track, its rule set, marks and verdicts, and a journal to write in.

Everything is a function of its arguments; what stands for chance is counted, nothing is drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import resources
from app import journal
from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.events import Liveness
from app.journal import Entry

ALIVE = Liveness("passed", ("left", "mouth"), {"left.ratio": "0.2210"})
"""What shows that a living person stood before the camera."""
ALIVE_JSON = codec.to_json(ALIVE)


def secret(name: str) -> bytes:
    """32 bytes that stand for chance."""
    return hashlib.sha256(f"factory/{name}".encode()).digest()


def bid_file(name: str) -> dict[str, Any]:
    """A file as packages list it."""
    return {"path": f"files/{name}.pdf", "sha256": secret(name).hex(), "bytes": 1200, "title": name}


def bid(id: str, bidder: str, price: str) -> dict[str, Any]:
    """One bid."""
    return {
        "id": id,
        "bidder": bidder,
        "uscc": "",
        "price": price,
        "adjustments": [],
        "brand": None,
        "files": [bid_file(f"bid-{id}")],
    }


FACTORS = [
    {"id": "T1", "group": "technical", "kind": "subjective", "name": "技术方案", "rule": "优 20-15，良 14-8"}
    | {"min": "0", "max": "20"},
    {"id": "T2", "group": "technical", "kind": "objective", "name": "类似业绩", "rule": "每项 2 分，最多 10 分"}
    | {"min": "0", "max": "10"},
    {"id": "C1", "group": "commercial", "kind": "subjective", "name": "服务与培训", "rule": "按响应程度 0-40 分"}
    | {"min": "0", "max": "40"},
]
BIDS = {
    "ZC": [bid("A", "甲设备有限公司", "980000"), bid("B", "乙科技有限公司", "1000000"), bid("C", "丙仪器厂", "960000")],
    "GC": [
        bid("A", "第一监理有限公司", "880000"),
        bid("B", "第二工程咨询公司", "905000"),
        bid("C", "第三监理公司", "861000.50"),
        bid("D", "第四建设咨询有限公司", "899000"),
    ],
}
PRICE = {
    "ZC": {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
    "GC": {
        "full": "30",
        "benchmark": {"value": "mean", "float": "-0.01"},
        "score": {"kind": "deviation", "above": "1", "below": "0.5", "floor": "0"},
    },
}


def lot_json(track: str, lot: str = "1") -> dict[str, Any]:
    """One lot with two review items, three factors and a price rule."""
    ground = {"ZC": "Z6", "GC": "R6"}[track]
    paper = bid_file("qualification") if track == "ZC" else None
    return {
        "id": lot,
        "name": {"ZC": "教学设备", "GC": "宿舍监理"}[track] + lot,
        "bids": BIDS[track],
        "factors": FACTORS,
        "review_items": [
            {"id": "F1", "group": "形式", "name": "签署盖章", "clause": "第3.1条", "ground": ground},
            {"id": "F2", "group": "响应", "name": "交货期或工期", "clause": "第3.2条", "ground": ground},
        ],
        "scoring": {"method": "comprehensive", "ceiling": "1200000", "price": PRICE[track], "places": 2},
        "qualification": paper
        and {
            "signed_by": "采购人",
            "signed_at": "2026-03-01T16:00:00+08:00",
            "paper": paper,
            "results": [{"bid": b["id"], "passed": True, "reason": None} for b in BIDS[track]],
        },
    }


def tender_json(track: str = "ZC", lots: Sequence[str] = ("1",)) -> dict[str, Any]:
    """A tender of `lots`."""
    return {
        "id": f"{track}-2026-001",
        "name": {"ZC": "第一中学教学设备采购", "GC": "职工宿舍工程监理"}[track],
        "track": track,
        "tenderee": "岷乐市第一中学",
        "agency": "岷乐招标代理有限公司",
        "announced_in": ["四川政府采购网"],
        "planned_at": "2026-03-02T09:00:00+08:00",
        "documents": [bid_file("tender")],
        "opening": {
            "opened_at": "2026-03-01T09:30:00+08:00",
            "place": "岷乐市公共资源交易中心开标一室",
            "coefficients": {} if track == "ZC" else {"K": "0.97"},
            "remarks": "",
        },
        "lots": [lot_json(track, lot) for lot in lots],
        "labels": ["本案例价格规则为虚构，仅供演练"],
    }


def ruleset_json(track: str = "ZC", **changes: Any) -> dict[str, Any]:
    """The default rule set of a track."""
    text = resources.path("rules", f"{track.lower()}.json").read_text("utf-8")
    return dict(json.loads(text)) | changes


def good_marks(alias: str, bid: str, factor: str) -> str:
    """Marks that differ by member on subjective factors and agree on the objective one."""
    spread = int(alias[1:]) % 3
    base = {"A": 3, "B": 1, "C": 0, "D": 2}[bid]
    return {"T1": f"{12 + base + spread}.5", "T2": str(4 + base), "C1": str(26 + 2 * base + spread)}[factor]


def all_pass(alias: str, bid: str, item: str) -> bool:
    """Nobody fails anything."""
    return True


@dataclass
class Log:
    """A stream on its way: its entries and the time of the last one."""

    stream: str
    entries: list[Entry] = field(default_factory=list)

    def add(self, at: str, kind: str, actor: dict[str, Any], data: dict[str, Any]) -> Entry:
        prev = self.entries[-1].hash if self.entries else journal.ZERO
        entry = journal.make_entry(self.stream, len(self.entries) + 1, at, kind, actor, data, prev)
        self.entries.append(entry)
        return entry

    def root(self) -> bytes:
        return journal.root_of(journal.entry_bytes(e) for e in self.entries)


def actor_json(actor: Actor) -> dict[str, Any]:
    """As the journal writes an actor."""
    return {"role": actor.role.value, "alias": actor.alias, "post": actor.post, "device": actor.device}
