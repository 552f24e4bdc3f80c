"""The journal as a list, newest first, cut to the last lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

# What a screen keeps of a long day; the whole journal is the server's.
KEPT = 2_000
# What a list keeps that runs along beside the work: every new line lays all of them out again.
RUNNING = 100


@dataclass(frozen=True)
class JournalLine:
    """One entry, told: its number in the room, the time ready to be read, the sentence, whether it stands out; stream
    and moment (RFC 3339) of the entry, what it is about (a word), and whom: seats and members, in small letters."""

    position: int
    time: str
    text: str
    stands_out: bool = False
    stream: str = ""
    at: str = ""
    kind: str = ""
    about: frozenset[str] = frozenset()


class JournalModel(QAbstractListModel):
    """Lines by falling position; `line` gives the whole of one."""

    def __init__(self, parent: QObject | None = None, kept: int = KEPT) -> None:
        super().__init__(parent)
        self._kept = kept
        self._lines: list[JournalLine] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines are kept."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence with its time, for screen readers and copies."""
        line = self._lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{line.time} {line.text}"
        return None

    def line(self, row: int) -> JournalLine:
        """The line in row `row`, 0 being the newest."""
        return self._lines[row]

    def extend(self, lines: Sequence[JournalLine]) -> None:
        """Take in new lines in rising order of position; those known already are passed over."""
        known = self._lines[0].position if self._lines else -1
        new = [line for line in lines if line.position > known]
        if not new:
            return
        self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
        self._lines[:0] = reversed(new)
        self.endInsertRows()
        if len(self._lines) > self._kept:
            self.beginRemoveRows(QModelIndex(), self._kept, len(self._lines) - 1)
            del self._lines[self._kept :]
            self.endRemoveRows()

    def clear(self) -> None:
        """Forget all lines (another evaluation, another room)."""
        self.beginResetModel()
        self._lines.clear()
        self.endResetModel()
