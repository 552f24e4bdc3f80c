"""Whether a lot's scoring rule holds together, asked of the scoring core itself before anything is marked."""

from __future__ import annotations

import re
from typing import Any

from app import scoring
from app.exchange.refusal import PackageRefusal
from app.rules.model import Lot, RuleSet, Tender

_OF_THE_LOT = re.compile(r"(bids|factors)\b")


def check_scoring(ruleset: RuleSet, tender: Tender) -> None:
    """Refuse the first lot whose rule the scoring core does not take (`scoring_rule`, with the core's words)."""
    for i, lot in enumerate(tender.lots):
        try:
            scoring.read_case(empty_case(ruleset, lot))
        except scoring.Refusal as refusal:
            inner = "" if refusal.where == "$" else f".{refusal.where}"
            place = inner if _OF_THE_LOT.match(refusal.where) else f".scoring{inner}"
            raise PackageRefusal(
                "scoring_rule",
                f"$.lots[{i}]{place}",
                detail_zh=refusal.message("zh"),
                detail_en=refusal.message("en"),
            ) from None


def empty_case(ruleset: RuleSet, lot: Lot) -> dict[str, Any]:
    """Return the lot's scoring case before anyone has marked (scoring contract): no experts, no sheets."""
    return {
        "track": ruleset.track.value,
        **lot.scoring,
        "min_bids": ruleset.min_bids,
        "bids": [
            {
                "id": bid.id,
                # A price in a second envelope is nobody's yet: the rule is tried as if it were one yuan.
                "price": "1" if bid.price is None else bid.price,
                "adjustments": [dict(adjustment) for adjustment in bid.adjustments],
                "brand": bid.brand,
            }
            for bid in lot.bids
        ],
        "factors": [
            {"id": factor.id, "group": factor.group, "kind": factor.kind}
            | ({} if factor.kind == "pass_fail" else {"min": factor.min, "max": factor.max})
            for factor in lot.factors
        ],
    }
