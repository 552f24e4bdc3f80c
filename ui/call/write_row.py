"""One line to write in place of speaking; Enter sends, Escape puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import Space
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button

MOST = 200
"""Characters of one line."""


class WriteRow(Row):
    """`sent` carries what was written; the row stays open for the next line."""

    sent = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=Space.GAP)
        self.field = self.add(QLineEdit(), 1)
        self.field.setMaxLength(MOST)
        self.field.setPlaceholderText(self.tr("Write one sentence; Enter sends it"))
        self.field.setAccessibleName(self.tr("What to write"))
        self.send = self.add(Button(self.tr("Send")))
        self.send.clicked.connect(self._send)
        self.field.returnPressed.connect(self._send)

    def open(self) -> None:
        """Ready to be typed into."""
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Nothing typed stays."""
        self.field.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)

    def _send(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.sent.emit(text)
