"""One column of instructions in the middle of the screen, and buttons as wide as it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui.kiosk.names import Name
from ui.theme import Role, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
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

    def headline(self, text: str = "") -> Text:
        """The one instruction."""
        return self.column.add(Text(text, Role.INSTRUCTION, align=_MIDDLE))

    def detail(self, text: str = "") -> Text:
        """What else helps, below it."""
        return self.column.add(Text(text, Role.SECTION, soft=True, align=_MIDDLE))


class _Wide(Column):
    """A column that is never wider than words are read with ease."""

    def restyle(self) -> None:
        super().restyle()
        self.setMinimumWidth(look().px(_WIDE))


def big(button: Button, name: Name) -> Button:
    """A button across the column, named."""
    button.setObjectName(name)
    button.setProperty("weight", "large")
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
