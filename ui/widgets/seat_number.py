"""The drawn seat number, filling the screen, with the way to it and the code of the draw."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.text import Text


class QrCode(Painted):
    """A QR code painted from its matrix: sharp at every size, with the quiet zone it needs."""

    QUIET = 4

    def __init__(self, content: str = "", name: str = "", side: float = 200, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: tuple[tuple[int, ...], ...] = ()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_content(content, name)

    def set_content(self, content: str, name: str = "") -> None:
        """Show the code of `content`; `name` says what it is for. Empty shows nothing."""
        matrix = segno.make(content, error="m", micro=False).matrix if content else ()
        self._matrix = tuple(tuple(row) for row in matrix)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(look().px(self._side), look().px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the modules on white, each a whole number of px wide."""
        if not self._matrix:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Colour.SURFACE.value))
        count = len(self._matrix) + 2 * self.QUIET
        module = max(1, min(self.width(), self.height()) // count)
        left = (self.width() - module * len(self._matrix)) // 2
        top = (self.height() - module * len(self._matrix)) // 2
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, QColor(Qt.GlobalColor.black))


@dataclass(frozen=True)
class DrawnSeat:
    """What the kiosk shows after the draw: number, the way in words, the draw's code, what the QR holds."""

    number: str
    way: str
    code: str
    qr: str


class SeatNumberView(Column):
    """Nothing but the seat: no name, no project, no bidder, no other seat."""

    def __init__(self, seat: DrawnSeat | None = None, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.GAP, margin=Space.PAGE, parent=parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._head = self.add(Text(self.tr("Your seat"), Role.INSTRUCTION, align=middle))
        self._number = self.add(BigNumber(), 1)
        self._way = self.add(Text("", Role.INSTRUCTION, align=middle))
        self._code = Text("", Role.SECTION)
        self._qr = QrCode(side=168)
        lot = Text(self.tr("Drawn by lot in front of the parties; nobody has chosen it."), Role.STRONG)
        scan = Text(self.tr("Scan the code to check the draw later."))
        words = Column(lot, self._code, scan, gap=Space.SMALL)
        self._about = (self._head, lot, self._qr, scan)
        words.insert(0, QWidget())
        words.fill()
        proof = Row(gap=Space.PAGE)
        proof.fill()
        proof.add(self._qr)
        proof.add(words, 3)
        proof.fill()
        self.add(proof)
        if seat is not None:
            self.show_seat(seat)

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type: number, way and code stay, each whole."""
        side = Space.SMALL if low else Space.PAGE
        self._box_margin = (side, side, side, side)
        self.restyle()
        for part in self._about:
            part.setVisible(not low)

    def show_seat(self, seat: DrawnSeat) -> None:
        """Show a drawn seat."""
        self._number.set_number(seat.number)
        self._way.setText(seat.way)
        self._code.setText(self.tr("Code of the draw: {code}").format(code=seat.code))
        self._qr.set_content(seat.qr, self.tr("QR code of the draw"))

    def clear(self) -> None:
        """Show no seat, so that the next person does not see the last one's."""
        self.show_seat(DrawnSeat("", "", "", ""))


class BigNumber(Painted):
    """A number as large as its place lets it be: some 240 px and more, to be read from across the room."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_number(self, number: str) -> None:
        """Show a number; empty shows nothing."""
        self._number = number
        self.setAccessibleName(number)
        self.update()

    def sizeHint(self) -> QSize:
        """A drawn seat's 240 px and air."""
        return QSize(look().px(420), look().px(290))

    def minimumSizeHint(self) -> QSize:
        """Still to be read from some steps away."""
        return QSize(look().px(200), look().px(110))

    def _font(self) -> QFont:
        """Type whose digits take most of the place; digits are about 0.74 of the type's height."""
        font = look().font(Role.DRAWN)
        font.setPixelSize(max(1, round(self.height() * 0.68 / 0.74)))
        wide = QFontMetrics(font).horizontalAdvance(self._number) or 1
        room = self.width() - 2 * look().px(60)
        if wide > room:
            font.setPixelSize(max(1, font.pixelSize() * room // wide))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate and the number."""
        if not self._number:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        tight = painter.fontMetrics().tightBoundingRect(self._number)
        width = min(self.width(), max(tight.width() + 2 * look().px(80), round(self.height() * 1.3)))
        plate = QRect((self.width() - width) // 2, 0, width, self.height())
        paint_plate(painter, QRectF(plate), Colour.BADGE)
        painter.setPen(QColor(Colour.HEADER.value))
        # Set by its own outline: the line height of the face would leave a gap below the digits.
        painter.drawText(plate.center().x() - tight.center().x(), plate.center().y() - tight.center().y(), self._number)
