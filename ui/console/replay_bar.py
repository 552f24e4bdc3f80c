"""The time of a recording from its first moment to its last: what there is, the holes, and where one stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.console.recorded import Recorded
from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted, paint_focus

STEP_S = 5.0
"""Seconds of an arrow key."""
_STEPS = {Qt.Key.Key_Left: -STEP_S, Qt.Key.Key_Right: STEP_S}


class ReplayBar(Painted):
    """`sought` carries the moment that was clicked, `stepped` seconds on or back, `switched` that Space was pressed."""

    sought = Signal(object)
    stepped = Signal(float)
    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Recorded | None = None
        self._position: datetime | None = None
        self._place = ""
        self._entry: datetime | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time of the recording"))

    def show_film(self, film: Recorded | None, entry: datetime | None) -> None:
        """Another recording, and the moment of the entry that led here."""
        self._film, self._entry = film, entry
        self.update()

    def show_position(self, position: datetime | None, place: str) -> None:
        """One stands here now; `place` says it in words."""
        self._position, self._place = position, place
        self.setAccessibleDescription(place)
        self.update()

    def sizeHint(self) -> QSize:
        """A strip with the two ends' times below it."""
        return QSize(look().px(320), look().px(62))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return QSize(look().px(160), look().px(62))

    # --- keys and mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the finger points."""
        moment = self._moment(event.position().x())
        if moment is not None:
            self.sought.emit(moment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Home and End go to either end, Space plays and pauses."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key is Qt.Key.Key_Space:
            self.switched.emit()
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._film is not None:
            self.sought.emit(self._film.begin if key is Qt.Key.Key_Home else self._film.end)
        else:
            super().keyPressEvent(event)

    # --- paint

    def _strip(self) -> QRectF:
        side = look().px(Space.SMALL)
        return QRectF(side, look().px(Space.SMALL), self.width() - 2 * side, look().px(26))

    def _x(self, film: Recorded, moment: datetime) -> float:
        strip = self._strip()
        share = (moment - film.begin) / max(film.end - film.begin, timedelta(milliseconds=1))
        return strip.left() + strip.width() * min(1.0, max(0.0, share))

    def _moment(self, x: float) -> datetime | None:
        strip = self._strip()
        if self._film is None:
            return None
        share = min(1.0, max(0.0, (x - strip.left()) / max(1.0, strip.width())))
        return self._film.begin + (self._film.end - self._film.begin) * share

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is in the brand's ink, holes hatched, a flag at the entry, a line at the position."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = self._strip()
        painter.fillRect(strip, QColor(Colour.SUNKEN.value))
        film = self._film
        if film is not None:
            for segment in film.segments:
                box = QRectF(strip)
                box.setLeft(self._x(film, segment.begin))
                box.setRight(max(self._x(film, segment.last), box.left() + 1))
                painter.fillRect(box, QColor((Colour.BRAND if segment.held else Colour.EDGE).value))
            for hole in film.holes:
                box = QRectF(strip)
                box.setLeft(self._x(film, hole.begin))
                box.setRight(max(self._x(film, hole.end), box.left() + 3))
                painter.fillRect(box, QColor(Colour.ATTENTION_GROUND.value))
                painter.fillRect(box, QBrush(QColor(Colour.ATTENTION.value), Qt.BrushStyle.BDiagPattern))
            self._paint_marks(painter, strip, film)
            self._paint_ends(painter, strip, film)
        if self.hasFocus():
            paint_focus(painter, strip.adjusted(-6, -6, 6, 6), look().px(Space.RADIUS))

    def _paint_marks(self, painter: QPainter, strip: QRectF, film: Recorded) -> None:
        wide = look().px(3)
        for moment, colour, over in ((self._entry, Colour.FOCUS, 0), (self._position, Colour.INK, look().px(5))):
            if moment is not None:
                line = QRectF(self._x(film, moment) - wide / 2, strip.top() - over, wide, strip.height() + 2 * over)
                painter.fillRect(line.adjusted(-1, 0, 1, 0), QColor(Colour.SURFACE.value))
                painter.fillRect(line, QColor(colour.value))

    def _paint_ends(self, painter: QPainter, strip: QRectF, film: Recorded) -> None:
        painter.setFont(look().font(Role.SMALL))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        below = QRectF(strip.left(), strip.bottom(), strip.width(), self.height() - strip.bottom())
        for moment, side in ((film.begin, Qt.AlignmentFlag.AlignLeft), (film.end, Qt.AlignmentFlag.AlignRight)):
            told = (moment if self._entry is None else moment.astimezone(self._entry.tzinfo)).strftime("%H:%M:%S")
            painter.drawText(below, side | Qt.AlignmentFlag.AlignBottom, told)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.INK.value))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._place)
