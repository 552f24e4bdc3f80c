"""What a person at a seat waits for: a key until its mark is painted, and a seat until it can be used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.seat.pages.marks import MarksPage

ROOT = Path(__file__).resolve().parents[1]
BIDS, FACTORS = 30, 60
STARTS = 3
GROUNDS = (ROOT, ROOT / "tests", ROOT / "tests" / "ui", ROOT / "tests" / "ui" / "seat")
"""Where the tests keep their seat before a scripted room."""


class _Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, let everything pass."""
        self.times += event.type() is QEvent.Type.Paint
        return False


def tender() -> dict[str, Any]:
    """A tender of 30 bidders with long names and 60 factors of every kind."""
    from evaluation_case import bid, bid_file, tender_json

    made = tender_json("GC")
    kinds = (
        {"kind": "subjective", "min": "0", "max": "2"},
        {"kind": "subjective", "min": "0", "max": "2", "form": {"step": "0.5", "explain": {"below": "1"}}},
        {"kind": "deduction", "min": "0", "max": "1"},
        {"kind": "objective", "min": "0", "max": "1", "form": {"each": {"points": "0.5", "name": "业绩"}}},
        {"kind": "subjective", "min": "0", "max": "1"}
        | {"form": {"levels": [{"points": p, "name": n} for p, n in (("1", "优"), ("0.5", "良"), ("0", "差"))]}},
        {"kind": "pass_fail", "min": None, "max": None},
    )
    factors = [
        {
            "id": f"F{k:02}",
            "group": "technical",
            "name": f"第{k}项施工组织设计与质量保证措施",
            "rule": "按响应程度评分。",
        }
        | kinds[k % len(kinds)]
        for k in range(FACTORS)
    ]
    names = ("中国建筑第八工程局有限公司与甘肃华锐建设集团有限公司联合体", "张掖市第一建筑工程有限责任公司")
    bids = [bid(f"B{k:02}", f"{names[k % 2]}{k}", str(900_000 + k)) for k in range(1, BIDS + 1)]
    return made | {"lots": [made["lots"][0] | {"bids": bids, "factors": factors}], "documents": [bid_file("tender")]}


def _marking() -> Any:
    """A seat before the matrix of 30 x 60, in a window of 1920 x 1080."""
    from seat_ground import Seat

    seat = Seat("GC", tender=tender(), lang="zh")
    seat.to_marks()
    seat.window.resize(QSize(1920, 1080))
    seat.window.show()
    seat.show()
    seat.bridge.draft()
    seat.window.activateWindow()
    _settle()
    return seat


def _settle() -> None:
    for _ in range(5):
        QCoreApplication.processEvents()


def _keys(page: MarksPage, cells: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Seconds from each key to the end of the painting that shows it; digits and Enter, as one types."""
    table = page.marks.table
    painted = _Painted(table.viewport())
    spent: list[float] = []
    for at in range(cells):
        for key in (Qt.Key.Key_1, Qt.Key.Key_Enter):
            before, begun = painted.times, clock()
            QTest.keyClick(table, key)
            QCoreApplication.processEvents()
            spent.append(clock() - begun)
            if painted.times == before:
                raise RuntimeError(f"key {at} was not painted")
    return spent


def _starts() -> list[float]:
    """Seconds from the start of a seat's process to its painted window, warm: the first start is not counted."""
    found = []
    for _ in range(STARTS + 1):
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            # Not run as a script: its own name would hide the package of the windows.
            code = f"import pathlib, runpy; runpy.run_path({__file__!r})['_seat'](pathlib.Path({folder!r}))"
            child = [sys.executable, "-c", code]
            done = subprocess.run(child, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
            found.append(float(done.stdout.split()[-1]) - begun)
    return found[1:]


def _seat(folder: Path) -> None:
    """A seat as `kawei seat` composes it, against a room that is not there; prints when its window stands."""
    from app.cli.seat import application, build, equipment
    from app.link import Identity
    from devices.camera.scripted import ScriptedCamera
    from devices.face.engines import Engines
    from devices.face.presence import SFacePresence
    from devices.face.sface import SFaceMatcher

    url = "http://127.0.0.1:9"
    identity = Identity("bench", "seat", "A01", url, "00" * 32, bytes(32))
    application("zh", 1.0)
    engines = Engines()
    window, _bridge = build(
        identity,
        folder,
        ScriptedCamera([], fps=1),
        SFaceMatcher(engines),
        presence=SFacePresence(engines),
        calls=equipment(url, None),
    )
    painted = _Painted(window)
    window.resize(QSize(1920, 1080))
    window.show()
    while not painted.times:
        QCoreApplication.processEvents()
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    window.close()


def _per_cent(times: list[float], share: float) -> float:
    return round(sorted(times)[int(share * (len(times) - 1))] * 1000, 1)


def run() -> dict[str, Any]:
    """Milliseconds: `key` of 600 keys in the seat's own page at 30 x 60 (`limit` for its `p95`), and
    what of it is computing, which a busy machine does not change (`cpu_p95`); `floor` of the same
    window where nothing changes but one cell is painted anew; `start` of a warm seat (`limit` for the longest)."""
    sys.path[:0] = [str(folder) for folder in GROUNDS]
    from ui.theme import Language, apply, install

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    install(app, Language.ZH)
    apply(app)
    seat = _marking()
    page: MarksPage = seat.window.page
    page.marks.setFocus()
    _keys(page, 20)
    keys = _keys(page, 300)
    busy = _keys(page, 300, time.thread_time)
    viewport, floor = page.marks.table.viewport(), []
    for _ in range(200):
        begun = time.perf_counter()
        viewport.update(0, 0, 8, 8)
        QCoreApplication.processEvents()
        floor.append(time.perf_counter() - begun)
    seat.window.close()
    starts = _starts()
    return {
        "key": {"p50": _per_cent(keys, 0.5), "p95": _per_cent(keys, 0.95), "limit": 16}
        | {"digit_p95": _per_cent(keys[::2], 0.95), "enter_p95": _per_cent(keys[1::2], 0.95)}
        | {"cpu_p95": _per_cent(busy, 0.95)}
        | {"floor_p95": _per_cent(floor, 0.95), "cells": BIDS * FACTORS},
        "start": {"median": _per_cent(starts, 0.5), "longest": _per_cent(starts, 1), "limit": 2000},
    }
