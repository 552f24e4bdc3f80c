"""A result to be read: bids in the order of their ranks, figures in columns, the first ones standing out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.models.results import ResultColumn, ResultModel, ResultRow
from ui.theme import Colour, Role
from ui.widgets.boxes import Column
from ui.widgets.matrix import CellLook, Matrix, MatrixTable


class ResultTable(Column):
    """Rows as given; a bid that is out is set in the soft ink, with its note saying why."""

    def __init__(
        self,
        columns: Sequence[ResultColumn],
        rows: Sequence[ResultRow] = (),
        *,
        highlighted: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=0, parent=parent)
        self._highlighted = highlighted
        self.model = ResultModel(columns, self)
        self.table = MatrixTable(self.model, self._cell)
        self.table.setAccessibleName(self.tr("Result"))
        self.table.header_share = 0.34
        self.table.fit_texts = True
        self.table.narrowest = 72.0
        self.add(Matrix(self.table), 1)
        self.setFocusProxy(self.table)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[ResultRow]) -> None:
        """Show these rows. ValueError where one has more or fewer figures than there are columns."""
        self.model.set_rows(rows)

    def _cell(self, row: int, column: int) -> CellLook:
        bid = self.model.row(row)
        role = Role.MARK if self.model.column(column).strong else Role.BODY
        figure = bid.figures[column]
        if bid.out:
            return CellLook(figure, Colour.INK_SOFT, Colour.SUNKEN, Role.BODY)
        ground = Colour.BRAND_GROUND if row < self._highlighted else Colour.SURFACE
        return CellLook(
            figure, Colour.BRAND if row < self._highlighted and role is Role.MARK else Colour.INK, ground, role
        )
