"""What the measurements of calls stand on: the bad line does what it says, and marks are read again."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from tests.line.bad_line import Line, Way
from tests.line.marks import BLOCK, PITCHES_HZ, BurstEar, Bursts, Film, number_of
from tests.line.venues import ADDRESSES, two_venues, why_not

ECHO = """
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 5000))
print("ready", flush=True)
while True:
    data, who = s.recvfrom(2000)
    s.sendto(data, who)
"""
ASK = """
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(1.0)
begun = time.monotonic()
s.sendto(b"?", (sys.argv[1], 5000))
try:
    s.recv(2000)
    print(1000 * (time.monotonic() - begun))
except TimeoutError:
    print("lost")
"""


def test_a_way_delays_loses_and_holds_up() -> None:
    way = Way(random.Random(1))
    assert way.due(1000, Line(delay_ms=50), 1.0) == pytest.approx(1.05)
    assert way.due(1000, Line(), 1.0) == pytest.approx(1.05)  # it never overtakes
    assert way.due(1000, Line(cut=True), 2.0) is None
    kept = sum(way.due(100, Line(loss=0.05), 3.0) is not None for _ in range(10_000))
    assert 9_400 < kept < 9_600
    narrow, line = Way(random.Random(1)), Line(rate_kbit=400, queue_ms=100)
    due = [narrow.due(1000, line, 0.0) for _ in range(20)]
    assert due[:3] == [pytest.approx(0.02), pytest.approx(0.04), pytest.approx(0.06)]
    assert due[6:] == [None] * 14  # a tenth of a second waits, no more


def test_two_venues_hear_each_other_over_the_line_as_it_is() -> None:
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    with two_venues() as venues:
        echo = venues.start(1, [sys.executable, "-c", ECHO], stdout=subprocess.PIPE)
        try:
            assert echo.stdout is not None
            assert echo.stdout.readline() == b"ready\n"

            def trip(line: Line) -> str:
                venues.line(line)
                with venues.start(0, [sys.executable, "-c", ASK, ADDRESSES[1]], stdout=subprocess.PIPE) as asked:
                    return asked.communicate(timeout=20)[0].decode().strip()

            assert 200 <= float(trip(Line(delay_ms=100))) < 900
            assert trip(Line(cut=True)) == "lost"
            assert float(trip(Line())) < 200
        finally:
            echo.kill()
            echo.communicate()


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 180)])
def test_a_picture_tells_its_number(width: int, height: int) -> None:
    film = Film(width, height)
    assert [number_of(film.picture(number)) for number in (0, 1, 1365, 4095)] == [0, 1, 1365, 4095]


def test_bursts_are_told_apart_and_timed() -> None:
    bursts, ear, begun = Bursts(), BurstEar(), time.monotonic()
    said: list[int] = []
    heard: list[tuple[int, float]] = []
    for count in range(200):
        pcm, burst = bursts.block(count)
        said += [] if burst is None else [burst]
        for half in (0, 1):
            at = begun + (2 * count + half) / 100
            if (found := ear.take(pcm[half * BLOCK : (half + 1) * BLOCK], at)) is not None:
                heard.append(found)
    assert [pitch for pitch, _ in heard] == [burst % len(PITCHES_HZ) for burst in said]
    for (_, at), burst in zip(heard, said, strict=True):
        assert at - begun == pytest.approx(burst * 0.4, abs=0.003)
