"""The cameras of the room recorded: from the first entry of an evaluation to the last exit, whoever is logged in."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.evaluation.matters.recording.records import camera_party
from app.ports.call import Call, CallNews, EngineLost, RecordingChanged, RecordingState, SegmentKept
from app.ports.camera import Frame
from app.ports.device import Unsubscribe
from ui.call.kept import END_S, PICTURES_S, STEP, RecorderMaker
from ui.call.shown import Shrink
from ui.console.room_cameras import RoomCameras
from ui.console.sight import Sight

HIGH = 720
"""Rows of a kept picture at most."""

Place = tuple[str, str]
"""Stream, and the party of a camera."""


class CamerasLink(Protocol):
    """What is asked of the link's `RecordingPost`."""

    def record_all(self, places: Collection[Place]) -> dict[Place, Path]:
        """From now on these are recorded here, and nothing else; the folder of each."""
        ...

    def tell(self, place: Place, state: str, hours_left: int) -> None:
        """So it stands with a recording."""
        ...


class CameraRecording(QObject):
    """Follows the view, which says in which evaluations anybody is at a seat. Each camera has an engine of its own for
    each of them, so that no recording can be in the other's way."""

    _came = Signal(object, object)

    def __init__(
        self,
        link: CamerasLink,
        cameras: RoomCameras,
        make: RecorderMaker,
        shrink: Shrink,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._cameras, self._make, self._shrink = link, cameras, make, shrink
        self._stays: dict[Place, _Stay] = {}
        self._settled = self._closed = False
        self._hours: dict[Place, int] = {}
        self.states: dict[Place, RecordingState] = {}
        """How it stands with each that goes on; none that was not heard of yet."""
        self._came.connect(self._take)

    def show_sight(self, sight: Sight) -> None:
        """Record in the evaluations that the room says, and in no others."""
        told = sight.room.get("recording") or {}
        streams = told.get("streams") or ()
        wanted = {(str(stream), camera_party(name)): name for stream in streams for name in self._cameras.names}
        if self._closed or (self._settled and set(wanted) == set(self._stays)):
            return
        self._settled = True
        for place in [place for place in self._stays if place not in wanted]:
            self._stays.pop(place).end()
            self.states.pop(place, None)
        folders = self._link.record_all(wanted)
        for place, name in wanted.items():
            if place not in self._stays:
                call = self._make(folders[place], bytes.fromhex(str(told["key"])))
                call.subscribe(partial(self._hear, place))  # to the end: the last segment comes then
                self._stays[place] = _Stay(call, self._cameras, name, self._shrink)

    def close(self) -> None:
        """The window goes; what was taken is on the disk, and no view begins anything anew."""
        self._closed = True
        stays = list(self._stays.values())
        self._stays.clear()
        for stay in stays:
            stay.end()
        for stay in stays:
            stay.call.join(END_S)

    def _hear(self, place: Place, news: CallNews) -> None:
        """From the engine's thread."""
        if isinstance(news, RecordingChanged | SegmentKept | EngineLost):
            self._came.emit(place, news)

    @Slot(object, object)
    def _take(self, place: Place, news: CallNews) -> None:
        if isinstance(news, RecordingChanged) and place in self._stays:
            self._hours[place], self.states[place] = news.seconds_left // 3600, news.state
        elif isinstance(news, EngineLost):
            self.states.pop(place, None)  # a new engine is being started; the hole gets its name
        state = self.states.get(place, RecordingState.RUNNING)
        self._link.tell(place, state.value, self._hours.get(place, 0))


class _Stay:
    """One camera kept in one evaluation."""

    def __init__(self, call: Call, cameras: RoomCameras, name: str, shrink: Shrink) -> None:
        self.call, self._shrink = call, shrink
        self._picture_at = 0.0
        call.mute(sound=True, picture=False)
        call.start()
        self._leave: Unsubscribe = cameras.use(name, self._show)

    def end(self) -> None:
        """Nothing more of it."""
        self._leave()
        self.call.stop()

    def _show(self, frame: Frame) -> None:
        """From the camera's thread."""
        if frame.at_s - self._picture_at >= PICTURES_S - STEP:
            self._picture_at = frame.at_s
            self.call.show(self._shrink(frame, HIGH))
