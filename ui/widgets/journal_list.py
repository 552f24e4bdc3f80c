"""The journal running along: newest at the top, time and sentence, wrapped."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.journal import KEPT, JournalLine, JournalModel
from ui.theme import Colour, Role, Scale, Space, Tone, look
from ui.theme.look import Look
from ui.widgets.painted import paint_focus
from ui.widgets.symbols import Symbol, paint_symbol

Index = QModelIndex | QPersistentModelIndex


class JournalList(QListView):
    """Shows a JournalModel. Who has scrolled down to read stays there while new lines come in above.

    Where lines can be `chosen` the signal carries a JournalLine, by Return or a double click, `marked` the line that
    the cursor stands on, or None.
    """

    chosen = Signal(object)
    marked = Signal(object)

    def __init__(self, model: JournalModel, parent: QWidget | None = None, *, choosing: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self.setModel(model)
        self._lines = model
        self.setItemDelegate(_LineDelegate(model, self))
        mode = QListView.SelectionMode.SingleSelection if choosing else QListView.SelectionMode.NoSelection
        self.setSelectionMode(mode)
        if choosing:
            self.activated.connect(lambda index: self.chosen.emit(model.line(index.row())))
            self.selectionModel().selectionChanged.connect(lambda *_: self.marked.emit(self.line()))
            model.modelReset.connect(lambda: self.marked.emit(None))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("Journal"))
        model.rowsAboutToBeInserted.connect(self._remember)
        model.rowsInserted.connect(self._stay)
        self._from_end: int | None = None

    def line(self) -> JournalLine | None:
        """The line that is chosen; None where none is, or none can be."""
        found = self.selectedIndexes()
        return self._lines.line(found[0].row()) if found else None

    def _remember(self) -> None:
        """Before lines come in: where the reader is, counted from the end, unless at the top."""
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value() if bar.value() > 0 else None

    def _stay(self) -> None:
        if self._from_end is not None:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum() - self._from_end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


@lru_cache(maxsize=len(Scale))
def _time_width(worn: Look) -> int:
    return QFontMetrics(worn.font(Role.BODY)).horizontalAdvance("00:00:00") + worn.px(Space.WIDE)


@lru_cache(maxsize=4 * KEPT)
def _height(text: str, stands_out: bool, width: int, worn: Look) -> int:
    """Of a line in px. Every new line asks for the heights of all others again."""
    font = worn.font(Role.BODY_STRONG if stands_out else Role.BODY)
    sign = worn.px(26) if stands_out else 0
    room = QRect(0, 0, max(1, width - _time_width(worn) - sign), 10_000)
    return QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() + worn.px(14)


class _LineDelegate(QStyledItemDelegate):
    """Time in the soft ink, the sentence beside it; what stands out is bold with a symbol."""

    def __init__(self, model: JournalModel, view: QListView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped sentence."""
        width = self._view.viewport().width()
        line = self._model.line(index.row())
        return QSize(width, _height(line.text, line.stands_out, width, look()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line = self._model.line(index.row())
        box: QRect = option.rect
        painter.save()
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(Colour.SUNKEN.value))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box.adjusted(0, 0, 0, -1), QColor(Colour.BRAND_GROUND.value))
            if self._view.hasFocus():
                paint_focus(painter, QRectF(box), look().px(Space.RADIUS))
        top = box.adjusted(0, look().px(7), 0, 0)
        painter.setFont(look().font(Role.BODY))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line.time)
        rest = top.adjusted(_time_width(look()), 0, 0, 0)
        if line.stands_out:
            side = look().px(19)
            sign = QRect(rest.left(), rest.top() + look().px(4), side, side)
            paint_symbol(painter, Symbol.WARNING, sign.toRectF(), Tone.ATTENTION.ink)
            rest.setLeft(rest.left() + look().px(26))
            painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.INK.value))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(rest, flags, line.text)
        painter.restore()
