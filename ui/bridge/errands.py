"""Work that may take seconds (a printer, a door, a file), done beside the window one thing after another."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.ports.device import DeviceError

log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Broken = Callable[[Exception], None]


@dataclass(frozen=True)
class _Outcome:
    """What became of an errand, on its way into the window's thread."""

    tell: Callable[[Any], None]
    what: Any


class Errands(QObject):
    """One thread that does errands in their order; the callbacks are called in the thread of this object.

    Faults of the world (`DeviceError`, `OSError`, `ValueError`) go to `broken`; anything else is a bug, which is
    logged as well.
    """

    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._ended.connect(self._pass_on)

    def run(self, work: Callable[[], Any], done: Done, broken: Broken) -> None:
        """Do `work` when its turn comes."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=f"errands-{self._name}", daemon=True)
            self._thread.start()
        self._jobs.put(lambda: self._do(work, done, broken))

    def stop(self) -> None:
        """Finish what is in hand, drop nothing that was begun, and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(timeout=10)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _do(self, work: Callable[[], Any], done: Done, broken: Broken) -> None:
        try:
            outcome = _Outcome(done, work())
        except (DeviceError, OSError, ValueError) as fault:
            outcome = _Outcome(broken, fault)
        except Exception as bug:
            log.exception("an errand of %s failed", self._name)
            outcome = _Outcome(broken, bug)
        self._ended.emit(outcome)

    @Slot(object)
    def _pass_on(self, outcome: _Outcome) -> None:
        outcome.tell(outcome.what)
