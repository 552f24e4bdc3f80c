"""A small Matroska writer: one segment's head, then clusters one after another, playable wherever the writing ends.

Written as RFC 9559 lays it out and no more of it than a recording needs: a Segment of unknown size, so that nothing is
ever gone back to and filled in, and clusters of known size, so that a reader finds the last whole one. There are two
tracks, VP8 as it left the encoder and Opus likewise; nothing is encoded a second time.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

APPLICATION = "kawei"
LONGEST_MS = 32_767
"""Milliseconds from a cluster's first block to its last at most: a block counts from it in 16 bits with a sign."""
SOUND_RATE = 48_000
PRE_SKIP = 312
"""Samples that an Opus decoder of this encoder's gives before the first of the sound (RFC 7845, 4.2)."""
PREROLL_NS = 80_000_000
"""What an Opus decoder needs before a point it is to start from (RFC 7845, 4.6)."""

_UNKNOWN_SIZE = b"\x01" + b"\xff" * 7
_KEY_FRAME = 0x80


class Track(IntEnum):
    """What a block belongs to; the value is the track's number in the file."""

    PICTURE = 1
    SOUND = 2


@dataclass(frozen=True, slots=True)
class Block:
    """One encoded frame; `at_ms` counts from the beginning of the file."""

    track: Track
    at_ms: int
    key: bool
    data: bytes = field(repr=False)


def head(width: int, height: int) -> bytes:
    """What a file begins with; the size is the first picture's, later key frames may bring another one."""
    header = _element(
        0x1A45DFA3,  # EBML
        _number(0x4286, 1),  # EBMLVersion
        _number(0x42F7, 1),  # EBMLReadVersion
        _number(0x42F2, 4),  # EBMLMaxIDLength
        _number(0x42F3, 8),  # EBMLMaxSizeLength
        _text(0x4282, "matroska"),  # DocType
        _number(0x4287, 4),  # DocTypeVersion
        _number(0x4285, 2),  # DocTypeReadVersion
    )
    info = _element(
        0x1549A966,  # Info
        _number(0x2AD7B1, 1_000_000),  # TimestampScale: a tick is a millisecond
        _text(0x4D80, APPLICATION),  # MuxingApp
        _text(0x5741, APPLICATION),  # WritingApp
    )
    tracks = _element(0x1654AE6B, _picture_track(width, height), _sound_track())
    return header + bytes.fromhex("18538067") + _UNKNOWN_SIZE + info + tracks


def cluster(blocks: Sequence[Block]) -> bytes:
    """The blocks, in the order of their times; ValueError for none, and for more than `LONGEST_MS` in one."""
    ordered = sorted(blocks, key=lambda block: block.at_ms)
    if not ordered:
        raise ValueError("a cluster of nothing")
    begin = ordered[0].at_ms
    if begin < 0 or ordered[-1].at_ms - begin > LONGEST_MS:
        raise ValueError("a block's time does not fit")
    return _element(0x1F43B675, _number(0xE7, begin), *(_simple_block(block, begin) for block in ordered))


def _picture_track(width: int, height: int) -> bytes:
    return _element(
        0xAE,  # TrackEntry
        _number(0xD7, Track.PICTURE),  # TrackNumber
        _number(0x73C5, Track.PICTURE),  # TrackUID
        _number(0x83, 1),  # TrackType: video
        _number(0x9C, 0),  # FlagLacing
        _text(0x86, "V_VP8"),  # CodecID
        _element(0xE0, _number(0xB0, width), _number(0xBA, height)),  # Video: PixelWidth, PixelHeight
    )


def _sound_track() -> bytes:
    opus_head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, SOUND_RATE, 0, 0)
    return _element(
        0xAE,
        _number(0xD7, Track.SOUND),
        _number(0x73C5, Track.SOUND),
        _number(0x83, 2),  # TrackType: audio
        _number(0x9C, 0),
        _text(0x86, "A_OPUS"),
        _number(0x56AA, PRE_SKIP * 1_000_000_000 // SOUND_RATE),  # CodecDelay
        _number(0x56BB, PREROLL_NS),  # SeekPreRoll
        _element(0x63A2, opus_head),  # CodecPrivate
        _element(0xE1, _element(0xB5, struct.pack(">d", SOUND_RATE)), _number(0x9F, 1)),  # SamplingFrequency, Channels
    )


def _simple_block(block: Block, begin: int) -> bytes:
    flags = _KEY_FRAME if block.key else 0
    return _element(0xA3, struct.pack(">BhB", 0x80 | block.track, block.at_ms - begin, flags), block.data)


def _element(identifier: int, *content: bytes) -> bytes:
    """An identifier as it is written, the size in as few bytes as hold it, the content."""
    body = b"".join(content)
    length = 1
    while len(body) >= (1 << 7 * length) - 1:  # all ones would mean: unknown
        length += 1
    size = (len(body) | 1 << 7 * length).to_bytes(length, "big")
    return identifier.to_bytes((identifier.bit_length() + 7) // 8, "big") + size + body


def _number(identifier: int, value: int) -> bytes:
    return _element(identifier, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _text(identifier: int, value: str) -> bytes:
    return _element(identifier, value.encode())
