"""From opened sheets to a scoring case, its result, the failing bids and the candidates."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import lru_cache
from typing import Any

from app import scoring
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.journal import canonical


def scoring_case(state: Evaluation, lot: LotState) -> dict[str, Any]:
    """Return the input of the scoring core, derived from tender, rule set and the last opened marks."""
    sheets = lot.marks[-1].contents() if lot.marks else {}
    live = set(lot.live_bids())
    return {
        "track": state.tender.track.value,
        **lot.lot.scoring,
        "min_bids": state.ruleset.min_bids,
        "bids": [
            {
                "id": bid.id,
                "price": lot.price(bid),
                "adjustments": [dict(adjustment) for adjustment in bid.adjustments],
                "rejected": bid.id not in live,
                "brand": bid.brand,
            }
            for bid in lot.lot.bids
        ],
        "factors": [
            {"id": f.id, "group": f.group, "kind": f.kind}
            | ({"min": f.min, "max": f.max} if f.kind != "pass_fail" else {})
            for f in lot.lot.factors
        ],
        "experts": sorted(sheets),
        "sheets": {alias: sheets[alias]["marks"] for alias in sorted(sheets)},
    }


def case_bytes(state: Evaluation, lot: LotState) -> bytes:
    """Return the scoring case as the bytes that the evidence package carries (RFC 8785)."""
    return canonical(scoring_case(state, lot))


def result_bytes(case: bytes) -> bytes:
    """Return the result as the bytes that `kawei score` prints for this case."""
    return _result_bytes(case)


@lru_cache(maxsize=64)
def _result_bytes(case: bytes) -> bytes:
    try:
        return scoring.dumps(scoring.score(scoring.parse(case)))
    except scoring.Refusal as refusal:
        raise Refused("not_scorable", str(refusal.where), reason=str(refusal.code)) from refusal


def result(state: Evaluation, lot: LotState) -> dict[str, Any]:
    """Return the result as data."""
    return dict(json.loads(result_bytes(case_bytes(state, lot))))


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def failing_bids(state: Evaluation, lot: LotState) -> dict[str, str]:
    """Return the bids that the last opened review rejects, each with the ground of its first failing item.

    `unanimous`: members who differ on an item are refused (`verdicts_differ`), and the chair has the stage
    repeated; `majority`: an item fails when more members fail it than pass it, and equal votes are refused.
    """
    rejected: dict[str, str] = {}
    sheets = lot.reviews[-1].contents()
    for bid in lot.lot.bids:
        if bid.id in lot.unqualified:
            continue
        for item in lot.lot.review_items:
            votes = Counter(sheet["bids"][bid.id][item.id]["pass"] for sheet in sheets.values())
            unclear = len(votes) > 1 if state.ruleset.preliminary_rule == "unanimous" else votes[True] == votes[False]
            if unclear:
                raise Refused("verdicts_differ", f"{bid.id}.{item.id}", bid=bid.id, item=item.name)
            if votes[False] > votes[True]:
                rejected.setdefault(bid.id, item.ground)
    return rejected


def candidates(state: Evaluation, result: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the award candidates (中标候选人), at most as many as the rule set says, in rank order."""
    ranked = [row for row in result["bids"] if row["rank"] is not None]
    return ranked[: state.ruleset.candidates]


def ranking_is_open(lot: LotState) -> bool:
    """Tell whether marks exist and are opened, so that sums may be computed at all."""
    return bool(lot.marks) and lot.marks[-1].opened
