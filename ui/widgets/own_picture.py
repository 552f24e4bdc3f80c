"""A small picture of oneself in the header: that the camera is on, what it sees, and who sees it too."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted
from ui.widgets.symbols import Symbol, paint_symbol

_WIDTH, _HEIGHT = 52, 39


class OwnPicture(Painted):
    """Mirrored, as people know themselves; the words beside it say the same as the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._watched = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def show_frame(self, width: int, height: int, rgb: bytes) -> None:
        """Show a frame (3 bytes a pixel, row by row), made as small as it is painted before anything else."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(look().px(_WIDTH) * ratio), round(look().px(_HEIGHT) * ratio))
        whole = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
        small = whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        self._picture = small.flipped(Qt.Orientation.Horizontal)
        self._say()

    def show_nothing(self) -> None:
        """The camera gives no picture."""
        self._picture = None
        self._say()

    def tell_watched(self, words: str) -> None:
        """Who sees this picture as well; empty for nobody."""
        self._watched = words
        self._say()

    @property
    def is_on(self) -> bool:
        """Whether there is a picture."""
        return self._picture is not None

    def _words(self) -> str:
        if self._picture is not None and self._watched:
            return self._watched
        return self.tr("Camera on") if self._picture is not None else self.tr("No picture")

    def _say(self) -> None:
        if self.accessibleName() != self._words():
            self.setAccessibleName(self._words())
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture, and the longer of its two words beside it, so that nothing jumps; a watcher takes more room."""
        metrics = QFontMetrics(look().font(Role.SMALL))
        said = (self.tr("Camera on"), self.tr("No picture"), self._words())
        words = max(metrics.horizontalAdvance(one) for one in said)
        return QSize(look().px(_WIDTH) + look().px(Space.SMALL) + words, look().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the words."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(0, 0, look().px(_WIDTH), look().px(_HEIGHT))
        shape = QPainterPath()
        shape.addRoundedRect(box, look().px(Space.RADIUS), look().px(Space.RADIUS))
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(box, QColor(Colour.SCREEN.value))
        if self._picture is not None:
            scale = max(box.width() / self._picture.width(), box.height() / self._picture.height())
            width, height = self._picture.width() * scale, self._picture.height() * scale
            painter.drawImage(
                QRectF((box.width() - width) / 2, (box.height() - height) / 2, width, height), self._picture
            )
        painter.restore()
        if self._picture is not None and self._watched:
            thick = look().px(3)
            painter.setPen(QPen(QColor(Colour.BADGE.value), thick))
            inner = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
            painter.drawRoundedRect(inner, look().px(Space.RADIUS), look().px(Space.RADIUS))
        if self._picture is None:
            side = look().px(22)
            middle = box.center()
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            paint_symbol(painter, Symbol.OFFLINE, place, Colour.HEADER_SOFT, Colour.SCREEN)
        painter.setFont(look().font(Role.SMALL))
        calm = self._picture is not None and not self._watched
        painter.setPen(QColor((Colour.HEADER_SOFT if calm else Colour.BADGE).value))
        words = self.rect().adjusted(look().px(_WIDTH) + look().px(Space.SMALL), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words())
