"""A machine that talks in a call, without its windows: link, desk of its call, engine, and a seat's recording.

Run as a process by a test that kills it: `python -m tests.room.talking_machine URL DEVICE FOLDER PLACE`, where PLACE is
a seat's, or `centre` for a console whose post is taken at its start, as a person would take it. It says when it begins
and when the first tone of a partner comes, by the computer's monotonic clock; a command on stdin is sent.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal
from room_clients import PASSWORD

from app.link import RoomLink, Signalled, ViewChanged
from app.link.messages import LinkMessage
from app.ports.call import SOUND_RATE, Signalling
from app.ports.camera import Frame
from devices.call.alone import recorder
from devices.call.process import EngineCall
from devices.camera.scripted import Scene, ScriptedCamera
from tests.link.link_ground import QUICK, KnownMachine
from tests.room.recorded_seat import PICTURES
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import CallDesk, Equipment
from ui.call.seen import CallSeen, committee_call, held_calls, help_call
from ui.seat.recording import SeatRecording
from ui.seat.steps import Sight

TONE = (12000 * np.sin(2 * np.pi * 1000 * np.arange(SOUND_RATE // 50) / SOUND_RATE)).astype("<i2").tobytes()
LOUD = 3000
CENTRE = "centre"


@dataclass
class HeardSound(ScriptedSound):
    """Keeps when something loud was to be played, and of whom."""

    loud: list[tuple[float, str]] = field(default_factory=list)
    on_first: Callable[[], None] = lambda: None

    def play(self, source: str, pcm: bytes) -> None:
        if pcm and int(np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)).max()) > LOUD:
            self.loud.append((time.monotonic(), source))
            if len(self.loud) == 1:
                self.on_first()

    def hears(self, sources: Iterable[str]) -> bool:
        """Whether all of these were heard."""
        return set(sources) <= {who for _, who in list(self.loud)}

    def longest_hush(self, since: float, until: float, source: str) -> float:
        """Seconds for which this partner was not heard at the longest."""
        times = [at for at, who in list(self.loud) if who == source and since <= at < until]
        return float(np.diff([since, *times, until]).max())


class Talking(QObject):
    """What a machine's program is without its windows. `sees` reads its call from the evaluation's matter."""

    viewed = Signal(object)
    signalled = Signal(object)

    def __init__(
        self,
        url: str,
        device: str,
        folder: Path,
        seat: str | None,
        sees: Callable[[str, Any], CallSeen | None],
        *,
        records: bool = False,
    ) -> None:
        super().__init__()
        self._sees = sees
        secret = hashlib.sha256(device.encode()).digest()
        identity = KnownMachine(device, "seat" if seat else "console", seat, url, "", secret)
        self.link = RoomLink(identity, folder, self._told, "en", QUICK)
        self.sound = HeardSound()
        self.engines: list[EngineCall] = []
        equipment = Equipment(self._engine, self.sound, voice=lambda: bytes)
        self.desk = CallDesk(self.link, self.signalled, equipment)  # type: ignore[arg-type]
        self.recording: SeatRecording | None = None
        if records:
            camera = ScriptedCamera([Scene(Frame(320, 180, one.tobytes()), 0.1) for one in PICTURES], fps=10)
            self.recording = SeatRecording(self.link.recordings, camera, recorder)
            camera.start()
        self.viewed.connect(self._follow)
        self._over = threading.Event()
        self._speaker = threading.Thread(target=self._speak, name="speaker", daemon=True)
        self._speaker.start()
        self.link.start()

    def _engine(self, signalling: Signalling) -> EngineCall:
        self.engines.append(EngineCall(signalling, loopback=True))
        return self.engines[-1]

    def _told(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self.viewed.emit(message.view)
        elif isinstance(message, Signalled):
            self.signalled.emit(message)

    def _follow(self, view: Any) -> None:
        found = view["evaluations"]
        self.desk.follow(self._sees(found[0]["stream"], found[0]["matters"].get("call", {})) if found else None)
        if self.desk.seen is not None and self.desk.seen.inside and not self.desk.speaking:
            self.desk.open_mouth(speaking=True)
        if self.recording is not None:
            self.recording.show_sight(Sight(view), sits=True)

    def _speak(self) -> None:
        begun, block = time.monotonic(), 0
        while not self._over.wait(max(0.0, begun + block / 50 - time.monotonic())):
            self.sound.say(TONE)
            block += 1

    def end(self) -> None:
        """Leave in order."""
        self._over.set()
        self._speaker.join()
        self.desk.close()
        for engine in self.engines:
            engine.join(10)
        self.link.stop()


def held_call(stream: str, matter: Any) -> CallSeen | None:
    """The call that a console of the centre holds."""
    return next(iter(held_calls(stream, matter)), None)


COMMITTEE, HELP, HELD = committee_call, help_call, held_call


def main() -> None:
    """Talk until killed."""
    url, device, folder, place = sys.argv[1:]
    _say("begins")
    app = QCoreApplication([])
    seat = None if place == CENTRE else place
    it = Talking(url, device, Path(folder), seat, HELD if seat is None else COMMITTEE, records=seat is not None)
    it.sound.on_first = lambda: _say("hears")
    it.desk.changed.connect(lambda: _say("is in") if it.desk.seen is not None and it.desk.seen.inside else None)
    if seat is None:
        it.link.client.login("centre-a", PASSWORD)
        it.link.begin_again()
        _say("takes its post")
    threading.Thread(target=_obey, args=(it,), daemon=True).start()
    app.exec()


def _say(what: str) -> None:
    sys.stdout.write(json.dumps({what: time.monotonic()}) + "\n")  # whole: two threads say something
    sys.stdout.flush()


def _obey(it: Talking) -> None:
    for line in sys.stdin:
        it.link.send(*json.loads(line))


if __name__ == "__main__":
    main()
