"""How loud the own microphone is, before and while one speaks: grey while muted, green while the others hear it."""

from __future__ import annotations

from collections.abc import Callable
from math import log10

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted

STEPS = 10
STEP_DB = 5.0
"""Each step of the bar; the lowest is 50 dB under full scale, about the hum of a quiet room."""
BEAT_MS = 100
_WIDE, _HIGH = 60, 10


def steps_of(level: float) -> int:
    """How many steps a level of 1 lights."""
    return 0 if level <= 0 else max(0, min(STEPS, STEPS + round(20 * log10(level) / STEP_DB)))


class LevelMeter(Painted):
    """Asks `read` ten times a second while it is to be seen; nothing is drawn where there is no microphone."""

    def __init__(self, read: Callable[[], float | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._lit: int | None = None
        self._open = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._look)
        self.setAccessibleName(self.tr("My microphone"))

    @property
    def lit(self) -> int | None:
        """Steps lit now; None without a microphone."""
        return self._lit

    def show_open(self, *, open_: bool) -> None:
        """Whether the others hear it."""
        if open_ != self._open:
            self._open = open_
            self.update()

    def sizeHint(self) -> QSize:
        """Its name and the bar."""
        small, px = QFontMetrics(look().font(Role.SMALL)), look().px
        wide = small.horizontalAdvance(self.tr("My microphone")) + px(Space.SMALL) + px(_WIDE)
        return QSize(wide, max(small.height(), px(_HIGH)))

    def minimumSizeHint(self) -> QSize:
        """The bar alone, where a large committee in large type needs the room."""
        return QSize(look().px(_WIDE), self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self._look()
        self._beat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self._beat.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, then the steps; what is not lit is an outline, so that the bar is seen without colour too."""
        if self._lit is None:
            return
        painter, px = QPainter(self), look().px
        small = QFontMetrics(look().font(Role.SMALL))
        painter.setFont(look().font(Role.SMALL))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        name = self.tr("My microphone")
        left, wide = self.width() - px(_WIDE), px(_WIDE) / STEPS
        at = left - px(Space.SMALL) - small.horizontalAdvance(name)
        if at >= 0:
            painter.drawText(at, (self.height() - small.height()) // 2 + small.ascent(), name)
        lit = QColor((Colour.OK if self._open else Colour.INK_SOFT).value)
        for step in range(STEPS):
            box = QRectF(left + step * wide + 0.5, (self.height() - px(_HIGH)) / 2 + 0.5, wide - px(2), px(_HIGH) - 1)
            painter.setPen(lit if step < self._lit else QColor(Colour.LINE.value))
            painter.setBrush(lit if step < self._lit else Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    def _look(self) -> None:
        level = self._read()
        lit = None if level is None else steps_of(level)
        if lit != self._lit:
            self._lit = lit
            self.update()
