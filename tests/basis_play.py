"""An evaluation whose rule set wants the pages on which verdicts and marks rest."""

from __future__ import annotations

from typing import Any

from evaluation_case import ruleset_json
from evaluation_factory import Play

from app.evaluation.model import SheetKind

PAGE = {"file": 1, "page": 12}
PLACE = {"file": 1, "page": 37, "region": [100, 205, 900, 300]}


class BasisPlay(Play):
    """Everyone names the same page for every mark, and a place on a page for every verdict that fails."""

    rule = "all"

    def import_package(self, *args: Any, **changes: Any) -> None:
        rules = ruleset_json(self.track)
        rules["procedure"]["basis"] = self.rule
        super().import_package(*args, **{"rules": rules} | changes)

    def seal_all(self, lot: str, kind: SheetKind, sheets: dict[str, dict[str, Any]]) -> None:
        super().seal_all(lot, kind, {alias: self.grounded(kind, sheet) for alias, sheet in sheets.items()})

    def grounded(self, kind: SheetKind, sheet: dict[str, Any]) -> dict[str, Any]:
        """The sheet with the pages that the rule set wants."""
        if kind is SheetKind.MARKS:
            return sheet | {"basis": {bid: dict.fromkeys(row, PAGE) for bid, row in sheet["marks"].items()}}
        if kind is SheetKind.REVIEW:
            for verdicts in sheet["bids"].values():
                for verdict in verdicts.values():
                    verdict["basis"] = PAGE if verdict["pass"] else PLACE
        return sheet
