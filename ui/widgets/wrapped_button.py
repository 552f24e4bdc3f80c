"""A button whose caption is a sentence: set to the left, going on in further lines where the place is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.buttons import Button
from ui.widgets.painted import paint_focus

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class WrappedButton(Button):
    """As high as its sentence is within the width that it gets."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(caption, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Some width, and the height that goes with it."""
        width = max(self.width(), look().px(240))
        return QSize(look().px(240), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return QSize(look().px(160), look().px(Space.BUTTON))

    def hasHeightForWidth(self) -> bool:
        """A long sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of the sentence within `width`, at least that of a button."""
        metrics = QFontMetrics(look().font(Role.BODY_STRONG))
        room = QRect(0, 0, max(1, self._room(QRect(0, 0, width, 0)).width()), 100_000)
        said = metrics.boundingRect(room, int(_WRAPPED), self.accessibleName()).height()
        return max(look().px(Space.BUTTON), said + look().px(2 * Space.SMALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _room(self, rect: QRect) -> QRect:
        pad = look().px(Space.WIDE)
        return rect.adjusted(pad, 0, -pad, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate of a button and the sentence on it."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor((Colour.BRAND if self.isEnabled() else Colour.INK_SOFT).value))
        painter.drawText(self._room(self.rect()), _WRAPPED, self.accessibleName())
        if self.hasFocus():
            paint_focus(painter, self.rect().toRectF(), look().px(Space.RADIUS))
