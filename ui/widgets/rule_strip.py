"""The rule of the line a person is at, in full, always at the same place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.boxes import Column, Scroll
from ui.widgets.painted import paint_plate
from ui.widgets.text import ElidedText, Text

_LINES = 2


class RuleStrip(Column):
    """A heading of one line and `_LINES` lines of text; what is longer scrolls (wheel, or Tab and the arrows)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.HAIR, margin=(Space.WIDE, Space.SMALL, Space.SMALL, Space.SMALL), parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._head = self.add(ElidedText("", Role.BODY_STRONG, Colour.BRAND))
        self._text = Text()
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._scroll = self.add(Scroll(self._text), 1)

    def show_rule(self, head: str, rule: str) -> None:
        """Show the rule of another line, from its start."""
        self._head.set_text(head)
        self._text.setText(rule)
        self._scroll.setAccessibleName(f"{head}: {rule}")
        self._scroll.verticalScrollBar().setValue(0)
        self._let_focus()

    def _let_focus(self) -> None:
        """Take part in the order of tabs only where there is something to scroll."""
        long = self._scroll.verticalScrollBar().maximum() > 0
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus if long else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """One heading, some lines."""
        head = QFontMetrics(look().font(Role.BODY_STRONG)).height()
        line = QFontMetrics(look().font(Role.BODY)).lineSpacing()
        return QSize(look().px(300), head + _LINES * line + look().px(2 * Space.SMALL + Space.HAIR))

    def minimumSizeHint(self) -> QSize:
        """The same height on the lowest screen: a rule that is cut is not read."""
        return QSize(look().px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground with its bar."""
        paint_plate(QPainter(self), self.rect().toRectF(), Tone.INFO.ground, bar=Colour.BRAND)
