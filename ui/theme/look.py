"""What an application wears: `apply` puts it on, `look` tells it to widgets that paint themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import fonts
from ui.theme.sheet import sheet
from ui.theme.tokens import Colour, Contrast, Role, Scale

_CONTRAST = "kawei_contrast"


@dataclass(frozen=True)
class Look:
    """Sizes and type at one scale."""

    scale: Scale
    _factor: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_factor", self.scale.value)  # an Enum's value is slow to ask for

    @property
    def contrast(self) -> Contrast:
        """The palette that is worn."""
        app = QCoreApplication.instance()
        worn = app.property(_CONTRAST) if app is not None else None
        return Contrast(worn) if worn is not None else Contrast.NORMAL

    def px(self, size: float) -> int:
        """`size` px of scale 1.0 at this scale, rounded to whole px and never to nothing."""
        return max(1, round(size * self._factor))

    def font(self, role: Role) -> QFont:
        """The face in which `role` is set. A copy: the caller may change it."""
        return self.sized(role.size, bold=role.bold)

    def sized(self, size: float, *, bold: bool) -> QFont:
        """The face at `size` px of scale 1.0, for the few drawings that fit their type to a space."""
        return QFont(_font(self.px(size), bold))


@lru_cache(maxsize=128)
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies([fonts.FAMILY, *fonts.FALLBACKS])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


_WORN = [Look(Scale.NORMAL)]
"""What is worn. Asked thousands of times while a window is painted, so it stands here; set by `apply` alone."""


def look() -> Look:
    """The look the application wears now; scale 1.0 before `apply`."""
    return _WORN[0]


def apply(app: QApplication, scale: Scale = Scale.NORMAL, contrast: Contrast | None = None) -> None:
    """Dress `app`: Fusion, fonts, palette and style sheet at `scale`; None keeps the contrast that is worn.

    Widgets hear a StyleChange event.

    May be called again at any time with another scale. Raises `fonts.FontFault` where set-up has not run.
    """
    fonts.load()
    _WORN[0] = Look(scale)
    if contrast is not None:
        app.setProperty(_CONTRAST, contrast.value)
        Colour.wear(contrast)
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    app.setPalette(_palette())
    app.setFont(look().font(Role.BODY))
    # Nothing blinks: a caret that stands still is found as easily and tires less.
    app.setCursorFlashTime(0)
    app.setStyleSheet(sheet(look().px))


def _palette() -> QPalette:
    """Fusion's palette, for what the style sheet does not reach."""
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, Colour.BACKGROUND),
        (QPalette.ColorRole.Base, Colour.SURFACE),
        (QPalette.ColorRole.AlternateBase, Colour.SUNKEN),
        (QPalette.ColorRole.WindowText, Colour.INK),
        (QPalette.ColorRole.Text, Colour.INK),
        (QPalette.ColorRole.Button, Colour.SURFACE),
        (QPalette.ColorRole.ButtonText, Colour.INK),
        (QPalette.ColorRole.ToolTipBase, Colour.SURFACE),
        (QPalette.ColorRole.ToolTipText, Colour.INK),
        (QPalette.ColorRole.PlaceholderText, Colour.INK_SOFT),
        (QPalette.ColorRole.Highlight, Colour.BRAND),
        (QPalette.ColorRole.HighlightedText, Colour.SURFACE),
    ):
        palette.setColor(role, QColor(colour.value))
    return palette
