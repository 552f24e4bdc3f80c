"""The pages of a document in small, one below the other: what is seen is asked for, and the page one is at is framed.

Arrows, Page Down and Up, Home and End go through the pages and turn the document with them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QListView, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.page_list import PageListModel
from ui.theme import Colour, Role, Space, look
from ui.widgets.page_area import PagesWanted
from ui.widgets.painted import paint_focus, paint_plate

Index = QModelIndex | QPersistentModelIndex

# Pictures kept, a few screens of them: a bid of 2,000 pages holds no more than one of 100.
_KEPT = 64
# The room of a picture in px at scale 1.0; a page is as large as fits.
_WIDE, _HIGH = 104, 140


@dataclass(frozen=True)
class PageChosen:
    """This page, counted from 1, is to be turned to."""

    page: int


class Thumbnails(QListView):
    """`wanted` carries the PagesWanted that are in sight and not painted, none while it is hidden; `chosen` a
    PageChosen; `closed` when Escape puts it away."""

    wanted = Signal(object)
    chosen = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._painted: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: tuple[tuple[int, float], ...] = ()
        self._led = False
        self.pages = PageListModel(self)
        self.setModel(self.pages)
        self.setItemDelegate(_Small(self))
        self.setAccessibleName(self.tr("Pages in small"))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.verticalScrollBar().valueChanged.connect(self._ask)
        self.clicked.connect(self._choose)

    # What a view does.

    def set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Another document with pages of these sizes in points, as they are turned."""
        self._sizes = tuple(sizes)
        self._painted.clear()
        self._asked = ()
        self.pages.set_count(len(sizes))
        self._ask()

    def change_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """The same pages as they are now: measured, or turned."""
        if tuple(sizes) != self._sizes:
            self._sizes = tuple(sizes)
            self.clear_painted()

    def clear_painted(self) -> None:
        """All are to be painted anew."""
        self._painted.clear()
        self._asked = ()
        self._ask()
        self.viewport().update()

    def show_page(self, page: int) -> None:
        """Frame the page (counted from 1) that is in sight beside it."""
        if self._led or not 1 <= page <= len(self._sizes):
            return
        self._led = True
        self.setCurrentIndex(self.pages.index(page - 1))
        self._led = False

    def take(self, page: int, scale: float, image: QImage) -> bool:
        """A page (counted from 0) has been painted; whether it has the scale that is asked for here."""
        if page >= len(self._sizes) or scale != self._scale(page):
            return False
        self._painted[page] = (scale, image)
        self._painted.move_to_end(page)
        while len(self._painted) > _KEPT:
            self._painted.popitem(last=False)
        self.update(self.pages.index(page))
        return True

    def picture(self, page: int) -> QImage | None:
        """What page (counted from 0) looks like, a null one where it is damaged, None as long as it is not known."""
        found = self._painted.get(page)
        return found[1] if found is not None else None

    def box_of(self, page: int) -> QSize:
        """How large page (counted from 0) is shown."""
        scale = self._scale(page) / self.devicePixelRatioF()
        width, height = self._sizes[page]
        return QSize(max(1, round(width * scale)), max(1, round(height * scale)))

    # Inside.

    def _scale(self, page: int) -> float:
        """Px of the screen per point."""
        width, height = self._sizes[page]
        px = look().px
        return min(px(_WIDE) / max(1.0, width), px(_HIGH) / max(1.0, height)) * self.devicePixelRatioF()

    def _in_sight(self) -> range:
        if not self._sizes or not self.isVisible():
            return range(0)
        high = max(1, cell().height())
        first = self.verticalScrollBar().value() // high
        last = (self.verticalScrollBar().value() + self.viewport().height()) // high
        return range(min(first, len(self._sizes)), min(last + 1, len(self._sizes)))

    def _ask(self) -> None:
        lacking = (page for page in self._in_sight() if page not in self._painted)
        asked = tuple((page, self._scale(page)) for page in lacking)
        if asked != self._asked:
            self._asked = asked
            self.wanted.emit(PagesWanted(asked))

    def _choose(self, index: QModelIndex) -> None:
        self._led = True  # what it turns to may be told as another page: that at the middle of what is in sight
        self.chosen.emit(PageChosen(index.row() + 1))
        self._led = False

    # Events.

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A person went to another page."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._led:
            self._choose(self.pages.index(current.row()))

    def sizeHint(self) -> QSize:
        """As wide as a picture and the bar."""
        return QSize(cell().width() + self.verticalScrollBar().sizeHint().width() + 2, look().px(300))

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the page one is at into sight, and ask for what is seen."""
        super().showEvent(event)
        self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is wanted any more."""
        super().hideEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may be in sight; where type has another size, pictures have too."""
        super().resizeEvent(event)
        if any(scale != self._scale(page) for page, (scale, _image) in self._painted.items()):
            self._painted.clear()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Return lead back to the page."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def cell() -> QSize:
    """The room of a page: its picture, its number below, and the frame around both."""
    px = look().px
    number = QFontMetrics(look().font(Role.SMALL)).height()
    return QSize(px(_WIDE) + 2 * px(Space.GAP), px(_HIGH) + number + 2 * px(Space.SMALL) + px(Space.HAIR))


class _Small(QStyledItemDelegate):
    """One page: its picture, or white as long as it is not known, and its number."""

    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All alike."""
        return cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it; the page one is at stands on a plate with a bar and its number is bold."""
        px, page = look().px, index.row()
        room = QRectF(option.rect)
        here = self._view.currentIndex().row() == page
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if here:
            paint_plate(painter, room.adjusted(1, 1, -1, -1), Colour.BRAND_GROUND, edge=Colour.BRAND, bar=Colour.BRAND)
        size = self._view.box_of(page)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        box.moveTop(room.top() + px(Space.SMALL) + (px(_HIGH) - size.height()) / 2)
        painter.fillRect(box, QColor(Colour.SURFACE.value))
        picture = self._view.picture(page)
        if picture is not None and not picture.isNull():
            painter.drawImage(box, picture)
        painter.setPen(QPen(QColor(Colour.EDGE.value), 1))
        painter.drawRect(box)
        painter.setFont(look().font(Role.SMALL_STRONG if here else Role.SMALL))
        painter.setPen(QColor((Colour.BRAND if here else Colour.INK).value))
        below = QRectF(room.left(), room.top() + px(Space.SMALL) + px(_HIGH) + px(Space.HAIR), room.width(), 0)
        below.setBottom(room.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._word(page, picture))
        if here and self._view.hasFocus():
            paint_focus(painter, room, px(Space.RADIUS))
        painter.restore()

    def _word(self, page: int, picture: QImage | None) -> str:
        if picture is not None and picture.isNull():
            return self.tr("{page} · damaged").format(page=page + 1)
        if self._view.pages.noted(page + 1):
            return self.tr("{page} · note").format(page=page + 1)
        return str(page + 1)
