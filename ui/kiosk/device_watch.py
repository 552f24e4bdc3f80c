"""Keeps the kiosk's camera and reader going: one that failed is begun again, and the window hears how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.ports.device import Device, DeviceState, DeviceStatus

RETRY_S = 5.0


class DeviceWatch(QObject):
    """`changed` when a device became better or worse; nobody has to restart a program for a cable."""

    changed = Signal()
    _heard = Signal()

    def __init__(self, devices: Sequence[Device], parent: QObject | None = None, *, retry_s: float = RETRY_S) -> None:
        super().__init__(parent)
        self._devices = tuple(devices)
        self._heard.connect(self._look)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(round(retry_s * 1000))
        self._again.timeout.connect(self._begin_failed)
        self._leave = [device.watch(self._told) for device in self._devices]

    def stop(self) -> None:
        """Watch no longer."""
        self._again.stop()
        for leave in self._leave:
            leave()

    def _told(self, _status: DeviceStatus) -> None:
        """The device's own thread."""
        self._heard.emit()

    @Slot()
    def _look(self) -> None:
        if any(_failed(device) for device in self._devices) and not self._again.isActive():
            self._again.start()
        self.changed.emit()

    @Slot()
    def _begin_failed(self) -> None:
        for device in self._devices:
            if _failed(device):
                device.start()


def _failed(device: Device) -> bool:
    return device.status.state is DeviceState.FAILED
