"""The pages of a document below each other, scrolled and zoomed; asks for what is in sight and paints what comes."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.reader.shapes import Box
from ui.theme import Colour, Role, Space, look
from ui.widgets.frame_keys import FrameStep, first_frame, frame_step
from ui.widgets.painted import paint_focus

# Pages kept painted: some screens back and forth.
_KEPT = 16
# The unit of a frame: a page's width and height in whole parts.
_WHOLE = 1000
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class PagesWanted:
    """These pages (counted from 0) are wanted at these scales, the most wanted first."""

    pages: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class PageInSight:
    """The page (counted from 1) that fills most of the place."""

    page: int


@dataclass(frozen=True)
class Framed:
    """A place on a page (counted from 1): left, top, right, bottom in thousandths of its width and height."""

    page: int
    region: tuple[int, int, int, int]


def turned_box(box: Box, by: int) -> Box:
    """A box in shares of a page's sides, on the page turned by so many degrees to the right."""
    left, top, right, bottom = box
    for _quarter in range(by // 90 % 4):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


class PageArea(QAbstractScrollArea):
    """Pages of given sizes; zoom 1.0 fits the width."""

    wanted = Signal(object)
    framed = Signal(object)
    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._turned = 0
        self._tops: list[float] = []
        self._zoom = 1.0
        self._painted: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._marks: dict[int, list[tuple[Box, bool]]] = {}
        self._page = 0
        self._frame: Framed | None = None
        self._pressed: QPointF | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Pages"))

    def set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another document with pages of these sizes in points, from its first page."""
        self._sizes = self._as_turned(sizes)
        self._painted.clear()
        self._marks.clear()
        self._page = 0
        self._frame = None
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._ask()

    def change_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """The same document's true sizes; the page in sight stays."""
        turned = self._as_turned(sizes)
        if turned != self._sizes:
            self._lay_out_anew(turned)

    def turn(self, by: int) -> None:
        """Show every page turned by so many degrees more to the right, in quarters; the page in sight stays."""
        quarters = by // 90 % 4
        self._turned = (self._turned + 90 * quarters) % 360
        self._painted.clear()
        self._lay_out_anew(tuple(size[::-1] for size in self._sizes) if quarters % 2 else self._sizes)

    def rotation(self) -> int:
        """By how many degrees to the right pages are turned."""
        return self._turned

    def _as_turned(self, sizes: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        return tuple(size[::-1] for size in sizes) if self._turned % 180 else tuple(sizes)

    def _lay_out_anew(self, sizes: tuple[tuple[float, float], ...]) -> None:
        place = self.place()
        self._sizes = sizes
        self._lay_out()
        self.go_to_place(place)
        self._ask()
        self.viewport().update()

    def place(self) -> float:
        """What is at the top, in pages: 3.5 is the middle of page 4."""
        if not self._sizes:
            return 0.0
        top = self.verticalScrollBar().value()
        at = min(max(0, bisect_right(self._tops, top) - 1), len(self._sizes) - 1)
        return at + (top - self._tops[at]) / max(1.0, self._tops[at + 1] - self._tops[at])

    def go_to_place(self, place: float) -> None:
        """Bring what `place` names to the top; beyond the ends the nearest."""
        if self._sizes:
            at = min(max(0, int(place)), len(self._sizes) - 1)
            high = self._tops[at + 1] - self._tops[at]
            self.verticalScrollBar().setValue(round(self._tops[at] + (place - at) * high))

    def take(self, page: int, scale: float, image: QImage) -> None:
        """A page has been painted."""
        self._painted[page] = (scale, image)
        self._painted.move_to_end(page)
        while len(self._painted) > _KEPT:
            self._painted.popitem(last=False)
        self.viewport().update()

    def mark(self, marks: dict[int, list[tuple[Box, bool]]]) -> None:
        """Lay a colour over these boxes of these pages; the one with True is the hit one is at."""
        self._marks = marks
        self.viewport().update()

    def page(self) -> int:
        """The page in sight, counted from 1; 0 without a document."""
        return self._page

    def sharp(self) -> bool:
        """Whether every page in sight is painted at the size it is shown."""
        ready = (self._painted.get(page, (0.0, None))[0] for page in self._in_sight())
        return all(scale == self._sharp() for scale in ready)

    def region(self, page: int) -> tuple[int, int, int, int] | None:
        """The place that a person has framed on this page, None where there is none."""
        return self._frame.region if self._frame is not None and self._frame.page == page else None

    def show_frame(self, frame: Framed | None) -> None:
        """Frame this place, or none."""
        self._frame = frame
        self.viewport().update()

    def sizes(self) -> tuple[tuple[float, float], ...]:
        """The size of each page in points, as it is turned."""
        return self._sizes

    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def go_to(self, page: int, down: float = 0.0) -> None:
        """Bring a page (counted from 1) to the top, or `down` points of it; beyond the ends the nearest one."""
        if not self._sizes:
            return
        at = min(max(page, 1), len(self._sizes)) - 1
        lead = look().px(60) if down else 0
        self.verticalScrollBar().setValue(round(self._tops[at] + down * self._scale() - lead))

    def zoom(self) -> float:
        """How large pages are; 1.0 fits the width."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show pages at another size, keeping the place."""
        bar = self.verticalScrollBar()
        share = (bar.value() + self.viewport().height() / 2) / max(1.0, self._whole())
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._lay_out()
        bar.setValue(round(share * self._whole() - self.viewport().height() / 2))
        across = self.horizontalScrollBar()
        across.setValue((across.minimum() + across.maximum()) // 2)
        self._ask()
        self.viewport().update()

    def zoom_by(self, steps: int) -> None:
        """Some steps larger or smaller."""
        at = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self._zoom))
        self.set_zoom(ZOOMS[min(max(at + steps, 0), len(ZOOMS) - 1)])

    # Geometry, in px of the viewport.

    def _gap(self) -> int:
        return look().px(Space.SMALL)

    def _scale(self) -> float:
        """Px per point."""
        widest = max((width for width, _height in self._sizes), default=1.0)
        return max(0.05, (self.viewport().width() - 2 * self._gap()) / max(1.0, widest) * self._zoom)

    def _whole(self) -> float:
        return self._tops[-1] if self._tops else 0.0

    def _lay_out(self) -> None:
        scale, gap = self._scale(), self._gap()
        self._tops = list(accumulate((height * scale + gap for _width, height in self._sizes), initial=float(gap)))
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(self.viewport().height())
        down.setSingleStep(look().px(60))
        down.setRange(0, max(0, round(self._whole() - self.viewport().height())))
        widest = max((width for width, _height in self._sizes), default=0.0) * scale + 2 * gap
        across.setPageStep(self.viewport().width())
        across.setRange(0, max(0, round(widest - self.viewport().width())))

    def _in_sight(self) -> range:
        """The pages of which something can be seen."""
        if not self._sizes:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height()) - 1
        return range(min(first, len(self._sizes) - 1), min(last, len(self._sizes) - 1) + 1)

    def _box(self, page: int) -> QRectF:
        scale = self._scale()
        width, height = self._sizes[page][0] * scale, self._sizes[page][1] * scale
        room = max(self.viewport().width(), self.horizontalScrollBar().maximum() + self.viewport().width())
        left = (room - width) / 2 - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[page] - self.verticalScrollBar().value(), width, height)

    def _sharp(self) -> float:
        """Px of the screen per point."""
        return self._scale() * self.devicePixelRatioF()

    def _ask(self) -> None:
        """Ask for the pages in sight that are not painted at this size, then for those around."""
        seen = self._in_sight()
        if not seen:
            return
        near = [seen[-1] + 1, seen[0] - 1]
        pages = [page for page in (*seen, *near) if 0 <= page < len(self._sizes)]
        sharp = self._sharp()
        lacking = [page for page in pages if self._painted.get(page, (0.0, None))[0] != sharp]
        self.wanted.emit(PagesWanted(tuple((page, sharp) for page in lacking)))
        middle = self.verticalScrollBar().value() + self.viewport().height() * 0.4
        page = min(max(bisect_right(self._tops, middle), 1), len(self._sizes))
        if page != self._page:
            self._page = page
            self.turned.emit(PageInSight(page))

    def _page_at(self, point: QPointF) -> int | None:
        return next((page for page in self._in_sight() if self._box(page).contains(point)), None)

    def _frame_between(self, a: QPointF, b: QPointF) -> Framed | None:
        """The place between two points of one page; None where it is too small to be meant."""
        page = self._page_at(a)
        if page is None or (a - b).manhattanLength() < look().px(12):
            return None
        box = self._box(page)
        spot = QRectF(a, b).normalized().intersected(box).translated(-box.topLeft())
        shares = (spot.left() / box.width(), spot.top() / box.height(), spot.right() / box.width())
        upright = turned_box((*shares, spot.bottom() / box.height()), 360 - self._turned)
        left, top, right, bottom = (round(share * _WHOLE) for share in upright)
        return Framed(page + 1, (left, top, right, bottom)) if left < right and top < bottom else None

    def _step_frame(self, step: FrameStep) -> None:
        """A key moved the frame; where the page in sight has none, one stands in the middle of what is seen of it."""
        box, high = self._box(self._page - 1), self.viewport().height()
        region = self.region(self._page)
        if region is None:
            middle = (high / 2 - box.top()) / max(1.0, box.height())
            shown = first_frame(middle)
        else:
            left, top, right, bottom = (side / _WHOLE for side in region)
            shown = step.of(turned_box((left, top, right, bottom), self._turned))
        left, top, right, bottom = (round(side * _WHOLE) for side in turned_box(shown, 360 - self._turned))
        self.show_frame(Framed(self._page, (left, top, right, bottom)))
        page, under = self._page, box.top() + shown[3] * box.height() - high
        over = box.top() + shown[1] * box.height()
        if under > 0 or over < 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round(under if under > 0 else over))
        if self._page == page:
            self.framed.emit(self._frame)

    # Events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A frame begins; the one before goes."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.show_frame(None)
            self.framed.emit(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame follows the mouse."""
        if self._pressed is not None:
            self.show_frame(self._frame_between(self._pressed, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The frame stands."""
        self._pressed = None
        if self._frame is not None:
            self.framed.emit(self._frame)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the bars."""
        self._ask()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width; what is at the top stays there."""
        self._lay_out_anew(self._sizes)
        across = self.horizontalScrollBar()
        across.setValue((across.minimum() + across.maximum()) // 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Down and Up turn by pages, arrows by lines, Home and End go to the ends, + and - zoom; with Shift arrows
        move a frame on the page, with Ctrl and Shift they draw it larger or smaller, Escape takes it away."""
        down = self.verticalScrollBar()
        key = Qt.Key(event.key())
        step = frame_step(key, event.modifiers())
        if step is not None and self._page:
            self._step_frame(step)
        elif key is Qt.Key.Key_Escape and self._frame is not None:
            self.show_frame(None)
            self.framed.emit(None)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_Space}:
            self.go_to(self._page + 1)
        elif key is Qt.Key.Key_PageUp:
            self.go_to(self._page - 1)
        elif key is Qt.Key.Key_Home:
            down.setValue(0)
        elif key is Qt.Key.Key_End:
            down.setValue(down.maximum())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(1)
        elif key is Qt.Key.Key_Minus:
            self.zoom_by(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight: sharp where they are ready, else what there is, else white with the number."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(Colour.LINE.value))
        for page in self._in_sight():
            box = self._box(page)
            painter.fillRect(box, QColor(Colour.SURFACE.value))
            ready = self._painted.get(page)
            if ready is not None and not ready[1].isNull():
                painter.drawImage(box, ready[1])
            else:
                painter.setFont(look().font(Role.STRONG))
                painter.setPen(QColor(Colour.INK_SOFT.value))
                told = self.tr("Page {page}") if ready is None else self.tr("Page {page} is damaged")
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, told.format(page=page + 1))
            self._paint_marks(painter, page, box)
            self._paint_frame(painter, page, box)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.viewport().rect()), 0)

    def _paint_frame(self, painter: QPainter, page: int, box: QRectF) -> None:
        region = self.region(page + 1)
        if region is None:
            return
        left, top, right, bottom = (side / _WHOLE for side in region)
        spot = self._spot((left, top, right, bottom), box)
        painter.save()
        painter.setPen(QPen(QColor(Colour.FOCUS.value), look().px(2)))
        painter.drawRect(spot)
        painter.restore()

    def _spot(self, upright: Box, box: QRectF) -> QRectF:
        """Where a place of the upright page, in shares of its sides, lies on the page shown in `box`."""
        left, top, right, bottom = turned_box(upright, self._turned)
        wide, high = box.width(), box.height()
        return QRectF(left * wide, top * high, (right - left) * wide, (bottom - top) * high).translated(box.topLeft())

    def _paint_marks(self, painter: QPainter, page: int, box: QRectF) -> None:
        width, height = self._sizes[page][::-1] if self._turned % 180 else self._sizes[page]
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for (left, top, right, bottom), here in self._marks.get(page, ()):
            spot = self._spot((left / width, top / height, right / width, bottom / height), box)
            grow = 1.5
            painter.fillRect(
                spot.adjusted(-grow, -grow, grow, grow), QColor((Colour.FOCUS if here else Colour.MARKED).value)
            )
        painter.restore()
