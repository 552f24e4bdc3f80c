"""What widgets that paint themselves share: hearing a change of look, the focus ring, grounds with a bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Colour, Space, look


class Painted(QWidget):
    """A widget whose sizes come from the look: `restyle` is called whenever another one is put on."""

    def restyle(self) -> None:
        """Take sizes and fonts from `look()` again. Called after construction and at every change of look."""

    def changeEvent(self, event: QEvent) -> None:
        """Restyle when the style sheet changed."""
        if event.type() is QEvent.Type.StyleChange:
            self.restyle()
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


def paint_focus(painter: QPainter, rect: QRectF, radius: float, ground: str = Colour.SURFACE) -> None:
    """The focus ring just inside `rect`: 3 px of amber, and a thin dark line that keeps it apart from light grounds.

    Amber alone has 2:1 on white; the line of ink inside it brings the ring over the 3:1 that WCAG asks for.
    """
    ring = look().px(Space.FOCUS)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(Colour.FOCUS.value), ring))
    half = ring / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.setPen(QPen(QColor(Colour.INK.value), 1))
    inner = ring + 0.5
    painter.drawRoundedRect(rect.adjusted(inner, inner, -inner, -inner), radius - half, radius - half)
    painter.restore()


def paint_plate(
    painter: QPainter,
    rect: QRectF,
    ground: str,
    *,
    edge: str | None = None,
    width: float = 1,
    bar: str | None = None,
) -> None:
    """A rounded ground within `rect`, with an edge of `width` px and, at its left, a bar cut by the same corners."""
    radius = look().px(Space.RADIUS)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    half = width / 2 if edge is not None else 0
    shape.addRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.fillPath(shape, QColor(str(ground)))
    if bar is not None:
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(rect.left(), rect.top(), look().px(Space.BAR), rect.height()), QColor(str(bar)))
        painter.restore()
    if edge is not None:
        painter.setPen(QPen(QColor(str(edge)), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
    painter.restore()


class Rule(Painted):
    """A thin line between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), QColor(Colour.LINE.value))
