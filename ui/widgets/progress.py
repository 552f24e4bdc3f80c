"""A bar for what takes longer than a second, with words for what is going on and an estimate of the rest."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted


class WordedProgress(Painted):
    """Words above, the bar below; nothing moves by itself.

    Where the end is not known (`total` None) the bar is hatched and stands still, and the words carry the news.
    """

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._rest = words, ""
        self._done, self._total = 0, None  # type: int, int | None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.report(words, 0, None)

    def report(self, words: str, done: int, total: int | None, rest: str = "") -> None:
        """Say how far it is: `done` of `total` steps; `rest` is the estimate, ready to be read."""
        self._words, self._done, self._total, self._rest = words, done, total, rest
        share = f" {done * 100 // total} %" if total else ""
        self.setAccessibleName(f"{words}{share} {rest}".strip())
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return QFontMetrics(look().font(Role.BODY_STRONG)).height()

    def sizeHint(self) -> QSize:
        """One line of words and the bar."""
        return QSize(look().px(320), self._line() + look().px(Space.SMALL + 14))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed: words are elided."""
        return QSize(look().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, estimate and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.rect().adjusted(0, 0, 0, self._line() - self.height())
        painter.setFont(look().font(Role.BODY))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._rest)
        room = line.width() - painter.fontMetrics().horizontalAdvance(self._rest) - look().px(Space.WIDE)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.INK.value))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        height = look().px(14)
        bar = QRectF(0, self.height() - height, self.width(), height)
        shape = QPainterPath()
        shape.addRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        painter.fillPath(shape, QColor(Colour.SUNKEN.value))
        painter.save()
        painter.setClipPath(shape)
        if self._total:
            share = min(1.0, self._done / self._total)
            painter.fillRect(QRectF(0, bar.top(), bar.width() * share, height), QColor(Colour.BRAND.value))
        else:
            painter.setPen(QColor(Colour.EDGE.value))
            step = look().px(10)
            for x in range(-height, self.width(), step):
                painter.drawLine(x, self.height(), x + height, self.height() - height)
        painter.restore()
        painter.setPen(QColor(Colour.EDGE.value))
        painter.drawPath(shape)
