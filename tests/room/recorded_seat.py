"""A seat's program without its windows: link, scripted camera, recording. Run as a process by a test that kills it:
`python -m tests.room.recorded_seat URL DEVICE SEAT FOLDER`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.link import RoomLink, ViewChanged
from app.link.messages import LinkMessage
from app.ports.camera import Frame
from devices.call.alone import recorder
from devices.call.process import EngineCall
from devices.camera.scripted import Scene, ScriptedCamera
from tests.link.link_ground import QUICK, KnownMachine
from ui.seat.recording import SeatRecording
from ui.seat.steps import Sight

_COARSE = np.random.default_rng(7).integers(0, 256, (24, 9, 16, 3), dtype=np.uint8)
PICTURES = _COARSE.repeat(20, axis=1).repeat(20, axis=2)
"""Coarse enough that an encoder on a busy machine drops none."""


class Program(QObject):
    """What a seat's program is without its windows."""

    viewed = Signal(object)

    def __init__(self, url: str, device: str, seat: str, folder: Path) -> None:
        super().__init__()
        secret = hashlib.sha256(device.encode()).digest()
        self.link = RoomLink(KnownMachine(device, "seat", seat, url, "", secret), folder, self._told, "en", QUICK)
        self.camera = ScriptedCamera([Scene(Frame(320, 180, one.tobytes()), 0.1) for one in PICTURES], fps=10)
        self.engines: list[EngineCall] = []
        self.recording = SeatRecording(self.link.recordings, self.camera, self._make)
        self.viewed.connect(lambda view: self.recording.show_sight(Sight(view), sits=True))
        self.camera.start()
        self.link.start()

    def _make(self, folder: Path, key: bytes) -> EngineCall:
        self.engines.append(recorder(folder, key))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)

    def leave(self) -> None:
        """Nobody sits here any more."""
        self.viewed.disconnect()
        self.recording.show_sight(Sight({}), sits=False)

    def end(self) -> None:
        self.recording.close()
        for engine in self.engines:
            engine.stop()
            assert engine.join(10)
        self.camera.stop()
        assert self.camera.join(10)
        self.link.stop()


if __name__ == "__main__":
    app = QCoreApplication([])
    program = Program(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    app.exec()
