"""A card reader that types like a keyboard: fast, and with a line's end after each card."""

from __future__ import annotations

import time
from collections.abc import Callable

from devices.card.readings import Readings
from devices.card.text import card_from_text

# A reader's keys follow each other within milliseconds; a stray key of a person is dropped with the next
# card.
GAP_S = 0.2
LONGEST = 1_000


class KeyboardWedgeReader(Readings):
    """A CardReader that is KeyboardFed: the window hands it every key while no field has the focus."""

    def __init__(self, *, gap_s: float = GAP_S, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._gap_s = gap_s
        self._monotonic = monotonic
        self._typed = ""
        self._at_s = 0.0

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
        self._typed = ""
        super().stop()
