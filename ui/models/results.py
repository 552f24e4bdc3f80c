"""A result: one row per bid in the order of ranks, columns as the rule set names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.roles import NOTE_ROLE

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ResultColumn:
    """A column: its title, and whether its figures are set large (the total, the rank)."""

    title: str
    strong: bool = False


@dataclass(frozen=True)
class ResultRow:
    """A bid: name, one figure per column ready to be read, a note (candidate, rejected), whether it is out."""

    name: str
    figures: tuple[str, ...]
    note: str = ""
    out: bool = False


class ResultModel(QAbstractTableModel):
    """Rows as they are given; ranks and sums are computed elsewhere."""

    def __init__(self, columns: Sequence[ResultColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[ResultRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many bids there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many figures a bid has."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The figure; for screen readers with the bid and the column's title."""
        row = self._rows[index.row()]
        figure = row.figures[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return figure
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {self._columns[index.column()].title}: {figure}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles across, bids down; as NOTE_ROLE the bid's note."""
        across = orientation is Qt.Orientation.Horizontal
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._columns[section].title if across else self._rows[section].name
        if role == NOTE_ROLE and not across:
            return self._rows[section].note
        return None

    def row(self, at: int) -> ResultRow:
        """The bid in a row."""
        return self._rows[at]

    def column(self, at: int) -> ResultColumn:
        """The heading of a column."""
        return self._columns[at]

    def set_rows(self, rows: Sequence[ResultRow]) -> None:
        """Show these rows. ValueError where one has more or fewer figures than there are columns."""
        for row in rows:
            if len(row.figures) != len(self._columns):
                raise ValueError(f"{row.name}: {len(row.figures)} figures for {len(self._columns)} columns")
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
