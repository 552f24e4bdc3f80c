"""A pad to write by hand on, with pen, finger or mouse: lines on white, to be cleared with a key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTabletEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Colour, look
from ui.widgets.painted import Painted, paint_focus

GRID = 10_000
"""Lines are told in this many parts of the pad's width and height."""
_WIDTH, _HEIGHT = 564, 120
_MOST = 5_000
"""Points; whoever writes more than a name has to begin again."""


class WritingPad(Painted):
    """The pad; `strokes` are its lines, each `x, y, x, y, ...` from the left and from below."""

    changed = Signal()

    def __init__(self, name: str, caption: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(caption)
        self.setAccessibleDescription(hint)
        self._hint = hint
        self._lines: list[list[QPointF]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.restyle()

    def restyle(self) -> None:
        """Scale it; as wide for its height as the cell of the report, so that writing keeps its shape."""
        self.setFixedSize(look().px(_WIDTH), look().px(_HEIGHT))

    @property
    def strokes(self) -> tuple[tuple[int, ...], ...]:
        """What is written."""
        return tuple(
            tuple(round(value * GRID) for point in line for value in (point.x(), 1 - point.y())) for line in self._lines
        )

    def clear(self) -> None:
        """Begin again."""
        self._lines = []
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A line begins."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        if event.type() is QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() is QTabletEvent.Type.TabletMove and event.pressure() > 0:
            self._go_on(event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete or Backspace clears the pad."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White ground, a line to write on, the lines; the hint while nothing is written."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(Colour.INK_SOFT.value), 1))
        painter.setBrush(QColor(Colour.SURFACE.value))
        painter.drawRect(ground)
        height = ground.height() * 0.78
        painter.drawLine(QPointF(16, height), QPointF(self.width() - 16, height))
        if not self._lines:
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
        pen = QPen(QColor(Colour.INK.value), look().px(3))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in self._lines:
            points = [QPointF(point.x() * self.width(), point.y() * self.height()) for point in line]
            painter.drawPolyline(QPolygonF([*points, points[-1]]))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 2)

    def _begin(self, at: QPointF) -> None:
        self._lines.append([self._inside(at)])
        self._tell()

    def _go_on(self, at: QPointF) -> None:
        if self._lines and sum(map(len, self._lines)) < _MOST:
            self._lines[-1].append(self._inside(at))
            self._tell()

    def _inside(self, at: QPointF) -> QPointF:
        return QPointF(min(max(at.x() / self.width(), 0.0), 1.0), min(max(at.y() / self.height(), 0.0), 1.0))

    def _tell(self) -> None:
        self.update()
        self.changed.emit()
