"""One line of JSON a message between the play's parent and its children: over standard input and output."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import IO, Any

Message = dict[str, Any]


class Wire:
    """The writing end, safe from several threads."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def say(self, kind: str, **fields: Any) -> None:
        """Send one message; a closed other end is silently ignored, its process is being watched anyway."""
        line = json.dumps({"say": kind, **fields}, ensure_ascii=False)
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except (BrokenPipeError, ValueError):
                return


def listen(stream: IO[str], hear: Callable[[Message], None], ended: Callable[[], None], name: str) -> threading.Thread:
    """Hear every message of `stream` in a thread of its own; `ended` when the other end closes."""

    def run() -> None:
        for line in stream:
            try:
                message = json.loads(line)
            except ValueError:
                continue  # a library that prints is not a message
            if isinstance(message, dict) and "say" in message:
                hear(message)
        ended()

    thread = threading.Thread(target=run, name=f"wire-{name}", daemon=True)
    thread.start()
    return thread
