"""The key to speak: a short press opens or closes the microphone, a long one opens it only while it is held."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

KEY = Qt.Key.Key_F8
HELD_MS = 400
"""Who holds the key for longer speaks by holding; shorter is a switch."""


class Mouth(Protocol):
    """What the key opens and closes."""

    @property
    def speaking(self) -> bool:
        """Whether the own voice goes out."""
        ...

    def open_mouth(self, *, speaking: bool) -> None:
        """Let it go out, or no more."""
        ...


class SpeakKey(QObject):
    """Serves `desk` while `usable` (its button) is to be seen and enabled, wherever in its window the focus is."""

    def __init__(self, desk: Mouth, usable: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._usable = desk, usable
        self._since = QElapsedTimer()
        self._down = self._opened = False
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before any shortcut does; a window that loses the keyboard lets the key go."""
        if event.type() is QEvent.Type.WindowDeactivate and watched is self._usable.window() and self._down:
            self._release(held=True)
            return False
        if not isinstance(event, QKeyEvent) or event.key() != KEY:
            return False
        if event.type() is QEvent.Type.KeyRelease and self._down:
            if not event.isAutoRepeat():
                self._release(held=self._since.elapsed() >= HELD_MS)
            return True
        if not self._usable.isVisible() or not self._usable.isEnabled() or not self._usable.window().isActiveWindow():
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:
            if not event.isAutoRepeat() and not self._down:
                self._press()
            return True
        return False

    def _press(self) -> None:
        self._down, self._opened = True, not self._desk.speaking
        self._since.start()
        self._desk.open_mouth(speaking=self._opened)

    def _release(self, *, held: bool) -> None:
        self._down = False
        if held and self._opened:
            self._desk.open_mouth(speaking=False)
