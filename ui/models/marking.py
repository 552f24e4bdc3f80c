"""Marks as typed: factors down, bids across, each cell empty, possible or impossible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.models.digits import plain_number
from ui.models.mark_entry import Points
from ui.models.roles import NOTE_ROLE

Index = QModelIndex | QPersistentModelIndex
_NAMES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole})
# (factor_id, text as typed) -> the sentence that says what is allowed, or None where the mark is possible. The
# sentence need not name the factor: the matrix does where it is not plain.
Judge = Callable[[str, str], str | None]
# (factor_id, text as typed) -> whether such a mark is not complete without a reason.
Asks = Callable[[str, str], bool]


_PLAIN = Points()


@dataclass(frozen=True)
class Factor:
    """A line to be marked: `span` is its range ready to be read ('0–12'), `rule` the whole wording, `entry` how it is
    typed."""

    id: str
    name: str
    span: str = ""
    rule: str = ""
    group: str = ""
    entry: Points = _PLAIN


@dataclass(frozen=True)
class BidColumn:
    """A bid to be marked; `closed` says in a word why it gets no marks (rejected), else empty."""

    id: str
    name: str
    closed: str = ""


@dataclass(frozen=True)
class MarkTyped:
    """A cell as it stands after a key: the text in plain digits, and whether the judge lets it stand."""

    factor_id: str
    bid_id: str
    text: str
    possible: bool


class CellState(Enum):
    """How a cell stands."""

    EMPTY = auto()
    POSSIBLE = auto()
    UNEXPLAINED = auto()
    """Possible, but such a mark needs a reason and has none yet."""
    IMPOSSIBLE = auto()
    CLOSED = auto()


class MarkingModel(QAbstractTableModel):
    """The cells, their judge, subtotals and undo. Emits `typed` for what a person typed, never for what was loaded."""

    typed = Signal(object)

    def __init__(
        self,
        factors: Sequence[Factor],
        bids: Sequence[BidColumn],
        judge: Judge,
        parent: QObject | None = None,
        *,
        asks: Asks = lambda _factor, _text: False,
    ) -> None:
        super().__init__(parent)
        self._factors = tuple(factors)
        self._bids = tuple(bids)
        self._judge, self._asks = judge, asks
        self._rows = {factor.id: row for row, factor in enumerate(self._factors)}
        self._columns = {bid.id: column for column, bid in enumerate(self._bids)}
        self._texts: dict[tuple[str, str], str] = {}
        self._faults: dict[tuple[str, str], str] = {}
        self._explained: frozenset[tuple[str, str]] = frozenset()
        # Kept with every key: a sheet of 30 bids and 60 factors is not judged anew for one of them.
        self._states = {key: self._stand(key) for key in self._keys()}
        self._undo: list[tuple[tuple[str, str], str]] = []
        self._redo: list[tuple[tuple[str, str], str]] = []
        self._read_only = False

    # What the view asks.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many factors there are."""
        return 0 if parent.isValid() else len(self._factors)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many bids there are."""
        return 0 if parent.isValid() else len(self._bids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; for screen readers the factor, the bid and the text."""
        factor, bid = self._factors[index.row()], self._bids[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            empty = QCoreApplication.translate("MarkingModel", "empty")
            return f"{factor.name}, {bid.name}: {bid.closed or self.shown(index.row(), index.column()) or empty}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            if self.state(index.row(), index.column()) is CellState.UNEXPLAINED:
                return QCoreApplication.translate("MarkingModel", "This mark needs its reason or its page.")
            return self.fault(index.row(), index.column()) or factor.span
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names; as NOTE_ROLE the second line: a factor's range, why a bid is closed."""
        across = orientation is Qt.Orientation.Horizontal
        if role in _NAMES:
            return self._bids[section].name if across else self._factors[section].name
        if role == NOTE_ROLE:
            if across:
                return self._bids[section].closed
            return self._factors[section].span
        return None

    # What windows and widgets ask.

    def factor(self, row: int) -> Factor:
        """The factor of a row."""
        return self._factors[row]

    def bid(self, column: int) -> BidColumn:
        """The bid of a column."""
        return self._bids[column]

    def place(self, factor_id: str, bid_id: str) -> tuple[int, int]:
        """Row and column of a cell; KeyError where it does not exist."""
        return self._rows[factor_id], self._columns[bid_id]

    def text(self, row: int, column: int) -> str:
        """What was typed into a cell, '' for nothing."""
        return self._texts.get(self._key(row, column), "")

    def shown(self, row: int, column: int) -> str:
        """How a cell shows it: with its level, its minus, its product."""
        text = self.text(row, column)
        return self._factors[row].entry.shown(text) if text else ""

    def fault(self, row: int, column: int) -> str:
        """Why the mark in a cell is impossible, '' where it is not."""
        return self._faults.get(self._key(row, column), "")

    def state(self, row: int, column: int) -> CellState:
        """How a cell stands."""
        return self._states[self._key(row, column)]

    def count(self, state: CellState) -> int:
        """How many cells are in a state."""
        return list(self._states.values()).count(state)

    def counts(self, column: int) -> dict[CellState, int]:
        """How many cells of a bid are in which state; those that are in none are left out."""
        bid = self._bids[column].id
        found: dict[CellState, int] = {}
        for factor in self._factors:
            state = self._states[factor.id, bid]
            found[state] = found.get(state, 0) + 1
        return found

    def marks(self) -> dict[tuple[str, str], str]:
        """All that is typed, by (factor, bid); impossible texts too."""
        return dict(self._texts)

    def cells(self, state: CellState, *, across: bool = False) -> list[tuple[int, int]]:
        """The cells in a state, bid by bid from top to bottom, or factor by factor across the bids."""
        return [cell for cell in self._walk(across) if self.state(*cell) is state]

    def open_cells(self, *, across: bool = False) -> list[tuple[int, int]]:
        """The cells that take a mark, in the same order: the one in which Enter walks."""
        return [cell for cell in self._walk(across) if self.state(*cell) is not CellState.CLOSED]

    def next_open(self, row: int, column: int, by: int, *, across: bool = False) -> tuple[int, int] | None:
        """The open cell behind (`by` 1) or before (-1) a cell in that order, None where there is none."""
        rows, columns = len(self._factors), len(self._bids)
        at = row * columns + column if across else column * rows + row
        while 0 <= (at := at + by) < rows * columns:
            found = divmod(at, columns) if across else divmod(at, rows)[::-1]
            if self.state(*found) is not CellState.CLOSED:
                return found
        return None

    def _walk(self, across: bool) -> list[tuple[int, int]]:
        rows, columns = range(len(self._factors)), range(len(self._bids))
        if across:
            return [(row, column) for row in rows for column in columns]
        return [(row, column) for column in columns for row in rows]

    def subtotal(self, column: int) -> str:
        """The sum of a bid's possible marks as an exact decimal, '' for a closed bid or where nothing stands."""
        stands = (CellState.POSSIBLE, CellState.UNEXPLAINED)
        rows = [row for row in range(len(self._factors)) if self.state(row, column) in stands]
        try:
            marks = [self._factors[row].entry.worth(self.text(row, column)) for row in rows]
        except InvalidOperation:
            # The judge let something stand that is no number (a rule of words); such a column has no sum.
            return ""
        return f"{sum(marks, Decimal()):f}" if marks else ""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be typed."""
        return self._read_only

    # What changes it.

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be typed (a result, a sealed sheet), or let it again."""
        self._read_only = read_only
        self._tell_all()

    def set_marks(self, marks: Mapping[tuple[str, str], str]) -> None:
        """Show these marks (a draft coming back, a result); nothing is emitted, undo is forgotten."""
        self._texts.clear()
        self._faults.clear()
        self._undo.clear()
        self._redo.clear()
        self._states = {key: self._stand(key) for key in self._keys()}
        for (factor_id, bid_id), text in marks.items():
            self._put((factor_id, bid_id), plain_number(text))
        self._tell_all()

    def type_mark(self, row: int, column: int, text: str) -> None:
        """Let `text` stand in a cell, judge it and emit it; a closed bid and a read-only sheet take nothing."""
        key, text = self._key(row, column), plain_number(text)
        if self._read_only or self._bids[column].closed or text == self._texts.get(key, ""):
            return
        self._put(key, text)
        self._tell(row, column)
        self.typed.emit(MarkTyped(*key, text, key not in self._faults))

    def remember(self, row: int, column: int, text: str) -> None:
        """Note what stood in a cell before a person changed it, for `undo`; what was taken back is gone for good."""
        self._undo.append((self._key(row, column), text))
        self._redo.clear()

    def undo(self) -> tuple[int, int] | None:
        """Give the cell changed last what stood there before; returns where that is, None when all is undone."""
        return self._go_back(self._undo, self._redo)

    def redo(self) -> tuple[int, int] | None:
        """Do again what was undone last; returns where that is, None when nothing is."""
        return self._go_back(self._redo, self._undo)

    def _go_back(
        self, source: list[tuple[tuple[str, str], str]], other: list[tuple[tuple[str, str], str]]
    ) -> tuple[int, int] | None:
        while source and not self._read_only:
            key, text = source.pop()
            stood = self._texts.get(key, "")
            if stood != text:
                other.append((key, stood))
                row, column = self.place(*key)
                self.type_mark(row, column, text)
                return row, column
        return None

    def set_explained(self, keys: Collection[tuple[str, str]]) -> None:
        """These cells, by (factor, bid), have a reason."""
        changed = self._explained ^ frozenset(keys)
        self._explained = frozenset(keys)
        for key in changed & self._states.keys():
            self._states[key] = self._stand(key)
            self._tell(*self.place(*key))

    def _keys(self) -> Iterator[tuple[str, str]]:
        return ((factor.id, bid.id) for bid in self._bids for factor in self._factors)

    def _stand(self, key: tuple[str, str]) -> CellState:
        """How a cell stands, found anew."""
        if self._bids[self._columns[key[1]]].closed:
            return CellState.CLOSED
        text = self._texts.get(key, "")
        if not text:
            return CellState.EMPTY
        if key in self._faults:
            return CellState.IMPOSSIBLE
        lacks = key not in self._explained and self._asks(key[0], text)
        return CellState.UNEXPLAINED if lacks else CellState.POSSIBLE

    def _key(self, row: int, column: int) -> tuple[str, str]:
        return self._factors[row].id, self._bids[column].id

    def _put(self, key: tuple[str, str], text: str) -> None:
        self._faults.pop(key, None)
        self._texts.pop(key, None)
        if text:
            self._texts[key] = text
            fault = self._judge(key[0], text)
            if fault is not None:
                self._faults[key] = fault
        self._states[key] = self._stand(key)

    def _tell(self, row: int, column: int) -> None:
        cell = self.index(row, column)
        self.dataChanged.emit(cell, cell)

    def _tell_all(self) -> None:
        if self._factors and self._bids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._factors) - 1, len(self._bids) - 1))
