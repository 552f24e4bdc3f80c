"""A second implementation of the `Call` port, on aiortc as it comes: it speaks with the product's engine or its like.

For tests alone: to show that the engine keeps to the standard, and to measure the same call beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import json
import secrets
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from aiortc.sdp import candidate_from_sdp

from app.ports.call import (
    SOUND_RATE,
    CallNews,
    LinkChanged,
    LinkFigures,
    LinkState,
    PictureCame,
    Signalling,
    SoundCame,
)
from app.ports.camera import Frame
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe
from devices.listeners import Listeners

_BLOCK = SOUND_RATE // 50
_TEN_MS = SOUND_RATE // 100 * 2


class _Own(MediaStreamTrack):
    """One track: whatever is handed in goes out; the newest picture alone, sound in order."""

    def __init__(self, kind: str, most: int) -> None:
        super().__init__()
        self.kind = kind
        self._waiting: asyncio.Queue[Any] = asyncio.Queue()
        self._most = most

    def put(self, frame: Any) -> None:
        while self._waiting.qsize() >= self._most:
            self._waiting.get_nowait()
        self._waiting.put_nowait(frame)

    async def recv(self) -> Any:
        return await self._waiting.get()


class _Link:
    """One partner."""

    def __init__(self, peer: str, *, offers: bool) -> None:
        self.peer, self.offers = peer, offers
        self.state = LinkState.JOINING
        self.session = ""
        self.pc: RTCPeerConnection | None = None
        self.picture, self.sound = _Own("video", 1), _Own("audio", 25)
        self.early: list[Any] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.said = 0


class AiortcCall:
    """Answers in one thread with a loop of its own."""

    def __init__(self, signalling: Signalling) -> None:
        self._signalling = signalling
        self._status = DeviceStatus(DeviceState.STOPPED)
        self._watchers: Listeners[DeviceStatus] = Listeners()
        self._listeners: Listeners[CallNews] = Listeners()
        self._links: dict[str, _Link] = {}
        self._muted_sound = self._muted_picture = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="aiortc call")
        self._leave: Unsubscribe | None = None
        self._turns: asyncio.Queue[Callable[[], Coroutine[Any, Any, None]]] = asyncio.Queue()
        self._pictures = self._samples = 0

    @property
    def status(self) -> DeviceStatus:
        """Where it stands."""
        return self._status

    def start(self) -> None:
        """Begin, once."""
        self._thread.start()
        self._leave = self._signalling.subscribe(
            lambda sender, message: self._do(lambda: self._take(sender, dict(message)))
        )
        self._become(DeviceState.RUNNING)

    def stop(self) -> None:
        """End all links."""
        if self._leave is not None:
            self._leave()
            self._leave = None
            asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._become(DeviceState.STOPPED)

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status."""
        return self._watchers.add(on_status)

    def connect(self, peer: str, *, offers: bool) -> None:
        """Open the link."""
        self._do(lambda: self._connect(peer, offers=offers))

    def drop(self, peer: str) -> None:
        """End the link."""
        self._do(lambda: self._drop(peer))

    def show(self, picture: Frame | None) -> None:
        """The next own picture."""
        if picture is None or self._muted_picture:
            return
        rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
        frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
        frame.pts, frame.time_base = self._pictures * 3600, fractions.Fraction(1, 90_000)
        self._pictures += 1
        self._loop.call_soon_threadsafe(self._put, "picture", frame)

    def say(self, pcm: bytes) -> None:
        """The next own sound, in blocks of 20 ms."""
        if self._muted_sound:
            return
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = SOUND_RATE, self._samples
        frame.time_base = fractions.Fraction(1, SOUND_RATE)
        self._samples += len(pcm) // 2
        self._loop.call_soon_threadsafe(self._put, "sound", frame)

    def mute(self, *, sound: bool, picture: bool) -> None:
        """What must not leave."""
        self._muted_sound, self._muted_picture = sound, picture

    def subscribe(self, on_news: Callable[[CallNews], None]) -> Unsubscribe:
        """Hear what comes."""
        return self._listeners.add(on_news)

    def figures(self) -> Sequence[LinkFigures]:
        """It measures nothing but its state."""
        return [
            LinkFigures(link.peer, link.state, None, None, None, 0.0, 0.0, 0, 0, link.said)
            for link in list(self._links.values())
        ]

    # --- the thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        turns = self._loop.create_task(self._work())  # kept: the loop itself holds a task but weakly
        self._loop.run_forever()
        del turns
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        with contextlib.suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(self._turns.put_nowait, work)

    async def _work(self) -> None:
        """One after another, so that no answer overtakes its offer."""
        while True:
            await (await self._turns.get())()

    def _put(self, kind: str, frame: Any) -> None:
        for link in self._links.values():
            getattr(link, kind).put(frame)

    async def _connect(self, peer: str, *, offers: bool) -> None:
        if peer not in self._links:
            link = self._links[peer] = _Link(peer, offers=offers)
            if offers:
                await self._offer(link)
            else:
                self._signalling.send(peer, {"kind": "hello"})

    async def _drop(self, peer: str) -> None:
        if (link := self._links.pop(peer, None)) is not None:
            self._signalling.send(peer, {"kind": "bye", "session": link.session})
            await self._end(link)
            self._state(link, LinkState.GONE)

    async def _end_all(self) -> None:
        for peer in list(self._links):
            await self._drop(peer)
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _end(self, link: _Link) -> None:
        for task in link.tasks:
            task.cancel()
        link.tasks.clear()
        if link.pc is not None:
            await link.pc.close()
            link.pc = None

    async def _take(self, peer: str, message: dict[str, str]) -> None:
        link = self._links.get(peer)
        if link is None:
            return
        kind, session = message["kind"], message.get("session", "")
        if kind == "hello" and link.offers:
            await self._offer(link)
        elif kind == "offer" and not link.offers:
            await self._answer(link, session, message["sdp"])
        elif session != link.session or link.pc is None:
            return
        elif kind == "answer":
            await link.pc.setRemoteDescription(RTCSessionDescription(message["sdp"], "answer"))
            await self._add_early(link)
        elif kind == "candidate":
            found = json.loads(message["candidate"])
            words = found["candidate"].partition("candidate:")[2]
            if words:
                candidate = candidate_from_sdp(words)
                candidate.sdpMid, candidate.sdpMLineIndex = found.get("sdpMid"), found.get("sdpMLineIndex")
                link.early.append(candidate)
            if link.pc.remoteDescription is not None:
                await self._add_early(link)
        elif kind == "bye":
            await self._end(link)
            self._state(link, LinkState.GONE)

    async def _offer(self, link: _Link) -> None:
        pc = await self._begin(link, secrets.token_hex(8))
        self._pulse(link, pc.createDataChannel("pulse", ordered=False, maxRetransmits=0))
        self._add_tracks(link, pc)
        await pc.setLocalDescription(await pc.createOffer())
        self._say_description(link, pc, "offer")

    async def _answer(self, link: _Link, session: str, sdp: str) -> None:
        pc = await self._begin(link, session)
        pc.on("datachannel", lambda channel: self._pulse(link, channel))
        await pc.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        self._add_tracks(link, pc)
        await pc.setLocalDescription(await pc.createAnswer())
        self._say_description(link, pc, "answer")
        await self._add_early(link)

    def _say_description(self, link: _Link, pc: RTCPeerConnection, kind: str) -> None:
        self._signalling.send(link.peer, {"kind": kind, "session": link.session, "sdp": pc.localDescription.sdp})

    async def _add_early(self, link: _Link) -> None:
        early, link.early = link.early, []
        for candidate in early:
            if link.pc is not None:
                await link.pc.addIceCandidate(candidate)

    async def _begin(self, link: _Link, session: str) -> RTCPeerConnection:
        await self._end(link)
        link.session, link.early = session, []
        pc = link.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        pc.on("track", lambda track: link.tasks.append(self._loop.create_task(self._read(link, track))))
        link.picture, link.sound = _Own("video", 1), _Own("audio", 25)
        return pc

    def _add_tracks(self, link: _Link, pc: RTCPeerConnection) -> None:
        for track in (link.sound, link.picture):
            sender = pc.addTrack(track)
            if track.kind == "video":
                offered = RTCRtpSender.getCapabilities("video").codecs
                wanted = [codec for codec in offered if codec.mimeType in ("video/VP8", "video/rtx")]
                transceiver = next(one for one in pc.getTransceivers() if one.sender is sender)
                transceiver.setCodecPreferences(wanted)

    def _pulse(self, link: _Link, channel: Any) -> None:
        channel.on("message", lambda _message: self._state(link, LinkState.LIVE))

        async def beat() -> None:
            while True:
                if channel.readyState == "open":
                    channel.send("1")
                await asyncio.sleep(0.5)

        link.tasks.append(self._loop.create_task(beat()))

    async def _read(self, link: _Link, track: MediaStreamTrack) -> None:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SOUND_RATE)
        kept = bytearray()
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                self._state(link, LinkState.LIVE)
                if track.kind == "video":
                    picture = Frame(frame.width, frame.height, frame.to_ndarray(format="rgb24").tobytes())
                    self._listeners.tell(PictureCame(link.peer, picture))
                    continue
                for part in resampler.resample(frame):
                    kept += part.to_ndarray().astype("<i2").tobytes()
                while len(kept) >= _TEN_MS:
                    self._listeners.tell(SoundCame(link.peer, bytes(kept[:_TEN_MS])))
                    del kept[:_TEN_MS]

    def _state(self, link: _Link, state: LinkState) -> None:
        if link.state is not state:
            link.state = state
            self._listeners.tell(LinkChanged(link.peer, state))

    def _become(self, state: DeviceState) -> None:
        self._status = DeviceStatus(state)
        self._watchers.tell(self._status)
