"""What the committee looks at where the platform has the marks: the check of its figures, in the result's place."""

from __future__ import annotations

from ui.models.platform import platform_check
from ui.seat.names import Name
from ui.seat.result_board import ResultBoard
from ui.seat.steps import Sight
from ui.seat.words import bidders
from ui.widgets.platform_check import PlatformCheckCard
from ui.widgets.result_table import ResultTable


class PlatformBoard(PlatformCheckCard):
    """The newest check of a lot; it has no table to walk through."""

    table: ResultTable | None = None

    def __init__(self, lot: str) -> None:
        super().__init__()
        self._lot_id = lot

    def show_view(self, sight: Sight) -> None:
        """Show the lot as it stands."""
        self.show_check(platform_check(sight.present, self._lot_id), bidders(sight.lot(self._lot_id)))


def outcome_board(sight: Sight, lot: str, table: Name = Name.FINDINGS_TABLE) -> ResultBoard | PlatformBoard:
    """The result that was computed here, or where the platform has it, what the check of its figures says."""
    accompanied = sight.evaluation is not None and platform_check(sight.evaluation, lot) is not None
    return PlatformBoard(lot) if accompanied else ResultBoard(lot, table)
