"""What both cameras do with a picture once they have it."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.ports.camera import Frame
from app.ports.device import DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from devices.listeners import Listeners
from devices.running import Run, RunningDevice

REST_S = 0.2
"""While nobody subscribes, the newest frame is renewed so often: decoding all of them would cost a seat, whose member
works for hours before it, more than looking at them does."""


class FrameSource(RunningDevice):
    """Numbers and stamps pictures, keeps the newest, tells the subscribers."""

    def __init__(self, name: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name)
        self._monotonic = monotonic
        self._subscribers: Listeners[Frame] = Listeners()
        self._latest: Frame | None = None

    @property
    def latest(self) -> Frame | None:
        """The newest frame since the last start; None before the first."""
        return self._latest

    def subscribe(self, on_frame: Callable[[Frame], None]) -> Unsubscribe:
        """Get every frame, in the camera's thread."""
        return self._subscribers.add(on_frame)

    def start(self) -> None:
        """Begin with no frame: an old face must not be taken for the one before the camera now."""
        if self.status.state in (DeviceState.STOPPED, DeviceState.FAILED):
            self._latest = None
        super().start()

    def _rests(self) -> bool:
        """Whether the next picture may go by: nobody listens, and the newest frame is new enough."""
        newest = self._latest
        return not self._subscribers.any() and newest is not None and self._monotonic() - newest.at_s < REST_S

    def _publish(
        self, run: Run, width: int, height: int, rgb: bytes, seq: int, fault: DeviceFault | None = None
    ) -> None:
        frame = Frame(width, height, rgb, self._monotonic(), seq)
        if self._become(run, DeviceStatus(DeviceState.RUNNING, fault)):
            self._latest = frame
            self._subscribers.tell(frame)
