"""A recorder on a thread of its own, so that a slow disk stalls no call."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from app.ports.call import RecordingState
from app.recordings.manifest import BrokenManifest
from devices.call.recorder import EncodedFrame, Recorder

log = logging.getLogger(__name__)

TICK_S = 0.2


class RecordingThread:
    """Takes frames from anywhere without waiting; `close` sees all that was taken on the disk."""

    def __init__(self, make: Callable[[], Recorder], on_state: Callable[[RecordingState], None]) -> None:
        """`make` opens the recording, on the thread; `on_state` hears, there too, every change of how it stands."""
        self._make, self._on_state = make, on_state
        self._frames: queue.SimpleQueue[EncodedFrame | None] = queue.SimpleQueue()
        self._recorder: Recorder | None = None
        self._orderly = True
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    @property
    def key_wanted(self) -> bool:
        """Whether the picture should bring a key frame soon."""
        recorder = self._recorder
        return recorder is not None and recorder.key_wanted

    def take(self, frame: EncodedFrame) -> None:
        """One frame."""
        self._frames.put(frame)

    def close(self, *, orderly: bool = True) -> None:
        """Write what was taken, and end; not `orderly` where the owner was lost."""
        self._orderly = orderly
        self._frames.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._recorder = recorder = self._make()
        except (BrokenManifest, OSError) as error:
            log.error("recording cannot go on: %s", error)
            self._on_state(RecordingState.BROKEN)
            while self._frames.get() is not None:
                pass
            return
        told: RecordingState | None = None
        while True:
            state = RecordingState.DISK if recorder.stopped else RecordingState.RUNNING
            if state is not told:
                told = state
                self._on_state(state)
            try:
                frame = self._frames.get(timeout=TICK_S)
                if frame is None:
                    break
                recorder.take(frame)
            except queue.Empty:
                pass
            recorder.tick(now_ms())
        recorder.close(orderly=self._orderly)


_EPOCH_MS = time.time_ns() // 1_000_000 - time.monotonic_ns() // 1_000_000


def now_ms() -> int:
    """Milliseconds since 1970 that only grow: the machine's time as it was when the engine began, and what passed."""
    return _EPOCH_MS + time.monotonic_ns() // 1_000_000
