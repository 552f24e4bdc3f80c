"""One link to one partner inside the engine's process: negotiation, what comes over it, and whether it still lives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Callable
from typing import Any, cast

import cv2
import numpy as np
import webrtc

from app.ports.call import SOUND_RATE, LinkState, Part
from devices.call.share import PictureShare

Tell = Callable[[dict[str, Any], bytes], None]
"""Hands a header and its bytes to the program that owns the engine."""

STALE_S = 2.0
"""Seconds without anything new from the partner after which a link is no longer called live."""
PULSE_S = 0.5
RETRY_S = 3.0
"""Seconds between two offers where the first one found nobody."""
MOST_VIDEO = 1_200_000
"""Bits a second of one picture at most; sound comes first on what the line carries."""
MOST_WATCHED = 400_000
"""The same where a seat is only watched: a gallery has sixteen of them."""
_VIDEO_CODECS = ("VIDEO/VP8", "VIDEO/RTX", "VIDEO/RED", "VIDEO/ULPFEC")
"""With what mends a picture from the packets that came (RFC 5109): on a long line asking again is too late."""


class Link:
    """Negotiates by offer and answer under a session id that the offering side makes; a new id begins a link anew.

    Every message waits its turn in one task, so that an answer never overtakes its offer.
    """

    def __init__(
        self,
        peer: str,
        *,
        offers: bool,
        configuration: webrtc.RTCConfiguration,
        own: OwnTracks,
        tell: Tell,
        loopback: bool = True,
        part: Part = Part.TALK,
    ) -> None:
        """`loopback` tells the partner of this computer's own address too."""
        self._part = part
        self.peer, self.offers, self._loopback = peer, offers, loopback
        self.state = LinkState.JOINING
        self.figures: dict[str, Any] = {}
        self._configuration, self._own, self._tell = configuration, own, tell
        self._pc: webrtc.RTCPeerConnection | None = None
        self._pulse: webrtc.RTCDataChannel | None = None
        self._session = ""
        self._early: list[Any] = []
        self._described = False
        self._tried_at = 0.0
        self._heard = 0
        self._news_at: dict[str, float] = {}
        self._readers: set[asyncio.Task[None]] = set()
        self._inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._worker = asyncio.create_task(self._work())
        self._watch = asyncio.create_task(self._watch_over())
        if not offers:
            self._signal({"kind": "hello"})

    def take(self, message: dict[str, str]) -> None:
        """A message of the partner's engine."""
        self._inbox.put_nowait(message)

    async def close(self) -> None:
        """End it, and say so."""
        self._signal({"kind": "bye", "session": self._session})
        self._become(LinkState.GONE)
        for task in (self._worker, self._watch):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._end_connection()

    # --- negotiation

    async def _work(self) -> None:
        if self.offers:
            await self._offer()
        while True:
            message = await self._inbox.get()
            try:
                await self._heed(message)
            except webrtc.PythonWebRTCException as error:
                self._tell({"type": "log", "text": f"{self.peer}: {message.get('kind')}: {error}"}, b"")

    async def _heed(self, message: dict[str, str]) -> None:
        kind, session = message.get("kind"), message.get("session", "")
        if kind == "hello" and self.offers:
            await self._offer()
        elif kind == "offer" and not self.offers:
            await self._answer(session, message["sdp"])
        elif session != self._session or self._pc is None:
            return  # of a link that was begun anew since
        elif kind == "answer":
            await self._pc.set_remote_description(webrtc.RTCSessionDescriptionInit(type="answer", sdp=message["sdp"]))
            await self._add_early()
        elif kind == "candidate":
            candidate = webrtc.RTCIceCandidateInit.from_json(json.loads(message["candidate"]))
            if self._described:
                await self._pc.add_ice_candidate(candidate)
            else:
                self._early.append(candidate)
        elif kind == "bye":
            self._end_connection()
            self._become(LinkState.GONE)

    async def _offer(self) -> None:
        pc = self._begin_connection(secrets.token_hex(8))
        self._hear_pulse(pc.create_data_channel("pulse", webrtc.RTCDataChannelInit(ordered=False, max_retransmits=0)))
        self._add_tracks(pc)
        if self._part is Part.WATCH:
            pc.add_transceiver("video", webrtc.RTCRtpTransceiverInit(direction="recvonly"))
        await self._set_up_senders(pc)
        offer = await pc.create_offer()
        await pc.set_local_description(offer)
        self._signal({"kind": "offer", "session": self._session, "sdp": offer.sdp})

    async def _answer(self, session: str, sdp: str) -> None:
        pc = self._begin_connection(session)
        pc.on("datachannel", lambda event: self._hear_pulse(event.channel))
        self._add_tracks(pc)
        await pc.set_remote_description(webrtc.RTCSessionDescriptionInit(type="offer", sdp=sdp))
        await self._set_up_senders(pc)
        answer = await pc.create_answer()
        await pc.set_local_description(answer)
        self._signal({"kind": "answer", "session": session, "sdp": answer.sdp})
        await self._add_early()

    def _add_tracks(self, pc: webrtc.RTCPeerConnection) -> None:
        """What this machine sends at all; what it only shows says to the partner that nothing is taken."""
        if self._part is Part.TALK:
            pc.add_track(self._own.sound)
        if self._part is not Part.WATCH:
            pc.add_track(self._own.picture)
        if self._part is Part.SHOW:
            for transceiver in pc.get_transceivers():
                transceiver.direction = "sendonly"

    async def _set_up_senders(self, pc: webrtc.RTCPeerConnection) -> None:
        """Sound takes its share first; the picture gives way, in size before it stutters."""
        for transceiver in pc.get_transceivers():
            sender = transceiver.sender
            if sender.track is None:
                continue
            parameters = sender.get_parameters()
            if sender.track.kind == "video":
                codecs = webrtc.RTCRtpSender.get_capabilities("video")
                offered = codecs.codecs if codecs else []
                transceiver.set_codec_preferences([c for c in offered if c.mime_type.upper() in _VIDEO_CODECS])
                self._share.bound(parameters)
                parameters.degradation_preference = "maintain-framerate"
            else:
                for encoding in parameters.encodings:
                    encoding.priority = encoding.network_priority = "high"
            with contextlib.suppress(webrtc.PythonWebRTCException):
                await sender.set_parameters(parameters)

    async def _show_anew(self, pc: webrtc.RTCPeerConnection) -> None:
        """Begin with a whole picture: the partner has missed some, and would wait three seconds to ask for it."""
        for sender in pc.get_senders():
            if sender.track is None or sender.track.kind != "video":
                continue
            for active in (False, True):
                parameters = sender.get_parameters()
                for encoding in parameters.encodings:
                    encoding.active = active
                with contextlib.suppress(webrtc.PythonWebRTCException):
                    await sender.set_parameters(parameters)

    async def _add_early(self) -> None:
        self._described = True
        early, self._early = self._early, []
        for candidate in early:
            if self._pc is not None:
                await self._pc.add_ice_candidate(candidate)

    def _begin_connection(self, session: str) -> webrtc.RTCPeerConnection:
        self._end_connection()
        self._session, self._described, self._early, self._heard = session, False, [], 0
        self._tried_at = time.monotonic()
        self._share = PictureShare(MOST_WATCHED if self._part is Part.SHOW else MOST_VIDEO)
        pc = self._pc = webrtc.RTCPeerConnection(self._configuration)
        pc.on("icecandidate", lambda event: self._found(session, event.candidate))
        pc.on("track", self._came)
        if self.state is not LinkState.JOINING:
            self._become(LinkState.STALE)
        return pc

    def _end_connection(self) -> None:
        for reader in self._readers:
            reader.cancel()
        self._readers.clear()
        self._news_at.clear()
        self._pulse = None
        if self._pc is not None:
            self._pc.close()
            self._pc = None

    def _found(self, session: str, candidate: Any) -> None:
        if candidate is not None and session == self._session and (self._loopback or not _own_address(candidate)):
            self._signal({"kind": "candidate", "session": session, "candidate": json.dumps(candidate.to_json())})

    def _signal(self, message: dict[str, str]) -> None:
        self._tell({"type": "signal", "to": self.peer, "message": message}, b"")

    # --- what comes

    def _came(self, event: Any) -> None:
        if self._part is Part.SHOW:
            return
        read = self._read_sound if event.track.kind == "audio" else self._read_picture
        task = asyncio.create_task(read(event.track))
        self._readers.add(task)
        task.add_done_callback(self._readers.discard)

    async def _read_picture(self, track: Any) -> None:
        init = webrtc.MediaStreamTrackProcessorInit(track, max_buffer_size=1)
        pictures = cast("webrtc.ReadableStream[webrtc.VideoFrame]", webrtc.MediaStreamTrackProcessor(init).readable)
        async for frame in pictures:
            width, height = int(frame.coded_width), int(frame.coded_height)
            planes = bytearray(frame.allocation_size())
            await frame.copy_to(planes)
            frame.close()
            self._news_at["picture"] = time.monotonic()
            if width % 2 or height % 2:
                continue  # no partner of ours sends one: its planes do not lie as the conversion wants them
            rgb = cv2.cvtColor(np.frombuffer(planes, np.uint8).reshape(height * 3 // 2, width), cv2.COLOR_YUV2RGB_I420)
            self._tell({"type": "picture", "from": self.peer, "width": width, "height": height}, rgb.tobytes())

    async def _read_sound(self, track: Any) -> None:
        options = webrtc.AudioDataCopyToOptions(plane_index=0, format="s16")
        init = webrtc.MediaStreamTrackProcessorInit(track)
        sounds = cast("webrtc.ReadableStream[webrtc.AudioData]", webrtc.MediaStreamTrackProcessor(init).readable)
        async for data in sounds:
            channels, rate = data.number_of_channels, int(data.sample_rate)
            pcm = bytearray(data.allocation_size(options))
            data.copy_to(pcm, options)
            data.close()
            samples = np.frombuffer(pcm, np.int16)
            if channels > 1:
                samples = samples.reshape(-1, channels)[:, 0]
            if rate == SOUND_RATE:
                self._tell({"type": "sound", "from": self.peer}, samples.tobytes())

    def _hear_pulse(self, channel: webrtc.RTCDataChannel) -> None:
        self._pulse = channel
        channel.on("message", lambda _event: self._news_at.__setitem__("pulse", time.monotonic()))

    # --- is it alive

    async def _watch_over(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(PULSE_S)
            turn += 1
            if self._pulse is not None and self._pulse.ready_state == "open":
                self._pulse.send("1")
            now = time.monotonic()
            fresh = max(self._news_at.values(), default=0.0)
            if self.state is not LinkState.GONE:
                if now - fresh < STALE_S:
                    if self.state is LinkState.STALE and self._pc is not None:
                        await self._show_anew(self._pc)
                    self._become(LinkState.LIVE)
                elif self.state is LinkState.LIVE:
                    self._become(LinkState.STALE)
            broken = self._pc is None or self._pc.connection_state in ("failed", "closed")
            never = self._pc is not None and self._pc.connection_state in ("new", "connecting")
            if (broken or never) and now - self._tried_at >= RETRY_S and self.state is not LinkState.GONE:
                self._tried_at = now
                self.take({"kind": "hello"}) if self.offers else self._signal({"kind": "hello"})
            if turn % 2 == 0 and self._pc is not None:
                await self._measure(self._pc, now)

    def _become(self, state: LinkState) -> None:
        if state is not self.state:
            self.state = state
            self._tell({"type": "link", "peer": self.peer, "state": state.value}, b"")

    async def _measure(self, pc: webrtc.RTCPeerConnection, now: float) -> None:
        """Take the figures; the jitter buffer gives sound for ever, so only packets say that sound still comes."""
        try:
            report = await pc.get_stats()
        except webrtc.PythonWebRTCException:
            return
        stats = list(report.values())
        pairs = [s for s in stats if isinstance(s, webrtc.RTCIceCandidatePairStats) and s.nominated]
        incoming = [s for s in stats if isinstance(s, webrtc.RTCInboundRtpStreamStats)]
        outgoing = [s for s in stats if isinstance(s, webrtc.RTCOutboundRtpStreamStats)]
        voices = [s for s in incoming if s.kind == "audio"]
        heard = sum(s.packets_received or 0 for s in voices)
        if heard != self._heard:
            self._heard = heard
            self._news_at["sound"] = now
        lost = sum(max(s.packets_lost or 0, 0) for s in incoming)
        came = sum(s.packets_received or 0 for s in incoming)
        samples = sum(s.total_samples_received or 0 for s in voices)
        trip = next((s.current_round_trip_time for s in pairs), None)
        await self._share.look(pc, stats)
        self.figures = {
            "state": self.state.value,
            "round_trip_ms": None if trip is None else 1000 * trip,
            "sent": sum(s.bytes_sent or 0 for s in outgoing),
            "sound_sent": sum(s.bytes_sent or 0 for s in outgoing if s.kind == "audio"),
            "received": sum(s.bytes_received or 0 for s in incoming),
            "lost": lost / (lost + came) if lost + came else 0.0,
            "concealed": sum(s.concealed_samples or 0 for s in voices) / samples if samples else 0.0,
        }
        for name in ("picture", "sound"):
            at = self._news_at.get(name)
            self.figures[f"{name}_age_ms"] = None if at is None else 1000 * (now - at)


def _own_address(candidate: Any) -> bool:
    """Whether a candidate is this computer itself, which a recording needs and no partner elsewhere can reach."""
    words = str(candidate.candidate).split()
    return len(words) > 4 and (words[4].startswith("127.") or words[4] == "::1")  # RFC 8839, 5.1: connection-address


class OwnTracks:
    """What this machine sends: one picture and one sound for all partners. Nothing written is nothing sent."""

    def __init__(self) -> None:
        self._pictures = webrtc.VideoTrackGenerator()
        self.picture = self._pictures.track
        self._picture_writer = self._pictures.writable.get_writer()
        self.sound = webrtc.MediaStreamTrackGenerator("audio")
        self._sound_writer = self.sound.writable.get_writer()
        self._samples = 0

    async def show(self, width: int, height: int, rgb: bytes) -> None:
        """Send one picture; its sides are cut to even numbers, as every codec here wants them."""
        picture = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)[: height - height % 2, : width - width % 2]
        planes = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2YUV_I420)
        init = webrtc.VideoFrameBufferInit(
            format="I420",
            coded_width=picture.shape[1],
            coded_height=picture.shape[0],
            timestamp=int(time.monotonic() * 1e6),
        )
        await self._picture_writer.write(webrtc.VideoFrame(planes.tobytes(), init))

    async def say(self, pcm: bytes) -> None:
        """Send sound."""
        count = len(pcm) // 2
        if count:
            init = webrtc.AudioDataInit(
                format="s16",
                sample_rate=SOUND_RATE,
                number_of_frames=count,
                number_of_channels=1,
                timestamp=self._samples * 1_000_000 // SOUND_RATE,
                data=pcm,
            )
            self._samples += count
            await self._sound_writer.write(webrtc.AudioData(init))
