"""Who wants to hear of something, safe to change from any thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from app.ports.device import Unsubscribe

T = TypeVar("T")
log = logging.getLogger(__name__)


class Listeners(Generic[T]):
    """An ordered set of callbacks; one that raises is logged and does not keep the others from hearing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: dict[object, Callable[[T], None]] = {}

    def add(self, callback: Callable[[T], None]) -> Unsubscribe:
        """Hear everything told from now on."""
        key = object()  # the same function may listen twice and leave once
        with self._lock:
            self._callbacks[key] = callback

        def leave() -> None:
            with self._lock:
                self._callbacks.pop(key, None)

        return leave

    def any(self) -> bool:
        """Whether anyone listens."""
        with self._lock:
            return bool(self._callbacks)

    def tell(self, thing: T) -> None:
        """Call everyone in the caller's thread, outside the lock: a listener may come or leave."""
        with self._lock:
            callbacks = tuple(self._callbacks.values())
        for callback in callbacks:
            try:
                callback(thing)
            except Exception:
                log.exception("a listener failed")
