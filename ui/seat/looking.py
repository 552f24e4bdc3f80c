"""The thread that shows a watch what the camera sees, twice a second, and tells what it noticed."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.face import Template
from app.ports.presence import Noticed, Presence, PresenceWatch
from ui.seat.camera import SeatCamera

log = logging.getLogger(__name__)

LOOK_S = 0.5


@dataclass(frozen=True)
class Told:
    """What the look of this number noticed; `said` None where it broke down."""

    number: int
    said: Noticed | None


class Looking(QObject):
    """One watch at a time. `told` carries a Told whenever that changes; one of an earlier number is stale."""

    told = Signal(object)

    def __init__(
        self,
        camera: SeatCamera,
        presence: Presence,
        clock: Clock,
        look_s: float = LOOK_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera, self._presence, self._clock, self._look_s = camera, presence, clock, look_s
        self._number = 0
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self, known: Template | None) -> int:
        """Watch this person until `end`; returns the number by which this watch is told."""
        self.end()
        self._number += 1
        self._stopped = threading.Event()
        thread = threading.Thread(
            target=self._look, args=(known, self._number, self._stopped), name="kawei-presence", daemon=True
        )
        self._threads.append(thread)
        thread.start()
        return self._number

    def end(self) -> None:
        """No more looks; does not wait for the one that may be under way."""
        self._stopped.set()
        self._threads = [thread for thread in self._threads if thread.is_alive()]

    def close(self) -> None:
        """End, and wait until nothing looks any more."""
        self.end()
        for thread in self._threads:
            thread.join(5.0)
        self._threads = []

    # --- the thread

    def _look(self, known: Template | None, number: int, stopped: threading.Event) -> None:
        try:
            watch = self._presence.watch(known, self._clock.monotonic())
            self._look_on(watch, number, stopped)
        except Exception:
            log.exception("the watch over the seat broke down")
            self.told.emit(Told(number, None))

    def _look_on(self, watch: PresenceWatch, number: int, stopped: threading.Event) -> None:
        before: Frame | None = None
        said: Noticed | None = None
        fresh_s = self._clock.monotonic()
        while not stopped.wait(self._look_s):
            frame = self._camera.newest
            if frame is not None and frame is not before:
                # A frame is judged as of now: camera and window need not share a clock.
                before, fresh_s = frame, self._clock.monotonic()
                seen = watch.take(replace(frame, at_s=fresh_s))
            else:
                fresh_s += self._look_s  # looks are counted: a clock that jumps is no camera that is away
                seen = watch.miss(fresh_s)
            if seen != said and not stopped.is_set():
                said = seen
                self.told.emit(Told(number, seen))
