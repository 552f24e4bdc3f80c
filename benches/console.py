"""What a console takes that has forty seats in view while fifty entries a second come in."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ui"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ui" / "console"))
sys.path.insert(0, str(Path(__file__).parents[1]))  # before tests/, whose folder ui is not the package

import console_ground as ground
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.link.timing import CONSOLE
from app.rules.model import Party
from devices.ambient import SystemClock
from ui.theme import Language, Scale, apply, install

EVALUATIONS, SEATS_EACH, ENTRIES_A_SECOND, SECONDS = 8, 5, 50, 20
VIEW_EVERY_MS = round(CONSOLE.view_pause_s * 1000)
BEAT_MS = 5


def _room_of_forty() -> dict[str, Any]:
    """A view of the centre while eight committees mark: one played evaluation, over and over at other seats."""
    one = ground.seen(ground.unseen, Party.CENTRE)
    view = {**one, "evaluations": [], "room": {**one["room"], "seats": []}}
    held = [seat for seat in one["room"]["seats"] if seat["alias"]][:SEATS_EACH]
    for k in range(EVALUATIONS):
        told = json.dumps([one["evaluations"][0], held], ensure_ascii=False)
        told = told.replace('"A0', f'"{chr(65 + k)}0').replace("evaluation/ev1", f"evaluation/ev{k + 1}")
        evaluation, seats = json.loads(told)
        view["evaluations"].append(evaluation)
        view["room"]["seats"] += [{**seat, "x": 2 * j, "y": 2 * k} for j, seat in enumerate(seats)]
    return view


def _views(count: int) -> list[str]:
    """The view again and again: in each the line of one more seat is lost, or one of four that were lost is found."""
    view = _room_of_forty()
    seats = view["room"]["seats"]
    found = []
    for k in range(count):
        turn, found_again = divmod(k, 2)
        seat = seats[(turn - (4 if found_again else 0)) * 7 % len(seats)]
        seat["device_state"] = "connected" if found_again else "lost"
        view["position"] += 5
        found.append(json.dumps(view, ensure_ascii=False))
    return found


def _entries(count: int) -> list[str]:
    """Messages of the stream as the room sends them: the entries of the play, over and over."""
    play = ground._kept(ground.unseen, "ZC")
    lines = [entry for entry in play.log.entries if entry.type != "EvaluationOpened"]
    return [
        json.dumps(
            {
                "position": k + 1,
                "stream": f"evaluation/ev{k % EVALUATIONS + 1}",
                "at": lines[k % len(lines)].at,
                "type": lines[k % len(lines)].type,
                "actor": dict(lines[k % len(lines)].actor),
                "data": dict(lines[k % len(lines)].data),
            },
            ensure_ascii=False,
        )
        for k in range(count)
    ]


class _Pulse(QObject):
    """How long the window's thread works between two turns of its loop, in CPU time: no other program counts."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[float] = []
        self._last = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.thread_time()
        self.turns.append(now - self._last)
        self._last = now


def _every(parent: QObject, ms: int, act: Callable[[], None]) -> None:
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(act)
    timer.start(ms)


def run() -> dict[str, Any]:
    """`of_a_core`: CPU time of the whole process over the time that passed; `longest_ms`: the longest that the window's
    thread worked without a turn of its loop, which bounds every frame; `limit_*` are what they may be.

    The reference, measured in the same run, is reading the same messages and nothing else; `ratio` is over that.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    install(application, Language.ZH)
    apply(application, Scale.NORMAL)
    views, entries = _views(SECONDS * 1000 // VIEW_EVERY_MS), _entries(SECONDS * ENTRIES_A_SECOND)
    begun = time.process_time()
    for text in (*views, *entries):
        json.loads(text)
    reading = (time.process_time() - begun) / SECONDS
    with tempfile.TemporaryDirectory() as folder:
        window, bridge = ground.make_console(Party.CENTRE, SystemClock(), Path(folder))
        window.resize(1920, 1080)
        window.show()
        bridge.show(json.loads(views[0]))
        application.processEvents()
        gc.collect()
        gc.freeze()  # as the door of the console does
        pulse = _Pulse()
        coming, seen = iter(entries), iter(views)

        def entry() -> None:
            if (text := next(coming, None)) is not None:
                told = json.loads(text)
                bridge.tell(
                    told["position"], told["type"], told["stream"], told["at"], actor=told["actor"], data=told["data"]
                )

        def view() -> None:
            if (text := next(seen, None)) is None:
                application.quit()
            else:
                bridge.show(json.loads(text))

        _every(pulse, 1000 // ENTRIES_A_SECOND, entry)
        _every(pulse, VIEW_EVERY_MS, view)
        began, wall = time.process_time(), time.monotonic()
        application.exec()
        spent = (time.process_time() - began) / (time.monotonic() - wall)
        turns = sorted(pulse.turns)
        pulse.deleteLater()
        window.close()
        window.deleteLater()
        application.processEvents()
    return {
        "seats": EVALUATIONS * SEATS_EACH,
        "entries_a_second": ENTRIES_A_SECOND,
        "views_a_second": 1000 / VIEW_EVERY_MS,
        "view_kb": round(len(views[0]) / 1000),
        "of_a_core": round(spent, 4),
        "limit_of_a_core": 0.10,
        "turn_p99_ms": round(turns[len(turns) * 99 // 100] * 1000, 1),
        "longest_ms": round(turns[-1] * 1000, 1),
        "limit_ms": 50,
        "reading_of_a_core": round(reading, 4),
        "ratio": round(spent / reading, 2),
    }
