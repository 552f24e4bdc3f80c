"""A few lines to be written: caption, text, and below it what is asked or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column
from ui.widgets.text import Text

_LONGEST = 4_000


class Writing(Column):
    """Three lines high; Tab leaves it, Return begins a new line."""

    changed = Signal()

    def __init__(self, caption: str, hint: str, name: str, parent: QWidget | None = None) -> None:
        self.area = QPlainTextEdit()
        super().__init__(gap=Space.HAIR, parent=parent)
        self._hint = hint
        self.add(Text(caption, Role.BODY_STRONG))
        self.add(self.area)
        self.area.setObjectName(name)
        self.area.setAccessibleName(caption)
        self.area.setTabChangesFocus(True)
        self._below = self.add(Text(hint, Role.SMALL, soft=True))
        self._below.setVisible(bool(hint))
        self.setFocusProxy(self.area)
        self.area.textChanged.connect(self._change)
        self.restyle()

    def restyle(self) -> None:
        """Scale the height."""
        super().restyle()
        self.area.setFixedHeight(look().px(80))

    def text(self) -> str:
        """What is written, without blanks around it, cut at a length that a report can print."""
        return self.area.toPlainText().strip()[:_LONGEST]

    def fault(self, sentence: str) -> None:
        """Say what is wrong, until something is written."""
        self._below.setText(f"✕ {sentence}")
        self._below.set_tone(Tone.ERROR)
        self._below.show()
        self.area.setAccessibleDescription(sentence)
        self.area.setFocus()

    def mend(self) -> None:
        """Take the fault back."""
        self._below.setText(self._hint)
        self._below.set_tone(None, soft=True)
        self._below.setVisible(bool(self._hint))
        self.area.setAccessibleDescription(self._hint)

    def _change(self) -> None:
        self.mend()
        self.changed.emit()
