"""A field from which one of several is picked, painted by itself: its arrow is found and its ring is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import paint_focus, paint_plate

# Files are named in one breath, without a space to break at.
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere


class Pick(QComboBox):
    """As wide as its place; what is picked goes on in further lines where that is narrow."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.currentIndexChanged.connect(self.updateGeometry)
        # The list of its own takes the application's style; the platform's would be another one each time.
        self.setView(QListView(self))

    def sizeHint(self) -> QSize:
        """The height of what is picked, at least that of a button."""
        return QSize(look().px(240), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed, but never lower than what is picked: what holds it scrolls first."""
        return QSize(look().px(160), self.heightForWidth(max(self.width(), look().px(160))))

    def hasHeightForWidth(self) -> bool:
        """What is picked wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of what is picked within `width`."""
        metrics = QFontMetrics(look().font(Role.BODY))
        room = QRect(0, 0, max(1, self._room(QRect(0, 0, width, 0)).width()), 100_000)
        said = metrics.boundingRect(room, int(_WRAPPED), self._said()).height()
        return max(look().px(Space.BUTTON), said + look().px(Space.SMALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _said(self) -> str:
        return self.currentText() or self.placeholderText()

    def _room(self, rect: QRect) -> QRect:
        """Where the words stand: left of the arrow."""
        return rect.adjusted(look().px(14), 0, -look().px(40), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate, what is picked, and the arrow."""
        px = look().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        able = self.isEnabled()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_plate(painter, box, Colour.SURFACE if able else Colour.SUNKEN, edge=Colour.EDGE)
        ink = QColor((Colour.INK if able else Colour.INK_SOFT).value)
        arrow = px(7)
        middle = QPointF(self.width() - px(22), self.height() / 2 + 1)
        painter.setPen(QPen(ink, px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        left, right = middle + QPointF(-arrow, -arrow / 2), middle + QPointF(arrow, -arrow / 2)
        painter.drawPolyline(QPolygonF([left, middle + QPointF(0, arrow / 2), right]))
        painter.setFont(look().font(Role.BODY))
        painter.setPen(ink)
        painter.drawText(self._room(self.rect()), _WRAPPED, self._said())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), px(Space.RADIUS))
