"""The review matrix: items down, bids across, passed by 1 or Y, failed by 0 or N with a reason and a page.

A failing cell opens its editor in the strip below, where the demand of the item stands otherwise: nothing pops
up, nothing moves. Return in the reason goes to the page, Return in the page goes on to the next cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.digits import plain_number
from ui.models.marking import BidColumn
from ui.models.review import Finding, FindingTyped, ReviewItem, ReviewModel, Verdict, VerdictWords
from ui.theme import Colour, Role, Space, Tone
from ui.widgets.boxes import Column, Row, W
from ui.widgets.buttons import Button
from ui.widgets.matrix import CellLook, Matrix, MatrixTable, SumLook
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.review_strip import ReviewStrip
from ui.widgets.symbols import Symbol

Index = QModelIndex | QPersistentModelIndex

_KEYS: dict[str, Verdict] = {
    "1": Verdict.PASS,
    "y": Verdict.PASS,
    "0": Verdict.FAIL,
    "n": Verdict.FAIL,
}
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
class ItemVisited:
    """A person is at this cell now."""

    item_id: str
    bid_id: str


class ReviewTable(MatrixTable):
    """The cells and the keys."""

    decided = Signal(object)
    moved = Signal()

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        self._review = model
        super().__init__(model, self._cell, parent)
        self.setAccessibleName(self.tr("Review"))
        # A failing cell has two lines: the word, and the page or what is lacking.
        self.lowest = 60.0
        # Symbol and word stand side by side; a column narrower than both would break the word.
        self.narrowest = 122.0

    def _cell(self, row: int, column: int) -> CellLook:
        if closed := self._review.bid(column).closed:
            return CellLook(closed, Colour.INK_SOFT, Colour.SUNKEN, Role.SMALL)
        finding = self._review.finding(row, column)
        word = self._review.word(finding.verdict)
        if finding.verdict is Verdict.PASS:
            return CellLook(word, Colour.OK, role=Role.BODY_STRONG, symbol=Symbol.DONE)
        if finding.verdict is Verdict.FAIL and finding.complete:
            page = self.tr("p. {page}").format(page=finding.page)
            return CellLook(f"{word}\n{page}", Colour.ERROR, Colour.ERROR_GROUND, Role.BODY_STRONG, Symbol.ERROR)
        if finding.verdict is Verdict.FAIL:
            asked = self.tr("reason?")
            return CellLook(
                f"{word}\n{asked}", Colour.ATTENTION, Colour.ATTENTION_GROUND, Role.BODY_STRONG, Symbol.WARNING
            )
        ground = Colour.SURFACE if self._review.read_only else Colour.ATTENTION_GROUND
        return CellLook(word, Colour.ATTENTION, ground)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where one is now."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 0 (or Y and N) decide, Delete opens again, Enter goes on, arrows move."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in _MOVES:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.decided.emit(Verdict.OPEN)
        elif not self._take(event.text()):
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Full-width digits decide as plain ones do."""
        self._take(event.commitString())
        event.accept()

    def _take(self, text: str) -> bool:
        verdict = _KEYS.get(plain_number(text).strip().lower())
        if verdict is not None:
            self.decided.emit(verdict)
        return verdict is not None

    def step(self, by: int = 1) -> None:
        """To the next cell below, then to the next bid; after the last one to the first that waits."""
        columns = [c for c in range(self._review.columnCount()) if not self._review.bid(c).closed]
        order = [(row, column) for column in columns for row in range(self._review.rowCount())]
        here = self.here()
        if here is None or not order:
            return
        if here in order:
            at = order.index(here) + by
        else:
            at = next((i for i, cell in enumerate(order) if cell[1] > here[1]), len(order))
        if at >= len(order):
            waiting = self._review.waiting()
            at = order.index(waiting[0]) if waiting else len(order) - 1
        self.go(*order[max(0, at)])


class ReviewMatrix(Column):
    """The matrix, its strip, two buttons for who has a mouse, and one line that says what is missing.

    `typed` carries a FindingTyped for every change, `visited` an ItemVisited for every move.
    """

    typed = Signal(object)
    visited = Signal(object)

    def __init__(
        self,
        items: Sequence[ReviewItem],
        bids: Sequence[BidColumn],
        words: VerdictWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=Space.SMALL, parent=parent)
        self.model = ReviewModel(items, bids, words, self)
        self.table = ReviewTable(self.model)
        self._offered = ""
        self.matrix = self.add(Matrix(self.table, self.tr("Waiting"), self._sum))
        self._strip = self.add(ReviewStrip())
        self._low = self.add(Row(gap=Space.SMALL))
        self._notice = self._low.add(NoticeLine(), 1)
        self._pass = self._low.add(Button(f"{words.passed}  1"))
        self._fail = self._low.add(Button(f"{words.failed}  0"))
        for button in (self._pass, self._fail):
            # The keys do the same from the table; the buttons must not take the focus from it.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.table)
        self._connect()
        self.go_to_first_waiting()

    @property
    def reason(self) -> QLineEdit:
        """The field of the reason."""
        return self._strip.editor.reason

    @property
    def page(self) -> QLineEdit:
        """The field of the page."""
        return self._strip.editor.page

    def _connect(self) -> None:
        self.model.typed.connect(self._tell_typed)
        self.model.dataChanged.connect(self._show_cell)
        self.table.moved.connect(self._tell_moved)
        self.table.decided.connect(self._decide)
        self._pass.clicked.connect(self._decide_pass)
        self._fail.clicked.connect(self._decide_fail)
        self._strip.editor.written.connect(self._explain)
        self._strip.editor.done.connect(self._finish)
        self._strip.editor.left.connect(self._back)

    def set_findings(self, findings: Mapping[tuple[str, str], Finding]) -> None:
        """Show these findings, by (item, bid); nothing is emitted."""
        self.model.set_findings(findings)

    def set_read_only(self, read_only: bool) -> None:
        """A sealed review or a result: nothing can be changed."""
        self.model.set_read_only(read_only)
        for shown in (self._notice, self._pass, self._fail):
            shown.setVisible(not read_only)
        self._strip.editor.setEnabled(not read_only)

    def add_action(self, widget: W) -> W:
        """Put a button at the right of the line below the matrix, where it costs no height; returns it."""
        return self._low.add(widget)

    def offer_page(self, page: str) -> None:
        """The page in view in the document: it stands in the page field when a cell fails, to be kept or changed."""
        self._offered = page

    def go_to(self, item_id: str, bid_id: str) -> None:
        """Make a cell the current one; KeyError where it does not exist."""
        rows = {self.model.item(row).id: row for row in range(self.model.rowCount())}
        columns = {self.model.bid(column).id: column for column in range(self.model.columnCount())}
        self.table.go(rows[item_id], columns[bid_id])

    def go_to_first_waiting(self) -> None:
        """Go to the first cell that is open or lacks something."""
        waiting = self.model.waiting()
        if waiting or self.model.rowCount():
            self.table.go(*(waiting[0] if waiting else (0, 0)))

    def waiting(self) -> int:
        """How many cells are open or lack reason or page."""
        return len(self.model.waiting())

    def notice(self) -> Notice | None:
        """What the line below says now."""
        return self._notice.notice()

    def _sum(self, column: int) -> SumLook:
        if closed := self.model.bid(column).closed:
            return SumLook("—", closed)
        waiting = sum(1 for cell in self.model.waiting() if cell[1] == column)
        return SumLook(str(waiting) if waiting else "✓")

    def _decide_pass(self) -> None:
        self._decide(Verdict.PASS)

    def _decide_fail(self) -> None:
        self._decide(Verdict.FAIL)

    def _decide(self, verdict: Verdict) -> None:
        here = self.table.here()
        if here is None or self.model.read_only or self.model.bid(here[1]).closed:
            return
        self.model.decide(*here, verdict)
        if verdict is Verdict.PASS:
            self.table.step()
        elif verdict is Verdict.FAIL:
            finding = self.model.finding(*here)
            if not finding.page and self._offered:
                self.model.explain(*here, finding.reason, self._offered)
            self.reason.setFocus()

    def _explain(self) -> None:
        here = self.table.here()
        if here is not None:
            self.model.explain(*here, self.reason.text(), self.page.text())

    def _finish(self) -> None:
        here = self.table.here()
        if here is not None and not self.model.finding(*here).complete:
            (self.page if self.reason.text().strip() else self.reason).setFocus()
            return
        self.table.setFocus()
        self.table.step()

    def _back(self) -> None:
        self.table.setFocus()

    def _tell_typed(self, typed: FindingTyped) -> None:
        self.typed.emit(typed)

    def _tell_moved(self) -> None:
        here = self.table.here()
        if here is not None:
            self._show_cell()
            self.visited.emit(ItemVisited(self.model.item(here[0]).id, self.model.bid(here[1]).id))

    def _show_cell(self) -> None:
        here = self.table.here()
        if here is None:
            return
        item, bid, finding = self.model.item(here[0]), self.model.bid(here[1]), self.model.finding(*here)
        self._strip.rule.show_rule(item.name, item.demand)
        if finding.verdict is Verdict.FAIL:
            self._strip.editor.show_cell(f"{bid.name} · {item.name} · {item.demand}", finding)
        self._strip.setCurrentWidget(self._strip.editor if finding.verdict is Verdict.FAIL else self._strip.rule)
        self._say(finding)

    def _say(self, finding: Finding) -> None:
        if self.model.read_only:
            self._notice.tell(None)
        elif finding.verdict is Verdict.FAIL and not finding.complete:
            lacking = self.tr("A reason and the page of the bid are needed.")
            self._notice.tell(Notice(Tone.ATTENTION, lacking))
        elif waiting := self.waiting():
            open_ = self.tr("{count} items are still open. 1 passes, 0 fails, Enter goes on.").format(count=waiting)
            self._notice.tell(Notice(Tone.INFO, open_))
        else:
            self._notice.tell(Notice(Tone.OK, self.tr("Everything is reviewed.")))
