"""Two documents that are scrolled as one, so far apart as they were when they were tied together."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.widgets.page_area import PageArea


class InStep(QObject):
    """Ties two places of pages; what either is scrolled to, the other follows, page for page."""

    def __init__(self, left: PageArea, right: PageArea) -> None:
        super().__init__(left)
        self._left, self._right = left, right
        self._apart: float | None = None
        self._moving = False
        left.verticalScrollBar().valueChanged.connect(self._left_moved)
        right.verticalScrollBar().valueChanged.connect(self._right_moved)

    def tied(self) -> bool:
        """Whether they go together."""
        return self._apart is not None

    def tie(self, tied: bool) -> None:
        """Let them go together from where they are now, or each alone."""
        self._apart = self._right.place() - self._left.place() if tied else None

    def _left_moved(self) -> None:
        if self._apart is not None:
            self._move(self._right, self._left.place() + self._apart)

    def _right_moved(self) -> None:
        if self._apart is not None:
            self._move(self._left, self._right.place() - self._apart)

    def _move(self, area: PageArea, place: float) -> None:
        # The one that follows must not lead in turn.
        if not self._moving:
            self._moving = True
            area.go_to_place(place)
            self._moving = False
