"""The cells of the marking matrix and the keys that fill them, all bids at once or one factor across the bids."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractItemModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTransposeProxyModel,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.models.digits import typed_characters
from ui.models.marking import CellState, MarkingModel
from ui.theme import Colour, Role
from ui.widgets.matrix import CellLook, MatrixTable
from ui.widgets.symbols import Symbol

Index = QModelIndex | QPersistentModelIndex

# No mark is longer; a key that is held down by a sleeve must not fill the cell.
_LONGEST = 8
_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
    }
)
_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
_STEPS = {"+": 1, "＋": 1, "-": -1, "－": -1, "−": -1}


class Span(Enum):
    """How much is shown at once: everything, the factors of one bid, or the bids at one factor."""

    ALL = auto()
    BID = auto()
    FACTOR = auto()


class MarkingTable(MatrixTable):
    """The cells and the keys. There is no editor that could keep a key: the table itself types.

    As its cells are not editable to Qt, input methods are switched off over it and digits come plain; those that
    send something all the same (full-width digits, the Chinese full stop) are understood. On the number pad alone
    + and - go through the marks of a factor that has steps, / goes to the next cell that lacks something, and
    * asks for the reason.
    """

    stray = Signal()
    moved = Signal()
    reason_asked = Signal()

    turned = False
    """Whether factors go across and bids down."""

    def __init__(self, marks: MarkingModel, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        self._marks = marks
        self._fresh = True
        self._before = ""
        self._alone = False
        super().__init__(model, self._look_of, parent)
        self.setAccessibleName(self.tr("Marks"))

    def _look_of(self, row: int, column: int) -> CellLook:
        where = self._turn(row, column)
        state, text = self._marks.state(*where), self._marks.shown(*where)
        typing = not self._fresh and self.hasFocus() and self.here() == (row, column)
        if typing:
            text = self._marks.text(*where)
        if state is CellState.CLOSED:
            return CellLook(self._marks.bid(where[1]).closed, Colour.INK_SOFT, Colour.SUNKEN, Role.SMALL)
        if state is CellState.IMPOSSIBLE:
            return CellLook(text, Colour.ERROR, Colour.ERROR_GROUND, symbol=Symbol.ERROR, caret=typing)
        if state is CellState.EMPTY:
            ground = Colour.SURFACE if self._marks.read_only else Colour.ATTENTION_GROUND
            return CellLook("" if typing else "—", Colour.ATTENTION, ground, caret=typing)
        # What says more than the figure is set smaller: columns of many bids are narrow.
        role = Role.MARK if len(text) <= 4 or text == self._marks.text(*where) else Role.BODY_STRONG
        if state is CellState.UNEXPLAINED and not self._marks.read_only:
            return CellLook(text, Colour.ATTENTION, Colour.ATTENTION_GROUND, role, Symbol.WARNING, caret=typing)
        return CellLook(text, role=role, caret=typing)

    def _turn(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.turned else (row, column)

    # --- where one is

    def cell(self) -> tuple[int, int] | None:
        """Factor and bid of the current cell, as row and column of the marks."""
        here = self.here()
        return None if here is None else self._turn(*here)

    def go_to(self, factor: int, bid: int) -> None:
        """Make a cell of the marks the current one."""
        row, column = self._turn(factor, bid)
        if self._alone:
            self._show_only(column)
        self.go(row, column)

    def set_alone(self, alone: bool) -> None:
        """Show the current column alone, or all of them."""
        self._alone = alone
        here = self.here()
        self._show_only(here[1] if here is not None else 0)

    def _show_only(self, column: int) -> None:
        wanted = [self._alone and other != column for other in range(self.model().columnCount())]
        if wanted != [self.isColumnHidden(other) for other in range(len(wanted))]:
            # The one to be seen first: a table without a column forgets where it stands.
            for other in sorted(range(len(wanted)), key=wanted.__getitem__):
                self.setColumnHidden(other, wanted[other])
            self.header_share = 0.6 if self._alone else 0.30
            self.lay_out()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """At another cell the first digit replaces what stands there."""
        super().currentChanged(current, previous)
        self._fresh = True
        self.moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Typing has ended."""
        self._fresh = True
        super().focusOutEvent(event)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits type, Enter goes on, arrows move; all other keys are the window's."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif self._alone and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._turn_page(1 if key is Qt.Key.Key_Right else -1)
        elif key in _MOVES or event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._go_where(self._marks.undo())
        elif event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == _REDO:
            self._go_where(self._marks.redo())
        elif key is Qt.Key.Key_Backspace:
            self._change(lambda text: text[:-1])
        elif key is Qt.Key.Key_Delete:
            self._change(lambda _text: "")
        elif key is Qt.Key.Key_Escape and not self._fresh:
            self._change(lambda _text: self._before)
            self._fresh = True
            self._repaint_here()
        elif plain and event.text().strip() and event.text().isprintable():
            self._type(event.text())
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What a Chinese input method commits is typed: full-width digits and the Chinese full stop too."""
        if event.commitString():
            self._type(event.commitString())
        event.accept()

    def _type(self, text: str) -> None:
        if text in _STEPS and self._by_step(_STEPS[text]):
            return
        if text in {"*", "＊"}:
            self.reason_asked.emit()
            return
        if text in {"/", "／"}:
            self._to_gap()
            return
        characters = typed_characters(text)
        if not characters:
            self.stray.emit()
            return
        fresh = self._fresh
        self._change(lambda before: (characters if fresh else before + characters)[:_LONGEST])

    def _by_step(self, by: int) -> bool:
        """Go a step up or down where the factor has steps; whether it has."""
        cell = self.cell()
        if cell is None:
            return False
        text = self._marks.factor(cell[0]).entry.stepped(self._marks.text(*cell), by)
        if text is not None:
            self._change(lambda _before: text)
        return text is not None

    def _change(self, new: Callable[[str], str]) -> None:
        cell = self.cell()
        if cell is None or self._marks.read_only:
            return
        before = self._marks.text(*cell)
        if self._fresh:
            self._before = before
            self._marks.remember(*cell, before)
        text = new(before)
        self._fresh = False
        self._marks.type_mark(*cell, text)
        self._repaint_here()

    def _repaint_here(self) -> None:
        """Paint the current cell alone: a key must not cost the painting of a whole sheet."""
        self.update(self.currentIndex())

    def _go_where(self, where: tuple[int, int] | None) -> None:
        if where is not None:
            self.go_to(*where)
            self._fresh = True

    def _to_gap(self) -> None:
        """To the next cell that is empty, impossible or without its reason; round to the first one at the end."""
        cells, here = self._marks.open_cells(across=self.turned), self.cell()
        at = cells.index(here) + 1 if here in cells else 0
        for cell in (*cells[at:], *cells[:at]):
            if self._marks.state(*cell) is not CellState.POSSIBLE:
                self.go_to(*cell)
                return

    def _turn_page(self, by: int) -> None:
        """To the next column while one is shown alone."""
        here = self.here()
        if here is not None and 0 <= here[1] + by < self.model().columnCount():
            self.go_to(*self._turn(here[0], here[1] + by))

    def _step(self, by: int) -> None:
        """To the next open cell of this column, then to the top of the next one; after the last to the first gap."""
        cell = self.cell()
        if cell is None:
            return
        to = self._marks.next_open(*cell, by, across=self.turned)
        if to is None and by > 0:
            to = next(iter(self._marks.cells(CellState.EMPTY, across=self.turned)), None)
        if to is not None:
            self.go_to(*to)


class FactorTable(MarkingTable):
    """The same cells turned: bids down, and of the factors the one that a person is at."""

    turned = True

    def __init__(self, marks: MarkingModel, parent: QWidget | None = None) -> None:
        turned = QTransposeProxyModel()
        turned.setSourceModel(marks)
        super().__init__(marks, turned, parent)
        turned.setParent(self)
        self.set_alone(True)
