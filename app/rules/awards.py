"""How many lots one bidder may be awarded (兼投不兼中): from JSON, to JSON, and whether it fits the tender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.rules.model import AwardLimit, Lot
from app.rules.reading import Node, unique
from app.rules.refusal import Refusal


def read_awards(node: Node) -> AwardLimit:
    """Read a tender's `awards`: `{"most": 1, "order": ["1", "2"]}`."""
    f = node.fields(("most", "order"))
    order = f["order"].each(Node.text, at_least=1)
    unique((lot, f"{f['order'].where}[{i}]") for i, lot in enumerate(order))
    return AwardLimit(most=f["most"].whole(1), order=order)


def awards_to_json(awards: AwardLimit) -> dict[str, Any]:
    """Return the JSON object that `read_awards` reads back."""
    return {"most": awards.most, "order": list(awards.order)}


def award_faults(awards: AwardLimit, lots: tuple[Lot, ...], where: str) -> Iterator[Refusal]:
    """Every lot stands in the order once, and no other."""
    wanted = {lot.id for lot in lots}
    if set(awards.order) != wanted:
        allowed = ", ".join(sorted(wanted))
        yield Refusal("bad_value", f"{where}.order", value=", ".join(awards.order), allowed=allowed)
