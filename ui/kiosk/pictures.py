"""The few drawings at the door: a card on its reader, a numbered box, an open door. They say what the words say."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, look
from ui.widgets.painted import Painted


class Picture(Painted):
    """A drawing in a field of `wide` x `high` units, as large as its place lets it be."""

    wide, high = 300.0, 200.0
    largest = 1.25
    """How many times its size it grows at most."""
    least = 0.5
    """And how small at least: then it is still clear."""
    needed = False
    """Whether it says what the words beside it do not: such a one stays on a low screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(look().px(self.wide), look().px(self.high))

    def minimumSizeHint(self) -> QSize:
        """The least that is still clear."""
        return QSize(look().px(self.wide * self.least), look().px(self.high * self.least))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale the field into the middle of the place and draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = look().px(self.wide) * self.largest / self.wide
        scale = min(self.width() / self.wide, self.height() / self.high, most)
        painter.translate((self.width() - self.wide * scale) / 2, (self.height() - self.high * scale) / 2)
        painter.scale(scale, scale)
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Draw in units."""
        raise NotImplementedError


def _pen(painter: QPainter, colour: Colour, width: float) -> None:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour.value), width, Qt.PenStyle.SolidLine, cap, join))


def _plate(painter: QPainter, box: QRectF, ground: Colour, edge: Colour, radius: float = 12) -> None:
    _pen(painter, edge, 3)
    painter.setBrush(QColor(ground.value))
    painter.drawRoundedRect(box, radius, radius)


def _arrow_down(painter: QPainter, x: float, y: float, colour: Colour) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.value))
    painter.drawRect(QRectF(x - 7, y, 14, 26))
    painter.drawPolygon(QPolygonF([QPointF(x - 20, y + 24), QPointF(x + 20, y + 24), QPointF(x, y + 46)]))


class CardPicture(Picture):
    """An identity card above its reader."""

    wide, high = 320.0, 250.0

    def draw(self, painter: QPainter) -> None:
        """Card, arrow, reader."""
        card = QRectF(60, 4, 200, 124)
        _plate(painter, card, Colour.SURFACE, Colour.BRAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Colour.BRAND_GROUND.value))
        painter.drawRoundedRect(QRectF(186, 26, 58, 76), 6, 6)
        painter.setBrush(QColor(Colour.BRAND.value))
        painter.drawEllipse(QRectF(201, 36, 28, 32))
        shoulders = QPainterPath()
        shoulders.addRoundedRect(QRectF(193, 74, 44, 60), 20, 20)
        clip = QPainterPath()
        clip.addRect(QRectF(186, 26, 58, 76))
        painter.drawPath(shoulders.intersected(clip))
        painter.setBrush(QColor(Colour.LINE.value))
        for top, width in ((30, 92), (50, 70), (70, 84), (98, 104)):
            painter.drawRoundedRect(QRectF(78, top, width, 9), 4, 4)
        _arrow_down(painter, 160, 138, Colour.BRAND)
        _plate(painter, QRectF(30, 196, 260, 48), Colour.HEADER, Colour.HEADER, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Colour.BADGE.value))
        painter.drawRoundedRect(QRectF(52, 214, 150, 12), 6, 6)
        painter.setBrush(QColor(Colour.SEEN.value))
        painter.drawEllipse(QRectF(254, 212, 16, 16))


class BoxPicture(Picture):
    """A phone box with its number: its door open with the phone before it."""

    wide, high = 380.0, 240.0
    least = 0.3
    needed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""

    def show_number(self, number: str) -> None:
        """The box that is meant."""
        self._number = number
        self.setAccessibleName(number)
        self.update()

    def number(self) -> str:
        """The box shown."""
        return self._number

    def draw(self, painter: QPainter) -> None:
        """Box, number, handle, phone."""
        _plate(painter, QRectF(4, 4, 232, 232), Colour.BADGE, Colour.HEADER, 16)
        font = look().sized(1, bold=True)
        font.setPixelSize(140)  # units of the drawing, scaled with it
        painter.setFont(font)
        painter.setPen(QColor(Colour.HEADER.value))
        painter.drawText(QRectF(4, 0, 214, 236), Qt.AlignmentFlag.AlignCenter, self._number)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Colour.HEADER.value))
        painter.drawRoundedRect(QRectF(214, 92, 10, 56), 5, 5)
        _plate(painter, QRectF(288, 60, 84, 150), Colour.SURFACE, Colour.BRAND, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Colour.BRAND_GROUND.value))
        painter.drawRect(QRectF(296, 78, 68, 106))
        painter.setBrush(QColor(Colour.BRAND.value))
        painter.drawEllipse(QRectF(322, 190, 16, 14))


class DoorPicture(Picture):
    """A door that stands open."""

    wide, high = 240.0, 250.0

    def draw(self, painter: QPainter) -> None:
        """Frame, leaf, way out."""
        _plate(painter, QRectF(40, 6, 150, 238), Colour.OK_GROUND, Colour.HEADER, 4)
        painter.setBrush(QColor(Colour.BADGE.value))
        _pen(painter, Colour.HEADER, 3)
        painter.drawPolygon(QPolygonF([QPointF(40, 6), QPointF(112, 34), QPointF(112, 226), QPointF(40, 244)]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Colour.HEADER.value))
        painter.drawEllipse(QRectF(94, 124, 11, 14))
        painter.setBrush(QColor(Colour.OK.value))
        painter.drawRect(QRectF(126, 122, 60, 14))
        painter.drawPolygon(QPolygonF([QPointF(184, 104), QPointF(222, 129), QPointF(184, 154)]))
