"""Keeps a card reader that types like a keyboard from pressing buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ports.ambient import Clock
from app.ports.card import CardReader, KeyboardFed

_READER_S = 0.2
"""A Return so soon after another key was typed by a reader, not by a person."""


class ReaderKeys(QObject):
    """While no field is there to take them (`listening`), typed characters and the Return that closes them go to
    the reader. A person's own Return, coming alone, passes."""

    def __init__(self, window: QWidget, reader: CardReader, clock: Clock, listening: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._reader, self._clock, self._listening = window, reader, clock, listening
        self._typed_at = float("-inf")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a reader's key; leave every other."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window or not self._listening():
            return False
        now = self._clock.monotonic()
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        typed = event.text()
        if typed.isprintable() and typed.strip():
            self._typed_at = now
        elif not is_return or now - self._typed_at > _READER_S:
            return False
        if isinstance(self._reader, KeyboardFed):
            self._reader.type("\n" if is_return else typed)
        return True
