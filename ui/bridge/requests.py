"""Remembers who asked: an answer goes back to the callbacks that were given with its request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.link import Answered, Failed, RoomClient
from ui.bridge.bridge import Bridge

Done = Callable[[Any], None]
Refused = Callable[[Failed], None]


class Requests(QObject):
    """Commands and questions of one window; the callbacks are called in the window's thread, once each."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waiting: dict[str, tuple[Done, Refused]] = {}
        bridge.answered.connect(self._answered)
        bridge.failed.connect(self._failed)

    def send(self, stream: str, kind: str, data: dict[str, Any], done: Done, refused: Refused) -> None:
        """Send a command."""
        self._waiting[self._bridge.link.send(stream, kind, data)] = (done, refused)

    def confirm(
        self, stream: str, kind: str, data: dict[str, Any], password: str, done: Done, refused: Refused
    ) -> None:
        """Send the word of a second person, with the password that was typed afresh."""
        self._waiting[self._bridge.link.confirm(stream, kind, data, password)] = (done, refused)

    def ask(self, kind: str, question: Callable[[RoomClient], Any], done: Done, refused: Refused) -> None:
        """Put a question to the room."""
        self._waiting[self._bridge.link.ask(kind, question)] = (done, refused)

    def forget(self) -> None:
        """Nobody waits any more: answers still on their way are dropped."""
        self._waiting.clear()

    def waiting(self) -> int:
        """How many answers are still to come."""
        return len(self._waiting)

    @Slot(object)
    def _answered(self, answer: Answered) -> None:
        found = self._waiting.pop(answer.request, None)
        if found is not None:
            found[0](answer.value)

    @Slot(object)
    def _failed(self, failure: Failed) -> None:
        found = self._waiting.pop(failure.request, None)
        if found is not None:
            found[1](failure)
