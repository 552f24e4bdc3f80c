"""What the members of a story think of the bids, until a step says otherwise: everyone passes, marks are ordinary."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Key = tuple[str, str, str, str]
"""Member, lot, bid, and review item or factor."""


@dataclass
class Wills:
    """Verdicts and marks as told; whoever is not told of gets what is usual."""

    fails: dict[Key, str] = field(default_factory=dict)
    """Failing verdicts with their reasons."""
    marks: dict[Key, str] = field(default_factory=dict)
    reasons: dict[Key, str] = field(default_factory=dict)

    def review(self, who: str, lot: dict[str, Any]) -> dict[str, Any]:
        """A member's review sheet."""

        def one(bid: str, item: str) -> dict[str, Any]:
            reason = self.fails.get((who, lot["id"], bid, item))
            return {"pass": True} if reason is None else {"pass": False, "reason": reason, "page": "37"}

        return {"bids": {bid: {item["id"]: one(bid, item["id"]) for item in lot["items"]} for bid in _live(lot)}}

    def sheet(self, who: str, number: int, lot: dict[str, Any]) -> dict[str, Any]:
        """A member's sheet of marks."""
        bids = _live(lot)
        marks = {
            bid: {
                factor["id"]: self.marks.get((who, lot["id"], bid, factor["id"])) or _usual(factor, place, number)
                for factor in lot["factors"]
            }
            for place, bid in enumerate(bids)
        }
        mine = {key[2:]: text for key, text in self.reasons.items() if key[:2] == (who, lot["id"])}
        reasons: dict[str, dict[str, str]] = {}
        for (bid, factor), text in mine.items():
            reasons.setdefault(bid, {})[factor] = text
        return {"marks": marks, "reasons": reasons}


def _live(lot: dict[str, Any]) -> list[str]:
    return [bid["id"] for bid in lot["bids"] if bid["status"] == "live"]


def _usual(factor: dict[str, Any], place: int, number: int) -> str:
    """Two thirds of the range, less for later bids; members differ on subjective factors alone, and little."""
    low, high = Decimal(factor["min"]), Decimal(factor["max"])
    own = number % 2 if factor["kind"] == "subjective" else 0
    mark = low + (high - low) * 2 // 3 - place + own
    return str(max(low, min(high, mark)))
