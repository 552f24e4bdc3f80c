"""A partner of a call at a glance: the alias, a drawn head or the masked picture, whether it speaks, how it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ports.call import LinkState
from ui.call.desk import PartnerState
from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.painted import Painted
from ui.widgets.symbols import Symbol, paint_symbol

_HEAD = 32
_PICTURE = (72, 54)
"""Of a masked picture: large enough for a drawn face to be seen speaking."""

_TONES = {
    LinkState.JOINING: (Tone.QUIET, Symbol.PROGRESS),
    LinkState.LIVE: (Tone.OK, Symbol.DONE),
    LinkState.STALE: (Tone.ATTENTION, Symbol.WARNING),
    LinkState.GONE: (Tone.QUIET, Symbol.OFFLINE),
}


def state_word(partner: PartnerState) -> str:
    """How it stands, in one word."""
    translate = QCoreApplication.translate
    if partner.speaks:
        return translate("CallPartner", "speaking")
    return {
        LinkState.JOINING: translate("CallPartner", "connecting"),
        LinkState.LIVE: translate("CallPartner", "connected"),
        LinkState.STALE: translate("CallPartner", "line poor"),
        LinkState.GONE: translate("CallPartner", "away"),
    }[partner.state]


class PartnerTile(Painted):
    """Shows a PartnerState; of a face only what the sender let out."""

    def __init__(self, name: str, partner: PartnerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._partner = name, partner
        self._pictured = False
        """Once there was a picture its room is kept, so that nothing jumps when the line is poor."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_partner(partner)

    @property
    def party(self) -> str:
        """Who is shown."""
        return self._partner.party

    def show_partner(self, partner: PartnerState) -> None:
        """Show what has become of it."""
        self._partner = partner
        if partner.picture is not None and not self._pictured:
            self._pictured = True
            self.updateGeometry()
        said = f"{self._name}: {state_word(partner)}"
        if self.accessibleName() != said:
            self.setAccessibleName(said)
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The head, and the longest word beside it, so that nothing jumps."""
        small, name = QFontMetrics(look().font(Role.SMALL)), QFontMetrics(look().font(Role.STRONG))
        states = [state_word(PartnerState("", state)) for state in LinkState]
        words = [*states, state_word(PartnerState("", LinkState.LIVE, 1.0))]
        wide = max(name.horizontalAdvance(self._name), max(map(small.horizontalAdvance, words)) + look().px(22))
        box, gap = self._box(), look().px(Space.GAP)
        return QSize(box.width() + gap + wide + gap, max(box.height(), name.height() + small.height()))

    def _box(self) -> QSize:
        """A round head, or a picture in its own shape."""
        px = look().px
        return QSize(px(_PICTURE[0]), px(_PICTURE[1])) if self._pictured else QSize(px(_HEAD), px(_HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint head or picture, name and state."""
        painter, px = QPainter(self), look().px
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        size = self._box()
        box = QRectF(1, (self.height() - size.height()) / 2, size.width(), size.height())
        round_ = px(Space.RADIUS) if self._pictured else box.width() / 2
        self._paint_head(painter, box, round_)
        if self._partner.speaks:
            painter.setPen(QPen(QColor(Colour.OK.value), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), round_, round_)
        left = round(box.right()) + px(Space.GAP)
        name, small = QFontMetrics(look().font(Role.STRONG)), QFontMetrics(look().font(Role.SMALL))
        top = (self.height() - name.height() - small.height()) // 2
        painter.setFont(look().font(Role.STRONG))
        painter.setPen(QColor(Colour.INK.value))
        painter.drawText(left, top + name.ascent(), self._name)
        tone, symbol = _TONES[self._partner.state]
        if self._partner.speaks:
            tone, symbol = Tone.OK, Symbol.CALL
        mark = px(Role.SMALL.size + 3)
        below = top + name.height()
        square = QRectF(left, below + (small.height() - mark) / 2, mark, mark)
        paint_symbol(painter, symbol, square, tone.ink, Colour.SURFACE)
        painter.setFont(look().font(Role.SMALL))
        painter.setPen(QColor(tone.ink.value))
        painter.drawText(left + mark + px(6), below + small.ascent(), state_word(self._partner))

    def _paint_head(self, painter: QPainter, box: QRectF, round_: float) -> None:
        frame = self._partner.picture
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(box, round_, round_)
        painter.setClipPath(shape)
        painter.fillRect(box, QColor(Colour.LINE.value))
        if frame is not None and self._partner.state is LinkState.LIVE:
            image = QImage(frame.rgb, frame.width, frame.height, frame.width * 3, QImage.Format.Format_RGB888)
            scale = max(box.width() / frame.width, box.height() / frame.height)
            wide, high = box.width() / scale, box.height() / scale
            painter.drawImage(box, image, QRectF((frame.width - wide) / 2, (frame.height - high) / 2, wide, high))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(Colour.INK_SOFT.value))
            middle, wide = box.center(), box.height()
            painter.drawEllipse(QRectF(middle.x() - wide * 0.18, box.top() + wide * 0.16, wide * 0.36, wide * 0.36))
            painter.drawEllipse(QRectF(middle.x() - wide * 0.36, box.top() + wide * 0.60, wide * 0.72, wide * 0.72))
        painter.restore()
