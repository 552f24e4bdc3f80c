"""A card reader that types like a keyboard: fast, and with a line's end after each card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.ports.device import DeviceFault, DeviceState, DeviceStatus
from devices.card.readings import Readings
from devices.card.text import card_from_text

# A reader's keys follow each other within milliseconds; a stray key of a person is dropped with the next
# card.
GAP_S = 0.2
LONGEST = 1_000
LOOK_S = 2.0


class KeyboardWedgeReader(Readings):
    """A CardReader that is KeyboardFed: the window hands it every key while no field has the focus.

    Nothing tells it from a keyboard, so that it counts as there from start to stop; where the file that the system
    keeps for it is named (`plug`, on Linux `/dev/input/by-id/...-event-kbd`), pulling it out is noticed: it is
    STARTING with LOST until it is there again.
    """

    def __init__(
        self,
        *,
        gap_s: float = GAP_S,
        plug: Path | None = None,
        look_s: float = LOOK_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._gap_s = gap_s
        self._monotonic = monotonic
        self._typed = ""
        self._at_s = 0.0
        self._plug = plug
        self._look_s = look_s
        self._over = threading.Event()
        self._ending = threading.RLock()  # who hears of a change may stop the reader then and there
        self._looking: threading.Thread | None = None

    def start(self) -> None:
        """Listen for cards, and look after the plug."""
        if self._status.state is not DeviceState.STOPPED:
            return
        super().start()
        if self._plug is not None:
            self._over = threading.Event()
            self._looking = threading.Thread(
                target=self._look, args=(self._plug, self._over), name="card reader's plug", daemon=True
            )
            self._looking.start()

    def join(self, timeout_s: float) -> bool:
        """After `stop`, wait until nobody looks after the plug any more."""
        if self._looking is not None:
            self._looking.join(timeout_s)
        return self._looking is None or not self._looking.is_alive()

    def _look(self, plug: Path, over: threading.Event) -> None:
        while not over.is_set():
            there = plug.exists()
            lost = DeviceStatus(DeviceState.STARTING, DeviceFault.LOST, plug.name)
            with self._ending:
                if not over.is_set():
                    self._become(DeviceStatus(DeviceState.RUNNING) if there else lost)
            over.wait(self._look_s)

    def type(self, text: str) -> None:
        """The characters of one key press; a line's end closes a card."""
        now_s = self._monotonic()
        if now_s - self._at_s > self._gap_s:
            self._typed = ""
        self._at_s = now_s
        for character in text:
            if character in "\r\n":
                line, self._typed = self._typed, ""
                if line.strip():
                    self._tell(card_from_text(line))
            elif len(self._typed) < LONGEST:
                self._typed += character

    def stop(self) -> None:
        """Listen no more, and forget half a card."""
        with self._ending:
            self._over.set()
            self._typed = ""
            super().stop()
