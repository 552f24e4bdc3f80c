"""The switch to the palette of high contrast, for the header bar and for a key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QApplication

from ui.theme import Colour, Contrast, apply, look
from ui.theme.tokens import Space
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button

CONTRAST_KEY = "F5"


class ContrastSwitch(Row):
    """A disc, half of it filled; where the bar folds it gives its place away and its key remains."""

    def __init__(self) -> None:
        super().__init__(gap=0)
        self.button = self.add(_Disc(self.tr("High contrast")))
        self.button.setChecked(look().contrast is Contrast.HIGH)
        self.button.toggled.connect(self._wear)
        key = QShortcut(QKeySequence(CONTRAST_KEY), self)
        key.activated.connect(self.button.toggle)

    def fold(self, *, folded: bool) -> None:
        """Leave the place to the title, or take it again."""
        self.button.setVisible(not folded)

    def folds_by(self) -> int:
        """How many px of width folding saves; 0 when it is folded."""
        return self.button.sizeHint().width() if self.button.isVisibleTo(self) else 0

    def _wear(self, on: bool) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, look().scale, Contrast.HIGH if on else Contrast.NORMAL)


class _Disc(Button):
    """The disc, painted light on the header."""

    kind = "header"

    def __init__(self, name: str) -> None:
        super().__init__("")
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {CONTRAST_KEY}")

    def sizeHint(self) -> QSize:
        """A square."""
        side = look().px(Space.BUTTON)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame as any button, then the disc."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(Colour.HEADER_INK.value)
        side = look().px(20)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(ink, look().px(2)))
        painter.drawEllipse(box)
        painter.setBrush(ink)
        painter.drawPie(box, 90 * 16, 180 * 16)
