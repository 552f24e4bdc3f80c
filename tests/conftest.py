"""Silence is tested: what a test leaves running or says unasked fails it.

For every test: no log record of WARNING or above, no Qt warning, no Python thread, child process, running
QThread, active QTimer or visible window may be left that was not there before. Two ways out, each with its
reason in the test: the fixture `expects_log` for records a test wants to see, and the marker
`@pytest.mark.leaves("threads", reason="...")` (kinds: logs, threads, processes, timers, windows).
Fixtures of a wider scope (a server for a whole module) are set up before the watch begins and may stay.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

# Set before anything can open a window; a person's own screen is never used by a test.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_LOGGING_TO_CONSOLE", "0")

# Seconds that something just asked to stop may take before it counts as left behind.
GRACE_S = 3.0

# The machine that runs the tests is shared: a deadline per example would fail by chance.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

T = TypeVar("T")
ExpectsLog = Callable[..., AbstractContextManager[list[logging.LogRecord]]]


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker of this file known."""
    config.addinivalue_line("markers", "leaves(*kinds, reason): what this test may leave behind, and why")


class Watch(logging.Handler):
    """Collects every record of WARNING or above, and those that a test said it expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[logging.LogRecord] = []
        self._expected: list[tuple[re.Pattern[str], list[logging.LogRecord]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        for pattern, caught in self._expected:
            if pattern.search(f"{record.name}: {record.getMessage()}"):
                caught.append(record)
                return
        self.unexpected.append(record)

    @contextmanager
    def expecting(self, pattern: str, *, reason: str) -> Iterator[list[logging.LogRecord]]:
        """Within, records whose `logger: message` matches `pattern` are wanted; one must come."""
        assert reason, "say why the record is expected"
        caught: list[logging.LogRecord] = []
        self._expected.append((re.compile(pattern), caught))
        try:
            yield caught
        finally:
            self._expected.pop()
        assert caught, f"no log record matched {pattern!r}"


def _children() -> set[int]:
    """Process ids of the children of this process (where /proc tells them)."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found.update(int(pid) for pid in task.read_text().split())
        except OSError:  # a thread may end between listing and reading
            continue
    return {pid for pid in found if not _is_tracker(pid)}


def _is_tracker(pid: int) -> bool:
    """Whether this child is Python's own resource tracker, which lives as long as its parent."""
    try:
        return b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _threads() -> set[threading.Thread]:
    """Python's own threads; a QThread that ran Python code shows as a dummy and is judged as a QThread."""
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread) and t.is_alive()}


def _left(before: set[T], now: Callable[[], set[T]]) -> set[T]:
    """What is there now and was not before, after those that are ending had their time."""
    deadline = time.monotonic() + GRACE_S
    left = now() - before
    while left and time.monotonic() < deadline:
        threading.Event().wait(0.01)
        left = now() - before
    return left


def _qt_left() -> dict[str, set[object]]:
    """Active timers, running threads and visible windows of Qt, by identity of their Python objects, of all that was
    made since `_look_away`."""
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QWidget
    from shiboken6 import isValid

    found: dict[str, set[object]] = {"timers": set(), "threads": set(), "windows": set()}
    for thing in gc.get_objects():
        kind = type(thing)
        if issubclass(kind, QTimer) and isValid(thing) and thing.isActive():
            found["timers"].add(_name(thing))
        elif issubclass(kind, QThread) and isValid(thing) and thing.isRunning():
            found["threads"].add(_name(thing))
        elif issubclass(kind, QWidget) and isValid(thing) and thing.isWindow() and thing.isVisible():
            found["windows"].add(_name(thing))
    return found


def _name(thing: object) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__} at {id(thing):#x}"


def _look_away() -> None:
    """Take what is there now out of sight: a search through all that a long run has piled up costs more than a test."""
    gc.collect()
    gc.freeze()


def _delete_later() -> None:
    """Let Qt delete what was given to deleteLater."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Watch one test from before its own fixtures until after them."""
    mark = request.node.get_closest_marker("leaves")
    allowed = set(mark.args) if mark else set()
    assert not mark or mark.kwargs.get("reason"), "@pytest.mark.leaves needs a reason"
    windowed = bool({"qtbot", "qapp"} & set(request.fixturenames))

    watch = Watch()
    logging.getLogger().addHandler(watch)
    threads, children = _threads(), _children()
    if windowed:
        _look_away()
    yield watch
    logging.getLogger().removeHandler(watch)

    if windowed:
        # No event loop runs between tests: without this every window that was ever closed would live on, hidden, with
        # all that it holds, and be dressed again with each change of look.
        _delete_later()
    left: dict[str, set[object]] = {
        "threads": {*_left(threads, _threads)},
        "processes": {*_left(children, _children)},
        "logs": {f"{r.levelname} {r.name}: {r.getMessage()}" for r in watch.unexpected},
    }
    if windowed:
        found = _qt_left()
        if any(found.values()):
            gc.collect()
            found = _qt_left()
        for kind, things in found.items():
            left[kind] = left.get(kind, set()) | things
    told = [f"{kind}: {sorted(map(str, things))}" for kind, things in left.items() if things and kind not in allowed]
    if told:
        pytest.fail("left behind - " + "; ".join(told), pytrace=False)


@pytest.fixture
def expects_log(_silence: Watch) -> ExpectsLog:
    """`with expects_log("app.room: disk full", reason="..."):` the record must come and is no fault."""
    return _silence.expecting
