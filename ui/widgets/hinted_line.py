"""A line to fill in that is never narrower than the words that say what belongs there."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.theme import look


class HintedLine(QLineEdit):
    """`hint` stands in the empty line; `name` is what a screen reader says."""

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for the hint, and for the frame and the caret around it."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + look().px(28), super().minimumSizeHint().height())
