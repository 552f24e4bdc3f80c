"""The seat's camera and its one owner: on from the first sitting to the wiping, used again as soon as it returns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.ports.camera import Camera, Frame
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe

PICTURE_MS = 500
"""How often the own picture is renewed: to show that it is live, not to shave by."""
AGAIN_S = 5
"""After so many seconds a camera that gave up is started again."""


class SeatCamera(QObject):
    """Starts and stops the camera; whoever wants frames subscribes to it and never touches its state.

    `pictured` carries the newest Frame, or None while there is none.
    """

    pictured = Signal(object)
    _status_came = Signal(object)

    def __init__(self, camera: Camera, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._unwatch: Unsubscribe | None = None
        self._failed_for_s = 0
        self._pace = QTimer(self)
        self._pace.setInterval(PICTURE_MS)
        self._pace.timeout.connect(self._show)
        self._status_came.connect(self._take_status)

    @property
    def is_open(self) -> bool:
        """Whether it is to be on."""
        return self._unwatch is not None

    @property
    def newest(self) -> Frame | None:
        """The newest frame, None while the camera gives none."""
        running = self.is_open and self._camera.status.state is DeviceState.RUNNING
        return self._camera.latest if running else None

    def subscribe(self, on_frame: Callable[[Frame], None]) -> Unsubscribe:
        """Get every frame in the camera's thread, while it is on."""
        return self._camera.subscribe(on_frame)

    def open(self) -> None:
        """On; doing so again changes nothing."""
        if not self.is_open:
            self._unwatch = self._camera.watch(self._status_came.emit)
            self._failed_for_s = 0
            self._camera.start()
            self._pace.start()

    def close(self) -> None:
        """Off, and nothing of it runs any more."""
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None
            self._pace.stop()
            self._camera.stop()
            self._camera.join(2.0)
            self.pictured.emit(None)

    def again(self) -> None:
        """The driver has been told of another camera: take that, if one is to be on."""
        if self.is_open:
            self._camera.stop()
            self._camera.start()

    def tick(self) -> None:
        """A second has passed."""
        if self.is_open and self._camera.status.state in {DeviceState.FAILED, DeviceState.STOPPED}:
            self._failed_for_s += 1
            if self._failed_for_s >= AGAIN_S:
                self._failed_for_s = 0
                self._camera.start()

    def _show(self) -> None:
        self.pictured.emit(self.newest)

    def _take_status(self, status: DeviceStatus) -> None:
        if status.state is not DeviceState.RUNNING:
            self.pictured.emit(None)
