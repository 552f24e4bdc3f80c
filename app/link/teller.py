"""Brings the link's messages to its one listener: in their order, one at a time, from a thread of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from app.link.messages import Happened, LinkMessage, ViewChanged
from app.link.worker import Worker

MOST_WAITING = 1000

Listener = Callable[[LinkMessage], None]


class Teller:
    """A queue before the listener. Of several views that wait only the newest is told."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._waiting: deque[LinkMessage] = deque()
        self._changed = threading.Condition()
        self.worker = Worker("teller", self._tell_next)

    def tell(self, message: LinkMessage) -> None:
        """Tell soon; never waits."""
        with self._changed:
            if isinstance(message, ViewChanged):
                self._waiting = deque(one for one in self._waiting if not isinstance(one, ViewChanged))
            self._waiting.append(message)
        self.worker.ring()

    def tell_patiently(self, message: LinkMessage) -> None:
        """Tell soon, but wait first while the listener is far behind: the room keeps what is not read yet."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._waiting) < MOST_WAITING or self.worker.stopped.is_set())
        self.tell(message)

    def forget_journal(self) -> None:
        """Drop the entries that wait: the journal is about to be told from its beginning."""
        with self._changed:
            self._waiting = deque(one for one in self._waiting if not isinstance(one, Happened))
            self._changed.notify_all()

    def stop(self) -> None:
        """Tell nothing any more; does not wait for the message at hand."""
        self.worker.stop()
        with self._changed:
            self._waiting.clear()
            self._changed.notify_all()

    def _tell_next(self) -> float | None:
        with self._changed:
            message = self._waiting.popleft() if self._waiting else None
            self._changed.notify_all()
        if message is None:
            return None
        self._listener(message)
        return 0
