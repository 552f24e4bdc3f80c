"""What is recorded at a seat: its camera from the first entry to the last exit, and what is said here in calls, raw."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.ports.call import Call, CallNews, EngineLost, RecordingChanged, RecordingState, SegmentKept
from app.ports.camera import Camera, Frame
from app.ports.device import Unsubscribe
from ui.call.kept import END_S, PICTURES_S, STEP, RecorderMaker
from ui.seat.steps import Sight


class RecordingLink(Protocol):
    """What is asked of the link's `RecordingPost`."""

    def record_into(self, place: tuple[str, str] | None) -> Path | None:
        """From now on this evaluation's alias is recorded here, and nothing else; the folder."""
        ...

    def tell(self, place: tuple[str, str], state: str, hours_left: int) -> None:
        """So it stands with a recording."""
        ...

    def hold(self, *, held: bool) -> None:
        """A call needs the line."""
        ...


class SeatRecording(QObject):
    """Follows the view; `changed` says that `state` is another. Nothing is recorded while nobody has the seat."""

    changed = Signal()
    _came = Signal(object, object)

    def __init__(self, link: RecordingLink, camera: Camera, make: RecorderMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._camera, self._make = link, camera, make
        self._place: tuple[str, str] | None = None
        self._settled = False
        self._call: Call | None = None
        self._leave: list[Unsubscribe] = []
        self._hours = 0
        self._picture_at = 0.0
        self.state: RecordingState | None = None
        """How it stands; None while nothing is to be recorded, or nothing was heard yet."""
        self._came.connect(self._take)

    # --- what the window says

    def show_sight(self, sight: Sight, *, sits: bool) -> None:
        """Record the member whom the view says, as long as somebody `sits` here or is to."""
        evaluation = sight.evaluation or {}
        stream, key = str(evaluation.get("stream", "")), _key(sight)
        wanted = (stream, sight.alias) if sits and stream and sight.alias and key else None
        if wanted != self._place or not self._settled:
            self._end()
            self._settled = True
            folder = self._link.record_into(wanted)
            if wanted is not None and folder is not None and key is not None:
                self._begin(wanted, folder, key)
            self.changed.emit()
        self._link.hold(held=_talks(evaluation))

    def say(self, pcm: bytes) -> None:
        """What is said here goes out now; from the sound's thread."""
        call = self._call
        if call is not None:
            call.say(pcm)

    def close(self) -> None:
        """The window goes; what was taken is on the disk."""
        call = self._call
        self._end()
        if call is not None:
            call.join(END_S)

    # --- one stay

    def _begin(self, place: tuple[str, str], folder: Path, key: bytes) -> None:
        call = self._call = self._make(folder, key)
        self._place = place
        call.mute(sound=False, picture=False)
        call.subscribe(lambda news: self._hear(place, news))  # to the end: the last segment comes when nobody sits here
        self._leave.append(self._camera.subscribe(lambda frame: self._show(call, frame)))
        call.start()

    def _end(self) -> None:
        for leave in self._leave:
            leave()
        self._leave.clear()
        if self._call is not None:
            self._call.stop()
        self._call = self._place = self.state = None
        self._picture_at = 0.0

    # --- the threads of camera and engine

    def _show(self, call: Call, frame: Frame) -> None:
        if frame.at_s - self._picture_at >= PICTURES_S - STEP:
            self._picture_at = frame.at_s
            call.show(frame)

    def _hear(self, place: tuple[str, str], news: CallNews) -> None:
        if isinstance(news, RecordingChanged | SegmentKept | EngineLost):
            self._came.emit(place, news)

    # --- the window's thread

    @Slot(object, object)
    def _take(self, place: tuple[str, str], news: CallNews) -> None:
        if isinstance(news, RecordingChanged):
            self._hours = news.seconds_left // 3600
            state = news.state
        elif isinstance(news, EngineLost):
            state = None  # a new engine is being started; the hole gets its name
        else:
            state = self.state
        if place == self._place and state is not self.state:
            self.state = state
            self.changed.emit()
        if place == self._place or isinstance(news, SegmentKept):  # the last segment comes when nobody sits here
            self._link.tell(place, (state or RecordingState.RUNNING).value, self._hours)


def _key(sight: Sight) -> bytes | None:
    told = sight.room.get("recording")
    return None if told is None else bytes.fromhex(str(told["key"]))


def _talks(evaluation: Any) -> bool:
    told = (evaluation.get("matters") or {}).get("call") or {}
    return any((told.get(call) or {}).get("inside") for call in ("committee", "help"))
