"""The engine's process: libwebrtc behind a socket, so that it and the windows cannot stall each other.

Started by `devices.call.process` as `python -m devices.call.engine FD`; it ends when its owner's end is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import webrtc

from app.ports.call import Part, RecordingState
from app.recordings.manifest import Line
from devices.call.link import Link, OwnTracks
from devices.call.recorder import Recorder, space
from devices.call.recording_thread import RecordingThread
from devices.call.tap import Tap
from devices.call.wire import Inbox, packed

FIGURES_S = 1.0
MOST_WAITING = 8 * 1024 * 1024
"""Bytes on the way to an owner that does not read: beyond it pictures are dropped, sound and news never."""

TRIALS = {
    "WebRTC-ForcePlayoutDelay": "min_ms:0,max_ms:0",
    "WebRTC-Audio-NetEqDelayManagerConfig": "quantile:0.85,forget_factor:0.7",
    "WebRTC-CongestionWindow": "QueueSize:50,MinBitrate:30000,DropFrame:true",
}
"""A picture is shown when it is decoded: libwebrtc else holds it back to even out the line. Sound is held back by what
most half seconds of the last two seconds needed; libwebrtc's own 0.95 and 0.983 keep a hiccup for half a minute. Where
more is on its way than the line takes in 50 ms beyond its round trip, a picture is dropped before it is encoded: one
that was sent would keep the words behind it waiting.
"""


class Engine:
    """All links of one machine in one call."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}
        self._configuration = webrtc.RTCConfiguration(ice_servers=[])
        self._own = OwnTracks()
        self._writer: asyncio.StreamWriter | None = None
        self._loopback = True
        self._part = Part.TALK
        self._recording: RecordingThread | None = None
        self._tap: Tap | None = None

    async def run(self, end: socket.socket) -> None:
        """Serve until the owner is gone."""
        reader, self._writer = await asyncio.open_connection(sock=end)
        self._measuring = asyncio.create_task(self._measure())
        inbox = Inbox()
        with contextlib.suppress(ConnectionError):  # how an owner ends that was killed
            while data := await reader.read(256 * 1024):
                for header, payload in inbox.take(data):
                    if header["type"] == "end":
                        await self._end(orderly=True)
                        return
                    await self._heed(header, payload)
        await self._end(orderly=False)

    async def _end(self, *, orderly: bool) -> None:
        """Tell every partner, and see that the owner has it; not `orderly`: the owner is gone."""
        self._measuring.cancel()
        for link in self._links.values():
            await link.close()
        if self._tap is not None:
            await self._tap.close()
        if self._recording is not None:
            recording = self._recording
            await asyncio.to_thread(lambda: recording.close(orderly=orderly))
        if self._writer is not None:
            self._writer.close()

    async def _heed(self, header: dict[str, Any], payload: bytes) -> None:
        match header["type"]:
            case "picture":
                await self._own.show(header["width"], header["height"], payload)
            case "sound":
                await self._own.say(payload)
            case "signal":
                if (link := self._links.get(header["from"])) is not None:
                    link.take(header["message"])
            case "set_up":
                self._set_up(header["relays"])
                self._loopback = header["loopback"]
                self._part = Part(header["part"])
                if header["recording"] is not None:
                    await self._record(Path(header["recording"]["folder"]), header["recording"]["recipients"])
            case "connect":
                if header["peer"] not in self._links:
                    self._links[header["peer"]] = Link(
                        header["peer"],
                        offers=header["offers"],
                        configuration=self._configuration,
                        own=self._own,
                        tell=self.tell,
                        loopback=self._loopback,
                        part=self._part,
                    )
            case "drop":
                if (link := self._links.pop(header["peer"], None)) is not None:
                    await link.close()

    def _set_up(self, relays: list[dict[str, str]]) -> None:
        self._configuration = webrtc.RTCConfiguration(
            ice_servers=[
                webrtc.RTCIceServer(urls=[relay["url"]], username=relay["user"], credential=relay["secret"])
                for relay in relays
            ]
        )

    async def _record(self, folder: Path, recipients: list[str]) -> None:
        """Keep what this machine says and shows, from now to the engine's end."""
        loop = asyncio.get_running_loop()

        def told(header: dict[str, Any]) -> None:
            loop.call_soon_threadsafe(self.tell, header, b"")

        def on_line(line: Line) -> None:
            told({"type": "segment", "sha256": line.hash, "line": asdict(line)})
            on_state(RecordingState.RUNNING)

        def on_state(state: RecordingState) -> None:
            left = space(folder).seconds if folder.is_dir() else 0
            told({"type": "recording", "state": state.value, "left": left})

        keys = [bytes.fromhex(key) for key in recipients]
        self._recording = RecordingThread(lambda: Recorder(folder, keys, os.urandom, on_line=on_line), on_state)
        self._tap = Tap(self._own, self._recording)
        await self._tap.open()

    def tell(self, header: dict[str, Any], payload: bytes) -> None:
        """Hand something to the owner."""
        writer = self._writer
        if writer is None or writer.is_closing():
            return
        if header["type"] == "picture" and writer.transport.get_write_buffer_size() > MOST_WAITING:
            return
        writer.write(packed(header, payload))

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(FIGURES_S)
            for link in list(self._links.values()):
                self.tell({"type": "figures", "peer": link.peer, "figures": link.figures}, b"")


def main() -> None:
    """Serve the socket whose number is the only argument."""
    webrtc.field_trials.update(TRIALS)
    with socket.socket(fileno=int(sys.argv[1])) as end:
        end.setblocking(False)
        asyncio.run(_serve(end))


async def _serve(end: socket.socket) -> None:
    await Engine().run(end)  # made inside the loop, which its tracks belong to


if __name__ == "__main__":
    main()
