"""A camera that plays a script: for the rehearsal, and for tests that want to say what is before the lens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.ports.camera import Frame
from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus
from devices.camera.frames import FrameSource
from devices.running import Run


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and how long it is before the camera (seconds)."""

    picture: Frame
    duration_s: float = 1.0


class ScriptedCamera(FrameSource):
    """Shows its scenes in order (`repeat`: over again, else the last stays), or what `show` was given."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        *,
        fps: float = 10.0,
        repeat: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__("scripted camera", monotonic)
        if fps <= 0:
            raise ValueError("a camera needs a rate above 0")
        self._scenes = tuple(scenes)
        self._period_s = 1 / fps
        self._repeat = repeat
        self._script = threading.Lock()
        self._shown: Frame | None = None
        self._break: Exception | None = None
        self._away: DeviceFault | None = None

    def show(self, picture: Frame | None) -> None:
        """Put this picture before the camera from the next frame on; None goes back to the scenes."""
        with self._script:
            self._shown = picture

    def lose(self, fault: DeviceFault = DeviceFault.LOST) -> None:
        """Unplug it, or let it freeze (FROZEN) and so on: STARTING with this fault, until `find`."""
        with self._script:
            self._away = fault

    def find(self) -> None:
        """Plug it in again."""
        with self._script:
            self._away = None

    def crash(self, error: Exception | None = None) -> None:
        """Let its thread fail with `error` at the next frame."""
        with self._script:
            self._break = error or DeviceError(DeviceFault.LOST, "scripted")

    def _work(self, run: Run) -> None:
        seq, begun = 0, self._monotonic()
        while not run.over:
            with self._script:
                error, self._break = self._break, None
                away, shown = self._away, self._shown
            if error is not None:
                raise error
            picture = shown or self._scene(self._monotonic() - begun)
            if away is not None or picture is None:
                self._become(run, DeviceStatus(DeviceState.STARTING, away or DeviceFault.NOT_FOUND))
            else:
                seq += 1
                self._publish(run, picture.width, picture.height, picture.rgb, seq)
            run.wait(self._period_s)

    def _scene(self, elapsed_s: float) -> Frame | None:
        if not self._scenes:
            return None
        total = sum(scene.duration_s for scene in self._scenes)
        if self._repeat and total > 0:
            elapsed_s %= total
        for scene in self._scenes:
            if elapsed_s < scene.duration_s:
                return scene.picture
            elapsed_s -= scene.duration_s
        return self._scenes[-1].picture
