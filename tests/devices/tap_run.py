"""Run by a test in a process of its own: a tap whose link to itself is broken off once; prints what came after it."""

from __future__ import annotations

import asyncio
import os

os.environ["WRTC_ALLOW_LOOPBACK"] = "1"  # read when webrtc is loaded

from devices.call.link import OwnTracks
from devices.call.mkv import Track
from devices.call.recorder import EncodedFrame
from devices.call.tap import Tap


class Keeper:
    """Counts; never asks for a key frame."""

    key_wanted = False

    def __init__(self) -> None:
        self.frames: list[EncodedFrame] = []

    def take(self, frame: EncodedFrame) -> None:
        """One frame."""
        self.frames.append(frame)


async def frames_of(own: OwnTracks, keeper: Keeper) -> list[EncodedFrame]:
    """Say and show until both tracks have come, ten seconds at most."""
    keeper.frames.clear()
    for _ in range(500):
        await own.show(64, 48, bytes([90]) * (64 * 48 * 3))
        await own.say(bytes(960 * 2))
        await asyncio.sleep(0.02)
        if {frame.track for frame in keeper.frames} == set(Track) and len(keeper.frames) > 20:
            break
    return list(keeper.frames)


async def main() -> None:
    """Tap, break, tap again."""
    own, keeper = OwnTracks(), Keeper()
    tap = Tap(own, keeper)
    await tap.open()
    before = await frames_of(own, keeper)
    for end in tap._ends:
        end.close()
    after = await frames_of(own, keeper)
    await tap.close()
    keeper.frames.clear()
    await own.show(64, 48, bytes(64 * 48 * 3))
    await asyncio.sleep(0.2)
    for frames in (before, after):
        first = next(frame for frame in frames if frame.track is Track.PICTURE)
        print(sorted({frame.track.name for frame in frames}), first.key, (first.width, first.height))
    print(len(keeper.frames), flush=True)
    os._exit(0)


asyncio.run(main())
