"""Brings the camera's newest picture into the window's thread, never more of them than the window can paint."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal, Slot

from app.ports.camera import Camera, Frame
from app.ports.device import Unsubscribe


class CameraFeed(QObject):
    """While open, `seen` carries frames; between two of them older ones are dropped."""

    seen = Signal(object)
    _came = Signal()

    def __init__(self, camera: Camera, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._lock = threading.Lock()
        self._newest: Frame | None = None
        self._leave: Unsubscribe | None = None
        self._came.connect(self._show)

    def open(self) -> None:
        """Begin."""
        if self._leave is None:
            self._leave = self._camera.subscribe(self._take)

    def close(self) -> None:
        """End; a frame on its way is dropped."""
        if self._leave is not None:
            self._leave()
            self._leave = None
        with self._lock:
            self._newest = None

    def _take(self, frame: Frame) -> None:
        """The camera's thread: only the first of several frames rings the bell."""
        with self._lock:
            waiting, self._newest = self._newest is not None, frame
        if not waiting:
            self._came.emit()

    @Slot()
    def _show(self) -> None:
        with self._lock:
            frame, self._newest = self._newest, None
        if frame is not None and self._leave is not None:
            self.seen.emit(frame)
