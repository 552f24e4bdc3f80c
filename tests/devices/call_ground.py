"""What tests of a call share: signalling in memory, an ear that waits, a talker, and two machines that meet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.ports.call import (
    SOUND_RATE,
    Call,
    CallNews,
    EngineLost,
    LinkChanged,
    LinkState,
    PictureCame,
    Signal,
    SoundCame,
)
from app.ports.camera import Frame
from app.ports.device import Unsubscribe

Table = dict[str, list[Callable[[str, Signal], None]]]
BLOCK = SOUND_RATE // 50
TONE_HZ = 1000


class Post:
    """Signalling of one machine over a table in memory."""

    def __init__(self, me: str, table: Table) -> None:
        self._me, self._table = me, table

    def send(self, to: str, message: Signal) -> None:
        for hear in list(self._table.get(to, ())):
            hear(self._me, message)

    def subscribe(self, on_message: Callable[[str, Signal], None]) -> Unsubscribe:
        self._table.setdefault(self._me, []).append(on_message)
        return lambda: self._table[self._me].remove(on_message)


@dataclass
class Ear:
    """Keeps what one machine heard; `until` waits for it without a busy loop."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    links: list[LinkChanged] = field(default_factory=list)
    pictures: list[Frame] = field(default_factory=list)
    sounds: list[bytes] = field(default_factory=list)
    lost: int = 0

    def take(self, news: CallNews) -> None:
        with self.changed:
            match news:
                case LinkChanged():
                    self.links.append(news)
                case PictureCame(_, frame):
                    self.pictures.append(frame)
                case SoundCame(_, pcm):
                    self.sounds.append(pcm)
                case EngineLost():
                    self.lost += 1
            self.changed.notify_all()

    def until(self, holds: Callable[[], bool], limit_s: float = 20.0) -> bool:
        with self.changed:
            return self.changed.wait_for(holds, limit_s)

    def state(self) -> LinkState | None:
        return self.links[-1].state if self.links else None


class Talker:
    """Shows one colour and says one tone, fifty blocks a second, until it is stopped."""

    def __init__(self, call: Call, colour: tuple[int, int, int]) -> None:
        picture = np.empty((180, 320, 3), np.uint8)
        picture[:] = colour
        self._frame = Frame(320, 180, picture.tobytes())
        t = np.arange(BLOCK) / SOUND_RATE
        self._tone = (12000 * np.sin(2 * np.pi * TONE_HZ * t)).astype("<i2").tobytes()
        self._call = call
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._talk, name="talker")
        self._thread.start()

    def _talk(self) -> None:
        begun, block = time.monotonic(), 0
        while not self._over.wait(max(0.0, begun + block / 50 - time.monotonic())):
            self._call.say(self._tone)
            if block % 5 == 0:
                self._call.show(self._frame)
            block += 1

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def meet(one: Call, other: Call, ear: Ear, other_ear: Ear) -> None:
    one.connect("other", offers=True)
    other.connect("one", offers=False)
    assert ear.until(lambda: ear.state() is LinkState.LIVE)
    assert other_ear.until(lambda: other_ear.state() is LinkState.LIVE)


def eventually(holds: Callable[[], bool], limit_s: float = 10.0) -> bool:
    pause, end = threading.Event(), time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.1)
    return True
