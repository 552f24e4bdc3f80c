"""What waits to be sent to the engine: news of control in order, sound up to half a second, one picture."""

from __future__ import annotations

import threading
from collections import deque

from devices.call.wire import packed

MOST_SOUNDS = 25
"""Blocks of sound that wait (20 ms each): older ones are dropped, for a late word is worth less than the next."""


class Outgoing:
    """Filled by anyone without waiting, emptied by one thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._control: deque[bytes] = deque()
        self._sounds: deque[bytes] = deque(maxlen=MOST_SOUNDS)
        self._picture: bytes | None = None
        self._over = False

    def control(self, header: dict[str, object]) -> None:
        """Never dropped."""
        with self._changed:
            self._control.append(packed(header))
            self._changed.notify()

    def sound(self, pcm: bytes) -> None:
        """The next block."""
        with self._changed:
            self._sounds.append(packed({"type": "sound"}, pcm))
            self._changed.notify()

    def picture(self, width: int, height: int, rgb: bytes) -> None:
        """The newest picture takes the place of one that still waits."""
        with self._changed:
            self._picture = packed({"type": "picture", "width": width, "height": height}, rgb)
            self._changed.notify()

    def close(self) -> None:
        """Nothing more is to be sent."""
        with self._changed:
            self._over = True
            self._changed.notify()

    def next(self) -> bytes | None:
        """Wait for the next message; None when it is over."""
        with self._changed:
            while True:
                if self._over:
                    return None
                if self._control:
                    return self._control.popleft()
                if self._sounds:
                    return self._sounds.popleft()
                if self._picture is not None:
                    picture, self._picture = self._picture, None
                    return picture
                self._changed.wait()
