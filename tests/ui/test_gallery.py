"""Every scene of the gallery at the sizes people sit before: nothing too small, nothing nameless, nothing cut."""

from __future__ import annotations

import gallery
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from ui.theme import Language, Scale, install

SIZES = [(QSize(1366, 768), Scale.NORMAL), (QSize(1920, 1080), Scale.LARGEST)]


@pytest.fixture(
    params=[(name, *size) for name in gallery.SCENES for size in SIZES], ids=lambda p: f"{p[0]}-{p[1].width()}"
)
def scene(request, qapp, qtbot):
    name, size, scale = request.param
    install(qapp, Language.ZH)
    widget = gallery.show(name, size, scale)
    qtbot.addWidget(widget)
    return widget, size, scale


def test_a_scene_fits_reads_and_tells(scene):
    widget, size, scale = scene
    # The largest type has more to show than 720 rows of px hold in one scene only; windows scroll there.
    assert widget.size() == size, "the scene does not fit the screen"
    for part in widget.findChildren(QWidget):
        if not part.isVisible():
            continue
        assert part.font().pixelSize() >= 15 * scale.value - 1, f"{part} is set too small"
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and type(part) is not QWidget:
            told = part.accessibleName() or (part.text() if isinstance(part, QAbstractButton | QLabel) else "")
            assert told, f"{part} has no name for a screen reader"
        if isinstance(part, QAbstractButton | QLineEdit):
            assert part.height() >= 40 * scale.value, f"{part} is too low for a finger"
