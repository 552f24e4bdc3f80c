"""Segments that were never recorded: grey pictures that grow lighter with every one, as a recorder writes them."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from devices.call import mkv

Size = tuple[int, int]


def grey_segment(
    shades: list[int], *, step_ms: int = 200, first_ms: int = 0, size: tuple[int, int] = (64, 48)
) -> bytes:
    """One picture of each shade, `step_ms` apart, the first at `first_ms` of the segment; a sound block at its head."""
    encoder = VideoCodecContext.create("libvpx", "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 1000)
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    blocks = [mkv.Block(mkv.Track.SOUND, 0, True, b"\xfc\xff\xfe")]
    for number, shade in enumerate(shades):
        picture = VideoFrame.from_ndarray(np.full((size[1], size[0], 3), shade, np.uint8), "rgb24")
        picture.pts, picture.time_base = first_ms + number * step_ms, Fraction(1, 1000)
        blocks += [_block(packet) for packet in encoder.encode(picture)]
    blocks += [_block(packet) for packet in encoder.encode(None)]
    clusters = (mkv.cluster(blocks[at : at + 5]) for at in range(0, len(blocks), 5))
    return mkv.head(*size) + b"".join(clusters)


def _block(packet: av.Packet) -> mkv.Block:
    return mkv.Block(mkv.Track.PICTURE, int(packet.pts or 0), packet.is_keyframe, bytes(packet))
