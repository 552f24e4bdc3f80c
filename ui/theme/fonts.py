"""Loads the bundled faces of Noto Sans SC into Qt."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

import resources

FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FAMILY = "Noto Sans SC"
# Characters of Ext-B in some personal names are not in Noto Sans SC; whatever the system has may help out.
FALLBACKS = ("Noto Sans CJK SC", "Source Han Sans SC", "HanaMinB", "SimSun-ExtB", "WenQuanYi Zen Hei")


class FontFault(Exception):
    """A face is not there or cannot be read; `code` is stable."""

    code = "font_missing"


def load() -> str:
    """Load both weights and return the family's name; FontFault says what is missing. Loading twice is cheap."""
    if FAMILY in QFontDatabase.families() and _has_both_weights():
        return FAMILY
    for face in FACES:
        path = resources.path("fonts", face)
        if not path.is_file() or QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontFault(f"字体 {face} 缺失，请运行 make setup。 The font {face} is missing: run `make setup`.")
    return FAMILY


def _has_both_weights() -> bool:
    styles = set(QFontDatabase.styles(FAMILY))
    return {"Regular", "Bold"} <= styles
