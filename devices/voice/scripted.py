"""A voice that only remembers what it was told to say, for tests and for rehearsals without a loudspeaker."""

from __future__ import annotations

import threading

from app.ports.voice import Prompt


class ScriptedVoice:
    """`said` holds every prompt in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: list[Prompt] = []
        self.stopped = False

    @property
    def said(self) -> tuple[Prompt, ...]:
        """What was said since the beginning."""
        with self._lock:
            return tuple(self._said)

    def say(self, prompt: Prompt) -> None:
        """Remember it."""
        with self._lock:
            self._said.append(prompt)

    def stop(self) -> None:
        """Nothing to let go of."""
        self.stopped = True
