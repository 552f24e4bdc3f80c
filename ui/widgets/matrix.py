"""A table of cells between two painted headers, with a line of sums that stays in sight.

The headers are painted, not styled, because Qt clips headers of two lines; the sums are a strip of their own
below the table, because a last row would scroll away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScrollBar,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import Colour, Role, Space, look
from ui.widgets.boxes import Column
from ui.widgets.matrix_header import WRAP, PaintedHeader
from ui.widgets.painted import Painted, paint_focus
from ui.widgets.symbols import Symbol, paint_symbol

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class CellLook:
    """How one cell is painted; `caret` shows that typing goes on behind the text."""

    text: str
    ink: Colour = Colour.INK
    ground: Colour = Colour.SURFACE
    role: Role = Role.MARK
    symbol: Symbol | None = None
    caret: bool = False


@dataclass(frozen=True)
class SumLook:
    """One cell of the sums: the figure and a soft word below it."""

    text: str
    note: str = ""


Painter = Callable[[int, int], CellLook]


class MatrixTable(QTableView):
    """Cells as a function paints them; columns share the width, rows take the height of their header.

    Arrows move; Tab leaves, so that the order of tabs is the order of reading.
    """

    def __init__(self, model: QAbstractItemModel, cell: Painter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell_look = cell
        self.columns = PaintedHeader(Qt.Orientation.Horizontal, self)
        self.rows = PaintedHeader(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(cell, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # Opaque, so that a scroll moves what is painted and paints only what comes into sight.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.narrowest = 92.0
        self.lowest = float(Space.ROW)
        self.header_share = 0.30
        # Columns as wide as their widest text, for figures that may be long; marks never are.
        self.fit_texts = False
        model.modelReset.connect(self.lay_out)
        self.lay_out()

    def lay_out(self) -> None:
        """Give headers, columns and rows the sizes that type and window ask for now."""
        px = look().px
        whole = max(1, self.width() - 2 * self.frameWidth())
        self.rows.setFixedWidth(round(min(max(whole * self.header_share, px(190)), px(380))))
        for row in range(self.model().rowCount()):
            self.rows.resizeSection(row, max(px(self.lowest), self.rows.needed_height(row, self.rows.width())))
        # The bar at the right takes width from the columns, which may make the headers higher: tried in this order.
        for bar in (0, self.verticalScrollBar().sizeHint().width()):
            self._share(whole - self.rows.width() - bar)
            if self.columns.height() + self.rows.length() + 2 * self.frameWidth() <= self.height():
                break
        self.updateGeometry()

    def _share(self, width: int) -> None:
        """Share `width` px among the columns and make their header as high as its names need."""
        columns = [column for column in range(self.model().columnCount()) if not self.isColumnHidden(column)]
        least = look().px(self.narrowest)
        needed = {column: max(least, self._text_width(column), self.columns.least_width(column)) for column in columns}
        spare = max(0, width - sum(needed.values()))
        for column in columns:
            self.columns.resizeSection(column, needed[column] + spare // len(needed))
        heights = [self.columns.needed_height(column, self.columns.sectionSize(column)) for column in columns]
        self.columns.setFixedHeight(max([*heights, look().px(Space.ROW)]))

    def _text_width(self, column: int) -> int:
        """Px that the widest cell of a column takes on one line, where columns fit their texts."""
        if not self.fit_texts:
            return 0
        seen = [self._cell_look(row, column) for row in range(self.model().rowCount())]
        widths = (QFontMetrics(look().font(cell.role)).horizontalAdvance(cell.text) for cell in seen)
        return max(widths, default=0) + look().px(2 * Space.GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width, and keep the cell one is at in sight."""
        super().resizeEvent(event)
        self.lay_out()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Lay out again when the type has changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.model() is not None:
            self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground, which no one else does for an opaque view, then paint the cells."""
        QPainter(self.viewport()).fillRect(event.rect(), QColor(Colour.SURFACE.value))
        super().paintEvent(event)

    def sizeHint(self) -> QSize:
        """All of it: on a low screen everything around gives way before the rows do."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.rows.width() + self.columns.length() + bar
        return QSize(width, self.columns.height() + self.rows.length() + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """A header of three lines and one row; the rest scrolls."""
        px = look().px
        return QSize(px(190 + self.narrowest * 2), round(2.8 * px(Space.ROW)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Mark the row and the column of the current cell."""
        super().currentChanged(current, previous)
        self.columns.set_current(current.column())
        self.rows.set_current(current.row())
        # Only the crosses that came and went: a whole sheet painted anew would be felt with every Enter.
        lines = {(one.row(), -1) for one in (current, previous)} if current.row() != previous.row() else set()
        if current.column() != previous.column():
            lines |= {(-1, one.column()) for one in (current, previous)}
        for row, column in lines:
            self._repaint_line(row, column)

    def _repaint_line(self, row: int, column: int) -> None:
        view = self.viewport()
        if row >= 0:
            view.update(0, self.rowViewportPosition(row), view.width(), self.rowHeight(row))
        if column >= 0:
            view.update(self.columnViewportPosition(column), 0, self.columnWidth(column), view.height())

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def here(self) -> tuple[int, int] | None:
        """Row and column of the current cell."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None


class _CellDelegate(QStyledItemDelegate):
    """Paints a CellLook; the current cell with a frame, its row and column with a tint."""

    def __init__(self, cell: Painter, table: MatrixTable) -> None:
        super().__init__(table)
        self._cell = cell
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        box: QRect = option.rect
        seen = self._cell(index.row(), index.column())
        here = self._table.here()
        current = here == (index.row(), index.column())
        crossed = here is not None and (index.row() == here[0] or index.column() == here[1])
        ground = seen.ground
        if ground is Colour.SURFACE and (crossed or current):
            ground = Colour.BRAND_GROUND if current else Colour.BRAND_TINT
        painter.save()
        painter.fillRect(box, QColor(ground.value))
        self._paint_text(painter, box, seen)
        if current and self._table.hasFocus():
            paint_focus(painter, QRectF(box), look().px(4))
        elif current:
            painter.setPen(QPen(QColor(Colour.BRAND.value), look().px(2)))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_text(self, painter: QPainter, box: QRect, seen: CellLook) -> None:
        px = look().px
        painter.setFont(look().font(seen.role))
        painter.setPen(QColor(seen.ink.value))
        side = px(20) if seen.symbol is not None else 0
        gap = px(6) if seen.symbol is not None and seen.text else 0
        room = box.width() - side - gap - 2 * px(Space.SMALL)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(seen.text)
        if width > room:
            width = min(room, metrics.boundingRect(QRect(0, 0, room, 10_000), int(WRAP), seen.text).width())
        left = box.left() + (box.width() - width - side - gap) // 2
        if seen.symbol is not None:
            mark = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
            paint_symbol(painter, seen.symbol, mark, seen.ink, seen.ground)
            left += side + gap
        text = QRect(left, box.top(), width + 1, box.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | WRAP, seen.text)
        if seen.caret:
            half = metrics.ascent() // 2
            painter.fillRect(left + width + px(2), box.center().y() - half, px(2), 2 * half, QColor(seen.ink.value))


class _Sums(Painted):
    """One painted row that keeps in step with the table's columns."""

    def __init__(self, table: MatrixTable, caption: str, sums: Callable[[int], SumLook]) -> None:
        super().__init__()
        self._table, self._caption, self._sums = table, caption, sums
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        table.columns.sectionResized.connect(self.update)
        table.model().dataChanged.connect(self._renew)
        table.model().modelReset.connect(self.update)

    def _renew(self, first: Index, last: Index) -> None:
        """Paint the columns that changed."""
        start = self._table.frameWidth() + self._table.rows.width()
        left = start + self._table.columnViewportPosition(first.column())
        right = start + self._table.columnViewportPosition(last.column()) + self._table.columnWidth(last.column())
        self.update(left, 0, right - left, self.height())

    def sizeHint(self) -> QSize:
        heights = sum(QFontMetrics(look().font(role)).height() for role in (Role.MARK, Role.SMALL))
        return QSize(look().px(200), heights + look().px(Space.HAIR))

    def told(self) -> str:
        """All sums in one sentence, for screen readers."""
        model = self._table.model()
        names = (str(model.headerData(c, Qt.Orientation.Horizontal)) for c in range(model.columnCount()))
        sums = (self._sums(column) for column in range(model.columnCount()))
        return "; ".join(
            (self._caption, *(f"{n}: {s.text} {s.note}".strip() for n, s in zip(names, sums, strict=True)))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Colour.BRAND_GROUND.value))
        painter.setPen(QColor(Colour.LINE.value))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        start = self._table.frameWidth() + self._table.rows.width()
        painter.setClipRect(QRect(start, 0, self.width() - start, self.height()))
        for column in range(self._table.model().columnCount()):
            if self._table.isColumnHidden(column):
                continue
            width = self._table.columns.sectionSize(column)
            box = QRect(start + self._table.columnViewportPosition(column), 0, width, self.height())
            if box.intersects(event.rect()):
                self._paint_sum(painter, box, self._sums(column))
        painter.setClipping(False)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.INK.value))
        pad = look().px(Space.GAP)
        head = QRect(pad, 0, start - 2 * pad, self.height())
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | WRAP, self._caption)

    def _paint_sum(self, painter: QPainter, box: QRect, seen: SumLook) -> None:
        painter.setPen(QColor(Colour.LINE.value))
        painter.drawLine(box.topRight(), box.bottomRight())
        high = QFontMetrics(look().font(Role.MARK)).height()
        low = QFontMetrics(look().font(Role.SMALL)).height() if seen.note else 0
        top = (box.height() - high - low) // 2
        painter.setFont(look().font(Role.MARK))
        painter.setPen(QColor(Colour.INK.value))
        painter.drawText(QRect(box.left(), top, box.width(), high), Qt.AlignmentFlag.AlignCenter, seen.text)
        painter.setFont(look().font(Role.SMALL))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        painter.drawText(QRect(box.left(), top + high, box.width(), low), Qt.AlignmentFlag.AlignCenter, seen.note)


class Matrix(Column):
    """A MatrixTable with its sums (if any) and, below both, the bar that moves them sideways together."""

    def __init__(
        self,
        table: MatrixTable,
        caption: str = "",
        sums: Callable[[int], SumLook] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=0, parent=parent)
        # No stretch: a stretched item gives way first, and the rows shall do so last.
        self.table = self.add(table)
        self._sums = self.add(_Sums(table, caption, sums)) if sums is not None else None
        self._bar = self.add(QScrollBar(Qt.Orientation.Horizontal))
        inner = table.horizontalScrollBar()
        inner.rangeChanged.connect(self._follow)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)
        self._follow()
        self.setFocusProxy(table)

    def sums(self) -> str:
        """What the line of sums says, '' where there is none."""
        return self._sums.told() if self._sums is not None else ""

    def _follow(self) -> None:
        inner = self.table.horizontalScrollBar()
        self._bar.setRange(inner.minimum(), inner.maximum())
        self._bar.setPageStep(inner.pageStep())
        self._bar.setVisible(inner.maximum() > 0)
