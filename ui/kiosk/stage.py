"""One column of instructions in the middle of the screen, and buttons as wide as it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui.kiosk.names import Name
from ui.kiosk.pictures import Picture
from ui.theme import Role, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_WIDE = 760
"""How wide (px at scale 1.0) a column of instructions is."""


class Stage(Row):
    """One column of instructions in the middle of the screen."""

    def __init__(self) -> None:
        super().__init__(gap=0, margin=(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE))
        self.fill()
        self.column = self.add(_Wide(gap=Space.WIDE), 1)
        self.fill()

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type: distances shrink, and room kept for words not said is given back."""
        side = Space.HAIR if low else Space.PAGE
        self._box_margin = (side, side, side, side)
        self.restyle()
        self.column.be_low(low)
        for line in self.findChildren(Saying):
            line.be_low(low)
        for picture in self.findChildren(Picture):
            picture.setVisible(picture.needed or not low)

    def headline(self, text: str = "") -> Text:
        """The one instruction."""
        return self.column.add(Text(text, Role.INSTRUCTION, align=_MIDDLE))

    def detail(self, text: str = "") -> Text:
        """What else helps, below it."""
        return self.column.add(Text(text, Role.SECTION, soft=True, align=_MIDDLE))


class _Wide(Column):
    """A column that is never wider than words are read with ease."""

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type."""
        self._box_gap = Space.HAIR if low else Space.WIDE
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        self.setMinimumWidth(look().px(_WIDE))


class Saying(NoticeLine):
    """Keeps room for what it may say, so that nothing jumps; on a low screen only while it says something."""

    def __init__(self, *, lines: int = 2) -> None:
        self._low = False
        super().__init__(lines=lines)

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type."""
        self._low = low
        self.setVisible(not low or self.notice() is not None)

    def tell(self, notice: Notice | None) -> None:
        """Say this, or nothing."""
        super().tell(notice)
        self.setVisible(not self._low or notice is not None)


def big(button: Button, name: Name) -> Button:
    """A button across the column, named."""
    button.setObjectName(name)
    button.setProperty("weight", "large")
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
