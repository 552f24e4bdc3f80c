"""Segments of one recording: put behind each other into one film, at the times at which they were taken; and taken
apart into their frames.

A segment is a Matroska file as `devices.call.mkv` writes it: a head, then clusters of known size, each beginning with
its time. The film keeps the first head; the clusters of the others follow, their times moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

_SEGMENT = bytes.fromhex("18538067")
_CLUSTER = bytes.fromhex("1F43B675")
_TIME = 0xE7
_BLOCK = 0xA3
PICTURE, SOUND = 1, 2
"""The numbers of the two tracks in every segment."""


class NotAFilm(ValueError):
    """A segment is not one of ours, or was cut in the middle of a cluster."""


def write_film(out: BinaryIO, parts: Iterable[tuple[int, bytes]]) -> None:
    """Write segments, each with the ms behind the first one's beginning; raises `NotAFilm`."""
    for number, (offset_ms, content) in enumerate(parts):
        start = _first_cluster(content)
        if not number:
            out.write(content[:start])
        for at_ms, body in _clusters(content, start):
            time = _element(bytes([_TIME]), (at_ms + offset_ms).to_bytes(8, "big"))
            out.write(_element(_CLUSTER, time + body))


def frames_of(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Of every frame of a segment in its order: track, ms since the segment's beginning, what its encoder gave.

    Raises `NotAFilm`.
    """
    for begin_ms, body in _clusters(content, _first_cluster(content)):
        place = 0
        while place < len(body):
            size, inside = _size(body, place + 1)
            end = inside + size
            if body[place] != _BLOCK or end > len(body) or size < 4:
                raise NotAFilm("a broken block")
            after_ms = int.from_bytes(body[inside + 1 : inside + 3], "big", signed=True)
            yield body[inside] & 0x7F, begin_ms + after_ms, body[inside + 4 : end]
            place = end


def _first_cluster(content: bytes) -> int:
    place = content.find(_SEGMENT)
    if place < 0:
        raise NotAFilm("no segment")
    place += len(_SEGMENT) + 8  # its size is unknown, in eight bytes
    while content[place : place + 4] != _CLUSTER:
        if place + 5 > len(content):
            return len(content)
        size, body = _size(content, place + 4)
        place = body + size
    return place


def _clusters(content: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The time of each cluster, and what follows its time."""
    while place < len(content):
        if content[place : place + 4] != _CLUSTER:
            raise NotAFilm("no cluster")
        size, body = _size(content, place + 4)
        end = body + size
        if end > len(content) or content[body] != _TIME:
            raise NotAFilm("a broken cluster")
        length, number = _size(content, body + 1)
        yield int.from_bytes(content[number : number + length], "big"), content[number + length : end]
        place = end


def _size(content: bytes, place: int) -> tuple[int, int]:
    """A size as it is written, and where what it measures begins."""
    if place >= len(content) or not content[place]:
        raise NotAFilm("no size")
    length = 9 - content[place].bit_length()
    value = int.from_bytes(content[place : place + length], "big") & ((1 << 7 * length) - 1)
    return value, place + length


def _element(identifier: bytes, body: bytes) -> bytes:
    return identifier + (len(body) | 1 << 56).to_bytes(8, "big") + body
