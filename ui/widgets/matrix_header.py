"""The painted headers of a matrix: names wrapped as they need, a softer line with them, the current one marked."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.models.roles import NOTE_ROLE
from ui.theme import Colour, Role, Scale, Space, look

WRAP = Qt.TextFlag.TextWordWrap
# A bid's name longer than this is cut; its tool tip has the whole.
_MOST_LINES = 3


def text_height(text: str, role: Role, width: int) -> int:
    """Height in px of `text` set in `role` and wrapped at `width` px; 0 for no text."""
    if not text:
        return 0
    room = QRect(0, 0, max(1, width), 10_000)
    return QFontMetrics(look().font(role)).boundingRect(room, int(WRAP), text).height()


@lru_cache(maxsize=512)
def fitting(text: str, role: Role, width: int, lines: int, scale: Scale) -> str:
    """`text`, cut with … where it would take more than `lines` lines of `width` px at `scale`."""
    most = text_height("\n".join(["卡"] * lines), role, width)
    if text_height(text, role, width) <= most:
        return text
    kept = len(text)
    while kept > 1 and text_height(text[:kept] + "…", role, width) > most:
        kept -= 1
    return text[:kept] + "…"


_WORDS = re.compile(r"[!-~]+")


class PaintedHeader(QHeaderView):
    """Names in bold with a softer line below, wrapped as they need; the current section is marked."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._across = orientation is Qt.Orientation.Horizontal
        self._current = -1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def set_current(self, section: int) -> None:
        """Mark this section as the one a person is at."""
        if section == self._current:
            return
        before, self._current = self._current, section
        for one in (before, section):
            if one >= 0:
                self.repaint_section(one)

    def repaint_section(self, section: int) -> None:
        """Paint one section anew, not all of them."""
        at, size = self.sectionViewportPosition(section), self.sectionSize(section)
        across = QRect(at, 0, size, self.viewport().height())
        self.viewport().update(across if self._across else QRect(0, at, self.viewport().width(), size))

    def texts(self, section: int) -> tuple[str, str]:
        """The name and the softer line of a section."""
        model = self.model()
        name = str(model.headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
        if self._across:
            room = self.sectionSize(section) - 2 * look().px(Space.GAP)
            name = fitting(name, Role.BODY_STRONG, room, _MOST_LINES, look().scale)
        note = model.headerData(section, self.orientation(), NOTE_ROLE)
        return name, str(note or "")

    def least_width(self, section: int) -> int:
        """Px that the longest word of a section takes: Chinese may be broken anywhere, other words nowhere."""
        bold, soft = (QFontMetrics(look().font(role)) for role in (Role.BODY_STRONG, Role.SMALL))
        name, note = self.texts(section)
        words = [bold.horizontalAdvance(word) for word in _WORDS.findall(name)]
        words += [soft.horizontalAdvance(word) for word in _WORDS.findall(note)]
        return max(words, default=0) + look().px(2 * Space.GAP) + 2

    def needed_height(self, section: int, width: int) -> int:
        """Height in px that a section's texts need within `width`."""
        name, note = self.texts(section)
        room = width - 2 * look().px(Space.GAP)
        height = text_height(name, Role.BODY_STRONG, room)
        if not self._beside(name, note, room):
            height += text_height(note, Role.SMALL, room)
        return height + 2 * look().px(Space.SMALL)

    def _beside(self, name: str, note: str, room: int) -> bool:
        """Whether a row's note has place behind its name: rows stay low where they can."""
        if self._across or not note:
            return False
        name_width = QFontMetrics(look().font(Role.BODY_STRONG)).horizontalAdvance(name)
        note_width = QFontMetrics(look().font(Role.SMALL)).horizontalAdvance(note)
        return name_width + look().px(Space.GAP) + note_width <= room

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint ground, lines, texts and the mark of the current section."""
        current = section == self._current
        px = look().px
        name, note = self.texts(section)
        painter.save()
        painter.fillRect(rect, QColor(Colour.BRAND_GROUND.value))
        painter.setPen(QColor(Colour.LINE.value))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if current:
            bar = QRect(rect)
            if self._across:
                bar.setTop(rect.bottom() - px(4))
            else:
                bar.setWidth(px(Space.BAR))
            painter.fillRect(bar, QColor(Colour.BRAND.value))
        inner = rect.adjusted(px(Space.GAP), 0, -px(Space.GAP), 0)
        high = text_height(name, Role.BODY_STRONG, inner.width())
        beside = self._beside(name, note, inner.width())
        low = 0 if beside else text_height(note, Role.SMALL, inner.width())
        side = Qt.AlignmentFlag.AlignHCenter if self._across else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignTop | WRAP
        top = max(rect.top(), rect.top() + (rect.height() - high - low) // 2)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor((Colour.BRAND if current else Colour.INK).value))
        painter.drawText(QRect(inner.left(), top, inner.width(), high), flags, name)
        painter.setFont(look().font(Role.SMALL))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        if beside:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, right, note)
        else:
            painter.drawText(QRect(inner.left(), top + high, inner.width(), low), flags, note)
        painter.restore()
