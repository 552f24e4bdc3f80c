"""A member's own notes on pages: kept on this machine alone, under a key that never leaves it, until the member leaves.

Unlike drafts they go to no room: neither a spare seat nor anybody else gets them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.journal import JsonValue, plain
from app.link.safe import Safe
from app.link.worker import Worker

DISK_PAUSE_S = 5.0
"""Before a disk that did not take notes is tried again."""


class NoteBook:
    """Notes by place. `put` never waits: a thread brings them to the disk. Safe from several threads."""

    def __init__(self, safe: Safe, unkept: Callable[[], None]) -> None:
        """`unkept` is called where the disk does not take them, which are then in memory alone."""
        self._safe, self._unkept = safe, unkept
        self._lock = threading.Lock()
        self._disk = threading.Lock()
        """Over the files; taken before `_lock`, never by `put`."""
        self._told = False
        safe.set_aside()
        self._held: dict[str, JsonValue] = dict(safe.items())
        self._fresh: set[str] = set()
        self.worker = Worker("notes", self._keep)

    def put(self, place: str, content: object) -> None:
        """Keep the notes of a place. Raises `NotCanonical` for what is not JSON."""
        with self._lock:
            self._held[place] = plain(content)
            self._fresh.add(place)
        self.worker.ring()

    def get(self, place: str) -> JsonValue:
        """The notes of a place, or None."""
        with self._lock:
            return self._held.get(place)

    def stop(self) -> None:
        """End the thread and bring what is left to the disk; does not wait for it."""
        self.worker.stop()
        self._keep()

    def wipe(self) -> None:
        """Forget every note. Raises `OSError` where the disk does not let go of one."""
        with self._disk:
            with self._lock:
                self._held.clear()
                self._fresh.clear()
            self._safe.clear()

    def _keep(self) -> float | None:
        while True:
            with self._disk:
                with self._lock:
                    place = next(iter(self._fresh), None)
                    if place is None:
                        self._told = False
                        return None
                    self._fresh.discard(place)
                    content = self._held[place]
                try:
                    self._safe.put(place, content)
                except OSError:
                    with self._lock:
                        self._fresh.add(place)
                    break
        if not self._told:
            self._told = True
            self._unkept()
        return DISK_PAUSE_S
