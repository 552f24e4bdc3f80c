"""The pages of a document as a list: their numbers, and which of them carry a note."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class PageListModel(QAbstractListModel):
    """One row a page; row 0 is page 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._noted: frozenset[int] = frozenset()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many pages there are."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number of the page; a screen reader hears of the note too."""
        page = index.row() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.tr("Page {page}, with a note").format(page=page) if self.noted(page) else self._plain(page)
        return None

    def _plain(self, page: int) -> str:
        return self.tr("Page {page}").format(page=page)

    def set_count(self, count: int) -> None:
        """Another document, with so many pages and no notes yet."""
        self.beginResetModel()
        self._count, self._noted = count, frozenset()
        self.endResetModel()

    def set_noted(self, pages: Iterable[int]) -> None:
        """These pages, counted from 1, carry a note."""
        noted = frozenset(pages)
        if noted != self._noted and self._count:
            self._noted = noted
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def noted(self, page: int) -> bool:
        """Whether a page, counted from 1, carries a note."""
        return page in self._noted
