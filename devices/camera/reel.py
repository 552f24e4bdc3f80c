"""A recording's segment read out of memory: pictures through OpenCV, sound beside them; nothing of it on a disk."""

from __future__ import annotations

import io
from bisect import bisect_right
from typing import Any

import cv2

from app.ports.camera import Frame
from app.recordings.joining import PICTURE, SOUND, frames_of
from devices.sound.opus import SegmentSound


class SegmentReel:
    """A segment is short and begins with a key frame, so going back is beginning again.

    The times are those written in the segment: a decoder counts from the first picture, which may come late in it.
    """

    def __init__(self, content: bytes) -> None:
        """Raises ValueError (`NotAFilm`) for what is no segment."""
        frames = list(frames_of(content))
        self._times = [at_ms / 1000 for track, at_ms, _ in frames if track == PICTURE]
        self._sound = SegmentSound([(at_ms, data) for track, at_ms, data in frames if track == SOUND])
        self._capture: Any = None
        self._taken = 0
        self._shown: Frame | None = None
        self._source = io.BytesIO(content)  # OpenCV borrows it: it has to live longer than the capture

    def picture_at(self, second: float) -> Frame | None:
        """The picture that stood at this second."""
        wanted = bisect_right(self._times, second)
        if not wanted:
            return None
        if self._capture is None or wanted < self._taken:
            self._begin()
        if wanted > self._taken:
            self._go_on(wanted)
        return self._shown

    @property
    def has_sound(self) -> bool:
        """Whether any was recorded."""
        return self._sound.there

    def sound_between(self, begin_s: float, end_s: float) -> bytes:
        """What was said from a second to another."""
        return self._sound.between(begin_s, end_s)

    def close(self) -> None:
        """Let go of content, decoder, picture and sound."""
        self._sound.clear()
        if self._capture is not None:
            self._capture.release()
        self._capture = self._shown = None
        self._taken, self._times, self._source = 0, [], io.BytesIO()

    def _begin(self) -> None:
        if self._capture is not None:
            self._capture.release()
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what is broken is told by us
        self._source.seek(0)
        opened: Any = cv2.VideoCapture
        self._capture = opened(self._source, cv2.CAP_FFMPEG, [])  # the stubs do not know what a stream may be
        if not self._capture.isOpened():
            raise ValueError("a segment that does not open")
        self._taken, self._shown = 0, None

    def _go_on(self, wanted: int) -> None:
        """Take pictures up to the wanted one; what cannot be decoded is passed over."""
        found = False
        while self._taken < wanted and self._capture.grab():
            self._taken, found = self._taken + 1, True
        self._taken = max(self._taken, wanted)
        if not found:
            return
        told, picture = self._capture.retrieve()
        if told:
            height, width = picture.shape[:2]
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).tobytes()
            self._shown = Frame(width, height, rgb, self._times[wanted - 1], wanted)
