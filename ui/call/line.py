"""Signalling over the room's stream: what one call's engine says goes out by the link and comes back by the bridge."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from app.link import Signalled
from app.ports.call import Signal as CallSignal
from app.ports.device import Unsubscribe


class SignalLink(Protocol):
    """What is asked of the link."""

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """Hand a message on; never waits."""
        ...


class RoomLine(QObject):
    """The Signalling of one call. What arrives is handed on in the window's thread."""

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, stream: str, call: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._stream, self._call = link, stream, call
        self._lock = threading.Lock()
        self._ears: dict[object, Callable[[str, CallSignal], None]] = {}
        signalled.connect(self._take)

    def send(self, to: str, message: CallSignal) -> None:
        """From the engine's thread."""
        self._link.signal(self._stream, self._call, to, dict(message))

    def subscribe(self, on_message: Callable[[str, CallSignal], None]) -> Unsubscribe:
        """Hear what is for this machine in this call."""
        key = object()
        with self._lock:
            self._ears[key] = on_message

        def leave() -> None:
            with self._lock:
                self._ears.pop(key, None)

        return leave

    @Slot(object)
    def _take(self, message: Signalled) -> None:
        if (message.stream, message.call) != (self._stream, self._call):
            return
        with self._lock:
            ears = tuple(self._ears.values())
        for hear in ears:
            hear(message.sender, message.message)
