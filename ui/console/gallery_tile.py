"""One camera's picture in the gallery: whose it is, how that seat stands, and how old the picture is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ports.camera import Frame
from ui.console.gallery_order import Shown
from ui.console.words import alias_word, seat_word
from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.notice import paint_state
from ui.widgets.painted import paint_focus
from ui.widgets.seat_tile import ARROWS
from ui.widgets.symbols import Symbol, paint_symbol

OLD_S = 3.0
"""Seconds after which a picture is told with its age: what it shows may be over."""
DEAD_S = 10.0
"""Seconds after which it is not shown at all."""
_TIGHT = 150
"""Height in px below which the name is set smaller, so that the picture keeps its room."""
_LOUD = frozenset({Tone.ATTENTION, Tone.ERROR})


def age_words(age_s: float | None) -> str:
    """How old the picture is; empty where it is new. `None`: there was none yet."""
    translate = QCoreApplication.translate
    if age_s is None:
        return translate("Gallery", "Waiting for the picture")
    if age_s < OLD_S:
        return ""
    words = translate("Gallery", "Picture {seconds} s old") if age_s < DEAD_S else ""
    return (words or translate("Gallery", "No picture for {seconds} s")).format(seconds=int(age_s))


class PictureTile(QAbstractButton):
    """Shows a `Shown`; `chosen` by click, space bar or Return. `large` in larger type, alone on the page."""

    chosen = Signal(object)

    def __init__(self, shown: Shown, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown, self._large = shown, large
        self._picture: QImage | None = None
        self._at_s: float | None = None
        self._age: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.chosen.emit(self._shown))
        self.show_seat(shown)

    @property
    def shown(self) -> Shown:
        """Whose picture it is."""
        return self._shown

    def show_seat(self, shown: Shown) -> None:
        """How the seat stands now; another's picture is forgotten."""
        if shown.key != self._shown.key:
            self._picture = self._at_s = self._age = None
        self._shown = shown
        self._say()

    def show_picture(self, frame: Frame, now_s: float) -> None:
        """A picture has just come."""
        image = QImage(frame.rgb, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888)
        self._picture = image.copy()  # the frame's bytes are not ours
        self._at_s = now_s
        self.tick(now_s)

    def tick(self, now_s: float) -> None:
        """Time has passed; whatever an engine says of its connection, an old picture is told as one."""
        self._age = None if self._at_s is None else now_s - self._at_s
        if self._age is not None and self._age >= DEAD_S:
            self._picture = None  # nobody takes a face of long ago for the one of now
        self._say()

    @property
    def has_picture(self) -> bool:
        """Whether one is to be seen."""
        return self._picture is not None

    def sizeHint(self) -> QSize:
        """Four to three."""
        return QSize(look().px(280), look().px(210))

    def minimumSizeHint(self) -> QSize:
        """The smallest in which a seat and its state can be read."""
        return QSize(look().px(150), look().px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses; arrows are the gallery's."""
        if event.key() in ARROWS:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, its age over it, and who it is below."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole, radius = QRectF(self.rect()), look().px(Space.RADIUS)
        shape = QPainterPath()
        shape.addRoundedRect(whole, radius, radius)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(Colour.SCREEN.value))
        band = self._band()
        room = self.rect().adjusted(0, 0, 0, -band.height())
        if self._picture is not None:
            self._paint_picture(painter, self._picture, room)
        self._paint_age(painter, room)
        self._paint_band(painter, band)
        painter.setClipping(False)
        tone = self._tone()
        thick = look().px(3) if tone in _LOUD else 1
        painter.setPen(QPen(QColor((tone.ink if tone in _LOUD else Colour.EDGE).value), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(whole.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), radius, radius)
        if self.hasFocus():
            paint_focus(painter, whole, radius)

    # --- the parts

    def _tone(self) -> Tone:
        return self._shown.sight.tone if self._shown.sight is not None else Tone.QUIET

    def _title(self) -> str:
        if self._shown.sight is None:
            return self._shown.name
        number = seat_word(self._shown.seat) if self._large else self._shown.seat
        return f"{number} · {self._shown.sight.alias}"

    def _roles(self) -> tuple[Role, Role]:
        if self._large:
            return Role.SECTION, Role.STRONG
        tight = self.height() < look().px(_TIGHT)
        return Role.SMALL_STRONG if tight else Role.BODY_STRONG, Role.SMALL_STRONG

    def _band(self) -> QRect:
        high = QFontMetrics(look().font(self._roles()[0])).height() + look().px(Space.HAIR)
        return QRect(0, self.height() - high, self.width(), high)

    def _paint_picture(self, painter: QPainter, picture: QImage, room: QRect) -> None:
        """The whole of it: nobody is cut off who stands at the side."""
        scale = min(room.width() / picture.width(), room.height() / picture.height())
        width, height = picture.width() * scale, picture.height() * scale
        target = QRectF((room.width() - width) / 2, (room.height() - height) / 2, width, height)
        painter.setOpacity(0.4 if self._age is not None and self._age >= OLD_S else 1.0)
        painter.drawImage(target, picture)
        painter.setOpacity(1.0)

    def _paint_age(self, painter: QPainter, room: QRect) -> None:
        words = age_words(self._age)
        if not words:
            return
        role = self._roles()[1]
        painter.setFont(look().font(role))
        metrics = QFontMetrics(painter.font())
        side = look().px(role.size + 3)
        gap = look().px(6)
        least = room.width() - side - 3 * gap
        if metrics.horizontalAdvance(words) + 2 > least:
            words = "…" if self._age is None else f"{int(self._age)} s"  # the symbol says what
        width = min(metrics.horizontalAdvance(words) + 2, least)
        left = (room.width() - width - side - gap) // 2
        middle = room.height() // 2
        pad = look().px(Space.SMALL)
        ground = QColor(Colour.SCREEN.value)
        plate = QRectF(left - pad, middle - metrics.height() / 2 - pad / 2, width + side + gap + 2 * pad, 0)
        plate.setHeight(metrics.height() + pad)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(plate, look().px(6), look().px(6))
        ink = Colour.HEADER_SOFT if self._age is None else Colour.BADGE
        symbol = Symbol.PROGRESS if self._age is None else Symbol.OFFLINE
        paint_symbol(painter, symbol, QRectF(left, middle - side / 2, side, side), ink, Colour.SCREEN)
        painter.setPen(QColor(ink.value))
        text = QRect(left + side + gap, middle - metrics.height() // 2, width + 1, metrics.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        name, state = self._roles()
        sight, tone = self._shown.sight, self._tone()
        painter.fillRect(band, QColor((tone.ground if tone in _LOUD else Colour.SURFACE).value))
        inner = band.adjusted(look().px(10), 0, -look().px(10), 0)
        painter.setFont(look().font(name))
        painter.setPen(QColor(Colour.INK.value))
        title = self._title()
        if sight is not None and painter.fontMetrics().horizontalAdvance(title) > inner.width():
            title = self._shown.seat  # whose it is stands in the tip, on the plan and in the list beside
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width() + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        if sight is not None:
            used = painter.fontMetrics().horizontalAdvance(title) + look().px(Space.GAP)
            side = look().px(state.size + 3)
            words = QFontMetrics(look().font(state)).horizontalAdvance(sight.word) + side + look().px(6)
            if inner.width() - used >= words:
                paint_state(painter, inner.adjusted(used, 0, 0, 0), sight.word, tone, sight.symbol, role=state)
            elif inner.width() - used >= side:  # the word stands on the plan, in the tip and in the list beside
                mark = QRectF(inner.right() - side, inner.center().y() - side / 2 + 0.5, side, side)
                paint_symbol(painter, sight.symbol, mark, tone.ink, Colour.SURFACE)

    def _say(self) -> None:
        sight = self._shown.sight
        who = self._shown.name if sight is None else f"{seat_word(self._shown.seat)}, {alias_word(self._shown.name)}"
        said = ", ".join(part for part in (who, sight.word if sight is not None else "", age_words(self._age)) if part)
        if self.accessibleName() != said:
            self.setAccessibleName(said)
            self.setToolTip(said)
        self.update()
