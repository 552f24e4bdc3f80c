"""Segments that were never recorded: grey pictures that grow lighter with every one, as a recorder writes them."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from devices.call import mkv

Size = tuple[int, int]


def grey_segment(
    shades: list[int], *, step_ms: int = 200, first_ms: int = 0, size: Size = (64, 48), sound: bool = True
) -> bytes:
    """One picture of each shade, `step_ms` apart, the first at `first_ms` of the segment; with `sound` a block of
    it at its head."""
    encoder = VideoCodecContext.create("libvpx", "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 1000)
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    blocks = [mkv.Block(mkv.Track.SOUND, 0, True, b"\xfc\xff\xfe")] if sound else []
    for number, shade in enumerate(shades):
        picture = VideoFrame.from_ndarray(np.full((size[1], size[0], 3), shade, np.uint8), "rgb24")
        picture.pts, picture.time_base = first_ms + number * step_ms, Fraction(1, 1000)
        blocks += [_block(packet) for packet in encoder.encode(picture)]
    blocks += [_block(packet) for packet in encoder.encode(None)]
    clusters = (mkv.cluster(blocks[at : at + 5]) for at in range(0, len(blocks), 5))
    return mkv.head(*size) + b"".join(clusters)


def _block(packet: av.Packet) -> mkv.Block:
    return mkv.Block(mkv.Track.PICTURE, int(packet.pts or 0), packet.is_keyframe, bytes(packet))


def opus_packets(pcm: np.ndarray) -> list[bytes]:
    """48 kHz, one channel, in packets of 20 ms, as an engine's encoder gives them."""
    encoder = AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    encoder.options = {"application": "voip", "frame_duration": "20"}
    found: list[bytes] = []
    for place in range(0, len(pcm), 960):
        frame = AudioFrame.from_ndarray(pcm[None, place : place + 960], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, place, Fraction(1, 48_000)
        found += [bytes(packet) for packet in encoder.encode(frame)]
    return found


def tone(seconds: float, pitch: float = 1_000.0) -> np.ndarray:
    """A tone at a quarter of full scale."""
    return (8_192 * np.sin(2 * np.pi * pitch * np.arange(round(48_000 * seconds)) / 48_000)).astype("<i2")


def spoken_segment(*stretches: tuple[int, float], shades: tuple[int, ...] = (20, 60, 100)) -> bytes:
    """Grey pictures, 200 ms apart, and tones: each from a millisecond on, for so many seconds."""
    blocks = [
        mkv.Block(mkv.Track.SOUND, begin_ms + 20 * number, True, packet)
        for begin_ms, seconds in stretches
        for number, packet in enumerate(opus_packets(tone(seconds)))
    ]
    clusters = (mkv.cluster(blocks[at : at + 50]) for at in range(0, len(blocks), 50))
    return grey_segment(list(shades), sound=False) + b"".join(clusters)
