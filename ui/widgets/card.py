"""A white card with a heading, on which one thing is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import Role, Space
from ui.widgets.boxes import Column, Margin, Row, W
from ui.widgets.text import Text


class Card(QFrame):
    """Heading, a note in the soft ink beside it, room at the right of both, and the body below."""

    def __init__(
        self,
        title: str = "",
        note: str = "",
        *,
        gap: float = Space.GAP,
        margin: Margin = (20, Space.WIDE, 20, Space.WIDE),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        self._body = Column(gap=gap, margin=margin)
        frame.addWidget(self._body)
        self._title = Text(title, Role.SECTION, wrap=False)
        self._note = Text(note, soft=True)
        self._head = Row(gap=Space.GAP)
        self._head.add(self._title)
        self._head.add(self._note, 1)
        self._body.add(self._head)
        self.set_title(title, note)

    def set_title(self, title: str, note: str = "") -> None:
        """Change heading and note; without both there is no heading line."""
        self._title.setText(title)
        self._note.setText(note)
        self._title.setVisible(bool(title))
        self._head.setVisible(bool(title or note))
        self.setAccessibleName(title)

    def add(self, widget: W, stretch: int = 0, align: Qt.AlignmentFlag | None = None) -> W:
        """Append `widget` to the body and return it."""
        return self._body.add(widget, stretch, align)

    def add_beside_title(self, widget: W) -> W:
        """Put `widget` at the right end of the heading line and return it."""
        self._head.show()
        return self._head.add(widget)

    def fill(self) -> None:
        """Let free space gather here."""
        self._body.fill()
