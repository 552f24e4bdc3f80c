"""Watching through a room of its own, over real links and engines: a seat's picture comes to who watches it, alone."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from room_play import STREAM, Play, ready
from room_world import Machine, a_room

from app.link import RoomLink, Signalled, ViewChanged
from app.link.messages import LinkMessage
from app.ports.call import Part, Signalling
from app.ports.camera import Frame
from devices.call.process import EngineCall
from tests.link.link_ground import QUICK, KnownMachine
from ui.call.picture_desk import PictureDesk
from ui.call.seen import watching_call


class Place(QObject):
    """What a machine's program is without its windows: link, pictures, engine."""

    viewed = Signal(object)
    signalled = Signal(object)

    def __init__(self, play: Play, machine: Machine, folder: Path, part: Part) -> None:
        super().__init__()
        stream = play.streams.pop(machine.device, None)
        if stream is not None:
            stream.close()
        place = folder / machine.device
        secret = hashlib.sha256(place.name.encode()).digest()
        seat = getattr(machine, "seat", None)
        identity = KnownMachine(machine.device, "seat" if seat else "console", seat, machine.url, "", secret)
        self._part = part
        self.engines: list[EngineCall] = []
        self.came: list[tuple[str, Frame]] = []
        self.link = RoomLink(identity, place, self._told, "en", QUICK)
        self.desk = PictureDesk(self.link, self.signalled, self._make)  # type: ignore[arg-type]
        self.desk.came.connect(lambda peer, frame: self.came.append((peer, frame)))
        self.viewed.connect(self._follow)
        self.link.start()
        machine.token = self.link.client.token()  # the play goes on acting in this machine's session

    def _make(self, signalling: Signalling) -> EngineCall:
        self.engines.append(EngineCall(signalling, loopback=True, part=self._part))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)
        elif isinstance(message, Signalled):
            self.signalled.emit(message)

    def _follow(self, view: Any) -> None:
        found = view["evaluations"]
        self.desk.follow(watching_call(STREAM, found[0]["matters"].get("watching", {}) if found else {}))

    def end(self) -> None:
        self.desk.close()
        self.link.stop()


class Shower:
    """Shows five pictures a second of one shade, as a watched seat does, until it is stopped."""

    def __init__(self, show: Callable[[Frame], None], shade: int) -> None:
        noise = np.random.default_rng(shade).integers(-20, 20, (180, 240, 3))
        rgb = np.clip(shade + noise, 0, 255).astype(np.uint8).tobytes()
        self._show, self._frame, self._over = show, Frame(240, 180, rgb), threading.Event()
        self._thread = threading.Thread(target=self._work, name="shower")
        self._thread.start()

    def _work(self) -> None:
        while not self._over.wait(0.2):
            self._show(self._frame)

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def used_s(pid: int) -> float:
    """Seconds of a core that a process has used, by Linux's own book."""
    words = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def shade_of(frame: Frame) -> int:
    return round(float(np.frombuffer(frame.rgb, np.uint8).mean()))


@pytest.mark.slow
def test_a_console_sees_the_seats_that_it_watches_and_no_others(tmp_path: Path, qtbot: QtBot) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        aliases = [seat.mine()["alias"] for seat in play.sitting[:3]]
        seats = [Place(play, machine, tmp_path, Part.SHOW) for machine in play.sitting[:3]]
        eye = Place(play, play.witness, tmp_path, Part.WATCH)
        play.witness.login("witness-a")  # in the session of the console's own link
        eye.link.begin_again()
        showers = [Shower(seat.desk.show, 60 + 60 * k) for k, seat in enumerate(seats)]
        try:
            watched = {"aliases": sorted(aliases[:2]), "large": "", "cameras": []}
            eye.link.send(STREAM, "WatchSeats", watched)
            begun = time.monotonic()
            for alias in aliases[:2]:
                qtbot.waitUntil(lambda alias=alias: any(peer == alias for peer, _ in eye.came), timeout=30_000)
            print(f"first pictures of two seats {time.monotonic() - begun:.1f} s after the entry was asked for")
            newest = dict(eye.came)
            assert [abs(shade_of(newest[alias]) - 60 - 60 * k) < 15 for k, alias in enumerate(aliases[:2])] == [
                True
            ] * 2
            pid = eye.engines[-1].engine_pid
            assert pid is not None
            before, seen = used_s(pid), len(eye.came)
            at = time.monotonic()
            qtbot.waitUntil(lambda: len(eye.came) >= seen + 40, timeout=30_000)
            took = time.monotonic() - at
            share = (used_s(pid) - before) / took
            print(f"{(len(eye.came) - seen) / took:.1f} pictures a second of two seats: {100 * share:.1f} % of a core")
            os.kill(pid, signal.SIGKILL)
            killed, eye.came = time.monotonic(), []
            for alias in aliases[:2]:
                qtbot.waitUntil(lambda alias=alias: any(peer == alias for peer, _ in eye.came), timeout=10_000)
            print(f"both back {time.monotonic() - killed:.1f} s after the console's engine was killed")
            assert seats[2].engines == []
            assert all(seat.came == [] for seat in seats)
            eye.link.send(STREAM, "StopWatching", {})
            qtbot.waitUntil(lambda: not any(one.desk.is_open for one in (eye, *seats)), timeout=10_000)
            assert {peer for peer, _ in eye.came} <= set(aliases[:2])
        finally:
            for shower in showers:
                shower.end()
            for one in (eye, *seats):
                one.end()
            play.disconnect()
