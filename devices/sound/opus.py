"""The sound of a recording's segment: its Opus packets, wrapped into Ogg in memory and decoded by libsndfile.

Ogg as RFC 3533 lays it out and RFC 7845 fills it; every packet is a page of its own, which costs 28 bytes and no
thought. Nothing of it ever lies on a disk.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import soundfile
from numpy.typing import NDArray

from app.ports.call import SOUND_RATE

PRE_SKIP = 312
"""Samples that the decoder gives before the first of the sound, as `devices.call.mkv` writes it."""
LATE_MS = 100
"""A packet that comes so much later than the one before it ends begins a stretch of its own: silence lies between."""
_MOST_SAMPLES = SOUND_RATE * 12 // 100
_SERIAL = 1
_FIRST, _LAST = 2, 4
Packet = tuple[int, bytes]
"""Milliseconds since the segment's beginning, and what the encoder gave."""


def samples_of(packet: bytes) -> int:
    """How many samples of 48 kHz a packet holds (RFC 6716, 3.1); ValueError for what is no packet."""
    if not packet:
        raise ValueError("an empty packet")
    config, code = packet[0] >> 3, packet[0] & 3
    if config < 12:  # SILK: 10, 20, 40, 60 ms
        frame = (480, 960, 1920, 2880)[config & 3]
    elif config < 16:  # hybrid: 10, 20 ms
        frame = (480, 960)[config & 1]
    else:  # CELT: 2.5, 5, 10, 20 ms
        frame = (120, 240, 480, 960)[config & 3]
    if code == 3 and len(packet) < 2:
        raise ValueError("a packet without its count")
    count = packet[1] & 63 if code == 3 else (1, 2, 2)[code]
    if not count or frame * count > _MOST_SAMPLES:
        raise ValueError("a packet of no length, or of more than 120 ms")
    return frame * count


class SegmentSound:
    """The sound of one segment, silent where nothing was said; what cannot be decoded is silence too."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        whole = [(at_ms, data) for at_ms, data in packets if _is_packet(data)]
        self.there = bool(whole)
        """Whether any sound was recorded."""
        self._pcm = _laid(whole) if whole else np.zeros(0, "<i2")

    def between(self, begin_s: float, end_s: float) -> bytes:
        """From a second of the segment to another: `SOUND_RATE`, 16 bits, one channel; silence beyond its end."""
        begin, end = (max(0, round(second * SOUND_RATE)) for second in (begin_s, end_s))
        part = self._pcm[begin:end].tobytes()
        return part.ljust(2 * max(0, end - begin), b"\0")

    def clear(self) -> None:
        """Let go of it."""
        self._pcm = np.zeros(0, "<i2")


def _is_packet(data: bytes) -> bool:
    try:
        return samples_of(data) > 0
    except ValueError:
        return False


def _laid(packets: Sequence[Packet]) -> NDArray[np.int16]:
    """Everything decoded at once, each stretch laid at the time of its first packet."""
    sizes = [samples_of(data) for _, data in packets]
    sound = _decoded([data for _, data in packets], sizes)
    end_ms = max(at_ms for at_ms, _ in packets)
    out = np.zeros((end_ms + 1) * SOUND_RATE // 1000 + _MOST_SAMPLES, "<i2")
    taken = place = 0
    for (at_ms, _), size in zip(packets, sizes, strict=True):
        wanted = at_ms * SOUND_RATE // 1000
        if not taken or wanted - place > LATE_MS * SOUND_RATE // 1000:
            place = wanted
        part = sound[taken : taken + size]
        room = out[place : place + len(part)]
        room[:] = part[: len(room)]
        taken, place = taken + size, place + size
    return out


def _decoded(packets: Sequence[bytes], sizes: Sequence[int]) -> NDArray[np.int16]:
    try:
        sound, rate = soundfile.read(io.BytesIO(_ogg(packets, sizes)), dtype="int16")
    except soundfile.LibsndfileError:
        return np.zeros(0, "<i2")
    if rate != SOUND_RATE or sound.ndim != 1:
        raise ValueError("not the sound of a recording")
    found: NDArray[np.int16] = sound
    return found


def _ogg(packets: Iterable[bytes], sizes: Sequence[int]) -> bytes:
    pages = [
        _page(0, 0, _FIRST, b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, SOUND_RATE, 0, 0)),
        _page(1, 0, 0, b"OpusTags" + struct.pack("<I5sI", 5, b"kawei", 0)),
    ]
    granule = 0
    for number, (packet, size) in enumerate(zip(packets, sizes, strict=True), 1):
        granule += size
        pages.append(_page(number + 1, granule, _LAST if number == len(sizes) else 0, packet))
    return b"".join(pages)


def _page(number: int, granule: int, kind: int, packet: bytes) -> bytes:
    lacing = b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, granule, _SERIAL, number, 0, len(lacing)) + lacing
    page = bytearray(head + packet)
    page[22:26] = struct.pack("<I", _checksum(page))
    return bytes(page)


_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Every byte with its bits in the other order."""


def _checksum(page: bytes | bytearray) -> int:
    """Ogg's polynomial is zlib's, with the highest bit first and nothing inverted (RFC 3533, 6)."""
    found = zlib.crc32(page.translate(_TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{found:032b}"[::-1], 2)
