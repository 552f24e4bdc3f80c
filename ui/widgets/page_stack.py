"""One page at a time, each free to scroll where the window is lower than the page can do with."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.theme import Space, look
from ui.widgets.boxes import Tall


class PageStack(QStackedWidget):
    """`put` a page, `turn_to` it, `drop` it; the pages out of sight ask for no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holders: dict[QWidget, Tall] = {}
        self.currentChanged.connect(self.updateGeometry)

    def put(self, page: QWidget) -> None:
        """Keep `page` beside the others."""
        self._holders[page] = Tall(page)
        self.addWidget(self._holders[page])

    def turn_to(self, page: QWidget) -> None:
        """Show `page` from its top."""
        holder = self._holders[page]
        if self.currentWidget() is not holder:
            holder.verticalScrollBar().setValue(0)
            self.setCurrentWidget(holder)

    def drop(self, page: QWidget) -> None:
        """Take `page` out and delete it."""
        holder = self._holders.pop(page)
        self.removeWidget(holder)
        holder.deleteLater()

    def minimumSizeHint(self) -> QSize:
        """As wide as the page in sight must be, and one row high."""
        shown = self.currentWidget()
        return QSize(shown.minimumSizeHint().width() if shown is not None else 0, look().px(Space.ROW))
