"""Boxes that lay their children in a column or a row and keep their distances in step with the look."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QWidget

from ui.theme import Space, look
from ui.widgets.painted import Painted

W = TypeVar("W", bound=QWidget)
Margin = float | tuple[float, float, float, float]


class Box(Painted):
    """Children one after another, `gap` px apart, `margin` px from the edge (one, or left, top, right, bottom).

    Distances are those of scale 1.0; the box scales them itself.
    """

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        *children: QWidget,
        gap: float = Space.GAP,
        margin: Margin = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._box_gap = gap
        self._box_margin = margin if isinstance(margin, tuple) else (margin, margin, margin, margin)
        self._box_layout = QBoxLayout(direction, self)
        self.restyle()
        for child in children:
            self.add(child)

    def restyle(self) -> None:
        """Scale the distances again."""
        px = look().px
        self._box_layout.setSpacing(px(self._box_gap) if self._box_gap else 0)
        self._box_layout.setContentsMargins(QMargins(*(px(side) if side else 0 for side in self._box_margin)))

    def add(self, widget: W, stretch: int = 0, align: Qt.AlignmentFlag | None = None) -> W:
        """Append `widget` and return it; a stretch above 0 lets it take free space."""
        if align is None:
            self._box_layout.addWidget(widget, stretch)
        else:
            self._box_layout.addWidget(widget, stretch, align)
        return widget

    def insert(self, at: int, widget: W) -> W:
        """Put `widget` before the child at index `at` and return it."""
        self._box_layout.insertWidget(at, widget)
        return widget

    def place_of(self, widget: QWidget) -> int:
        """The index of a child; -1 for what is none."""
        return self._box_layout.indexOf(widget)

    def fill(self) -> None:
        """Let free space gather here."""
        self._box_layout.addStretch(1)

    def drop(self, widget: QWidget) -> None:
        """Take `widget` out and delete it."""
        self._box_layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


class Column(Box):
    """Children from top to bottom."""

    def __init__(
        self,
        *children: QWidget,
        gap: float = Space.GAP,
        margin: Margin = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, *children, gap=gap, margin=margin, parent=parent)


class Row(Box):
    """Children from left to right."""

    def __init__(
        self,
        *children: QWidget,
        gap: float = Space.GAP,
        margin: Margin = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, *children, gap=gap, margin=margin, parent=parent)


class Page(Column):
    """The ground of a whole window: a column without distances on the background colour."""

    def __init__(self, *children: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(*children, gap=0, margin=0, parent=parent)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class Scroll(QScrollArea):
    """Shows a column that may be higher than the screen; only up and down, never sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hold(content)

    def hold(self, content: QWidget) -> None:
        """Show this column; the one before is deleted."""
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(content)
