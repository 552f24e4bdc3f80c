"""The few symbols that stand beside words, drawn as shapes so that they look the same at every size."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF


class Symbol(Enum):
    """What a symbol says; the word beside it says it too."""

    DONE = auto()
    PROGRESS = auto()
    EMPTY = auto()
    INFO = auto()
    WARNING = auto()
    ERROR = auto()
    CALL = auto()
    PAUSED = auto()
    SEALED = auto()
    OFFLINE = auto()
    AWAY = auto()
    RECORDING = auto()


def paint_symbol(painter: QPainter, symbol: Symbol, box: QRectF, colour: str, knock_out: str = "#FFFFFF") -> None:
    """Paint `symbol` into the square `box`; `knock_out` is the colour of what is cut out of a filled shape."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    # All shapes are drawn in a square of 24.
    painter.scale(box.width() / 24, box.height() / 24)
    _SHAPES[symbol](painter, QColor(str(colour)), QColor(str(knock_out)))
    painter.restore()


def _pen(colour: QColor, width: float = 2.4) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1, 1, 22, 22))


def _ring(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(2.5, 2.5, 19, 19))


def _lines(painter: QPainter, colour: QColor, *lines: tuple[tuple[float, float], ...], width: float = 2.6) -> None:
    painter.setPen(_pen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for points in lines:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _done(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _disc(painter, colour)
    _lines(painter, cut, ((6.8, 12.4), (10.6, 16.2), (17.4, 8.4)))


def _progress(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(QRectF(5.5, 5.5, 13, 13), 90 * 16, -180 * 16)


def _empty(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _ring(painter, colour)


def _info(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _disc(painter, colour)
    _lines(painter, cut, ((12, 11), (12, 17.4)))
    _dot(painter, cut, 12, 7)


def _warning(painter: QPainter, colour: QColor, cut: QColor) -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(12, 2.6), QPointF(22.6, 21), QPointF(1.4, 21)]))
    path.closeSubpath()
    painter.setPen(_pen(colour, 1.8))
    painter.setBrush(colour)
    painter.drawPath(path)
    _lines(painter, cut, ((12, 9.2), (12, 14.6)))
    _dot(painter, cut, 12, 18)


def _error(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _disc(painter, colour)
    _lines(painter, cut, ((8, 8), (16, 16)), ((16, 8), (8, 16)))


def _call(painter: QPainter, colour: QColor, cut: QColor) -> None:
    # A speech bubble: someone wants to say something.
    path = QPainterPath()
    path.addRoundedRect(QRectF(1.5, 3, 21, 14.5), 4, 4)
    tail = QPainterPath()
    tail.addPolygon(QPolygonF([QPointF(6, 16), QPointF(6, 22.5), QPointF(13, 16)]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path.united(tail))
    for x in (7.5, 12.0, 16.5):
        _dot(painter, cut, x, 10.3)


def _paused(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _disc(painter, colour)
    _lines(painter, cut, ((9, 8), (9, 16)), ((15, 8), (15, 16)), width=2.8)


def _sealed(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _lines(painter, colour, ((7, 11), (7, 7.5), (9, 4), (15, 4), (17, 7.5), (17, 11)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(4, 10.5, 16, 11.5), 2.5, 2.5)
    _lines(painter, cut, ((12, 14.5), (12, 18)))


def _offline(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _ring(painter, colour)
    _lines(painter, colour, ((6.2, 17.8), (17.8, 6.2)))


def _away(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _ring(painter, colour)
    _lines(painter, colour, ((7.5, 12), (16.5, 12)), ((13, 8.4), (16.6, 12), (13, 15.6)), width=2.2)


def _dot(painter: QPainter, colour: QColor, x: float, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawEllipse(QPointF(x, y), 1.7, 1.7)


def _recording(painter: QPainter, colour: QColor, cut: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(7, 7, 10, 10))


_SHAPES: dict[Symbol, Callable[[QPainter, QColor, QColor], None]] = {
    Symbol.DONE: _done,
    Symbol.PROGRESS: _progress,
    Symbol.EMPTY: _empty,
    Symbol.INFO: _info,
    Symbol.WARNING: _warning,
    Symbol.ERROR: _error,
    Symbol.CALL: _call,
    Symbol.PAUSED: _paused,
    Symbol.SEALED: _sealed,
    Symbol.OFFLINE: _offline,
    Symbol.AWAY: _away,
    Symbol.RECORDING: _recording,
}
