"""Boxes that lay their children in a column or a row and keep their distances in step with the look."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QScrollArea, QSizePolicy, QWidget

from ui.theme import Space, look
from ui.widgets.flow import Flow
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


class Folding(Row):
    """A row that stands as a column where the window is too narrow for it: nothing is pushed out of sight.

    `upwards` puts the last child at the top of the column.
    """

    def __init__(
        self,
        *children: QWidget,
        gap: float = Space.GAP,
        margin: Margin = 0,
        upwards: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        way = QBoxLayout.Direction.BottomToTop if upwards else QBoxLayout.Direction.TopToBottom
        self._down = way
        super().__init__(*children, gap=gap, margin=margin, parent=parent)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest child needs: that is what is left of a row once it is folded."""
        sides = self._box_layout.contentsMargins()
        least = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(least + sides.left() + sides.right(), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Children that came, went or grew may fold or unfold the row."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold for the new width."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        sides = self._box_layout.contentsMargins()
        needs = [self._wants(item) for item in self._shown()]
        wide = sum(needs) + self._box_layout.spacing() * (len(needs) - 1) + sides.left() + sides.right()
        way = self._down if wide > self.width() else QBoxLayout.Direction.LeftToRight
        if way is not self._box_layout.direction():
            self._box_layout.setDirection(way)
            self.updateGeometry()

    def _shown(self) -> list[QLayoutItem]:
        items = (self._box_layout.itemAt(at) for at in range(self._box_layout.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def _wants(self, item: QLayoutItem) -> int:
        """The width that a child needs beside the others: what can go on in a second line is better folded first."""
        return (item.sizeHint() if isinstance(item.widget(), Flow) else item.minimumSize()).width()


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

    def minimumSizeHint(self) -> QSize:
        """As wide as the content must be, since it never scrolls sideways, and one row high."""
        content = self.widget()
        wide = content.minimumSizeHint().width() if content is not None else 0
        return QSize(wide + self.verticalScrollBar().sizeHint().width(), look().px(Space.ROW))

    def hold(self, content: QWidget) -> None:
        """Show this column; the one before is deleted."""
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(content)


class Tall(QScrollArea):
    """Gives its content the room there is, and scrolls up and down where that is less than the content can do with.

    Unlike `Scroll` it squeezes before it scrolls: lists and tables in it shrink to what they need at least.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content may need another height now, and another width."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as the content must be, and one row high."""
        return QSize(self._content.minimumSizeHint().width(), look().px(Space.ROW))

    def _fit(self) -> None:
        content, room = self._content, self.maximumViewportSize()
        needed = _least_height(content, room.width())
        if needed > room.height():
            bar = self.verticalScrollBar().sizeHint().width()
            room = QSize(room.width() - bar, _least_height(content, room.width() - bar))
        content.resize(room)


def _least_height(content: QWidget, width: int) -> int:
    """Height in px that a column can do with in `width`.

    Qt never lays what wraps lower than it likes to be; all else may be as low as its least height.
    """
    layout = content.layout()
    least = content.minimumSizeHint().height()
    if layout is None or not layout.hasHeightForWidth():
        return least
    sides = layout.contentsMargins()
    room = width - sides.left() - sides.right()
    items = (layout.itemAt(at) for at in range(layout.count()))
    shown = [item for item in items if item is not None and not item.isEmpty()]
    heights = [i.heightForWidth(room) if i.hasHeightForWidth() else i.minimumSize().height() for i in shown]
    gaps = layout.spacing() * max(0, len(shown) - 1)
    return max(least, sum(heights) + gaps + sides.top() + sides.bottom())
