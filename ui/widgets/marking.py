"""The marking matrix: factors down, bids across, marks typed on the number pad.

Enter goes to the next cell below, then to the next bid, whether or not the mark is possible: who types from a
sheet of paper does not look up, and a cell that holds the cursor back would shift all marks after it. The
impossible one stays red, the line below says what is allowed, and the sheet cannot be ended with it. There is
no key that fills more than one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.models.marking import Asks, BidColumn, CellState, Factor, Judge, MarkingModel, MarkTyped
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Row, W
from ui.widgets.buttons import QuietButton
from ui.widgets.marking_table import FactorTable, MarkingTable, Span
from ui.widgets.matrix import Matrix, SumLook
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.rule_strip import RuleStrip


@dataclass(frozen=True)
class CellVisited:
    """A person is at this cell now: the window may turn the document to where the factor is answered."""

    factor_id: str
    bid_id: str


class _Spans(QStackedWidget):
    """As high as what is shown: the other view must not hold rows free."""

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class MarkingMatrix(Column):
    """The matrix, the rule of the factor one is at, and one line that says what is wrong or still empty.

    `typed` carries a MarkTyped for every key that changed a cell; `visited` a CellVisited for every move;
    `reason_asked` comes when a person wants to write why.
    """

    typed = Signal(object)
    visited = Signal(object)
    reason_asked = Signal()

    def __init__(
        self,
        factors: Sequence[Factor],
        bids: Sequence[BidColumn],
        judge: Judge,
        *,
        asks: Asks = lambda _factor, _text: False,
        caption: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=Space.SMALL, parent=parent)
        self.model = MarkingModel(factors, bids, judge, self, asks=asks)
        self.span = Span.ALL
        self.table = MarkingTable(self.model, self.model)
        self.across = FactorTable(self.model)
        self._stack = self.add(_Spans())
        self.matrix = Matrix(self.table, caption or self.tr("Subtotal"), self._sum)
        self._turned = Matrix(self.across)
        self._stack.addWidget(self.matrix)
        self._stack.addWidget(self._turned)
        self._rule = self.add(RuleStrip())
        self._low = self.add(Row(gap=Space.SMALL))
        self._line = self._low.add(NoticeLine(), 1)
        # What else than a reason a possible mark lacks, by factor and bid, '' for nothing: a page may know.
        self.needed: Callable[[str, str], str] = lambda _factor, _bid: ""
        self.view_button = self._low.add(QuietButton("", "F4"))
        self.view_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view_button.clicked.connect(self._next_span)
        self.setFocusProxy(self.table)
        self.model.typed.connect(self._tell_typed)
        self.model.dataChanged.connect(self._say)
        for table in (self.table, self.across):
            table.moved.connect(self._tell_moved)
            table.stray.connect(self._say_stray)
            table.reason_asked.connect(self.reason_asked)
        self._name_view()
        self.go_to_first_gap()

    @property
    def in_use(self) -> MarkingTable:
        """The table on the screen."""
        return self.across if self.span is Span.FACTOR else self.table

    def cell(self) -> tuple[int, int] | None:
        """Factor and bid one is at, as row and column of the model."""
        return self.in_use.cell()

    def show_span(self, span: Span) -> None:
        """Show everything, one bid's factors, or one factor's bids; the cell one is at stays."""
        cell = self.cell()
        focused = self.in_use.hasFocus()
        self.span = span
        self.table.set_alone(span is Span.BID)
        self._stack.setCurrentWidget(self._turned if span is Span.FACTOR else self.matrix)
        self._stack.updateGeometry()
        if cell is not None:
            self.in_use.go_to(*cell)
        self.setFocusProxy(self.in_use)
        if focused:
            self.in_use.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name_view()

    def _next_span(self) -> None:
        spans = list(Span)
        self.show_span(spans[(spans.index(self.span) + 1) % len(spans)])

    def _name_view(self) -> None:
        names = {Span.ALL: self.tr("All"), Span.BID: self.tr("By bid"), Span.FACTOR: self.tr("By factor")}
        self.view_button.set_caption(names[self.span])
        self.view_button.setAccessibleName(self.tr("View: {view}").format(view=names[self.span]))

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
        self.in_use.go_to(*self.model.place(factor_id, bid_id))

    def go_to_first_gap(self) -> None:
        """Go to the first empty cell, or to the first open one where none is empty."""
        for state in (CellState.EMPTY, CellState.IMPOSSIBLE, CellState.UNEXPLAINED, CellState.POSSIBLE):
            if cells := self.model.cells(state):
                self.in_use.go_to(*cells[0])
                return

    def gaps(self) -> int:
        """How many cells are empty."""
        return self.model.count(CellState.EMPTY)

    def faults(self) -> int:
        """How many marks are impossible."""
        return self.model.count(CellState.IMPOSSIBLE)

    def unexplained(self) -> int:
        """How many marks lack their reason."""
        return self.model.count(CellState.UNEXPLAINED)

    def notice(self) -> Notice | None:
        """What the line below says now."""
        return self._line.notice()

    def _sum(self, column: int) -> SumLook:
        if closed := self.model.bid(column).closed:
            return SumLook("—", closed)
        counts = self.model.counts(column)
        empty, wrong = counts.get(CellState.EMPTY, 0), counts.get(CellState.IMPOSSIBLE, 0)
        lacking = counts.get(CellState.UNEXPLAINED, 0)
        if wrong and not self.model.read_only:
            note = self.tr("{count} impossible").format(count=wrong)
        elif empty and not self.model.read_only:
            note = self.tr("{count} empty").format(count=empty)
        elif lacking and not self.model.read_only:
            note = self.tr("{count} without reason").format(count=lacking)
        else:
            note = ""
        return SumLook(self.model.subtotal(column) or "—", note)

    def _tell_typed(self, typed: MarkTyped) -> None:
        self.typed.emit(typed)

    def _tell_moved(self) -> None:
        here = self.cell()
        if here is None or self.sender() not in (None, self.in_use):
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
        here = self.cell()
        if here is not None and (fault := self.model.fault(*here)):
            self._line.tell(Notice(Tone.ERROR, fault))
        elif here is not None and self.model.state(*here) is CellState.UNEXPLAINED:
            cell = (self.model.factor(here[0]).id, self.model.bid(here[1]).id)
            reason = self.tr("This mark needs a reason: press * and write it.")
            self._line.tell(Notice(Tone.ATTENTION, self.needed(*cell) or reason))
        elif self.faults():
            row, column = self.model.cells(CellState.IMPOSSIBLE)[0]
            where = self.tr("{factor}, {bid}: {fault}").format(
                factor=self.model.factor(row).name,
                bid=self.model.bid(column).name,
                fault=self.model.fault(row, column),
            )
            self._line.tell(Notice(Tone.ERROR, where))
        elif gaps := self.gaps():
            empty = self.tr("{count} marks are still empty. Type digits, Enter goes on.").format(count=gaps)
            self._line.tell(Notice(Tone.INFO, empty))
        elif lacking := self.unexplained():
            told = self.tr("{count} marks still lack their reason. / goes to the next one.").format(count=lacking)
            self._line.tell(Notice(Tone.ATTENTION, told))
        else:
            self._line.tell(Notice(Tone.OK, self.tr("All marks are there.")))
