"""A window from its first picture to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.garbage import leave_out_what_stays

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.bridge.bridge import Bridge


def until_closed(app: QApplication, bridge: Bridge) -> int:
    """Start the link and run the window until it closes; returns the application's code."""
    bridge.start()
    leave_out_what_stays()
    try:
        return int(app.exec())
    finally:
        bridge.stop()
