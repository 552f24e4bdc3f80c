"""Taps what this machine sends as its encoders give it, from a link of the engine to itself that no line can disturb.

The partners' links will not do: their encoders follow each partner's line, and there are none while nobody is there.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any, Protocol

import webrtc

from app.recordings.space import MOST_PICTURE, MOST_SOUND
from devices.call.link import OwnTracks
from devices.call.mkv import Track
from devices.call.recorder import EncodedFrame
from devices.call.recording_thread import now_ms

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""Seconds between two looks at whether the link to itself still stands."""


class Keeper(Protocol):
    """Takes what is tapped."""

    @property
    def key_wanted(self) -> bool:
        """Whether the next picture should be a key frame."""
        ...

    def take(self, frame: EncodedFrame) -> None:
        """One frame; returns at once."""
        ...


class Tap:
    """One link to itself, made again should it ever break."""

    def __init__(self, own: OwnTracks, keeper: Keeper) -> None:
        self._own, self._keeper = own, keeper
        self._ends: tuple[webrtc.RTCPeerConnection, ...] = ()
        self._asking: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Tap from now on."""
        await self._try_to_join()
        self._watch = asyncio.create_task(self._watch_over())

    async def close(self) -> None:
        """Tap no more."""
        for task in (self._watch, self._asking):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, webrtc.PythonWebRTCException):
                    await task
        self._part()

    async def _join(self) -> None:
        configuration = webrtc.RTCConfiguration(ice_servers=[])
        sends, takes = webrtc.RTCPeerConnection(configuration), webrtc.RTCPeerConnection(configuration)
        self._ends = (sends, takes)
        early: list[tuple[webrtc.RTCPeerConnection, Any]] = []
        described = False

        async def found(event: Any, other: webrtc.RTCPeerConnection) -> None:
            if event.candidate is None:
                return
            if described:
                await other.add_ice_candidate(event.candidate)
            else:
                early.append((other, event.candidate))

        sends.on("icecandidate", lambda event: asyncio.ensure_future(found(event, takes)))
        takes.on("icecandidate", lambda event: asyncio.ensure_future(found(event, sends)))
        for track in (self._own.sound, self._own.picture):
            sends.add_track(track)
        for transceiver in sends.get_transceivers():
            await self._set_up(transceiver)
        offer = await sends.create_offer()
        await sends.set_local_description(offer)
        await takes.set_remote_description(offer)
        answer = await takes.create_answer()
        await takes.set_local_description(answer)
        await sends.set_remote_description(answer)
        described = True
        for other, candidate in early:
            await other.add_ice_candidate(candidate)

    async def _set_up(self, transceiver: Any) -> None:
        sender = transceiver.sender
        picture = sender.track.kind == "video"
        if picture:
            codecs = webrtc.RTCRtpSender.get_capabilities("video")
            offered = codecs.codecs if codecs is not None else []
            transceiver.set_codec_preferences([c for c in offered if c.mime_type.upper() in ("VIDEO/VP8", "VIDEO/RTX")])
        parameters = sender.get_parameters()
        for encoding in parameters.encodings:
            encoding.max_bitrate = MOST_PICTURE if picture else MOST_SOUND
        if picture:
            parameters.degradation_preference = "maintain-resolution"
        with contextlib.suppress(webrtc.PythonWebRTCException):
            await sender.set_parameters(parameters)
        sender.transform = webrtc.RTCRtpScriptTransform(self._read_picture if picture else self._read_sound)

    async def _read_picture(self, event: Any) -> None:
        transformer = event.transformer
        onward = transformer.writable.get_writer()
        async for frame in transformer.readable:
            told = frame.get_metadata()
            key = frame.type == webrtc.EncodedVideoChunkType.key
            self._keeper.take(
                EncodedFrame(
                    Track.PICTURE,
                    now_ms(),
                    told.rtp_timestamp,
                    key,
                    bytes(frame.data),
                    told.width or 0,
                    told.height or 0,
                )
            )
            if self._keeper.key_wanted and (self._asking is None or self._asking.done()):
                self._asking = asyncio.create_task(self._ask(transformer))
            await onward.write(frame)

    async def _ask(self, transformer: Any) -> None:
        with contextlib.suppress(webrtc.PythonWebRTCException):
            await transformer.generate_key_frame()

    async def _read_sound(self, event: Any) -> None:
        transformer = event.transformer
        onward = transformer.writable.get_writer()
        async for frame in transformer.readable:
            stamp = frame.get_metadata().rtp_timestamp
            self._keeper.take(EncodedFrame(Track.SOUND, now_ms(), stamp, False, bytes(frame.data)))
            await onward.write(frame)

    async def _watch_over(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._ends or any(end.connection_state in ("failed", "closed") for end in self._ends):
                self._part()
                await self._try_to_join()

    async def _try_to_join(self) -> None:
        """The call goes on without a recording where this fails; the gap says so, and it is tried again."""
        try:
            await self._join()
        except webrtc.PythonWebRTCException:
            log.exception("the link to record from could not be made")
            self._part()

    def _part(self) -> None:
        for end in self._ends:
            end.close()
        self._ends = ()
