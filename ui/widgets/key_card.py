"""A card over the window's corner that shows which keys do what; it takes no focus and blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted, paint_plate


@dataclass(frozen=True)
class KeyHelp:
    """One or more keys as written on them, and what they do here."""

    keys: tuple[str, ...]
    meaning: str


class KeyCard(Painted):
    """Keys as caps, each with its meaning, at the lower right of the parent. A click puts it away."""

    def __init__(self, parent: QWidget, title: str, help_: Sequence[KeyHelp]) -> None:
        super().__init__(parent)
        self._title = title
        self._help = tuple(help_)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("; ".join((title, *(f"{' '.join(one.keys)}: {one.meaning}" for one in help_))))
        self.setToolTip(self.tr("Click to close"))
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show it, or put it away."""
        self.setVisible(not self.isVisible())
        self._settle()

    def restyle(self) -> None:
        """Take the size that the type needs now."""
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._settle()
        return False

    def _settle(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.resize(self.sizeHint().boundedTo(parent.size()))
        gap = look().px(Space.PAGE)
        self.move(max(0, parent.width() - self.width() - gap), max(0, parent.height() - self.height() - gap))
        self.raise_()

    def _row(self) -> int:
        return look().px(42)

    def _caps_width(self) -> int:
        metrics = QFontMetrics(look().font(Role.SMALL_STRONG))
        widths = (sum(_cap_width(metrics, key) + look().px(6) for key in one.keys) for one in self._help)
        return max(widths, default=0)

    def _rows_a_column(self) -> int:
        """How many rows stand below each other: all, or as few columns as a low window asks for."""
        parent = self.parentWidget()
        room = (parent.height() if parent is not None else 0) - self._around()
        columns = max(1, -(-len(self._help) * self._row() // max(self._row(), room)))
        return -(-len(self._help) // columns)

    def _around(self) -> int:
        """Px above and below the rows."""
        px = look().px
        return QFontMetrics(look().font(Role.STRONG)).height() + px(Space.GAP) + 2 * px(18)

    def _column_width(self) -> int:
        body = QFontMetrics(look().font(Role.BODY))
        meanings = max((body.horizontalAdvance(one.meaning) for one in self._help), default=0)
        return self._caps_width() + look().px(Space.WIDE) + meanings

    def sizeHint(self) -> QSize:
        """All of it in sight."""
        px = look().px
        rows = self._rows_a_column()
        columns = -(-len(self._help) // rows) if rows else 1
        wide = columns * self._column_width() + (columns - 1) * px(Space.PAGE)
        width = max(wide, QFontMetrics(look().font(Role.STRONG)).horizontalAdvance(self._title))
        return QSize(width + 2 * px(20) + 2, self._around() + self._row() * rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put it away."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, its title and its rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = look().px
        paint_plate(painter, QRectF(self.rect()), Colour.SURFACE, edge=Colour.EDGE, width=px(2))
        inner = self.rect().adjusted(px(20), px(18), -px(20), -px(18))
        painter.setFont(look().font(Role.STRONG))
        painter.setPen(QColor(Colour.INK.value))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._title)
        top = inner.top() + painter.fontMetrics().height() + px(Space.GAP)
        rows = self._rows_a_column()
        for at, one in enumerate(self._help):
            left = inner.left() + (at // rows) * (self._column_width() + px(Space.PAGE))
            self._paint_row(painter, one, left, top + (at % rows) * self._row())

    def _paint_row(self, painter: QPainter, one: KeyHelp, left: int, y: int) -> None:
        px = look().px
        painter.setFont(look().font(Role.SMALL_STRONG))
        x = left
        for key in one.keys:
            width = _cap_width(painter.fontMetrics(), key)
            cap = QRectF(x + 0.5, y + px(4) + 0.5, width - 1, self._row() - px(10))
            painter.setPen(QColor(Colour.EDGE.value))
            painter.setBrush(QColor(Colour.SUNKEN.value))
            painter.drawRoundedRect(cap, px(5), px(5))
            painter.setPen(QColor(Colour.INK.value))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            x += width + px(6)
        painter.setFont(look().font(Role.BODY))
        text = QRect(left + self._caps_width() + px(Space.WIDE), y, self.width(), self._row() - px(2))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, one.meaning)


def _cap_width(metrics: QFontMetrics, key: str) -> int:
    return max(look().px(34), metrics.horizontalAdvance(key) + look().px(20))
