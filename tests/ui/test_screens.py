"""The main screens look as they did when somebody last looked at them and was content.

The references in `screens/` are a quarter as wide and high as the window. What is compared is the mean of 4 x 4 px:
another version of the rasteriser moves the edge of a glyph by a part of a px, which such a mean hardly shows, while a
control that moved, vanished or changed its colour changes whole blocks. A block counts as changed from 20 of 255 levels
on, in any channel; one block in 200 may change, which is what a clock that went on by a minute and the caret take.

After a change that is meant: `RENEW_SCREENS=1 pytest tests/ui/test_screens.py`, and look at the new references.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from every_window import opened
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui.theme import Language, Scale
from ui.widgets.page_area import PageArea

REFERENCES = Path(__file__).parent / "screens"
SIZE = QSize(1366, 768)
SCREENS = (
    "seat/zc:give_pledge",
    "seat/zc:propose_chair",
    "seat/zc:confirm",
    "console/room-marking",
    "console/evaluations",
    "kiosk/seat-again",
    "board/in-use",
)
LEVELS, SHARE = 20, 1 / 200


def small(image: QImage) -> QImage:
    """A quarter as wide and high, each px the mean of 4 x 4."""
    wide, high = image.width() // 4, image.height() // 4
    scaled = image.convertToFormat(QImage.Format.Format_RGB32).copy(0, 0, wide * 4, high * 4)
    smooth = Qt.TransformationMode.SmoothTransformation
    return scaled.scaled(wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def changed(one: QImage, other: QImage) -> float:
    """The share of px that differ by LEVELS or more in a channel; 1 where not even the sizes agree."""
    if one.size() != other.size():
        return 1.0
    pixels = [bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()) for image in (one, other)]
    far = [abs(a - b) >= LEVELS for a, b in zip(*pixels, strict=True)]
    blocks = len(far) // 4
    return sum(any(far[4 * at : 4 * at + 3]) for at in range(blocks)) / blocks


def picture(window: QWidget) -> QImage:
    return small(window.grab().toImage())


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(qapp, qtbot, name):
    with opened(name, Language.ZH, SIZE, Scale.NORMAL) as window:
        areas = [area for area in window.findChildren(PageArea) if area.isVisible()]
        qtbot.waitUntil(lambda: all(area.count() == 0 or area.sharp() for area in areas), timeout=10_000)
        seen = picture(window)
    file = REFERENCES / f"{name.replace('/', '-').replace(':', '-')}.png"
    if os.environ.get("RENEW_SCREENS"):
        seen.save(str(file))
    assert changed(seen, QImage(str(file))) <= SHARE


def test_a_control_that_vanished_is_seen_and_a_glyph_that_moved_by_half_a_px_is_not():
    whole = QImage(SIZE, QImage.Format.Format_RGB32)
    whole.fill(QColor("white"))
    painter = QPainter(whole)
    painter.drawText(100, 100, "评标")
    painter.fillRect(600, 600, 160, 48, QColor("#12488C"))
    painter.end()
    without, moved = whole.copy(), QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(without)
    painter.fillRect(600, 600, 160, 48, QColor("white"))
    painter.end()
    moved.fill(QColor("white"))
    painter = QPainter(moved)
    painter.translate(0.5, 0)
    painter.drawText(100, 100, "评标")
    painter.resetTransform()
    painter.fillRect(600, 600, 160, 48, QColor("#12488C"))
    painter.end()
    assert changed(small(whole), small(without)) > SHARE
    assert changed(small(whole), small(moved)) <= SHARE
