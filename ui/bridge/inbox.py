"""Messages on their way from the link's thread to the window's: few at a time, and never more than so many."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from app.link import LinkMessage, ViewChanged

MOST_WAITING = 1000


class Inbox:
    """A queue between two threads. The link waits while it is full, and the room then keeps what is not read yet;
    the window never waits. Of several views that wait only the newest is handed out."""

    def __init__(self, wake: Callable[[], object]) -> None:
        """`wake` is called, from the link's thread, whenever the first message arrives in an empty inbox."""
        self._wake = wake
        self._waiting: deque[LinkMessage] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, message: LinkMessage) -> None:
        """Bring a message; waits while the inbox is full. Behind `close` it is dropped."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._waiting) < MOST_WAITING)
            if self._closed:
                return
            was_empty = not self._waiting
            if isinstance(message, ViewChanged):
                self._waiting = deque(one for one in self._waiting if not isinstance(one, ViewChanged))
            self._waiting.append(message)
        if was_empty:
            self._wake()

    def take(self, most: int) -> list[LinkMessage]:
        """The next messages, at most so many; never waits."""
        with self._changed:
            taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            self._changed.notify_all()
        return taken

    def close(self) -> None:
        """Nobody reads any more: drop what waits, and let go of whoever does."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._waiting)
