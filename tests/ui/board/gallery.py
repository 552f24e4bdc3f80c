"""Paints the wall display into PNGs, to be looked at: `python gallery.py FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "console"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from console_ground import empty_room, marking, seen
from fake_room import FakeBridge
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from devices.ambient import SystemClock
from ui.board.window import BoardWindow
from ui.theme import Scale, apply, install

SIZES = ((QSize(1920, 1080), Scale.NORMAL), (QSize(1366, 768), Scale.NORMAL), (QSize(1920, 1080), Scale.LARGEST))


def paint(folder: Path) -> None:
    """Paint the display, empty and in use."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, "zh")
    folder.mkdir(parents=True, exist_ok=True)
    for name, view in (("free", empty_room(None)), ("in-use", seen(marking, None))):
        for size, scale in SIZES:
            apply(app, scale)
            bridge = FakeBridge()
            window = BoardWindow(bridge, SystemClock())  # type: ignore[arg-type]
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            window.resize(size)
            window.show()
            bridge.show(view | {"at": "2026-03-02T09:41:00.000000+08:00"})
            QTest.qWait(30)
            window.grab().save(str(folder / f"{name}-{size.width()}-{scale.value}.png"))
            window.close()


if __name__ == "__main__":
    paint(Path(sys.argv[1]))
