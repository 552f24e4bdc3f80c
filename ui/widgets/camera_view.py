"""The camera's picture, large, with a frame to look into and one instruction at a time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.painted import Painted
from ui.widgets.symbols import Symbol, paint_symbol

# On a dark picture the tones need lighter inks; the instruction says the same in words.
_GUIDE_INK = {Tone.OK: Colour.SEEN, Tone.ATTENTION: Colour.BADGE, Tone.ERROR: Colour.BADGE}


class CameraView(Painted):
    """Paints frames of RGB bytes; mirrored, since people know themselves from mirrors. It fills its place, or shows the
    `whole` picture within it. `absent` is said where there is no picture."""

    def __init__(
        self, *, mirrored: bool = True, whole: bool = False, absent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._absent = absent or self.tr("No picture from the camera")
        self._mirrored, self._whole = mirrored, whole
        self._picture: QImage | None = None
        self._guide: Tone | None = Tone.QUIET
        self._instruction = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Camera picture"))

    def show_frame(self, width: int, height: int, rgb: bytes) -> None:
        """Show a frame: `width` x `height` px, 3 bytes each, row by row. ValueError where the length is another."""
        if len(rgb) != width * height * 3:
            raise ValueError(f"{width} x {height} px need {width * height * 3} bytes, not {len(rgb)}")
        # The copy keeps the pixels when the caller's buffer is gone.
        picture = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888).copy()
        self._picture = picture.flipped(Qt.Orientation.Horizontal) if self._mirrored else picture
        self.update()

    def show_file(self, content: bytes) -> bool:
        """Show a picture as files hold it (JPEG, PNG, BMP); False, and nothing shown, where it is none."""
        picture = QImage.fromData(content)
        self._picture = None if picture.isNull() else picture
        self.update()
        return self._picture is not None

    def show_nothing(self) -> None:
        """The camera gives no picture: say so instead of showing the last one."""
        self._picture = None
        self.update()

    def instruct(self, text: str, tone: Tone = Tone.QUIET) -> None:
        """One instruction, and how the guide frame looks with it."""
        self._instruction = text
        self._guide = tone
        self.setAccessibleDescription(text)
        self.update()

    def hide_guide(self) -> None:
        """Show the picture without the frame (a seat's camera on a console)."""
        self._guide = None
        self.update()

    def sizeHint(self) -> QSize:
        """Four to three."""
        return QSize(look().px(640), look().px(480))

    def minimumSizeHint(self) -> QSize:
        """Small enough for a console's side."""
        return QSize(look().px(160), look().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, guide and instruction."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), look().px(Space.RADIUS), look().px(Space.RADIUS))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(Colour.SCREEN.value))
        band = self._band()
        if self._picture is not None:
            self._paint_picture(painter, self._picture)
        else:
            self._paint_no_picture(painter, self.rect().adjusted(0, 0, 0, -band.height()))
        if self._guide is not None and self._picture is not None:
            self._paint_guide(painter, self._guide, self.rect().adjusted(0, 0, 0, -band.height()))
        if self._instruction:
            ground = QColor(Colour.SCREEN.value)
            ground.setAlphaF(0.94)
            painter.fillRect(band, ground)
            painter.setFont(look().font(self._role()))
            painter.setPen(QColor(Colour.HEADER_INK.value))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            pad = look().px(Space.WIDE)
            painter.drawText(band.adjusted(pad, 0, -pad, 0), flags, self._instruction)

    def _role(self) -> Role:
        """The largest type in which the instruction keeps to one line."""
        room = self.width() - 2 * look().px(Space.WIDE)
        for role in (Role.INSTRUCTION, Role.PAGE, Role.SECTION):
            if QFontMetrics(look().font(role)).horizontalAdvance(self._instruction) <= room * 0.8:
                return role
        return Role.STRONG

    def _band(self) -> QRect:
        if not self._instruction:
            return QRect(0, self.height(), self.width(), 0)
        role = self._role()
        room = QRect(0, 0, self.width() - 2 * look().px(Space.WIDE), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        text = QFontMetrics(look().font(role)).boundingRect(room, flags, self._instruction).height()
        height = text + look().px(role.size * 0.9)
        return QRect(0, self.height() - height, self.width(), height)

    def _paint_picture(self, painter: QPainter, picture: QImage) -> None:
        scales = self.width() / picture.width(), self.height() / picture.height()
        scale = min(scales) if self._whole else max(scales)
        width, height = picture.width() * scale, picture.height() * scale
        target = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawImage(target, picture)

    def _paint_no_picture(self, painter: QPainter, room: QRect) -> None:
        side = look().px(56)
        centre = room.center()
        box = QRectF(centre.x() - side / 2, centre.y() - side, side, side)
        paint_symbol(painter, Symbol.OFFLINE, box, Colour.HEADER_SOFT)
        painter.setFont(look().font(Role.STRONG))
        painter.setPen(QColor(Colour.HEADER_SOFT.value))
        below = room.adjusted(0, room.height() // 2 + look().px(Space.WIDE), 0, 0)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, top, self._absent)

    def _paint_guide(self, painter: QPainter, tone: Tone, room: QRect) -> None:
        """Four corners around where the face belongs: three quarters of the height, as wide as a face is."""
        height = room.height() * 0.76
        width = height * 0.78
        box = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        arm = width * 0.22
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thick in ((Colour.SCREEN, 9), (_GUIDE_INK.get(tone, Colour.HEADER_INK), 5)):
            painter.setPen(QPen(QColor(colour.value), look().px(thick), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for corner, x, y in (
                (box.topLeft(), arm, arm),
                (box.topRight(), -arm, arm),
                (box.bottomLeft(), arm, -arm),
                (box.bottomRight(), -arm, -arm),
            ):
                painter.drawPolyline(QPolygonF([corner + QPointF(x, 0), corner, corner + QPointF(0, y)]))
