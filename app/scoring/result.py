"""The result of a scoring case and the exact bytes in which it is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class BidResult:
    """One bid's figures as written; None for what it has not."""

    id: str
    price: str | None
    evaluated_price: str | None
    price_score: str | None
    factor_scores: dict[str, str] | None
    group_scores: dict[str, str] | None
    total: str | None
    rank: int | None
    rejected: bool
    working: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The bid's object of the contract."""
        return {
            "id": self.id,
            "price": self.price,
            "evaluated_price": self.evaluated_price,
            "price_score": self.price_score,
            "factor_scores": self.factor_scores,
            "group_scores": self.group_scores,
            "total": self.total,
            "rank": self.rank,
            "rejected": self.rejected,
            "working": list(self.working),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that scoring found, in the order of the contract; bids in rank order, unranked last."""

    benchmark: str | None
    benchmark_working: tuple[dict[str, Any], ...]
    bids: tuple[BidResult, ...]
    abnormally_low: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    input_rules: str

    def to_json(self) -> dict[str, Any]:
        """The output of the contract as plain JSON values."""
        benchmark = None
        if self.benchmark is not None:
            benchmark = {"value": self.benchmark, "working": list(self.benchmark_working)}
        return {
            "benchmark": benchmark,
            "bids": [bid.to_json() for bid in self.bids],
            "abnormally_low": list(self.abnormally_low),
            "findings": list(self.findings),
            "input_rules": self.input_rules,
        }


def dumps(result: Result) -> bytes:
    """The bytes that `kawei score` prints: UTF-8 JSON, keys in the contract's order, one newline at the end.

    Each key of the whole, each bid and each finding has a line of its own, so that people and `diff` can
    read it; within a line `, ` and `: ` separate. The same result always gives the same bytes.
    """
    lines = []
    for key, value in result.to_json().items():
        if isinstance(value, list) and value:
            items = ",\n".join(f"  {_line(item)}" for item in value)
            lines.append(f' "{key}": [\n{items}\n ]')
        else:
            lines.append(f' "{key}": {_line(value)}')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _line(value: object) -> str:
    return _ENCODER.encode(value)
