"""What a platform exports of a small tender's lot, as one JSON document: right, or with figures changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from evaluation_case import good_marks

from app import scoring
from app.evaluation.model import Evaluation
from app.evaluation.tally import scoring_case

Change = Callable[[dict[str, Any]], None]


def export(state: Evaluation, lot: str = "1", change: Change | None = None) -> bytes:
    """An export whose every figure is right, but for what `change` makes of the document."""
    case = {key: value for key, value in scoring_case(state, state.lots[lot]).items() if key != "check_sum"}
    experts = [f"评委{k}" for k in range(1, len(state.committee) + 1)]
    live = [bid["id"] for bid in case["bids"] if not bid["rejected"]]
    factors = [factor["id"] for factor in case["factors"]]
    sheets = {
        expert: {bid: {f: good_marks(f"M{k}", bid, f) for f in factors} for bid in live}
        for k, expert in enumerate(experts, start=1)
    }
    case |= {"experts": experts, "sheets": sheets}
    found = scoring.score(scoring.read_case(case)).to_json()
    rows = [row for row in found["bids"] if row["rank"] is not None]
    bids = {row["id"]: {"price_score": row["price_score"], "total": row["total"], "rank": row["rank"]} for row in rows}
    document: dict[str, Any] = {"title": state.tender.name, "case": case, "stated": {"bids": bids}}
    if change is not None:
        change(document)
    return json.dumps(document, ensure_ascii=False).encode()


def wrong_total(document: dict[str, Any]) -> None:
    """A total that does not follow from its parts."""
    document["stated"]["bids"]["B"]["total"] = "99.99"
