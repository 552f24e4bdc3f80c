"""One machine in a call, as a process: it shows marked pictures, says bursts, and notes when what of the others' came.

Run with one argument, a `Task` as JSON. What engines say to each other leaves on stdout and comes on stdin, a line of
JSON each; a pipe crosses network namespaces, and the room's own way is shown by other tests. When stdin closes it says
all that it noted, in seconds of the computer's monotonic clock, which all processes of one computer share.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.cli.machine import read_machine
from app.cli.turn import relays_of
from app.ports.call import Call, CallNews, LinkChanged, PictureCame, Signal, SoundCame
from app.ports.device import Unsubscribe
from devices.call.process import EngineCall
from tests.line.aiortc_call import AiortcCall
from tests.line.marks import NUMBERS, BurstEar, Bursts, Film, number_of

LOOK_S = 0.25
WHOLE = (10, 2)
"""Pictures and bursts after which a partner's sound and picture are said to come."""


@dataclass(frozen=True)
class Task:
    """Who it is, whom it meets (and whether it offers), with which engine, and what it shows."""

    name: str
    peers: dict[str, bool]
    engine: str = "product"
    loopback: bool = False
    width: int = 640
    height: int = 360
    rate: int = 25
    settings: str = ""
    """The folder of a machine's settings, whose relay servers are taken."""

    @property
    def text(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self))


class Pipe:
    """Stdin and stdout as a call's Signalling."""

    def __init__(self) -> None:
        self._ears: list[Callable[[str, Signal], None]] = []
        self._lock = threading.Lock()

    def send(self, to: str, message: Signal) -> None:
        """Hand a message on."""
        self.say({"to": to, "message": dict(message)})

    def subscribe(self, on_message: Callable[[str, Signal], None]) -> Unsubscribe:
        """Hear what comes."""
        self._ears.append(on_message)
        return lambda: self._ears.remove(on_message)

    def say(self, line: dict[str, Any]) -> None:
        """One line on stdout, whole."""
        with self._lock:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()

    def serve(self) -> None:
        """Hear until stdin is closed."""
        for line in sys.stdin:
            told = json.loads(line)
            for hear in list(self._ears):
                hear(told["from"], told["message"])


class Notes:
    """What was sent and what came, and when; what came is kept by its sender."""

    def __init__(self, task: Task, pipe: Pipe) -> None:
        self._pipe = pipe
        self._ears = {peer: BurstEar() for peer in task.peers}
        self.shown: list[tuple[int, float]] = []
        self.said: list[tuple[int, float]] = []
        self.seen: dict[str, list[tuple[int, float, int]]] = {peer: [] for peer in task.peers}
        self.unread = dict.fromkeys(task.peers, 0)
        self.heard: dict[str, list[tuple[int, float]]] = {peer: [] for peer in task.peers}
        self.links: list[tuple[str, str, float]] = []
        self.figures: list[dict[str, Any]] = []

    def take(self, news: CallNews) -> None:
        """What the engine tells."""
        now = time.monotonic()
        match news:
            case PictureCame(peer, frame):
                number = number_of(frame)
                if number is None:
                    self.unread[peer] += 1
                else:
                    self.seen[peer].append((number, now, frame.height))
            case SoundCame(peer, pcm):
                if (burst := self._ears[peer].take(pcm, now)) is not None:
                    self.heard[peer].append(burst)
            case LinkChanged(peer, state):
                self.links.append((peer, state.value, now))
                self._pipe.say({"peer": peer, "state": state.value})

    @property
    def whole(self) -> bool:
        """Whether pictures and bursts of every partner have come."""
        return all(len(self.seen[peer]) >= WHOLE[0] and len(self.heard[peer]) >= WHOLE[1] for peer in self.seen)

    def all(self) -> dict[str, Any]:
        """Everything, for JSON."""
        names = ("shown", "seen", "unread", "said", "heard", "links", "figures")
        return {name: getattr(self, name) for name in names}


def main() -> None:
    """Do the task."""
    task = Task(**json.loads(sys.argv[1]))
    film = Film(task.width, task.height)
    pipe, over = Pipe(), threading.Event()
    notes = Notes(task, pipe)
    call = _call(task, pipe)
    call.subscribe(notes.take)
    call.start()
    for peer, offers in task.peers.items():
        call.connect(peer, offers=offers)
    works = [
        threading.Thread(target=_show, args=(call, notes, over, task.rate, film)),
        threading.Thread(target=_say, args=(call, notes, over)),
        threading.Thread(target=_look, args=(call, notes, over, pipe)),
    ]
    for thread in works:
        thread.start()
    pipe.serve()
    over.set()
    for thread in works:
        thread.join()
    call.stop()
    call.join(10)
    pipe.say({"notes": notes.all()})


def _call(task: Task, pipe: Pipe) -> Call:
    if task.engine == "aiortc":
        return AiortcCall(pipe)
    relays = relays_of(read_machine(Path(task.settings)).turn, Path(task.settings)) if task.settings else ()
    return EngineCall(pipe, relays, loopback=task.loopback)


def _show(call: Call, notes: Notes, over: threading.Event, rate: int, film: Film) -> None:
    begun, count = time.monotonic(), 0
    while not over.wait(max(0.0, begun + count / rate - time.monotonic())):
        frame = film.picture(count % NUMBERS)
        notes.shown.append((count % NUMBERS, time.monotonic()))
        call.show(frame)
        count += 1


def _say(call: Call, notes: Notes, over: threading.Event) -> None:
    bursts, begun, count = Bursts(), time.monotonic(), 0
    while not over.wait(max(0.0, begun + count / 50 - time.monotonic())):
        pcm, burst = bursts.block(count)
        if burst is not None:
            notes.said.append((burst, time.monotonic()))
        call.say(pcm)
        count += 1


def _look(call: Call, notes: Notes, over: threading.Event, pipe: Pipe) -> None:
    pid, whole = None, False
    while not over.wait(LOOK_S):
        if notes.whole and not whole:
            whole = True
            pipe.say({"whole": True})
        if isinstance(call, EngineCall) and call.engine_pid != pid:
            pid = call.engine_pid
            pipe.say({"engine": pid})
        for told in call.figures():
            notes.figures.append(
                {"at": time.monotonic(), "peer": told.peer, "concealed": told.concealed_share, "sent": told.bytes_sent}
            )


if __name__ == "__main__":
    main()
