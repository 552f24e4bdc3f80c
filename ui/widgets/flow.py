"""Children side by side that go on in the next line where the window is too narrow, as words do."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import Space, look
from ui.widgets.painted import Painted

W = TypeVar("W", bound=QWidget)


class _Lines(QLayout):
    """Lays its items in lines of the width there is; each item has the size that it asks for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def move_last(self, at: int) -> None:
        """The item that came last stands at index `at`."""
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, max((item.sizeHint().height() for item in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, place: bool) -> int:
        """Height of all lines in px; puts the items there if `place`."""
        at, line = QPoint(rect.topLeft()), 0
        for item in self._shown():
            size = item.sizeHint().expandedTo(item.minimumSize()).boundedTo(QSize(rect.width(), 16_777_215))
            if at.x() > rect.left() and at.x() + size.width() > rect.right() + 1:
                at, line = QPoint(rect.left(), at.y() + line + self.spacing()), 0
            if place:
                item.setGeometry(QRect(at, size))
            at.setX(at.x() + size.width() + self.spacing())
            line = max(line, size.height())
        return at.y() + line - rect.top()


class Flow(Painted):
    """Give it buttons or pills: they stand in one line, or in as many as the width asks for."""

    def __init__(self, *children: QWidget, gap: float = Space.GAP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._lines = _Lines(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()
        for child in children:
            self.add(child)

    def restyle(self) -> None:
        """Scale the distances."""
        self._lines.setSpacing(look().px(self._gap))

    def add(self, widget: W) -> W:
        """Append `widget` and return it."""
        self._lines.addWidget(widget)
        return widget

    def insert(self, at: int, widget: W) -> W:
        """Put `widget` before the child at index `at` and return it."""
        self._lines.addWidget(widget)
        self._lines.move_last(at)
        return widget

    def drop(self, widget: QWidget) -> None:
        """Take `widget` out and delete it."""
        self._lines.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
