"""The cameras of the room that this console has addresses of: each with one owner, here, and any number of users."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.ports.camera import Camera, Frame
from app.ports.device import Unsubscribe
from ui.call.shown import Pace, Shrink

END_S = 2.0
"""Seconds that a window which closes waits for a camera at most; one that hangs in the network ends by itself."""


@dataclass(frozen=True)
class NamedCamera:
    """A camera, and what people call it: where it hangs."""

    name: str
    camera: Camera


class RoomCameras(QObject):
    """`came` carries a name and a Frame made small, in the window's thread. A camera runs while anybody uses it."""

    came = Signal(str, object)

    def __init__(self, cameras: Sequence[NamedCamera], shrink: Shrink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cameras = {one.name: one.camera for one in cameras}
        self._pace = {one.name: Pace(shrink) for one in cameras}
        self._users = dict.fromkeys(self._cameras, 0)
        self._leave: dict[str, Unsubscribe] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every camera, in the order of the settings."""
        return tuple(self._cameras)

    def use(self, name: str, on_frame: Callable[[Frame], None]) -> Unsubscribe:
        """Get the frames of a camera as they are, in its thread, until what is returned is called; whoever else uses
        it (a recording) does so beside this."""
        camera = self._cameras[name]
        leave = camera.subscribe(on_frame)
        self._users[name] += 1
        camera.start()

        def give_back() -> None:
            leave()
            self._users[name] -= 1
            if not self._users[name]:
                camera.stop()

        return give_back

    def show(self, wanted: Collection[str], large: str = "") -> None:
        """Let `came` carry the pictures of these cameras, and of no others."""
        for name in [name for name in self._leave if name not in wanted]:
            self._leave.pop(name)()
        for name in self._cameras:
            self._pace[name].look_closely(large=name == large)
            if name in wanted and name not in self._leave:
                self._leave[name] = self.use(name, partial(self._take, name))

    def close(self) -> None:
        """The window ends."""
        self.show(())
        for camera in self._cameras.values():
            camera.join(END_S)

    def _take(self, name: str, frame: Frame) -> None:
        """From the camera's thread."""
        taken = self._pace[name].taken(frame)
        if taken is not None:
            self.came.emit(name, taken)
