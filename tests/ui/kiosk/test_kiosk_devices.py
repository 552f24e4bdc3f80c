"""What the kiosk says of a camera that this room does not know, and of a reader that was pulled out."""

from __future__ import annotations

import pytest
from kiosk_ground import Make, shown
from pytestqt.qtbot import QtBot

from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus
from ui.kiosk.patience import Patience


@pytest.mark.parametrize("fault", [DeviceFault.NOT_ENROLLED, DeviceFault.VIRTUAL])
def test_a_camera_that_is_not_enrolled_is_said_and_staff_look(qtbot: QtBot, make: Make, fault: DeviceFault) -> None:
    door = make(patience=Patience(retry_s=60.0))
    qtbot.waitUntil(lambda: door.camera.status.state is not DeviceState.STOPPED)
    door.camera.crash(DeviceError(fault))
    qtbot.waitUntil(lambda: "not enrolled for this room" in shown(door.window))


def test_a_reader_that_is_looked_for_again_is_said(qtbot: QtBot, make: Make) -> None:
    door = make()
    door.reader._become(DeviceStatus(DeviceState.STARTING, DeviceFault.LOST))
    qtbot.waitUntil(lambda: "type your number" in shown(door.window))
    door.reader._become(DeviceStatus(DeviceState.RUNNING))
    qtbot.waitUntil(lambda: "card reader does not answer" not in shown(door.window))
