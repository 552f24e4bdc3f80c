"""The engine and a browser as it comes in one call: each sees and hears the other, whoever begins the link."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from app.ports.call import SOUND_RATE, CallNews, LinkChanged, LinkState, PictureCame, SoundCame
from devices.call.process import EngineCall
from tests.devices.call_ground import TONE_HZ, Post, Table
from tests.line.browser import NAMES, PAGE_HZ, page_in, why_not
from tests.line.marks import NUMBERS, Film, number_of

pytestmark = pytest.mark.slow

BLOCK = SOUND_RATE // 50
LEAST_PICTURES = 15


class Heard:
    """What came of each partner: the numbers of its pictures, its last second of sound."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.live: set[str] = set()
        self.numbers: dict[str, list[int]] = {name: [] for name in NAMES}
        self.sounds: dict[str, list[bytes]] = {name: [] for name in NAMES}

    def take(self, news: CallNews) -> None:
        with self.changed:
            match news:
                case LinkChanged(peer, state):
                    (self.live.add if state is LinkState.LIVE else self.live.discard)(peer)
                case PictureCame(peer, frame):
                    if (number := number_of(frame)) is not None:
                        self.numbers[peer].append(number)
                case SoundCame(peer, pcm):
                    self.sounds[peer].append(pcm)
            self.changed.notify_all()

    def whole(self, name: str) -> bool:
        """Whether pictures and the tone of this partner have come."""
        return len(self.numbers[name]) >= LEAST_PICTURES and pitch(self.sounds[name]) == pytest.approx(PAGE_HZ, abs=5)


def pitch(sounds: list[bytes]) -> float | None:
    """What tone the last half second is; None for a hush."""
    heard = np.frombuffer(b"".join(sounds[-50:]), "<i2").astype(float)
    if len(heard) < SOUND_RATE // 2 or np.abs(heard).max() < 4000:
        return None
    return float(np.argmax(np.abs(np.fft.rfft(heard))) * SOUND_RATE / len(heard))


def talk(call: EngineCall, over: threading.Event, shown: set[int]) -> None:
    """Numbered pictures, twelve a second, and a tone."""
    film, times = Film(320, 180), np.arange(BLOCK) / SOUND_RATE
    tone = (12000 * np.sin(2 * np.pi * TONE_HZ * times)).astype("<i2").tobytes()
    begun, count = time.monotonic(), 0
    while not over.wait(max(0.0, begun + count / 50 - time.monotonic())):
        call.say(tone)
        if count % 4 == 0:
            shown.add(count // 4 % NUMBERS)
            call.show(film.picture(count // 4 % NUMBERS))
        count += 1


def test_a_browser_and_the_engine_see_and_hear_each_other(tmp_path: Path) -> None:
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    table: Table = {}
    heard, shown, over = Heard(), set[int](), threading.Event()
    ours = EngineCall(Post("ours", table), loopback=True)
    ours.subscribe(heard.take)
    ours.start()
    talker = threading.Thread(target=talk, args=(ours, over, shown), name="talker")
    try:
        with page_in(table, tmp_path) as page:
            assert page.until(lambda: page.ready, 40.0)
            talker.start()
            for name in NAMES:
                ours.connect(name, offers=name == "answering")
            with heard.changed:
                assert heard.changed.wait_for(lambda: all(map(heard.whole, NAMES)), 30.0)
                assert heard.live == set(NAMES)
            for numbers in heard.numbers.values():
                assert numbers == sorted(numbers)

            def sees_and_hears(name: str) -> bool:
                told = page.told.get(name, {"numbers": [], "hz": 0, "level": 0, "pulses": 0})
                whole = len(told["numbers"]) >= LEAST_PICTURES and set(told["numbers"]) <= shown
                return whole and abs(told["hz"] - TONE_HZ) < 10 and told["level"] > 0.1 and told["pulses"] > 0

            assert page.until(lambda: all(map(sees_and_hears, NAMES)), 20.0), page.told
    finally:
        over.set()
        if talker.ident is not None:
            talker.join()
        ours.stop()
    assert ours.join(10)
