"""The contents of a document as a list: its bookmarks, or plainly its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents: its title, the page it leads to (counted from 1), how deep it stands."""

    title: str
    page: int
    level: int = 0


class ContentsModel(QAbstractListModel):
    """Entries in the order of the document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ContentsEntry, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, set in by its depth."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "　" * entry.level + entry.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{entry.title} {entry.page}"
        return None

    def set_entries(self, entries: Sequence[ContentsEntry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> ContentsEntry:
        """The entry in a row."""
        return self._entries[row]

    def page_named(self, words: str) -> int:
        """The page of the first entry whose title holds `words`, 0 where none does."""
        return next((entry.page for entry in self._entries if words and words in entry.title), 0)

    def row_of(self, page: int) -> int:
        """The row of the last entry at or before `page`, -1 where there is none."""
        rows = [row for row, entry in enumerate(self._entries) if entry.page <= page]
        return rows[-1] if rows else -1
