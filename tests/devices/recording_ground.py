"""What the tests of recordings share: the room's key pair, frames of an encoder, and a player of its own."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from app.journal.recipients import public_key_of
from app.recordings.sealed_file import opened

ROOM = bytes(range(1, 33))
ROOM_PUBLIC = public_key_of(ROOM)


@dataclass(frozen=True)
class Played:
    """What a segment gave when it was decoded."""

    pictures: int
    size: tuple[int, int]
    sound_s: float
    longest_step_s: float
    """The longest time from one picture to the next."""


def play(content: bytes) -> Played:
    """Decode all of a segment; raises what the decoder raises."""
    pictures: list[float] = []
    samples, size = 0, (0, 0)
    with av.open(io.BytesIO(content)) as container:
        for frame in container.decode(container.streams.video[0], container.streams.audio[0]):
            if isinstance(frame, VideoFrame):
                pictures.append(frame.time or 0.0)
                size = (frame.width, frame.height)
            elif isinstance(frame, AudioFrame):
                samples += frame.samples
    steps = [after - before for before, after in itertools.pairwise(pictures)]
    return Played(len(pictures), size, samples / 48_000, max(steps, default=0.0))


def play_file(path: Path) -> Played:
    """A segment as it lies on the disk."""
    return play(opened(path, ROOM))


def play_sound(path: Path) -> float:
    """Seconds of sound of a segment whose pictures are none."""
    with av.open(io.BytesIO(opened(path, ROOM))) as container:
        return sum(frame.samples for frame in container.decode(audio=0)) / 48_000
