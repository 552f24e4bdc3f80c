"""A window from its first picture to its last."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.bridge.bridge import Bridge


def until_closed(app: QApplication, bridge: Bridge) -> int:
    """Start the link and run the window until it closes; returns the application's code."""
    bridge.start()
    # What the window is made of lives as long as it does: looking through all of it for garbage again and again would
    # cost a frame of up to 60 ms each time.
    gc.collect()
    gc.freeze()
    try:
        return int(app.exec())
    finally:
        bridge.stop()
