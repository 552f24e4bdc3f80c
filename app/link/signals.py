"""Takes the messages of a call's engine to the room, one after another, beside everything else that is asked."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.worker import Worker

MOST_WAITING = 256


class SignalPost:
    """A queue in memory: what the room does not take now is dropped, for an engine says it again."""

    def __init__(self, client: RoomClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._waiting: deque[tuple[str, str, str, dict[str, str]]] = deque(maxlen=MOST_WAITING)
        self.worker = Worker("signals", self._send_next)

    def send(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """Send soon; never waits."""
        with self._lock:
            self._waiting.append((stream, call, to, message))
        self.worker.ring()

    def _send_next(self) -> float | None:
        with self._lock:
            signal = self._waiting.popleft() if self._waiting else None
        if signal is None:
            return None
        with suppress(LinkFault, RoomRefused):
            self._client.signal(*signal)
        return 0
