"""A thread that takes one step after another until it is told to stop; every thread of the link is one of these."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

_AFTER_A_BUG_S = 1.0

Step = Callable[[], float | None]
"""Does one piece of work; returns how long to wait before the next in seconds, or None: until the worker is rung."""


class Worker:
    """Runs `step` in a thread of its own. A bug in a step is logged, and the thread goes on."""

    def __init__(self, name: str, step: Step) -> None:
        self.stopped = threading.Event()
        """Set once the worker is to end; a long step looks at it."""
        self._step = step
        self._bell = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"kawei-{name}", daemon=True)

    def start(self) -> None:
        """Begin with a first step."""
        self._thread.start()

    def ring(self) -> None:
        """Something is to be done: take the next step at once."""
        self._bell.set()

    def stop(self) -> None:
        """End behind the step at hand; does not wait for it."""
        self.stopped.set()
        self._bell.set()

    def join(self, timeout_s: float) -> bool:
        """Wait until the thread has ended; False where it still runs after `timeout_s`."""
        if self._thread.ident is None or self._thread is threading.current_thread():
            return True
        self._thread.join(max(timeout_s, 0.0))
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            # Cleared first: whoever rings while the step runs gets another one.
            self._bell.clear()
            if self.stopped.is_set():
                return
            try:
                pause = self._step()
            except Exception:
                log.exception("%s failed", self._thread.name)
                pause = _AFTER_A_BUG_S
            if pause is None or pause > 0:
                self._bell.wait(pause)
