"""The marking matrix: factors down, bids across, marks typed on the number pad.

Enter goes to the next cell below, then to the next bid, whether or not the mark is possible: who types from a
sheet of paper does not look up, and a cell that holds the cursor back would shift all marks after it. The
impossible one stays red, the line below says what is allowed, and the sheet cannot be ended with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.models.digits import typed_characters
from ui.models.marking import BidColumn, CellState, Factor, Judge, MarkingModel, MarkTyped
from ui.theme import Colour, Role, Space, Tone
from ui.widgets.boxes import Column, Row, W
from ui.widgets.matrix import CellLook, Matrix, MatrixTable, SumLook
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.rule_strip import RuleStrip
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


@dataclass(frozen=True)
class CellVisited:
    """A person is at this cell now: the window may turn the document to where the factor is answered."""

    factor_id: str
    bid_id: str


class MarkingTable(MatrixTable):
    """The cells and the keys. There is no editor that could keep a key: the table itself types.

    As its cells are not editable to Qt, input methods are switched off over it and digits come plain; those that
    send something all the same (full-width digits, the Chinese full stop) are understood.
    """

    stray = Signal()
    moved = Signal()

    def __init__(self, model: MarkingModel, parent: QWidget | None = None) -> None:
        self._marks = model
        self._fresh = True
        self._before = ""
        super().__init__(model, self._cell, parent)
        self.setAccessibleName(self.tr("Marks"))

    def _cell(self, row: int, column: int) -> CellLook:
        state, text = self._marks.state(row, column), self._marks.text(row, column)
        typing = not self._fresh and self.hasFocus() and self.here() == (row, column)
        if state is CellState.CLOSED:
            return CellLook(self._marks.bid(column).closed, Colour.INK_SOFT, Colour.SUNKEN, Role.SMALL)
        if state is CellState.IMPOSSIBLE:
            return CellLook(text, Colour.ERROR, Colour.ERROR_GROUND, symbol=Symbol.ERROR, caret=typing)
        if state is CellState.EMPTY:
            ground = Colour.SURFACE if self._marks.read_only else Colour.ATTENTION_GROUND
            return CellLook("" if typing else "—", Colour.ATTENTION, ground, caret=typing)
        return CellLook(text, caret=typing)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """At another cell the first digit replaces what stands there."""
        super().currentChanged(current, previous)
        self._fresh = True
        self.moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Typing has ended."""
        self._fresh = True
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits type, Enter goes on, arrows move; all other keys are the window's."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in _MOVES or event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        elif key is Qt.Key.Key_Backspace:
            self._change(lambda text: text[:-1])
        elif key is Qt.Key.Key_Delete:
            self._change(lambda _text: "")
        elif key is Qt.Key.Key_Escape and not self._fresh:
            self._change(lambda _text: self._before)
            self._fresh = True
            self.viewport().update()
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
        characters = typed_characters(text)
        if not characters:
            self.stray.emit()
            return
        fresh = self._fresh
        self._change(lambda before: (characters if fresh else before + characters)[:_LONGEST])

    def _change(self, new: Callable[[str], str]) -> None:
        here = self.here()
        if here is None or self._marks.read_only:
            return
        before = self._marks.text(*here)
        if self._fresh:
            self._before = before
            self._marks.remember(*here, before)
        text = new(before)
        self._fresh = False
        self._marks.type_mark(*here, text)
        self.viewport().update()

    def _undo(self) -> None:
        where = self._marks.undo()
        if where is not None:
            self.go(*where)

    def _step(self, by: int) -> None:
        """To the next open cell below, then to the top of the next bid; after the last one to the first gap."""
        order = self._marks.open_cells()
        here = self.here()
        if here is None or not order:
            return
        if here in order:
            at = order.index(here) + by
        else:
            at = next((i for i, cell in enumerate(order) if (cell[1], cell[0]) > (here[1], here[0])), len(order))
        if at >= len(order):
            gaps = self._marks.cells(CellState.EMPTY)
            at = order.index(gaps[0]) if gaps else len(order) - 1
        self.go(*order[max(0, at)])


class MarkingMatrix(Column):
    """The matrix, the rule of the factor one is at, and one line that says what is wrong or still empty.

    `typed` carries a MarkTyped for every key that changed a cell; `visited` a CellVisited for every move.
    """

    typed = Signal(object)
    visited = Signal(object)

    def __init__(
        self,
        factors: Sequence[Factor],
        bids: Sequence[BidColumn],
        judge: Judge,
        *,
        caption: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=Space.SMALL, parent=parent)
        self.model = MarkingModel(factors, bids, judge, self)
        self.table = MarkingTable(self.model)
        self.matrix = self.add(Matrix(self.table, caption or self.tr("Subtotal"), self._sum))
        self._rule = self.add(RuleStrip())
        self._low = self.add(Row(gap=Space.SMALL))
        self._line = self._low.add(NoticeLine(), 1)
        self.setFocusProxy(self.table)
        self.model.typed.connect(self._tell_typed)
        self.model.dataChanged.connect(self._say)
        self.table.moved.connect(self._tell_moved)
        self.table.stray.connect(self._say_stray)
        self.go_to_first_gap()

    def set_marks(self, marks: Mapping[tuple[str, str], str]) -> None:
        """Show these marks, by (factor, bid); nothing is emitted."""
        self.model.set_marks(marks)

    def set_read_only(self, read_only: bool) -> None:
        """A sealed sheet or a result: nothing can be typed, and nothing is missing."""
        self.model.set_read_only(read_only)
        self._line.setVisible(not read_only)

    def add_action(self, widget: W) -> W:
        """Put a button at the right of the line below the matrix, where it costs no height; returns it."""
        return self._low.add(widget)

    def go_to(self, factor_id: str, bid_id: str) -> None:
        """Make a cell the current one."""
        self.table.go(*self.model.place(factor_id, bid_id))

    def go_to_first_gap(self) -> None:
        """Go to the first empty cell, or to the first open one where none is empty."""
        for state in (CellState.EMPTY, CellState.IMPOSSIBLE, CellState.POSSIBLE):
            if cells := self.model.cells(state):
                self.table.go(*cells[0])
                return

    def gaps(self) -> int:
        """How many cells are empty."""
        return len(self.model.cells(CellState.EMPTY))

    def faults(self) -> int:
        """How many marks are impossible."""
        return len(self.model.cells(CellState.IMPOSSIBLE))

    def notice(self) -> Notice | None:
        """What the line below says now."""
        return self._line.notice()

    def _sum(self, column: int) -> SumLook:
        if closed := self.model.bid(column).closed:
            return SumLook("—", closed)
        rows = range(self.model.rowCount())
        states = [self.model.state(row, column) for row in rows]
        empty, wrong = states.count(CellState.EMPTY), states.count(CellState.IMPOSSIBLE)
        if wrong and not self.model.read_only:
            note = self.tr("{count} impossible").format(count=wrong)
        elif empty and not self.model.read_only:
            note = self.tr("{count} empty").format(count=empty)
        else:
            note = ""
        return SumLook(self.model.subtotal(column) or "—", note)

    def _tell_typed(self, typed: MarkTyped) -> None:
        self.typed.emit(typed)

    def _tell_moved(self) -> None:
        here = self.table.here()
        if here is None:
            return
        factor, bid = self.model.factor(here[0]), self.model.bid(here[1])
        self._rule.show_rule(" · ".join(part for part in (factor.group, factor.name, factor.span) if part), factor.rule)
        self._say()
        self.visited.emit(CellVisited(factor.id, bid.id))

    def _say_stray(self) -> None:
        self._line.tell(Notice(Tone.ATTENTION, self.tr("Marks are typed in digits, with a point where needed.")))

    def _say(self) -> None:
        """The fault here; else a fault elsewhere; else what is still empty; else that all is there."""
        if self.model.read_only:
            self._line.tell(None)
            return
        here = self.table.here()
        if here is not None and (fault := self.model.fault(*here)):
            self._line.tell(Notice(Tone.ERROR, fault))
        elif wrong := self.model.cells(CellState.IMPOSSIBLE):
            row, column = wrong[0]
            where = self.tr("{factor}, {bid}: {fault}").format(
                factor=self.model.factor(row).name,
                bid=self.model.bid(column).name,
                fault=self.model.fault(row, column),
            )
            self._line.tell(Notice(Tone.ERROR, where))
        elif gaps := self.gaps():
            empty = self.tr("{count} marks are still empty. Type digits, Enter goes on.").format(count=gaps)
            self._line.tell(Notice(Tone.INFO, empty))
        else:
            self._line.tell(Notice(Tone.OK, self.tr("All marks are there.")))
