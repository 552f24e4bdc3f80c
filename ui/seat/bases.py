"""The pages on which a member's verdicts and marks rest, cell by cell, as they will be sealed with the sheet."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from app.evaluation.basis import asked
from app.rules.model import Basis
from ui.seat.steps import Json

Cell = tuple[str, str]
"""Line and bid."""


class Bases:
    """What is given so far, and what the rule set asks for."""

    def __init__(self, rule: str) -> None:
        self.rule = Basis(rule)
        self.given: dict[Cell, Json] = {}

    def lacks(self, cell: Cell, failing: bool) -> bool:
        """Whether a verdict or mark is not complete without a page that it does not have."""
        return cell not in self.given and asked(self.rule, failing)

    def rows(self) -> dict[str, dict[str, Json]]:
        """By bid and line, as a marks sheet has them."""
        made: dict[str, dict[str, Json]] = {}
        for (line, bid), basis in self.given.items():
            made.setdefault(bid, {})[line] = basis
        return made

    def restore(self, rows: dict[str, Any], places: Collection[Cell]) -> None:
        """Take back what was kept; what no longer fits is left out."""
        self.given = {
            (line, bid): basis for bid, row in rows.items() for line, basis in row.items() if (line, bid) in places
        }


def first_number(page: str) -> int:
    """The first page of what a person typed ('12-14', '12、15'), 0 where there is none."""
    found = re.search(r"\d{1,5}", page)
    return int(found.group()) if found else 0
