"""A field from which one of several is picked, painted by itself: its arrow is found and its ring is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import paint_focus, paint_plate


class Pick(QComboBox):
    """As wide as its place; what does not fit ends in …, and the list below shows it whole."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # The list of its own takes the application's style; the platform's would be another one each time.
        self.setView(QListView(self))

    def sizeHint(self) -> QSize:
        """The height of a button."""
        return QSize(look().px(240), look().px(Space.BUTTON))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return QSize(look().px(96), look().px(Space.BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate, what is picked, and the arrow."""
        px = look().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        able = self.isEnabled()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_plate(painter, box, Colour.SURFACE if able else Colour.SUNKEN, edge=Colour.EDGE)
        ink = QColor(Colour.INK if able else Colour.INK_SOFT)
        arrow = px(7)
        middle = QPointF(self.width() - px(22), self.height() / 2 + 1)
        painter.setPen(QPen(ink, px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        left, right = middle + QPointF(-arrow, -arrow / 2), middle + QPointF(arrow, -arrow / 2)
        painter.drawPolyline(QPolygonF([left, middle + QPointF(0, arrow / 2), right]))
        painter.setFont(look().font(Role.BODY))
        painter.setPen(ink)
        room = self.rect().adjusted(px(14), 0, -px(40), 0)
        shown = painter.fontMetrics().elidedText(
            self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), px(Space.RADIUS))
