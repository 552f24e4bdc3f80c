"""How long the kiosk waits before it goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass

from ui.kiosk.device_watch import RETRY_S
from ui.kiosk.gate import ANSWER_S


@dataclass(frozen=True)
class Patience:
    """Seconds after which the kiosk goes back by itself: from the seat's number, from the last words, from a page
    that nobody acts on; between two questions whether staff have decided; for a device to answer, and until one that
    failed is begun again."""

    seat_s: float = 30
    last_words_s: float = 12
    rest_s: float = 120
    ask_s: float = 2
    answer_s: float = ANSWER_S
    retry_s: float = RETRY_S


PATIENCE = Patience()
