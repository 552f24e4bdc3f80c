"""How much of a line the picture may take: it leaves room before the line is full, so that sound does not wait.

libwebrtc finds out how much a line carries by filling it, a fifth of a second deep on a narrow one, and a jitter
buffer then holds every word back for as long, many seconds after. So the picture's share is cut as soon as packets
begin to wait, and tried higher again after a while.
"""

from __future__ import annotations

from collections import deque

WAITING_S = 0.06
"""A round trip longer than the shortest of the last turns by this says that packets wait on the line."""
KEPT = 20
SHARE = 0.6
"""Of what the line was found to carry."""
LEAST = 80_000
"""Bits a second with which a small picture still moves."""
FALL = 0.5
"""An estimate that falls below this part of the last one says so before any report of waiting packets has come."""
NARROW = 0.5
"""A line that carries this part of the most, or more, is not cut: its queue is not the picture's."""
CALM = 3
"""Turns that a queue is given to drain before the share is cut again."""
HELD = 30
"""Turns for which a share that was cut is kept."""
STEP = 1.1
"""By which it rises afterwards, a turn."""


class Ceiling:
    """Asked once a second, a turn; `now` is the share in bits a second, which nothing exceeds."""

    def __init__(self, most: int) -> None:
        self.now = self._most = most
        self._trips: deque[float] = deque(maxlen=KEPT)
        self._since = HELD
        self._carried = 0.0

    def turn(self, round_trip_s: float | None, carried: float | None) -> bool:
        """Whether it changed, after a turn with this mean round trip and this estimate of what the line carries."""
        before = self.now
        self._since += 1
        if carried is None:
            return False
        fell, self._carried = carried < FALL * self._carried, carried
        if round_trip_s is not None:
            self._trips.append(round_trip_s)
        waits = round_trip_s is not None and round_trip_s - min(self._trips) > WAITING_S
        if carried < NARROW * self._most and (fell or waits):
            if self._since > CALM:
                self.now = max(LEAST, int(SHARE * min(self.now, carried)))
                self._since = 0
        elif self._since > HELD:
            self.now = min(self._most, int(self.now * STEP))
        return self.now != before
