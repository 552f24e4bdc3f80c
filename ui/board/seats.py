"""The seats of the wall display in their places, each a number with a symbol and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.symbols import Symbol, paint_symbol


@dataclass(frozen=True)
class BoardSeat:
    """A seat: number, place in the grid, whether somebody has it."""

    number: str
    x: int
    y: int
    in_use: bool


class BoardPlan(Painted):
    """All seats, as large as the wall lets them be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, _Tile] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_seats(self, seats: Sequence[BoardSeat]) -> None:
        """Show these seats and no other."""
        for number in [number for number in self._tiles if number not in {seat.number for seat in seats}]:
            tile = self._tiles.pop(number)
            tile.hide()
            tile.deleteLater()
        for seat in seats:
            if seat.number not in self._tiles:
                self._tiles[seat.number] = _Tile(self)
                self._tiles[seat.number].show()
            self._tiles[seat.number].show_seat(seat)
        self._place()

    def words(self) -> list[str]:
        """What is to be read, seat by seat."""
        return [tile.accessibleName() for tile in self._tiles.values()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another wall, other sizes."""
        self._place()

    def restyle(self) -> None:
        """Gaps have changed."""
        if hasattr(self, "_tiles"):
            self._place()

    def _place(self) -> None:
        """Columns and rows in which nothing stands are left out: a passer-by looks for a number, not for an aisle."""
        seats = [tile.seat for tile in self._tiles.values()]
        xs, ys = sorted({seat.x for seat in seats}), sorted({seat.y for seat in seats})
        if not seats:
            return
        gap = look().px(Space.PAGE)
        wide = min(look().px(420), (self.width() - gap * (len(xs) - 1)) // len(xs))
        high = min(look().px(260), (self.height() - gap * (len(ys) - 1)) // len(ys))
        left = (self.width() - wide * len(xs) - gap * (len(xs) - 1)) // 2
        top = (self.height() - high * len(ys) - gap * (len(ys) - 1)) // 2
        for tile in self._tiles.values():
            column, row = xs.index(tile.seat.x), ys.index(tile.seat.y)
            tile.setGeometry(left + column * (wide + gap), top + row * (high + gap), max(1, wide), max(1, high))


class _Tile(Painted):
    """One seat."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.seat = BoardSeat("", 0, 0, in_use=False)

    def show_seat(self, seat: BoardSeat) -> None:
        self.seat = seat
        self.setAccessibleName(f"{seat.number} {self._word()}")
        self.update()

    def _word(self) -> str:
        return self.tr("In use") if self.seat.in_use else self.tr("Free")

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        used, px = self.seat.in_use, look().px
        tone = Tone.INFO if used else Tone.QUIET
        ground = Colour.BRAND if used else Colour.SURFACE
        ink = Colour.SURFACE if used else Colour.INK
        paint_plate(painter, QRectF(self.rect()), ground, edge=tone.ink, width=px(2))
        word_high = px(44)
        number = self.rect().adjusted(px(8), px(8), -px(8), -word_high)
        font = look().sized(min(96.0, number.height() * 0.72 / look().scale.value), bold=True)
        while QFontMetrics(font).horizontalAdvance(self.seat.number) > number.width() and font.pixelSize() > px(20):
            font.setPixelSize(font.pixelSize() - 2)
        painter.setFont(font)
        painter.setPen(QColor(ink.value))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, self.seat.number)
        painter.setFont(look().font(Role.STRONG))
        word = self._word()
        side = px(22)
        wide = painter.fontMetrics().horizontalAdvance(word) + side + px(8)
        left = (self.width() - wide) // 2
        line = self.rect().adjusted(left + side + px(8), self.height() - word_high - px(4), 0, -px(4))
        symbol = QRectF(left, line.center().y() - side / 2, side, side)
        paint_symbol(painter, Symbol.PROGRESS if used else Symbol.EMPTY, symbol, ink, ground)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
