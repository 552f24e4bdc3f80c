"""The strip below the review matrix: the demand of an item, or the editor of a failing cell in the same place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget

from ui.models.review import Finding
from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.hinted_line import HintedLine
from ui.widgets.painted import paint_plate
from ui.widgets.rule_strip import RuleStrip
from ui.widgets.text import Text


class FailEditor(Column):
    """Reason and page of the failing cell; both are told as typed."""

    written = Signal()
    done = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(gap=Space.HAIR, margin=(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL))
        self._head = self.add(Text("", Role.BODY_STRONG, tone=Tone.ERROR))
        self.reason = HintedLine(self.tr("Why it does not comply, in one sentence"), self.tr("Reason"))
        self.page = QLineEdit()
        self.page.setAccessibleName(self.tr("Page"))
        for line in (self.reason, self.page):
            line.textEdited.connect(self._write)
        self._page_name = Text(self.tr("Page"), Role.BODY_STRONG, wrap=False)
        self._reason_name = Text(self.tr("Reason"), Role.BODY_STRONG, wrap=False)
        fields = self.add(Folding(gap=Space.GAP))
        fields.add(Row(self._reason_name), 0).add(self.reason, 1)
        fields.add(Row(self._page_name)).add(self.page)
        self.fill()
        self.reason.returnPressed.connect(self._to_page)
        self.page.returnPressed.connect(self._finish)
        self.restyle()

    def restyle(self) -> None:
        """Scale the page's field."""
        super().restyle()
        if hasattr(self, "page"):
            self.page.setFixedWidth(look().px(110))

    def show_cell(self, head: str, finding: Finding) -> None:
        """Edit the finding of a cell; `head` says which, and what was demanded."""
        self._head.setText(head)
        # The text is not set again while it is being typed: that would move the caret.
        if self.reason.text().strip() != finding.reason:
            self.reason.setText(finding.reason)
        if self.page.text().strip() != finding.page:
            self.page.setText(finding.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _write(self) -> None:
        self.written.emit()

    def _to_page(self) -> None:
        self.page.setFocus()
        self.page.selectAll()

    def _finish(self) -> None:
        self.done.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground with its bar."""
        paint_plate(QPainter(self), self.rect().toRectF(), Tone.ERROR.ground, bar=Colour.ERROR)


class ReviewStrip(QStackedWidget):
    """The demand of the item, or the editor of the failing cell, in the same place."""

    def __init__(self) -> None:
        super().__init__()
        self.rule = RuleStrip()
        self.editor = FailEditor()
        self.addWidget(self.rule)
        self.addWidget(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Room for the higher one, so that nothing jumps."""
        return self.rule.sizeHint().expandedTo(self.editor.sizeHint())

    def minimumSizeHint(self) -> QSize:
        """What both can live with on a low screen."""
        return self.rule.minimumSizeHint().expandedTo(self.editor.minimumSizeHint())
